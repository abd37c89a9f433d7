package org.groundwork.rules.kit;

/**
 * Arithmetic of H3 cells on their 64-bit indexes (h3geo.org, "H3 Index Representations"): what
 * rules need of the grid without floating point. From a latitude and longitude to a cell leads no
 * way here.
 */
public final class H3 {
  public static final int MAX_RESOLUTION = 15;

  private static final int CELL_MODE = 1;
  private static final int BASE_CELLS = 122;
  private static final int BASE_SHIFT = 45;
  private static final int RESOLUTION_SHIFT = 52;
  private static final int MODE_SHIFT = 56;
  private static final int DIGIT_BITS = 3;
  private static final int UNUSED = 7;

  /** Direction k, in which a pentagon has no child. */
  private static final int DELETED = 1;

  /** One bit for each base cell that is a pentagon. */
  private static final long[] PENTAGONS = pentagons();

  private H3() {}

  /** Whether these bits are the index of a cell. */
  public static boolean isCell(long bits) {
    if (bits >>> MODE_SHIFT != CELL_MODE << DIGIT_BITS || baseCell(bits) >= BASE_CELLS) {
      return false;
    }
    int resolution = resolution(bits);
    boolean begun = false;
    for (int r = 1; r <= MAX_RESOLUTION; r++) {
      int digit = digit(bits, r);
      if (digit == UNUSED != r > resolution) {
        return false;
      }
      if (!begun && digit != 0 && r <= resolution) {
        begun = true;
        if (digit == DELETED && isPentagon(baseCell(bits))) {
          return false;
        }
      }
    }
    return true;
  }

  /** 0, the coarsest, to 15. */
  public static int resolution(long cell) {
    return (int) (cell >>> RESOLUTION_SHIFT) & 0xF;
  }

  /**
   * The cell of a coarser resolution, or of its own, that holds a cell.
   *
   * @throws IllegalArgumentException if the resolution is finer
   */
  public static long parent(long cell, int resolution) {
    if (resolution < 0 || resolution > resolution(cell)) {
      throw new IllegalArgumentException(
          "no parent of resolution " + resolution + " of " + Long.toHexString(cell));
    }
    long digits = (1L << (DIGIT_BITS * (MAX_RESOLUTION - resolution))) - 1;
    long kept = cell & ~(0xFL << RESOLUTION_SHIFT);
    return kept | (long) resolution << RESOLUTION_SHIFT | digits;
  }

  static int baseCell(long cell) {
    return (int) (cell >>> BASE_SHIFT) & 0x7F;
  }

  static int digit(long cell, int resolution) {
    return (int) (cell >>> (DIGIT_BITS * (MAX_RESOLUTION - resolution))) & 7;
  }

  static boolean isPentagon(int baseCell) {
    return (PENTAGONS[baseCell >> 6] & 1L << baseCell) != 0;
  }

  private static long[] pentagons() {
    long[] bits = new long[2];
    for (int cell : new int[] {4, 14, 24, 38, 49, 58, 63, 72, 83, 97, 107, 117}) {
      bits[cell >> 6] |= 1L << cell;
    }
    return bits;
  }
}
