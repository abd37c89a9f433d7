package org.groundwork.engine.index;

import java.io.IOException;
import java.util.Optional;
import org.groundwork.protocol.Hash;

/** Where a runner finds the indexes that were posted on chain. */
@FunctionalInterface
public interface IndexSource {
  /** The index with this address; empty if it cannot be had. */
  Optional<SegmentIndex> get(Hash hash) throws IOException;
}
