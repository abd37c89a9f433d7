package org.groundwork.networks.sensing.data;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.groundwork.networks.sensing.wire.Field;
import org.groundwork.networks.sensing.wire.SensingDefinition;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;

/**
 * All readings that a server sells, in one DuckDB file: what a result accepted, with the result's
 * epoch, and fresh ones without. Safe for use by several threads. No text of a customer's ever
 * stands in a statement: only numbers, and names that {@link Field} has checked.
 */
final class ReadingStore implements AutoCloseable {
  /** The most rows of one answer. */
  static final int MAX_ROWS = 1_000_000;

  /** More than anybody who publishes results lists. */
  private static final int MAX_RESULTS = 256;

  /** Names of columns that are ours; a field of such a name gets an underscore behind it. */
  private static final Set<String> OURS = Set.of("time", "cell", "device", "epoch", "state");

  private static final String SETTINGS =
      "SET memory_limit = '512MB'; SET threads = 2; SET autoinstall_known_extensions = false;"
          + " SET autoload_known_extensions = false; SET enable_progress_bar = false";

  private final SensingDefinition definition;
  private final Path exports;
  private final DuckDBConnection writer;
  private volatile Set<Hash> unpaid;

  ReadingStore(Path folder, SensingDefinition definition) throws IOException {
    this.definition = definition;
    exports = folder.resolve("exports");
    Files.createDirectories(exports);
    deleteExports();
    try {
      writer =
          (DuckDBConnection)
              DriverManager.getConnection("jdbc:duckdb:" + folder.resolve("readings.duckdb"));
      try (Statement sql = writer.createStatement()) {
        sql.execute(SETTINGS);
        sql.execute(
            "CREATE TABLE IF NOT EXISTS readings (result BIGINT, epoch BIGINT NOT NULL,"
                + " device BIGINT NOT NULL, sequence BIGINT NOT NULL, cell BIGINT NOT NULL,"
                + " observed BIGINT NOT NULL)");
        sql.execute("CREATE TABLE IF NOT EXISTS segments (epoch BIGINT, hash VARCHAR)");
        sql.execute(
            "CREATE TABLE IF NOT EXISTS results (epoch BIGINT, hash VARCHAR, final BOOLEAN)");
        sql.execute("CREATE TABLE IF NOT EXISTS unpaid (epoch BIGINT, deal VARCHAR)");
        for (Field field : definition.fields()) {
          sql.execute(
              "ALTER TABLE readings ADD COLUMN IF NOT EXISTS %s %s"
                  .formatted(column(field), type(field)));
        }
        sql.execute(
            "CREATE TEMP TABLE incoming AS SELECT %s FROM readings LIMIT 0".formatted(columns()));
      }
    } catch (SQLException e) {
      throw failed(e);
    }
    requireSameDecimals();
    unpaid = hashes("SELECT deal FROM unpaid");
  }

  /** A field whose decimals changed would be rounded without a word. */
  private void requireSameDecimals() throws IOException {
    Map<String, String> types = new TreeMap<>();
    rows(
        "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = 'readings'",
        row -> types.put(row.getString(1), row.getString(2)));
    for (Field field : definition.fields()) {
      if (!type(field).equals(types.get("f_" + field.name()))) {
        throw new IOException(
            "the readings that are kept have another number of decimals of "
                + field.name()
                + "; move the folder away to begin anew");
      }
    }
  }

  private void deleteExports() throws IOException {
    try (var files = Files.list(exports)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  /** What one row of a result set is turned to. */
  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  private interface Change {
    void run(Statement sql) throws SQLException;
  }

  /** The segments of epochs without a result that were taken. */
  synchronized Set<Hash> segments() throws IOException {
    return hashes("SELECT hash FROM segments");
  }

  /** The newest results that were taken, by epoch. */
  synchronized Map<EpochNumber, PublicRecords.Accepted> results() throws IOException {
    Map<EpochNumber, PublicRecords.Accepted> results = new TreeMap<>();
    rows(
        "SELECT epoch, hash, final FROM results ORDER BY epoch DESC LIMIT " + MAX_RESULTS,
        row -> {
          EpochNumber epoch = new EpochNumber(row.getLong(1));
          Hash hash = Hash.fromHex(row.getString(2));
          results.put(epoch, new PublicRecords.Accepted(epoch, hash, row.getBoolean(3)));
        });
    return results;
  }

  /** Scope deals of which a result in force says that they were not paid in full. */
  Set<Hash> unpaid() {
    return unpaid;
  }

  /**
   * Takes the readings of a sealed segment.
   *
   * @return those that no other segment had
   */
  synchronized List<SoldReading> addFresh(
      EpochNumber epoch, Hash segment, List<SoldReading> readings) throws IOException {
    Set<String> added = new TreeSet<>();
    change(sql -> {
      fill(sql, readings, OptionalLong.empty());
      String unknown =
          "SELECT DISTINCT ON (device, sequence) * FROM incoming i WHERE NOT EXISTS (SELECT 1 FROM"
              + " readings r WHERE r.epoch = i.epoch AND r.device = i.device AND r.sequence ="
              + " i.sequence)";
      try (ResultSet rows = sql.executeQuery("SELECT device, sequence FROM (" + unknown + ")")) {
        while (rows.next()) {
          added.add(rows.getLong(1) + ":" + rows.getLong(2));
        }
      }
      sql.execute("INSERT INTO readings BY NAME " + unknown);
      sql.execute("INSERT INTO segments VALUES (%d, '%s')".formatted(epoch.value(), segment));
    });
    return readings.stream()
        .filter(each -> added.remove(each.device().value() + ":" + each.sequence().value()))
        .toList();
  }

  /** Takes what a result accepted in place of all fresh readings until its epoch. */
  synchronized void accept(
      PublicRecords.Accepted result, List<SoldReading> readings, Set<Hash> unpaidDeals)
      throws IOException {
    long epoch = result.epoch().value();
    change(sql -> {
      sql.execute("DELETE FROM readings WHERE result >= " + epoch);
      sql.execute("DELETE FROM results WHERE epoch >= " + epoch);
      sql.execute("DELETE FROM unpaid WHERE epoch >= " + epoch);
      sql.execute("DELETE FROM readings WHERE result IS NULL AND epoch <= " + epoch);
      sql.execute("DELETE FROM segments WHERE epoch <= " + epoch);
      fill(sql, readings, OptionalLong.of(epoch));
      sql.execute("INSERT INTO readings BY NAME SELECT * FROM incoming");
      sql.execute(
          "INSERT INTO results VALUES (%d, '%s', %b)"
              .formatted(epoch, result.hash(), result.isFinal()));
      for (Hash deal : unpaidDeals) {
        sql.execute("INSERT INTO unpaid VALUES (%d, '%s')".formatted(epoch, deal));
      }
    });
    unpaid = hashes("SELECT deal FROM unpaid");
  }

  /** Notes that a result is final. */
  synchronized void finalise(EpochNumber epoch) throws IOException {
    change(sql -> sql.execute("UPDATE results SET final = true WHERE epoch = " + epoch));
  }

  /** Forgets results that were rolled back, from an epoch on. */
  synchronized void rollBack(EpochNumber epoch) throws IOException {
    change(sql -> {
      sql.execute("DELETE FROM readings WHERE result >= " + epoch);
      sql.execute("DELETE FROM results WHERE epoch >= " + epoch);
      sql.execute("DELETE FROM unpaid WHERE epoch >= " + epoch);
    });
    unpaid = hashes("SELECT deal FROM unpaid");
  }

  /**
   * Writes what a query finds to a file, which the caller deletes.
   *
   * @throws DataException if it finds more than {@link #MAX_ROWS}
   */
  Path export(Query query, Format format) throws IOException, DataException {
    Path file = Files.createTempFile(exports, "export", "." + format.code());
    try (var connection = writer.duplicate();
        Statement sql = connection.createStatement()) {
      String target = file.toString().replace("'", "''");
      sql.execute(
          "COPY (%s) TO '%s' (%s)".formatted(select(query, format), target, format.copyOptions()));
      try (ResultSet count =
          sql.executeQuery("SELECT count(*) FROM (%s)".formatted(select(query, format)))) {
        count.next();
        if (count.getLong(1) > MAX_ROWS) {
          throw DataError.TOO_MANY.exception("At most " + MAX_ROWS + " are handed out at once.");
        }
      }
      return file;
    } catch (SQLException e) {
      Files.deleteIfExists(file);
      throw failed(e);
    } catch (DataException e) {
      Files.deleteIfExists(file);
      throw e;
    }
  }

  private String select(Query query, Format format) {
    String time =
        format == Format.PARQUET
            ? "to_timestamp(observed)"
            : "strftime(make_timestamp(observed * 1000000), '%Y-%m-%dT%H:%M:%SZ')";
    String fields =
        definition.fields().stream()
            .map(field -> ", %s AS \"%s\"".formatted(column(field), shownName(field)))
            .collect(Collectors.joining());
    String cells = query.cells().stream().map(String::valueOf).collect(Collectors.joining(", "));
    String newest =
        query.newestOnly()
            ? " QUALIFY row_number() OVER (PARTITION BY device ORDER BY observed DESC, sequence"
                + " DESC) = 1"
            : "";
    return "SELECT "
        + time
        + " AS \"time\", lower(hex(cell)) AS cell, device, r.epoch AS epoch, CASE WHEN result IS"
        + " NULL THEN 'unverified' WHEN s.final THEN 'final' ELSE 'accepted' END AS state"
        + fields
        + " FROM readings r LEFT JOIN results s ON r.result = s.epoch WHERE cell IN ("
        + cells
        + ") AND r.epoch BETWEEN %d AND %d AND observed >= %d AND observed < %d"
            .formatted(query.first().value(), query.last().value(), query.from(), query.until())
        + (query.judgedOnly() ? " AND result IS NOT NULL" : "")
        + newest
        + " ORDER BY observed, device, sequence LIMIT "
        + (MAX_ROWS + 1);
  }

  private void fill(Statement sql, List<SoldReading> readings, OptionalLong result)
      throws SQLException {
    sql.execute("DELETE FROM incoming");
    try (DuckDBAppender rows = writer.createAppender("temp", "main", "incoming")) {
      for (SoldReading each : readings) {
        rows.beginRow();
        if (result.isPresent()) {
          rows.append(result.getAsLong());
        } else {
          rows.appendNull();
        }
        rows.append(each.epoch().value())
            .append(each.device().value())
            .append(each.sequence().value())
            .append(each.cell())
            .append(each.reading().observedAt());
        for (int i = 0; i < definition.fields().size(); i++) {
          OptionalLong value = each.reading().value(i);
          if (value.isPresent()) {
            rows.append(
                BigDecimal.valueOf(value.getAsLong(), definition.fields().get(i).decimals()));
          } else {
            rows.appendNull();
          }
        }
        rows.endRow();
      }
    }
  }

  private void change(Change change) throws IOException {
    try (Statement sql = writer.createStatement()) {
      sql.execute("BEGIN TRANSACTION");
      try {
        change.run(sql);
        sql.execute("COMMIT");
      } catch (SQLException | RuntimeException e) {
        sql.execute("ROLLBACK");
        throw e;
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private Set<Hash> hashes(String query) throws IOException {
    List<Hash> hashes = new ArrayList<>();
    rows(query, row -> hashes.add(Hash.fromHex(row.getString(1))));
    return Set.copyOf(hashes);
  }

  private void rows(String query, RowReader reader) throws IOException {
    try (Statement sql = writer.createStatement();
        ResultSet rows = sql.executeQuery(query)) {
      while (rows.next()) {
        reader.read(rows);
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private String columns() {
    return "result, epoch, device, sequence, cell, observed"
        + definition.fields().stream()
            .map(field -> ", " + column(field))
            .collect(Collectors.joining());
  }

  private static String column(Field field) {
    return "f_" + field.name();
  }

  private static String type(Field field) {
    return "DECIMAL(18,%d)".formatted(field.decimals());
  }

  static String shownName(Field field) {
    return OURS.contains(field.name()) ? field.name() + "_" : field.name();
  }

  private static IOException failed(SQLException e) {
    return new IOException("the store of readings failed: " + e.getMessage(), e);
  }

  @Override
  public void close() throws IOException {
    try {
      writer.close();
    } catch (SQLException e) {
      throw failed(e);
    }
  }
}
