package org.groundwork.node.explorer.database;

import java.io.IOException;
import java.sql.SQLException;

/** The database could not do something; its own words are in the cause. */
public final class DatabaseFailure extends IOException {
  private static final long serialVersionUID = 1L;

  DatabaseFailure(String what, SQLException cause) {
    super(what + ": " + cause.getMessage(), cause);
  }
}
