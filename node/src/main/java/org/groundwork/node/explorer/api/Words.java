package org.groundwork.node.explorer.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.groundwork.engine.DeviceSummary;
import org.groundwork.engine.Reasons;
import org.groundwork.node.wire.Json;
import org.groundwork.rules.Kind;
import org.groundwork.rules.Reason;

/** Reasons of networks in words. */
final class Words {
  private final Map<Integer, Reasons> reasons = new TreeMap<>();

  Words(Asked asked) throws SQLException {
    asked
        .sql()
        .each(
            "SELECT id, kind FROM network",
            row -> {
              String kind = row.text(2);
              if (Kind.isName(kind)) {
                reasons.put(row.integer(1), asked.scope().networks().reasons(new Kind(kind)));
              }
            });
  }

  ObjectNode count(int network, String code, boolean fault, long count) {
    Optional<Reason> reason =
        Optional.ofNullable(reasons.get(network)).flatMap(known -> known.of(code));
    boolean accepted = code.equals(DeviceSummary.ACCEPTED);
    return Json.object()
        .put("network", network)
        .put("code", code)
        .put("fault", fault)
        .put("count", count)
        .put("happened", accepted ? "It counts." : reason.map(Reason::happened).orElse(""))
        .put("remedy", accepted ? "Nothing to do." : reason.map(Reason::remedy).orElse(""));
  }
}
