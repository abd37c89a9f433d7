package org.groundwork.rules;

import org.groundwork.protocol.BasisPoints;

/**
 * Rules take a share of a device's stake. Several slashes of one device and epoch add up, to all of
 * the stake at most; any of them forfeits the device's awards that are not payable yet.
 *
 * @param share of the stake at the epoch's opening, positive
 */
public record Slash(BasisPoints share, Reason reason, String evidence) {
  public Slash {
    if (share.value() == 0) {
      throw new IllegalArgumentException("a slash of nothing");
    }
    evidence = EvidenceText.of(evidence);
  }
}
