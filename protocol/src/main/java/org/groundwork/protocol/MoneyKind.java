package org.groundwork.protocol;

/** What a money leaf or a total counts. The numbers are those of the contracts. */
public enum MoneyKind {
  /** Tokens paid to an account for what customers were charged. */
  PAYMENT(1),
  /** Credits charged to a reservation. */
  CHARGE(2),
  /** Tokens of basis that charges consumed; a total only, without leaves. */
  BASIS(3),
  /** Tokens paid to an operator's account out of the operators' share of a network's basis. */
  OPERATIONS(4),
  /** Tokens paid to a device's owner out of a network's bootstrap budget. */
  BOOTSTRAP(5),
  /** Tokens paid to an operator's account while demand is small; of no network. */
  DUTY(6),
  /** Tokens of the treasury's share of the schedule; of no network. */
  TREASURY(7),
  /** Tokens to burn of a stake; leaves only, without a total. */
  SLASH(8);

  private final int number;

  MoneyKind(int number) {
    this.number = number;
  }

  /**
   * The kind of a number.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static MoneyKind of(int number) {
    for (MoneyKind kind : values()) {
      if (kind.number == number) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no kind of money " + number);
  }

  public int number() {
    return number;
  }

  /** Whether leaves of this kind pay tokens to an account. */
  public boolean isPayable() {
    return switch (this) {
      case PAYMENT, OPERATIONS, BOOTSTRAP, DUTY, TREASURY -> true;
      case CHARGE, BASIS, SLASH -> false;
    };
  }
}
