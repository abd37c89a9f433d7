package org.groundwork.flink;

import java.io.IOException;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Runs jobs in a cluster inside this process. */
final class MiniCluster implements FlinkRunner.Cluster {
  @Override
  public void run(String folder, int parallelism, JobFolder.Sizes sizes) throws IOException {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, EpochJob.configuration());
    EpochJob.define(env, folder, parallelism, sizes);
    try {
      env.execute();
    } catch (Exception e) {
      throw new IOException("job " + folder, e);
    }
  }
}
