package org.groundwork.agent;

import java.io.IOException;
import java.util.List;
import org.groundwork.protocol.Promise;
import org.groundwork.protocol.Report;

/** Where reports go: any of the deployment's gateways. */
public interface Gateways {
  /** Most reports of one call. */
  int MAX_BATCH = 200;

  /** What a gateway says to one report. */
  sealed interface Answer {
    /** Durable at the gateway; the promise was checked. */
    record Promised(Promise promise) implements Answer {}

    /**
     * Not admitted.
     *
     * @param code stable, such as {@code refused.old-epoch}
     * @param retry whether the same report may be admitted later
     */
    record Refused(String code, String message, boolean retry) implements Answer {}
  }

  /**
   * Sends reports to one gateway, trying others if it fails.
   *
   * @return one answer for each report, in order
   * @throws IOException if no gateway could be reached
   */
  List<Answer> submit(List<Report> reports) throws IOException;
}
