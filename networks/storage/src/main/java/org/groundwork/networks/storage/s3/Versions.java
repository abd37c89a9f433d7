package org.groundwork.networks.storage.s3;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;

/**
 * The objects under their keys and, apart from them, what they were before: older versions and
 * marks of deletion. So a bucket without versioning costs nothing more, and a listing of objects
 * never meets what is no object. Every method is called inside a change or a look of {@link
 * DurableMaps}.
 */
final class Versions {
  private final MVMap<byte[], byte[]> objects;
  private final MVMap<byte[], byte[]> older;
  private final Blobs blobs;

  Versions(DurableMaps maps, Blobs blobs) {
    objects = maps.map("objects");
    older = maps.map("versions");
    this.blobs = blobs;
  }

  /** A page of the objects, without what they were before. */
  Listing objects(String bucket, Listing.Query query) {
    return new Lister(objects, bucket).list(query);
  }

  boolean empty(String bucket) {
    byte[] prefix = MetadataKeys.object(bucket, "");
    return !MetadataRange.of(objects, prefix).hasNext()
        && !MetadataRange.of(older, prefix).hasNext();
  }

  /** The object that a key names now, if there is one. */
  Optional<ObjectRecord> current(String bucket, String key) {
    return Optional.ofNullable(objects.get(MetadataKeys.object(bucket, key)))
        .map(RecordCodec::object);
  }

  /** The current object or else the newest of what was, which is then a mark of deletion. */
  private Optional<ObjectRecord> newest(String bucket, String key) {
    Optional<ObjectRecord> current = current(bucket, key);
    return current.isPresent() ? current : newestOlder(bucket, key);
  }

  private Optional<ObjectRecord> newestOlder(String bucket, String key) {
    var range = MetadataRange.of(older, MetadataKeys.versions(bucket, key));
    return range.hasNext() ? Optional.of(RecordCodec.object(range.next())) : Optional.empty();
  }

  private Optional<ObjectRecord> find(String bucket, String key, String id) {
    Optional<ObjectRecord> current = current(bucket, key);
    if (current.isPresent() && current.get().version().id().equals(id)) {
      return current;
    }
    var range = MetadataRange.of(older, MetadataKeys.versions(bucket, key));
    while (range.hasNext()) {
      ObjectRecord object = RecordCodec.object(range.next());
      if (object.version().id().equals(id)) {
        return Optional.of(object);
      }
    }
    return Optional.empty();
  }

  /**
   * @param id of a version; empty for the newest
   */
  ObjectRecord get(String bucket, String key, Optional<String> id) throws S3Exception {
    Optional<ObjectRecord> found =
        id.isPresent() ? find(bucket, key, id.get()) : newest(bucket, key);
    ObjectRecord object =
        found.orElseThrow(
            id.isPresent() ? S3Error.NoSuchVersion::exception : S3Error.NoSuchKey::exception);
    if (object.deleted()) {
      S3Error error = id.isPresent() ? S3Error.MethodNotAllowed : S3Error.NoSuchKey;
      throw error
          .exception()
          .header("x-amz-delete-marker", "true")
          .header("x-amz-version-id", object.version().id());
    }
    return object;
  }

  /**
   * Makes it the object of its key.
   *
   * @param object whose version's id is what makes a new one unique
   * @return with the version that it became
   */
  ObjectRecord put(
      String bucket, String key, ObjectRecord object, BucketRecord.Versioning versioning) {
    ObjectRecord.Version version = next(bucket, key, versioning, object.version().id(), false);
    ObjectRecord placed = object.withVersion(version);
    stepAside(bucket, key, versioning);
    objects.put(MetadataKeys.object(bucket, key), RecordCodec.encode(placed));
    return placed;
  }

  private ObjectRecord.Version next(
      String bucket,
      String key,
      BucketRecord.Versioning versioning,
      String token,
      boolean deleted) {
    if (versioning == BucketRecord.Versioning.OFF) {
      return ObjectRecord.Version.NULL;
    }
    long sequence = newest(bucket, key).map(o -> o.version().sequence()).orElse(0L) + 1;
    String id =
        versioning == BucketRecord.Versioning.ENABLED
            ? HexFormat.of().toHexDigits(sequence) + token
            : ObjectRecord.Version.NULL_ID;
    return new ObjectRecord.Version(sequence, id, deleted);
  }

  /** Removes the current object or keeps it as an older version. */
  private void stepAside(String bucket, String key, BucketRecord.Versioning versioning) {
    Optional<ObjectRecord> current = current(bucket, key);
    if (versioning == BucketRecord.Versioning.SUSPENDED) {
      remove(bucket, key, ObjectRecord.Version.NULL_ID);
      current = current(bucket, key);
    }
    if (current.isEmpty()) {
      return;
    }
    objects.remove(MetadataKeys.object(bucket, key));
    if (versioning == BucketRecord.Versioning.OFF) {
      blobs.release(current.get().blobs());
    } else {
      older.put(key(bucket, key, current.get()), RecordCodec.encode(current.get()));
    }
  }

  private static byte[] key(String bucket, String key, ObjectRecord object) {
    return MetadataKeys.version(bucket, key, object.version().sequence());
  }

  /** Takes one version away for good, without putting another into its place. */
  private Optional<ObjectRecord> remove(String bucket, String key, String id) {
    Optional<ObjectRecord> found = find(bucket, key, id);
    if (found.isPresent()) {
      Optional<ObjectRecord> current = current(bucket, key);
      if (current.equals(found)) {
        objects.remove(MetadataKeys.object(bucket, key));
      } else {
        older.remove(key(bucket, key, found.get()));
      }
      blobs.release(found.get().blobs());
    }
    return found;
  }

  /**
   * Takes one version away for good; the newest that is left is what the key names then.
   *
   * @return what it was
   */
  Optional<ObjectRecord> deleteVersion(String bucket, String key, String id) {
    Optional<ObjectRecord> removed = remove(bucket, key, id);
    Optional<ObjectRecord> newest = newestOlder(bucket, key);
    if (current(bucket, key).isEmpty() && newest.isPresent() && !newest.get().deleted()) {
      older.remove(key(bucket, key, newest.get()));
      objects.put(MetadataKeys.object(bucket, key), RecordCodec.encode(newest.get()));
    }
    return removed;
  }

  /**
   * Deletes what the key names.
   *
   * @param marker kept in its place where there is versioning
   * @return the marker as it was kept
   */
  Optional<ObjectRecord> delete(
      String bucket, String key, ObjectRecord marker, BucketRecord.Versioning versioning) {
    ObjectRecord.Version version = next(bucket, key, versioning, marker.version().id(), true);
    stepAside(bucket, key, versioning);
    if (versioning == BucketRecord.Versioning.OFF) {
      return Optional.empty();
    }
    ObjectRecord placed = marker.withVersion(version);
    older.put(key(bucket, key, placed), RecordCodec.encode(placed));
    return Optional.of(placed);
  }

  /** Writes a version anew that is there already. */
  void change(String bucket, String key, ObjectRecord changed) {
    boolean current =
        current(bucket, key).map(o -> o.version().equals(changed.version())).orElse(false);
    if (current) {
      objects.put(MetadataKeys.object(bucket, key), RecordCodec.encode(changed));
    } else {
      older.put(key(bucket, key, changed), RecordCodec.encode(changed));
    }
  }

  /** All versions of all keys, newest first within a key. */
  VersionPage list(String bucket, Listing.Query query, String afterId) {
    byte[] prefix = MetadataKeys.utf8(query.prefix());
    byte[] delimiter = MetadataKeys.utf8(query.delimiter());
    var page = new VersionPage.Builder(query.max(), query.after(), afterId);
    Optional<byte[]> key = firstKey(bucket, start(query, delimiter, afterId));
    while (key.isPresent() && MetadataKeys.startsWith(key.get(), prefix)) {
      int rolled = Lister.rolledUp(key.get(), prefix.length, delimiter);
      byte[] next;
      boolean room;
      if (rolled < 0) {
        room = listKey(bucket, MetadataKeys.text(key.get()), page);
        next = MetadataKeys.next(key.get());
      } else {
        byte[] common = Arrays.copyOf(key.get(), rolled);
        room = page.commonPrefix(MetadataKeys.text(common));
        next = MetadataKeys.afterPrefix(common);
      }
      if (!room) {
        return page.truncated();
      }
      key = firstKey(bucket, next);
    }
    return page.whole();
  }

  private static byte[] start(Listing.Query query, byte[] delimiter, String afterId) {
    byte[] prefix = MetadataKeys.utf8(query.prefix());
    byte[] marker = MetadataKeys.utf8(query.after());
    if (Arrays.compareUnsigned(marker, prefix) < 0 || query.after().isEmpty()) {
      return prefix;
    }
    int rolled =
        MetadataKeys.startsWith(marker, prefix)
            ? Lister.rolledUp(marker, prefix.length, delimiter)
            : -1;
    if (rolled >= 0) {
      return MetadataKeys.afterPrefix(Arrays.copyOf(marker, rolled));
    }
    return afterId.isEmpty() ? MetadataKeys.next(marker) : marker;
  }

  private boolean listKey(String bucket, String key, VersionPage.Builder page) {
    Optional<ObjectRecord> current = current(bucket, key);
    if (current.isPresent() && !page.version(key, current.get(), true)) {
      return false;
    }
    byte[] prefix = MetadataKeys.versions(bucket, key);
    Cursor<byte[], byte[]> cursor = older.cursor(prefix);
    boolean latest = current.isEmpty();
    while (cursor.hasNext() && MetadataKeys.startsWith(cursor.next(), prefix)) {
      if (!page.version(key, RecordCodec.object(cursor.getValue()), latest)) {
        return false;
      }
      latest = false;
    }
    return true;
  }

  /** The first key of either map that is not before this one. */
  private Optional<byte[]> firstKey(String bucket, byte[] from) {
    byte[] all = MetadataKeys.object(bucket, "");
    Optional<byte[]> object =
        Optional.ofNullable(objects.ceilingKey(MetadataKeys.join(all, from)))
            .filter(k -> MetadataKeys.startsWith(k, all))
            .map(k -> Arrays.copyOfRange(k, all.length, k.length));
    Optional<byte[]> version =
        Optional.ofNullable(older.ceilingKey(MetadataKeys.join(all, MetadataKeys.escape(from))))
            .filter(k -> MetadataKeys.startsWith(k, all))
            .map(k -> MetadataKeys.unescape(k, all.length));
    if (object.isEmpty() || version.isEmpty()) {
      return object.isEmpty() ? version : object;
    }
    return Arrays.compareUnsigned(object.get(), version.get()) <= 0 ? object : version;
  }
}
