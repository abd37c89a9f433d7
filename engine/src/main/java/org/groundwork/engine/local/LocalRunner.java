package org.groundwork.engine.local;

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
import org.groundwork.engine.steps.Covering;
import org.groundwork.engine.steps.EpochInputs;
import org.groundwork.engine.steps.EpochSteps;
import org.groundwork.protocol.crypto.SignatureVerifier;

/** Judges an epoch on this machine, on a fixed number of threads. */
public final class LocalRunner implements Runner {
  private final Networks networks;
  private final SignatureVerifier verifier;
  private final int threads;
  private final Scratch scratch;

  /**
   * A runner.
   *
   * @param verifier for records whose key was not known when their facts were established
   */
  public LocalRunner(Networks networks, SignatureVerifier verifier, int threads) {
    this(networks, verifier, threads, Scratch.temporary());
  }

  /**
   * A runner with a folder of its own.
   *
   * @param scratch for what an epoch needs that memory should not hold
   */
  public LocalRunner(Networks networks, SignatureVerifier verifier, int threads, Scratch scratch) {
    this.networks = networks;
    this.verifier = verifier;
    this.threads = threads;
    this.scratch = scratch;
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
    EpochInputs inputs = EpochInputs.gather(plan, indexes, segments);
    try (Workers workers = new Workers(threads)) {
      return new EpochRun(steps, inputs, carry, scratch).run(workers);
    } catch (UncheckedIOException e) {
      throw new IOException("an epoch cannot be judged", e);
    }
  }
}
