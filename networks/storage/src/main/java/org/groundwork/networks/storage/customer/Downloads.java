package org.groundwork.networks.storage.customer;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.groundwork.agent.ListedDevice;
import org.groundwork.agent.Payer;
import org.groundwork.networks.storage.s3.ObjectStoreException;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Hash;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches pieces of a stripe from several providers at once, asks further ones when one is slow or
 * wrong.
 */
final class Downloads {
  private static final Logger LOG = LoggerFactory.getLogger(Downloads.class);
  private static final int MAX_REMEMBERED = 100_000;

  private final Providers providers;
  private final ProviderClient client;
  private final Commitments commitments;
  private final Budget budget;
  private final CustomerSettings settings;
  private final Progress progress;

  /** The deals of pieces that came damaged. */
  private final Set<Hash> damaged = ConcurrentHashMap.newKeySet();

  Downloads(
      Providers providers,
      ProviderClient client,
      Commitments commitments,
      Budget budget,
      CustomerSettings settings,
      Progress progress) {
    this.providers = providers;
    this.client = client;
    this.commitments = commitments;
    this.budget = budget;
    this.settings = settings;
    this.progress = progress;
  }

  /** What was fetched of a stripe: good pieces by number, and the numbers of bad ones. */
  record Fetched(NavigableMap<Integer, byte[]> good, Set<Integer> wrong) {}

  /**
   * What a provider was found to have of a piece.
   *
   * @param finding empty if it could not be asked, which is not its fault
   */
  record Answer(PieceRecord piece, Optional<byte[]> content, Optional<Finding> finding) {
    boolean wrong() {
      return finding.filter(Finding::isDamage).isPresent();
    }
  }

  /**
   * Fetches pieces until there are enough, each compared with its commitment.
   *
   * @param wanted how many good pieces are enough
   */
  Fetched fetch(StripeRecord stripe, int wanted) throws IOException {
    return fetch(stripe, wanted, Map.of());
  }

  /** The same; some that came before are compared first, so that nothing is paid twice. */
  Fetched fetch(StripeRecord stripe, int wanted, Map<Integer, byte[]> unchecked)
      throws IOException {
    return fetch(
        stripe,
        wanted,
        piece -> {
          byte[] before = unchecked.get(piece.number());
          return compared(before == null ? request(piece) : came(piece, before));
        });
  }

  /** The same without comparing: for who finds out otherwise whether they are good. */
  Fetched fetchUnchecked(StripeRecord stripe, int wanted) throws IOException {
    return fetch(stripe, wanted, this::request);
  }

  private Fetched fetch(StripeRecord stripe, int wanted, Function<PieceRecord, Answer> how)
      throws IOException {
    NavigableMap<Integer, byte[]> good = new TreeMap<>();
    Set<Integer> wrong = new HashSet<>();
    Deque<PieceRecord> left = new ArrayDeque<>(fastFirst(stripe.pieces()));
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    try {
      CompletionService<Answer> answers = new ExecutorCompletionService<>(threads);
      int running = 0;
      while (good.size() < wanted && (running > 0 || !left.isEmpty())) {
        while (running < wanted - good.size() && !left.isEmpty()) {
          running += ask(answers, left.remove(), how);
        }
        Future<Answer> done = answers.poll(settings.hedge().toMillis(), TimeUnit.MILLISECONDS);
        if (done == null) {
          if (!left.isEmpty()) {
            progress.hedgedRequests.increment();
            running += ask(answers, left.remove(), how);
          }
          continue;
        }
        running--;
        Answer answer = done.get();
        answer.content().ifPresent(content -> good.put(answer.piece().number(), content));
        if (answer.wrong()) {
          wrong.add(answer.piece().number());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
    return new Fetched(good, wrong);
  }

  /** The failure of a stripe of which too few pieces came. */
  static ObjectStoreException failure(Fetched fetched, int needed) {
    return fetched.good().size() + fetched.wrong().size() >= needed
        ? new ObjectStoreException.Corrupted(
            "Only "
                + fetched.good().size()
                + " of the "
                + needed
                + " pieces that this object needs are undamaged.")
        : new ObjectStoreException.NotEnoughProviders(fetched.good().size(), needed);
  }

  private List<PieceRecord> fastFirst(List<PieceRecord> pieces) {
    return pieces.stream()
        .sorted(Comparator.comparing((PieceRecord piece) -> providers.isSlow(piece.device())))
        .toList();
  }

  private static int ask(
      CompletionService<Answer> answers, PieceRecord piece, Function<PieceRecord, Answer> how) {
    var _ = answers.submit(() -> how.apply(piece));
    return 1;
  }

  /** Whether a piece came damaged before, and was not placed again since. */
  boolean isDamaged(PieceRecord piece) {
    return damaged.contains(piece.deal());
  }

  void forget(PieceRecord piece) {
    damaged.remove(piece.deal());
  }

  /** Asks the holder of one piece for it, and compares what comes with the commitment. */
  Answer fetch(PieceRecord piece) {
    return compared(request(piece));
  }

  private Answer compared(Answer answer) {
    if (answer.content().isEmpty()) {
      return answer;
    }
    PieceRecord piece = answer.piece();
    if (!commitments.of(answer.content().get()).equals(piece.commitment())) {
      LOG.warn("Device {} sent a damaged piece {}", piece.device(), piece.commitment());
      return without(piece, Finding.ALTERED);
    }
    damaged.remove(piece.deal());
    return answer;
  }

  private static Answer came(PieceRecord piece, byte[] content) {
    return new Answer(piece, Optional.of(content), Optional.of(Finding.GOOD));
  }

  /** Asks the holder of one piece for it, and takes what comes. */
  private Answer request(PieceRecord piece) {
    DeviceId id = piece.device();
    try {
      Optional<ListedDevice> device = providers.device(id);
      if (device.isEmpty() || providers.terms(device.get()).isEmpty()) {
        return without(piece, Finding.OFFLINE);
      }
      byte[] content = get(device.get(), piece);
      progress.fetchedPieces.increment();
      progress.fetchedBytes.add(content.length);
      return came(piece, content);
    } catch (ProviderException e) {
      LOG.warn("Device {} did not give a piece: {}", id, e.getMessage());
      return e.saysNothingOfThePiece()
          ? new Answer(piece, Optional.empty(), Optional.empty())
          : without(piece, Finding.of(e));
    } catch (Payer.Exhausted e) {
      LOG.warn("Device {} cannot be paid for reading: {}", id, e.getMessage());
      return new Answer(piece, Optional.empty(), Optional.empty());
    } catch (IOException e) {
      if (Thread.currentThread().isInterrupted()) {
        // Enough others came first.
        providers.slow(id);
        return new Answer(piece, Optional.empty(), Optional.empty());
      }
      LOG.warn("Device {} did not give a piece: {}", id, e.toString());
      providers.failed(id);
      progress.failedRequests.increment();
      return without(piece, Finding.of(e));
    }
  }

  private Answer without(PieceRecord piece, Finding finding) {
    if (finding.isDamage()) {
      progress.damagedPieces.increment();
      if (damaged.size() < MAX_REMEMBERED) {
        damaged.add(piece.deal());
      }
    }
    return new Answer(piece, Optional.empty(), Optional.of(finding));
  }

  private byte[] get(ListedDevice device, PieceRecord piece) throws IOException, Payer.Exhausted {
    try {
      return paid(device, piece);
    } catch (ProviderException e) {
      if (!e.code().equals("egress.unpaid")) {
        throw e;
      }
      // The provider counted something that this side did not see arrive: pay it once more.
      Providers.Paid again = providers.pay(device, piece.commitment().rawSize());
      again.done(true);
      budget.read(again.price());
      return paid(device, piece);
    }
  }

  private byte[] paid(ListedDevice device, PieceRecord piece) throws IOException, Payer.Exhausted {
    Providers.Paid paid = providers.pay(device, piece.commitment().rawSize());
    boolean charged = true;
    try {
      return client.get(device.endpoint(), piece.commitment(), paid.voucher());
    } catch (ProviderException e) {
      charged = false;
      throw e;
    } finally {
      paid.done(charged);
      if (charged) {
        budget.read(paid.price());
      }
    }
  }
}
