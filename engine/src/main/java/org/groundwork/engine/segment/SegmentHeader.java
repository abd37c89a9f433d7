package org.groundwork.engine.segment;

import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.DeploymentId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Malformed;

/**
 * Whose segment it is.
 *
 * @param number counts the segments of this gateway and epoch
 */
public record SegmentHeader(
    DeploymentId deployment, AccountId gateway, EpochNumber epoch, long number) {
  /** Bytes of a header at the start of a segment. */
  public static final int SIZE = 4 + 32 + 20 + 8 + 8;

  private static final Bytes MAGIC = Bytes.of((byte) 'G', (byte) 'W', (byte) 'S', (byte) '1');

  public SegmentHeader {
    if (number < 0) {
      throw new IllegalArgumentException("segments are numbered from 0, not " + number);
    }
  }

  void write(CanonicalWriter out) {
    out.raw(MAGIC).hash(deployment.hash()).account(gateway).u64(epoch.value()).u64(number);
  }

  public static SegmentHeader read(CanonicalReader in) throws Malformed {
    if (!in.raw(MAGIC.size()).equals(MAGIC)) {
      throw new Malformed("not a segment");
    }
    DeploymentId deployment = new DeploymentId(in.hash());
    AccountId gateway = in.account();
    long epoch = in.count();
    if (epoch > 0xFFFF_FFFFL) {
      throw new Malformed("epoch out of range: " + epoch);
    }
    return new SegmentHeader(deployment, gateway, new EpochNumber(epoch), in.count());
  }
}
