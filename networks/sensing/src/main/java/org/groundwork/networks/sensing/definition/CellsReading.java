package org.groundwork.networks.sensing.definition;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.groundwork.networks.sensing.wire.SensingDefinition;
import org.groundwork.rules.kit.H3;
import org.tomlj.TomlArray;

/** The section {@code [cells]}: how coarse places are, how many devices are paid, and where. */
final class CellsReading {
  static final List<String> KEYS = List.of("resolution", "devices", "regions");

  private static final Pattern HEX = Pattern.compile("(?:0x)?[0-9a-fA-F]{15,16}");

  private final Section section;

  CellsReading(Section section) {
    this.section = section;
  }

  /** What the section says. */
  record Cells(int resolution, int devices, List<Long> regions) {
    Cells {
      regions = List.copyOf(regions);
    }
  }

  Optional<Cells> read() {
    section.only(KEYS);
    Optional<Integer> resolution = resolution();
    if (!section.has("devices")) {
      section.missing("devices", "Say how many devices of one cell are paid: devices = 3.");
    }
    Optional<Integer> devices =
        section.whole(
            "devices",
            1,
            SensingDefinition.MAX_DEVICES_PER_CELL,
            "At least 3 let neighbours check each other.");
    List<Long> regions = regions(resolution);
    return resolution.isEmpty() || devices.isEmpty()
        ? Optional.empty()
        : Optional.of(new Cells(resolution.get(), devices.get(), regions));
  }

  private Optional<Integer> resolution() {
    if (!section.has("resolution")) {
      section.missing("resolution", "7 is usual: cells of 5 km2.");
      return Optional.empty();
    }
    Object value = section.table().get(List.of("resolution"));
    if (value instanceof Long finer && finer > SensingDefinition.MAX_RESOLUTION) {
      section.wrong(
          "resolution",
          finer + " is finer than 8: it would show whose home a device is in",
          "Take 8 (cells of 0.7 km2) or less; 7 is usual.");
      return Optional.empty();
    }
    return section.whole(
        "resolution",
        0,
        SensingDefinition.MAX_RESOLUTION,
        "7 is usual (cells of 5 km2), 8 is finest (0.7 km2), 4 is a region (1770 km2).");
  }

  private List<Long> regions(Optional<Integer> resolution) {
    Optional<TomlArray> list =
        section.value(
            "regions",
            "a list of H3 cells",
            "Write regions = [\"841fa67ffffffff\"], or leave it out for everywhere.",
            value -> value instanceof TomlArray array ? Optional.of(array) : Optional.empty());
    SortedSet<Long> cells = new TreeSet<>();
    int count = list.map(TomlArray::size).orElse(0);
    if (count > SensingDefinition.MAX_REGIONS) {
      section.wrong(
          "regions",
          "%d regions, allowed are %d".formatted(count, SensingDefinition.MAX_REGIONS),
          "Name larger cells: seven cells of one resolution are about one of the next coarser.");
    }
    for (int i = 0; i < Math.min(count, SensingDefinition.MAX_REGIONS); i++) {
      region(list.orElseThrow(), i, resolution, cells);
    }
    return List.copyOf(cells);
  }

  private void region(
      TomlArray list, int index, Optional<Integer> resolution, SortedSet<Long> cells) {
    Object entry = list.get(index);
    if (!(entry instanceof String text)
        || !HEX.matcher(text).matches()
        || !H3.isCell(parse(text))) {
      wrong(
          list,
          index,
          "\"" + entry + "\" is no H3 cell",
          "H3 cells are 15 hex digits, such as \"841fa67ffffffff\"; h3geo.org shows them.");
      return;
    }
    long cell = parse(text);
    if (resolution.isPresent() && H3.resolution(cell) > resolution.get()) {
      wrong(
          list,
          index,
          "the region is of resolution %d, finer than the cells of resolution %d"
              .formatted(H3.resolution(cell), resolution.get()),
          "Its parent is \"" + Long.toHexString(H3.parent(cell, resolution.get())) + "\".");
    } else if (!cells.add(cell)) {
      wrong(list, index, "the region is there twice", "Drop one of the two.");
    }
  }

  private void wrong(TomlArray list, int index, String problem, String fix) {
    section
        .mistakes()
        .add(
            list.inputPositionOf(index),
            section.field("regions") + "[" + (index + 1) + "]",
            problem,
            fix);
  }

  private static long parse(String text) {
    return Long.parseUnsignedLong(text.startsWith("0x") ? text.substring(2) : text, 16);
  }
}
