package org.groundwork.engine.audit;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.groundwork.engine.EpochPlan;
import org.groundwork.engine.EpochResult;
import org.groundwork.engine.Networks;
import org.groundwork.engine.PublishedResult;
import org.groundwork.engine.ResultPlan;
import org.groundwork.engine.Runner;
import org.groundwork.engine.UnknownRules;
import org.groundwork.engine.audit.AuditFailure.Kind;
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

/** Recomputes accepted results from the chain and public files, and trusts neither's author. */
public final class Audit {
  private final Networks networks;
  private final Runner runner;
  private final VerifyPool pool;
  private final Scratch scratch;

  public Audit(Networks networks, Runner runner, VerifyPool pool) {
    this(networks, runner, pool, Scratch.temporary());
  }

  /**
   * An audit with a folder of its own.
   *
   * @param scratch for the facts of the segments that it fetches
   */
  public Audit(Networks networks, Runner runner, VerifyPool pool, Scratch scratch) {
    this.networks = networks;
    this.runner = runner;
    this.pool = pool;
    this.scratch = scratch;
  }

  /**
   * Audits one result, down to the records of what is published.
   *
   * @param plan rebuilt from the chain
   * @param carryRoot of the accepted result before; ignored for the first result
   * @param accepted what the chain accepted
   * @throws AuditFailure if a public file that is needed cannot be had, or rules are unknown
   */
  public AuditReport audit(
      ResultPlan plan, Hash carryRoot, EpochStatement accepted, PublicFiles files)
      throws IOException {
    boolean first = plan.own().parent().equals(Hash.ZERO);
    CarrySnapshot before = first ? CarrySnapshot.EMPTY : carry(carryRoot, files);
    return audit(List.of(new AuditStep(plan, accepted)), before, files, true);
  }

  /**
   * Audits results that follow each other; stops at the first that differs.
   *
   * @param steps in the order of their epochs, each the next result after the one before
   * @param before the carry before the first of them
   * @param published whether to compare what is published of the last one, too
   * @return about the last one, or the first that differs
   * @throws AuditFailure if a public file that is needed cannot be had, or rules are unknown
   */
  public AuditReport audit(
      List<AuditStep> steps, CarrySnapshot before, PublicFiles files, boolean published)
      throws IOException {
    CarrySnapshot carry = before;
    for (int i = 0; i < steps.size() - 1; i++) {
      AuditReport report = audit(steps.get(i), carry, files, published, false);
      if (!report.isEqual()) {
        return report;
      }
      carry = report.recomputed().carry();
    }
    return audit(steps.getLast(), carry, files, published, true);
  }

  private AuditReport audit(
      AuditStep step, CarrySnapshot before, PublicFiles files, boolean published, boolean last)
      throws IOException {
    ResultPlan plan = step.plan();
    EpochResult computed = run(plan, before, files);
    Differences differences = new Differences(networks, plan, files);
    differences.statements(computed.statement(), step.accepted());
    boolean details = published && (last || !differences.found().isEmpty());
    Optional<PublishedResult> theirs =
        details ? files.result(plan.epoch(), step.accepted().structHash()) : Optional.empty();
    if (theirs.isPresent()) {
      differences.results(computed, theirs.get());
    }
    return new AuditReport(computed, differences.found(), theirs.isPresent());
  }

  /** What the public files come to, beside nothing. */
  public EpochResult recompute(ResultPlan plan, Hash carryRoot, PublicFiles files)
      throws IOException {
    boolean first = plan.own().parent().equals(Hash.ZERO);
    return run(plan, first ? CarrySnapshot.EMPTY : carry(carryRoot, files), files);
  }

  private EpochResult run(ResultPlan plan, CarrySnapshot before, PublicFiles files)
      throws IOException {
    IndexSource indexes = indexes(files);
    try (FetchedFacts facts = new FetchedFacts(plan, indexes, facts(plan, files))) {
      return runner.run(plan, facts, indexes, before);
    } catch (UnknownRules e) {
      throw new AuditFailure(
          Kind.UNKNOWN_RULES,
          "Epoch " + plan.epoch() + " cannot be judged by this program: " + e.getMessage(),
          e);
    }
  }

  /** The carry with this root, checked. */
  public static CarrySnapshot carry(Hash root, PublicFiles files) throws IOException {
    CarrySnapshot carry =
        files
            .carry(root)
            .orElseThrow(
                () -> new AuditFailure(Kind.FILE_MISSING, "Nobody has carry " + root + "."));
    requireHash("carry", root, carry.root());
    return carry;
  }

  private static IndexSource indexes(PublicFiles files) {
    return hash -> {
      SegmentIndex index =
          files
              .index(hash)
              .orElseThrow(
                  () -> new AuditFailure(Kind.FILE_MISSING, "Nobody has index " + hash + "."));
      requireHash("index", hash, index.hash());
      return Optional.of(index);
    };
  }

  private FactsSource facts(ResultPlan plan, PublicFiles files) {
    Map<Hash, PublicKey> keys = new HashMap<>();
    for (EpochPlan epoch : plan.epochs()) {
      epoch.devices().forEach(device -> keys.put(device.key().hash(), device.key()));
    }
    FactsMaker maker = new FactsMaker(hash -> Optional.ofNullable(keys.get(hash)), pool);
    return hash -> maker.establish(segment(hash, files), scratch);
  }

  /** The segment with this address, checked. */
  static Segment segment(Hash hash, PublicFiles files) throws IOException {
    Segment segment =
        files
            .segment(hash)
            .orElseThrow(
                () -> new AuditFailure(Kind.FILE_MISSING, "Nobody has segment " + hash + "."));
    requireHash("segment", hash, segment.hash());
    return segment;
  }

  private static void requireHash(String what, Hash wanted, Hash got) throws AuditFailure {
    if (!wanted.equals(got)) {
      throw new AuditFailure(
          Kind.WRONG_FILE, "The public " + what + " " + wanted + " is really " + got + ".");
    }
  }
}
