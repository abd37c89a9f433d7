package org.groundwork.flink;

import java.time.Duration;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.functions.MapPartitionFunction;
import org.apache.flink.api.common.functions.Partitioner;
import org.apache.flink.api.common.operators.Order;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.api.java.tuple.Tuple1;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** The job: from segments and what is known to verdicts and outcomes, in two sorted stages. */
public final class EpochJob {
  /** How often lost tasks are run again before the job fails. */
  private static final int RESTARTS = 10;

  private EpochJob() {}

  /**
   * Runs on the job manager.
   *
   * @param arguments the job's folder, parallelism, and how many segments, files of devices and
   *     files of kept groups are in it
   */
  public static void main(String[] arguments) throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration());
    define(
        env,
        arguments[0],
        Integer.parseInt(arguments[1]),
        new JobFolder.Sizes(
            Integer.parseInt(arguments[2]),
            Integer.parseInt(arguments[3]),
            Integer.parseInt(arguments[4])));
    env.execute("groundwork " + arguments[0]);
  }

  /** Batch mode, no types but bytes, lost tasks run again. */
  static Configuration configuration() {
    Configuration configuration = new Configuration();
    configuration.set(ExecutionOptions.RUNTIME_MODE, RuntimeExecutionMode.BATCH);
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(PipelineOptions.OBJECT_REUSE, false);
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, RESTARTS);
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofSeconds(1));
    return configuration;
  }

  static void define(
      StreamExecutionEnvironment env, String folder, int parallelism, JobFolder.Sizes sizes) {
    env.setParallelism(parallelism);
    PartItems known = new PartItems(folder, PartItems.Input.DEVICES);
    PartItems kept = new PartItems(folder, PartItems.Input.KEPT);
    DataStream<Tuple1<byte[]>> devices =
        source(env, "segments", sizes.segments(), new SegmentRecords(folder))
            .union(source(env, "devices", sizes.devices(), known));
    DataStream<Tuple1<byte[]>> claims =
        stage("judge", devices, new ByDevice(), new JudgeTask(folder), parallelism);
    DataStream<Tuple1<byte[]>> groups = claims.union(source(env, "kept", sizes.kept(), kept));
    stage("reconcile", groups, new ByGroup(), new ReconcileTask(folder), parallelism)
        .sinkTo(new DiscardingSink<>())
        .setParallelism(1);
  }

  /** Numbers from 0, and what each stands for; of nothing, a 0 that stands for nothing. */
  private static DataStream<Tuple1<byte[]>> source(
      StreamExecutionEnvironment env,
      String name,
      int count,
      FlatMapFunction<Long, Tuple1<byte[]>> read) {
    return env.fromSequence(0, Math.max(0, count - 1L))
        .name(name)
        .flatMap(read)
        .returns(SortedBytesType.ITEM)
        .name(name);
  }

  private static DataStream<Tuple1<byte[]>> stage(
      String name,
      DataStream<Tuple1<byte[]>> items,
      KeySelector<Tuple1<byte[]>, Integer> key,
      MapPartitionFunction<Tuple1<byte[]>, Tuple1<byte[]>> task,
      int parallelism) {
    return items
        .partitionCustom(new Spread(), key)
        .fullWindowPartition()
        .sortPartition("f0", Order.ASCENDING)
        .name("sort for " + name)
        .setParallelism(parallelism)
        .fullWindowPartition()
        .mapPartition(task)
        .returns(SortedBytesType.ITEM)
        .name(name)
        .setParallelism(parallelism);
  }

  private static final class ByDevice implements KeySelector<Tuple1<byte[]>, Integer> {
    @Override
    public Integer getKey(Tuple1<byte[]> item) {
      return Long.hashCode(DeviceItem.device(item.f0) * 0x9E3779B97F4A7C15L);
    }
  }

  private static final class ByGroup implements KeySelector<Tuple1<byte[]>, Integer> {
    @Override
    public Integer getKey(Tuple1<byte[]> item) {
      int hash = 1;
      int end = GroupItem.groupSize(item.f0);
      for (int i = 0; i < end; i++) {
        hash = 31 * hash + item.f0[i];
      }
      return hash * 0x9E3779B9;
    }
  }

  private static final class Spread implements Partitioner<Integer> {
    @Override
    public int partition(Integer key, int tasks) {
      return Math.floorMod(key >>> 8, tasks);
    }
  }
}
