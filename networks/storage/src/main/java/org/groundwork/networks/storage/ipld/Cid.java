package org.groundwork.networks.storage.ipld;

import java.nio.ByteBuffer;
import org.groundwork.networks.storage.wire.Base32;
import org.groundwork.networks.storage.wire.MalformedPieceException;
import org.groundwork.networks.storage.wire.Varint;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Malformed;

/**
 * A content identifier, version 0 or 1 (multiformats' CID specification).
 *
 * @param version 0 is DAG-PB under SHA-256 alone
 * @param codec of the multicodec table: how the content is to be read
 */
public record Cid(int version, long codec, Multihash hash) implements Comparable<Cid> {
  public static final long RAW = 0x55;
  public static final long CBOR = 0x51;
  public static final long DAG_PB = 0x70;
  public static final long DAG_CBOR = 0x71;
  public static final long LIBP2P_KEY = 0x72;
  public static final long DAG_JSON = 0x0129;
  public static final long JSON = 0x0200;

  private static final int MAX_TEXT = 256;
  private static final int V0_TEXT = 46;
  private static final int SHA256_BYTES = 32;

  public Cid {
    boolean zero =
        codec == DAG_PB
            && hash.code() == Multihash.SHA2_256
            && hash.digest().size() == SHA256_BYTES;
    if (version != 1 && !(version == 0 && zero)) {
      throw new IllegalArgumentException("no CID of version " + version);
    }
  }

  /** The identifier of some content, by SHA-256. */
  public static Cid of(int version, long codec, byte[] content) {
    return new Cid(version, codec, Multihash.sha256(content));
  }

  /** Reads text: {@code Qm...}, {@code b...} (base 32) or {@code z...} (base 58). */
  public static Cid parse(String text) throws Malformed {
    if (text.length() > MAX_TEXT || text.length() < 2) {
      throw new Malformed("a CID has 2 to " + MAX_TEXT + " characters, not " + text.length());
    }
    if (text.length() == V0_TEXT && text.startsWith("Qm")) {
      return decode(Base58.decode(text));
    }
    byte[] bytes =
        switch (text.charAt(0)) {
          case 'b' -> base32(text);
          case 'z' -> Base58.decode(text.substring(1));
          default -> throw new Malformed("a CID in an unknown base: " + text.charAt(0));
        };
    Cid cid = decode(bytes);
    if (cid.version == 0) {
      throw new Malformed("a CID of version 0 has no multibase prefix");
    }
    return cid;
  }

  private static byte[] base32(String text) throws Malformed {
    try {
      return Base32.parseMultibase(text);
    } catch (MalformedPieceException e) {
      throw new Malformed("a CID that is not base 32: " + e.getMessage());
    }
  }

  /** Reads bytes that are one CID and nothing else. */
  public static Cid decode(byte[] bytes) throws Malformed {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    Cid cid = read(in);
    if (in.hasRemaining()) {
      throw new Malformed("a CID with " + in.remaining() + " bytes too many");
    }
    return cid;
  }

  /** Reads a CID at the start of more bytes. */
  static Cid read(ByteBuffer in) throws Malformed {
    if (in.remaining() >= 2 && in.get(in.position()) == 0x12 && in.get(in.position() + 1) == 0x20) {
      Multihash hash = Multihash.read(in);
      return new Cid(0, DAG_PB, hash);
    }
    long version = Multihash.varint(in);
    if (version != 1) {
      throw new Malformed("a CID of version " + version);
    }
    long codec = Multihash.varint(in);
    return new Cid(1, codec, Multihash.read(in));
  }

  public byte[] encode() {
    byte[] multihash = hash.encode();
    if (version == 0) {
      return multihash;
    }
    ByteBuffer out = ByteBuffer.allocate(1 + Varint.length(codec) + multihash.length);
    out.put((byte) version);
    Varint.write(codec, out);
    return out.put(multihash).array();
  }

  /** Whether this identifies some content. */
  public boolean matches(byte[] content) {
    return hash.matches(content);
  }

  /** The same content under version 1. */
  public Cid asVersionOne() {
    return new Cid(1, codec, hash);
  }

  @Override
  public int compareTo(Cid other) {
    return Bytes.wrap(encode()).compareTo(Bytes.wrap(other.encode()));
  }

  /** Base 58 of version 0, base 32 of version 1: as everybody writes them. */
  @Override
  public String toString() {
    return version == 0 ? Base58.encode(encode()) : Base32.multibase(encode());
  }
}
