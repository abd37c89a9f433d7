package org.groundwork.settlement.wallet;

/** A vote on a proposal. The numbers are those of OpenZeppelin's governor. */
public enum Ballot {
  AGAINST(0),
  FOR(1),
  ABSTAIN(2);

  private final int number;

  Ballot(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }
}
