package org.groundwork.protocol;

/** What a money leaf or a total counts. The numbers are those of the contracts. */
public enum MoneyKind {
  /** Tokens paid to an account for what customers were charged. */
  PAYMENT(1),
  /** Credits charged to a reservation. */
  CHARGE(2),
  /** Tokens of basis that charges consumed; a total only, without leaves. */
  BASIS(3);

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
}
