package org.groundwork.flink;

import java.io.IOException;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.java.tuple.Tuple1;
import org.apache.flink.util.Collector;
import org.groundwork.engine.UnknownRules;
import org.groundwork.engine.facts.FactsFile;
import org.groundwork.engine.facts.SegmentFacts;
import org.groundwork.engine.steps.InputSegment;
import org.groundwork.engine.steps.Placed;
import org.groundwork.engine.steps.RecordBytes;
import org.groundwork.protocol.Malformed;

/** From a segment's rank to its records, each a {@link DeviceItem}. */
final class SegmentRecords extends RichFlatMapFunction<Long, Tuple1<byte[]>> {
  private final String folder;

  @SuppressWarnings("NullAway.Init") // by open
  private transient TaskEpoch epoch;

  SegmentRecords(String folder) {
    this.folder = folder;
  }

  @Override
  public void open(OpenContext context) throws IOException, UnknownRules {
    epoch = TaskEpoch.of(folder);
  }

  @Override
  public void flatMap(Long rank, Collector<Tuple1<byte[]>> items) throws IOException {
    if (rank >= epoch.segments().size()) {
      return;
    }
    InputSegment segment = epoch.segments().get(rank.intValue());
    SegmentFacts facts;
    try {
      facts = FactsFile.map(epoch.folder().facts(segment.rank()));
    } catch (Malformed e) {
      throw new IOException("the facts of segment " + segment.segment() + " are damaged", e);
    }
    for (int record = 0; record < facts.count(); record++) {
      Placed placed = new Placed(segment, facts, record);
      items.collect(Tuple1.of(DeviceItem.record(RecordBytes.encode(placed))));
    }
  }
}
