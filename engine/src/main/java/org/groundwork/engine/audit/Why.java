package org.groundwork.engine.audit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.groundwork.engine.DeviceSummary;
import org.groundwork.engine.Networks;
import org.groundwork.engine.PublishedResult;
import org.groundwork.engine.Reasons;
import org.groundwork.engine.SegmentVerdicts;
import org.groundwork.engine.segment.Segment;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Hello;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.ReportBody;
import org.groundwork.protocol.Sequence;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.crypto.Sha256;
import org.groundwork.rules.Kind;
import org.groundwork.rules.Reason;
import org.groundwork.rules.ResourceNetwork;

/** Explains a result to a device's owner: what happened, on what evidence, and what to do. */
public final class Why {
  /** The most records that are explained one by one. */
  public static final int MAX_RECORDS = 50;

  private final Networks networks;
  private final Map<NetworkId, Kind> kinds;

  /**
   * An explainer.
   *
   * @param kinds of the networks of the deployment
   */
  public Why(Networks networks, Map<NetworkId, Kind> kinds) {
    this.networks = networks;
    this.kinds = new TreeMap<>(kinds);
  }

  /** How often a reason was given. */
  public record Count(String code, long count, String happened, String remedy) {}

  /** Where segments come from. */
  @FunctionalInterface
  public interface Segments {
    Optional<Segment> get(Hash hash) throws IOException;
  }

  /** All that an epoch said of a device, with its first records that did not count. */
  public Explanation device(PublishedResult result, DeviceId device, Segments segments)
      throws IOException {
    return explain(result, device, segments, line -> !line.code().equals(DeviceSummary.ACCEPTED));
  }

  /** What became of one report of a device. */
  public Explanation report(
      PublishedResult result, DeviceId device, Sequence sequence, Segments segments)
      throws IOException {
    return explain(result, device, segments, line -> line.sequence().equals(sequence));
  }

  private Explanation explain(
      PublishedResult result,
      DeviceId device,
      Segments segments,
      Predicate<Explanation.RecordLine> wanted)
      throws IOException {
    Optional<DeviceSummary> summary =
        result.devices().stream().filter(d -> d.device().equals(device)).findFirst();
    Optional<Kind> kind = summary.map(DeviceSummary::network).map(kinds::get);
    Reasons reasons = kind.map(networks::reasons).orElseGet(() -> new Reasons(List.of()));
    Records records =
        records(result, device, segments, reasons, kind.flatMap(networks::of), wanted);
    return new Explanation(
        device,
        result.statement().epoch(),
        summary.map(DeviceSummary::charged).orElse(Credits.ZERO),
        summary.map(DeviceSummary::paid).orElse(TokenAmount.ZERO),
        counts(summary.map(DeviceSummary::verdicts).orElseGet(TreeMap::new), reasons),
        counts(summary.map(DeviceSummary::faultCounts).orElseGet(TreeMap::new), reasons),
        summary.map(DeviceSummary::faults).orElse(List.of()),
        result.charges().stream().filter(line -> line.device().equals(device)).toList(),
        result.economy().stream()
            .filter(line -> line.device().equals(Optional.of(device)))
            .toList(),
        records.lines(),
        records.segmentsGone());
  }

  private record Records(List<Explanation.RecordLine> lines, int segmentsGone) {}

  private static List<Count> counts(SortedMap<String, Long> byCode, Reasons reasons) {
    List<Count> counts = new ArrayList<>();
    byCode.forEach((code, count) -> {
      Optional<Reason> reason = reasons.of(code);
      counts.add(new Count(code, count, happened(reason), remedy(reason)));
    });
    return counts;
  }

  private static Records records(
      PublishedResult result,
      DeviceId device,
      Segments segments,
      Reasons reasons,
      Optional<ResourceNetwork> network,
      Predicate<Explanation.RecordLine> wanted)
      throws IOException {
    List<Explanation.RecordLine> lines = new ArrayList<>();
    int gone = 0;
    for (SegmentVerdicts verdicts : result.segments()) {
      Optional<Segment> kept = segments.get(verdicts.segment());
      if (kept.isEmpty()) {
        gone++;
        continue;
      }
      Segment segment = kept.get();
      for (int i = segment.firstOf(device); i < segment.count(); i++) {
        ReportBody body = segment.body(i);
        if (!body.device().equals(device) || lines.size() == MAX_RECORDS) {
          break;
        }
        Explanation.RecordLine line = line(verdicts, segment, i, body, reasons, network);
        if (wanted.test(line)) {
          lines.add(line);
        }
      }
    }
    return new Records(lines, gone);
  }

  private static Explanation.RecordLine line(
      SegmentVerdicts verdicts,
      Segment segment,
      int record,
      ReportBody body,
      Reasons reasons,
      Optional<ResourceNetwork> network) {
    int number = verdicts.reason(record);
    Optional<Reason> reason = reasons.of(number);
    String unknown =
        number == SegmentVerdicts.ACCEPTED ? DeviceSummary.ACCEPTED : "reason " + number;
    return new Explanation.RecordLine(
        body.sequence(),
        Sha256.hash(segment.report(record).body().unsafeArray()),
        verdicts.segment(),
        verdicts.slot(),
        reason.map(Reason::code).orElse(unknown),
        happened(reason),
        verdicts.evidence(record),
        remedy(reason),
        describe(body.payload(), network));
  }

  private static String describe(Bytes payload, Optional<ResourceNetwork> network) {
    if (payload.get(0) == Hello.TYPE) {
      return "Hello";
    }
    return network.map(known -> known.describe(payload)).orElse("");
  }

  private static String happened(Optional<Reason> reason) {
    return reason.map(Reason::happened).orElse("It counts.");
  }

  private static String remedy(Optional<Reason> reason) {
    return reason.map(Reason::remedy).orElse("Nothing to do.");
  }
}
