package org.groundwork.engine.steps;

import org.groundwork.engine.facts.SignatureState;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.DeploymentId;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.Sequence;
import org.groundwork.rules.RecordRef;

/**
 * A record of a segment that counts, wherever its bytes lie: {@link Placed} among mapped facts,
 * {@link RecordBytes} on its way between machines.
 */
public interface ArrivedRecord {
  InputSegment segment();

  /** Its number in the segment. */
  int record();

  long device();

  int network();

  /** To be compared as unsigned. */
  long sequence();

  /** The report's hash. */
  Hash report();

  SignatureState signature();

  boolean isOf(DeploymentId deployment);

  boolean claimsKey(Hash keyHash);

  Bytes payload();

  /**
   * Body and signature; to be had if the signature's state is {@link SignatureState#KEY_UNKNOWN}.
   */
  Report signed();

  default boolean isCopyOf(ArrivedRecord other) {
    return report().equals(other.report());
  }

  default RecordRef ref() {
    return new RecordRef(new DeviceId(device()), new Sequence(sequence()), report());
  }
}
