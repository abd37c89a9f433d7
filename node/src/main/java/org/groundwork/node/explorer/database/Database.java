package org.groundwork.node.explorer.database;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transactions on one database: one that writes at a time, some that read, each on the state of its
 * beginning. Safe for use by many threads.
 *
 * <p>What reads does so in threads of this class: while H2 waits for a disk it holds the carrier of
 * a virtual thread, and a process has as few of these as processors; and a thread that is
 * interrupted while it reads closes H2's file.
 */
public final class Database implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);
  private static final int READERS = 8;

  /** The ending that H2 gives to a database's file. */
  private static final String FILE = ".mv.db";

  private static final String VERSION = "schema";
  private static final String DEPLOYMENT = "deployment";
  private static final String INDEXES = "indexes";

  private final DatabaseAddress address;
  private final ExecutorService readers =
      Executors.newFixedThreadPool(
          READERS, Thread.ofPlatform().daemon().name("read-", 1).factory());
  private final BlockingDeque<Connection> idle = new LinkedBlockingDeque<>();
  private final ReentrantLock writing = new ReentrantLock();
  private final @Nullable ResidentFile resident;
  private Connection writer;

  private Database(DatabaseAddress address, Connection writer, @Nullable ResidentFile resident) {
    this.address = address;
    this.writer = writer;
    this.resident = resident;
  }

  /** What a transaction does. */
  public interface Work<T> {
    T run(Sql sql) throws SQLException, IOException;
  }

  /** What a transaction does that returns nothing. */
  public interface Change {
    void run(Sql sql) throws SQLException, IOException;
  }

  /**
   * Opens the database of a deployment. One of another version or deployment, or one that is
   * damaged, is emptied: everything in it can be had again.
   *
   * @param deployment the deployment's id
   * @throws IOException if it cannot be reached
   */
  public static Database open(DatabaseAddress address, String deployment) throws IOException {
    try {
      return checked(address, deployment);
    } catch (SQLException e) {
      if (address.file().isEmpty()) {
        throw new DatabaseFailure("The database cannot be opened", e);
      }
      if (isLocked(e)) {
        throw new IOException("Another program has the explorer's database open.", e);
      }
      LOG.warn("The explorer's database is damaged and will be built again: {}", e.toString());
      delete(address);
      try {
        return checked(address, deployment);
      } catch (SQLException again) {
        throw new DatabaseFailure("The database cannot be opened", again);
      }
    }
  }

  /** H2's DATABASE_ALREADY_OPEN_1. */
  private static boolean isLocked(SQLException e) {
    return e.getErrorCode() == 90020;
  }

  /** Removes all that is in a database, so that it is built again from the chain and the files. */
  public void clear() throws IOException {
    String deployment = read(sql -> meta(sql, DEPLOYMENT)).orElseThrow();
    writing.lock();
    try {
      Schema.drop(writer);
      Schema.create(writer, address.isPostgresql());
      stamp(writer, deployment);
    } catch (SQLException e) {
      throw new DatabaseFailure("The database cannot be emptied", e);
    } finally {
      writing.unlock();
    }
  }

  /**
   * Adds the indexes that only questions need, once: while an empty database is filled they would
   * cost more than all else.
   */
  public void addIndexes() throws IOException {
    if (read(sql -> meta(sql, INDEXES)).isPresent()) {
      return;
    }
    writing.lock();
    try {
      Schema.addIndexes(writer);
    } catch (SQLException e) {
      throw new DatabaseFailure("Indexes cannot be added", e);
    } finally {
      writing.unlock();
    }
    change(sql -> put(sql, INDEXES, "added"));
  }

  private static void delete(DatabaseAddress address) throws IOException {
    for (String ending : new String[] {FILE, ".trace.db"}) {
      Files.deleteIfExists(Path.of(address.file() + ending));
    }
  }

  private static Database checked(DatabaseAddress address, String deployment)
      throws SQLException, IOException {
    Connection writer = connect(address);
    try {
      if (!fits(writer, deployment)) {
        Schema.drop(writer);
        Schema.create(writer, address.isPostgresql());
        stamp(writer, deployment);
      }
      return new Database(address, writer, resident(address));
    } catch (SQLException | IOException e) {
      writer.close();
      throw e;
    }
  }

  private static @Nullable ResidentFile resident(DatabaseAddress address) throws IOException {
    return address.file().isEmpty() ? null : new ResidentFile(Path.of(address.file() + FILE));
  }

  private static boolean fits(Connection connection, String deployment) throws SQLException {
    Sql sql = new Sql(connection);
    long tables =
        sql.number(
            "SELECT COUNT(*) FROM information_schema.tables WHERE LOWER(table_name) = 'meta'"
                + " AND LOWER(table_schema) = 'public'");
    boolean fits =
        tables > 0
            && meta(sql, VERSION).equals(Optional.of(Integer.toString(Schema.VERSION)))
            && meta(sql, DEPLOYMENT).equals(Optional.of(deployment));
    connection.commit();
    return fits;
  }

  private static void stamp(Connection connection, String deployment) throws SQLException {
    Sql sql = new Sql(connection);
    put(sql, VERSION, Integer.toString(Schema.VERSION));
    put(sql, DEPLOYMENT, deployment);
    connection.commit();
  }

  /** A note by its name. */
  public static Optional<String> meta(Sql sql, String item) throws SQLException {
    return sql.first("SELECT content FROM meta WHERE item = ?", row -> row.text(1), item);
  }

  public static void put(Sql sql, String item, String content) throws SQLException {
    if (sql.run("UPDATE meta SET content = ? WHERE item = ?", content, item) == 0) {
      sql.run("INSERT INTO meta(item, content) VALUES (?, ?)", item, content);
    }
  }

  private static Connection connect(DatabaseAddress address) throws SQLException {
    Connection connection =
        DriverManager.getConnection(address.connectionUrl(), address.properties());
    connection.setAutoCommit(false);
    return connection;
  }

  /** A number that changes with the layout of the tables. */
  public static int version() {
    return Schema.VERSION;
  }

  public <T> T read(Work<T> work) throws IOException {
    Future<T> reading = readers.submit(() -> readNow(work));
    try {
      return reading.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Nobody waits for what is read any more.");
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException failed -> throw failed;
        case RuntimeException failed -> throw failed;
        case Error failed -> throw failed;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }

  private <T> T readNow(Work<T> work) throws IOException {
    try {
      Connection known = idle.pollFirst();
      Connection connection = known == null ? reader() : known;
      T result;
      try {
        result = work.run(new Sql(connection));
        connection.rollback();
      } catch (SQLException | RuntimeException | IOException e) {
        // It may be broken; the next reader gets a new one.
        connection.close();
        throw e;
      }
      idle.addFirst(connection);
      return result;
    } catch (SQLException e) {
      throw new DatabaseFailure("The database cannot be read", e);
    }
  }

  private Connection reader() throws SQLException {
    Connection connection = connect(address);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setReadOnly(address.isPostgresql());
    return connection;
  }

  /** All of it is written, or nothing. */
  public <T> T write(Work<T> work) throws IOException {
    writing.lock();
    try {
      if (!writer.isValid(5)) {
        writer.close();
        writer = connect(address);
      }
      try {
        T result = work.run(new Sql(writer));
        writer.commit();
        return result;
      } catch (SQLException | RuntimeException | IOException e) {
        writer.rollback();
        throw e;
      }
    } catch (SQLException e) {
      throw new DatabaseFailure("The database cannot be written", e);
    } finally {
      writing.unlock();
    }
  }

  public void change(Change change) throws IOException {
    boolean _ =
        write(sql -> {
          change.run(sql);
          return true;
        });
  }

  @Override
  public void close() throws IOException {
    readers.close();
    writing.lock();
    try {
      for (Connection connection : idle) {
        connection.close();
      }
      writer.close();
    } catch (SQLException e) {
      throw new DatabaseFailure("The database cannot be closed", e);
    } finally {
      writing.unlock();
      if (resident != null) {
        resident.close();
      }
    }
  }
}
