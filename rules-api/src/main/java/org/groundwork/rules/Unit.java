package org.groundwork.rules;

/**
 * What a whole number counts: {@code value / 10^decimals} of what the name says.
 *
 * @param name such as {@code slots} or {@code credits/GiB}
 * @param decimals 0 to 36
 */
public record Unit(String name, int decimals) {
  private static final int MAX_DECIMALS = 36;

  public Unit {
    if (name.isBlank() || decimals < 0 || decimals > MAX_DECIMALS) {
      throw new IllegalArgumentException("not a unit: " + name + ", decimals " + decimals);
    }
  }

  /** Of things that have no fractions. */
  public static Unit of(String name) {
    return new Unit(name, 0);
  }
}
