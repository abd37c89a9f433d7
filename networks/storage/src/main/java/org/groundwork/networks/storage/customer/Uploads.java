package org.groundwork.networks.storage.customer;

import java.io.IOException;
import java.math.BigInteger;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.groundwork.agent.ChainFeed;
import org.groundwork.agent.ListedDevice;
import org.groundwork.agent.Payer;
import org.groundwork.networks.storage.s3.ObjectStoreException;
import org.groundwork.networks.storage.wire.PieceCommitment;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Deal;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.SignedDeal;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.rules.Reservation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Places pieces on providers: hands the bytes over, then makes the deal that pays for them. */
final class Uploads {
  private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);

  /** A piece that wants a place. */
  record Piece(int number, PieceCommitment commitment, Bytes content) {}

  private enum Trouble {
    UNREACHABLE,
    FULL,
    UNPAID
  }

  private record Attempt(Optional<PieceRecord> placed, Optional<Trouble> trouble) {}

  private final ChainFeed chain;
  private final NetworkId network;
  private final Payer payer;
  private final Providers providers;
  private final ProviderClient client;
  private final Endings endings;
  private final Progress progress;
  private final CustomerSettings settings;
  private final InstantSource clock;
  private final RandomGenerator random;

  Uploads(
      ChainFeed chain,
      NetworkId network,
      Payer payer,
      Providers providers,
      ProviderClient client,
      Endings endings,
      Progress progress,
      CustomerSettings settings,
      InstantSource clock,
      RandomGenerator random) {
    this.chain = chain;
    this.network = network;
    this.payer = payer;
    this.providers = providers;
    this.client = client;
    this.endings = endings;
    this.progress = progress;
    this.settings = settings;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Places pieces of one stripe, each on a provider of its own while there are enough.
   *
   * @param taken devices that hold other pieces of the stripe: used last
   * @param careless devices that lost a piece of the stripe: used only before those
   * @param minimum fewer placed pieces are a failure, after which none is kept
   * @return the pieces that found a place
   */
  List<PieceRecord> place(
      List<Piece> pieces, Set<DeviceId> taken, Set<DeviceId> careless, int minimum)
      throws IOException, ObjectStoreException {
    List<ListedDevice> alive = new ArrayList<>(providers.alive());
    Collections.shuffle(alive, new Random(random.nextLong()));
    Deque<ListedDevice> free = new ArrayDeque<>(byOwner(alive, taken, careless));
    Deque<Piece> open = new ArrayDeque<>(pieces);
    NavigableMap<Integer, PieceRecord> placed = new TreeMap<>();
    List<Trouble> troubles = new ArrayList<>();
    // Second choice: providers that hold a piece of the stripe already. Only for repair.
    List<ListedDevice> second =
        alive.stream().filter(device -> taken.contains(device.device().id())).toList();
    boolean secondUsed = false;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      while (!open.isEmpty() && (!free.isEmpty() || (!secondUsed && !second.isEmpty()))) {
        if (free.isEmpty()) {
          secondUsed = true;
          for (int i = 0; i < open.size(); i++) {
            free.add(second.get(i % second.size()));
          }
        }
        Map<Piece, Future<Attempt>> running = new LinkedHashMap<>();
        while (!open.isEmpty() && !free.isEmpty()) {
          Piece piece = open.remove();
          ListedDevice device = free.remove();
          running.put(piece, threads.submit(() -> attempt(piece, device)));
        }
        for (Map.Entry<Piece, Future<Attempt>> entry : running.entrySet()) {
          Attempt attempt = Futures.await(entry.getValue());
          attempt.placed().ifPresent(piece -> placed.put(piece.number(), piece));
          attempt.trouble().ifPresent(troubles::add);
          if (attempt.placed().isEmpty()) {
            open.add(entry.getKey());
          }
        }
      }
    }
    if (placed.size() < minimum) {
      release(List.copyOf(placed.values()));
      throw failure(troubles, placed.size(), minimum);
    }
    return List.copyOf(placed.values());
  }

  /** Makes a new deal for a piece that its provider holds. */
  Optional<PieceRecord> renew(PieceRecord piece) throws IOException {
    Optional<ListedDevice> device = providers.device(piece.device());
    if (device.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(deal(piece.number(), piece.commitment(), device.get(), piece.dealEnd()));
    } catch (IOException | Payer.Exhausted e) {
      LOG.warn("The deal for a piece on device {} was not renewed: {}", piece.device(), e);
      return Optional.empty();
    }
  }

  /** Ends the deals of pieces that are not wanted any more: now, or when providers answer. */
  void release(List<PieceRecord> pieces) throws IOException {
    endings.add(pieces);
    endings.deliver(slotNow());
  }

  private Attempt attempt(Piece piece, ListedDevice device) {
    try {
      client.put(device.endpoint(), piece.commitment(), piece.content().unsafeArray());
      PieceRecord placed = deal(piece.number(), piece.commitment(), device, slotNow());
      progress.placedPieces.increment();
      progress.placedBytes.add(piece.content().size());
      return new Attempt(Optional.of(placed), Optional.empty());
    } catch (Payer.Exhausted e) {
      LOG.warn("Device {} cannot be paid: {}", device.device().id(), e.getMessage());
      return new Attempt(Optional.empty(), Optional.of(Trouble.UNPAID));
    } catch (ProviderException e) {
      LOG.warn("Device {} refused a piece: {}", device.device().id(), e.getMessage());
      return new Attempt(
          Optional.empty(),
          Optional.of(
              switch (e.code()) {
                case "storage.full" -> Trouble.FULL;
                case "deal.no-reservation", "deal.above-reservation" -> Trouble.UNPAID;
                default -> Trouble.UNREACHABLE;
              }));
    } catch (IOException e) {
      LOG.warn("Device {} does not answer: {}", device.device().id(), e.toString());
      providers.failed(device.device().id());
      progress.failedRequests.increment();
      return new Attempt(Optional.empty(), Optional.of(Trouble.UNREACHABLE));
    }
  }

  private PieceRecord deal(
      int number, PieceCommitment commitment, ListedDevice device, SlotNumber start)
      throws IOException, Payer.Exhausted {
    Reservation reservation =
        providers
            .reservation(device.device().owner())
            .orElseThrow(() ->
                new ProviderException(
                    402,
                    "request.no-reservation",
                    "no credits are reserved for " + device.device().owner()));
    Terms terms =
        providers.terms(device).orElseThrow(() -> new IOException("the provider went away"));
    Credits rate = terms.rate(commitment.rawSize());
    Credits cap = new Credits(rate.value().multiply(BigInteger.valueOf(settings.dealSlots())));
    Deal deal =
        new Deal(
            chain.domain().deployment(),
            network,
            device.device().id(),
            payer.account(),
            device.device().owner(),
            reservation.id(),
            rate,
            cap,
            start,
            start.plus(settings.dealSlots()),
            commitment.encode());
    PieceRecord record =
        new PieceRecord(
            number,
            commitment,
            device.device().id(),
            deal.id(),
            deal.endSlot(),
            reservation.id(),
            rate);
    SignedDeal signed = payer.sign(deal, reservation);
    try {
      agree(device, signed);
    } catch (ProviderException e) {
      if (e.isPassing()) {
        endings.add(List.of(record));
      } else {
        payer.giveBack(reservation, cap);
      }
      throw e;
    } catch (IOException e) {
      // The provider may have taken it, and is told that it did in vain.
      endings.add(List.of(record));
      throw e;
    }
    return record;
  }

  /** Makes a deal; the same again is harmless, so a gateway that is slow gets a second chance. */
  private void agree(ListedDevice device, SignedDeal signed) throws IOException {
    try {
      client.deal(device.endpoint(), signed);
    } catch (ProviderException e) {
      if (!e.code().equals("deal.unpromised")) {
        throw e;
      }
      client.deal(device.endpoint(), signed);
    }
  }

  private SlotNumber slotNow() {
    return chain.schedule().slotAt(clock.instant().getEpochSecond());
  }

  /** Providers that hold nothing of the stripe yet, one of each owner before a second one. */
  private static List<ListedDevice> byOwner(
      List<ListedDevice> alive, Set<DeviceId> taken, Set<DeviceId> careless) {
    List<ListedDevice> first = new ArrayList<>();
    List<ListedDevice> others = new ArrayList<>();
    List<ListedDevice> last = new ArrayList<>();
    Set<AccountId> owners = new HashSet<>();
    alive.stream()
        .filter(device -> taken.contains(device.device().id()))
        .forEach(device -> owners.add(device.device().owner()));
    for (ListedDevice device : alive) {
      if (careless.contains(device.device().id())) {
        last.add(device);
      } else if (!taken.contains(device.device().id())) {
        (owners.add(device.device().owner()) ? first : others).add(device);
      }
    }
    first.addAll(others);
    first.addAll(last);
    return first;
  }

  private static ObjectStoreException failure(List<Trouble> troubles, int placed, int minimum) {
    if (!troubles.isEmpty() && troubles.stream().allMatch(Trouble.FULL::equals)) {
      return new ObjectStoreException.StorageFull(
          "The storage providers have no room for this object.");
    }
    if (!troubles.isEmpty() && troubles.stream().allMatch(Trouble.UNPAID::equals)) {
      return new ObjectStoreException.ReservationExhausted(
          "The credits reserved for storage providers do not pay for this object;"
              + " buy and reserve more.");
    }
    return new ObjectStoreException.NotEnoughProviders(placed, minimum);
  }
}
