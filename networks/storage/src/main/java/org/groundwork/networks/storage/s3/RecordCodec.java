package org.groundwork.networks.storage.s3;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.protocol.Bytes;

/**
 * The bytes of the records in the metadata store. A first byte tells the version; 1 had neither
 * users nor versions of objects, and is still read. A record of another version, or a damaged one,
 * is an {@link IllegalStateException}.
 */
final class RecordCodec {
  private static final int FIRST = 1;
  private static final int VERSION = 2;
  private static final int MAX_TEXT_BYTES = 1 << 20;

  private RecordCodec() {}

  private interface Writing {
    void to(DataOutputStream out) throws IOException;
  }

  private interface Reading<T> {
    T from(DataInputStream in, int version) throws IOException;
  }

  static byte[] encode(ObjectRecord object) {
    return write(out -> {
      writeBlobs(out, object.blobs());
      out.writeUTF(object.etag());
      out.writeLong(object.modified().toEpochMilli());
      writeMap(out, object.headers());
      writeMap(out, object.checksums());
      out.writeInt(object.parts().size());
      for (ObjectRecord.Part part : object.parts()) {
        out.writeLong(part.size());
        out.writeUTF(part.checksum());
      }
      writeOwned(out, object.owned());
      out.writeLong(object.version().sequence());
      out.writeUTF(object.version().id());
      out.writeBoolean(object.version().deleted());
    });
  }

  static ObjectRecord object(byte[] bytes) {
    return read(
        bytes,
        (in, version) -> {
          var old =
              new ObjectRecord(
                  readBlobs(in),
                  in.readUTF(),
                  Instant.ofEpochMilli(in.readLong()),
                  readMap(in),
                  readMap(in));
          return version == FIRST
              ? old
              : new ObjectRecord(
                  old.blobs(),
                  old.etag(),
                  old.modified(),
                  old.headers(),
                  old.checksums(),
                  readParts(in),
                  readOwned(in),
                  new ObjectRecord.Version(in.readLong(), in.readUTF(), in.readBoolean()));
        });
  }

  static byte[] encode(BucketRecord bucket) {
    return write(out -> {
      out.writeLong(bucket.created().toEpochMilli());
      out.writeUTF(bucket.owner());
      writeAcl(out, bucket.acl());
      out.writeUTF(bucket.versioning().name());
      writeMap(out, bucket.tags());
      writeText(out, bucket.policy());
      writeText(out, bucket.cors());
    });
  }

  static BucketRecord bucket(byte[] bytes) {
    return read(
        bytes,
        (in, version) -> {
          Instant created = Instant.ofEpochMilli(in.readLong());
          return version == FIRST
              ? BucketRecord.of(created, User.FIRST.id(), Acl.of(User.FIRST.id()))
              : new BucketRecord(
                  created,
                  in.readUTF(),
                  readAcl(in),
                  one(in, BucketRecord.Versioning.values()),
                  readMap(in),
                  readText(in),
                  readText(in));
        });
  }

  static byte[] encode(UploadRecord upload) {
    return write(out -> {
      out.writeLong(upload.initiated().toEpochMilli());
      writeMap(out, upload.headers());
      out.writeUTF(upload.checksum());
      out.writeBoolean(upload.fullObject());
      writeOwned(out, upload.owned());
    });
  }

  static UploadRecord upload(byte[] bytes) {
    return read(
        bytes,
        (in, version) ->
            new UploadRecord(
                Instant.ofEpochMilli(in.readLong()),
                readMap(in),
                in.readUTF(),
                in.readBoolean(),
                version == FIRST ? ObjectRecord.Owned.FIRST : readOwned(in)));
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
        (in, version) ->
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
        (in, version) -> {
          long uses = in.readLong();
          long length = in.readLong();
          byte[] manifest = new byte[count(in, Stored.MAX_MANIFEST_BYTES)];
          in.readFully(manifest);
          return new Counted(uses, new Stored(Bytes.wrap(manifest), length));
        });
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
      if (version < FIRST || version > VERSION) {
        throw new IllegalStateException("record of version " + version);
      }
      T record = reading.from(in, version);
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

  private static List<ObjectRecord.Part> readParts(DataInputStream in) throws IOException {
    int count = count(in, MultipartOperations.MAX_PARTS);
    var parts = new ArrayList<ObjectRecord.Part>();
    for (int i = 0; i < count; i++) {
      parts.add(new ObjectRecord.Part(in.readLong(), in.readUTF()));
    }
    return parts;
  }

  private static void writeOwned(DataOutputStream out, ObjectRecord.Owned owned)
      throws IOException {
    out.writeUTF(owned.owner());
    writeAcl(out, owned.acl());
    writeMap(out, owned.tags());
  }

  private static ObjectRecord.Owned readOwned(DataInputStream in) throws IOException {
    return new ObjectRecord.Owned(in.readUTF(), readAcl(in), readMap(in));
  }

  private static void writeAcl(DataOutputStream out, Acl acl) throws IOException {
    out.writeInt(acl.grants().size());
    for (Acl.Grant grant : acl.grants()) {
      out.writeUTF(grant.grantee().kind().name());
      out.writeUTF(grant.grantee().id());
      out.writeUTF(grant.permission().name());
    }
  }

  private static Acl readAcl(DataInputStream in) throws IOException {
    int count = count(in, Acl.MAX_GRANTS);
    var grants = new ArrayList<Acl.Grant>();
    for (int i = 0; i < count; i++) {
      var grantee = new Acl.Grantee(one(in, Acl.Kind.values()), in.readUTF());
      grants.add(new Acl.Grant(grantee, one(in, Acl.Permission.values())));
    }
    return new Acl(grants);
  }

  private static <T extends Enum<T>> T one(DataInputStream in, T[] of) throws IOException {
    String name = in.readUTF();
    for (T each : of) {
      if (each.name().equals(name)) {
        return each;
      }
    }
    throw new IllegalStateException("record with the unknown value " + name);
  }

  private static void writeText(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String readText(DataInputStream in) throws IOException {
    byte[] bytes = new byte[count(in, MAX_TEXT_BYTES)];
    in.readFully(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
