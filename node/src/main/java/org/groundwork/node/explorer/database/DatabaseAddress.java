package org.groundwork.node.explorer.database;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;

/**
 * Where a database is: a JDBC URL of H2 or PostgreSQL. Passwords do not stand in it: what
 * PostgreSQL wants is read from {@code PGUSER} and {@code PGPASSWORD} of the environment.
 */
public record DatabaseAddress(String url) {
  private static final String H2 = "jdbc:h2:";
  private static final String POSTGRESQL = "jdbc:postgresql:";

  /** Of the heap, for pages that H2 need not read and decode again. */
  private static final int CACHE_PART = 4;

  /**
   * Enough statements for every page of the explorer. Results are not reused: H2 does it for an
   * inner query although the same transaction has written since.
   */
  private static final String H2_OPTIONS =
      ";QUERY_CACHE_SIZE=256;OPTIMIZE_REUSE_RESULTS=FALSE;LOCK_TIMEOUT=20000"
          + ";DB_CLOSE_ON_EXIT=FALSE;CACHE_SIZE=";

  public DatabaseAddress {
    if (!url.startsWith(H2) && !url.startsWith(POSTGRESQL)) {
      throw new IllegalArgumentException(
          "A database is jdbc:postgresql://HOST/NAME or jdbc:h2:file:/PATH, not what was given.");
    }
    if (url.toLowerCase(Locale.ROOT).contains("password=")) {
      throw new IllegalArgumentException(
          "A password must not stand in the URL; PGPASSWORD of the environment is read.");
    }
    if (url.startsWith(H2) && !url.startsWith(H2 + "file:") && !url.startsWith(H2 + "mem:")) {
      throw new IllegalArgumentException("Of H2, jdbc:h2:file:/PATH is meant.");
    }
  }

  /** An H2 database in a file of this folder. */
  public static DatabaseAddress in(Path folder) {
    return new DatabaseAddress(H2 + "file:" + folder.toAbsolutePath().resolve("explorer"));
  }

  boolean isPostgresql() {
    return url.startsWith(POSTGRESQL);
  }

  /** The file of H2 without its ending; empty for a server or memory. */
  String file() {
    String prefix = H2 + "file:";
    return url.startsWith(prefix) ? url.substring(prefix.length()).split(";", 2)[0] : "";
  }

  String connectionUrl() {
    long cacheKibibytes = Runtime.getRuntime().maxMemory() / CACHE_PART / 1024;
    return isPostgresql() || url.contains(";") ? url : url + H2_OPTIONS + cacheKibibytes;
  }

  Properties properties() {
    Properties properties = new Properties();
    if (isPostgresql()) {
      properties.setProperty("reWriteBatchedInserts", "true");
      properties.setProperty("connectTimeout", "5");
      properties.setProperty("ApplicationName", "groundwork-explorer");
      put(properties, "user", System.getenv("PGUSER"));
      put(properties, "password", System.getenv("PGPASSWORD"));
    }
    return properties;
  }

  private static void put(
      Properties properties, String name, @org.jspecify.annotations.Nullable String value) {
    if (value != null && !value.isEmpty()) {
      properties.setProperty(name, value);
    }
  }
}
