package org.groundwork.networks.storage.provider;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.groundwork.agent.SharedForce;
import org.groundwork.networks.storage.wire.PieceCommitment;
import org.groundwork.protocol.Bytes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One folder of pieces: {@code pieces/CID.data} and {@code .tree}, {@code incoming/} for what is
 * being written, {@code trash/}. Its file {@code DISK} names it, so that an empty mount point is
 * not taken for the disk. A file {@code DRAIN} in it asks for its pieces to be moved away.
 */
final class Disk {
  /** How a disk is. */
  enum Condition {
    ONLINE,
    READ_ONLY,
    GONE
  }

  private static final Logger LOG = LoggerFactory.getLogger(Disk.class);
  static final String NAME = "DISK";
  static final String DRAIN = "DRAIN";
  private static final Pattern LINE = Pattern.compile("groundwork disk ([0-9a-f]{32})\n");
  static final String DATA = ".data";
  static final String TREE = ".tree";

  private final int number;
  private final Bytes id;
  private final Path folder;
  private final long capacity;
  private final long keepFree;

  /** Where the operator asks for a drain that cannot be asked for on the disk. */
  private final Path elsewhere;

  private final AtomicLong used = new AtomicLong();
  private final AtomicLong trashed = new AtomicLong();
  private final SharedForce names;
  private volatile Condition condition = Condition.ONLINE;
  private volatile boolean draining;

  /**
   * @param root the provider's own folder
   */
  Disk(int number, Bytes id, DiskConfig config, long keepFree, Path root) {
    this.number = number;
    this.id = id;
    this.folder = config.folder();
    this.capacity = config.capacityBytes();
    this.keepFree = keepFree;
    this.elsewhere = drainMark(root, id);
    names = new SharedForce(() -> sync(folder.resolve("pieces")));
  }

  /** The id that a folder's file has; empty if there is no such file. */
  static Optional<Bytes> readId(Path folder) throws IOException {
    try {
      Matcher line =
          LINE.matcher(
              new String(Files.readAllBytes(folder.resolve(NAME)), StandardCharsets.ISO_8859_1));
      if (!line.matches()) {
        throw new IOException(folder.resolve(NAME) + " does not name a disk; it is damaged.");
      }
      return Optional.of(Bytes.fromHex(line.group(1)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** A mark in the provider's own folder: a disk that takes no writes takes no mark either. */
  static Path drainMark(Path root, Bytes id) {
    return root.resolve(DRAIN + "-" + HexFormat.of().formatHex(id.toArray()));
  }

  /** Names a folder that has no name, durably. */
  static void writeId(Path folder, Bytes id) throws IOException {
    Path next = folder.resolve(NAME + ".next");
    write(next, "groundwork disk " + HexFormat.of().formatHex(id.toArray()) + "\n", true);
    Files.move(
        next,
        folder.resolve(NAME),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    sync(folder);
  }

  /** Looks at the disk and notes how it is; says when that has changed. */
  Condition probe() {
    Condition now = look();
    if (now != condition) {
      switch (now) {
        case ONLINE -> LOG.info("Disk {} is back", folder);
        case READ_ONLY ->
            LOG.warn(
                "Disk {} takes no writes: its pieces are served and proven, nothing new is"
                    + " stored on it. Check it, or drain it.",
                folder);
        case GONE ->
            LOG.warn(
                "Disk {} is gone: its pieces are reported lost until it is mounted again.", folder);
      }
      condition = now;
    }
    draining = Files.exists(folder.resolve(DRAIN)) || Files.exists(elsewhere);
    return now;
  }

  private Condition look() {
    try {
      if (!readId(folder).equals(Optional.of(id))) {
        return Condition.GONE;
      }
    } catch (IOException e) {
      return Condition.GONE;
    }
    try {
      Files.createDirectories(folder.resolve("pieces"));
      Files.createDirectories(folder.resolve("incoming"));
      Files.createDirectories(folder.resolve("trash"));
      Path probe = folder.resolve("incoming").resolve("probe");
      write(probe, "writable\n", false);
      Files.deleteIfExists(probe);
      return Condition.ONLINE;
    } catch (IOException e) {
      return isFull(e) ? Condition.ONLINE : Condition.READ_ONLY;
    }
  }

  /** Takes room for so many bytes; false if there is none. */
  boolean reserve(long size) {
    if (used.addAndGet(size) + trashed.get() > capacity) {
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

  void trash(long size) {
    used.addAndGet(-size);
    trashed.addAndGet(size);
  }

  void addTrashed(long size) {
    trashed.addAndGet(size);
  }

  void deleted(long size) {
    trashed.addAndGet(-size);
  }

  /** Room under the limit, trash counted as room. */
  long free() {
    return Math.max(0, capacity - used.get());
  }

  /** What the file system has left beyond what must stay free. */
  long usable() throws IOException {
    return Files.getFileStore(folder).getUsableSpace() - keepFree;
  }

  boolean takes() {
    return condition == Condition.ONLINE && !draining;
  }

  boolean isDraining() {
    return draining;
  }

  Condition condition() {
    return condition;
  }

  int number() {
    return number;
  }

  Bytes id() {
    return id;
  }

  Path folder() {
    return folder;
  }

  long capacity() {
    return capacity;
  }

  long used() {
    return used.get();
  }

  long trashed() {
    return trashed.get();
  }

  Path piece(PieceCommitment piece, String suffix) {
    return folder.resolve("pieces").resolve(piece.pieceCidV2() + suffix);
  }

  /** In the trash names end otherwise, so that nothing takes them for pieces. */
  Path trashed(PieceCommitment piece, String suffix) {
    return folder.resolve("trash").resolve(piece.pieceCidV2() + suffix + "-trashed");
  }

  Path incoming(String name) {
    return folder.resolve("incoming").resolve(name);
  }

  /** Makes renames in the folder of pieces durable. */
  void force() throws IOException {
    names.force();
  }

  static boolean isFull(IOException e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("No space left") || message.contains("Disk quota exceeded");
  }

  static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void write(Path file, String line, boolean durable) throws IOException {
    try (FileChannel out =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer content = ByteBuffer.wrap(line.getBytes(StandardCharsets.ISO_8859_1));
      while (content.hasRemaining()) {
        out.write(content);
      }
      if (durable) {
        out.force(true);
      }
    }
  }

  static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public String toString() {
    return folder.toString();
  }
}
