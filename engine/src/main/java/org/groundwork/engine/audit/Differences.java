package org.groundwork.engine.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.groundwork.engine.DeviceSummary;
import org.groundwork.engine.EpochResult;
import org.groundwork.engine.Networks;
import org.groundwork.engine.PublishedResult;
import org.groundwork.engine.ResultPlan;
import org.groundwork.engine.SegmentVerdicts;
import org.groundwork.engine.audit.AuditReport.Difference;
import org.groundwork.engine.carry.CarrySnapshot;
import org.groundwork.protocol.EpochStatement;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.MoneyLeaf;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.ReportBody;
import org.groundwork.protocol.Total;
import org.groundwork.rules.Reason;

/** Compares results from the statement down to single records; the first of each kind is named. */
final class Differences {
  private static final String NOTHING = "nothing";

  private final Networks networks;
  private final ResultPlan plan;
  private final PublicFiles files;
  private final List<Difference> found = new ArrayList<>();

  /** Differences between results of one plan, whose segments are to be had from these files. */
  Differences(Networks networks, ResultPlan plan, PublicFiles files) {
    this.networks = networks;
    this.plan = plan;
    this.files = files;
  }

  List<Difference> found() {
    return List.copyOf(found);
  }

  void statements(EpochStatement computed, EpochStatement accepted) {
    compare("deployment", computed.deployment(), accepted.deployment());
    compare("epoch", computed.epoch(), accepted.epoch());
    compare("attempt", computed.attempt(), accepted.attempt());
    compare("close block", computed.closeBlock(), accepted.closeBlock());
    compare("parent", computed.parent(), accepted.parent());
    compare("inputs", computed.inputs(), accepted.inputs());
    compare("rules", computed.rules(), accepted.rules());
    firstOf("total", totals(computed), totals(accepted));
    compare("money root", computed.moneyRoot(), accepted.moneyRoot());
    compare("carry root", computed.carryRoot(), accepted.carryRoot());
  }

  void results(EpochResult result, PublishedResult published) throws IOException {
    PublishedResult computed = result.published();
    firstOf("money leaf", leaves(computed), leaves(published));
    if (!result.statement().carryRoot().equals(published.statement().carryRoot())) {
      carries(result.carry(), published.statement().carryRoot());
    }
    firstOf("device", devices(computed), devices(published));
    records(computed, published);
    compare("charges", computed.charges(), published.charges());
    compare("first epoch", computed.first(), published.first());
    compare("economy", computed.economy(), published.economy());
    compare("dust", computed.dust(), published.dust());
    compare("skipped", computed.skipped(), published.skipped());
  }

  /** The carry may be gone by now; then its root alone says that it differs. */
  private void carries(CarrySnapshot computed, Hash root) throws IOException {
    Optional<CarrySnapshot> published = files.carry(root);
    if (published.isPresent()) {
      firstOf("carry", computed.entries(), published.get().entries());
    }
  }

  private void records(PublishedResult computed, PublishedResult published) throws IOException {
    SortedMap<String, SegmentVerdicts> ours = verdicts(computed);
    SortedMap<String, SegmentVerdicts> theirs = verdicts(published);
    for (Map.Entry<String, SegmentVerdicts> entry : ours.entrySet()) {
      SegmentVerdicts other = theirs.get(entry.getKey());
      if (other != null && !other.equals(entry.getValue())) {
        record(entry.getValue(), other);
        return;
      }
    }
    firstOf("segment", ours, theirs);
  }

  private void record(SegmentVerdicts computed, SegmentVerdicts published) throws IOException {
    String where = "segment " + computed.segment();
    int count = Math.min(computed.reasons().size(), published.reasons().size());
    for (int i = 0; i < count; i++) {
      if (computed.reason(i) != published.reason(i)
          || !computed.evidence(i).equals(published.evidence(i))) {
        ReportBody body = Audit.segment(computed.segment(), files).body(i);
        add(
            "%s record %d, report %s:%s".formatted(where, i, body.device(), body.sequence()),
            verdict(computed, i, body.network()),
            verdict(published, i, body.network()));
        return;
      }
    }
    compare(where + " slot", computed.slot(), published.slot());
    compare(where + " gateway", computed.gateway(), published.gateway());
    compare(where + " records", computed.reasons().size(), published.reasons().size());
  }

  private String verdict(SegmentVerdicts verdicts, int record, NetworkId network) {
    int number = verdicts.reason(record);
    String code =
        number == SegmentVerdicts.ACCEPTED
            ? DeviceSummary.ACCEPTED
            : plan.own()
                .network(network)
                .flatMap(planned -> networks.reasons(planned.kind()).of(number))
                .map(Reason::code)
                .orElse("reason " + number);
    return (code + " " + verdicts.evidence(record)).strip();
  }

  private static SortedMap<String, SegmentVerdicts> verdicts(PublishedResult result) {
    SortedMap<String, SegmentVerdicts> verdicts = new TreeMap<>();
    result.segments().forEach(segment -> verdicts.put(segment.segment().toHex(), segment));
    return verdicts;
  }

  private static SortedMap<String, Object> totals(EpochStatement statement) {
    SortedMap<String, Object> totals = new TreeMap<>();
    for (Total total : statement.totals()) {
      totals.put(total.kind() + " of network " + total.network(), total.amount());
    }
    return totals;
  }

  private static SortedMap<String, Object> leaves(PublishedResult result) {
    SortedMap<String, Object> leaves = new TreeMap<>();
    for (MoneyLeaf leaf : result.leaves()) {
      String name = leaf.kind() + " of network " + leaf.network() + " for " + leaf.subject();
      leaves.put(name, leaf.cumulative());
    }
    return leaves;
  }

  private static SortedMap<Long, Object> devices(PublishedResult result) {
    SortedMap<Long, Object> devices = new TreeMap<>();
    for (DeviceSummary device : result.devices()) {
      devices.put(device.device().value(), device);
    }
    return devices;
  }

  /** Names the first key under which two maps differ. */
  private <K extends Comparable<K>> void firstOf(
      String what, SortedMap<K, ?> computed, SortedMap<K, ?> published) {
    TreeSet<K> keys = new TreeSet<>(computed.keySet());
    keys.addAll(published.keySet());
    for (K key : keys) {
      Object ours = computed.get(key);
      Object theirs = published.get(key);
      if (ours == null || !ours.equals(theirs)) {
        add(
            what + " " + key,
            ours == null ? NOTHING : ours.toString(),
            theirs == null ? NOTHING : theirs.toString());
        return;
      }
    }
  }

  private void compare(String where, Object computed, Object published) {
    if (!computed.equals(published)) {
      add(where, computed.toString(), published.toString());
    }
  }

  private void add(String where, String computed, String published) {
    found.add(new Difference(where, computed, published));
  }
}
