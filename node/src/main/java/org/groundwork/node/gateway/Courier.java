package org.groundwork.node.gateway;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import org.groundwork.engine.index.SlotSignature;
import org.groundwork.engine.segment.SegmentStore;
import org.groundwork.node.chain.EpochChain;
import org.groundwork.node.chain.Operator;
import org.groundwork.node.wire.PeerException;
import org.groundwork.node.wire.Peers;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.crypto.AccountKey;

/** Brings every segment to one verifier and keeps what it signs. */
final class Courier {
  private final AccountId verifier;
  private final AccountKey key;
  private final EpochChain chain;
  private final InstantSource clock;
  private final Peers peers;
  private final SegmentStore store;
  private final SealedLog sealed;
  private final DispatchLogs logs;

  Courier(
      AccountId verifier,
      AccountKey key,
      EpochChain chain,
      InstantSource clock,
      Peers peers,
      SegmentStore store,
      SealedLog sealed,
      DispatchLogs logs) {
    this.verifier = verifier;
    this.key = key;
    this.chain = chain;
    this.clock = clock;
    this.peers = peers;
    this.store = store;
    this.sealed = sealed;
    this.logs = logs;
  }

  /** Brings what is missing; whether anything was brought. */
  boolean step() throws IOException {
    boolean brought = false;
    for (EpochNumber epoch : Distribution.underWay(chain.schedule(), clock)) {
      Optional<Operator> operator =
          sealed.segments(epoch).isEmpty()
              ? Optional.empty()
              : chain.verifiers(epoch).member(verifier);
      if (operator.isPresent()) {
        brought |= bring(epoch, operator.get());
      }
    }
    return brought;
  }

  /** A segment that the verifier refuses does not keep the others from it. */
  private boolean bring(EpochNumber epoch, Operator operator) throws IOException {
    boolean brought = false;
    Optional<PeerException> refused = Optional.empty();
    DispatchLog log = logs.of(epoch);
    for (SealedSegment segment : sealed.segments(epoch)) {
      if (!log.isSignedBy(segment.segment(), verifier)) {
        try {
          log.addSignature(segment.segment(), bring(epoch, operator, segment.segment()));
          brought = true;
        } catch (PeerException e) {
          refused = Optional.of(e);
        }
      }
    }
    if (refused.isPresent()) {
      throw refused.get();
    }
    return brought;
  }

  private SlotSignature bring(EpochNumber epoch, Operator operator, Hash segment)
      throws IOException {
    Bytes content =
        store
            .compressed(segment)
            .orElseThrow(() -> new IOException("sealed segment " + segment + " is gone"));
    SlotSignature signature =
        peers.at(operator.endpoint()).putSegment(chain.domain(), key, clock, segment, content);
    if (!signature.verifier().equals(verifier)
        || !signature.isGenuine(chain.domain(), epoch, key.account(), segment)) {
      throw new IOException("verifier " + verifier + " answered with a wrong signature");
    }
    return signature;
  }
}
