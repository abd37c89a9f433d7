package org.groundwork.engine;

import java.net.URI;
import org.groundwork.protocol.crypto.SignatureVerifier;

/** Runners beyond this machine, by the scheme of their address; found by ServiceLoader. */
public interface RunnerKind {
  String scheme();

  /**
   * A runner at this address.
   *
   * @param verifier for records whose key was not known when their facts were established
   * @throws IllegalArgumentException if the address is not one of this scheme
   */
  Runner open(URI address, Networks networks, SignatureVerifier verifier);
}
