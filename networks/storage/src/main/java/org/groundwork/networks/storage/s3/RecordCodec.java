package org.groundwork.networks.storage.s3;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.protocol.Bytes;

/**
 * The bytes of the records in the metadata store. A first byte tells the version. A record of
 * another version, or a damaged one, is an {@link IllegalStateException}.
 */
final class RecordCodec {
  private static final int VERSION = 1;

  private RecordCodec() {}

  private interface Writing {
    void to(DataOutputStream out) throws IOException;
  }

  private interface Reading<T> {
    T from(DataInputStream in) throws IOException;
  }

  static byte[] encode(ObjectRecord object) {
    return write(out -> {
      writeBlobs(out, object.blobs());
      out.writeUTF(object.etag());
      out.writeLong(object.modified().toEpochMilli());
      writeMap(out, object.headers());
      writeMap(out, object.checksums());
    });
  }

  static ObjectRecord object(byte[] bytes) {
    return read(
        bytes,
        in ->
            new ObjectRecord(
                readBlobs(in),
                in.readUTF(),
                Instant.ofEpochMilli(in.readLong()),
                readMap(in),
                readMap(in)));
  }

  static byte[] encode(UploadRecord upload) {
    return write(out -> {
      out.writeLong(upload.initiated().toEpochMilli());
      writeMap(out, upload.headers());
      out.writeUTF(upload.checksum());
      out.writeBoolean(upload.fullObject());
    });
  }

  static UploadRecord upload(byte[] bytes) {
    return read(
        bytes,
        in ->
            new UploadRecord(
                Instant.ofEpochMilli(in.readLong()), readMap(in), in.readUTF(), in.readBoolean()));
  }

  static byte[] encode(UploadRecord.Part part) {
    return write(out -> {
      out.writeInt(part.number());
      writeBlobs(out, part.blobs());
      out.writeUTF(part.etag());
      out.writeLong(part.modified().toEpochMilli());
      writeMap(out, part.checksums());
    });
  }

  static UploadRecord.Part part(byte[] bytes) {
    return read(
        bytes,
        in ->
            new UploadRecord.Part(
                in.readInt(),
                readBlobs(in),
                in.readUTF(),
                Instant.ofEpochMilli(in.readLong()),
                readMap(in)));
  }

  /** A manifest with the number of objects and parts that use it. */
  record Counted(long uses, Stored stored) {}

  static byte[] encode(Counted counted) {
    return write(out -> {
      out.writeLong(counted.uses());
      out.writeLong(counted.stored().length());
      out.writeInt(counted.stored().manifest().size());
      out.write(counted.stored().manifest().unsafeArray());
    });
  }

  static Counted counted(byte[] bytes) {
    return read(
        bytes,
        in -> {
          long uses = in.readLong();
          long length = in.readLong();
          byte[] manifest = new byte[count(in, Stored.MAX_MANIFEST_BYTES)];
          in.readFully(manifest);
          return new Counted(uses, new Stored(Bytes.wrap(manifest), length));
        });
  }

  static byte[] encode(Instant instant) {
    return write(out -> out.writeLong(instant.toEpochMilli()));
  }

  static Instant instant(byte[] bytes) {
    return read(bytes, in -> Instant.ofEpochMilli(in.readLong()));
  }

  private static byte[] write(Writing writing) {
    var bytes = new ByteArrayOutputStream(256);
    try {
      var out = new DataOutputStream(bytes);
      out.writeByte(VERSION);
      writing.to(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static <T> T read(byte[] bytes, Reading<T> reading) {
    var in = new DataInputStream(new ByteArrayInputStream(bytes));
    try {
      int version = in.readUnsignedByte();
      if (version != VERSION) {
        throw new IllegalStateException("record of version " + version);
      }
      T record = reading.from(in);
      if (in.available() != 0) {
        throw new IllegalStateException("record with " + in.available() + " bytes too many");
      }
      return record;
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalStateException("damaged record", e);
    }
  }

  private static int count(DataInputStream in, int most) throws IOException {
    int count = in.readInt();
    if (count < 0 || count > most) {
      throw new IllegalStateException("record with " + count + " of at most " + most);
    }
    return count;
  }

  private static void writeBlobs(DataOutputStream out, List<ObjectRecord.Blob> blobs)
      throws IOException {
    out.writeInt(blobs.size());
    for (ObjectRecord.Blob blob : blobs) {
      out.writeLong(blob.id());
      out.writeLong(blob.length());
    }
  }

  private static List<ObjectRecord.Blob> readBlobs(DataInputStream in) throws IOException {
    int count = count(in, Integer.MAX_VALUE);
    var blobs = new ArrayList<ObjectRecord.Blob>();
    for (int i = 0; i < count; i++) {
      blobs.add(new ObjectRecord.Blob(in.readLong(), in.readLong()));
    }
    return blobs;
  }

  private static void writeMap(DataOutputStream out, SortedMap<String, String> map)
      throws IOException {
    out.writeInt(map.size());
    for (var entry : map.entrySet()) {
      out.writeUTF(entry.getKey());
      out.writeUTF(entry.getValue());
    }
  }

  private static SortedMap<String, String> readMap(DataInputStream in) throws IOException {
    int count = count(in, Integer.MAX_VALUE);
    var map = new TreeMap<String, String>();
    for (int i = 0; i < count; i++) {
      map.put(in.readUTF(), in.readUTF());
    }
    return map;
  }
}
