package org.groundwork.networks.storage.provider;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.groundwork.networks.storage.wire.CommP;
import org.groundwork.networks.storage.wire.MalformedPieceException;
import org.groundwork.networks.storage.wire.PieceCommitment;
import org.groundwork.networks.storage.wire.PieceTree;
import org.groundwork.networks.storage.wire.PieceWithTree;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pieces on disk: {@code pieces/CID.data} and {@code pieces/CID.tree}. A piece is there once its
 * data file is, which is renamed into place last, after both were forced to disk. Safe for many
 * threads.
 */
final class PieceStore {
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
  private static final String DATA = ".data";
  private static final String TREE = ".tree";
  private static final int BUFFER = 256 * 1024;

  private final Path folder;
  private final Path incoming;
  private final long capacity;
  private final long keepFree;
  private final InstantSource clock;

  /** A piece, and since when it is there: for this process, at most since its start. */
  private record Stored(PieceCommitment piece, Instant since) {}

  private final Map<String, Stored> pieces = new ConcurrentSkipListMap<>();
  private final Map<String, String> damaged = new ConcurrentSkipListMap<>();
  private final AtomicLong used = new AtomicLong();
  private final AtomicLong nextIncoming = new AtomicLong();

  PieceStore(Path root, long capacity, long keepFree, InstantSource clock) throws IOException {
    this.clock = clock;
    this.folder = Files.createDirectories(root.resolve("pieces"));
    this.incoming = Files.createDirectories(root.resolve("incoming"));
    this.capacity = capacity;
    this.keepFree = keepFree;
    for (Path left : list(incoming)) {
      Files.delete(left);
    }
    for (Path file : list(folder)) {
      restore(file);
    }
  }

  private void restore(Path file) throws IOException {
    String name = String.valueOf(file.getFileName());
    if (!name.endsWith(DATA)) {
      return;
    }
    try {
      PieceCommitment piece =
          PieceCommitment.parse(name.substring(0, name.length() - DATA.length()));
      pieces.put(piece.pieceCidV2(), new Stored(piece, clock.instant()));
      used.addAndGet(size(piece));
      if (Files.size(file) != piece.rawSize()) {
        markDamaged(piece, "the file has " + Files.size(file) + " bytes");
      }
    } catch (MalformedPieceException e) {
      LOG.warn("{} is not the name of a piece; it is left alone", file);
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
    reserve(size);
    Path data = incoming.resolve(nextIncoming.incrementAndGet() + DATA);
    Path tree = incoming.resolve(nextIncoming.incrementAndGet() + TREE);
    boolean kept = false;
    try {
      PieceWithTree made = copy(piece, source, data);
      writeTree(tree, made);
      synchronized (this) {
        boolean again = pieces.containsKey(piece.pieceCidV2());
        move(tree, path(piece, TREE));
        move(data, path(piece, DATA));
        pieces.put(piece.pieceCidV2(), new Stored(piece, clock.instant()));
        damaged.remove(piece.pieceCidV2());
        kept = !again;
      }
      forceFolder();
      return kept;
    } catch (IOException e) {
      if (noSpace(e)) {
        throw new Full("The disk is full.");
      }
      throw e;
    } finally {
      if (!kept) {
        used.addAndGet(-size);
      }
      Files.deleteIfExists(data);
      Files.deleteIfExists(tree);
    }
  }

  private PieceWithTree copy(PieceCommitment piece, Source source, Path data)
      throws IOException, WrongContent {
    InputStream in = source.open();
    CommP commP = new CommP(CommP.Keep.TREE);
    byte[] buffer = new byte[BUFFER];
    long count = 0;
    try (FileChannel out =
        FileChannel.open(data, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        count += read;
        if (count > piece.rawSize()) {
          throw new WrongContent("There are more than its " + piece.rawSize() + " bytes.");
        }
        commP.update(buffer, 0, read);
        write(out, ByteBuffer.wrap(buffer, 0, read));
      }
      out.force(true);
    }
    PieceWithTree made = commP.finishTree();
    if (!made.commitment().equals(piece)) {
      throw new WrongContent("They are those of " + made.commitment() + ".");
    }
    return made;
  }

  boolean holds(PieceCommitment piece) {
    return pieces.containsKey(piece.pieceCidV2());
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
    return OpenPiece.open(piece, path(piece, DATA), path(piece, TREE));
  }

  /** Writes the tree of a piece again, from its data. */
  void replaceTree(PieceWithTree made) throws IOException {
    Path tree = incoming.resolve(nextIncoming.incrementAndGet() + TREE);
    writeTree(tree, made);
    move(tree, path(made.commitment(), TREE));
    forceFolder();
  }

  synchronized void delete(PieceCommitment piece) throws IOException {
    if (pieces.remove(piece.pieceCidV2()) != null) {
      damaged.remove(piece.pieceCidV2());
      Files.deleteIfExists(path(piece, DATA));
      Files.deleteIfExists(path(piece, TREE));
      forceFolder();
      used.addAndGet(-size(piece));
    }
  }

  /** Since when a piece is there, at most since the start; empty if it is not. */
  Optional<Instant> since(PieceCommitment piece) {
    return Optional.ofNullable(pieces.get(piece.pieceCidV2())).map(Stored::since);
  }

  void markDamaged(PieceCommitment piece, String how) {
    if (damaged.put(piece.pieceCidV2(), how) == null) {
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
    return pieces.values().stream().map(Stored::piece).toList();
  }

  /** What is wrong with the damaged pieces, by CID. */
  Map<String, String> damaged() {
    return Map.copyOf(damaged);
  }

  long usedBytes() {
    return used.get();
  }

  /** Bytes that are left under the limit. */
  long freeBytes() {
    return Math.max(0, capacity - used.get());
  }

  private void reserve(long size) throws IOException, Full {
    if (used.addAndGet(size) > capacity) {
      used.addAndGet(-size);
      throw new Full(freeBytes() + " of " + capacity + " bytes are free, it needs " + size + ".");
    }
    long there = Files.getFileStore(folder).getUsableSpace();
    if (there - keepFree < size) {
      used.addAndGet(-size);
      throw new Full("The disk has " + there + " bytes left, it needs " + (size + keepFree) + ".");
    }
  }

  private static long size(PieceCommitment piece) {
    return piece.rawSize() + PieceTree.encodedSize(piece);
  }

  private Path path(PieceCommitment piece, String suffix) {
    return folder.resolve(piece.pieceCidV2() + suffix);
  }

  private static void writeTree(Path file, PieceWithTree made) throws IOException {
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      write(out, ByteBuffer.wrap(made.nodes().unsafeArray()));
      out.force(true);
    }
  }

  private static void write(FileChannel out, ByteBuffer content) throws IOException {
    while (content.hasRemaining()) {
      out.write(content);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private void forceFolder() throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static boolean noSpace(IOException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("No space left") || message.contains("Disk quota exceeded");
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return new ArrayList<>(files.toList());
    }
  }
}
