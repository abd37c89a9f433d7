package org.groundwork.node.explorer.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.groundwork.node.explorer.index.Placed;
import org.groundwork.node.wire.Json;
import org.groundwork.protocol.AccountId;
import org.groundwork.settlement.abi.ContractEvent;

/** Verifiers and gateways. */
final class OperatorViews {
  /** Results of which it is counted who signed. */
  private static final int RECENT = 50;

  /** Gateways and attempts may post several indexes an epoch. */
  private static final int MAX_INDEXES = 2000;

  private static final int VERIFIER = 1;

  private OperatorViews() {}

  /** How many of the last results each signer signed, or each gateway had an index in. */
  private record Shares(Map<String, Integer> counts, int of) {
    private static Shares verifiers(Asked asked) throws SQLException {
      Map<String, Integer> counts = new HashMap<>();
      List<Placed> results =
          EventViews.newest(asked, List.of("ResultAccepted"), Long.MAX_VALUE, RECENT);
      for (Placed placed : results) {
        for (AccountId signer : ((ContractEvent.ResultAccepted) placed.event()).signers()) {
          counts.merge(signer.toHex(), 1, Integer::sum);
        }
      }
      return new Shares(counts, results.size());
    }

    private static Shares gateways(Asked asked) throws SQLException {
      Map<String, Set<Long>> epochs = new HashMap<>();
      Set<Long> all = new HashSet<>();
      for (Placed placed :
          EventViews.newest(asked, List.of("IndexCommitted"), Long.MAX_VALUE, MAX_INDEXES)) {
        ContractEvent.IndexCommitted committed = (ContractEvent.IndexCommitted) placed.event();
        if (all.size() == RECENT && !all.contains(committed.epoch().value())) {
          break;
        }
        all.add(committed.epoch().value());
        epochs
            .computeIfAbsent(committed.gateway().toHex(), _ -> new HashSet<>())
            .add(committed.epoch().value());
      }
      Map<String, Integer> counts = new HashMap<>();
      epochs.forEach((gateway, each) -> counts.put(gateway, each.size()));
      return new Shares(counts, all.size());
    }
  }

  static List<ObjectNode> rows(Asked asked, Optional<String> account) throws SQLException {
    Shares verifiers = Shares.verifiers(asked);
    Shares gateways = Shares.gateways(asked);
    String condition = account.isPresent() ? " WHERE account = ? OR signer = ?" : "";
    Object[] values =
        account.isPresent() ? new Object[] {account.get(), account.get()} : new Object[0];
    return asked
        .sql()
        .list(
            "SELECT role, account, signer, endpoint, stake, weight, leaving, slashed FROM operator"
                + condition
                + " ORDER BY role, account LIMIT 1000",
            row -> {
              boolean verifier = row.integer(1) == VERIFIER;
              Shares shares = verifier ? verifiers : gateways;
              return Json.object()
                  .put("role", verifier ? "verifier" : "gateway")
                  .put("operator", row.text(2))
                  .put("signer", row.text(3))
                  .put("endpoint", row.text(4))
                  .put("stake", row.amount(5).toString())
                  .put("weight", row.amount(6).toString())
                  .put("leaving", row.optional(7).orElse(null))
                  .put("signed", shares.counts().getOrDefault(row.text(3), 0))
                  .put("of", shares.of())
                  .put("slashed", row.amount(8).toString());
            },
            values);
  }

  static ObjectNode operators(Asked asked) throws SQLException {
    ObjectNode json = Json.object();
    ArrayNode items = json.putArray("items");
    rows(asked, Optional.empty()).forEach(items::add);
    json.set("source", Source.newest(asked));
    return json;
  }

  static Listing list(Asked asked) throws SQLException {
    return new Listing(rows(asked, Optional.empty()), Optional.empty());
  }
}
