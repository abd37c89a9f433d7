package org.groundwork.flink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapPartitionFunction;
import org.apache.flink.api.java.tuple.Tuple1;
import org.apache.flink.util.Collector;
import org.groundwork.engine.UnknownRules;
import org.groundwork.engine.steps.DevicePhase;
import org.groundwork.engine.steps.JudgedDevice;
import org.groundwork.engine.steps.Judgements;
import org.groundwork.engine.steps.PlacedClaim;
import org.groundwork.engine.steps.RecordBytes;
import org.groundwork.protocol.Bytes;

/** The first phase over one part of the devices: writes verdicts and outcomes, hands on claims. */
final class JudgeTask extends RichMapPartitionFunction<Tuple1<byte[]>, Tuple1<byte[]>> {
  private final String folder;

  @SuppressWarnings("NullAway.Init") // by open
  private transient TaskEpoch epoch;

  JudgeTask(String folder) {
    this.folder = folder;
  }

  @Override
  public void open(OpenContext context) throws IOException, UnknownRules {
    epoch = TaskEpoch.of(folder);
  }

  @Override
  public void mapPartition(Iterable<Tuple1<byte[]>> sorted, Collector<Tuple1<byte[]>> claims)
      throws IOException {
    int task = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    JobFolder out = epoch.folder();
    DevicePhase phase = epoch.steps().devices();
    Items items = new Items(sorted);
    try (PartFile.Writer verdicts = new PartFile.Writer(out.out(JobFolder.Output.VERDICTS, task));
        PartFile.Writer outcomes = new PartFile.Writer(out.out(JobFolder.Output.DEVICES, task))) {
      Judgements judgements = verdict -> add(verdicts, verdict.encode());
      while (items.hasNext()) {
        long device = DeviceItem.device(items.peek());
        if (DeviceItem.isRecord(items.peek())) {
          phase.rejectUnregistered(records(items, device), judgements);
          continue;
        }
        JudgedDevice judged =
            phase.judge(DeviceItem.toKnown(items.take()), records(items, device), judgements);
        outcomes.add(JobFolder.key(judged.outcome().device()), judged.outcome().encode());
        for (PlacedClaim claim : judged.claims()) {
          claims.collect(Tuple1.of(GroupItem.claim(claim)));
        }
      }
      verdicts.finish();
      outcomes.finish();
    }
  }

  private Iterator<RecordBytes> records(Items items, long device) {
    return items.takeWhile(
        item -> DeviceItem.device(item) == device,
        item -> RecordBytes.decode(DeviceItem.toRecord(item), epoch.segments()));
  }

  private static void add(PartFile.Writer out, Bytes value) {
    try {
      out.add(Bytes.EMPTY, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
