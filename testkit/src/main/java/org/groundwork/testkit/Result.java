package org.groundwork.testkit;

import java.math.BigInteger;
import java.util.List;
import org.groundwork.protocol.Hash;

/** {@code IResults.Result}: any, also what no honest verifier signs. */
public record Result(
    Hash deployment,
    long epoch,
    long attempt,
    Hash closeBlock,
    Hash parent,
    Hash inputs,
    Hash rules,
    Hash carryRoot,
    Hash moneyRoot,
    List<Total> totals) {
  private static final String TOTAL = "Total(uint8 kind,uint32 network,uint256 amount)";
  private static final String TYPE =
      "Result(bytes32 deployment,uint64 epoch,uint32 attempt,bytes32 closeBlock,bytes32 parent,"
          + "bytes32 inputs,bytes32 rules,bytes32 carryRoot,bytes32 moneyRoot,Total[] totals)"
          + TOTAL;

  public Result {
    totals = List.copyOf(totals);
  }

  /** The increase of one kind in one network. */
  public record Total(int kind, long network, BigInteger amount) {}

  /** The EIP-712 struct hash. */
  public Hash structHash() {
    Words array = new Words();
    for (Total total : totals) {
      array.add(
          Words.ofType(TOTAL).add(total.kind()).add(total.network()).add(total.amount()).keccak());
    }
    return Words.ofType(TYPE)
        .add(deployment)
        .add(epoch)
        .add(attempt)
        .add(closeBlock)
        .add(parent)
        .add(inputs)
        .add(rules)
        .add(carryRoot)
        .add(moneyRoot)
        .add(array.keccak())
        .keccak();
  }
}
