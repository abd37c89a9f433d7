package org.groundwork.node.explorer.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.groundwork.node.wire.ApiException;
import org.groundwork.node.wire.Json;

/** Who was charged for whose service. */
final class PaymentViews {
  private static final int SEQUENCE_BITS = 24;

  private PaymentViews() {}

  private record Payment(long sequence, ObjectNode json) {
    long epoch() {
      return sequence >> SEQUENCE_BITS;
    }
  }

  static Listing list(Asked asked) throws SQLException, ApiException {
    Parameters parameters = asked.parameters();
    int limit = parameters.limit();
    StringBuilder conditions = new StringBuilder(" WHERE seq < ?");
    List<Object> values = new ArrayList<>();
    long before = parameters.cursor(Long.MAX_VALUE);
    Optional<Long> epoch = parameters.epoch("epoch");
    if (epoch.isPresent()) {
      before = Math.min(before, (epoch.get() + 1) << SEQUENCE_BITS);
    }
    values.add(before);
    filter(conditions, values, "seq >= ?", epoch.map(each -> each << SEQUENCE_BITS));
    filter(conditions, values, "network = ?", parameters.network());
    filter(conditions, values, "payer = ?", parameters.account("payer"));
    filter(conditions, values, "seller = ?", parameters.account("seller"));
    values.add(limit + 1);
    List<Payment> found =
        asked
            .sql()
            .list(
                "SELECT seq, network, payer, seller, charges, charged, burned, paid, voided, linked"
                    + " FROM payment"
                    + conditions
                    + " ORDER BY "
                    + fixedOfAnIndex(parameters)
                    + "seq DESC LIMIT ?",
                row ->
                    new Payment(
                        row.number(1),
                        Json.object()
                            .put("epoch", row.number(1) >> SEQUENCE_BITS)
                            .put("network", row.integer(2))
                            .put("payer", row.text(3))
                            .put("seller", row.text(4))
                            .put("charges", row.integer(5))
                            .put("charged", row.amount(6).toString())
                            .put("burned", row.amount(7).toString())
                            .put("paid", row.amount(8).toString())
                            .put("void", row.amount(9).toString())
                            .put("linked", row.flag(10))),
                values.toArray());
    TreeSet<Long> epochs = new TreeSet<>();
    found.forEach(payment -> epochs.add(payment.epoch()));
    Map<Long, EpochStates.State> states = EpochStates.of(asked.sql(), epochs);
    for (Payment payment : found) {
      Optional.ofNullable(states.get(payment.epoch()))
          .ifPresent(state -> state.addTo(payment.json(), "state"));
    }
    return Listing.of(found, limit, payment -> Long.toString(payment.sequence()), Payment::json);
  }

  /**
   * The column before the sequence in the index that serves, so that a page is read and no more.
   */
  private static String fixedOfAnIndex(Parameters parameters) throws ApiException {
    if (parameters.account("payer").isPresent()) {
      return "payer DESC, ";
    }
    if (parameters.account("seller").isPresent()) {
      return "seller DESC, ";
    }
    return parameters.network().isPresent() ? "network DESC, " : "";
  }

  private static void filter(
      StringBuilder conditions, List<Object> values, String condition, Optional<?> value) {
    if (value.isPresent()) {
      conditions.append(" AND ").append(condition);
      values.add(value.get());
    }
  }
}
