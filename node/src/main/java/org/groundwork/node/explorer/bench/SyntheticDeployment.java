package org.groundwork.node.explorer.bench;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.EmissionSchedule;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.crypto.Sha256;
import org.groundwork.settlement.abi.Binding;
import org.groundwork.settlement.abi.Contract;
import org.groundwork.settlement.abi.ContractEvent;
import org.groundwork.settlement.deploy.Contracts;
import org.groundwork.settlement.deploy.Deployment;
import org.groundwork.settlement.deploy.Economy;
import org.groundwork.settlement.rpc.LogEntry;

/** A deployment on no chain, and the logs that its contracts would write. */
public final class SyntheticDeployment {
  public static final long GENESIS = 1_700_000_000L;

  /** Epochs of a period of emission. */
  public static final int PERIOD_EPOCHS = 24;

  private final Map<Contract, AccountId> addresses = new EnumMap<>(Contract.class);
  private final Map<Class<?>, AccountId> emitters = new HashMap<>();

  public SyntheticDeployment() {
    for (Contract contract : Contract.values()) {
      AccountId address = account(contract.solidityName(), 0);
      addresses.put(contract, address);
      contract.events().forEach(event -> emitters.putIfAbsent(event, address));
    }
  }

  /** An account that nobody has the key of. */
  public static AccountId account(String name, long number) {
    return new AccountId(hash(name, number).bytes().slice(12, Hash.SIZE));
  }

  public static Hash hash(String name, long number) {
    Bytes text = Bytes.wrap(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return Sha256.hash(new CanonicalWriter().bytes(text).u64(number).toBytes().unsafeArray());
  }

  public Contracts contracts() {
    return new Contracts(addresses);
  }

  public Deployment deployment() {
    Map<String, AccountId> names = new TreeMap<>();
    addresses.forEach((contract, address) -> names.put(contract.solidityName(), address));
    EmissionSchedule none = EmissionSchedule.NONE;
    return new Deployment(
        1337,
        contracts(),
        new EpochSchedule(GENESIS, 60, 60, 10),
        new Economy(
            new BasisPoints(500),
            new BasisPoints(500),
            60,
            2,
            24,
            new EmissionSchedule(
                TokenAmount.of(1),
                PERIOD_EPOCHS,
                none.decline(),
                TokenAmount.of(1_000_000_000),
                none.bootstrap(),
                none.operators(),
                none.treasury(),
                none.treasuryAccount())),
        4,
        1,
        false,
        names,
        Map.of());
  }

  /** The log of an event in a block. */
  public LogEntry log(ContractEvent event, long block, Hash blockHash, int index) {
    Binding.Log log = Binding.encode(event);
    AccountId emitter = emitters.getOrDefault(event.getClass(), AccountId.ZERO);
    Hash transaction = hash("transaction", block << 20 | index);
    return new LogEntry(emitter, log.topics(), log.data(), block, blockHash, transaction, index);
  }
}
