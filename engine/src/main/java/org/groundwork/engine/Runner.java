package org.groundwork.engine;

import java.io.IOException;
import org.groundwork.engine.carry.CarrySnapshot;
import org.groundwork.engine.facts.FactsSource;
import org.groundwork.engine.index.IndexSource;

/** The pure function of the protocol: what an epoch means, from what the chain and files say. */
public interface Runner {
  /**
   * Judges the epochs that a result covers, one after the other, and pays for them.
   *
   * @param carry as the result before left it
   * @throws IOException if an index or a segment cannot be had
   * @throws UnknownRules if a network's rules are not installed here
   */
  EpochResult run(ResultPlan plan, FactsSource segments, IndexSource indexes, CarrySnapshot carry)
      throws IOException, UnknownRules;
}
