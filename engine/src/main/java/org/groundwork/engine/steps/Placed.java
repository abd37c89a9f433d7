package org.groundwork.engine.steps;

import org.groundwork.engine.facts.SegmentFacts;
import org.groundwork.engine.facts.SignatureState;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.DeploymentId;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Report;

/** One record among the facts of its segment. */
public record Placed(InputSegment segment, SegmentFacts facts, int record)
    implements ArrivedRecord {
  @Override
  public long device() {
    return facts.device(record);
  }

  @Override
  public int network() {
    return facts.network(record);
  }

  @Override
  public long sequence() {
    return facts.sequence(record);
  }

  @Override
  public Hash report() {
    return facts.report(record);
  }

  @Override
  public SignatureState signature() {
    return facts.signature(record);
  }

  @Override
  public boolean isOf(DeploymentId deployment) {
    return facts.isOf(record, deployment);
  }

  @Override
  public boolean claimsKey(Hash keyHash) {
    return facts.claimsKey(record, keyHash);
  }

  @Override
  public Bytes payload() {
    return facts.payload(record);
  }

  @Override
  public Report signed() {
    return facts.signed(record);
  }
}
