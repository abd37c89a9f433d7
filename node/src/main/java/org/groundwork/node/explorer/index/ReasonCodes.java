package org.groundwork.node.explorer.index;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.groundwork.node.explorer.database.Sql;

/** Short numbers for reasons' codes, given in the order in which they are met. */
public final class ReasonCodes {
  private final Sql sql;
  private final Map<String, Integer> numbers = new HashMap<>();

  ReasonCodes(Sql sql) throws SQLException {
    this.sql = sql;
    sql.each("SELECT id, code FROM reason", row -> numbers.put(row.text(2), row.integer(1)));
  }

  int number(String code) throws SQLException {
    Integer known = numbers.get(code);
    if (known != null) {
      return known;
    }
    int number = numbers.size();
    sql.run("INSERT INTO reason(id, code) VALUES (?, ?)", number, code);
    numbers.put(code, number);
    return number;
  }

  /** All codes by number. */
  public static Map<Integer, String> codes(Sql sql) throws SQLException {
    Map<Integer, String> codes = new HashMap<>();
    sql.each("SELECT id, code FROM reason", row -> codes.put(row.integer(1), row.text(2)));
    return codes;
  }
}
