package org.groundwork.networks.sensing.recorded;

import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.groundwork.networks.sensing.wire.Field;
import org.groundwork.networks.sensing.wire.Reading;
import org.groundwork.networks.sensing.wire.SensingDefinition;
import org.groundwork.networks.sensing.wire.WeatherStation;
import org.groundwork.rules.kit.Neighbours;

/**
 * A file of comma-separated values with a column {@code utc_datetime} ({@code 2021-06-01 18:03:00})
 * and columns named as the fields of {@link WeatherStation}; others are not looked at. A value that
 * is no number is no value, a row without a time is no reading.
 *
 * @param definition of weather stations, at the cadence of the file
 * @param readings ascending, one at most for each moment
 * @param unread how many rows have no time
 */
public record RecordedFile(SensingDefinition definition, List<Reading> readings, int unread) {
  /** More rows are not read: two years of a reading a minute. */
  public static final int MAX_ROWS = 1_000_000;

  static final int MAX_NUMBER = 32;
  private static final long MAX_CADENCE = 3600;
  private static final String TIME = "utc_datetime";

  public RecordedFile {
    readings = List.copyOf(readings);
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read, or is no such file
   */
  public static RecordedFile read(Path file) throws IOException {
    SensingDefinition fields = WeatherStation.DEFINITION;
    TreeMap<Long, Reading> rows = new TreeMap<>();
    int unread = 0;
    try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      List<String> header = cells(Optional.ofNullable(in.readLine()).orElse(""));
      if (!header.contains(TIME)) {
        throw new IOException(file + " has no column " + TIME + "; its first line is " + header);
      }
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (rows.size() + unread == MAX_ROWS) {
          throw new IOException(file + " has more than " + MAX_ROWS + " rows");
        }
        Optional<Reading> reading = reading(fields, header, cells(line));
        if (reading.isPresent()) {
          rows.putIfAbsent(reading.get().observedAt(), reading.get());
        } else {
          unread++;
        }
      }
    }
    return new RecordedFile(
        WeatherStation.at(cadence(rows.keySet())), List.copyOf(rows.values()), unread);
  }

  /** The usual time between two readings. */
  private static long cadence(Collection<Long> times) {
    List<Long> between = new ArrayList<>();
    long last = -1;
    for (long time : times) {
      if (last >= 0) {
        between.add(time - last);
      }
      last = time;
    }
    return between.isEmpty()
        ? WeatherStation.DEFINITION.cadenceSeconds()
        : Math.clamp(Neighbours.median(between), 1, MAX_CADENCE);
  }

  private static Optional<Reading> reading(
      SensingDefinition fields, List<String> header, List<String> cells) {
    TreeMap<Integer, Long> values = new TreeMap<>();
    long time = -1;
    for (int i = 0; i < Math.min(header.size(), cells.size()); i++) {
      if (header.get(i).equals(TIME)) {
        time = time(cells.get(i));
      } else if (fields.index(header.get(i)).isPresent()) {
        int field = fields.index(header.get(i)).getAsInt();
        value(cells.get(i), fields.fields().get(field)).ifPresent(each -> values.put(field, each));
      }
    }
    if (time < 0 || time > Reading.MAX_SECOND || values.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new Reading(time, values));
  }

  private static Optional<Long> value(String text, Field field) {
    if (text.isEmpty() || text.length() > MAX_NUMBER || text.contains("e") || text.contains("E")) {
      return Optional.empty();
    }
    try {
      BigDecimal scaled =
          new BigDecimal(text).movePointRight(field.decimals()).setScale(0, RoundingMode.HALF_EVEN);
      return scaled.abs().compareTo(BigDecimal.valueOf(Field.MAX_VALUE)) > 0
          ? Optional.empty()
          : Optional.of(scaled.longValueExact());
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  static long time(String text) {
    try {
      String plain = text.endsWith("Z") ? text.substring(0, text.length() - 1) : text;
      return LocalDateTime.parse(plain.replace(' ', 'T')).toEpochSecond(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      return -1;
    }
  }

  static List<String> cells(String line) {
    return List.of(line.split(",", -1)).stream().map(String::strip).toList();
  }
}
