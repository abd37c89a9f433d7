package org.groundwork.engine.facts;

import java.util.Optional;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.crypto.PublicKey;

/** The registered keys by their hashes. */
@FunctionalInterface
public interface KeyDirectory {
  Optional<PublicKey> key(Hash keyHash);
}
