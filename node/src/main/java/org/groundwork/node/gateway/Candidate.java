package org.groundwork.node.gateway;

import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.ReportBody;
import org.groundwork.protocol.crypto.Sha256;

/**
 * A report whose body parsed.
 *
 * @param epoch of its sequence
 * @param hash the report's identity: the hash of its body
 */
record Candidate(Report report, EpochNumber epoch, Hash hash) {
  static Candidate of(Report report, ReportBody body) {
    Hash hash = Sha256.hash(report.body().unsafeArray());
    return new Candidate(report, body.sequence().epoch(), hash);
  }
}
