package org.groundwork.engine;

import java.math.BigInteger;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Hash;

/**
 * An operator whose stake was bonded, or on its way out, when the epoch opened.
 *
 * @param operator the account that staked: it is paid, and its stake is slashed
 * @param signer the key of its node
 * @param weight what counts in a quorum; zero once it left
 */
public record PlannedOperator(Role role, AccountId operator, AccountId signer, BigInteger weight) {
  /** Which set it belongs to. The numbers are those of the contracts. */
  public enum Role {
    VERIFIER(1),
    GATEWAY(2);

    private final int number;

    Role(int number) {
      this.number = number;
    }

    public int number() {
      return number;
    }
  }

  private static final int ROLE_AT = Hash.SIZE - AccountId.SIZE - 1;

  public PlannedOperator {
    if (weight.signum() < 0) {
      throw new IllegalArgumentException("a weight of " + weight);
    }
  }

  /** The subject of its SLASH leaf: {@code role << 160 | operator}. */
  public Hash subject() {
    byte[] subject = operator.toSubject().toArray();
    subject[ROLE_AT] = (byte) role.number();
    return Hash.wrap(subject);
  }
}
