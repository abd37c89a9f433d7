package org.groundwork.networks.sensing.definition;

import java.util.List;
import java.util.Optional;

/**
 * A file that was looked at.
 *
 * @param definition present if there are no mistakes
 * @param mistakes by line
 */
public record Checked(Optional<FounderDefinition> definition, List<Mistake> mistakes) {
  public Checked {
    mistakes = List.copyOf(mistakes);
    if (definition.isPresent() != mistakes.isEmpty()) {
      throw new IllegalArgumentException("a definition, or mistakes");
    }
  }
}
