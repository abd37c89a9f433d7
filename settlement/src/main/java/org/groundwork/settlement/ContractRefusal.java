package org.groundwork.settlement;

import java.util.Optional;
import org.groundwork.settlement.abi.ContractError;
import org.groundwork.settlement.abi.ContractErrors;
import org.groundwork.settlement.rpc.RpcRefusal;

/** A contract reverted: which of its errors, with which arguments. */
public final class ContractRefusal extends SettlementException {
  private final Optional<ContractError> error;

  public ContractRefusal(RpcRefusal refusal) {
    this(ContractErrors.decode(refusal.revertData()), refusal);
  }

  private ContractRefusal(Optional<ContractError> error, RpcRefusal refusal) {
    super(
        Failure.CONTRACT_REVERTED,
        error
            .map(known -> known.sentence() + " (" + known.name() + ")")
            .orElse("the contract refuses: " + refusal.text() + " " + refusal.revertData()),
        refusal);
    this.error = error;
  }

  /** The error's name in Solidity, for instance {@code WrongEpoch}; empty if it is unknown. */
  public String errorName() {
    return error.map(ContractError::name).orElse("");
  }

  public Optional<ContractError> error() {
    return error;
  }
}
