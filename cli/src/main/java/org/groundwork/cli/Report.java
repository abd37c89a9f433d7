package org.groundwork.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.TokenAmount;

/**
 * What a command found or did: for a person a table, for a program one line of JSON with the same
 * names. Amounts are whole tokens and dollars in the table, and decimal strings of the smallest
 * unit in JSON.
 */
final class Report {
  private final ObjectNode json = Json.object();
  private final List<Map.Entry<String, String>> lines = new ArrayList<>();
  private final List<Map.Entry<String, List<Report>>> tables = new ArrayList<>();

  Report put(String name, String value) {
    json.put(name, value);
    return line(name, value);
  }

  Report put(String name, Object value) {
    return put(name, value.toString());
  }

  Report put(String name, long value) {
    json.put(name, value);
    return line(name, Long.toString(value));
  }

  Report put(String name, boolean value) {
    json.put(name, value);
    return line(name, value ? "yes" : "no");
  }

  Report put(String name, TokenAmount amount) {
    json.put(name, amount.toString());
    return line(name, Amounts.show(amount));
  }

  Report put(String name, Credits amount) {
    json.put(name, amount.value().toString());
    return line(name, "$" + Amounts.show(amount));
  }

  /** The chain's own coin, in wei. */
  Report coin(String name, BigInteger wei) {
    json.put(name, wei.toString());
    return line(name, Amounts.show(new TokenAmount(wei)));
  }

  private Report line(String name, String text) {
    lines.add(Map.entry(name, text));
    return this;
  }

  /** Several of one kind; each has the same names. */
  Report rows(String name, List<Report> rows) {
    var array = json.putArray(name);
    rows.forEach(row -> array.add(row.json));
    tables.add(Map.entry(name, List.copyOf(rows)));
    return this;
  }

  ObjectNode json() {
    return json;
  }

  /** For a terminal. */
  String text() {
    StringBuilder out = new StringBuilder();
    int width = lines.stream().mapToInt(line -> line.getKey().length()).max().orElse(0);
    lines.forEach(line ->
        out.append(line.getKey())
            .append(" ".repeat(width - line.getKey().length() + 2))
            .append(line.getValue())
            .append('\n'));
    for (Map.Entry<String, List<Report>> table : tables) {
      out.append(out.isEmpty() ? "" : "\n").append(table.getKey()).append(":");
      if (table.getValue().isEmpty()) {
        out.append(" none\n");
      } else {
        out.append("\n\n").append(table(table.getValue()));
      }
    }
    return out.toString();
  }

  private static Table table(List<Report> rows) {
    Table table =
        new Table(rows.getFirst().lines.stream().map(Map.Entry::getKey).toArray(String[]::new));
    rows.forEach(row -> table.row(row.lines.stream().map(Map.Entry::getValue).toArray()));
    return table;
  }
}
