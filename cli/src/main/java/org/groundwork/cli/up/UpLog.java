package org.groundwork.cli.up;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the program says of its parts: on the terminal, and with the time in {@code up.log}. */
public final class UpLog implements Consumer<String> {
  public static final String NAME = "up";

  private static final Logger LOG = LoggerFactory.getLogger(UpLog.class);

  private final PrintWriter out;
  private final Path file;
  private final InstantSource clock;

  public UpLog(PrintWriter out, Path logs, InstantSource clock) throws IOException {
    this.out = out;
    this.clock = clock;
    Files.createDirectories(logs);
    file = logs.resolve(NAME + ".log");
  }

  @Override
  public synchronized void accept(String line) {
    out.println(line);
    out.flush();
    try {
      Files.writeString(
          file,
          clock.instant().truncatedTo(ChronoUnit.SECONDS) + " " + line + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      LOG.warn("{} cannot be written: {}", file, e.getMessage());
    }
  }
}
