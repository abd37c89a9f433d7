package org.groundwork.flink;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.java.tuple.Tuple1;
import org.apache.flink.util.Collector;

/** From the number of a file of inputs to its items. */
final class PartItems implements FlatMapFunction<Long, Tuple1<byte[]>> {
  /** Which files. */
  enum Input {
    DEVICES,
    KEPT
  }

  private final String folder;
  private final Input input;

  PartItems(String folder, Input input) {
    this.folder = folder;
    this.input = input;
  }

  @Override
  public void flatMap(Long part, Collector<Tuple1<byte[]>> items) throws IOException {
    JobFolder job = new JobFolder(Path.of(folder));
    Path path =
        switch (input) {
          case DEVICES -> job.devices(part.intValue());
          case KEPT -> job.kept(part.intValue());
        };
    try (PartFile.Reader in = new PartFile.Reader(path)) {
      while (in.hasNext()) {
        items.collect(Tuple1.of(in.next().value().unsafeArray()));
      }
    }
  }
}
