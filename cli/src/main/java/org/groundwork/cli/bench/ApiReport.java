package org.groundwork.cli.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.groundwork.node.explorer.bench.ApiBench;
import org.groundwork.node.wire.Json;

/** What was measured of the explorer, as JSON. */
public final class ApiReport {
  /** Within which a million devices and a hundred epochs are to be indexed. */
  private static final double WANTED_SECONDS = 600;

  private static final double WANTED_ROWS = 1e8;

  private ApiReport() {}

  public static ObjectNode json(ApiBench.Result result) {
    double rows = (double) result.size().devices() * result.size().epochs();
    double rate = rows / result.rebuildSeconds();
    double limit = WANTED_ROWS / WANTED_SECONDS;
    ObjectNode json =
        Json.object()
            .put("rate", rate)
            .put("limit", limit)
            .put("ratio", rate / limit)
            .put("unit", "devices and epochs/s")
            .put("devices", result.size().devices())
            .put("epochs", result.size().epochs())
            .put("rebuildSeconds", result.rebuildSeconds())
            .put("chainSeconds", result.chainSeconds())
            .put("databaseMegabytes", result.databaseBytes() >> 20)
            .put("requestsPerSecond", result.perSecond());
    ObjectNode pages = json.putObject("pages");
    result
        .pages()
        .forEach((name, times) ->
            pages
                .putObject(name)
                .put("questions", times.questions())
                .put("failed", times.failed())
                .put("p50Millis", times.p50())
                .put("p99Millis", times.p99())
                .put("maxMillis", times.max()));
    return json;
  }
}
