package org.groundwork.settlement.abi;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Hash;
import org.groundwork.settlement.Failure;
import org.groundwork.settlement.SettlementException;
import org.groundwork.settlement.rpc.LogEntry;

/** Reads logs of known contracts into records. */
public final class ContractEventDecoder {
  private record Key(AccountId contract, Hash topic) {}

  private final Map<Key, Binding> bindings = new HashMap<>();
  private final Set<AccountId> addresses = new HashSet<>();

  public ContractEventDecoder(Map<Contract, AccountId> contracts) {
    contracts.forEach((contract, address) -> {
      addresses.add(address);
      for (Class<? extends ContractEvent> event : contract.events()) {
        Binding binding = Binding.of(event);
        bindings.put(new Key(address, binding.topic()), binding);
      }
    });
  }

  /** Whether this is the address of one of the contracts that have events. */
  public boolean knows(AccountId contract) {
    return addresses.contains(contract);
  }

  public ContractEvent decode(LogEntry log) throws SettlementException {
    Binding binding =
        log.topics().isEmpty() ? null : bindings.get(new Key(log.address(), log.topics().get(0)));
    if (binding == null) {
      throw new SettlementException(
          Failure.RPC_BAD_ANSWER,
          "an event of " + log.address() + " that its contract does not have: " + log.topics());
    }
    try {
      return (ContractEvent) binding.decodeEvent(log.topics(), log.data());
    } catch (IllegalArgumentException e) {
      throw new SettlementException(
          Failure.RPC_BAD_ANSWER,
          "an event of block " + log.blockNumber() + " cannot be read: " + e.getMessage(),
          e);
    }
  }
}
