package org.groundwork.cli.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.networks.sensing.wire.Field;
import org.groundwork.networks.sensing.wire.SensingDefinition;

/** What a real station measured on one day, as scaled values of a definition's fields. */
final class RecordedDay {
  private static final String FILE = "strasbourg-2021-06-19.csv";

  private final List<SortedMap<Integer, Long>> rows = new ArrayList<>();

  private RecordedDay(SensingDefinition definition, List<String> lines) {
    List<String> names = List.of(lines.getFirst().split(",", -1));
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      SortedMap<Integer, Long> row = new TreeMap<>();
      for (int i = 0; i < definition.fields().size(); i++) {
        Field field = definition.fields().get(i);
        String text = cells[names.indexOf(field.name())];
        row.put(i, new BigDecimal(text).movePointRight(field.decimals()).longValueExact());
      }
      rows.add(row);
    }
  }

  static RecordedDay load(SensingDefinition definition) throws IOException {
    InputStream in = RecordedDay.class.getResourceAsStream(FILE);
    if (in == null) {
      throw new IOException(FILE + " is not in this program");
    }
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return new RecordedDay(
          definition, reader.lines().filter(line -> !line.startsWith("#")).toList());
    }
  }

  /** A row; after the last one the day begins again. */
  SortedMap<Integer, Long> row(int index) {
    return rows.get(index % rows.size());
  }
}
