package org.groundwork.networks.storage.customer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.groundwork.protocol.Bytes;

/**
 * AES-256-GCM in frames of 64 KiB. The nonce of a frame is its stripe and its place, which a key
 * sees once: each object has a key of its own, which the master key wraps.
 */
final class StripeCipher {
  static final int FRAME = 64 * 1024;
  static final int TAG = 16;
  static final int KEY_SIZE = 32;

  private static final int NONCE = 12;

  /** Encrypted bytes of a stripe, and perhaps some behind them. */
  interface Source {
    long bytes() throws IOException;

    /** Copies bytes from {@code at} on to the front of an array. */
    void read(int at, byte[] into, int length) throws IOException;
  }

  private final SecretKeySpec key;

  StripeCipher(byte[] key) {
    if (key.length != KEY_SIZE) {
      throw new IllegalArgumentException("a key has 32 bytes");
    }
    this.key = new SecretKeySpec(key, "AES");
  }

  static byte[] newKey(SecureRandom random) {
    byte[] key = new byte[KEY_SIZE];
    random.nextBytes(key);
    return key;
  }

  /** Encrypted size of so many bytes of plaintext. */
  static int encryptedSize(int length) {
    return length + frames(length) * TAG;
  }

  private static int frames(int length) {
    return (length + FRAME - 1) / FRAME;
  }

  /** Encrypts a stripe; what is left of the shards stays as it is. */
  void encrypt(int stripe, byte[] plain, int length, Shards out) {
    byte[] buffer = new byte[FRAME + TAG];
    try {
      for (int frame = 0; frame < frames(length); frame++) {
        int from = frame * FRAME;
        int size = Math.min(FRAME, length - from);
        cipher(Cipher.ENCRYPT_MODE, stripe, frame).doFinal(plain, from, size, buffer, 0);
        out.write(frame * (FRAME + TAG), buffer, size + TAG);
      }
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Decrypts a stripe.
   *
   * @param length plaintext bytes of the stripe
   * @throws GeneralSecurityException if a frame was tampered with
   */
  byte[] decrypt(int stripe, Source encrypted, int length)
      throws IOException, GeneralSecurityException {
    if (encryptedSize(length) > encrypted.bytes()) {
      throw new GeneralSecurityException("too short");
    }
    byte[] out = new byte[length];
    byte[] buffer = new byte[FRAME + TAG];
    for (int frame = 0; frame < frames(length); frame++) {
      int start = frame * FRAME;
      int size = Math.min(FRAME, length - start);
      encrypted.read(frame * (FRAME + TAG), buffer, size + TAG);
      cipher(Cipher.DECRYPT_MODE, stripe, frame).doFinal(buffer, 0, size + TAG, out, start);
    }
    return out;
  }

  /** Encrypts an object's key with this one. */
  Bytes wrap(byte[] objectKey, SecureRandom random) {
    return seal(Bytes.wrap(objectKey), random);
  }

  /**
   * Decrypts an object's key.
   *
   * @throws GeneralSecurityException if this is not the key that wrapped it
   */
  byte[] unwrap(Bytes wrapped) throws GeneralSecurityException {
    if (wrapped.size() != NONCE + KEY_SIZE + TAG) {
      throw new GeneralSecurityException("not a wrapped key");
    }
    return open(wrapped).unsafeArray();
  }

  /** Encrypts something small with a random nonce, which comes first. */
  Bytes seal(Bytes content, SecureRandom random) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(8 * TAG, nonce));
      byte[] sealed = cipher.doFinal(content.unsafeArray());
      return Bytes.wrap(ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Decrypts what {@link #seal} made.
   *
   * @throws GeneralSecurityException if it was changed, or made with another key
   */
  Bytes open(Bytes sealed) throws GeneralSecurityException {
    if (sealed.size() < NONCE + TAG) {
      throw new GeneralSecurityException("too short");
    }
    byte[] content = sealed.unsafeArray();
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(8 * TAG, content, 0, NONCE));
    return Bytes.wrap(cipher.doFinal(content, NONCE, content.length - NONCE));
  }

  private Cipher cipher(int mode, int stripe, int frame) throws GeneralSecurityException {
    byte[] nonce = ByteBuffer.allocate(NONCE).putInt(stripe).putLong(frame).array();
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(8 * TAG, nonce));
    return cipher;
  }
}
