package org.groundwork.engine.audit;

import java.io.IOException;
import java.util.Optional;
import org.groundwork.engine.EpochResult;
import org.groundwork.engine.carry.CarrySnapshot;
import org.groundwork.engine.index.SegmentIndex;
import org.groundwork.engine.segment.Segment;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;

/** What verifiers publish. All but {@link #result} is checked against its hash by those who ask. */
public interface PublicFiles {
  Optional<SegmentIndex> index(Hash hash) throws IOException;

  Optional<Segment> segment(Hash hash) throws IOException;

  /** A carry snapshot by its root. */
  Optional<CarrySnapshot> carry(Hash root) throws IOException;

  /** The published result of an epoch: it shows where a difference lies, nothing rests on it. */
  Optional<EpochResult> result(EpochNumber epoch) throws IOException;
}
