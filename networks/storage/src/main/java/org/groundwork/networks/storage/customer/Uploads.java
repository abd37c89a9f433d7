package org.groundwork.networks.storage.customer;

import java.io.IOException;
import java.math.BigInteger;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.groundwork.agent.ChainFeed;
import org.groundwork.agent.ListedDevice;
import org.groundwork.agent.Payer;
import org.groundwork.networks.storage.erasure.Shape;
import org.groundwork.networks.storage.s3.ObjectStoreException;
import org.groundwork.networks.storage.wire.Passes;
import org.groundwork.networks.storage.wire.PieceCommitment;
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

  /** Why pieces are placed. */
  enum Purpose {
    /** For something new: each on a device of its own, within the budget. */
    STORE,
    /** To make up for a loss: at last several on one device, and whatever the budget says. */
    REPAIR,
    /** To a better place: each on a device of its own, and whatever the budget says. */
    MOVE
  }

  /**
   * A piece that wants a place.
   *
   * @param packing how it is to be packed for whom it is placed with, if it is
   */
  record Piece(int number, PieceCommitment commitment, Bytes content, Optional<Passes> packing) {}

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
  private final Reputation reputation;
  private final Packer packer;
  private final Budget budget;
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
      Reputation reputation,
      Packer packer,
      Budget budget,
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
    this.reputation = reputation;
    this.packer = packer;
    this.budget = budget;
    this.progress = progress;
    this.settings = settings;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Places pieces of one stripe, each on a device of its own: cheap ones first, spread over failure
   * domains.
   *
   * @param holders of other pieces of the stripe
   * @param careless devices that lost a piece of the stripe: used when no others are left
   * @param minimum fewer placed pieces are a failure, after which none is kept
   * @return the pieces that found a place
   */
  List<PieceRecord> place(
      Shape shape,
      List<Piece> pieces,
      List<Placement.Candidate> holders,
      Set<DeviceId> careless,
      int minimum,
      Purpose purpose)
      throws IOException, ObjectStoreException {
    Map<DeviceId, ListedDevice> devices = new TreeMap<>();
    List<Providers.Offer> offers = offers();
    if (purpose == Purpose.STORE) {
      budget.requireStorage(estimate(offers, pieces));
    }
    Placement placement =
        placement(shape, holders, careless, purpose == Purpose.REPAIR, offers, devices);
    Deque<Piece> open = new ArrayDeque<>(pieces);
    NavigableMap<Integer, PieceRecord> placed = new TreeMap<>();
    List<Trouble> troubles = new ArrayList<>();
    boolean exhausted = false;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      while (!open.isEmpty() && !exhausted) {
        record Running(Piece piece, Placement.Candidate at, Future<Attempt> attempt) {}
        List<Running> running = new ArrayList<>();
        while (!open.isEmpty() && !exhausted) {
          Optional<Placement.Candidate> next = placement.next();
          if (next.isPresent()) {
            Piece piece = open.remove();
            ListedDevice device = Objects.requireNonNull(devices.get(next.get().device()));
            running.add(
                new Running(piece, next.get(), threads.submit(() -> attempt(piece, device))));
          } else {
            exhausted = running.isEmpty();
            break;
          }
        }
        for (Running each : running) {
          Attempt attempt = Futures.await(each.attempt());
          attempt.placed().ifPresent(piece -> placed.put(piece.number(), piece));
          attempt.trouble().ifPresent(troubles::add);
          if (attempt.placed().isEmpty()) {
            placement.failed(each.at());
            open.add(each.piece());
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

  /** Whether there is a device that holds nothing of the stripe and may hold a piece. */
  boolean hasRoom(Shape shape, List<Placement.Candidate> holders) throws IOException {
    return placement(shape, holders, Set.of(), false, offers(), new TreeMap<>()).next().isPresent();
  }

  /** Providers that take pieces, cheapest first; those that ask the same in random order. */
  private List<Providers.Offer> offers() throws IOException {
    List<Providers.Offer> offers = new ArrayList<>(providers.alive());
    offers.removeIf(offer -> offer.terms().isLeaving());
    Collections.shuffle(offers, new Random(random.nextLong()));
    offers.sort(Comparator.comparing(offer -> offer.terms().storagePrice()));
    return offers;
  }

  /** Credits a slot for these pieces at the cheapest providers. */
  private static Credits estimate(List<Providers.Offer> offers, List<Piece> pieces) {
    Credits sum = Credits.ZERO;
    for (int i = 0; i < Math.min(offers.size(), pieces.size()); i++) {
      sum = sum.plus(offers.get(i).terms().rate(pieces.get(i).content().size()));
    }
    return sum;
  }

  /**
   * Who may get pieces: trusted providers by price, then those who lost some before, at last
   * holders.
   *
   * @param devices is filled with those who answer
   */
  private Placement placement(
      Shape shape,
      List<Placement.Candidate> holders,
      Set<DeviceId> careless,
      boolean mayCrowd,
      List<Providers.Offer> offers,
      Map<DeviceId, ListedDevice> devices) {
    Set<DeviceId> taken =
        holders.stream().map(Placement.Candidate::device).collect(Collectors.toSet());
    List<Placement.Candidate> trusted = new ArrayList<>();
    List<Placement.Candidate> others = new ArrayList<>();
    List<Placement.Candidate> crowded = new ArrayList<>();
    for (Providers.Offer offer : offers) {
      devices.put(offer.id(), offer.device());
      List<Placement.Candidate> rank =
          taken.contains(offer.id())
              ? crowded
              : careless.contains(offer.id()) || !reputation.of(offer.id()).isTrusted()
                  ? others
                  : trusted;
      rank.add(offer.candidate());
    }
    return new Placement(shape, holders, List.of(trusted, others), mayCrowd ? crowded : List.of());
  }

  /** Makes a new deal for a piece that its provider holds. */
  Optional<PieceRecord> renew(PieceRecord piece) throws IOException {
    Optional<ListedDevice> device = providers.device(piece.device());
    if (device.isEmpty()) {
      return Optional.empty();
    }
    try {
      PieceRecord renewed =
          deal(piece.number(), piece.commitment(), piece.packed(), device.get(), piece.dealEnd());
      budget.ended(piece.rate());
      return Optional.of(renewed);
    } catch (IOException | Payer.Exhausted e) {
      LOG.warn("The deal for a piece on device {} was not renewed: {}", piece.device(), e);
      return Optional.empty();
    }
  }

  /** Ends the deals of pieces that are not wanted any more: now, or when providers answer. */
  void release(List<PieceRecord> pieces) throws IOException {
    pieces.forEach(piece -> budget.ended(piece.rate()));
    endings.add(pieces);
    endings.deliver(slotNow());
  }

  private Attempt attempt(Piece piece, ListedDevice device) {
    try {
      Packer.Copy copy = packer.copy(piece, device.device());
      client.put(device.endpoint(), copy.commitment(), copy.content().unsafeArray());
      PieceRecord placed =
          deal(piece.number(), copy.commitment(), copy.packed(), device, slotNow());
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
      int number,
      PieceCommitment commitment,
      Optional<PieceRecord.Packed> packed,
      ListedDevice device,
      SlotNumber start)
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
            rate,
            packed);
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
    budget.stored(rate);
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
