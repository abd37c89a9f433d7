package org.groundwork.networks.sensing.recorded;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.groundwork.networks.sensing.wire.Field;
import org.groundwork.networks.sensing.wire.ReferenceSeries;

/**
 * A file of comma-separated values with a column {@code utc_datetime} and one that is named as a
 * field, in even steps without a pause, as reference series: as many as its length needs.
 */
public final class ReferenceFile {
  /** More rows are not taken: a definition names 16 series of 4 KiB. */
  private static final int MAX_ROWS = 65_536;

  private static final String TIME = "utc_datetime";

  private ReferenceFile() {}

  /**
   * Reads a file.
   *
   * @throws IOException with one sentence for the user if it cannot be read as such
   */
  public static List<ReferenceSeries> read(Path file, Field field) throws IOException {
    List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    List<String> header = lines.isEmpty() ? List.of() : RecordedFile.cells(lines.getFirst());
    int time = header.indexOf(TIME);
    int value = header.indexOf(field.name());
    if (time < 0 || value < 0) {
      throw new IOException(
          "%s has no columns %s and %s; its first line is %s"
              .formatted(file, TIME, field.name(), header));
    }
    if (lines.size() < 3 || lines.size() > MAX_ROWS) {
      throw new IOException(
          file + " has " + lines.size() + " lines; it needs two values, and takes " + MAX_ROWS);
    }
    List<Long> values = new ArrayList<>();
    long start = second(file, lines, 1, time);
    long step = second(file, lines, 2, time) - start;
    for (int i = 1; i < lines.size(); i++) {
      if (step < 1 || second(file, lines, i, time) != start + (i - 1) * step) {
        throw new IOException(
            "line %d of %s is not %d s after the one before: a reference has even steps"
                .formatted(i + 1, file, step));
      }
      values.add(value(file, lines, i, value, field));
    }
    return split(field.name(), start, step, values);
  }

  private static List<ReferenceSeries> split(
      String field, long start, long step, List<Long> values) {
    List<ReferenceSeries> series = new ArrayList<>();
    int from = 0;
    while (from < values.size()) {
      int count = Math.min(values.size() - from, ReferenceSeries.MAX_SIZE);
      ReferenceSeries next = part(field, start, step, values, from, count);
      while (next.encode().size() > ReferenceSeries.MAX_SIZE) {
        count -= Math.max(1, count / 8);
        next = part(field, start, step, values, from, count);
      }
      series.add(next);
      from += count;
    }
    return series;
  }

  private static ReferenceSeries part(
      String field, long start, long step, List<Long> values, int from, int count) {
    return new ReferenceSeries(
        field, start + from * step, step, values.subList(from, from + count));
  }

  private static String cell(Path file, List<String> lines, int line, int column)
      throws IOException {
    List<String> cells = RecordedFile.cells(lines.get(line));
    if (column >= cells.size()) {
      throw new IOException("line " + (line + 1) + " of " + file + " is too short");
    }
    return cells.get(column);
  }

  private static long second(Path file, List<String> lines, int line, int column)
      throws IOException {
    long second = RecordedFile.time(cell(file, lines, line, column));
    if (second < 0) {
      throw new IOException(
          "line " + (line + 1) + " of " + file + " has no time like 2026-01-31T12:00:00Z");
    }
    return second;
  }

  private static long value(Path file, List<String> lines, int line, int column, Field field)
      throws IOException {
    String text = cell(file, lines, line, column);
    try {
      if (text.length() > RecordedFile.MAX_NUMBER) {
        throw new NumberFormatException(text);
      }
      long scaled = new BigDecimal(text).movePointRight(field.decimals()).longValueExact();
      if (scaled < field.min() || scaled > field.max()) {
        throw new ArithmeticException("out of range");
      }
      return scaled;
    } catch (NumberFormatException | ArithmeticException e) {
      throw new IOException(
          "line %d of %s: \"%s\" is no %s from %s to %s with %d decimals at most"
              .formatted(
                  line + 1,
                  file,
                  text,
                  field.name(),
                  field.format(field.min()),
                  field.format(field.max()),
                  field.decimals()),
          e);
    }
  }
}
