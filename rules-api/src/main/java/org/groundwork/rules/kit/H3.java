package org.groundwork.rules.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Arithmetic of H3 cells on their 64-bit indexes (h3geo.org, "H3 Index Representations"): what
 * rules need of the grid without floating point. From a latitude and longitude to a cell leads no
 * way here.
 */
public final class H3 {
  public static final int MAX_RESOLUTION = 15;

  /** The widest disk. */
  public static final int MAX_RING = 10;

  private static final int CELL_MODE = 1;
  static final int BASE_SHIFT = 45;
  private static final int RESOLUTION_SHIFT = 52;
  private static final int MODE_SHIFT = 56;
  static final int DIGIT_BITS = 3;
  private static final int UNUSED = 7;

  /** Direction k, in which a pentagon has no child. */
  static final int DELETED = 1;

  private H3() {}

  /** Whether these bits are the index of a cell. */
  public static boolean isCell(long bits) {
    if (bits >>> MODE_SHIFT != CELL_MODE << DIGIT_BITS || baseCell(bits) >= BaseCells.COUNT) {
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
        if (digit == DELETED && BaseCells.isPentagon(baseCell(bits))) {
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

  /** The cells that share an edge with a cell, ascending: six, or five around a pentagon. */
  public static List<Long> neighbours(long cell) {
    TreeSet<Long> found = new TreeSet<>();
    for (int direction = 1; direction <= Hexagons.DIRECTIONS; direction++) {
      H3Walk.from(cell).step(direction).ifPresent(found::add);
    }
    return List.copyOf(found);
  }

  /**
   * The cell and all that are at most so many steps away, ascending.
   *
   * @param steps 0 to {@value #MAX_RING}
   */
  public static List<Long> disk(long cell, int steps) {
    if (steps < 0 || steps > MAX_RING) {
      throw new IllegalArgumentException("a disk of " + steps + " rings");
    }
    TreeSet<Long> disk = new TreeSet<>();
    disk.add(cell);
    List<Long> edge = List.of(cell);
    for (int ring = 1; ring <= steps; ring++) {
      List<Long> next = new ArrayList<>();
      for (long at : edge) {
        neighbours(at).stream().filter(disk::add).forEach(next::add);
      }
      edge = next;
    }
    return List.copyOf(disk);
  }

  static int baseCell(long cell) {
    return (int) (cell >>> BASE_SHIFT) & 0x7F;
  }

  static int digit(long cell, int resolution) {
    return (int) (cell >>> (DIGIT_BITS * (MAX_RESOLUTION - resolution))) & 7;
  }
}
