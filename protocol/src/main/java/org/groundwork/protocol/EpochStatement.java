package org.groundwork.protocol;

import java.util.List;
import org.groundwork.protocol.crypto.Keccak256;

/**
 * What verifiers sign about an epoch; {@code Result} of the contracts.
 *
 * @param closeBlock hash of the first final block at or after the epoch's close
 * @param parent {@link #structHash()} of the epoch before, zero for the first
 * @param inputs running hash of the posted indexes, as the contract keeps it
 * @param rules hash over the rules of all networks in force
 * @param totals increases of this epoch, ascending by kind and network, none of them zero
 */
public record EpochStatement(
    DeploymentId deployment,
    EpochNumber epoch,
    int attempt,
    Hash closeBlock,
    Hash parent,
    Hash inputs,
    Hash rules,
    Hash carryRoot,
    Hash moneyRoot,
    List<Total> totals) {
  private static final String TYPE =
      "Result(bytes32 deployment,uint64 epoch,uint32 attempt,bytes32 closeBlock,bytes32 parent,"
          + "bytes32 inputs,bytes32 rules,bytes32 carryRoot,bytes32 moneyRoot,Total[] totals)"
          + Total.type();

  public EpochStatement {
    totals = List.copyOf(totals);
    for (int i = 1; i < totals.size(); i++) {
      if (totals.get(i - 1).compareTo(totals.get(i)) >= 0) {
        throw new IllegalArgumentException("totals out of order");
      }
    }
  }

  public Hash structHash() {
    CanonicalWriter array = new CanonicalWriter();
    totals.forEach(total -> array.hash(total.structHash()));
    return new TypedData(TYPE)
        .word(deployment.hash())
        .word(epoch.value())
        .word(attempt)
        .word(closeBlock)
        .word(parent)
        .word(inputs)
        .word(rules)
        .word(carryRoot)
        .word(moneyRoot)
        .word(Keccak256.hash(array.toBytes().unsafeArray()))
        .structHash();
  }
}
