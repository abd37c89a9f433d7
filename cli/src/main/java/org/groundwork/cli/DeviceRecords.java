package org.groundwork.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.engine.PublishedResult;
import org.groundwork.engine.SegmentVerdicts;
import org.groundwork.engine.segment.Segment;
import org.groundwork.networks.storage.rules.StorageReport;
import org.groundwork.node.HttpPublicFiles;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.ReportBody;
import org.groundwork.settlement.chain.ChainState;

/** What a storage device reported, out of the segments that gateways and verifiers publish. */
final class DeviceRecords {
  /** A report and what it says. */
  record Found(Report report, ReportBody body, StorageReport said) {}

  /** Whether a report is one that is looked for. */
  interface Test {
    boolean fits(StorageReport said);
  }

  private final ChainLink link;
  private final PublicLedger ledger;
  private final DeviceId device;
  private final int results;

  /**
   * The reports of a device.
   *
   * @param results how many of the newest results to look at
   */
  DeviceRecords(ChainLink link, PublicLedger ledger, DeviceId device, int results) {
    this.link = link;
    this.ledger = ledger;
    this.device = device;
    this.results = results;
  }

  /**
   * Those that fit, of the newest results first.
   *
   * @param most after so many it looks no further
   */
  List<Found> find(Test test, int most) throws IOException {
    ChainState state = link.chain().stateNow();
    HttpPublicFiles files = link.publicFiles();
    List<Found> found = new ArrayList<>();
    for (PublishedResult result :
        RecentResults.from(ledger, state, state.latestResult(), results)) {
      for (SegmentVerdicts verdicts : result.segments()) {
        Optional<Segment> segment = files.segment(verdicts.segment());
        if (segment.isPresent()) {
          add(segment.get(), test, found);
        }
      }
      if (found.size() >= most) {
        break;
      }
    }
    return found;
  }

  private void add(Segment segment, Test test, List<Found> found) {
    for (int i = segment.firstOf(device); i < segment.count(); i++) {
      ReportBody body = segment.body(i);
      if (!body.device().equals(device)) {
        return;
      }
      try {
        StorageReport said = StorageReport.decode(body.payload());
        if (test.fits(said)) {
          found.add(new Found(segment.report(i), body, said));
        }
      } catch (Malformed e) {
        // Of another kind, such as a Hello.
      }
    }
  }
}
