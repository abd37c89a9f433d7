package org.groundwork.networks.sensing.recorded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.networks.sensing.rules.SensingReason;

/** The recorded days of the resources, and what was injected into them. */
final class Days {
  private static final Path FOLDER =
      Path.of("src/test/resources/org/groundwork/networks/sensing/recorded");

  private Days() {}

  /** A fault from its first to its last reading, and the score of the published algorithm. */
  record Injected(String parameter, long first, long last, String what) {
    SensingReason reason() {
      if (what.startsWith("spike") || what.startsWith("dip")) {
        return SensingReason.SPIKE;
      }
      if (what.startsWith("stuck")) {
        return SensingReason.STUCK;
      }
      if (what.startsWith("no packets")) {
        return SensingReason.OUTAGE;
      }
      return what.startsWith("wind") ? SensingReason.HEAD_DEAD : SensingReason.OUT_OF_RANGE;
    }

    boolean isOf(String name) {
      return parameter.equals("wind") ? name.startsWith("wind_") : parameter.equals(name);
    }
  }

  static Path file(String name) {
    return FOLDER.resolve(name);
  }

  static SortedMap<String, List<Injected>> injected() throws IOException {
    TreeMap<String, List<Injected>> all = new TreeMap<>();
    for (String line : Files.readAllLines(FOLDER.resolve("injected.txt"))) {
      String[] parts = line.split(",", -1);
      if (line.startsWith("#")) {
        continue;
      }
      List<Injected> of = all.computeIfAbsent(parts[0], _ -> new ArrayList<>());
      if (parts.length == 5) {
        of.add(new Injected(parts[1], second(parts[2]), second(parts[3]), parts[4]));
      }
    }
    return all;
  }

  static long second(String utc) {
    return LocalDateTime.parse(utc.replace(' ', 'T')).toEpochSecond(ZoneOffset.UTC);
  }
}
