package org.groundwork.networks.sensing.data;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Report;

/**
 * What gateways, verifiers and the chain make public. Each method may block, and throws {@link
 * IOException} when nobody answers.
 */
public interface PublicRecords {
  /**
   * A result that the chain accepted.
   *
   * @param hash of its statement
   * @param isFinal whether it cannot be voided any more
   */
  record Accepted(EpochNumber epoch, Hash hash, boolean isFinal) {}

  /**
   * What a result says.
   *
   * @param reports that it accepted, of all epochs that it covers
   * @param unpaid scope deals of which a charge was not paid in full
   */
  record Judged(List<Report> reports, Set<Hash> unpaid) {
    public Judged {
      reports = List.copyOf(reports);
      unpaid = Set.copyOf(unpaid);
    }
  }

  /** The segments that gateways have sealed in an epoch so far. */
  List<Hash> sealed(EpochNumber epoch) throws IOException;

  /** The reports in a segment; empty if nobody has it now. */
  Optional<List<Report>> reports(Hash segment) throws IOException;

  /** The accepted results of the last epochs, ascending. */
  List<Accepted> accepted() throws IOException;

  /** The reports and charges of a result; empty if nobody publishes it now. */
  Optional<Judged> judged(Accepted result) throws IOException;
}
