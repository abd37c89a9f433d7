package org.groundwork.networks.storage.s3;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.groundwork.protocol.Bytes;

/**
 * Names and metadata: buckets, the objects in them, uploads in progress. Whatever changes is on
 * disk before the method returns.
 *
 * <p>Bytes handed in with a method belong to this class from then on, also when it throws: they are
 * either used by an object or part, or queued for deletion, in the same commit.
 */
public final class Buckets implements AutoCloseable {
  private final DurableMaps maps;
  private final BucketTable table;
  private final Blobs blobs;
  private final Versions versions;
  private final Uploads uploads;

  private Buckets(DurableMaps maps) {
    this.maps = maps;
    table = new BucketTable(maps);
    blobs = new Blobs(maps);
    versions = new Versions(maps, blobs);
    uploads = new Uploads(maps, blobs);
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

  /** All buckets, sorted by name. */
  SortedMap<String, BucketRecord> list() throws S3Exception {
    return maps.look(table::all);
  }

  BucketRecord bucket(String bucket) throws S3Exception {
    return table.find(bucket).orElseThrow(S3Error.NoSuchBucket::exception);
  }

  void createBucket(String bucket, BucketRecord created) throws S3Exception {
    createBucket(bucket, created, Coding.USUAL);
  }

  /**
   * Creates a bucket.
   *
   * @param coding how what is put into it is kept
   */
  void createBucket(String bucket, BucketRecord created, Coding coding) throws S3Exception {
    maps.update(() -> {
      table.create(bucket, created, coding);
    });
  }

  /** How what is put into a bucket is kept. */
  Coding coding(String bucket) {
    return table.coding(bucket);
  }

  /** Makes a bucket's record from the present one, or refuses. */
  interface Changing {
    BucketRecord change(BucketRecord present) throws S3Exception;
  }

  void changeBucket(String bucket, Changing changing) throws S3Exception {
    maps.update(() -> {
      table.put(bucket, changing.change(bucket(bucket)));
    });
  }

  /** Uploads in progress are aborted: they are no objects yet. */
  void deleteBucket(String bucket) throws S3Exception {
    maps.update(() -> {
      bucket(bucket);
      if (!versions.empty(bucket)) {
        throw S3Error.BucketNotEmpty.exception();
      }
      uploads.removeAll(bucket);
      table.remove(bucket);
    });
  }

  Listing list(String bucket, Listing.Query query) throws S3Exception {
    bucket(bucket);
    return versions.objects(bucket, query);
  }

  /**
   * @param afterId of the key after which the page begins, the version after which it does
   */
  VersionPage versions(String bucket, Listing.Query query, String afterId) throws S3Exception {
    return maps.look(() -> {
      bucket(bucket);
      return versions.list(bucket, query, afterId);
    });
  }

  /** The object that a key names now, if there is one. */
  Optional<ObjectRecord> find(String bucket, String key) {
    return versions.current(bucket, key);
  }

  /**
   * @param version empty for the newest
   */
  ObjectRecord get(String bucket, String key, Optional<String> version) throws S3Exception {
    return maps.look(() -> {
      bucket(bucket);
      return versions.get(bucket, key, version);
    });
  }

  ObjectReading read(String bucket, String key, Optional<String> version) throws S3Exception {
    return maps.look(() -> new ObjectReading(maps, blobs, get(bucket, key, version)));
  }

  /** Refuses early what {@link #put} would refuse late. */
  void check(String bucket, String key, Condition condition) throws S3Exception {
    condition.check(find(bucket, key));
  }

  /** A condition on what is there before a write: the object, if there is one. */
  interface Condition {
    Condition NONE = object -> {};

    void check(Optional<ObjectRecord> object) throws S3Exception;
  }

  /**
   * Makes it the object of its key.
   *
   * @param object without blobs: they are the ones of {@code stored}
   * @return as it is kept
   */
  ObjectRecord put(
      String bucket, String key, ObjectRecord object, List<Stored> stored, Condition condition)
      throws S3Exception {
    return owning(
        stored,
        () -> {
          BucketRecord record = bucket(bucket);
          condition.check(find(bucket, key));
          var adopted = stored.stream().map(blobs::adopt).toList();
          return versions.put(bucket, key, object.withBlobs(adopted), record.versioning());
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

  /** Makes the metadata of a copy from its source, or refuses. */
  interface Copying {
    ObjectRecord copy(ObjectRecord source) throws S3Exception;
  }

  /** What is copied: a bucket's key, in one version or the newest. */
  record Copied(String bucket, String key, Optional<String> version) {}

  /** A copy shares the bytes of its source: the store is not asked. */
  ObjectRecord copy(Copied from, String bucket, String key, Condition condition, Copying copying)
      throws S3Exception {
    return maps.change(() -> {
      BucketRecord record = bucket(bucket);
      ObjectRecord source = get(from.bucket(), from.key(), from.version());
      condition.check(find(bucket, key));
      ObjectRecord copy = copying.copy(source).withBlobs(source.blobs());
      blobs.retain(copy.blobs());
      return versions.put(bucket, key, copy, record.versioning());
    });
  }

  /**
   * What is to be deleted: one version for good, or what the key names.
   *
   * @param condition on the object that the key names
   */
  record Doomed(String key, Optional<String> version, Condition condition) {}

  /**
   * Deletes each, or none if a condition does not hold.
   *
   * @param marker makes what stays in place of an object where there is versioning
   * @return of each the version that is gone or the marker that came
   */
  List<Optional<ObjectRecord>> delete(String bucket, List<Doomed> all, ObjectRecord marker)
      throws S3Exception {
    return maps.change(() -> {
      BucketRecord record = bucket(bucket);
      for (Doomed one : all) {
        one.condition().check(find(bucket, one.key()));
      }
      var results = new ArrayList<Optional<ObjectRecord>>();
      for (Doomed one : all) {
        results.add(
            one.version().isPresent()
                ? versions.deleteVersion(bucket, one.key(), one.version().get())
                : versions.delete(bucket, one.key(), marker, record.versioning()));
      }
      return results;
    });
  }

  /** Changes whom a version belongs to, who may do what with it, and its tags. */
  ObjectRecord changeObject(String bucket, String key, Optional<String> version, Copying changing)
      throws S3Exception {
    return maps.change(() -> {
      ObjectRecord present = get(bucket, key, version);
      ObjectRecord changed = present.withOwned(changing.copy(present).owned());
      versions.change(bucket, key, changed);
      return changed;
    });
  }

  void createUpload(String bucket, String key, String id, UploadRecord upload) throws S3Exception {
    maps.update(() -> {
      bucket(bucket);
      uploads.create(bucket, key, id, upload);
    });
  }

  UploadRecord upload(String bucket, String key, String id) throws S3Exception {
    bucket(bucket);
    return uploads.get(bucket, key, id);
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
          uploads.putPart(
              id,
              new UploadRecord.Part(
                  part.number(), adopted, part.etag(), part.modified(), part.checksums()));
          return adopted;
        });
  }

  /** The parts of an upload by their number. */
  SortedMap<Integer, UploadRecord.Part> parts(String bucket, String key, String id)
      throws S3Exception {
    return maps.look(() -> {
      upload(bucket, key, id);
      return uploads.parts(id);
    });
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
      ObjectRecord object = completing.complete(upload, uploads.parts(id));
      blobs.retain(object.blobs());
      uploads.remove(bucket, key, id);
      return versions.put(bucket, key, object, bucket(bucket).versioning());
    });
  }

  void abortUpload(String bucket, String key, String id) throws S3Exception {
    maps.update(() -> {
      upload(bucket, key, id);
      uploads.remove(bucket, key, id);
    });
  }

  /** All uploads of a bucket, by key, then by identifier. */
  List<UploadRecord.Named> uploads(String bucket) throws S3Exception {
    return maps.look(() -> {
      bucket(bucket);
      return uploads.list(bucket);
    });
  }

  /** Bytes to delete at the store; that nothing uses them is on disk already. */
  Map<Long, Stored> doomed(int max) throws S3Exception {
    boolean none = maps.look(() -> blobs.doomed(1).isEmpty());
    return none ? Map.of() : maps.change(() -> blobs.doomed(max));
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
