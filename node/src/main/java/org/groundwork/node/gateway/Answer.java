package org.groundwork.node.gateway;

import org.groundwork.protocol.Promise;

/** What a gateway says to one report. */
public sealed interface Answer {
  /** Durable, and will be sealed. */
  record Promised(Promise promise) implements Answer {}

  record Refused(Refusal refusal) implements Answer {}
}
