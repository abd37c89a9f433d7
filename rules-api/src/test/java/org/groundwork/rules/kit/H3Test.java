package org.groundwork.rules.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.uber.h3core.H3Core;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The arithmetic of cells beside Uber's library. */
class H3Test {
  private static final long SEED = 20_261_121;
  private static final int RANDOM_CELLS = 50_000;

  private static H3Core h3;

  @BeforeAll
  static void load() throws IOException {
    h3 = H3Core.newInstance();
  }

  @Test
  void neighboursOfEveryCoarseCellAreThoseOfTheLibrary() {
    for (long base : h3.getRes0Cells()) {
      for (int resolution = 0; resolution <= 2; resolution++) {
        h3.cellToChildren(base, resolution).forEach(H3Test::compare);
      }
    }
  }

  @Test
  void neighboursOfCellsAroundPentagonsAreThoseOfTheLibrary() {
    for (int resolution : new int[] {3, 4, 7, 8, 15}) {
      for (long pentagon : h3.getPentagons(resolution)) {
        h3.gridDisk(pentagon, 3).forEach(H3Test::compare);
      }
    }
  }

  @Test
  void neighboursOfCellsAnywhereAreThoseOfTheLibrary() {
    Random random = new Random(SEED);
    for (int i = 0; i < RANDOM_CELLS; i++) {
      compare(cell(random, random.nextInt(H3.MAX_RESOLUTION + 1)));
    }
  }

  @Test
  void disksParentsAndResolutionsAreThoseOfTheLibrary() {
    Random random = new Random(SEED);
    for (int i = 0; i < 500; i++) {
      long cell = cell(random, random.nextInt(H3.MAX_RESOLUTION + 1));
      assertThat(H3.resolution(cell)).isEqualTo(h3.getResolution(cell));
      int coarser = random.nextInt(H3.resolution(cell) + 1);
      assertThat(H3.parent(cell, coarser)).isEqualTo(h3.cellToParent(cell, coarser));
      int steps = random.nextInt(5);
      assertThat(H3.disk(cell, steps))
          .isEqualTo(List.copyOf(new TreeSet<>(h3.gridDisk(cell, steps))));
    }
  }

  @Test
  void whatIsACellIsWhatTheLibrarySays() {
    Random random = new Random(SEED);
    for (int i = 0; i < RANDOM_CELLS; i++) {
      long bits = cell(random, random.nextInt(H3.MAX_RESOLUTION + 1));
      for (int flips = random.nextInt(4); flips > 0; flips--) {
        bits ^= 1L << random.nextInt(Long.SIZE);
      }
      assertThat(H3.isCell(bits)).as("%x", bits).isEqualTo(h3.isValidCell(bits));
    }
    assertThat(H3.isCell(0)).isFalse();
    assertThat(H3.isCell(-1)).isFalse();
  }

  @Test
  void aParentIsNotFinerAndADiskIsBounded() {
    long cell = 0x871f85600ffffffL;
    assertThatThrownBy(() -> H3.parent(cell, 8)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> H3.disk(cell, H3.MAX_RING + 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void compare(long cell) {
    TreeSet<Long> expected = new TreeSet<>(h3.gridDisk(cell, 1));
    expected.remove(cell);
    assertThat(H3.neighbours(cell)).as("%x", cell).isEqualTo(List.copyOf(expected));
  }

  private static long cell(Random random, int resolution) {
    double latitude = Math.toDegrees(Math.asin(2 * random.nextDouble() - 1));
    return h3.latLngToCell(latitude, 360 * random.nextDouble() - 180, resolution);
  }
}
