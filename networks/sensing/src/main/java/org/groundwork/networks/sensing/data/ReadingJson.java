package org.groundwork.networks.sensing.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.groundwork.networks.sensing.wire.Field;
import org.groundwork.networks.sensing.wire.SensingDefinition;

/** A fresh reading as streams send it: the members that an answer in JSON has. */
final class ReadingJson {
  static final ObjectMapper MAPPER = new ObjectMapper();

  private ReadingJson() {}

  static String of(SensingDefinition definition, SoldReading sold) {
    ObjectNode json =
        MAPPER
            .createObjectNode()
            .put("time", Instant.ofEpochSecond(sold.reading().observedAt()).toString())
            .put("cell", Long.toHexString(sold.cell()))
            .put("device", sold.device().value())
            .put("epoch", sold.epoch().value())
            .put("state", "unverified");
    for (Map.Entry<Integer, Long> each : sold.reading().values().entrySet()) {
      Field field = definition.fields().get(each.getKey());
      json.put(
          ReadingStore.shownName(field), BigDecimal.valueOf(each.getValue(), field.decimals()));
    }
    try {
      return MAPPER.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
