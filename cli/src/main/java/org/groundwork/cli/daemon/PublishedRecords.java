package org.groundwork.cli.daemon;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.groundwork.engine.PublishedResult;
import org.groundwork.engine.SegmentVerdicts;
import org.groundwork.engine.money.ChargeLine;
import org.groundwork.engine.money.MoneyOutcome;
import org.groundwork.engine.segment.Segment;
import org.groundwork.networks.sensing.data.PublicRecords;
import org.groundwork.node.HttpPublicFiles;
import org.groundwork.node.wire.NodeClient;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.Report;
import org.groundwork.settlement.chain.ChainEvent;
import org.groundwork.settlement.chain.ChainState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the gateways and verifiers of a deployment publish about one network. */
final class PublishedRecords implements PublicRecords {
  private static final Logger LOG = LoggerFactory.getLogger(PublishedRecords.class);

  /** Results that a new server reads back to. */
  private static final int BACK = 64;

  private final ChainLink link;
  private final NetworkId network;

  PublishedRecords(ChainLink link, NetworkId network) {
    this.link = link;
    this.network = network;
  }

  @Override
  public List<Hash> sealed(EpochNumber epoch) throws IOException {
    Set<Hash> sealed = new TreeSet<>();
    for (NodeClient gateway : link.gatewayNodes()) {
      try {
        sealed.addAll(gateway.sealed(epoch));
      } catch (IOException e) {
        LOG.debug("{} says nothing of epoch {}: {}", gateway.base(), epoch, e.toString());
      }
    }
    return List.copyOf(sealed);
  }

  @Override
  public Optional<List<Report>> reports(Hash segment) throws IOException {
    return link.publicFiles().segment(segment).map(this::reports);
  }

  private List<Report> reports(Segment segment) {
    List<Report> reports = new ArrayList<>();
    for (int i = 0; i < segment.count(); i++) {
      if (segment.body(i).network().equals(network)) {
        reports.add(segment.report(i));
      }
    }
    return reports;
  }

  @Override
  public List<Accepted> accepted() throws IOException {
    ChainState state = link.chain().state();
    Optional<EpochNumber> newestFinal =
        state.finalisedResult().map(ChainEvent.ResultAccepted::epoch);
    List<Accepted> accepted = new ArrayList<>();
    Optional<ChainEvent.ResultAccepted> next = state.latestResult();
    while (next.isPresent() && accepted.size() < BACK) {
      EpochNumber epoch = next.get().epoch();
      boolean isFinal = newestFinal.filter(last -> epoch.compareTo(last) <= 0).isPresent();
      accepted.add(new Accepted(epoch, next.get().resultHash(), isFinal));
      next = state.resultBefore(epoch);
    }
    return accepted.reversed();
  }

  @Override
  public Optional<Judged> judged(Accepted result) throws IOException {
    HttpPublicFiles files = link.publicFiles();
    Optional<PublishedResult> published = files.result(result.epoch(), result.hash());
    if (published.isEmpty()) {
      return Optional.empty();
    }
    List<Report> reports = new ArrayList<>();
    for (SegmentVerdicts verdicts : published.get().segments()) {
      Optional<Segment> segment = files.segment(verdicts.segment());
      if (segment.isEmpty()) {
        return Optional.empty();
      }
      for (int i = 0; i < segment.get().count(); i++) {
        if (verdicts.reason(i) == SegmentVerdicts.ACCEPTED
            && segment.get().body(i).network().equals(network)) {
          reports.add(segment.get().report(i));
        }
      }
    }
    Set<Hash> unpaid = new HashSet<>();
    for (ChargeLine line : published.get().charges()) {
      if (line.network().equals(network)
          && line.kind() == ChargeLine.Kind.SCOPE
          && line.outcome() != MoneyOutcome.CHARGED) {
        unpaid.add(line.evidence());
      }
    }
    return Optional.of(new Judged(reports, unpaid));
  }
}
