package org.groundwork.rules.kit;

/**
 * How values of a quantity differ.
 *
 * @param wrap what an angle wraps at; 0 for none
 * @param counts whether it only adds up; a smaller value means that it started again from 0
 */
public record Quantity(long wrap, boolean counts) {
  /** Values on a line. */
  public static final Quantity LINEAR = new Quantity(0, false);

  /** Values that add up. */
  public static final Quantity COUNTER = new Quantity(0, true);

  public Quantity {
    if (wrap < 0 || (wrap > 0 && counts)) {
      throw new IllegalArgumentException("wraps at " + wrap);
    }
  }

  /** Values on a circle. */
  public static Quantity angle(long wrap) {
    return new Quantity(wrap, false);
  }

  /** The change from one value to a later one; on a circle the shorter way. */
  public long change(long from, long to) {
    if (counts) {
      return to >= from ? to - from : to;
    }
    if (wrap == 0) {
      return to - from;
    }
    long change = Math.floorMod(to - from, wrap);
    return 2 * change > wrap ? change - wrap : change;
  }

  public long distance(long from, long to) {
    return Math.abs(change(from, to));
  }
}
