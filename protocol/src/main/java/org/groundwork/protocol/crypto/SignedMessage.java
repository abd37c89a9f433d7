package org.groundwork.protocol.crypto;

import org.groundwork.protocol.Bytes;

/** What is to be verified: a message, and a signature that claims to be made over it by a key. */
public record SignedMessage(PublicKey key, Bytes message, Bytes signature) {}
