package org.groundwork.settlement;

/** The two staked sets. The numbers are those of the contracts. */
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
