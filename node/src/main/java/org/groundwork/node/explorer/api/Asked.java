package org.groundwork.node.explorer.api;

import java.sql.SQLException;
import java.util.OptionalLong;
import org.groundwork.node.explorer.database.Sql;
import org.groundwork.node.explorer.index.EpochFollower;

/** One question: the database as it is now, what else is known, and the parameters. */
record Asked(Sql sql, Scope scope, Parameters parameters) {
  /** The newest indexed epoch. */
  OptionalLong newest() throws SQLException {
    return EpochFollower.newest(sql);
  }
}
