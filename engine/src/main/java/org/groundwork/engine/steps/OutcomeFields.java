package org.groundwork.engine.steps;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.engine.DeviceSummary;
import org.groundwork.engine.DeviceSummary.FaultLine;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.rules.Verdict;

/** The encodings that outcomes and summaries of devices share. */
final class OutcomeFields {
  private static final int MAX_TEXT_BYTES = 4 * Verdict.Rejected.MAX_EVIDENCE;

  private OutcomeFields() {}

  static Bytes encode(DeviceSummary summary) {
    CanonicalWriter out =
        new CanonicalWriter().u64(summary.device().value()).u32(summary.network().value());
    counts(out, summary.verdicts());
    counts(out, summary.faultCounts());
    faults(out, summary.faults());
    return out.u256(summary.charged().value()).u256(summary.paid().value()).toBytes();
  }

  static DeviceSummary decode(Bytes encoded) {
    try {
      CanonicalReader in = new CanonicalReader(encoded);
      return new DeviceSummary(
          new DeviceId(in.count()),
          in.network(),
          counts(in),
          counts(in),
          faults(in),
          new Credits(in.u256()),
          new TokenAmount(in.u256()));
    } catch (Malformed e) {
      throw new IllegalStateException("a summary that this run wrote", e);
    }
  }

  static void counts(CanonicalWriter out, SortedMap<String, Long> counts) {
    out.u32(counts.size());
    counts.forEach((code, count) -> {
      text(out, code);
      out.u64(count);
    });
  }

  static SortedMap<String, Long> counts(CanonicalReader in) throws Malformed {
    SortedMap<String, Long> counts = new TreeMap<>();
    for (long left = in.u32(); left > 0; left--) {
      counts.put(text(in), in.u64());
    }
    return counts;
  }

  static void faults(CanonicalWriter out, List<FaultLine> faults) {
    out.u32(faults.size());
    for (FaultLine fault : faults) {
      out.u64(fault.slot().value());
      text(out, fault.reason());
      text(out, fault.evidence());
    }
  }

  static List<FaultLine> faults(CanonicalReader in) throws Malformed {
    List<FaultLine> faults = new ArrayList<>();
    for (long left = in.u32(); left > 0; left--) {
      faults.add(new FaultLine(new SlotNumber(in.count()), text(in), text(in)));
    }
    return faults;
  }

  static void text(CanonicalWriter out, String text) {
    out.bytes(Bytes.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  static String text(CanonicalReader in) throws Malformed {
    return new String(in.bytes(MAX_TEXT_BYTES).unsafeArray(), StandardCharsets.UTF_8);
  }
}
