package org.groundwork.engine.facts;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.groundwork.protocol.Hash;

/** Where a runner finds the segments of an epoch, with what was established about them. */
@FunctionalInterface
public interface FactsSource {
  /**
   * The facts of a segment.
   *
   * @throws IOException if the segment cannot be had
   */
  SegmentFacts facts(Hash segment) throws IOException;

  /**
   * The file in which the facts of a segment lie, for machines that share its folder; empty if they
   * lie in none.
   */
  default Optional<Path> file(Hash segment) {
    return Optional.empty();
  }
}
