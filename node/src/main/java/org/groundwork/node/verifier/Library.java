package org.groundwork.node.verifier;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.groundwork.engine.carry.CarrySnapshot;
import org.groundwork.engine.carry.CarryStore;
import org.groundwork.engine.index.IndexStore;
import org.groundwork.engine.index.SegmentIndex;
import org.groundwork.engine.segment.SegmentStore;
import org.groundwork.node.chain.EpochChain;
import org.groundwork.node.chain.Operator;
import org.groundwork.node.wire.Peer;
import org.groundwork.node.wire.Peers;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;

/**
 * Everything by its address: from this node's folders, else from the gateway it belongs to, else
 * from the other verifiers. What came from elsewhere is checked against its address and kept.
 */
final class Library {
  private final AccountId self;
  private final EpochChain chain;
  private final Peers peers;
  private final SegmentStore segments;
  private final IndexStore indexes;
  private final CarryStore carries;

  Library(
      AccountId self,
      EpochChain chain,
      Peers peers,
      SegmentStore segments,
      IndexStore indexes,
      CarryStore carries) {
    this.self = self;
    this.chain = chain;
    this.peers = peers;
    this.segments = segments;
    this.indexes = indexes;
    this.carries = carries;
  }

  /** One way to fetch something; throws {@link Malformed} if a peer sent something else. */
  private interface Fetch<T> {
    Optional<T> from(Peer peer) throws IOException, Malformed;
  }

  /** The posted index with this address. */
  SegmentIndex index(EpochNumber epoch, AccountId gateway, Hash hash) throws IOException {
    Optional<SegmentIndex> own = indexes.get(hash);
    if (own.isPresent()) {
      return own.get();
    }
    return fetch("index " + hash, epoch, gateway, peer -> fetchIndex(peer, hash));
  }

  private Optional<SegmentIndex> fetchIndex(Peer peer, Hash hash) throws IOException, Malformed {
    Optional<Bytes> encoded = peer.index(hash);
    if (encoded.isEmpty()) {
      return Optional.empty();
    }
    SegmentIndex index = SegmentIndex.decode(encoded.get());
    if (!index.hash().equals(hash)) {
      throw new Malformed("another index");
    }
    indexes.put(index);
    return Optional.of(index);
  }

  boolean hasSegment(Hash hash) {
    return segments.has(hash);
  }

  /** Sees to it that a segment is here. */
  void ensureSegment(EpochNumber epoch, AccountId gateway, Hash hash) throws IOException {
    if (!segments.has(hash)) {
      fetch("segment " + hash, epoch, gateway, peer -> fetchSegment(peer, hash));
    }
  }

  private Optional<Hash> fetchSegment(Peer peer, Hash hash) throws IOException, Malformed {
    Optional<Bytes> compressed = peer.segment(hash);
    if (compressed.isPresent()) {
      segments.receive(hash, new ByteArrayInputStream(compressed.get().unsafeArray()));
    }
    return compressed.map(_ -> hash);
  }

  /** The carry with this root, as the accepted result of an epoch left it. */
  CarrySnapshot carry(EpochNumber after, Hash root) throws IOException {
    Optional<CarrySnapshot> own = carries.get(root);
    if (own.isPresent()) {
      return own.get();
    }
    return fetch(
        "carry " + root, after.next(), AccountId.ZERO, peer -> fetchCarry(peer, after, root));
  }

  private Optional<CarrySnapshot> fetchCarry(Peer peer, EpochNumber after, Hash root)
      throws IOException, Malformed {
    Optional<Bytes> file = peer.carry(root);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    CarrySnapshot carry = CarryStore.decode(root, file.get());
    carries.put(after, carry);
    return Optional.of(carry);
  }

  /** Keeps the carry after an epoch. */
  void keep(EpochNumber after, CarrySnapshot carry) throws IOException {
    carries.put(after, carry);
  }

  private <T> T fetch(String what, EpochNumber epoch, AccountId gateway, Fetch<T> fetch)
      throws IOException {
    List<String> answers = new ArrayList<>();
    for (Operator holder : holders(epoch, gateway)) {
      try {
        Optional<T> found = fetch.from(peers.at(holder.endpoint()));
        if (found.isPresent()) {
          return found.get();
        }
        answers.add(holder.signer() + " does not have it");
      } catch (IOException | Malformed e) {
        answers.add(holder.signer() + ": " + e.getMessage());
      }
    }
    throw new IOException(what + " cannot be had: " + answers);
  }

  /** The gateway first, then the verifiers of the epoch. */
  private List<Operator> holders(EpochNumber epoch, AccountId gateway) throws IOException {
    List<Operator> holders = new ArrayList<>();
    chain.gateways(epoch).member(gateway).ifPresent(holders::add);
    for (Operator verifier : chain.verifiers(epoch).members()) {
      if (!verifier.signer().equals(self)) {
        holders.add(verifier);
      }
    }
    return holders;
  }
}
