package org.groundwork.flink;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.groundwork.engine.EpochPlan;
import org.groundwork.engine.EpochResult;
import org.groundwork.engine.Networks;
import org.groundwork.engine.ResultPlan;
import org.groundwork.engine.Runner;
import org.groundwork.engine.UnknownRules;
import org.groundwork.engine.carry.CarrySnapshot;
import org.groundwork.engine.facts.FactsSource;
import org.groundwork.engine.index.IndexSource;
import org.groundwork.engine.scratch.Scratch;
import org.groundwork.engine.steps.Closing;
import org.groundwork.engine.steps.Covering;
import org.groundwork.engine.steps.EpochInputs;
import org.groundwork.engine.steps.EpochSteps;
import org.groundwork.engine.steps.VerdictBook;
import org.groundwork.protocol.crypto.SignatureVerifier;

/** Judges an epoch's devices and groups on a Flink cluster, and closes the epoch here. */
public final class FlinkRunner implements Runner {
  /** Runs a job whose folder is laid out, to its end. */
  interface Cluster {
    void run(String folder, int parallelism, JobFolder.Sizes sizes) throws IOException;
  }

  private final FlinkSettings settings;
  private final Networks networks;
  private final SignatureVerifier verifier;
  private final Cluster cluster;

  public FlinkRunner(FlinkSettings settings, Networks networks, SignatureVerifier verifier) {
    this(settings, networks, verifier, new RemoteCluster(settings.jobManager(), networks));
  }

  FlinkRunner(
      FlinkSettings settings, Networks networks, SignatureVerifier verifier, Cluster cluster) {
    this.settings = settings;
    this.networks = networks;
    this.verifier = verifier;
    this.cluster = cluster;
  }

  @Override
  public EpochResult run(
      ResultPlan plan, FactsSource segments, IndexSource indexes, CarrySnapshot carry)
      throws IOException, UnknownRules {
    return Covering.run(plan, carry, (epoch, running) -> run(epoch, segments, indexes, running));
  }

  private EpochResult run(
      EpochPlan plan, FactsSource segments, IndexSource indexes, CarrySnapshot carry)
      throws IOException, UnknownRules {
    EpochSteps steps = new EpochSteps(plan, networks, verifier);
    Scratch scratch = Scratch.temporary();
    EpochInputs inputs = EpochInputs.gather(plan, indexes, segments);
    JobFolder folder = JobFolder.create(settings.shared(), plan);
    try {
      JobFolder.Sizes sizes = folder.write(steps, inputs, segments, carry);
      cluster.run(folder.path().toString(), settings.parallelism(), sizes);
      JobFolder.Results found = folder.results(steps, settings.parallelism());
      VerdictBook verdicts = new VerdictBook(inputs.segments(), scratch);
      found.verdicts().forEach(verdicts::reject);
      return new Closing(steps, inputs, carry, scratch)
          .close(verdicts, found.devices(), found.groups(), found.lowerings());
    } catch (UncheckedIOException e) {
      throw new IOException("what the job left in " + folder.path(), e);
    } finally {
      folder.delete();
    }
  }
}
