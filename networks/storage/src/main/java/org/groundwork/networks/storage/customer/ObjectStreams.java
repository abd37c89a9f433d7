package org.groundwork.networks.storage.customer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.groundwork.networks.storage.erasure.Shape;
import org.groundwork.networks.storage.s3.ObjectStoreException;
import org.groundwork.networks.storage.wire.Passes;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Objects as streams: cut into stripes, each encrypted with the object's own key. */
final class ObjectStreams implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ObjectStreams.class);

  /** Stripes of one object that are stored while the next one is read. */
  private static final int STORED_AHEAD = 2;

  /** Stripes of one object that are fetched while one is written to its reader. */
  private static final int FETCHED_AHEAD = 2;

  private static final int WRITTEN_AT_ONCE = 256 * 1024;

  /** Writes down where an object is. */
  interface Keeping {
    void keep(Manifest manifest) throws IOException;
  }

  private final CustomerSettings settings;
  private final StripeCipher masterKey;
  private final Stripes stripes;
  private final Uploads uploads;
  private final Progress progress;
  private final SecureRandom random;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  ObjectStreams(
      CustomerSettings settings,
      StripeCipher masterKey,
      Stripes stripes,
      Uploads uploads,
      Progress progress,
      SecureRandom random) {
    this.settings = settings;
    this.masterKey = masterKey;
    this.stripes = stripes;
    this.uploads = uploads;
    this.progress = progress;
    this.random = random;
  }

  /**
   * Stores a stream; when this returns, its pieces are durable, and where they are stands in the
   * manifest alone.
   *
   * @param packing how pieces are packed for those who get them, if they are
   */
  Manifest write(
      InputStream data, long length, Shape shape, Optional<Passes> packing, Keeping keeping)
      throws IOException, ObjectStoreException {
    byte[] idBytes = new byte[Hash.SIZE];
    random.nextBytes(idBytes);
    Hash id = Hash.wrap(idBytes);
    byte[] key = StripeCipher.newKey(random);
    StripeCipher cipher = new StripeCipher(key);
    Deque<Future<StripeRecord>> running = new ArrayDeque<>();
    List<StripeRecord> done = new ArrayList<>();
    boolean stored = false;
    try {
      for (int index = 0; ; index++) {
        Part part = readPart(data, firstBuffer(length));
        if (part.length() > 0) {
          int stripe = index;
          running.add(
              threads.submit(() -> {
                byte[] plain = part.content().unsafeArray();
                StripeRecord record =
                    stripes.store(shape, packing, cipher, stripe, plain, part.length());
                stripes.keep(id, stripe, plain, part.length());
                return record;
              }));
        }
        while (running.size() > (part.isLast() ? 0 : STORED_AHEAD)) {
          done.add(Futures.awaitStore(running.remove()));
        }
        if (part.isLast()) {
          break;
        }
      }
      Manifest manifest = new Manifest(id, shape, masterKey.wrap(key, random), done);
      keeping.keep(manifest);
      stored = true;
      progress.storedBytes.add(manifest.length());
      return manifest;
    } finally {
      if (!stored) {
        giveUp(running, done);
      }
    }
  }

  /** Some plaintext; the last part ends with the stream and may be empty. */
  private record Part(Bytes content, int length, boolean isLast) {}

  private Part readPart(InputStream data, int expected) throws IOException {
    byte[] plain = new byte[expected];
    int read = data.readNBytes(plain, 0, plain.length);
    if (read == plain.length && plain.length < stripeSize()) {
      // Longer than announced: the stream itself says what is wrong at its end.
      plain = Arrays.copyOf(plain, stripeSize());
      read += data.readNBytes(plain, read, plain.length - read);
    }
    return new Part(Bytes.wrap(plain), read, read < plain.length);
  }

  /** Ends the deals of stripes that were stored in vain. */
  private void giveUp(Deque<Future<StripeRecord>> running, List<StripeRecord> done) {
    try {
      for (Future<StripeRecord> stripe : running) {
        try {
          done.add(Futures.awaitStore(stripe));
        } catch (IOException | ObjectStoreException e) {
          LOG.debug("A stripe of an object that was given up was not stored: {}", e.toString());
        }
      }
      uploads.release(done.stream().flatMap(stripe -> stripe.pieces().stream()).toList());
    } catch (IOException e) {
      LOG.warn("The deals of an object that was given up could not be ended: {}", e.toString());
    }
  }

  /** Writes a range of an object to a stream. */
  void read(Manifest manifest, long offset, long length, OutputStream out)
      throws IOException, ObjectStoreException {
    Objects.checkFromIndexSize(offset, length, manifest.length());
    StripeCipher cipher = new StripeCipher(key(manifest));
    List<Span> spans = spans(manifest, offset, length);
    int asked = 1;
    for (int i = 0; i < spans.size(); i++) {
      Span span = spans.get(i);
      for (; asked < spans.size() && asked <= i + FETCHED_AHEAD; asked++) {
        prefetch(manifest, cipher, spans.get(asked).stripe());
      }
      byte[] plain = stripes.plain(manifest, cipher, span.stripe());
      write(plain, span, out);
      progress.readBytes.add(span.to() - span.from());
    }
  }

  /** A socket copies what it is given before it takes a part of it. */
  private static void write(byte[] plain, Span span, OutputStream out) throws IOException {
    for (int at = span.from(); at < span.to(); at += WRITTEN_AT_ONCE) {
      out.write(plain, at, Math.min(WRITTEN_AT_ONCE, span.to() - at));
    }
  }

  /** A range of plaintext within one stripe. */
  private record Span(StripeRecord stripe, int from, int to) {}

  private static List<Span> spans(Manifest manifest, long offset, long length) {
    List<Span> spans = new ArrayList<>();
    long start = 0;
    for (StripeRecord stripe : manifest.stripes()) {
      long end = start + stripe.length();
      if (start < offset + length && end > offset) {
        int from = (int) (Math.max(offset, start) - start);
        int to = (int) (Math.min(offset + length, end) - start);
        spans.add(new Span(stripe, from, to));
      }
      start = end;
    }
    return spans;
  }

  private void prefetch(Manifest manifest, StripeCipher cipher, StripeRecord stripe) {
    var _ =
        threads.submit(() -> {
          try {
            return stripes.plain(manifest, cipher, stripe).length;
          } catch (IOException | ObjectStoreException e) {
            LOG.debug("A stripe was not fetched ahead: {}", e.toString());
            return 0;
          }
        });
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private byte[] key(Manifest manifest) throws ObjectStoreException {
    try {
      return masterKey.unwrap(manifest.wrappedKey());
    } catch (GeneralSecurityException e) {
      throw new ObjectStoreException.Corrupted("The object was encrypted with another master key.");
    }
  }

  private int stripeSize() {
    return settings.stripeFrames() * StripeCipher.FRAME;
  }

  /** One byte more than a short object has, so that its end is seen at once. */
  private int firstBuffer(long length) {
    return length >= 0 && length < stripeSize() ? (int) length + 1 : stripeSize();
  }
}
