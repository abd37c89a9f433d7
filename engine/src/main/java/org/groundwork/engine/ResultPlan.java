package org.groundwork.engine;

import java.util.List;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.crypto.Keccak256;

/**
 * The epochs that one result covers: skipped ones, if any, then its own.
 *
 * @param epochs one after the other; the dues stand in the first alone
 */
public record ResultPlan(List<EpochPlan> epochs) {
  public ResultPlan {
    epochs = List.copyOf(epochs);
    for (int i = 0; i < epochs.size(); i++) {
      EpochPlan plan = epochs.get(i);
      EpochPlan first = epochs.getFirst();
      if (plan.epoch().value() != first.epoch().value() + i
          || plan.attempt() != first.attempt()
          || !plan.parent().equals(first.parent())
          || plan.dues().isPresent() != (i == 0)) {
        throw new IllegalArgumentException(
            "epoch %s does not follow in one result".formatted(plan.epoch()));
      }
    }
    ResultDues dues = epochs.getFirst().dues().orElseThrow();
    if (!dues.first().equals(epochs.getFirst().epoch())
        || !dues.last().equals(epochs.getLast().epoch())) {
      throw new IllegalArgumentException("dues of other epochs: " + dues);
    }
  }

  /** A result that covers nothing but its own epoch. */
  public static ResultPlan of(EpochPlan plan) {
    return new ResultPlan(List.of(plan));
  }

  /** The plan of the result's own epoch. */
  public EpochPlan own() {
    return epochs.getLast();
  }

  public EpochNumber epoch() {
    return own().epoch();
  }

  public EpochNumber first() {
    return epochs.getFirst().epoch();
  }

  /** The contract's {@code coveredInputs}: each further epoch's inputs folded into the first's. */
  public Hash inputs() {
    Hash running = epochs.getFirst().inputs();
    for (EpochPlan next : epochs.subList(1, epochs.size())) {
      running = Keccak256.hash(running.toArray(), next.inputs().toArray());
    }
    return running;
  }
}
