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
      CustomerSettings settings,
      Progress progress,
      Supplier<SlotNumber> now) {
    this.providers = providers;
    this.client = client;
    this.uploads = uploads;
    this.downloads = downloads;
    this.commitments = commitments;
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

  Outcome repair(Shape shape, StripeRecord stripe, Predicate<PieceRecord> deep)
      throws IOException, ObjectStoreException {
    Found found = look(stripe, deep);
    List<PieceRecord> kept = renewed(found.healthy());
    int lost = shape.total() - kept.size();
    StripeRecord there = stripe.with(union(kept, lostOf(stripe, found)));
    if (lost == 0) {
      return new Outcome(there, report(shape, 0, 0, 0, 0), List.of());
    }
    NavigableMap<Integer, byte[]> contents = found.contents();
    if (contents.size() < shape.data()) {
      contents.putAll(downloads.fetch(stripe.with(found.healthy()), shape.data()).good());
    }
    if (contents.size() < shape.data()) {
      return new Outcome(there, report(shape, lost, 0, 1, 0), List.of());
    }
    return rebuild(shape, stripe, kept, lostOf(stripe, found), contents);
  }

  private Outcome rebuild(
      Shape shape,
      StripeRecord stripe,
      List<PieceRecord> kept,
      List<PieceRecord> lost,
      NavigableMap<Integer, byte[]> contents)
      throws IOException, ObjectStoreException {
    Set<Integer> numbers = numbers(kept);
    List<Integer> missing =
        IntStream.range(0, shape.total()).filter(n -> !numbers.contains(n)).boxed().toList();
    List<byte[]> made = code.recover(shape, contents, missing);
    List<Uploads.Piece> pieces = new ArrayList<>();
    for (int i = 0; i < missing.size(); i++) {
      byte[] content = made.get(i);
      pieces.add(new Uploads.Piece(missing.get(i), commitments.of(content), Bytes.wrap(content)));
    }
    Set<DeviceId> taken = devices(kept);
    List<PieceRecord> placed = uploads.place(pieces, taken, devices(lost), 0);
    progress.repairedPieces.add(placed.size());
    List<PieceRecord> replaced =
        lost.stream().filter(piece -> numbers(placed).contains(piece.number())).toList();
    replaced.forEach(downloads::forget);
    // What found no place stays written down: its provider may come back.
    List<PieceRecord> waiting =
        lost.stream().filter(piece -> !numbers(placed).contains(piece.number())).toList();
    return new Outcome(
        stripe.with(union(union(kept, placed), waiting)),
        report(shape, missing.size(), placed.size(), 0, crowded(taken, placed)),
        replaced);
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

  private static List<PieceRecord> lostOf(StripeRecord stripe, Found found) {
    Set<Integer> healthy = numbers(found.healthy());
    return stripe.pieces().stream().filter(piece -> !healthy.contains(piece.number())).toList();
  }

  private static int crowded(Set<DeviceId> taken, List<PieceRecord> placed) {
    Set<DeviceId> seen = new HashSet<>(taken);
    return (int) placed.stream().filter(piece -> !seen.add(piece.device())).count();
  }

  private static RepairReport report(
      Shape shape, int lost, int repaired, int unrecoverable, int crowded) {
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
