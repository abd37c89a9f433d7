package org.groundwork.flink;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.groundwork.engine.Networks;
import org.groundwork.rules.ResourceNetwork;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A cluster somewhere else, to which jobs are sent. */
final class RemoteCluster implements FlinkRunner.Cluster {
  private static final Logger LOG = LoggerFactory.getLogger(RemoteCluster.class);

  private final URI address;
  private final JobManager manager;
  private final Networks networks;
  private @Nullable JobJar jar;

  RemoteCluster(URI address, Networks networks) {
    this.address = address;
    this.networks = networks;
    manager = new JobManager(address);
  }

  @Override
  public void run(String folder, int parallelism, JobFolder.Sizes sizes) throws IOException {
    JobJar program = jar();
    String id = manager.upload(program.name(), program.content());
    List<String> arguments =
        List.of(
            folder,
            String.valueOf(parallelism),
            String.valueOf(sizes.segments()),
            String.valueOf(sizes.devices()),
            String.valueOf(sizes.kept()));
    String job = manager.run(id, EpochJob.class.getName(), arguments);
    LOG.info("{} is judged by {} as job {}", folder, address, job);
    manager.await(job);
  }

  private synchronized JobJar jar() throws IOException {
    if (jar == null) {
      List<ResourceNetwork> installed =
          networks.kinds().stream().map(networks::of).flatMap(Optional::stream).toList();
      jar = JobJar.of(installed);
    }
    return jar;
  }
}
