package org.groundwork.networks.storage.customer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.groundwork.agent.ListedDevice;
import org.groundwork.networks.storage.erasure.ErasureCode;
import org.groundwork.networks.storage.erasure.ErasureCodes;
import org.groundwork.networks.storage.erasure.Shape;
import org.groundwork.networks.storage.s3.ObjectStoreException;
import org.groundwork.networks.storage.wire.Passes;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.SlotNumber;

/** Finds the pieces of a stripe that are lost, makes them again, and renews what ends soon. */
final class StripeRepair {
  /** A deal is renewed when less than a fifth of its time is left. */
  private static final int RENEW_PART = 5;

  private final Providers providers;
  private final ProviderClient client;
  private final Uploads uploads;
  private final Downloads downloads;
  private final Commitments commitments;
  private final Packer packer;
  private final CustomerSettings settings;
  private final Progress progress;
  private final Supplier<SlotNumber> now;
  private final ErasureCode code = ErasureCodes.best();

  StripeRepair(
      Providers providers,
      ProviderClient client,
      Uploads uploads,
      Downloads downloads,
      Commitments commitments,
      Packer packer,
      CustomerSettings settings,
      Progress progress,
      Supplier<SlotNumber> now) {
    this.providers = providers;
    this.client = client;
    this.uploads = uploads;
    this.downloads = downloads;
    this.commitments = commitments;
    this.packer = packer;
    this.settings = settings;
    this.progress = progress;
    this.now = now;
  }

  /**
   * What became of a stripe.
   *
   * @param replaced pieces whose deals are to end, once the stripe is written down
   */
  record Outcome(StripeRecord stripe, RepairReport report, List<PieceRecord> replaced) {}

  /** What was found of a stripe: the pieces that are well, and the content of some of them. */
  private record Found(List<PieceRecord> healthy, NavigableMap<Integer, byte[]> contents) {}

  /**
   * How a stripe is.
   *
   * @param stripe with renewed deals, and without pieces that are beyond doubt damaged
   * @param kept pieces that stay where they are
   * @param leaving pieces on devices that want to be emptied
   * @param misplaced pieces that have to share their failure domain with too many others
   * @param lost all others
   * @param ended pieces whose deals are to end, once the stripe is written down
   */
  record Survey(
      StripeRecord stripe,
      List<PieceRecord> kept,
      List<PieceRecord> leaving,
      List<PieceRecord> misplaced,
      List<PieceRecord> lost,
      List<PieceRecord> ended) {
    int inPlace() {
      return kept.size();
    }

    boolean isDue(Shape shape) {
      return RepairQueue.isDue(shape, kept.size() + misplaced.size())
          || !leaving.isEmpty()
          || !misplaced.isEmpty();
    }

    List<PieceRecord> readable() {
      return union(union(kept, leaving), misplaced);
    }
  }

  /**
   * Asks all holders, and renews what ends soon.
   *
   * @param deep pieces that are fetched and verified
   */
  Survey survey(Shape shape, StripeRecord stripe, Predicate<PieceRecord> deep) throws IOException {
    List<PieceRecord> healthy = renewed(look(stripe, deep).healthy());
    Set<Integer> numbers = numbers(healthy);
    List<PieceRecord> lost =
        stripe.pieces().stream().filter(piece -> !numbers.contains(piece.number())).toList();
    List<PieceRecord> kept = new ArrayList<>();
    List<PieceRecord> leaving = new ArrayList<>();
    List<PieceRecord> misplaced = new ArrayList<>();
    List<Placement.Candidate> places = new ArrayList<>();
    for (PieceRecord piece : healthy) {
      if (providers.isLeaving(piece.device())) {
        leaving.add(piece);
        continue;
      }
      places.add(providers.candidate(piece.device()));
      if (Placement.misplaced(shape, places) > 0) {
        places.removeLast();
        misplaced.add(piece);
      } else {
        kept.add(piece);
      }
    }
    if (!misplaced.isEmpty() && !uploads.hasRoom(shape, places)) {
      kept.addAll(misplaced);
      misplaced.clear();
    }
    boolean due = RepairQueue.isDue(shape, healthy.size());
    List<PieceRecord> damaged =
        due ? List.of() : lost.stream().filter(downloads::isDamaged).toList();
    List<PieceRecord> written = new ArrayList<>(union(healthy, lost));
    written.removeAll(damaged);
    return new Survey(stripe.with(written), kept, leaving, misplaced, lost, damaged);
  }

  /** Makes lost pieces again, and moves those that are not in place. */
  Outcome repair(Shape shape, Survey survey) throws IOException, ObjectStoreException {
    StripeRecord stripe = survey.stripe();
    int missing = shape.total() - survey.inPlace();
    List<PieceRecord> readable = survey.readable();
    NavigableMap<Integer, byte[]> fetched =
        downloads.fetch(stripe.with(readable), shape.data()).good();
    if (fetched.size() < shape.data()) {
      return new Outcome(stripe, report(shape, missing, 0, 1, 0), List.of());
    }
    NavigableMap<Integer, byte[]> shards = packer.unpack(stripe, fetched);
    Set<Integer> there = numbers(survey.kept());
    Set<Integer> moving = numbers(survey.misplaced());
    List<Integer> lost =
        IntStream.range(0, shape.total())
            .filter(n -> !there.contains(n) && !moving.contains(n))
            .boxed()
            .toList();
    List<Placement.Candidate> holders = new ArrayList<>(places(survey.kept()));
    List<PieceRecord> placed =
        new ArrayList<>(
            uploads.place(
                shape,
                make(shape, stripe.packing(), shards, lost),
                holders,
                devices(survey.lost()),
                0,
                Uploads.Purpose.REPAIR));
    int crowded = crowded(devices(survey.kept()), placed);
    holders.addAll(places(placed));
    placed.addAll(
        uploads.place(
            shape,
            make(shape, stripe.packing(), shards, List.copyOf(moving)),
            holders,
            devices(survey.lost()),
            0,
            Uploads.Purpose.MOVE));
    progress.repairedPieces.add(placed.size());
    Set<Integer> done = numbers(placed);
    List<PieceRecord> replaced =
        stripe.pieces().stream().filter(piece -> done.contains(piece.number())).toList();
    replaced.forEach(downloads::forget);
    // What found no place stays written down: its provider may come back.
    List<PieceRecord> others =
        stripe.pieces().stream().filter(piece -> !done.contains(piece.number())).toList();
    return new Outcome(
        stripe.with(union(others, placed)),
        report(shape, missing, placed.size(), 0, crowded),
        replaced);
  }

  private List<Uploads.Piece> make(
      Shape shape,
      Optional<Passes> packing,
      NavigableMap<Integer, byte[]> shards,
      List<Integer> numbers) {
    List<byte[]> made = code.recover(shape, shards, numbers);
    List<Uploads.Piece> pieces = new ArrayList<>();
    for (int i = 0; i < numbers.size(); i++) {
      byte[] content = made.get(i);
      pieces.add(
          new Uploads.Piece(numbers.get(i), commitments.of(content), Bytes.wrap(content), packing));
    }
    return pieces;
  }

  private List<Placement.Candidate> places(List<PieceRecord> pieces) throws IOException {
    List<Placement.Candidate> places = new ArrayList<>();
    for (PieceRecord piece : pieces) {
      places.add(providers.candidate(piece.device()));
    }
    return places;
  }

  private Found look(StripeRecord stripe, Predicate<PieceRecord> deep) throws IOException {
    List<PieceRecord> fetch = stripe.pieces().stream().filter(deep).toList();
    NavigableMap<Integer, byte[]> contents = new TreeMap<>();
    if (!fetch.isEmpty()) {
      contents.putAll(downloads.fetch(stripe.with(fetch), fetch.size()).good());
    }
    Set<Integer> asked = probe(stripe.pieces().stream().filter(deep.negate()).toList());
    List<PieceRecord> healthy =
        stripe.pieces().stream()
            .filter(p -> contents.containsKey(p.number()) || asked.contains(p.number()))
            .filter(p -> p.dealEnd().compareTo(now.get()) > 0)
            .toList();
    return new Found(healthy, contents);
  }

  /** The numbers of the pieces that their providers say to hold, and that never came damaged. */
  private Set<Integer> probe(List<PieceRecord> pieces) throws IOException {
    Map<Integer, Future<Boolean>> answers = new LinkedHashMap<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (PieceRecord piece : pieces) {
        answers.put(piece.number(), threads.submit(() -> isHeld(piece)));
      }
    }
    Set<Integer> held = new HashSet<>();
    for (Map.Entry<Integer, Future<Boolean>> answer : answers.entrySet()) {
      if (Futures.await(answer.getValue())) {
        held.add(answer.getKey());
      }
    }
    return held;
  }

  private boolean isHeld(PieceRecord piece) throws IOException {
    Optional<ListedDevice> device = providers.device(piece.device());
    return device.isPresent()
        && !downloads.isDamaged(piece)
        && client.holds(device.get().endpoint(), piece.commitment());
  }

  private List<PieceRecord> renewed(List<PieceRecord> pieces) throws IOException {
    List<PieceRecord> kept = new ArrayList<>();
    for (PieceRecord piece : pieces) {
      long left = piece.dealEnd().value() - now.get().value();
      kept.add(
          left < settings.dealSlots() / RENEW_PART ? uploads.renew(piece).orElse(piece) : piece);
    }
    return kept;
  }

  private static int crowded(Set<DeviceId> taken, List<PieceRecord> placed) {
    Set<DeviceId> seen = new HashSet<>(taken);
    return (int) placed.stream().filter(piece -> !seen.add(piece.device())).count();
  }

  static RepairReport report(Shape shape, int lost, int repaired, int unrecoverable, int crowded) {
    return new RepairReport(shape.total(), lost, repaired, unrecoverable, crowded);
  }

  private static List<PieceRecord> union(List<PieceRecord> a, List<PieceRecord> b) {
    List<PieceRecord> all = new ArrayList<>(a);
    all.addAll(b);
    return all;
  }

  private static Set<Integer> numbers(List<PieceRecord> pieces) {
    return pieces.stream().map(PieceRecord::number).collect(Collectors.toSet());
  }

  private static Set<DeviceId> devices(List<PieceRecord> pieces) {
    return pieces.stream().map(PieceRecord::device).collect(Collectors.toSet());
  }
}
