package org.groundwork.settlement.keys;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.bouncycastle.crypto.generators.SCrypt;
import org.groundwork.protocol.Bytes;

/** How a password becomes the 32 bytes that encrypt a key file. */
sealed interface KeyDerivation {
  int KEY_BYTES = 32;

  byte[] derive(Password password);

  /** Scrypt (RFC 7914). */
  record Scrypt(int n, int r, int p, Bytes salt) implements KeyDerivation {
    private static final int MAX_MEMORY_BYTES = 1 << 30;
    private static final int MAX_P = 16;
    private static final int BLOCK_BYTES = 128;

    /** RFC 7914, section 2: n below 2^(128 r / 8). */
    private static final int MAX_N_FOR_R_1 = 1 << 16;

    public Scrypt {
      boolean powerOfTwo = n > 1 && Integer.bitCount(n) == 1;
      if (!powerOfTwo || r < 1 || p < 1 || p > MAX_P) {
        throw new IllegalArgumentException("scrypt parameters n=%d r=%d p=%d".formatted(n, r, p));
      }
      if (r == 1 && n >= MAX_N_FOR_R_1) {
        throw new IllegalArgumentException("scrypt with r=1 allows n below 65536, not " + n);
      }
      if ((long) BLOCK_BYTES * n * r > MAX_MEMORY_BYTES) {
        throw new IllegalArgumentException("scrypt would need more than 1 GiB");
      }
    }

    @Override
    public byte[] derive(Password password) {
      return SCrypt.generate(password.bytes(), salt.toArray(), n, r, p, KEY_BYTES);
    }
  }

  /** PBKDF2 with HMAC-SHA-256: read, never written. */
  record Pbkdf2(int iterations, Bytes salt) implements KeyDerivation {
    private static final int MAX_ITERATIONS = 10_000_000;

    public Pbkdf2 {
      if (iterations < 1 || iterations > MAX_ITERATIONS) {
        throw new IllegalArgumentException("PBKDF2 with " + iterations + " iterations");
      }
    }

    @Override
    public byte[] derive(Password password) {
      char[] characters = new String(password.bytes(), StandardCharsets.UTF_8).toCharArray();
      try {
        return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
            .generateSecret(
                new PBEKeySpec(characters, salt.toArray(), iterations, KEY_BYTES * Byte.SIZE))
            .getEncoded();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
