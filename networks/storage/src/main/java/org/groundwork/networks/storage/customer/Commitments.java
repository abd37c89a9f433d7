package org.groundwork.networks.storage.customer;

import java.util.concurrent.Executor;
import org.groundwork.networks.storage.wire.CommP;
import org.groundwork.networks.storage.wire.PieceCommitment;

/** Piece commitments, computed on a fixed pool of platform threads. */
record Commitments(Executor cores, int parallelism) {
  PieceCommitment of(byte[] content) {
    return CommP.of(content, cores, parallelism);
  }
}
