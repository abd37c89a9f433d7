package org.groundwork.engine.steps;

import java.util.List;
import java.util.Optional;
import org.groundwork.engine.facts.SignatureState;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.DeploymentId;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.ReportBody;

/**
 * A record as bytes, for its way from who reads facts to who judges the device: device (u64),
 * sequence (u64), report hash (32), segment's rank (u32), number in the segment (u32), state of the
 * signature (u8), body (u32 length, bytes), and the signature (64) if its key was unknown. Compared
 * as unsigned bytes, records come in the order in which they are judged.
 */
public final class RecordBytes implements ArrivedRecord {
  private final InputSegment segment;
  private final int record;
  private final ReportBody body;
  private final Bytes encodedBody;
  private final Hash report;
  private final SignatureState state;
  private final Optional<Bytes> signature;

  private RecordBytes(CanonicalReader in, List<InputSegment> segments) throws Malformed {
    in.u64();
    in.u64();
    report = in.hash();
    segment = segments.get(Math.toIntExact(in.u32()));
    record = Math.toIntExact(in.u32());
    state = SignatureState.of(in.u8());
    encodedBody = in.bytes(ReportBody.MAX_SIZE);
    body = ReportBody.decode(encodedBody);
    signature =
        state == SignatureState.KEY_UNKNOWN
            ? Optional.of(in.raw(Report.SIGNATURE_SIZE))
            : Optional.empty();
    in.end();
  }

  public static Bytes encode(Placed placed) {
    Report signed = placed.signed();
    CanonicalWriter out =
        new CanonicalWriter()
            .u64(placed.device())
            .u64(placed.sequence())
            .hash(placed.report())
            .u32(placed.segment().rank())
            .u32(placed.record())
            .u8(placed.signature().number())
            .bytes(signed.body());
    if (placed.signature() == SignatureState.KEY_UNKNOWN) {
      out.raw(signed.signature());
    }
    return out.toBytes();
  }

  /** Reads what {@link #encode} wrote in this run. */
  public static RecordBytes decode(Bytes encoded, List<InputSegment> segments) {
    try {
      return new RecordBytes(new CanonicalReader(encoded), segments);
    } catch (Malformed e) {
      throw new IllegalStateException("a record that this run wrote", e);
    }
  }

  @Override
  public InputSegment segment() {
    return segment;
  }

  @Override
  public int record() {
    return record;
  }

  @Override
  public long device() {
    return body.device().value();
  }

  @Override
  public int network() {
    return body.network().value();
  }

  @Override
  public long sequence() {
    return body.sequence().value();
  }

  @Override
  public Hash report() {
    return report;
  }

  @Override
  public SignatureState signature() {
    return state;
  }

  @Override
  public boolean isOf(DeploymentId deployment) {
    return body.deployment().equals(deployment);
  }

  @Override
  public boolean claimsKey(Hash keyHash) {
    return body.keyHash().equals(keyHash);
  }

  @Override
  public Bytes payload() {
    return body.payload();
  }

  @Override
  public Report signed() {
    return new Report(encodedBody, signature.orElseThrow());
  }
}
