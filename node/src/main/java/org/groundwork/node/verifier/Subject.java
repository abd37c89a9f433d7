package org.groundwork.node.verifier;

import java.util.Comparator;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochStatement;
import org.groundwork.protocol.Hash;

/** What one statement is about. Who signs two different ones about it loses the stake. */
record Subject(EpochNumber epoch, int attempt, Hash closeBlock) implements Comparable<Subject> {
  private static final Comparator<Subject> ORDER =
      Comparator.comparing(Subject::epoch)
          .thenComparingInt(Subject::attempt)
          .thenComparing(Subject::closeBlock);

  static Subject of(EpochStatement statement) {
    return new Subject(statement.epoch(), statement.attempt(), statement.closeBlock());
  }

  @Override
  public int compareTo(Subject other) {
    return ORDER.compare(this, other);
  }
}
