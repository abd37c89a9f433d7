package org.groundwork.networks.storage.ipld;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Malformed;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;

/**
 * Where each block lies: a range of an object, or here, if it is a node of links that no object
 * contains. All of it follows from the objects, so a lost file is made again. A block may lie in
 * several objects. Safe for many threads.
 */
public final class BlockIndex implements AutoCloseable {
  private static final int MAX_NAME_BYTES = 2048;
  private static final byte[] NEXT = {0};
  private static final byte[] LAYOUT = {1};

  /** An index of another layout is made again. */
  private static final byte[] CURRENT_LAYOUT = {1};

  /** How the bytes of a range become the block. */
  enum Form {
    /** They are it. */
    RAW(0),
    /** They are the data of a UnixFS file node without links. */
    LEAF(1),
    /** The block itself is in the index. */
    INLINE(2);

    private final int code;

    Form(int code) {
      this.code = code;
    }

    private static Form of(int code) throws Malformed {
      for (Form form : values()) {
        if (form.code == code) {
          return form;
        }
      }
      throw new Malformed("a place of form " + code);
    }
  }

  /** A place of a block in an object, or the block. */
  record Place(long object, Form form, long offset, int length, Bytes inline) {
    Bytes encode() {
      return new CanonicalWriter().u8(form.code).u64(offset).u32(length).bytes(inline).toBytes();
    }

    static Place decode(long object, Bytes encoded) throws Malformed {
      CanonicalReader in = new CanonicalReader(encoded);
      Place place =
          new Place(
              object,
              Form.of(in.u8()),
              in.u64(),
              Math.toIntExact(Math.min(in.u32(), CarReader.MAX_BLOCK_BYTES)),
              in.bytes(CarReader.MAX_BLOCK_BYTES));
      in.end();
      return place;
    }
  }

  /**
   * An object whose blocks are known.
   *
   * @param root empty if it could not be read as what it claims to be
   */
  record Published(long id, String bucket, String key, String etag, String root) {
    Bytes encode() {
      return new CanonicalWriter()
          .u64(id)
          .bytes(utf8(bucket))
          .bytes(utf8(key))
          .bytes(utf8(etag))
          .bytes(utf8(root))
          .toBytes();
    }

    static Published decode(Bytes encoded) throws Malformed {
      CanonicalReader in = new CanonicalReader(encoded);
      Published published = new Published(in.u64(), text(in), text(in), text(in), text(in));
      in.end();
      return published;
    }

    private static Bytes utf8(String text) {
      return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(CanonicalReader in) throws Malformed {
      return new String(in.bytes(MAX_NAME_BYTES).unsafeArray(), StandardCharsets.UTF_8);
    }
  }

  private final MVStore store;
  private final MVMap<byte[], byte[]> blocks;
  private final MVMap<byte[], byte[]> objects;
  private final MVMap<byte[], byte[]> names;
  private final MVMap<byte[], byte[]> counters;

  private BlockIndex(MVStore store) {
    this.store = store;
    blocks = map("blocks");
    objects = map("objects");
    names = map("names");
    counters = map("counters");
    if (!Arrays.equals(counters.get(LAYOUT), CURRENT_LAYOUT)) {
      blocks.clear();
      objects.clear();
      names.clear();
      counters.put(LAYOUT, CURRENT_LAYOUT);
    }
  }

  public static BlockIndex open(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    return new BlockIndex(new MVStore.Builder().fileName(file.toAbsolutePath().toString()).open());
  }

  private MVMap<byte[], byte[]> map(String name) {
    return store.openMap(
        name,
        new MVMap.Builder<byte[], byte[]>()
            .keyType(ByteArrayDataType.INSTANCE)
            .valueType(ByteArrayDataType.INSTANCE));
  }

  /** The places of a block in objects that are still published. */
  List<Place> places(Multihash hash) throws IOException {
    byte[] prefix = hash.encode();
    List<Place> places = new ArrayList<>();
    var cursor = blocks.cursor(prefix);
    while (cursor.hasNext()) {
      byte[] key = cursor.next();
      if (key.length != prefix.length + Long.BYTES
          || !Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length)) {
        break;
      }
      long object = ByteBuffer.wrap(key, prefix.length, Long.BYTES).getLong();
      if (objects.containsKey(number(object))) {
        places.add(decodePlace(object, cursor.getValue()));
      }
    }
    return places;
  }

  private static Place decodePlace(long object, byte[] value) throws IOException {
    try {
      return Place.decode(object, Bytes.wrap(value));
    } catch (Malformed e) {
      throw new IOException("The index of blocks is damaged", e);
    }
  }

  Optional<Published> object(long id) throws IOException {
    byte[] value = objects.get(number(id));
    if (value == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Published.decode(Bytes.wrap(value)));
    } catch (Malformed e) {
      throw new IOException("The index of blocks is damaged", e);
    }
  }

  Optional<Published> object(String bucket, String key) throws IOException {
    byte[] id = names.get(name(bucket, key));
    return id == null ? Optional.empty() : object(ByteBuffer.wrap(id).getLong());
  }

  /** All that is published of a bucket. */
  List<Published> objects(String bucket) throws IOException {
    List<Published> found = new ArrayList<>();
    byte[] prefix = name(bucket, "");
    var cursor = names.cursor(prefix);
    while (cursor.hasNext()) {
      byte[] key = cursor.next();
      if (key.length < prefix.length
          || !Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length)) {
        break;
      }
      object(ByteBuffer.wrap(cursor.getValue()).getLong()).ifPresent(found::add);
    }
    return found;
  }

  /** Begins an object. Its blocks are not found before it is published. */
  synchronized long begin() {
    byte[] last = counters.get(NEXT);
    long id = last == null ? 1 : ByteBuffer.wrap(last).getLong();
    counters.put(NEXT, number(id + 1));
    return id;
  }

  void add(long object, Cid cid, Form form, long offset, int length, Bytes inline) {
    byte[] hash = cid.hash().encode();
    byte[] key = ByteBuffer.allocate(hash.length + Long.BYTES).put(hash).putLong(object).array();
    blocks.put(key, new Place(object, form, offset, length, inline).encode().unsafeArray());
  }

  /** Publishes an object in place of the one that had its name. */
  synchronized void publish(Published object) throws IOException {
    forget(object.bucket(), object.key());
    objects.put(number(object.id()), object.encode().unsafeArray());
    names.put(name(object.bucket(), object.key()), number(object.id()));
    store.commit();
  }

  /** Forgets an object; its blocks are not found any more, and removed by {@link #sweep}. */
  synchronized void forget(String bucket, String key) throws IOException {
    Optional<Published> old = object(bucket, key);
    if (old.isPresent()) {
      names.remove(name(bucket, key));
      objects.remove(number(old.get().id()));
      store.commit();
    }
  }

  /** Removes the places in objects that are not published. None may be in the making. */
  void sweep() {
    var cursor = blocks.cursor(null);
    while (cursor.hasNext()) {
      byte[] key = cursor.next();
      long object = ByteBuffer.wrap(key, key.length - Long.BYTES, Long.BYTES).getLong();
      if (!objects.containsKey(number(object))) {
        blocks.remove(key);
      }
    }
    store.commit();
  }

  long blocks() {
    return blocks.sizeAsLong();
  }

  /** The root of a published object, as text. */
  public Optional<String> root(String bucket, String key) throws IOException {
    return object(bucket, key).map(Published::root).filter(root -> !root.isEmpty());
  }

  private static byte[] number(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }

  private static byte[] name(String bucket, String key) {
    return (bucket + "/" + key).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    store.close();
  }
}
