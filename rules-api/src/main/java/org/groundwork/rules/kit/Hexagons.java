package org.groundwork.rules.kit;

/**
 * Steps on hexagons that are made of seven smaller ones. A direction, or a child's place in its
 * parent, is a digit: 0 the centre, 1 to 6 the axes k, j, jk, i, ik, ij of H3. Places are
 * Eisenstein integers {@code a + b*w}, {@code w} a sixth of a turn; a parent's axes are the child's
 * times an integer of norm 7, which is turned one way in odd resolutions and the other way in even
 * ones.
 */
final class Hexagons {
  static final int DIRECTIONS = 6;

  /** The digits around the circle, counter-clockwise from axis i, and where each stands there. */
  private static final int[] CIRCLE = {4, 6, 2, 3, 1, 5};

  private static final int[] ANGLE = {-1, 4, 2, 3, 0, 5, 1};

  /** The powers of w. */
  private static final int[][] UNITS = {{1, 0}, {0, 1}, {-1, 1}, {-1, 0}, {0, -1}, {1, -1}};

  /** By parity of the resolution, digit and direction: the new digit, and the parent's step. */
  private static final int[][][] DIGIT = new int[2][DIRECTIONS + 1][DIRECTIONS + 1];

  private static final int[][][] CARRY = new int[2][DIRECTIONS + 1][DIRECTIONS + 1];

  static {
    for (int parity = 0; parity < 2; parity++) {
      int[] turned = UNITS[parity == 1 ? 4 : 2];
      int[] scale = {3 + turned[0], turned[1]};
      for (int digit = 0; digit <= DIRECTIONS; digit++) {
        for (int parent = 0; parent <= DIRECTIONS; parent++) {
          int[] place = sum(unit(digit), product(scale, unit(parent)));
          fill(parity, digit, parent, place);
        }
      }
    }
  }

  private Hexagons() {}

  /** The digit of the child that a step from a child leads to. */
  static int digit(int resolution, int digit, int direction) {
    return DIGIT[resolution & 1][digit][direction];
  }

  /** The step that the parent makes with it, 0 for none. */
  static int carry(int resolution, int digit, int direction) {
    return CARRY[resolution & 1][digit][direction];
  }

  /** A digit turned by so many sixths, counter-clockwise. */
  static int turn(int digit, int sixths) {
    return digit == 0 ? 0 : CIRCLE[Math.floorMod(ANGLE[digit] + sixths, DIRECTIONS)];
  }

  /** Notes which pairs of digit and direction lead to a place. */
  private static void fill(int parity, int digit, int parent, int[] place) {
    for (int from = 0; from <= DIRECTIONS; from++) {
      for (int direction = 0; direction <= DIRECTIONS; direction++) {
        int[] sum = sum(unit(from), unit(direction));
        if (sum[0] == place[0] && sum[1] == place[1]) {
          DIGIT[parity][from][direction] = digit;
          CARRY[parity][from][direction] = parent;
        }
      }
    }
  }

  private static int[] unit(int digit) {
    return digit == 0 ? new int[2] : UNITS[ANGLE[digit]];
  }

  private static int[] sum(int[] a, int[] b) {
    return new int[] {a[0] + b[0], a[1] + b[1]};
  }

  /** With {@code w * w = w - 1}. */
  private static int[] product(int[] a, int[] b) {
    return new int[] {a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0] + a[1] * b[1]};
  }
}
