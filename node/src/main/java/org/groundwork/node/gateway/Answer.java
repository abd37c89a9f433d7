package org.groundwork.node.gateway;

import org.groundwork.protocol.Promise;

/** What a gateway says to one report. */
public sealed interface Answer {
  /** Durable, and will be sealed. */
  final class Promised implements Answer {
    private final GroupCommit commit;
    private final int index;

    Promised(GroupCommit commit, int index) {
      this.commit = commit;
      this.index = index;
    }

    /** The gateway's signed word, the same each time; its path is made when it is asked for. */
    public Promise promise() {
      return commit.promise(index);
    }

    boolean isDurable() {
      return commit.isDurable();
    }
  }

  record Refused(Refusal refusal) implements Answer {}
}
