package org.groundwork.node.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.groundwork.engine.audit.Explanation;
import org.groundwork.engine.audit.Why;
import org.groundwork.engine.money.EconomyLine;
import org.groundwork.node.wire.Json;

/** Explanations as JSON; amounts are decimal texts. */
public final class ExplanationJson {
  private ExplanationJson() {}

  public static JsonNode of(Explanation explanation) {
    ObjectNode json =
        Json.object()
            .put("device", explanation.device().value())
            .put("epoch", explanation.epoch().value())
            .put("charged", explanation.charged().toString())
            .put("paid", explanation.paid().toString());
    counts(explanation.verdicts(), json.putArray("verdicts"));
    counts(explanation.faults(), json.putArray("faults"));
    ArrayNode faults = json.putArray("firstFaults");
    explanation
        .firstFaults()
        .forEach(fault ->
            faults
                .addObject()
                .put("slot", fault.slot().value())
                .put("reason", fault.reason())
                .put("evidence", fault.evidence()));
    ArrayNode charges = json.putArray("charges");
    explanation
        .charges()
        .forEach(charge ->
            charges
                .addObject()
                .put("kind", charge.kind().code())
                .put("evidence", charge.evidence().toHex())
                .put("payer", charge.payer().toHex())
                .put("seller", charge.seller().toHex())
                .put("outcome", charge.outcome().code())
                .put("happened", charge.outcome().happened())
                .put("remedy", charge.outcome().remedy())
                .put("asked", charge.asked().toString())
                .put("charged", charge.charged().toString())
                .put("paid", charge.paid().toString()));
    ArrayNode economy = json.putArray("economy");
    for (EconomyLine line : explanation.economy()) {
      economy
          .addObject()
          .put("cause", line.cause().code())
          .put("account", line.account().toHex())
          .put("amount", line.amount().toString())
          .put("note", line.note());
    }
    records(explanation, json.putArray("records"));
    json.put("segmentsGone", explanation.segmentsGone());
    return json;
  }

  private static void counts(List<Why.Count> counts, ArrayNode array) {
    for (Why.Count count : counts) {
      array
          .addObject()
          .put("code", count.code())
          .put("count", count.count())
          .put("happened", count.happened())
          .put("remedy", count.remedy());
    }
  }

  private static void records(Explanation explanation, ArrayNode array) {
    for (Explanation.RecordLine line : explanation.records()) {
      array
          .addObject()
          .put("sequence", line.sequence().toString())
          .put("report", line.report().toHex())
          .put("segment", line.segment().toHex())
          .put("slot", line.slot().value())
          .put("code", line.code())
          .put("happened", line.happened())
          .put("evidence", line.evidence())
          .put("remedy", line.remedy())
          .put("payload", line.payload());
    }
  }
}
