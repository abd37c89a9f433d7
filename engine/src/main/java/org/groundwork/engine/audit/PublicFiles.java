package org.groundwork.engine.audit;

import java.io.IOException;
import java.util.Optional;
import org.groundwork.engine.PublishedResult;
import org.groundwork.engine.carry.CarrySnapshot;
import org.groundwork.engine.index.SegmentIndex;
import org.groundwork.engine.segment.Segment;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;

/**
 * What gateways and verifiers publish. All of it is checked against its hash by those who ask;
 * empty if nobody has it.
 */
public interface PublicFiles {
  Optional<SegmentIndex> index(Hash hash) throws IOException;

  Optional<Segment> segment(Hash hash) throws IOException;

  /** A carry snapshot by its root. */
  Optional<CarrySnapshot> carry(Hash root) throws IOException;

  /**
   * What is published of a result by one who found it: it shows where a difference lies, and
   * nothing rests on it but what its roots say.
   *
   * @param resultHash of the statement; what others found instead is passed over
   */
  Optional<PublishedResult> result(EpochNumber epoch, Hash resultHash) throws IOException;
}
