package org.groundwork.flink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapPartitionFunction;
import org.apache.flink.api.java.tuple.Tuple1;
import org.apache.flink.util.Collector;
import org.groundwork.engine.UnknownRules;
import org.groundwork.engine.steps.GroupOutcome;
import org.groundwork.engine.steps.GroupPhase;
import org.groundwork.engine.steps.Lowering;
import org.groundwork.engine.steps.PlacedClaim;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.NetworkId;
import org.groundwork.rules.Carry;
import org.groundwork.rules.GroupKey;

/** The second phase over one part of the groups: writes outcomes and lowered verdicts. */
final class ReconcileTask extends RichMapPartitionFunction<Tuple1<byte[]>, Tuple1<byte[]>> {
  private final String folder;

  @SuppressWarnings("NullAway.Init") // by open
  private transient TaskEpoch epoch;

  ReconcileTask(String folder) {
    this.folder = folder;
  }

  @Override
  public void open(OpenContext context) throws IOException, UnknownRules {
    epoch = TaskEpoch.of(folder);
  }

  @Override
  public void mapPartition(Iterable<Tuple1<byte[]>> sorted, Collector<Tuple1<byte[]>> nothing)
      throws IOException {
    int task = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    JobFolder out = epoch.folder();
    Items items = new Items(sorted);
    try (PartFile.Writer outcomes = new PartFile.Writer(out.out(JobFolder.Output.GROUPS, task));
        PartFile.Writer lowerings =
            new PartFile.Writer(out.out(JobFolder.Output.LOWERINGS, task))) {
      while (items.hasNext()) {
        reconcile(items, outcomes, lowerings);
      }
      outcomes.finish();
      lowerings.finish();
    }
  }

  private void reconcile(Items items, PartFile.Writer outcomes, PartFile.Writer lowerings)
      throws IOException {
    byte[] first = items.peek();
    byte[] group = Arrays.copyOf(first, GroupItem.groupSize(first));
    NetworkId network = GroupItem.network(first);
    GroupKey key = GroupItem.groupKey(first);
    Carry kept = GroupItem.isClaim(first) ? Carry.NONE : GroupItem.toKept(items.take());
    Iterator<PlacedClaim> claims =
        items.takeWhile(item -> startsWith(item, group), GroupItem::toClaim);
    GroupPhase phase = epoch.steps().groups();
    GroupOutcome outcome =
        phase.reconcile(
            network, key, claims, kept, lowering -> add(lowerings, Bytes.wrap(group), lowering));
    outcomes.add(Bytes.wrap(group), outcome.encode());
  }

  private static boolean startsWith(byte[] item, byte[] group) {
    return item.length > group.length
        && Arrays.equals(item, 0, group.length, group, 0, group.length);
  }

  private static void add(PartFile.Writer out, Bytes group, Lowering lowering) {
    try {
      out.add(group, lowering.encode());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
