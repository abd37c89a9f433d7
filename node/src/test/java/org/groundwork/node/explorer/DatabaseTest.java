package org.groundwork.node.explorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Semaphore;
import org.groundwork.node.explorer.database.Database;
import org.groundwork.node.explorer.database.DatabaseAddress;
import org.groundwork.node.explorer.database.Sql;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
  private static final String ONCE =
      "INSERT INTO reason(id, code) SELECT CAST(? AS INT), CAST(? AS VARCHAR(100))"
          + " WHERE NOT EXISTS (SELECT 1 FROM reason WHERE id = ?)";

  @Test
  void aStatementSeesWhatTheOneBeforeWrote() throws Exception {
    DatabaseAddress address = new DatabaseAddress("jdbc:h2:mem:transaction");
    try (Database database = Database.open(address, "deployment")) {
      database.change(sql -> {
        assertThat(sql.run(ONCE, 1, "late", 1)).isEqualTo(1);
        assertThat(sql.run(ONCE, 1, "late", 1)).isZero();
      });
    }
  }

  /** H2 closes its file if the thread that reads it is interrupted. */
  @Test
  void whoIsInterruptedTakesTheDatabaseFromNobody(@TempDir Path folder) throws Exception {
    try (Database database = Database.open(DatabaseAddress.in(folder), "deployment")) {
      Semaphore gone = new Semaphore(0);
      Thread.currentThread().interrupt();
      assertThatThrownBy(() ->
              database.read(sql -> {
                gone.acquireUninterruptibly();
                return reasons(sql);
              }))
          .isInstanceOf(InterruptedIOException.class);
      assertThat(Thread.interrupted()).isTrue();
      gone.release();
      assertThat(database.read(DatabaseTest::reasons)).isZero();
    }
  }

  private static long reasons(Sql sql) throws SQLException {
    return sql.number("SELECT COUNT(*) FROM reason");
  }
}
