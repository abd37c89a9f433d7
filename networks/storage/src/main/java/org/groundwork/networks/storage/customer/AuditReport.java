package org.groundwork.networks.storage.customer;

import java.util.List;
import org.groundwork.networks.storage.wire.PieceCommitment;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Hash;

/**
 * What the holders of one stripe had.
 *
 * @param object whose stripe it is
 * @param stripe its place in the object
 * @param holders by the number of their piece; those that could not be asked are left out
 */
public record AuditReport(Hash object, int stripe, List<Holder> holders) {
  public AuditReport {
    holders = List.copyOf(holders);
  }

  /**
   * One holder.
   *
   * @param piece what it should hold
   */
  public record Holder(int number, DeviceId device, PieceCommitment piece, Finding finding) {}

  /** Those that do not have what they should. */
  public List<Holder> failures() {
    return holders.stream().filter(holder -> holder.finding().isFailure()).toList();
  }
}
