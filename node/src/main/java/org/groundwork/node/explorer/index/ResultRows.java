package org.groundwork.node.explorer.index;

import java.sql.SQLException;
import org.groundwork.node.explorer.database.Sql;
import org.groundwork.settlement.abi.ContractEvent;

/** Results as the chain tells of them: accepted, held, void, rolled back, final. */
final class ResultRows {
  private ResultRows() {}

  /** Whether the event was one about results. */
  static boolean apply(Sql sql, Placed placed) throws SQLException {
    long place = placed.place();
    switch (placed.event()) {
      case ContractEvent.ResultAccepted e ->
          sql.run(
              "INSERT INTO result(place, epoch, attempt, hash, at, tx, money_root, carry_root,"
                  + " signers, signed, total, held)"
                  + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, FALSE)",
              place,
              e.epoch().value(),
              e.result().attempt(),
              e.resultHash().toHex(),
              placed.at(),
              placed.transaction().toHex(),
              e.result().moneyRoot().toHex(),
              e.result().carryRoot().toHex(),
              e.signers().size(),
              e.signedStake().value(),
              e.totalStake().value());
      case ContractEvent.ResultFinal e ->
          // With all before it.
          sql.run(
              "UPDATE result SET final_place = ?, final_at = ? WHERE epoch <= ? AND final_place IS"
                  + " NULL AND rolled_place IS NULL AND void_place IS NULL",
              place,
              placed.at(),
              e.epoch().value());
      case ContractEvent.ResultsVoided e ->
          sql.run(
              "UPDATE result SET void_place = ? WHERE epoch >= ? AND void_place IS NULL"
                  + " AND rolled_place IS NULL",
              place,
              e.fromEpoch().value());
      case ContractEvent.ResultRolledBack e ->
          sql.run(
              "UPDATE result SET rolled_place = ? WHERE epoch = ? AND hash = ? AND rolled_place IS"
                  + " NULL",
              place,
              e.epoch().value(),
              e.resultHash().toHex());
      case ContractEvent.ResultHeld e ->
          sql.run(
              "UPDATE result SET held = ? WHERE epoch = ? AND hash = ?",
              e.held(),
              e.epoch().value(),
              e.resultHash().toHex());
      case ContractEvent.EpochSkipped e ->
          sql.run("INSERT INTO skipped(epoch, place) VALUES (?, ?)", e.epoch().value(), place);
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Forgets what stands at or behind a place. */
  static void rewind(Sql sql, long place) throws SQLException {
    sql.run("DELETE FROM result WHERE place >= ?", place);
    sql.run("DELETE FROM skipped WHERE place >= ?", place);
    sql.run("UPDATE result SET final_place = NULL, final_at = NULL WHERE final_place >= ?", place);
    sql.run("UPDATE result SET void_place = NULL WHERE void_place >= ?", place);
    sql.run("UPDATE result SET rolled_place = NULL WHERE rolled_place >= ?", place);
  }
}
