package org.groundwork.settlement.deploy;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.groundwork.protocol.AccountId;
import org.groundwork.settlement.abi.Contract;

/** Where the contracts of a deployment are; all of them, but for those that it may do without. */
public record Contracts(Map<Contract, AccountId> addresses) {
  public Contracts {
    addresses = Map.copyOf(addresses);
    for (Contract contract : Contract.values()) {
      if (!contract.optional() && !addresses.containsKey(contract)) {
        throw new IllegalArgumentException(
            "the contract " + contract.solidityName() + " is missing");
      }
    }
  }

  /** From names as in Solidity; other names are passed over. */
  static Contracts of(Map<String, AccountId> byName) {
    Map<Contract, AccountId> addresses = new EnumMap<>(Contract.class);
    for (Contract contract : Contract.values()) {
      AccountId address = byName.get(contract.solidityName());
      if (address != null) {
        addresses.put(contract, address);
      }
    }
    return new Contracts(addresses);
  }

  private AccountId need(Contract contract) {
    return find(contract).orElseThrow();
  }

  /** Empty if the deployment does without it. */
  public Optional<AccountId> find(Contract contract) {
    return Optional.ofNullable(addresses.get(contract));
  }

  public AccountId epochClock() {
    return need(Contract.EPOCH_CLOCK);
  }

  public AccountId deviceRegistry() {
    return need(Contract.DEVICE_REGISTRY);
  }

  public AccountId timelock() {
    return need(Contract.TIMELOCK);
  }

  public AccountId networkRegistry() {
    return need(Contract.NETWORK_REGISTRY);
  }

  public AccountId priceOracle() {
    return need(Contract.PRICE_ORACLE);
  }

  public AccountId token() {
    return need(Contract.TOKEN);
  }

  public AccountId credits() {
    return need(Contract.CREDITS);
  }

  public AccountId operators() {
    return need(Contract.OPERATORS);
  }

  public AccountId deviceStakes() {
    return need(Contract.DEVICE_STAKES);
  }

  public AccountId emission() {
    return need(Contract.EMISSION);
  }

  public AccountId council() {
    return need(Contract.COUNCIL);
  }

  public AccountId slashing() {
    return need(Contract.SLASHING);
  }

  public AccountId results() {
    return need(Contract.RESULTS);
  }

  public AccountId claims() {
    return need(Contract.CLAIMS);
  }

  public AccountId governor() {
    return need(Contract.GOVERNOR);
  }

  public AccountId sessions() {
    return need(Contract.SESSIONS);
  }

  public AccountId attestations() {
    return need(Contract.ATTESTATIONS);
  }
}
