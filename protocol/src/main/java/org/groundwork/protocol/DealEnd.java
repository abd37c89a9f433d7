package org.groundwork.protocol;

/** The payer's word that a deal ends early: from the epoch after its report, nothing is charged. */
public record DealEnd(DeploymentId deployment, Hash deal) {
  private static final String TYPE = "DealEnd(bytes32 deployment,bytes32 deal)";

  public Hash structHash() {
    return new TypedData(TYPE).word(deployment.hash()).word(deal).structHash();
  }
}
