package org.groundwork.engine.money;

import java.math.BigInteger;
import java.util.Map;
import java.util.SortedMap;
import org.groundwork.engine.EpochPlan;
import org.groundwork.engine.ParentSigners;
import org.groundwork.engine.ResultDues;
import org.groundwork.engine.money.EconomyLine.Cause;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.Rounding;
import org.groundwork.protocol.TokenAmount;

/**
 * Once for each result: the pools that the results before left are shared by weight among all
 * verifiers of the parent, but only its signers get theirs; the rest is burned. Emission tops the
 * pools up to the operators' share of the schedule.
 */
final class VerifierPay {
  private final EpochPlan plan;
  private final Tokens tokens;
  private final Books books;

  VerifierPay(EpochPlan plan, Tokens tokens, Books books) {
    this.plan = plan;
    this.tokens = tokens;
    this.books = books;
  }

  void settle(ResultDues dues) {
    SortedMap<NetworkId, TokenAmount> pools = books.takePools();
    TokenAmount sum = TokenAmount.ZERO;
    for (Map.Entry<NetworkId, TokenAmount> pool : pools.entrySet()) {
      share(Cause.VERIFIER, pool.getKey(), pool.getValue(), dues.parent());
      sum = sum.plus(pool.getValue());
    }
    TokenAmount floor = plan.economy().emission().operatorsBetween(dues.first(), dues.last());
    if (floor.compareTo(sum) > 0) {
      share(Cause.DUTY, NetworkId.NONE, floor.minus(sum), dues.parent());
    }
  }

  private void share(Cause cause, NetworkId network, TokenAmount pool, ParentSigners parent) {
    for (Map.Entry<AccountId, BigInteger> signer : parent.weights().entrySet()) {
      BigInteger part =
          Rounding.divideFloor(pool.value().multiply(signer.getValue()), parent.total());
      tokens.earn(cause, network, signer.getKey(), new TokenAmount(part));
    }
  }
}
