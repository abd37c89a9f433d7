package org.groundwork.networks.storage.ipld;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.groundwork.networks.storage.wire.MalformedPieceException;
import org.groundwork.networks.storage.wire.Varint;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.crypto.Sha256;

/**
 * A hash that says which one it is.
 *
 * @param code of the multicodec table
 */
public record Multihash(long code, Bytes digest) implements Comparable<Multihash> {
  public static final long IDENTITY = 0x00;
  public static final long SHA2_256 = 0x12;
  public static final long SHA2_512 = 0x13;

  /** An identity hash is its content, so it must be small; 128 is what other gateways take. */
  static final int MAX_DIGEST_BYTES = 128;

  public Multihash {
    if (digest.size() > MAX_DIGEST_BYTES) {
      throw new IllegalArgumentException("digest of " + digest.size() + " bytes");
    }
  }

  static Multihash sha256(byte[] content) {
    return new Multihash(SHA2_256, Sha256.hash(content).bytes());
  }

  /** Whether this is the hash of some content; false for hashes that are not known here. */
  boolean matches(byte[] content) {
    if (code == IDENTITY) {
      return Arrays.equals(content, digest.unsafeArray());
    }
    if (code == SHA2_256) {
      return digest.equals(Sha256.hash(content).bytes());
    }
    return code == SHA2_512 && Arrays.equals(sha512(content), digest.unsafeArray());
  }

  boolean isKnown() {
    return code == IDENTITY || code == SHA2_256 || code == SHA2_512;
  }

  private static byte[] sha512(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-512").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-512", e);
    }
  }

  byte[] encode() {
    ByteBuffer out =
        ByteBuffer.allocate(Varint.length(code) + Varint.length(digest.size()) + digest.size());
    Varint.write(code, out);
    Varint.write(digest.size(), out);
    return out.put(digest.unsafeArray()).array();
  }

  static Multihash read(ByteBuffer in) throws Malformed {
    long code = varint(in);
    long size = varint(in);
    if (size > MAX_DIGEST_BYTES || size > in.remaining()) {
      throw new Malformed("a multihash names a digest of " + size + " bytes");
    }
    byte[] digest = new byte[(int) size];
    in.get(digest);
    return new Multihash(code, Bytes.wrap(digest));
  }

  static long varint(ByteBuffer in) throws Malformed {
    try {
      return Varint.read(in);
    } catch (MalformedPieceException e) {
      throw new Malformed("a varint is cut off, longer than nine bytes or not minimal");
    }
  }

  @Override
  public int compareTo(Multihash other) {
    return Bytes.wrap(encode()).compareTo(Bytes.wrap(other.encode()));
  }
}
