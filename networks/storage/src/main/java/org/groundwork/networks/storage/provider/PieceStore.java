package org.groundwork.networks.storage.provider;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.groundwork.networks.storage.wire.PieceCommitment;
import org.groundwork.networks.storage.wire.PieceTree;
import org.groundwork.networks.storage.wire.PieceWithTree;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pieces on one or several disks. What is there is said by {@link PieceIndex}; its record is
 * written before the files are renamed into place, and all of it is forced to disk before a piece
 * is shown. Safe for many threads.
 */
final class PieceStore implements AutoCloseable {
  /** There is no room: by the operator's limit, or on the file system. */
  static final class Full extends Exception {
    private static final long serialVersionUID = 1L;

    Full(String message) {
      super(message);
    }
  }

  /** The bytes that came are not those of the piece. */
  static final class WrongContent extends Exception {
    private static final long serialVersionUID = 1L;

    WrongContent(String message) {
      super(message);
    }
  }

  /** Where the bytes of a piece come from; opened once there is room for them. */
  interface Source {
    InputStream open() throws IOException;
  }

  private static final Logger LOG = LoggerFactory.getLogger(PieceStore.class);
  static final String INDEX = "pieces.log";
  private static final int LOCKS = 64;

  private final InstantSource clock;
  private final Instant opened;
  private final PieceIndex index;
  private final Disks disks;
  private final Trash trash;
  private final Lock[] locks = new Lock[LOCKS];
  private final Map<String, String> damaged = new ConcurrentSkipListMap<>();
  private final AtomicLong nextIncoming = new AtomicLong();

  /** One folder, without a trash. */
  PieceStore(Path root, long capacity, long keepFree, InstantSource clock) throws IOException {
    this(root, capacity, keepFree, StoreConfig.DEFAULT.keepingTrash(Duration.ZERO), clock);
  }

  /**
   * @param root the provider's own folder, with the index
   * @param capacity most bytes on all disks together
   * @param keepFree what each file system must have left after an upload
   */
  PieceStore(Path root, long capacity, long keepFree, StoreConfig config, InstantSource clock)
      throws IOException {
    this.clock = clock;
    opened = clock.instant();
    for (int i = 0; i < LOCKS; i++) {
      locks[i] = new ReentrantLock();
    }
    Files.createDirectories(root);
    index = new PieceIndex(root.resolve(INDEX));
    disks = Disks.open(root, config.disks(), capacity, keepFree, index, opened);
    trash = new Trash(index, disks, config.trash());
    for (Disk disk : disks.all()) {
      if (disk.condition() == Disk.Condition.ONLINE) {
        clear(disk.folder().resolve("incoming"));
      }
    }
    index.recent().forEach(this::checkRecent);
  }

  private static void clear(Path incoming) throws IOException {
    try (DirectoryStream<Path> left = Files.newDirectoryStream(incoming)) {
      for (Path file : left) {
        Files.delete(file);
      }
    }
  }

  /** After a crash the last records may be ahead of their files. */
  private void checkRecent(PieceCommitment piece) {
    Optional<PieceIndex.Place> place = index.find(piece);
    if (place.isEmpty() || disks.of(place.get()).condition() == Disk.Condition.GONE) {
      return;
    }
    try {
      long there = Files.size(disks.of(place.get()).piece(piece, Disk.DATA));
      if (there != piece.rawSize()) {
        markDamaged(piece, "the file has " + there + " bytes");
      }
    } catch (NoSuchFileException e) {
      relocate(piece);
    } catch (IOException e) {
      markDamaged(piece, "it cannot be read: " + e);
    }
  }

  /** Drops the record of a piece whose upload a crash cut off, or that lies on another disk. */
  private void relocate(PieceCommitment piece) {
    try {
      forget(piece);
      for (Disk disk : disks.all()) {
        if (Files.exists(disk.piece(piece, Disk.DATA))) {
          adopt(piece, disk);
          return;
        }
      }
    } catch (IOException e) {
      LOG.warn("The index cannot be written: {}", e.toString());
    }
  }

  /**
   * Takes a piece; it is durable when this returns. A copy that is there is replaced: it may be
   * damaged without anyone knowing.
   *
   * @return whether it was not there before
   */
  boolean receive(PieceCommitment piece, Source source) throws IOException, Full, WrongContent {
    long size = size(piece);
    Disk disk = reserve(size);
    Path data = disk.incoming(nextIncoming.incrementAndGet() + Disk.DATA);
    Path tree = disk.incoming(nextIncoming.incrementAndGet() + Disk.TREE);
    boolean kept = false;
    try {
      PieceFiles.write(piece, source, data, tree);
      boolean again = keep(piece, disk, data, tree);
      kept = true;
      return !again;
    } catch (IOException e) {
      if (Disk.isFull(e)) {
        throw new Full("The disk is full.");
      }
      disk.probe();
      throw e;
    } finally {
      if (!kept) {
        disk.release(size);
        disks.release(size);
      }
      Files.deleteIfExists(data);
      Files.deleteIfExists(tree);
    }
  }

  /** Puts files that are on disk into place; answers whether a copy was there. */
  private boolean keep(PieceCommitment piece, Disk disk, Path data, Path tree) throws IOException {
    PieceIndex.Place place = new PieceIndex.Place(disk.number(), clock.instant());
    Lock lock = lock(piece);
    lock.lock();
    try {
      Optional<PieceIndex.Place> before = index.find(piece);
      trash.drop(piece);
      index.announce(piece, place);
      Disk.move(tree, disk.piece(piece, Disk.TREE));
      Disk.move(data, disk.piece(piece, Disk.DATA));
      Together.run(disk::force, index::force);
      index.show(piece, place);
      damaged.remove(piece.pieceCidV2());
      before.ifPresent(old -> replaced(piece, disks.of(old), disk));
      return before.isPresent();
    } finally {
      lock.unlock();
    }
  }

  private void replaced(PieceCommitment piece, Disk old, Disk now) {
    old.release(size(piece));
    disks.release(size(piece));
    if (old != now) {
      try {
        Files.deleteIfExists(old.piece(piece, Disk.DATA));
        Files.deleteIfExists(old.piece(piece, Disk.TREE));
      } catch (IOException e) {
        LOG.warn("The old copy of piece {} stays on {}: {}", piece, old, e.toString());
      }
    }
  }

  boolean holds(PieceCommitment piece) {
    return index.find(piece).isPresent();
  }

  boolean isDamaged(PieceCommitment piece) {
    return damaged.containsKey(piece.pieceCidV2());
  }

  /**
   * Opens a piece.
   *
   * @throws NoSuchFileException if it is not there
   */
  OpenPiece open(PieceCommitment piece) throws IOException {
    Disk disk =
        index
            .find(piece)
            .map(disks::of)
            .orElseThrow(() -> new NoSuchFileException(piece.pieceCidV2()));
    return OpenPiece.open(piece, disk.piece(piece, Disk.DATA), disk.piece(piece, Disk.TREE));
  }

  /** Writes the tree of a piece again, from its data. */
  void replaceTree(PieceWithTree made) throws IOException {
    Optional<PieceIndex.Place> place = index.find(made.commitment());
    if (place.isPresent()) {
      Disk disk = disks.of(place.get());
      Path tree = disk.incoming(nextIncoming.incrementAndGet() + Disk.TREE);
      PieceFiles.writeTree(tree, made);
      Disk.move(tree, disk.piece(made.commitment(), Disk.TREE));
      disk.force();
    }
  }

  /** Puts a piece into the trash, or deletes it where nothing is kept. */
  void delete(PieceCommitment piece) throws IOException {
    Lock lock = lock(piece);
    lock.lock();
    try {
      Optional<PieceIndex.Place> place = index.find(piece);
      if (place.isPresent()) {
        damaged.remove(piece.pieceCidV2());
        disks.release(size(piece));
        trash.take(piece, disks.of(place.get()), clock.instant());
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes a piece out of the trash; false if it is not there. */
  boolean restore(PieceCommitment piece) throws IOException {
    Lock lock = lock(piece);
    lock.lock();
    try {
      if (index.findTrashed(piece).isEmpty() || !disks.reserve(size(piece))) {
        return false;
      }
      boolean back = trash.giveBack(piece, clock.instant());
      if (!back) {
        disks.release(size(piece));
      }
      return back;
    } finally {
      lock.unlock();
    }
  }

  /** Deletes what has been in the trash for long enough, and looks at the disks. */
  void step() throws IOException {
    disks.all().forEach(Disk::probe);
    trash.purge(clock.instant());
    index.force();
  }

  /** Since when a piece is there, at most since the start; empty if it is not. */
  Optional<Instant> since(PieceCommitment piece) {
    return index
        .find(piece)
        .map(PieceIndex.Place::time)
        .map(time -> time.isBefore(opened) ? opened : time);
  }

  /** Notes damage; a piece whose disk is gone is not damaged. */
  void markDamaged(PieceCommitment piece, String how) {
    boolean gone =
        index.find(piece).map(disks::of).map(Disk::probe).stream()
            .anyMatch(Disk.Condition.GONE::equals);
    if (!gone && damaged.put(piece.pieceCidV2(), how) == null) {
      LOG.warn(
          "Piece {} is damaged: {}. It cannot be proven until it is stored again.", piece, how);
    }
  }

  void markIntact(PieceCommitment piece) {
    if (damaged.remove(piece.pieceCidV2()) != null) {
      LOG.info("Piece {} is intact again", piece);
    }
  }

  List<PieceCommitment> pieces() {
    return List.copyOf(index.pieces().keySet());
  }

  void forEach(Consumer<PieceCommitment> action) {
    index.pieces().keySet().forEach(action);
  }

  int size() {
    return index.pieces().size();
  }

  /** The pieces on one disk. */
  List<PieceCommitment> on(Disk disk) {
    return index.pieces().entrySet().stream()
        .filter(entry -> entry.getValue().disk() == disk.number())
        .map(Map.Entry::getKey)
        .toList();
  }

  long count(Disk disk) {
    return index.pieces().values().stream().filter(place -> place.disk() == disk.number()).count();
  }

  /** Takes into the index a piece whose files lie on a disk; false if it is there already. */
  boolean adopt(PieceCommitment piece, Disk disk) throws IOException {
    if (holds(piece)) {
      return false;
    }
    disks.add(size(piece));
    disk.add(size(piece));
    PieceIndex.Place place = new PieceIndex.Place(disk.number(), clock.instant());
    index.announce(piece, place);
    index.show(piece, place);
    return true;
  }

  /** Drops the record of a piece of which there is no file. */
  void forget(PieceCommitment piece) throws IOException {
    Optional<PieceIndex.Place> place = index.find(piece);
    if (place.isPresent()) {
      index.remove(piece);
      disks.of(place.get()).release(size(piece));
      disks.release(size(piece));
    }
  }

  List<Disk> disks() {
    return disks.all();
  }

  /** What is wrong with the damaged pieces, by CID. */
  Map<String, String> damaged() {
    return Map.copyOf(damaged);
  }

  /** Bytes of pieces; what is in the trash is not counted. */
  long usedBytes() {
    return disks.used();
  }

  /** Bytes that are left under the limits. */
  long freeBytes() {
    return disks.free();
  }

  private Disk reserve(long size) throws IOException, Full {
    if (!disks.reserve(size)) {
      throw new Full(
          disks.free() + " of " + disks.capacity() + " bytes are free, it needs " + size + ".");
    }
    long most = Long.MIN_VALUE;
    for (Disk disk : disks.candidates(size)) {
      trash.makeRoom(disk, size);
      long usable = disk.usable();
      if (usable >= size && disk.reserve(size)) {
        return disk;
      }
      most = Math.max(most, usable);
    }
    disks.release(size);
    throw new Full(
        most == Long.MIN_VALUE
            ? "No disk that takes pieces has room for " + size + " bytes."
            : "The disk has " + Math.max(0, most) + " bytes left, it needs " + size + ".");
  }

  static long size(PieceCommitment piece) {
    return piece.rawSize() + PieceTree.encodedSize(piece);
  }

  private Lock lock(PieceCommitment piece) {
    return locks[Math.floorMod(piece.hashCode(), LOCKS)];
  }

  @Override
  public void close() throws IOException {
    index.close();
  }
}
