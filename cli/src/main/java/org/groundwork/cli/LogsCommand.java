package org.groundwork.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.groundwork.cli.daemon.ConfigFile;
import org.groundwork.settlement.time.Time;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What parts said. */
@Command(
    name = "logs",
    mixinStandardHelpOptions = true,
    description = "Shows the last lines that the parts of \"groundwork up\" wrote, or one part's.",
    footer = {
      "",
      "Examples:",
      "  groundwork logs",
      "  groundwork logs node --lines 100",
      "  groundwork logs --follow",
    })
final class LogsCommand implements Callable<Integer> {
  private static final Duration LOOKING = Duration.ofMillis(250);

  /** Bytes of a log that are looked at for its last lines. */
  private static final int TAIL = 1 << 20;

  private static final String ENDING = ".log";

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "PART",
      arity = "0..1",
      description = "up, node, providers, s3, explorer; all without it.")
  private Optional<String> part = Optional.empty();

  @Option(
      names = "--dir",
      paramLabel = "FOLDER",
      defaultValue = ".groundwork",
      description = "Folder of the network (default: ${DEFAULT-VALUE}).")
  private Path folder;

  @Option(
      names = {"-n", "--lines"},
      paramLabel = "NUMBER",
      defaultValue = "20",
      description = "Last lines of each part (default: ${DEFAULT-VALUE}).")
  private int lines;

  @Option(
      names = {"-f", "--follow"},
      description = "Goes on with what is written, until it is stopped.")
  private boolean follow;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    SortedMap<String, Long> shown = new TreeMap<>();
    for (String name : names()) {
      Path file = file(name);
      long size = Files.size(file);
      List<String> all = read(file, Math.max(0, size - TAIL), size).lines().toList();
      all.stream().skip(Math.max(0, all.size() - lines)).forEach(line -> print(out, name, line));
      shown.put(name, size);
    }
    out.flush();
    while (follow) {
      Time.system().pause(LOOKING);
      for (String name : names()) {
        shown.merge(name, 0L, Long::max);
        shown.computeIfPresent(name, (each, from) -> more(out, each, from));
      }
      out.flush();
    }
    return 0;
  }

  /** Shows what came after a place; returns the place up to which all was shown. */
  private long more(PrintWriter out, String name, long from) {
    try {
      long size = Files.size(file(name));
      // A log that was cut starts again.
      long start = size < from ? 0 : Math.max(from, size - TAIL);
      String text = read(file(name), start, size);
      int end = text.lastIndexOf('\n') + 1;
      text.substring(0, end).lines().forEach(line -> print(out, name, line));
      return start + text.substring(0, end).getBytes(StandardCharsets.UTF_8).length;
    } catch (IOException e) {
      return from;
    }
  }

  private void print(PrintWriter out, String name, String line) {
    out.println(part.isPresent() ? line : name + " | " + line);
  }

  private static String read(Path file, long from, long to) throws IOException {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      byte[] bytes = new byte[Math.toIntExact(Math.max(0, to - from))];
      in.seek(from);
      in.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private Path file(String name) {
    return folder.resolve("logs").resolve(name + ENDING);
  }

  private List<String> names() throws IOException {
    if (!Files.isDirectory(folder.resolve("logs"))) {
      throw new Failure("There are no logs in " + folder + "; name the folder with --dir.");
    }
    try (Stream<Path> files = Files.list(folder.resolve("logs"))) {
      List<String> known =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(ENDING))
              .map(name -> name.substring(0, name.length() - ENDING.length()))
              .sorted()
              .toList();
      if (part.isPresent() && !known.contains(part.get())) {
        throw new Failure(
            "No part is called \"" + part.get() + "\"" + ConfigFile.nearest(known, part.get()));
      }
      return part.map(List::of).orElse(known);
    }
  }
}
