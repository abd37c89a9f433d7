package org.groundwork.node.verifier;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.groundwork.engine.EpochPlan;
import org.groundwork.engine.EpochResult;
import org.groundwork.engine.PostedIndex;
import org.groundwork.engine.PublishedResult;
import org.groundwork.engine.ResultPlan;
import org.groundwork.engine.Runner;
import org.groundwork.engine.SegmentVerdicts;
import org.groundwork.engine.UnknownRules;
import org.groundwork.engine.carry.CarrySnapshot;
import org.groundwork.engine.facts.FactsStore;
import org.groundwork.engine.index.IndexEntry;
import org.groundwork.engine.index.IndexStore;
import org.groundwork.engine.index.SegmentClock;
import org.groundwork.engine.index.SegmentIndex;
import org.groundwork.node.Retention;
import org.groundwork.node.chain.AcceptedResult;
import org.groundwork.node.chain.EpochChain;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges epochs, one after the other: what it missed and others settled first, then the next one,
 * which it signs.
 */
final class Judge {
  private static final Logger LOG = LoggerFactory.getLogger(Judge.class);

  /** Missed epochs that are judged again; older ones are taken as they were accepted. */
  static final int CATCH_UP = Retention.MIN_KEEP_EPOCHS - 1;

  private final EpochChain chain;
  private final Library library;
  private final IndexStore indexes;
  private final FactsStore facts;
  private final Runner runner;
  private final StatementBook book;
  private final Publication publication;
  private final MeterRegistry meters;
  private final Set<Hash> compared = new HashSet<>();

  Judge(
      EpochChain chain,
      Library library,
      IndexStore indexes,
      FactsStore facts,
      Runner runner,
      StatementBook book,
      Publication publication,
      MeterRegistry meters) {
    this.chain = chain;
    this.library = library;
    this.indexes = indexes;
    this.facts = facts;
    this.runner = runner;
    this.book = book;
    this.publication = publication;
    this.meters = meters;
  }

  /** Judges one epoch, if there is one to judge; whether there was. */
  boolean step() throws IOException {
    EpochNumber next = chain.nextEpoch();
    EpochNumber from = new EpochNumber(Math.max(0, next.value() - CATCH_UP));
    for (AcceptedResult accepted : chain.results(from, CATCH_UP)) {
      if (!publication.has(accepted.epoch(), accepted.attempt())) {
        catchUp(accepted);
        return true;
      }
      compare(accepted);
    }
    Optional<ResultPlan> plan = chain.plan(next);
    if (plan.isEmpty() || isSigned(plan.get())) {
      return false;
    }
    EpochResult result = judge(plan.get());
    publication.publish(plan.get(), result);
    book.sign(result.statement());
    LOG.info(
        "Epoch {}: judged, money root {}, {} devices",
        next,
        result.statement().moneyRoot(),
        result.devices().size());
    return true;
  }

  private boolean isSigned(ResultPlan plan) {
    return book.statement(plan.epoch())
        .filter(signed -> signed.statement().closeBlock().equals(plan.own().closeBlock()))
        .filter(signed -> signed.statement().parent().equals(plan.own().parent()))
        .filter(signed -> signed.statement().attempt() == plan.own().attempt())
        .filter(_ -> publication.has(plan.epoch(), plan.own().attempt()))
        .isPresent();
  }

  private void catchUp(AcceptedResult accepted) throws IOException {
    ResultPlan plan =
        chain
            .plan(accepted.epoch())
            .orElseThrow(() -> new IOException("epoch " + accepted.epoch() + " has no plan"));
    EpochResult result = judge(plan);
    publication.publish(plan, result);
    LOG.info("Epoch {}: judged after it was settled", accepted.epoch());
  }

  /** Says so, once, if others settled what this node does not find; lets go of the facts. */
  private void compare(AcceptedResult accepted) throws IOException {
    if (!compared.add(accepted.resultHash())) {
      return;
    }
    Optional<PublishedResult> own = publication.result(accepted.epoch());
    if (own.isPresent()) {
      for (SegmentVerdicts verdicts : own.get().segments()) {
        facts.forget(verdicts.segment());
      }
    }
    if (own.isPresent() && !own.get().statement().structHash().equals(accepted.resultHash())) {
      meters.counter("groundwork.results.differing").increment();
      LOG.error(
          "Epoch {}: the accepted result is {}, this node finds {}. Its rules or its files differ"
              + " from those of the others; it goes on from the accepted carry.",
          accepted.epoch(),
          accepted,
          own.get().statement());
    }
  }

  private EpochResult judge(ResultPlan plan) throws IOException {
    for (EpochPlan epoch : plan.epochs()) {
      gather(epoch);
    }
    CarrySnapshot before = carryBefore(plan.first());
    try {
      EpochResult result = runner.run(plan, facts, indexes, before);
      library.keep(plan.epoch(), result.carry());
      return result;
    } catch (UnknownRules e) {
      throw new IOException(
          "Epoch " + plan.epoch() + " cannot be judged here: " + e.getMessage(), e);
    }
  }

  private CarrySnapshot carryBefore(EpochNumber epoch) throws IOException {
    Optional<AcceptedResult> before = chain.resultBefore(epoch);
    return before.isEmpty()
        ? CarrySnapshot.EMPTY
        : library.carry(before.get().epoch(), before.get().carryRoot());
  }

  /** Fetches what is posted and not here. */
  private void gather(EpochPlan plan) throws IOException {
    SegmentClock clock = new SegmentClock(plan.domain(), plan.epoch(), plan.verifierWeights());
    for (PostedIndex posted : plan.posted()) {
      SegmentIndex index = library.index(plan.epoch(), posted.gateway(), posted.index());
      for (IndexEntry entry : index.entries()) {
        if (!library.hasSegment(entry.segment())
            && clock.slotOf(posted.gateway(), entry.segment(), entry.signatures()).isPresent()) {
          library.ensureSegment(plan.epoch(), posted.gateway(), entry.segment());
        }
      }
    }
  }
}
