package org.groundwork.networks.storage.s3;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.h2.mvstore.MVMap;

/**
 * Multipart uploads in progress and their parts. Every method is called inside a change or a look
 * of {@link DurableMaps}.
 */
final class Uploads {
  static final int ID_CHARS = 32;

  private final MVMap<byte[], byte[]> uploads;
  private final MVMap<byte[], byte[]> parts;
  private final Blobs blobs;

  Uploads(DurableMaps maps, Blobs blobs) {
    uploads = maps.map("uploads");
    parts = maps.map("parts");
    this.blobs = blobs;
  }

  void create(String bucket, String key, String id, UploadRecord upload) {
    uploads.put(MetadataKeys.upload(bucket, key, id), RecordCodec.encode(upload));
  }

  UploadRecord get(String bucket, String key, String id) throws S3Exception {
    byte[] value = uploads.get(MetadataKeys.upload(bucket, key, id));
    if (value == null) {
      throw S3Error.NoSuchUpload.exception();
    }
    return RecordCodec.upload(value);
  }

  void putPart(String id, UploadRecord.Part part) {
    byte[] old = parts.put(MetadataKeys.part(id, part.number()), RecordCodec.encode(part));
    if (old != null) {
      blobs.release(RecordCodec.part(old).blobs());
    }
  }

  SortedMap<Integer, UploadRecord.Part> parts(String id) {
    var result = new TreeMap<Integer, UploadRecord.Part>();
    var cursor = MetadataRange.of(parts, MetadataKeys.utf8(id));
    while (cursor.hasNext()) {
      UploadRecord.Part part = RecordCodec.part(cursor.next());
      result.put(part.number(), part);
    }
    return result;
  }

  void remove(String bucket, String key, String id) {
    uploads.remove(MetadataKeys.upload(bucket, key, id));
    removeParts(id);
  }

  void removeAll(String bucket) {
    for (byte[] key : MetadataRange.keys(uploads, MetadataKeys.object(bucket, ""))) {
      uploads.remove(key);
      removeParts(id(key));
    }
  }

  private void removeParts(String id) {
    for (byte[] key : MetadataRange.keys(parts, MetadataKeys.utf8(id))) {
      byte[] old = parts.remove(key);
      if (old != null) {
        blobs.release(RecordCodec.part(old).blobs());
      }
    }
  }

  private static String id(byte[] key) {
    return new String(key, key.length - ID_CHARS, ID_CHARS, StandardCharsets.UTF_8);
  }

  /** All uploads of a bucket, by key, then by identifier. */
  List<UploadRecord.Named> list(String bucket) {
    var result = new ArrayList<UploadRecord.Named>();
    for (byte[] key : MetadataRange.keys(uploads, MetadataKeys.object(bucket, ""))) {
      String name = MetadataKeys.objectKey(bucket, key);
      byte[] value = uploads.get(key);
      if (value != null) {
        result.add(
            new UploadRecord.Named(
                name.substring(0, name.length() - ID_CHARS - 1),
                id(key),
                RecordCodec.upload(value)));
      }
    }
    return result;
  }
}
