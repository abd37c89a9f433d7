package org.groundwork.settlement.wallet;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.settlement.SettlementException;
import org.groundwork.settlement.abi.Binding;
import org.groundwork.settlement.abi.Calls;
import org.groundwork.settlement.rpc.Receipt;

/** Transactions that are tried and not sent. */
final class Rehearsal {
  private static final Bytes APPROVAL =
      Binding.encode(new Calls.Token.Approve(AccountId.ZERO, TokenAmount.ZERO)).slice(0, 4);

  private final List<Rehearsed.Step> steps = new ArrayList<>();

  /** Asks the chain what a call needs; fails as the call would. */
  interface Trial {
    long gas() throws SettlementException;
  }

  /** An approval is taken for done, since what follows depends on it; anything else ends it all. */
  Receipt next(AccountId to, BigInteger coin, Bytes data, Trial trial) throws SettlementException {
    boolean first = steps.isEmpty();
    OptionalLong gas = first ? OptionalLong.of(trial.gas()) : OptionalLong.empty();
    steps.add(new Rehearsed.Step(to, coin, data, gas));
    if (data.size() < APPROVAL.size() || !data.slice(0, APPROVAL.size()).equals(APPROVAL)) {
      throw new Rehearsed(steps);
    }
    return new Receipt(Hash.ZERO, true, 0, Hash.ZERO, 0, List.of());
  }
}
