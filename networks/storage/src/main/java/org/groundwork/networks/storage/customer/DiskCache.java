package org.groundwork.networks.storage.customer;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.groundwork.networks.storage.disk.NewFile;
import org.groundwork.protocol.Hash;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stripes that were read, on the gateway's own disk and encrypted as they came: what is read again
 * is not fetched and paid again. What was not read for longest goes first. Nothing depends on it:
 * files are not forced to disk, and one that is damaged fails its encryption's tags, is deleted and
 * fetched. Safe for many threads.
 */
final class DiskCache {
  /** Makes plaintext of a stripe that was kept. */
  interface Decoding {
    byte[] decode(StripeCipher.Source encrypted) throws IOException, GeneralSecurityException;
  }

  private record Key(Hash object, int stripe) {
    String file() {
      return object.toHex().substring(2) + "." + stripe;
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(DiskCache.class);
  private static final Pattern NAME = Pattern.compile("([0-9a-f]{64})\\.(\\d{1,9})");

  /** How the name of a file begins that is being written. */
  private static final String NEXT = "next-";

  /** Counted for a file at least, so that small ones do not become too many. */
  private static final long LEAST = 64 * 1024;

  /** Left on the disk for what matters more. */
  private static final long KEPT_FREE = 1L << 30;

  private final Path folder;
  private final long maxBytes;
  private final Map<Key, Long> kept = new LinkedHashMap<>(16, 0.75f, true);
  private final AtomicLong next = new AtomicLong();
  private long bytes;

  /**
   * Opens a cache with what the last run left in it.
   *
   * @param maxBytes most on disk; 0 for no cache
   */
  DiskCache(Path folder, long maxBytes) throws IOException {
    this.folder = folder;
    this.maxBytes = maxBytes;
    if (Files.isDirectory(folder)) {
      load();
      trim();
    }
    if (maxBytes > 0) {
      Files.createDirectories(folder);
    }
  }

  private void load() throws IOException {
    record Found(Key key, long size, FileTime read) {}
    try (Stream<Path> files = Files.list(folder)) {
      var found = Stream.<Found>builder();
      for (Path file : files.toList()) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (name.matches()) {
          Key key = new Key(Hash.fromHex("0x" + name.group(1)), Integer.parseInt(name.group(2)));
          found.add(new Found(key, Files.size(file), Files.getLastModifiedTime(file)));
        } else if (file.getFileName().toString().startsWith(NEXT)) {
          Files.delete(file);
        }
      }
      found
          .build()
          .sorted(Comparator.comparing(Found::read))
          .forEach(one -> {
            kept.put(one.key, one.size);
            bytes += cost(one.size);
          });
    }
  }

  /** The plaintext of a stripe; empty if it is not here, or not whole. */
  Optional<byte[]> read(Hash object, int stripe, Decoding decoding) {
    Key key = new Key(object, stripe);
    synchronized (this) {
      if (kept.get(key) == null) {
        return Optional.empty();
      }
    }
    try (FileChannel file = FileChannel.open(path(key), StandardOpenOption.READ)) {
      return Optional.of(decoding.decode(new FileSource(file)));
    } catch (ClosedByInterruptException e) {
      return Optional.empty();
    } catch (NoSuchFileException e) {
      LOG.debug("{} went while it was being opened", key);
    } catch (IOException | GeneralSecurityException e) {
      LOG.warn("A stripe in {} is damaged and is fetched again: {}", folder, e.toString());
    }
    forget(key);
    return Optional.empty();
  }

  /** Keeps the first bytes of a stripe's shards. */
  void keep(Hash object, int stripe, Shards encrypted, int length) {
    Key key = new Key(object, stripe);
    if (cost(length) > maxBytes || isKept(key)) {
      return;
    }
    Path made = folder.resolve(NEXT + next.incrementAndGet());
    try {
      if (Files.getFileStore(folder).getUsableSpace() < KEPT_FREE + length) {
        return;
      }
      try (NewFile out = NewFile.create(made, length)) {
        int left = length;
        for (byte[] part : encrypted.parts()) {
          int size = Math.min(left, part.length);
          out.write(part, 0, size);
          left -= size;
        }
        out.finish();
      }
      add(key, made, length);
    } catch (IOException e) {
      LOG.warn("A stripe is not kept in {}: {}", folder, e.toString());
      delete(made);
    }
  }

  /** Deletes stripes of an object that is gone. */
  void forget(Manifest manifest) {
    for (StripeRecord stripe : manifest.stripes()) {
      forget(new Key(manifest.id(), stripe.index()));
    }
  }

  private synchronized boolean isKept(Key key) {
    return kept.containsKey(key);
  }

  private synchronized void add(Key key, Path made, long length) throws IOException {
    Files.move(
        made, path(key), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    Long before = kept.put(key, length);
    bytes += cost(length) - (before == null ? 0 : cost(before));
    trim();
  }

  private synchronized void forget(Key key) {
    Long size = kept.remove(key);
    if (size != null) {
      bytes -= cost(size);
      delete(path(key));
    }
  }

  private synchronized void trim() {
    var oldest = kept.entrySet().iterator();
    while (bytes > maxBytes && oldest.hasNext()) {
      Map.Entry<Key, Long> entry = oldest.next();
      oldest.remove();
      bytes -= cost(entry.getValue());
      delete(path(entry.getKey()));
    }
  }

  private Path path(Key key) {
    return folder.resolve(key.file());
  }

  private static long cost(long size) {
    return Math.max(LEAST, size);
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("{} cannot be deleted: {}", file, e.toString());
    }
  }

  private record FileSource(FileChannel file) implements StripeCipher.Source {
    @Override
    public long bytes() throws IOException {
      return file.size();
    }

    @Override
    public void read(int at, byte[] into, int length) throws IOException {
      ByteBuffer content = ByteBuffer.wrap(into, 0, length);
      while (content.hasRemaining()) {
        if (file.read(content, at + (long) content.position()) < 0) {
          throw new EOFException("the file ends at byte " + (at + content.position()));
        }
      }
    }
  }
}
