package org.groundwork.cli.bench;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * What hashing and encrypting alone allow when customer and providers share this machine. A byte
 * that is put is digested by MD5 for its ETag, encrypted, and grows by the code; every byte of the
 * pieces is committed to twice, by the customer and by its provider, and a commitment is one
 * SHA-256 of 64 bytes for every 31.75. A byte that is read is decrypted; the tag of its encryption
 * is what vouches for it.
 */
final class S3Bound {
  private static final double NANOS = 1e9;
  private static final double RAW_BYTES_PER_NODE = 32.0 * 127 / 128;
  private static final int BLOCK = 1 << 16;
  private static final int NODE = 64;
  private static final long ROUND_NANOS = 300_000_000L;
  private static final int ROUNDS = 3;

  private final int cores = Runtime.getRuntime().availableProcessors();
  private final byte[] block = new byte[BLOCK];

  // Seconds for a byte on all cores together.
  private double md5;
  private double encrypt;
  private double commit;

  S3Bound() throws InterruptedException, GeneralSecurityException {
    new Random(1).nextBytes(block);
    MessageDigest.getInstance("MD5");
    for (int round = 0; round < ROUNDS; round++) {
      md5 = perByte(this::digestMd5);
      encrypt = perByte(this::encrypted);
      commit = perByte(this::committed);
    }
  }

  /** Bytes a second of an object that is put with this expansion. */
  double put(double expansion) {
    return 1 / (md5 + encrypt + 2 * expansion * commit);
  }

  /** Bytes a second of an object that is read. */
  double get() {
    return 1 / encrypt;
  }

  private double perByte(Callable<Double> work)
      throws InterruptedException, GeneralSecurityException {
    long start = System.nanoTime();
    double bytes = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(cores)) {
      for (Future<Double> part :
          threads.invokeAll(IntStream.range(0, cores).mapToObj(i -> work).toList())) {
        bytes += part.get();
      }
    } catch (ExecutionException e) {
      throw new GeneralSecurityException(e.getCause());
    }
    return (System.nanoTime() - start) / NANOS / bytes;
  }

  private Double digestMd5() throws GeneralSecurityException {
    MessageDigest digest = MessageDigest.getInstance("MD5");
    double bytes = 0;
    for (long end = System.nanoTime() + ROUND_NANOS; System.nanoTime() < end; bytes += BLOCK) {
      digest.update(block);
    }
    return bytes;
  }

  private Double encrypted() throws GeneralSecurityException {
    SecretKeySpec key = new SecretKeySpec(new byte[32], "AES");
    byte[] out = new byte[BLOCK + 16];
    double bytes = 0;
    for (long end = System.nanoTime() + ROUND_NANOS; System.nanoTime() < end; bytes += BLOCK) {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      byte[] nonce = new byte[12];
      ByteBuffer.wrap(nonce).putDouble(bytes);
      cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, nonce));
      cipher.doFinal(block, 0, BLOCK, out);
    }
    return bytes;
  }

  private Double committed() throws GeneralSecurityException {
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256", "SUN");
    byte[] nodes = block.clone();
    double bytes = 0;
    for (long end = System.nanoTime() + ROUND_NANOS; System.nanoTime() < end; ) {
      for (int at = 0; at < BLOCK; at += NODE) {
        sha256.update(nodes, at, NODE);
        sha256.digest(nodes, at, 32);
        bytes += RAW_BYTES_PER_NODE;
      }
    }
    return bytes;
  }
}
