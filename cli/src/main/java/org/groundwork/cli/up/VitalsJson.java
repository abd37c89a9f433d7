package org.groundwork.cli.up;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import org.groundwork.cli.Json;

/** A machine's vitals as {@code status --json} prints them. Times are unix seconds. */
final class VitalsJson {
  private VitalsJson() {}

  static ObjectNode of(Vitals vitals, List<Alarms.Raised> alarms, Instant since, String version) {
    boolean well = vitals.partsAreWell() && alarms.isEmpty();
    ObjectNode json =
        Json.object()
            .put("health", well ? "ok" : "troubled")
            .put("version", version)
            .put("since", since.getEpochSecond())
            .put("at", vitals.at().getEpochSecond());
    ArrayNode parts = json.putArray("parts");
    vitals.parts().forEach(part -> part(part, parts.addObject()));
    vitals
        .chain()
        .ifPresent(chain ->
            json.putObject("epochs")
                .put("block", chain.block())
                .put("now", chain.now())
                .put("settled", chain.settled())
                .put("final", chain.finalised())
                .put("behind", chain.behind())
                .put("price", chain.priceDoubt().isEmpty() ? "sold" : chain.priceDoubt()));
    vitals
        .credits()
        .ifPresent(credits ->
            json.putObject("credits")
                .put("free", credits.free().value().toString())
                .put("left", credits.left().value().toString())
                .put("charged", credits.charged().value().toString()));
    ArrayNode providers = json.putArray("providers");
    vitals
        .providers()
        .forEach(provider -> {
          ObjectNode each =
              providers
                  .addObject()
                  .put("name", provider.name())
                  .put("answers", provider.answers())
                  .put("missed", provider.missed())
                  .put("flawed", provider.flawed())
                  .put("unpaid", provider.faulty());
          ArrayNode warnings = each.putArray("warnings");
          provider.warnings().forEach(warnings::add);
        });
    json.putObject("disk")
        .put("free_bytes", vitals.disk().freeBytes())
        .put("size_bytes", vitals.disk().totalBytes());
    ArrayNode alerts = json.putArray("alerts");
    alarms.forEach(raised ->
        alerts
            .addObject()
            .put("code", raised.alert().code())
            .put("subject", raised.alert().subject())
            .put("sentence", raised.alert().sentence())
            .put("remedy", raised.alert().remedy())
            .put("since", raised.since().getEpochSecond()));
    return json;
  }

  private static void part(Vitals.PartHealth part, ObjectNode json) {
    json.put("part", part.name())
        .put("running", part.running())
        .put("pid", part.pid())
        .put("since", part.since().getEpochSecond())
        .put("restarts", part.restarts())
        .put("last_exit", part.lastExit())
        .put("resident_bytes", part.residentBytes());
    ArrayNode troubles = json.putArray("troubles");
    part.troubles().forEach(troubles::add);
  }
}
