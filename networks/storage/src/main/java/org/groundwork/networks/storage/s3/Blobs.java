package org.groundwork.networks.storage.s3;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.groundwork.protocol.Bytes;
import org.h2.mvstore.MVMap;

/**
 * The manifests of stored bytes, each with the number of its users. One without users moves to the
 * doomed, from where the {@link Reaper} deletes it at the store. Every method is called inside a
 * change or a look of {@link DurableMaps}, so one thread is here at a time.
 */
final class Blobs {
  private final MVMap<byte[], byte[]> live;
  private final MVMap<byte[], byte[]> doomed;

  /** How many are reading a blob now: it is not deleted under them. */
  private final Map<Long, Integer> readers = new HashMap<>();

  private long nextId;

  Blobs(DurableMaps maps) {
    live = maps.map("blobs");
    doomed = maps.map("doomed");
    nextId = Math.max(afterLast(live), afterLast(doomed));
  }

  private static long afterLast(MVMap<byte[], byte[]> map) {
    byte[] last = map.lastKey();
    return last == null ? 0 : MetadataKeys.blobId(last) + 1;
  }

  ObjectRecord.Blob adopt(Stored stored) {
    long id = nextId++;
    live.put(MetadataKeys.blob(id), RecordCodec.encode(new RecordCodec.Counted(1, stored)));
    return new ObjectRecord.Blob(id, stored.length());
  }

  /** To be deleted without ever having been used. */
  void doom(Stored stored) {
    doomed.put(MetadataKeys.blob(nextId++), RecordCodec.encode(new RecordCodec.Counted(0, stored)));
  }

  void retain(List<ObjectRecord.Blob> blobs) {
    blobs.forEach(blob -> addUses(blob.id(), 1));
  }

  void release(List<ObjectRecord.Blob> blobs) {
    blobs.forEach(blob -> addUses(blob.id(), -1));
  }

  private void addUses(long id, long change) {
    byte[] key = MetadataKeys.blob(id);
    RecordCodec.Counted counted = counted(id);
    byte[] changed =
        RecordCodec.encode(new RecordCodec.Counted(counted.uses() + change, counted.stored()));
    if (counted.uses() + change == 0) {
      live.remove(key);
      doomed.put(key, changed);
    } else {
      live.put(key, changed);
    }
  }

  private RecordCodec.Counted counted(long id) {
    byte[] value = live.get(MetadataKeys.blob(id));
    if (value == null) {
      throw new IllegalStateException("blob " + id + " is missing");
    }
    return RecordCodec.counted(value);
  }

  List<Stored> beginReading(List<ObjectRecord.Blob> blobs) {
    var stored = new ArrayList<Stored>(blobs.size());
    for (ObjectRecord.Blob blob : blobs) {
      stored.add(counted(blob.id()).stored());
    }
    blobs.forEach(blob -> readers.merge(blob.id(), 1, Integer::sum));
    return stored;
  }

  void endReading(List<ObjectRecord.Blob> blobs) {
    blobs.forEach(blob -> readers.computeIfPresent(blob.id(), (id, n) -> n == 1 ? null : n - 1));
  }

  /** Some of the doomed that nobody reads. */
  Map<Long, Stored> doomed(int max) {
    var result = new HashMap<Long, Stored>();
    var cursor = doomed.cursor(null);
    while (cursor.hasNext() && result.size() < max) {
      long id = MetadataKeys.blobId(cursor.next());
      if (!readers.containsKey(id)) {
        result.put(id, RecordCodec.counted(cursor.getValue()).stored());
      }
    }
    return result;
  }

  void forget(Iterable<Long> ids) {
    ids.forEach(id -> doomed.remove(MetadataKeys.blob(id)));
  }

  /** The manifests of all blobs, the doomed too. */
  Set<Bytes> manifests() {
    var result = new HashSet<Bytes>();
    for (MVMap<byte[], byte[]> map : List.of(live, doomed)) {
      var cursor = map.cursor(null);
      while (cursor.hasNext()) {
        cursor.next();
        result.add(RecordCodec.counted(cursor.getValue()).stored().manifest());
      }
    }
    return result;
  }

  boolean uses(Stored stored) {
    var cursor = live.cursor(null);
    while (cursor.hasNext()) {
      cursor.next();
      if (RecordCodec.counted(cursor.getValue()).stored().equals(stored)) {
        return true;
      }
    }
    return false;
  }
}
