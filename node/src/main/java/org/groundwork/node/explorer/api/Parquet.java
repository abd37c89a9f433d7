package org.groundwork.node.explorer.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** Lists as Parquet, written by DuckDB. Amounts are text: they have more digits than numbers do. */
final class Parquet {
  private Parquet() {}

  static byte[] write(List<String> columns, List<ObjectNode> rows) throws IOException {
    Path folder = Files.createTempDirectory("groundwork-explorer");
    Path file = folder.resolve("list.parquet");
    try (DuckDBConnection connection =
            (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET memory_limit = '256MB'");
      statement.execute("SET threads = 1");
      statement.execute("CREATE TABLE list(" + declared(columns, rows) + ")");
      try (DuckDBAppender out =
          connection.createAppender(DuckDBConnection.DEFAULT_SCHEMA, "list")) {
        for (ObjectNode row : rows) {
          append(out, columns, rows, row);
        }
      }
      statement.execute(
          "COPY list TO '" + file.toString().replace("'", "''") + "' (FORMAT PARQUET)");
      return Files.readAllBytes(file);
    } catch (SQLException e) {
      throw new IOException("The list cannot be written as Parquet", e);
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(folder);
    }
  }

  /** Columns of whole numbers are such; all others text. */
  private static String declared(List<String> columns, List<ObjectNode> rows) {
    return String.join(
        ", ",
        columns.stream()
            .map(column -> '"' + column + '"' + (isNumber(column, rows) ? " BIGINT" : " VARCHAR"))
            .toList());
  }

  private static boolean isNumber(String column, List<ObjectNode> rows) {
    boolean any = false;
    for (ObjectNode row : rows) {
      JsonNode value = row.path(column);
      if (!value.isMissingNode() && !value.isNull()) {
        if (!value.isIntegralNumber()) {
          return false;
        }
        any = true;
      }
    }
    return any;
  }

  private static void append(
      DuckDBAppender out, List<String> columns, List<ObjectNode> rows, ObjectNode row)
      throws SQLException {
    out.beginRow();
    for (String column : columns) {
      JsonNode value = row.path(column);
      if (value.isMissingNode() || value.isNull()) {
        out.appendNull();
      } else if (value.isIntegralNumber() && isNumber(column, rows)) {
        out.append(value.longValue());
      } else {
        out.append(Csv.text(value));
      }
    }
    out.endRow();
  }
}
