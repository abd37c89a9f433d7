package org.groundwork.networks.sensing.recorded;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.groundwork.networks.sensing.wire.Reading;

/**
 * The recorded months of one station, cut where it was silent and brought to readings every three
 * minutes as the fault days were: in between, with the noise of sensors. What its humidity sensor
 * reported above 100% is left out; illuminance is made up.
 */
final class Strasbourg {
  static final long STEP = 180;
  private static final long LONGEST_PAUSE = 1000;
  private static final int SHORTEST = 60;
  private static final int NO_SECTOR = 16;

  private Strasbourg() {}

  private record Row(long time, List<Double> values) {}

  /** Stretches of nine hours and more without a pause, but for the days of the fault files. */
  static List<List<Reading>> stretches(List<String> without) throws IOException {
    List<List<Reading>> stretches = new ArrayList<>();
    List<Row> open = new ArrayList<>();
    String lastDay = "";
    for (String line : Files.readAllLines(Days.file("strasbourg_10min_part1.csv"))) {
      String[] cells = line.split(",", -1);
      if (cells[0].equals("timestamp") || without.contains(cells[1].substring(0, 10))) {
        continue;
      }
      Row row = row(cells, open);
      String day = cells[1].substring(0, 10);
      if (!open.isEmpty()
          && (row.time() - open.getLast().time() > LONGEST_PAUSE || !day.equals(lastDay))) {
        close(stretches, open);
      }
      open.add(row);
      lastDay = day;
    }
    close(stretches, open);
    return stretches;
  }

  private static Row row(String[] cells, List<Row> before) {
    double humidity = Double.parseDouble(cells[3]);
    double sector = Double.parseDouble(cells[6]);
    if (!before.isEmpty()) {
      humidity = humidity > 100 ? before.getLast().values().get(1) : humidity;
    }
    double direction =
        sector == NO_SECTOR && !before.isEmpty()
            ? before.getLast().values().get(4)
            : (270 + sector * 22.5) % 360;
    return new Row(
        Long.parseLong(cells[0]),
        List.of(
            Double.parseDouble(cells[2]),
            Math.min(100, humidity),
            Double.parseDouble(cells[4]),
            Double.parseDouble(cells[5]) / 3.6,
            direction));
  }

  private static void close(List<List<Reading>> stretches, List<Row> open) {
    if (open.size() >= SHORTEST) {
      stretches.add(readings(open));
    }
    open.clear();
  }

  private static List<Reading> readings(List<Row> rows) {
    Random random = new Random(rows.getFirst().time());
    List<Reading> readings = new ArrayList<>();
    int at = 0;
    long first = Math.ceilDiv(rows.getFirst().time(), STEP) * STEP;
    for (long time = first; time <= rows.getLast().time(); time += STEP) {
      while (rows.get(at + 1).time() < time) {
        at++;
      }
      readings.add(reading(time, rows.get(at), rows.get(at + 1), random));
    }
    return readings;
  }

  private static Reading reading(long time, Row left, Row right, Random random) {
    double part = (double) (time - left.time()) / (right.time() - left.time());
    double[] now = new double[5];
    for (int i = 0; i < now.length; i++) {
      now[i] = left.values().get(i) * (1 - part) + right.values().get(i) * part;
    }
    double turn = (right.values().get(4) - left.values().get(4) + 540) % 360 - 180;
    double sun = Math.max(0, Math.sin((time % 86_400 - 14_400) / 57_600.0 * Math.PI));
    TreeMap<Integer, Long> values = new TreeMap<>();
    values.put(0, Math.round(10 * now[0] + random.nextGaussian() * 0.5));
    values.put(1, Math.round(now[1]));
    values.put(2, Math.round(100 * now[2] + random.nextGaussian() * 4));
    values.put(3, Math.max(0, Math.round(100 * now[3] + random.nextGaussian() * 20)));
    values.put(
        4,
        Math.floorMod(
            Math.round(left.values().get(4) + turn * part + random.nextGaussian() * 3), 360L));
    values.put(5, Math.max(0, Math.round(600_000 * sun * (1 + 0.05 * random.nextGaussian()))));
    values.put(6, 0L);
    return new Reading(time, values);
  }
}
