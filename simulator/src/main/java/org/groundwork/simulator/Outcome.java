package org.groundwork.simulator;

import java.util.List;
import java.util.Optional;

/**
 * What a simulation came to.
 *
 * @param traceHash equal for equal seeds and lengths
 * @param events that happened
 * @param epochs with a result
 * @param promises that gateways gave
 * @param broken promises of gateways that were away past the deadline; each can be proved
 * @param slashed verifiers that were proved to have signed two results about the same
 * @param failure empty if every invariant held
 */
public record Outcome(
    long seed,
    String traceHash,
    long events,
    int epochs,
    long promises,
    int broken,
    int slashed,
    Optional<Failed> failure) {
  /**
   * The first invariant that did not hold.
   *
   * @param event during which it was found
   * @param trace the last lines before it
   */
  public record Failed(long event, String invariant, String what, List<String> trace) {
    public Failed {
      trace = List.copyOf(trace);
    }
  }
}
