package org.groundwork.networks.storage.s3;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/** The checksums that S3 clients may ask to have verified and kept. */
enum ChecksumAlgorithm {
  CRC32(4),
  CRC32C(4),
  CRC64NVME(8),
  SHA1(20),
  SHA256(32);

  private final int bytes;

  ChecksumAlgorithm(int bytes) {
    this.bytes = bytes;
  }

  /** A checksum being computed. */
  sealed interface Digest {
    void update(byte[] b, int from, int length);

    byte[] finish();
  }

  private record CrcDigest(Checksum crc, int bytes) implements Digest {
    @Override
    public void update(byte[] b, int from, int length) {
      crc.update(b, from, length);
    }

    @Override
    public byte[] finish() {
      return bigEndian(crc.getValue(), bytes);
    }
  }

  private record HashDigest(MessageDigest hash) implements Digest {
    @Override
    public void update(byte[] b, int from, int length) {
      hash.update(b, from, length);
    }

    @Override
    public byte[] finish() {
      return hash.digest();
    }
  }

  Digest start() {
    return switch (this) {
      case CRC32 -> new CrcDigest(new CRC32(), bytes);
      case CRC32C -> new CrcDigest(new CRC32C(), bytes);
      case CRC64NVME -> new CrcDigest(new Crc64Nvme(), bytes);
      case SHA1 -> new HashDigest(SigV4.digest("SHA-1"));
      case SHA256 -> new HashDigest(SigV4.sha256());
    };
  }

  String header() {
    return "x-amz-checksum-" + name().toLowerCase(Locale.ROOT);
  }

  /** The element in XML documents. */
  String element() {
    return "Checksum" + name();
  }

  static Optional<ChecksumAlgorithm> named(String name) {
    return Arrays.stream(values()).filter(a -> a.name().equalsIgnoreCase(name)).findFirst();
  }

  static Optional<ChecksumAlgorithm> ofHeader(String header) {
    return Arrays.stream(values()).filter(a -> a.header().equalsIgnoreCase(header)).findFirst();
  }

  /** Whether a value can be one of this algorithm: base64 of the right length. */
  boolean valid(String base64) {
    try {
      return Base64.getDecoder().decode(base64).length == bytes;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Only a CRC of a whole can be had from those of its parts. */
  Optional<CrcJoin> joining() {
    return switch (this) {
      case CRC32 -> Optional.of(new CrcJoin(0xEDB88320L, 32));
      case CRC32C -> Optional.of(new CrcJoin(0x82F63B78L, 32));
      case CRC64NVME -> Optional.of(new CrcJoin(Crc64Nvme.POLYNOMIAL, 64));
      case SHA1, SHA256 -> Optional.empty();
    };
  }

  static byte[] bigEndian(long value, int bytes) {
    byte[] all = ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    return Arrays.copyOfRange(all, Long.BYTES - bytes, Long.BYTES);
  }

  static long fromBigEndian(byte[] value) {
    long result = 0;
    for (byte b : value) {
      result = (result << 8) | (b & 0xff);
    }
    return result;
  }
}
