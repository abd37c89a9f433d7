package org.groundwork.node.explorer.index;

import java.sql.SQLException;
import java.util.Optional;
import org.groundwork.node.explorer.database.Sql;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.settlement.Role;
import org.groundwork.settlement.abi.ContractEvent;

/** Verifiers and gateways with their stake. */
final class OperatorRows {
  private OperatorRows() {}

  static void apply(Sql sql, ContractEvent event) throws SQLException {
    switch (event) {
      case ContractEvent.OperatorJoined e -> {
        stake(sql, e.role(), e.operator(), e.signer(), e.stake());
        set(sql, "endpoint = ?", ChainRows.cut(e.endpoint()), e.role(), e.operator());
        set(sql, "leaving = ?", Optional.empty(), e.role(), e.operator());
      }
      case ContractEvent.StakeAdded e -> stake(sql, e.role(), e.operator(), e.signer(), e.stake());
      case ContractEvent.OperatorEndpointChanged e ->
          set(sql, "endpoint = ?", ChainRows.cut(e.endpoint()), e.role(), e.operator());
      case ContractEvent.OperatorLeft e ->
          set(sql, "leaving = ?", e.releaseEpoch().value(), e.role(), e.operator());
      case ContractEvent.WeightChanged e ->
          set(sql, "weight = ?", e.weight().value(), e.role(), e.operator());
      case ContractEvent.StakeSlashed e -> {
        set(sql, "stake = ?", e.left().value(), e.role(), e.operator());
        set(sql, "slashed = slashed + ?", e.amount().value(), e.role(), e.operator());
      }
      case ContractEvent.StakeWithdrawn e -> set(sql, "stake = ?", 0, e.role(), e.operator());
      default -> {
        // Kept as an event, changes no table.
      }
    }
  }

  private static void stake(
      Sql sql, Role role, AccountId operator, AccountId signer, TokenAmount stake)
      throws SQLException {
    int changed =
        sql.run(
            "UPDATE operator SET signer = ?, stake = ? WHERE role = ? AND account = ?",
            signer.toHex(),
            stake.value(),
            role.number(),
            operator.toHex());
    if (changed == 0) {
      sql.run(
          "INSERT INTO operator(role, account, signer, endpoint, stake, weight, leaving, slashed)"
              + " VALUES (?, ?, ?, '', ?, ?, NULL, 0)",
          role.number(),
          operator.toHex(),
          signer.toHex(),
          stake.value(),
          stake.value());
    }
  }

  private static void set(Sql sql, String column, Object value, Role role, AccountId operator)
      throws SQLException {
    sql.run(
        "UPDATE operator SET " + column + " WHERE role = ? AND account = ?",
        value,
        role.number(),
        operator.toHex());
  }
}
