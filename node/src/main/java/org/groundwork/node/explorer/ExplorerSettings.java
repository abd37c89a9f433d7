package org.groundwork.node.explorer;

import java.nio.file.Path;
import java.util.Optional;
import org.groundwork.node.explorer.database.DatabaseAddress;
import org.groundwork.node.http.ServerSettings;

/**
 * How an explorer runs.
 *
 * @param page a folder with the page's files; the program's own without it
 * @param perSecond questions that one address may ask; ten times as many at once
 */
public record ExplorerSettings(
    DatabaseAddress database, ServerSettings server, Optional<Path> page, int perSecond) {
  /** Enough for a page that loads, not for copying everything through it. */
  public static final int PER_SECOND = 50;

  /** On loopback. */
  public static ExplorerSettings loopback(DatabaseAddress database, int port) {
    return new ExplorerSettings(
        database,
        new ServerSettings("127.0.0.1", port, 1024, 1 << 20),
        Optional.empty(),
        PER_SECOND);
  }
}
