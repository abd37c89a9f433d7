package org.groundwork.node.gateway;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.groundwork.engine.index.SlotSignature;
import org.groundwork.node.files.RecordLog;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.crypto.AccountSignatures;

/**
 * What became of the segments of one epoch: the verifiers' slot signatures, and the indexes that
 * were made of them. Durable; safe for use by many threads.
 */
final class DispatchLog implements Closeable {
  private static final int SIGNED = 0;
  private static final int INDEXED = 1;
  private static final int POSTED = 2;

  private final RecordLog log;
  private final Map<Hash, Map<AccountId, SlotSignature>> signatures = new TreeMap<>();
  private final List<Hash> indexes = new ArrayList<>();
  private final List<Hash> posted = new ArrayList<>();

  DispatchLog(Path file) throws IOException {
    log = RecordLog.open(file, this::restore);
  }

  synchronized boolean isSignedBy(Hash segment, AccountId verifier) {
    return signatures.getOrDefault(segment, Map.of()).containsKey(verifier);
  }

  /** The signatures for a segment, by verifier. */
  synchronized List<SlotSignature> signatures(Hash segment) {
    return List.copyOf(signatures.getOrDefault(segment, Map.of()).values());
  }

  synchronized Collection<AccountId> signers(Hash segment) {
    return List.copyOf(signatures.getOrDefault(segment, Map.of()).keySet());
  }

  synchronized List<Hash> indexes() {
    return List.copyOf(indexes);
  }

  synchronized boolean isPosted(Hash index) {
    return posted.contains(index);
  }

  synchronized void addSignature(Hash segment, SlotSignature signature) throws IOException {
    log.append(
        new CanonicalWriter()
            .u8(SIGNED)
            .hash(segment)
            .account(signature.verifier())
            .u64(signature.slot().value())
            .raw(signature.signature())
            .toBytes());
    remember(segment, signature);
  }

  synchronized void addIndex(Hash index) throws IOException {
    log.append(new CanonicalWriter().u8(INDEXED).hash(index).toBytes());
    indexes.add(index);
  }

  synchronized void markPosted(Hash index) throws IOException {
    log.append(new CanonicalWriter().u8(POSTED).hash(index).toBytes());
    posted.add(index);
  }

  @Override
  public void close() throws IOException {
    log.close();
  }

  private void restore(CanonicalReader in) throws Malformed {
    int kind = in.u8();
    Hash hash = in.hash();
    switch (kind) {
      case SIGNED -> remember(hash, readSignature(in));
      case INDEXED -> indexes.add(hash);
      case POSTED -> posted.add(hash);
      default -> throw new Malformed("kind " + kind);
    }
  }

  private static SlotSignature readSignature(CanonicalReader in) throws Malformed {
    return new SlotSignature(
        in.account(), new SlotNumber(in.count()), in.raw(AccountSignatures.SIZE));
  }

  private void remember(Hash segment, SlotSignature signature) {
    signatures.computeIfAbsent(segment, _ -> new TreeMap<>()).put(signature.verifier(), signature);
  }
}
