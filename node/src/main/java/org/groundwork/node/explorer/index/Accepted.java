package org.groundwork.node.explorer.index;

import java.math.BigInteger;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.groundwork.node.explorer.database.Sql;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.MoneyKind;
import org.groundwork.protocol.Total;
import org.groundwork.settlement.abi.ContractEvent;

/**
 * A result that stands on chain.
 *
 * @param place of its acceptance
 * @param newestFinal whether no later result is final
 */
record Accepted(
    long place,
    EpochNumber epoch,
    Hash hash,
    Hash moneyRoot,
    boolean isFinal,
    boolean newestFinal,
    List<Total> totals) {
  Accepted {
    totals = List.copyOf(totals);
  }

  /** The first result after an epoch that stands. */
  static Optional<Accepted> after(Sql sql, EventCodec codec, long epoch) throws SQLException {
    Optional<Long> place =
        sql.first(
            "SELECT place FROM result WHERE epoch > ? AND void_place IS NULL AND rolled_place IS"
                + " NULL ORDER BY epoch LIMIT 1",
            row -> row.number(1),
            epoch);
    if (place.isEmpty()) {
      return Optional.empty();
    }
    Placed placed =
        sql.first(
                "SELECT " + EventCodec.COLUMNS + " FROM event WHERE place = ?",
                codec::read,
                place.get())
            .orElseThrow();
    ContractEvent.ResultAccepted event = (ContractEvent.ResultAccepted) placed.event();
    boolean isFinal =
        sql.number(
                "SELECT COUNT(*) FROM result WHERE place = ? AND final_place IS NOT NULL",
                place.get())
            > 0;
    long laterFinal =
        sql.number(
            "SELECT COUNT(*) FROM result WHERE epoch > ? AND final_place IS NOT NULL",
            event.epoch().value());
    return Optional.of(
        new Accepted(
            place.get(),
            event.epoch(),
            event.resultHash(),
            event.result().moneyRoot(),
            isFinal,
            laterFinal == 0,
            event.result().totals()));
  }

  BigInteger total(MoneyKind kind, int network) {
    return totals.stream()
        .filter(total -> total.kind() == kind && total.network().value() == network)
        .map(Total::amount)
        .findFirst()
        .orElse(BigInteger.ZERO);
  }

  BigInteger total(MoneyKind kind) {
    return totals.stream()
        .filter(total -> total.kind() == kind)
        .map(Total::amount)
        .reduce(BigInteger.ZERO, BigInteger::add);
  }
}
