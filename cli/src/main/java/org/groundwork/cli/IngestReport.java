package org.groundwork.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Locale;
import org.groundwork.node.bench.IngestBench;
import org.groundwork.node.bench.KillBench;

/** Prints what {@code bench ingest} measured. */
final class IngestReport {
  private static final String UNIT = "reports/s";

  private final PrintWriter out;
  private final boolean json;

  IngestReport(PrintWriter out, boolean json) {
    this.out = out;
    this.json = json;
  }

  int print(IngestBench.Result result) {
    IngestBench.Figure memory = result.memory();
    IngestBench.Figure stream = result.stream();
    IngestBench.Delay delay = result.acknowledgement();
    if (json) {
      ObjectNode line = figure(memory);
      ObjectNode streams = figure(stream);
      streams.put("senderCores", stream.senderCores());
      streams.put("ratioOfGatewayCores", stream.ratioOfGatewayCores(result.cores()));
      line.set("stream", streams);
      line.set(
          "acknowledgement",
          Json.object()
              .put("load", delay.load())
              .put("p50Millis", delay.p50Millis())
              .put("p99Millis", delay.p99Millis())
              .put("maxMillis", delay.maxMillis()));
      out.println(Json.line(line));
      return 0;
    }
    print("from memory", memory);
    print("through streams", stream);
    out.println(
        String.format(
            Locale.ROOT,
            "  the sending process used %.2f of %d cores; %.0f%% of the limit of those that it left",
            stream.senderCores(),
            result.cores(),
            100 * stream.ratioOfGatewayCores(result.cores())));
    out.println(
        String.format(
            Locale.ROOT,
            "promise at %,.0f reports/s: half within %.1f ms, 99%% within %.1f ms, all within %.1f ms",
            delay.load(),
            delay.p50Millis(),
            delay.p99Millis(),
            delay.maxMillis()));
    return 0;
  }

  /** Not 0 if a promise was broken. */
  int print(KillBench.Result result) {
    long found = result.promised() - result.lost();
    if (json) {
      out.println(
          Json.line(
              Json.object()
                  .put("rate", found)
                  .put("limit", result.promised())
                  .put("ratio", (double) found / Math.max(1, result.promised()))
                  .put("unit", "promised reports found")
                  .put("kills", result.kills())
                  .put("lost", result.lost())
                  .put("twice", result.twice())));
    } else {
      out.println(
          String.format(
              Locale.ROOT,
              "%d kills, %,d reports with a promise: %,d lost, %,d found twice",
              result.kills(),
              result.promised(),
              result.lost(),
              result.twice()));
    }
    return result.promised() > 0 && result.lost() == 0 && result.twice() == 0 ? 0 : 1;
  }

  private static ObjectNode figure(IngestBench.Figure figure) {
    return Json.object()
        .put("rate", figure.rate())
        .put("limit", figure.limit())
        .put("ratio", figure.ratio())
        .put("unit", UNIT)
        .put("processorMicrosPerReport", figure.gatewayMicros())
        .put("processorMicrosPerSignature", figure.signatureMicros());
  }

  private void print(String what, IngestBench.Figure figure) {
    out.println(
        String.format(
            Locale.ROOT,
            "%s: %,.0f %s, %.0f%% of the limit of %,.0f; %.1f us of processor for each,"
                + " of which %.1f for the signature",
            what,
            figure.rate(),
            UNIT,
            100 * figure.ratio(),
            figure.limit(),
            figure.gatewayMicros(),
            figure.signatureMicros()));
  }
}
