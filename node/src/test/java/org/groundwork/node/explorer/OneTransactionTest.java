package org.groundwork.node.explorer;

import static org.assertj.core.api.Assertions.assertThat;

import org.groundwork.node.explorer.database.Database;
import org.groundwork.node.explorer.database.DatabaseAddress;
import org.junit.jupiter.api.Test;

class OneTransactionTest {
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
}
