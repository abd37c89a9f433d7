package org.groundwork.engine.audit;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.groundwork.engine.EpochPlan;
import org.groundwork.engine.EpochResult;
import org.groundwork.engine.ResultPlan;
import org.groundwork.engine.Runner;
import org.groundwork.engine.UnknownRules;
import org.groundwork.engine.carry.CarrySnapshot;
import org.groundwork.engine.facts.FactsMaker;
import org.groundwork.engine.facts.FactsSource;
import org.groundwork.engine.index.IndexSource;
import org.groundwork.engine.index.SegmentIndex;
import org.groundwork.engine.scratch.Scratch;
import org.groundwork.engine.segment.Segment;
import org.groundwork.protocol.EpochStatement;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.crypto.PublicKey;
import org.groundwork.protocol.crypto.VerifyPool;

/** Recomputes an accepted result from the chain and public files, and trusts neither's author. */
public final class Audit {
  private final Runner runner;
  private final VerifyPool pool;
  private final Scratch scratch;

  public Audit(Runner runner, VerifyPool pool) {
    this(runner, pool, Scratch.temporary());
  }

  /**
   * An audit with a folder of its own.
   *
   * @param scratch for the facts of the segments that it fetches
   */
  public Audit(Runner runner, VerifyPool pool, Scratch scratch) {
    this.runner = runner;
    this.pool = pool;
    this.scratch = scratch;
  }

  /**
   * Audits one result.
   *
   * @param plan rebuilt from the chain
   * @param carryRoot of the accepted result before; ignored for the first result
   * @param accepted what the chain accepted
   * @throws IOException if a public file that is needed cannot be had
   */
  public AuditReport audit(
      ResultPlan plan, Hash carryRoot, EpochStatement accepted, PublicFiles files)
      throws IOException, UnknownRules {
    EpochResult computed = recompute(plan, carryRoot, files);
    Differences differences = new Differences();
    differences.statements(computed.statement(), accepted);
    Optional<EpochResult> published = files.result(plan.epoch());
    published.ifPresent(result -> differences.results(computed, result));
    return new AuditReport(computed, differences.found());
  }

  /** What the public files come to, beside nothing. */
  public EpochResult recompute(ResultPlan plan, Hash carryRoot, PublicFiles files)
      throws IOException, UnknownRules {
    IndexSource indexes = indexes(files);
    try (FetchedFacts facts = new FetchedFacts(plan, indexes, segment(plan, files))) {
      return runner.run(plan, facts, indexes, carry(plan, carryRoot, files));
    }
  }

  private static CarrySnapshot carry(ResultPlan plan, Hash root, PublicFiles files)
      throws IOException {
    if (plan.own().parent().equals(Hash.ZERO)) {
      return CarrySnapshot.EMPTY;
    }
    CarrySnapshot carry =
        files.carry(root).orElseThrow(() -> new IOException("no carry with root " + root));
    requireHash("carry", root, carry.root());
    return carry;
  }

  private static IndexSource indexes(PublicFiles files) {
    return hash -> {
      Optional<SegmentIndex> index = files.index(hash);
      if (index.isPresent()) {
        requireHash("index", hash, index.get().hash());
      }
      return index;
    };
  }

  /** Fetches a segment, checks it, and establishes its facts. */
  private FactsSource segment(ResultPlan plan, PublicFiles files) {
    Map<Hash, PublicKey> keys = new HashMap<>();
    for (EpochPlan epoch : plan.epochs()) {
      epoch.devices().forEach(device -> keys.put(device.key().hash(), device.key()));
    }
    FactsMaker maker = new FactsMaker(hash -> Optional.ofNullable(keys.get(hash)), pool);
    return hash -> {
      Segment segment =
          files.segment(hash).orElseThrow(() -> new IOException("no segment " + hash));
      requireHash("segment", hash, segment.hash());
      return maker.establish(segment, scratch);
    };
  }

  private static void requireHash(String what, Hash wanted, Hash got) throws IOException {
    if (!wanted.equals(got)) {
      throw new IOException("the public " + what + " " + wanted + " is really " + got);
    }
  }
}
