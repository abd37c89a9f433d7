package org.groundwork.networks.storage.arweave;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Chunks of uploads that are not complete: one file each, named by its offset, so that an upload
 * goes on after either side was started again.
 */
final class UploadSpool {
  static final long MIN_CHUNK_BYTES = 5 << 20;
  static final long MAX_CHUNK_BYTES = 500L << 20;
  private static final int MAX_UPLOADS = 256;
  private static final int MAX_CHUNKS = 10_000;
  private static final Duration KEPT = Duration.ofHours(24);
  private static final int ID_BYTES = 16;
  private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern CHUNK = Pattern.compile("[0-9]{1,18}");

  private final Path folder;
  private final long maxBytes;
  private final InstantSource clock;
  private final RandomGenerator random;

  UploadSpool(Path folder, long maxBytes, InstantSource clock, RandomGenerator random)
      throws IOException {
    this.folder = folder;
    this.maxBytes = maxBytes;
    this.clock = clock;
    this.random = random;
    Files.createDirectories(folder);
  }

  /** Begins an upload. */
  synchronized String begin() throws IOException {
    expire();
    if (uploads().size() >= MAX_UPLOADS) {
      throw new ItemRejected(503, "Too many uploads are under way; try again later.");
    }
    byte[] id = new byte[ID_BYTES];
    random.nextBytes(id);
    String name = HexFormat.of().formatHex(id);
    Files.createDirectory(folder.resolve(name));
    return name;
  }

  private List<Path> uploads() throws IOException {
    try (Stream<Path> uploads = Files.list(folder)) {
      return uploads.toList();
    }
  }

  private void expire() throws IOException {
    for (Path upload : uploads()) {
      if (Files.getLastModifiedTime(upload).toInstant().plus(KEPT).isBefore(clock.instant())) {
        delete(upload);
      }
    }
  }

  private Path upload(String id) throws ItemRejected {
    Path upload = folder.resolve(id);
    if (!ID.matcher(id).matches() || !Files.isDirectory(upload)) {
      throw new ItemRejected(404, "There is no upload " + id + "; it may have expired.");
    }
    return upload;
  }

  /** The chunks that are there: offset to size. */
  SortedMap<Long, Long> chunks(String id) throws IOException {
    SortedMap<Long, Long> chunks = new TreeMap<>();
    try (Stream<Path> files = Files.list(upload(id))) {
      for (Path file : files.toList()) {
        String name = String.valueOf(file.getFileName());
        if (CHUNK.matcher(name).matches()) {
          chunks.put(Long.parseLong(name), Files.size(file));
        }
      }
    }
    return chunks;
  }

  private long used() throws IOException {
    long used = 0;
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        used += Files.size(file);
      }
    }
    return used;
  }

  /** Keeps a chunk, durably; the same offset again replaces it. */
  void put(String id, long offset, InputStream in, long size) throws IOException {
    Path upload = upload(id);
    if (size < 1 || size > MAX_CHUNK_BYTES) {
      throw new ItemRejected(400, "A chunk has 1 to " + MAX_CHUNK_BYTES + " bytes.");
    }
    if (used() + size > maxBytes) {
      throw new ItemRejected(503, "Too many uploads are under way; try again later.");
    }
    if (chunks(id).size() >= MAX_CHUNKS) {
      throw new ItemRejected(400, "An upload has at most " + MAX_CHUNKS + " chunks.");
    }
    Path next = Files.createTempFile(upload, "next", ".tmp");
    try {
      long written;
      try (OutputStream out = Files.newOutputStream(next)) {
        written = in.transferTo(out);
      }
      if (written != size) {
        throw new ItemRejected(400, "The chunk is cut off.");
      }
      try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(
          next,
          upload.resolve(Long.toString(offset)),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(next);
    }
  }

  /** The size of the whole, if the chunks join to one. */
  long size(String id) throws IOException {
    long end = 0;
    for (var chunk : chunks(id).entrySet()) {
      if (chunk.getKey() != end) {
        throw new ItemRejected(400, "Bytes are missing at " + end + ".");
      }
      end += chunk.getValue();
    }
    return end;
  }

  /** The chunks as one stream. */
  InputStream open(String id) throws IOException {
    Path upload = upload(id);
    List<InputStream> streams = new ArrayList<>();
    for (long offset : chunks(id).keySet()) {
      streams.add(new LazyFile(upload.resolve(Long.toString(offset))));
    }
    return new SequenceInputStream(Collections.enumeration(streams));
  }

  /** What became of an upload; empty text while nothing did. */
  String outcome(String id) throws IOException {
    try {
      return Files.readString(upload(id).resolve("outcome"));
    } catch (NoSuchFileException e) {
      return "";
    }
  }

  /** Notes the end of an upload and deletes its chunks. */
  void finish(String id, String outcome) throws IOException {
    Path upload = upload(id);
    Files.writeString(
        upload.resolve("outcome"),
        outcome,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE,
        StandardOpenOption.SYNC);
    for (long offset : chunks(id).keySet()) {
      Files.deleteIfExists(upload.resolve(Long.toString(offset)));
    }
  }

  private static void delete(Path upload) throws IOException {
    try (Stream<Path> files = Files.list(upload)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(upload);
  }

  /** Opened when it is its turn: an upload may have many chunks. */
  private static final class LazyFile extends InputStream {
    private final Path file;
    private InputStream in = InputStream.nullInputStream();
    private boolean opened;

    LazyFile(Path file) {
      this.file = file;
    }

    private InputStream in() throws IOException {
      if (!opened) {
        opened = true;
        in = Files.newInputStream(file);
      }
      return in;
    }

    @Override
    public int read() throws IOException {
      return in().read();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      return in().read(into, offset, length);
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
