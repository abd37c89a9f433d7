package org.groundwork.engine.facts;

import java.io.IOException;
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
}
