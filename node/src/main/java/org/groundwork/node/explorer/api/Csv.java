package org.groundwork.node.explorer.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Comma-separated values (RFC 4180) in UTF-8. Text that a spreadsheet would take for a formula
 * begins with an apostrophe: anybody may write a device's endpoint.
 */
final class Csv {
  private Csv() {}

  static String line(List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (String cell : cells) {
      if (!line.isEmpty()) {
        line.append(',');
      }
      line.append(quoted(cell));
    }
    return line.append("\r\n").toString();
  }

  /** The text of a value; objects and arrays as JSON. */
  static String text(JsonNode value) {
    return value.isMissingNode() || value.isNull()
        ? ""
        : value.isValueNode() ? value.asText() : value.toString();
  }

  private static String quoted(String cell) {
    boolean formula = !cell.isEmpty() && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0;
    String safe = formula && !cell.matches("-[0-9]+") ? "'" + cell : cell;
    boolean plain = safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
  }
}
