package org.groundwork.node.wire;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.groundwork.engine.index.SegmentIndex;
import org.groundwork.engine.index.SlotSignature;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Promise;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.crypto.AccountKey;

/**
 * What nodes ask each other. Answers are checked for form only; their truth is for the caller to
 * judge. Each method waits for the answer, and throws {@link IOException} if none comes: the peer
 * may have acted all the same.
 */
public interface Peer {
  /** Hands a segment to a verifier; its word when it arrived. */
  SlotSignature putSegment(
      SigningDomain domain, AccountKey gateway, InstantSource clock, Hash segment, Bytes compressed)
      throws IOException;

  /** Asks a verifier to certify an index. */
  IndexCertificate certify(
      SigningDomain domain, AccountKey gateway, InstantSource clock, SegmentIndex index)
      throws IOException;

  /** The certificates that a verifier has given in an epoch. */
  List<IndexCertificate> certificates(EpochNumber epoch) throws IOException;

  /** A segment as it is stored; empty if the node does not have it. */
  Optional<Bytes> segment(Hash segment) throws IOException;

  /** An encoded index; empty if the node does not have it. */
  Optional<Bytes> index(Hash index) throws IOException;

  /** A carry snapshot as a file; empty if the node does not have it. */
  Optional<Bytes> carry(Hash root) throws IOException;

  /** What the node's verifier signed for an epoch; empty if nothing yet. */
  Optional<SignedStatement> statement(EpochNumber epoch) throws IOException;

  /** A verifier's word that it is here in an epoch without a result; empty if it says nothing. */
  Optional<SignedPresence> presence(EpochNumber epoch) throws IOException;

  /**
   * Asks a verifier to sign that a promise was broken.
   *
   * @throws PeerException with the code {@code promise.kept} if it was not
   */
  BrokenPromise brokenPromise(Promise promise) throws IOException;
}
