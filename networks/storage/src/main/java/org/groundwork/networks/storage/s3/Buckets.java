package org.groundwork.networks.storage.s3;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.networks.storage.erasure.Shape;
import org.groundwork.protocol.Bytes;
import org.h2.mvstore.MVMap;

/**
 * Names and metadata: buckets, the objects in them, uploads in progress. Whatever changes is on
 * disk before the method returns.
 *
 * <p>Bytes handed in with a method belong to this class from then on, also when it throws: they are
 * either used by an object or part, or queued for deletion, in the same commit.
 */
public final class Buckets implements AutoCloseable {
  static final int UPLOAD_ID_CHARS = 32;

  private final DurableMaps maps;
  private final MVMap<byte[], byte[]> buckets;
  private final MVMap<byte[], byte[]> objects;
  private final MVMap<byte[], byte[]> uploads;
  private final MVMap<byte[], byte[]> parts;
  private final MVMap<byte[], byte[]> shapes;
  private final Blobs blobs;

  private Buckets(DurableMaps maps) {
    this.maps = maps;
    buckets = maps.map("buckets");
    objects = maps.map("objects");
    uploads = maps.map("uploads");
    parts = maps.map("parts");
    shapes = maps.map("shapes");
    blobs = new Blobs(maps);
  }

  /**
   * Opens the file, alone: a second process is refused.
   *
   * @param file is created if it is missing
   */
  public static Buckets open(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    var result = new Buckets(new DurableMaps(file));
    if (folder != null) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
    return result;
  }

  /** Takes entries of all that is kept here. */
  public interface Sink {
    void entry(String map, Bytes key, Bytes value) throws IOException;
  }

  /** A number that grows with every change. */
  public long version() {
    return maps.version();
  }

  /** Hands over everything, in order, as it is at one moment. */
  public void writeTo(Sink sink) throws IOException {
    maps.writeTo((map, key, value) -> sink.entry(map, Bytes.wrap(key), Bytes.wrap(value)));
  }

  /**
   * Makes a new file of what {@link #writeTo} handed over.
   *
   * @param file must not exist
   */
  public static void restore(Path file, Source source) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    if (Files.exists(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    try (var maps = new DurableMaps(file)) {
      source.writeTo((map, key, value) -> maps.map(map).put(key.toArray(), value.toArray()));
      maps.update(() -> {});
    }
  }

  /** Something that hands over entries. */
  public interface Source {
    void writeTo(Sink sink) throws IOException;
  }

  /** The manifests of all bytes that are kept or still to be deleted. */
  public Set<Bytes> manifests() throws IOException {
    return maps.look(blobs::manifests);
  }

  /**
   * Whether some object or part uses these bytes. For a store that died between storing bytes and
   * hearing that they were recorded: what is not used then never will be.
   */
  public boolean uses(Stored stored) throws IOException {
    return maps.look(() -> blobs.uses(stored));
  }

  /** Name and time of creation, sorted by name. */
  SortedMap<String, Instant> list() throws S3Exception {
    return maps.look(() -> {
      var result = new TreeMap<String, Instant>();
      var cursor = buckets.cursor(null);
      while (cursor.hasNext()) {
        String name = new String(cursor.next(), StandardCharsets.UTF_8);
        result.put(name, RecordCodec.instant(cursor.getValue()));
      }
      return result;
    });
  }

  void requireBucket(String bucket) throws S3Exception {
    if (!buckets.containsKey(MetadataKeys.utf8(bucket))) {
      throw S3Error.NoSuchBucket.exception();
    }
  }

  void createBucket(String bucket, Instant now) throws S3Exception {
    createBucket(bucket, now, Optional.empty());
  }

  /**
   * Creates a bucket.
   *
   * @param shape how what is put into it is coded, if not as everything is
   */
  void createBucket(String bucket, Instant now, Optional<Shape> shape) throws S3Exception {
    maps.update(() -> {
      byte[] key = MetadataKeys.utf8(bucket);
      if (buckets.containsKey(key)) {
        throw S3Error.BucketAlreadyOwnedByYou.exception();
      }
      buckets.put(key, RecordCodec.encode(now));
      shape.ifPresent(own -> shapes.put(key, BucketShape.encode(own)));
    });
  }

  /** How what is put into a bucket is coded; empty for as everything is. */
  Optional<Shape> shape(String bucket) {
    return Optional.ofNullable(shapes.get(MetadataKeys.utf8(bucket))).map(BucketShape::decode);
  }

  /** Uploads in progress are aborted: they are no objects yet. */
  void deleteBucket(String bucket) throws S3Exception {
    maps.update(() -> {
      requireBucket(bucket);
      if (MetadataRange.of(objects, MetadataKeys.object(bucket, "")).hasNext()) {
        throw S3Error.BucketNotEmpty.exception();
      }
      for (byte[] key : MetadataRange.keys(uploads, MetadataKeys.object(bucket, ""))) {
        uploads.remove(key);
        removeParts(uploadId(key));
      }
      buckets.remove(MetadataKeys.utf8(bucket));
      shapes.remove(MetadataKeys.utf8(bucket));
    });
  }

  Listing list(String bucket, Listing.Query query) throws S3Exception {
    requireBucket(bucket);
    var entries = new ArrayList<Listing.Entry>();
    var prefixes = new ArrayList<String>();
    Lister.End end =
        new Lister<>(objects, bucket, RecordCodec::object)
            .list(
                query,
                new Lister.Sink<>() {
                  @Override
                  public void entry(String key, ObjectRecord object) {
                    entries.add(new Listing.Entry(key, object));
                  }

                  @Override
                  public void commonPrefix(String prefix) {
                    prefixes.add(prefix);
                  }
                });
    return new Listing(entries, prefixes, end.truncated(), end.last());
  }

  ObjectRecord get(String bucket, String key) throws S3Exception {
    requireBucket(bucket);
    return find(bucket, key).orElseThrow(S3Error.NoSuchKey::exception);
  }

  private Optional<ObjectRecord> find(String bucket, String key) {
    return Optional.ofNullable(objects.get(MetadataKeys.object(bucket, key)))
        .map(RecordCodec::object);
  }

  /** An object whose bytes stay at the store until this is closed, whatever happens to its name. */
  final class Reading implements AutoCloseable {
    private final ObjectRecord object;
    private final List<Stored> stored;
    private boolean closed;

    private Reading(ObjectRecord object) {
      this.object = object;
      this.stored = blobs.beginReading(object.blobs());
    }

    ObjectRecord object() {
      return object;
    }

    /** In the order of the object's blobs. */
    List<Stored> stored() {
      return stored;
    }

    @Override
    public void close() {
      maps.run(() -> {
        if (!closed) {
          blobs.endReading(object.blobs());
          closed = true;
        }
      });
    }
  }

  Reading read(String bucket, String key) throws S3Exception {
    return maps.look(() -> new Reading(get(bucket, key)));
  }

  /** Refuses early what {@link #put} would refuse late. */
  void check(String bucket, String key, Condition condition) throws S3Exception {
    requireBucket(bucket);
    condition.check(find(bucket, key));
  }

  /** A condition on what is there before a write: the object, if there is one. */
  interface Condition {
    Condition NONE = object -> {};

    void check(Optional<ObjectRecord> object) throws S3Exception;
  }

  /**
   * @param object without blobs: they are the ones of {@code stored}
   */
  void put(String bucket, String key, ObjectRecord object, List<Stored> stored, Condition condition)
      throws S3Exception {
    owning(
        stored,
        () -> {
          requireBucket(bucket);
          condition.check(find(bucket, key));
          var adopted = stored.stream().map(blobs::adopt).toList();
          replace(bucket, key, withBlobs(object, adopted));
          return adopted;
        });
  }

  private <T> T owning(List<Stored> stored, DurableMaps.Change<T> change) throws S3Exception {
    try {
      return maps.change(change);
    } catch (S3Exception refused) {
      maps.update(() -> {
        stored.forEach(blobs::doom);
      });
      throw refused;
    }
  }

  private static ObjectRecord withBlobs(ObjectRecord object, List<ObjectRecord.Blob> blobs) {
    return new ObjectRecord(
        blobs, object.etag(), object.modified(), object.headers(), object.checksums());
  }

  private void replace(String bucket, String key, ObjectRecord object) {
    byte[] old = objects.put(MetadataKeys.object(bucket, key), RecordCodec.encode(object));
    if (old != null) {
      blobs.release(RecordCodec.object(old).blobs());
    }
  }

  /** Makes the metadata of a copy from its source, or refuses. */
  interface Copying {
    ObjectRecord copy(ObjectRecord source) throws S3Exception;
  }

  /** A copy shares the bytes of its source: the store is not asked. */
  ObjectRecord copy(String fromBucket, String fromKey, String bucket, String key, Copying copying)
      throws S3Exception {
    return maps.change(() -> {
      requireBucket(bucket);
      ObjectRecord source = get(fromBucket, fromKey);
      ObjectRecord copy = withBlobs(copying.copy(source), source.blobs());
      blobs.retain(copy.blobs());
      replace(bucket, key, copy);
      return copy;
    });
  }

  void delete(String bucket, List<String> keys) throws S3Exception {
    maps.update(() -> {
      requireBucket(bucket);
      for (String key : keys) {
        byte[] old = objects.remove(MetadataKeys.object(bucket, key));
        if (old != null) {
          blobs.release(RecordCodec.object(old).blobs());
        }
      }
    });
  }

  void createUpload(String bucket, String key, String id, UploadRecord upload) throws S3Exception {
    maps.update(() -> {
      requireBucket(bucket);
      uploads.put(MetadataKeys.upload(bucket, key, id), RecordCodec.encode(upload));
    });
  }

  UploadRecord upload(String bucket, String key, String id) throws S3Exception {
    requireBucket(bucket);
    byte[] value = uploads.get(MetadataKeys.upload(bucket, key, id));
    if (value == null) {
      throw S3Error.NoSuchUpload.exception();
    }
    return RecordCodec.upload(value);
  }

  /**
   * @param part without blobs: they are the ones of {@code stored}
   */
  void putPart(String bucket, String key, String id, UploadRecord.Part part, List<Stored> stored)
      throws S3Exception {
    owning(
        stored,
        () -> {
          upload(bucket, key, id);
          var adopted = stored.stream().map(blobs::adopt).toList();
          var kept =
              new UploadRecord.Part(
                  part.number(), adopted, part.etag(), part.modified(), part.checksums());
          byte[] old = parts.put(MetadataKeys.part(id, part.number()), RecordCodec.encode(kept));
          if (old != null) {
            blobs.release(RecordCodec.part(old).blobs());
          }
          return kept;
        });
  }

  /** The parts of an upload by their number. */
  SortedMap<Integer, UploadRecord.Part> parts(String bucket, String key, String id)
      throws S3Exception {
    return maps.look(() -> {
      upload(bucket, key, id);
      return partsOf(id);
    });
  }

  private SortedMap<Integer, UploadRecord.Part> partsOf(String id) {
    var result = new TreeMap<Integer, UploadRecord.Part>();
    var cursor = MetadataRange.of(parts, MetadataKeys.utf8(id));
    while (cursor.hasNext()) {
      UploadRecord.Part part = RecordCodec.part(cursor.next());
      result.put(part.number(), part);
    }
    return result;
  }

  /** Makes an object of an upload's parts, or refuses. */
  interface Completing {
    ObjectRecord complete(UploadRecord upload, SortedMap<Integer, UploadRecord.Part> parts)
        throws S3Exception;
  }

  ObjectRecord completeUpload(
      String bucket, String key, String id, Condition condition, Completing completing)
      throws S3Exception {
    return maps.change(() -> {
      UploadRecord upload = upload(bucket, key, id);
      condition.check(find(bucket, key));
      ObjectRecord object = completing.complete(upload, partsOf(id));
      blobs.retain(object.blobs());
      uploads.remove(MetadataKeys.upload(bucket, key, id));
      removeParts(id);
      replace(bucket, key, object);
      return object;
    });
  }

  void abortUpload(String bucket, String key, String id) throws S3Exception {
    maps.update(() -> {
      upload(bucket, key, id);
      removeParts(id);
      uploads.remove(MetadataKeys.upload(bucket, key, id));
    });
  }

  private void removeParts(String id) {
    for (byte[] key : MetadataRange.keys(parts, MetadataKeys.utf8(id))) {
      byte[] old = parts.remove(key);
      if (old != null) {
        blobs.release(RecordCodec.part(old).blobs());
      }
    }
  }

  private static String uploadId(byte[] key) {
    return new String(key, key.length - UPLOAD_ID_CHARS, UPLOAD_ID_CHARS, StandardCharsets.UTF_8);
  }

  /** All uploads of a bucket, by key, then by identifier. */
  List<UploadRecord.Named> uploads(String bucket) throws S3Exception {
    return maps.look(() -> {
      requireBucket(bucket);
      var result = new ArrayList<UploadRecord.Named>();
      byte[] prefix = MetadataKeys.object(bucket, "");
      for (byte[] key : MetadataRange.keys(uploads, prefix)) {
        String name = MetadataKeys.objectKey(bucket, key);
        byte[] value = uploads.get(key);
        if (value != null) {
          result.add(
              new UploadRecord.Named(
                  name.substring(0, name.length() - UPLOAD_ID_CHARS - 1),
                  uploadId(key),
                  RecordCodec.upload(value)));
        }
      }
      return result;
    });
  }

  /** Bytes to delete at the store; that nothing uses them is on disk already. */
  Map<Long, Stored> doomed(int max) throws S3Exception {
    return maps.change(() -> blobs.doomed(max));
  }

  void forget(Iterable<Long> ids) throws S3Exception {
    maps.update(() -> {
      blobs.forget(ids);
    });
  }

  @Override
  public void close() {
    maps.close();
  }
}
