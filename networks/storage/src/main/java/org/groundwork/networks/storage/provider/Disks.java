package org.groundwork.networks.storage.provider;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.groundwork.networks.storage.wire.MalformedPieceException;
import org.groundwork.networks.storage.wire.PieceCommitment;
import org.groundwork.protocol.Bytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The disks of a provider, by number, and which of them takes the next piece. */
final class Disks {
  private static final Logger LOG = LoggerFactory.getLogger(Disks.class);

  private final Map<Integer, Disk> disks = new TreeMap<>();
  private final long capacity;
  private final AtomicLong used = new AtomicLong();

  private Disks(long capacity) {
    this.capacity = capacity;
  }

  /**
   * Opens the folders of pieces. What is in a folder that the index does not know is read into it,
   * once: so a provider of a version without an index goes on, and so does one that lost it.
   *
   * @param root the provider's own folder, which is made if it is not there
   * @throws IOException if a folder that was never used is not there
   */
  static Disks open(
      Path root,
      List<DiskConfig> configs,
      long capacity,
      long keepFree,
      PieceIndex index,
      Instant now)
      throws IOException {
    Files.createDirectories(root);
    Disks all = new Disks(capacity);
    List<DiskConfig> wanted = configs.isEmpty() ? List.of(new DiskConfig(root, capacity)) : configs;
    for (DiskConfig config : wanted) {
      all.open(config, keepFree, root, index, now);
    }
    for (PieceIndex.Known known : index.disks()) {
      if (!all.disks.containsKey(known.number())) {
        // Not configured any more: nothing new comes there, what is there is served.
        DiskConfig full = new DiskConfig(known.folder(), 0);
        all.put(new Disk(known.number(), known.id(), full, keepFree, root));
      }
    }
    index.pieces().forEach((piece, place) -> all.of(place).add(PieceStore.size(piece)));
    index.trash().forEach((piece, place) -> all.of(place).addTrashed(PieceStore.size(piece)));
    all.used.set(all.disks.values().stream().mapToLong(Disk::used).sum());
    return all;
  }

  private void open(DiskConfig config, long keepFree, Path root, PieceIndex index, Instant now)
      throws IOException {
    Optional<Bytes> id = Disk.readId(config.folder());
    Optional<PieceIndex.Known> known =
        index.disks().stream()
            .filter(it -> id.map(it.id()::equals).orElse(it.folder().equals(config.folder())))
            .findFirst();
    if (known.isPresent()) {
      PieceIndex.Known there = known.get();
      index.disk(new PieceIndex.Known(there.number(), there.id(), config.folder()));
      put(new Disk(there.number(), there.id(), config, keepFree, root));
      return;
    }
    if (!Files.isDirectory(config.folder())) {
      throw new IOException(
          "There is no folder " + config.folder() + " for pieces: make it, or mount its disk.");
    }
    Bytes named = id.isPresent() ? id.get() : newId();
    int number = 1 + index.disks().stream().mapToInt(PieceIndex.Known::number).max().orElse(0);
    if (id.isEmpty()) {
      Disk.writeId(config.folder(), named);
    }
    Disk disk = new Disk(number, named, config, keepFree, root);
    adopt(disk, index, now);
    index.disk(new PieceIndex.Known(number, named, config.folder()));
    put(disk);
  }

  private static Bytes newId() {
    byte[] id = new byte[PieceIndex.ID_BYTES];
    new SecureRandom().nextBytes(id);
    return Bytes.wrap(id);
  }

  /** Reads the names in a folder that the index does not know. */
  private static void adopt(Disk disk, PieceIndex index, Instant now) throws IOException {
    Path folder = Files.createDirectories(disk.folder().resolve("pieces"));
    long count = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + Disk.DATA)) {
      for (Path file : files) {
        Optional<PieceCommitment> piece = piece(file);
        if (piece.isPresent() && index.find(piece.get()).isEmpty()) {
          PieceIndex.Place place = new PieceIndex.Place(disk.number(), now);
          index.announce(piece.get(), place);
          index.show(piece.get(), place);
          count++;
        }
      }
    }
    index.force();
    if (count > 0) {
      LOG.info("{} pieces were found in {}", count, folder);
    }
  }

  /** The piece that a data file is named after; empty if it is none. */
  static Optional<PieceCommitment> piece(Path file) {
    String name = String.valueOf(file.getFileName());
    try {
      return Optional.of(
          PieceCommitment.parse(name.substring(0, name.length() - Disk.DATA.length())));
    } catch (MalformedPieceException | IndexOutOfBoundsException e) {
      LOG.warn("{} is not the name of a piece; it is left alone", file);
      return Optional.empty();
    }
  }

  private void put(Disk disk) {
    disks.put(disk.number(), disk);
    disk.probe();
  }

  Disk of(PieceIndex.Place place) {
    Disk disk = disks.get(place.disk());
    if (disk == null) {
      throw new IllegalStateException("the index names a disk " + place.disk());
    }
    return disk;
  }

  List<Disk> all() {
    return List.copyOf(disks.values());
  }

  /** The disks that take pieces and have room under their limits, the emptiest first. */
  List<Disk> candidates(long size) {
    return disks.values().stream()
        .filter(disk -> disk.takes() && disk.free() >= size)
        .sorted(Comparator.comparingDouble(Disks::freeShare).reversed())
        .toList();
  }

  private static double freeShare(Disk disk) {
    return disk.capacity() == 0 ? 0 : (double) disk.free() / disk.capacity();
  }

  /** Takes room under the limit of the whole provider; false if there is none. */
  boolean reserve(long size) {
    if (used.addAndGet(size) > capacity) {
      used.addAndGet(-size);
      return false;
    }
    return true;
  }

  void add(long size) {
    used.addAndGet(size);
  }

  void release(long size) {
    used.addAndGet(-size);
  }

  long used() {
    return used.get();
  }

  long capacity() {
    return capacity;
  }

  /** Room under all limits, on disks that take pieces. */
  long free() {
    long onDisks = disks.values().stream().filter(Disk::takes).mapToLong(Disk::free).sum();
    return Math.max(0, Math.min(capacity - used.get(), onDisks));
  }
}
