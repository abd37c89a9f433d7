package org.groundwork.protocol.crypto;

import org.groundwork.protocol.Bytes;

/** Says whether a signature is good. Safe for use by many threads; never throws on bad input. */
public interface SignatureVerifier {
  boolean verify(PublicKey key, byte[] message, Bytes signature);
}
