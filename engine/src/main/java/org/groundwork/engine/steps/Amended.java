package org.groundwork.engine.steps;

import java.util.Iterator;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.engine.DeviceSummary;
import org.groundwork.engine.scratch.Scratch;
import org.groundwork.engine.scratch.SortedRuns;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Malformed;
import org.jspecify.annotations.Nullable;

/** What the second phase took from the accepted records of devices. */
final class Amended {
  private final EpochSteps steps;
  private final VerdictBook verdicts;
  private final SortedRuns lowered;

  Amended(EpochSteps steps, VerdictBook verdicts, Scratch scratch) {
    this.steps = steps;
    this.verdicts = verdicts;
    this.lowered = new SortedRuns(scratch);
  }

  /** Applies what the second phase said, in its order. */
  Amended apply(Iterable<Lowering> lowerings) {
    try (SortedRuns.Writer writer = lowered.writer()) {
      for (Lowering next : lowerings) {
        if (verdicts.lower(next.verdict())) {
          writer.add(
              key(next.device()),
              new CanonicalWriter()
                  .u32(next.network().value())
                  .u32(next.verdict().segment())
                  .u8(next.verdict().reason())
                  .toBytes());
        }
      }
    }
    lowered.finish();
    return this;
  }

  private static Bytes key(DeviceId device) {
    return new CanonicalWriter().u64(device.value()).toBytes();
  }

  /** The outcomes with what the second phase took from them; devices must ascend. */
  Iterator<DeviceOutcome> after(Iterator<DeviceOutcome> outcomes) {
    Iterator<SortedRuns.Entry> all = lowered.all();
    return new Iterator<>() {
      private SortedRuns.@Nullable Entry next = all.hasNext() ? all.next() : null;

      @Override
      public boolean hasNext() {
        return outcomes.hasNext();
      }

      @Override
      public DeviceOutcome next() {
        DeviceOutcome outcome = outcomes.next();
        if (next == null) {
          return outcome;
        }
        Bytes key = key(outcome.device());
        SortedMap<String, Long> counts = new TreeMap<>(outcome.verdicts());
        SortedMap<AccountId, Long> carried = new TreeMap<>(outcome.carried());
        while (next != null && next.key().equals(key)) {
          take(next.value(), counts, carried);
          next = all.hasNext() ? all.next() : null;
        }
        return outcome.with(counts, carried);
      }
    };
  }

  private void take(
      Bytes lowering, SortedMap<String, Long> counts, SortedMap<AccountId, Long> carried) {
    try {
      CanonicalReader in = new CanonicalReader(lowering);
      var network = in.network();
      AccountId gateway = verdicts.segment(Math.toIntExact(in.u32())).gateway();
      counts.merge(steps.reason(network, in.u8()).code(), 1L, Long::sum);
      counts.merge(DeviceSummary.ACCEPTED, -1L, (a, b) -> a + b == 0 ? null : a + b);
      carried.merge(gateway, -1L, Long::sum);
    } catch (Malformed e) {
      throw new IllegalStateException("a lowering that this run wrote", e);
    }
  }
}
