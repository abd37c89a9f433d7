package org.groundwork.rules.kit;

import java.util.Optional;

/**
 * One step from a cell to a neighbour: the digits from the finest on, then the base cell. Base
 * cells that are pentagons have no children along axis k; a path that would lead there is turned
 * past it.
 */
final class H3Walk {
  private static final int J = 2;
  private static final int JK = 3;
  private static final int IK = 5;

  private final long cell;
  private final int base;
  private final int resolution;
  private final int[] digits;

  private H3Walk(long cell) {
    this.cell = cell;
    this.base = H3.baseCell(cell);
    this.resolution = H3.resolution(cell);
    this.digits = new int[resolution];
    for (int r = 1; r <= resolution; r++) {
      digits[r - 1] = H3.digit(cell, r);
    }
  }

  static H3Walk from(long cell) {
    return new H3Walk(cell);
  }

  /** The neighbour in a direction; empty if a pentagon has none there. Only one step a walk. */
  Optional<Long> step(int direction) {
    int left = leading();
    int onward = direction;
    for (int r = resolution; r >= 1 && onward != 0; r--) {
      int digit = digits[r - 1];
      digits[r - 1] = Hexagons.digit(r, digit, onward);
      onward = Hexagons.carry(r, digit, onward);
    }
    return onward == 0 ? within(left) : Optional.of(beyond(onward));
  }

  /** The step stayed in its base cell. */
  private Optional<Long> within(int left) {
    if (BaseCells.isPentagon(base) && leading() == H3.DELETED) {
      if (left == 0) {
        return Optional.empty();
      }
      turn(left == JK ? 1 : -1);
    }
    return Optional.of(index(base));
  }

  private long beyond(int direction) {
    int out = direction;
    if (BaseCells.isPentagon(base) && direction == H3.DELETED) {
      out = IK;
      turn(1);
    }
    int next = BaseCells.neighbour(base, out);
    int turns = BaseCells.turn(base, out);
    if (!BaseCells.isPentagon(next)) {
      turn(turns);
      return index(next);
    }
    if (leading() == H3.DELETED) {
      turn(out == J ? -1 : 1);
    }
    for (int i = 0; i < turns; i++) {
      turn(1);
      if (leading() == H3.DELETED) {
        turn(1);
      }
    }
    return index(next);
  }

  private int leading() {
    for (int digit : digits) {
      if (digit != 0) {
        return digit;
      }
    }
    return 0;
  }

  private void turn(int sixths) {
    for (int i = 0; i < digits.length; i++) {
      digits[i] = Hexagons.turn(digits[i], sixths);
    }
  }

  private long index(int inBase) {
    long index = (cell & ~(0x7FL << H3.BASE_SHIFT)) | (long) inBase << H3.BASE_SHIFT;
    for (int r = 1; r <= resolution; r++) {
      int shift = H3.DIGIT_BITS * (H3.MAX_RESOLUTION - r);
      index = (index & ~(7L << shift)) | (long) digits[r - 1] << shift;
    }
    return index;
  }
}
