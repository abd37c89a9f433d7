package org.groundwork.node.explorer.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.groundwork.node.explorer.index.Placed;
import org.groundwork.node.wire.ApiException;
import org.groundwork.node.wire.Json;
import org.groundwork.settlement.abi.ContractEvent;

/** Disputes about results. */
final class DisputeViews {
  private DisputeViews() {}

  static Listing list(Asked asked) throws SQLException, ApiException {
    int limit = asked.parameters().limit();
    List<Placed> events =
        EventViews.newest(
            asked, List.of("DisputeOpened"), asked.parameters().cursor(Long.MAX_VALUE), limit + 1);
    List<ObjectNode> items = new ArrayList<>();
    for (Placed placed : events.subList(0, Math.min(limit, events.size()))) {
      items.add(dispute(asked, placed));
    }
    return new Listing(
        items,
        events.size() > limit
            ? Optional.of(Long.toString(events.get(limit - 1).place()))
            : Optional.empty());
  }

  static ObjectNode dispute(Asked asked, Placed placed) throws SQLException {
    ContractEvent.DisputeOpened opened = (ContractEvent.DisputeOpened) placed.event();
    ObjectNode json =
        Json.object()
            .put("dispute", opened.id())
            .put("epoch", opened.epoch().value())
            .put("resultHash", opened.resultHash().toHex())
            .put("disputer", opened.disputer().toHex())
            .put("bond", opened.bond().toString())
            .put("reason", opened.reason());
    String state = "open";
    ArrayNode votes = Json.array();
    for (Placed each : EventViews.of(asked, "dispute:" + opened.id())) {
      switch (each.event()) {
        case ContractEvent.CouncilVoted vote ->
            votes
                .addObject()
                .put("member", vote.member().toHex())
                .put("forVoid", vote.forVoid())
                .put("reason", vote.reason());
        case ContractEvent.DisputeClosed closed -> state = closed.upheld() ? "upheld" : "dismissed";
        default -> {
          // Its opening is known.
        }
      }
    }
    json.put("state", state);
    json.set("votes", votes);
    return json.put("time", placed.at());
  }
}
