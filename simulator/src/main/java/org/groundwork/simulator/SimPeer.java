package org.groundwork.simulator;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.groundwork.engine.index.SegmentIndex;
import org.groundwork.engine.index.SlotSignature;
import org.groundwork.node.wire.ApiError;
import org.groundwork.node.wire.ApiException;
import org.groundwork.node.wire.BrokenPromise;
import org.groundwork.node.wire.IndexCertificate;
import org.groundwork.node.wire.Peer;
import org.groundwork.node.wire.SignedPresence;
import org.groundwork.node.wire.SignedStatement;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Promise;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.crypto.AccountKey;

/** One node, as another one reaches it: what its HTTP routes do, over a simulated link. */
final class SimPeer implements Peer {
  private final Links links;
  private final Machine from;
  private final Machine to;

  SimPeer(Links links, Machine from, Machine to) {
    this.links = links;
    this.from = from;
    this.to = to;
  }

  private VerifierMachine verifier() throws ApiException {
    if (to instanceof VerifierMachine verifier) {
      return verifier;
    }
    throw new ApiException(ApiError.NOT_FOUND);
  }

  @Override
  public SlotSignature putSegment(
      SigningDomain domain, AccountKey gateway, InstantSource clock, Hash segment, Bytes content)
      throws IOException {
    return links.call(
        from, to, "segment " + brief(segment), () -> verifier().receive(gateway, segment, content));
  }

  @Override
  public IndexCertificate certify(
      SigningDomain domain, AccountKey gateway, InstantSource clock, SegmentIndex index)
      throws IOException {
    return links.call(
        from, to, "certify " + brief(index.hash()), () -> verifier().certify(gateway, index));
  }

  @Override
  public List<IndexCertificate> certificates(EpochNumber epoch) throws IOException {
    return links.call(
        from,
        to,
        "certificates of " + epoch,
        () -> verifier().part().reception().certificates(epoch));
  }

  @Override
  public Optional<Bytes> segment(Hash segment) throws IOException {
    return links.call(
        from,
        to,
        "segment " + brief(segment) + "?",
        () ->
            to instanceof GatewayMachine gateway
                ? gateway.part().segment(segment)
                : verifier().segment(segment));
  }

  @Override
  public Optional<Bytes> index(Hash index) throws IOException {
    return links.call(
        from,
        to,
        "index " + brief(index) + "?",
        () ->
            to instanceof GatewayMachine gateway
                ? gateway.part().index(index)
                : verifier().part().index(index));
  }

  @Override
  public Optional<Bytes> carry(Hash root) throws IOException {
    return links.call(from, to, "carry " + brief(root) + "?", () -> verifier().part().carry(root));
  }

  @Override
  public Optional<SignedStatement> statement(EpochNumber epoch) throws IOException {
    return links.call(from, to, "statement of " + epoch, () -> verifier().statement(epoch));
  }

  @Override
  public Optional<SignedPresence> presence(EpochNumber epoch) throws IOException {
    return links.call(from, to, "presence in " + epoch, () -> verifier().part().presence(epoch));
  }

  @Override
  public BrokenPromise brokenPromise(Promise promise) throws IOException {
    return links.call(
        from, to, "broken promise?", () -> verifier().part().promises().check(promise));
  }

  private static String brief(Hash hash) {
    return hash.toHex().substring(2, 10);
  }
}
