package org.groundwork.protocol.crypto;

import org.groundwork.protocol.Bytes;

/** Signs as one device: a key in memory, or one that never leaves its chip. */
public interface MessageSigner {
  PublicKey publicKey();

  /** The 64 bytes of a signature over this message, hashed as the key's type says. */
  Bytes sign(byte[] message);
}
