package org.groundwork.protocol.crypto;

import java.util.Arrays;

/** A known signature of each key type, accepted; the same over another message, refused. */
final class BackendSelfTest {
  private BackendSelfTest() {}

  /**
   * Tries a backend before it is trusted.
   *
   * @throws IllegalStateException if it gives a wrong answer
   */
  static void run(VerifierBackend backend) {
    byte[] secret = new byte[DeviceKey.SECRET_SIZE];
    Arrays.fill(secret, (byte) 1);
    byte[] message = new byte[] {1, 2, 3};
    byte[] other = new byte[] {1, 2, 4};
    for (KeyType type : KeyType.values()) {
      DeviceKey key = DeviceKey.fromSecret(type, secret);
      byte[] signature = key.sign(message).unsafeArray();
      VerifierBackend.LoadedKey loaded = backend.load(key.publicKey());
      if (!loaded.verify(message, signature) || loaded.verify(other, signature)) {
        throw new IllegalStateException(backend.name() + " fails its self-test for " + type);
      }
    }
  }
}
