package org.groundwork.cli.up;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.groundwork.node.run.Worker;

/** Keeps the processes of a machine running, and their logs short. Closes them in reverse. */
final class Supervisor implements AutoCloseable {
  private static final Duration LOOKING = Duration.ofMillis(250);
  private static final long MIB = 1 << 20;

  private final UpSetup.Limits limits;
  private final Path logs;
  private final InstantSource clock;
  private final Consumer<String> say;
  private final List<Part> parts = new CopyOnWriteArrayList<>();
  private final Worker worker = new Worker("supervisor", LOOKING, this::step);

  Supervisor(UpSetup.Limits limits, Path logs, InstantSource clock, Consumer<String> say) {
    this.limits = limits;
    this.logs = logs;
    this.clock = clock;
    this.say = say;
  }

  void start() {
    worker.start();
  }

  /** Starts a part and keeps it running from now on. */
  void keep(String name, Part.Start start) throws IOException {
    Part part = new Part(name, start, Duration.ofSeconds(limits.restartWait()), say);
    part.open(clock.instant());
    parts.add(part);
  }

  List<Part.State> states() {
    return parts.stream().map(Part::state).toList();
  }

  boolean step() throws IOException {
    boolean done = false;
    for (Part part : parts) {
      done |= part.step(clock.instant());
    }
    shorten();
    return done;
  }

  /** Who appends to a file goes on at its new end when it was cut. */
  private void shorten() throws IOException {
    if (!Files.isDirectory(logs)) {
      return;
    }
    try (Stream<Path> files = Files.list(logs)) {
      for (Path log : files.filter(file -> file.toString().endsWith(".log")).toList()) {
        if (Files.size(log) > limits.logSize() * MIB) {
          Path old = log.resolveSibling(log.getFileName() + ".1");
          Files.copy(log, old, StandardCopyOption.REPLACE_EXISTING);
          FileChannel.open(log, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
              .close();
        }
      }
    }
  }

  @Override
  public void close() {
    worker.close();
    new ArrayList<>(parts).reversed().forEach(Part::close);
  }
}
