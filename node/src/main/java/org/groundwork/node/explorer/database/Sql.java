package org.groundwork.node.explorer.database;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Statements of one transaction. Values are parameters, never text of the statement: whole numbers,
 * {@link BigInteger}, text, bytes, booleans, and {@link Optional} for what may be missing.
 */
public final class Sql {
  private static final int FETCH = 1000;

  private final Connection connection;

  Sql(Connection connection) {
    this.connection = connection;
  }

  /** Reads one row. */
  public interface Mapper<T> {
    T map(Row row) throws SQLException;
  }

  /** Takes rows one by one. */
  public interface Consumer {
    void accept(Row row) throws SQLException;
  }

  /** The columns of one row, from 1. */
  public record Row(ResultSet rows) {
    public long number(int column) throws SQLException {
      return rows.getLong(column);
    }

    public int integer(int column) throws SQLException {
      return rows.getInt(column);
    }

    public Optional<Long> optional(int column) throws SQLException {
      long value = rows.getLong(column);
      return rows.wasNull() ? Optional.empty() : Optional.of(value);
    }

    public boolean flag(int column) throws SQLException {
      return rows.getBoolean(column);
    }

    /** Empty text instead of none. */
    public String text(int column) throws SQLException {
      String text = rows.getString(column);
      return text == null ? "" : text;
    }

    public byte[] bytes(int column) throws SQLException {
      byte[] bytes = rows.getBytes(column);
      return bytes == null ? new byte[0] : bytes;
    }

    /** Zero instead of none, as a sum over nothing is. */
    public BigInteger amount(int column) throws SQLException {
      BigDecimal value = rows.getBigDecimal(column);
      return value == null ? BigInteger.ZERO : value.toBigInteger();
    }
  }

  public <T> List<T> list(String statement, Mapper<T> mapper, Object... parameters)
      throws SQLException {
    List<T> found = new ArrayList<>();
    each(statement, row -> found.add(mapper.map(row)), parameters);
    return found;
  }

  public <T> Optional<T> first(String statement, Mapper<T> mapper, Object... parameters)
      throws SQLException {
    return list(statement, mapper, parameters).stream().findFirst();
  }

  /** The first column of the only row; 0 if it is not there. */
  public long number(String statement, Object... parameters) throws SQLException {
    return first(statement, row -> row.number(1), parameters).orElse(0L);
  }

  public void each(String statement, Consumer consumer, Object... parameters) throws SQLException {
    try (PreparedStatement prepared = prepare(statement, parameters)) {
      prepared.setFetchSize(FETCH);
      try (ResultSet rows = prepared.executeQuery()) {
        Row row = new Row(rows);
        while (rows.next()) {
          consumer.accept(row);
        }
      }
    }
  }

  /** Rows that are pulled one by one; to be closed. */
  public Rows rows(String statement, Object... parameters) throws SQLException {
    PreparedStatement prepared = prepare(statement, parameters);
    prepared.setFetchSize(FETCH);
    return new Rows(prepared, prepared.executeQuery());
  }

  /** An open query. */
  public static final class Rows implements AutoCloseable {
    private final PreparedStatement statement;
    private final ResultSet rows;

    private Rows(PreparedStatement statement, ResultSet rows) {
      this.statement = statement;
      this.rows = rows;
    }

    public Optional<Row> next() throws SQLException {
      return rows.next() ? Optional.of(new Row(rows)) : Optional.empty();
    }

    @Override
    public void close() throws SQLException {
      rows.close();
      statement.close();
    }
  }

  /** Changes rows; returns how many. */
  public int run(String statement, Object... parameters) throws SQLException {
    try (PreparedStatement prepared = prepare(statement, parameters)) {
      return prepared.executeUpdate();
    }
  }

  /** Many rows for one statement. */
  public Batch batch(String statement) throws SQLException {
    return new Batch(connection.prepareStatement(statement));
  }

  /** Rows that are written together. */
  public static final class Batch implements AutoCloseable {
    private static final int SIZE = 1000;

    private final PreparedStatement statement;
    private int waiting;

    private Batch(PreparedStatement statement) {
      this.statement = statement;
    }

    public void add(Object... parameters) throws SQLException {
      bind(statement, parameters);
      statement.addBatch();
      if (++waiting == SIZE) {
        flush();
      }
    }

    public void flush() throws SQLException {
      if (waiting > 0) {
        statement.executeBatch();
        waiting = 0;
      }
    }

    /** Does not flush: what fails half way is not to be written. */
    @Override
    public void close() throws SQLException {
      statement.close();
    }
  }

  private PreparedStatement prepare(String statement, Object... parameters) throws SQLException {
    PreparedStatement prepared = connection.prepareStatement(statement);
    bind(prepared, parameters);
    return prepared;
  }

  private static void bind(PreparedStatement statement, Object... parameters) throws SQLException {
    for (int i = 0; i < parameters.length; i++) {
      bind(statement, i + 1, parameters[i]);
    }
  }

  private static void bind(PreparedStatement statement, int at, Object value) throws SQLException {
    switch (value) {
      case Long number -> statement.setLong(at, number);
      case Integer number -> statement.setInt(at, number);
      case String text -> statement.setString(at, text);
      case Boolean flag -> statement.setBoolean(at, flag);
      case BigInteger amount -> statement.setBigDecimal(at, new BigDecimal(amount));
      case byte[] bytes -> statement.setBytes(at, bytes);
      case Optional<?> optional when optional.isPresent() -> bind(statement, at, optional.get());
      case Optional<?> _ -> statement.setNull(at, Types.BIGINT);
      default -> throw new IllegalArgumentException("no column takes " + value.getClass());
    }
  }
}
