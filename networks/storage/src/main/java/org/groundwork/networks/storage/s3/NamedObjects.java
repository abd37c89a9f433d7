package org.groundwork.networks.storage.s3;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The objects of {@link Buckets} for the other fronts of a customer's gateway: the same names and
 * bytes that S3 clients see, without a request. Safe for many threads.
 */
public final class NamedObjects {
  private static final int PAGE = 1000;
  private static final String CONTENT_TYPE = "content-type";

  private final Buckets buckets;
  private final ObjectStore store;
  private final InstantSource clock;

  public NamedObjects(Buckets buckets, ObjectStore store, InstantSource clock) {
    this.buckets = buckets;
    this.store = store;
    this.clock = clock;
  }

  /**
   * An object as a listing shows it.
   *
   * @param etag changes with the content
   */
  public record Entry(String key, String etag, long size, String contentType) {}

  /** Creates a bucket unless it is there. */
  public void makeBucket(String bucket) throws IOException {
    if (!buckets.list().containsKey(bucket)) {
      String owner = User.FIRST.id();
      buckets.createBucket(bucket, BucketRecord.of(clock.instant(), owner, Acl.of(owner)));
    }
  }

  /** Up to a thousand objects after a key, in order; none if there is no such bucket. */
  public List<Entry> list(String bucket, String after) throws IOException {
    if (!buckets.list().containsKey(bucket)) {
      return List.of();
    }
    return buckets.list(bucket, new Listing.Query("", "", after, PAGE)).objects().stream()
        .map(entry -> entry(entry.key(), entry.object()))
        .toList();
  }

  private static Entry entry(String key, ObjectRecord object) {
    return new Entry(
        key, object.etag(), object.size(), object.headers().getOrDefault(CONTENT_TYPE, ""));
  }

  /**
   * Stores an object and returns when it is durable, under a name that is still free.
   *
   * @param data what it throws at its end reaches the caller, and nothing is kept
   * @throws IOException if it cannot be stored now, or the name is taken
   */
  public void putNew(String bucket, String key, String contentType, InputStream data, long length)
      throws IOException {
    Body body = Body.internal(data, length, Optional.empty());
    List<Stored> stored =
        new Uploading(store, buckets.coding(bucket)).store(body, ObjectOperations.MAX_OBJECT_BYTES);
    var headers = new TreeMap<String, String>();
    headers.put(CONTENT_TYPE, contentType);
    buckets.put(
        bucket,
        key,
        new ObjectRecord(
            List.of(),
            HexFormat.of().formatHex(body.md5()),
            clock.instant(),
            headers,
            new TreeMap<>()),
        stored,
        object -> {
          if (object.isPresent()) {
            throw S3Error.PreconditionFailed.exception(key + " is there already.");
          }
        });
  }

  /** Opens an object; its bytes stay readable until it is closed. Empty if it is not there. */
  public Optional<Reading> open(String bucket, String key) throws IOException {
    try {
      return Optional.of(new Reading(key, buckets.read(bucket, key, Optional.empty())));
    } catch (S3Exception e) {
      if (e.error() == S3Error.NoSuchKey || e.error() == S3Error.NoSuchBucket) {
        return Optional.empty();
      }
      throw e;
    }
  }

  /** An object that is being read. */
  public final class Reading implements AutoCloseable {
    private final String key;
    private final ObjectReading reading;

    private Reading(String key, ObjectReading reading) {
      this.key = key;
      this.reading = reading;
    }

    public Entry entry() {
      return NamedObjects.entry(key, reading.object());
    }

    /**
     * Writes a range.
     *
     * @throws IOException if the bytes cannot be had now, or what {@code out} threw
     */
    public void read(long offset, long length, OutputStream out) throws IOException {
      Objects.checkFromIndexSize(offset, length, reading.object().size());
      if (length == 0) {
        return;
      }
      try {
        new ObjectSource(reading, store, new ByteRange(offset, length)).writeTo(out);
      } catch (ObjectStoreException e) {
        throw S3Exception.of(e);
      }
    }

    /** A range in memory. */
    public byte[] read(long offset, int length) throws IOException {
      var out = new ByteArrayOutputStream(length);
      read(offset, length, out);
      return out.toByteArray();
    }

    /** All of it, fetched window by window; closing the stream leaves the object open. */
    public InputStream stream() {
      return stream(0);
    }

    /** The same, from a place on. */
    public InputStream stream(long offset) {
      return new WindowStream(this, offset);
    }

    @Override
    public void close() {
      reading.close();
    }
  }

  /** Whether a failure of reading or storing may pass, as providers come back. */
  public static boolean mayPass(IOException failure) {
    return failure instanceof S3Exception s3 && s3.error() == S3Error.ServiceUnavailable;
  }
}
