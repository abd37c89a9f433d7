package org.groundwork.rules;

import java.util.List;

/**
 * What a kind of network can say and what one can say to it. Both sets are closed; what was in them
 * once stays, with its number and its meaning.
 *
 * @param reasons its own, numbered from {@link Reason#FIRST_OWN} on
 * @param parameters what a network of the kind sets for itself; none if its parameters are more
 *     than whole numbers, and the kind reads their bytes itself
 */
public record Vocabulary(List<? extends Reason> reasons, List<Parameter> parameters) {
  public Vocabulary {
    reasons = List.copyOf(reasons);
    parameters = List.copyOf(parameters);
  }
}
