package org.groundwork.engine.facts;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.groundwork.engine.scratch.Scratch;
import org.groundwork.engine.segment.Segment;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.ReportBody;
import org.groundwork.protocol.crypto.PublicKey;
import org.groundwork.protocol.crypto.Sha256;
import org.groundwork.protocol.crypto.SignedMessage;
import org.groundwork.protocol.crypto.VerifyPool;

/** Establishes facts: hashes every body and verifies every signature, in batches. */
public final class FactsMaker {
  /** Records whose signatures are handed to the pool at once. */
  private static final int BATCH = 4096;

  private final KeyDirectory keys;
  private final VerifyPool pool;

  public FactsMaker(KeyDirectory keys, VerifyPool pool) {
    this.keys = keys;
    this.pool = pool;
  }

  /** The facts of a segment, in memory. */
  public SegmentFacts establish(Segment segment) throws IOException {
    try {
      return FactsFile.decode(MemorySegment.ofArray(encode(segment).unsafeArray()));
    } catch (Malformed e) {
      throw new IllegalStateException("facts that were just made", e);
    }
  }

  /** The facts of a segment, beyond the heap: for who has many, and needs them once. */
  public SegmentFacts establish(Segment segment, Scratch scratch) throws IOException {
    Bytes encoded = encode(segment);
    MemorySegment memory = scratch.memory(encoded.size());
    MemorySegment.copy(MemorySegment.ofArray(encoded.unsafeArray()), 0, memory, 0, encoded.size());
    try {
      return FactsFile.decode(memory);
    } catch (Malformed e) {
      throw new IllegalStateException("facts that were just made", e);
    }
  }

  /** The facts of a segment as a file. */
  Bytes encode(Segment segment) throws IOException {
    CanonicalWriter rows = new CanonicalWriter();
    for (int from = 0; from < segment.count(); from += BATCH) {
      writeRows(segment, from, Math.min(from + BATCH, segment.count()), rows);
    }
    return FactsFile.encode(segment, rows.toBytes());
  }

  private void writeRows(Segment segment, int from, int to, CanonicalWriter rows)
      throws IOException {
    List<SignedMessage> batch = new ArrayList<>(to - from);
    boolean[] known = new boolean[to - from];
    for (int i = from; i < to; i++) {
      Optional<PublicKey> key = keys.key(segment.body(i).keyHash());
      if (key.isPresent()) {
        known[i - from] = true;
        batch.add(signedMessage(key.get(), segment.report(i)));
      }
    }
    BitSet good = verify(batch);
    int verified = 0;
    for (int i = from; i < to; i++) {
      SignatureState state = SignatureState.KEY_UNKNOWN;
      if (known[i - from]) {
        state = good.get(verified++) ? SignatureState.GOOD : SignatureState.BAD;
      }
      rows.u32(segment.offset(i))
          .u32(state.number())
          .hash(Sha256.hash(segment.report(i).body().unsafeArray()));
    }
  }

  private BitSet verify(List<SignedMessage> batch) throws IOException {
    try {
      return pool.verify(batch);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while signatures were verified");
    }
  }

  /** What a report's signature is to be verified over. */
  public static SignedMessage signedMessage(PublicKey key, Report report) {
    Bytes message = Bytes.wrap(ReportBody.signingMessage(report.body()));
    return new SignedMessage(key, message, report.signature());
  }
}
