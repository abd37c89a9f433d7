package org.groundwork.node.explorer.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.groundwork.node.explorer.index.ChainFollower;
import org.groundwork.node.explorer.index.Placed;
import org.groundwork.node.wire.Json;

/** Signs of attack and of failure. */
final class HealthViews {
  private static final int INCIDENTS = 50;
  private static final int HALF_BPS = 5000;

  /** Epochs without a new price, or without anything final, after which somebody should look. */
  private static final int LATE_EPOCHS = 3;

  /** Counters by the events that they count. */
  private static final Map<String, List<String>> COUNTED =
      Map.of(
          "slashes", List.of("StakeSlashed", "DeviceStakeSlashed"),
          "equivocations", List.of("EquivocationProved"),
          "brokenPromises", List.of("PromiseBroken"),
          "voids", List.of("ResultsVoided"),
          "disputes", List.of("DisputeOpened"),
          "seizures", List.of("SignerOfVoidSeized"),
          "faultsShown", List.of("FaultShown"),
          "doubtfulPrices", List.of("PriceDoubted"),
          "skippedEpochs", List.of("EpochSkipped"));

  private HealthViews() {}

  /** How bad a sign is, the worst first. */
  private enum Severity {
    TROUBLE,
    WATCH,
    INFO
  }

  private record Sign(
      String code, Severity severity, String sentence, String remedy, String attack) {
    ObjectNode json() {
      return Json.object()
          .put("code", code)
          .put("severity", Parameters.lower(severity.name()))
          .put("sentence", sentence)
          .put("remedy", remedy)
          .putNull("since")
          .put("attack", attack);
    }
  }

  static ObjectNode health(Asked asked) throws SQLException {
    Map<String, Long> counts = counts(asked);
    List<Sign> signs = new ArrayList<>();
    fromCounts(counts, signs);
    fromState(asked, signs);
    fromFigures(asked, signs);
    signs.sort(Comparator.comparing(Sign::severity));
    ObjectNode json = Json.object();
    boolean trouble = signs.stream().anyMatch(sign -> sign.severity() == Severity.TROUBLE);
    boolean watch = signs.stream().anyMatch(sign -> sign.severity() == Severity.WATCH);
    json.put("status", trouble ? "trouble" : watch ? "watch" : "ok");
    ArrayNode array = json.putArray("signs");
    signs.forEach(sign -> array.add(sign.json()));
    ObjectNode numbers = json.putObject("counts");
    COUNTED.keySet().stream().sorted().forEach(name -> numbers.put(name, counts.get(name)));
    json.set("reasons", reasons(asked));
    ArrayNode incidents = json.putArray("incidents");
    List<String> titles = COUNTED.values().stream().flatMap(List::stream).sorted().toList();
    for (Placed placed : EventViews.newest(asked, titles, Long.MAX_VALUE, INCIDENTS)) {
      incidents.add(EventViews.json(placed));
    }
    json.set("index", OverviewViews.index(asked));
    json.set("source", Source.newest(asked));
    return json;
  }

  private static Map<String, Long> counts(Asked asked) throws SQLException {
    Map<String, Long> counts = new HashMap<>();
    for (Map.Entry<String, List<String>> entry : COUNTED.entrySet()) {
      counts.put(
          entry.getKey(),
          asked
              .sql()
              .number(
                  "SELECT COUNT(*) FROM event WHERE title IN ("
                      + EpochStates.marks(entry.getValue().size())
                      + ")",
                  entry.getValue().toArray()));
    }
    return counts;
  }

  private static void fromCounts(Map<String, Long> counts, List<Sign> signs) {
    once(counts, signs, "equivocations", "A verifier signed two results of one epoch.", "");
    once(counts, signs, "brokenPromises", "A gateway broke a promise to keep a report.", "");
    once(counts, signs, "voids", "The council voided results.", "");
    once(counts, signs, "faultsShown", "The court found that a device lost what it stores.", "");
  }

  private static void once(
      Map<String, Long> counts, List<Sign> signs, String name, String sentence, String attack) {
    long count = counts.getOrDefault(name, 0L);
    if (count > 0) {
      signs.add(
          new Sign(
              name,
              Severity.INFO,
              sentence
                  + " It happened "
                  + (count == 1 ? "once" : count + " times")
                  + " since genesis.",
              "See the incidents below.",
              attack));
    }
  }

  private static void fromState(Asked asked, List<Sign> signs) throws SQLException {
    JsonNode index = OverviewViews.index(asked);
    if (!index.path("trouble").asText().isEmpty()) {
      signs.add(
          new Sign(
              "index.trouble",
              Severity.TROUBLE,
              "The explorer's index does not go on: " + index.path("trouble").asText(),
              "Its log says more; figures here are those of the last indexed epoch.",
              ""));
    }
    long epochSeconds =
        asked.scope().deployment().schedule().slotSeconds()
            * asked.scope().deployment().schedule().slotsPerEpoch();
    long now = ChainFollower.synced(asked.sql()).map(block -> block.timestamp()).orElse(0L);
    long price = asked.sql().number("SELECT MAX(at) FROM event WHERE title = 'PriceCheckpointed'");
    if (price > 0 && now - price > LATE_EPOCHS * epochSeconds) {
      signs.add(
          new Sign(
              "price.dormant",
              Severity.TROUBLE,
              "No price was recorded for more than three epochs: credits are not sold.",
              "Record one with groundwork price checkpoint; groundwork price show tells the rest.",
              ""));
    }
    long held =
        asked
            .sql()
            .number(
                "SELECT COUNT(*) FROM result WHERE held AND rolled_place IS NULL AND final_place IS"
                    + " NULL");
    if (held > 0) {
      signs.add(
          new Sign(
              "result.disputed",
              Severity.WATCH,
              "A dispute holds results.",
              "See governance; the council decides.",
              ""));
    }
    long voided =
        asked
            .sql()
            .number(
                "SELECT COUNT(*) FROM result WHERE void_place IS NOT NULL AND rolled_place IS"
                    + " NULL");
    if (voided > 0) {
      signs.add(
          new Sign(
              "result.void",
              Severity.TROUBLE,
              (voided == 1 ? "A result is void and waits" : voided + " results are void and wait")
                  + " to be judged again.",
              "Nothing earned is lost; verifiers recompute them.",
              ""));
    }
    for (ObjectNode operator : OperatorViews.rows(asked, Optional.empty())) {
      boolean silent =
          operator.path("role").asText().equals("verifier")
              && !operator.path("stake").asText().equals("0")
              && operator.path("leaving").isNull()
              && operator.path("of").asInt() >= 10
              && 2 * operator.path("signed").asInt() < operator.path("of").asInt();
      if (silent) {
        signs.add(
            new Sign(
                "verifier.silent",
                Severity.WATCH,
                "Verifier %s signed %d of the last %d results."
                    .formatted(
                        operator.path("operator").asText(),
                        operator.path("signed").asInt(),
                        operator.path("of").asInt()),
                "It earns nothing and loses weight; its operator should look at its log.",
                ""));
      }
    }
  }

  private static void fromFigures(Asked asked, List<Sign> signs) throws SQLException {
    Optional<String> body =
        asked
            .sql()
            .first("SELECT body FROM indexed ORDER BY epoch DESC LIMIT 1", row -> row.text(1));
    if (body.isPresent() && !FigureRows.parse(body.get()).path("equal").asBoolean(true)) {
      signs.add(
          new Sign(
              "files.unequal",
              Severity.TROUBLE,
              "The published lines of devices do not add up to what the contract accepted.",
              "groundwork audit EPOCH --diff says where they differ.",
              ""));
    }
    for (int network :
        asked.sql().list("SELECT id FROM network ORDER BY id", row -> row.integer(1))) {
      Optional<ObjectNode> figures = FigureRows.newest(asked.sql(), network);
      if (figures.isPresent()) {
        fromFigures(network, figures.get(), signs);
      }
    }
  }

  private static void fromFigures(int network, JsonNode figures, List<Sign> signs) {
    if (figures.path("linkedBps").asInt() > HALF_BPS) {
      signs.add(
          new Sign(
              "payer.linked",
              Severity.WATCH,
              "More than half of network %d's revenue is from payers linked to whom they pay."
                  .formatted(network),
              "Payments do not grow by self-dealing; look at the payments' list.",
              ""));
    }
    if (figures.path("payers").asInt() > 1 && figures.path("topPayerBps").asInt() > HALF_BPS) {
      signs.add(
          new Sign(
              "payer.dominant",
              Severity.INFO,
              "One payer is more than half of network %d's revenue.".formatted(network),
              "Its leaving would halve what providers earn.",
              ""));
    }
    long rejected = figures.path("rejected").asLong();
    if (rejected > 0 && rejected > figures.path("accepted").asLong()) {
      signs.add(
          new Sign(
              "records.rejected",
              Severity.WATCH,
              "More records of network %d were rejected than counted.".formatted(network),
              "The reasons below say why.",
              ""));
    }
  }

  private static ArrayNode reasons(Asked asked) throws SQLException {
    Optional<String> body =
        asked
            .sql()
            .first("SELECT body FROM indexed ORDER BY epoch DESC LIMIT 1", row -> row.text(1));
    return body.isEmpty()
        ? Json.array()
        : EpochViews.reasons(new Words(asked), FigureRows.parse(body.get()));
  }
}
