package org.groundwork.node.explorer.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.groundwork.engine.Networks;
import org.groundwork.node.explorer.Explorer;
import org.groundwork.node.explorer.ExplorerSettings;
import org.groundwork.node.explorer.api.Scope;
import org.groundwork.node.explorer.database.Database;
import org.groundwork.node.explorer.database.DatabaseAddress;
import org.groundwork.node.explorer.index.EventCodec;
import org.groundwork.node.explorer.index.Indexer;
import org.groundwork.node.http.ServerSettings;

/**
 * The explorer on a made-up deployment: how long the index takes to be built by its own code, and
 * how long each page's questions take at a steady rate, the program that asks included.
 */
public final class ApiBench {
  private static final int UNLIMITED = 1_000_000;

  /** More than questions that can wait for an answer: each of them has a connection. */
  private static final int CONNECTIONS = 8192;

  private ApiBench() {}

  /** Who looks at the explorer of a made-up deployment. */
  public interface Visitor {
    void visit(URI explorer) throws IOException;
  }

  /** What is measured; times of pages in milliseconds. */
  public record Result(
      SyntheticSize size,
      double rebuildSeconds,
      double chainSeconds,
      long databaseBytes,
      int perSecond,
      SortedMap<String, Load.Times> pages) {}

  /**
   * Runs.
   *
   * @param address an empty database; H2 in a temporary folder without it
   * @param perSecond questions a second
   * @param seconds of each page
   * @param visitor is given the explorer's address when all is measured; it ends when this returns
   */
  public static Result run(
      SyntheticSize size,
      Optional<DatabaseAddress> address,
      int perSecond,
      int seconds,
      Visitor visitor)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("groundwork-bench-api");
    try {
      DatabaseAddress database = address.orElseGet(() -> DatabaseAddress.in(folder));
      SyntheticDeployment deployment = new SyntheticDeployment();
      SyntheticFiles files = new SyntheticFiles(size);
      SyntheticChain chain = new SyntheticChain(size, deployment, files);
      Scope scope = scope(deployment);
      double[] times = build(database, scope, chain, files);
      // What the build left behind is not what questions cost.
      System.gc();
      ExplorerSettings settings =
          new ExplorerSettings(
              database,
              new ServerSettings("127.0.0.1", 0, CONNECTIONS, 1 << 20),
              Optional.empty(),
              UNLIMITED);
      SortedMap<String, Load.Times> pages = new TreeMap<>();
      try (Explorer explorer =
              Explorer.start(settings, scope, chain, files, InstantSource.system());
          Load load = new Load(explorer.uri(), perSecond)) {
        load.run(PageQuestions.mix(size), Duration.ofSeconds(seconds));
        for (PageQuestions page : PageQuestions.values()) {
          // What warms up does not count: all pages in turns, and the first second of each.
          load.run(page.questions(size), Duration.ofSeconds(1));
          pages.put(page.code(), load.run(page.questions(size), Duration.ofSeconds(seconds)));
        }
        pages.put("mix", load.run(PageQuestions.mix(size), Duration.ofSeconds(seconds)));
        visitor.visit(explorer.uri());
      }
      return new Result(size, times[0], times[1], bytes(folder), perSecond, pages);
    } finally {
      delete(folder);
    }
  }

  static Scope scope(SyntheticDeployment deployment) {
    return new Scope(
        deployment.deployment(),
        new EventCodec(deployment.contracts()),
        Networks.installed(),
        (kind, _) -> kind,
        List::of);
  }

  /** Seconds until all is indexed, and until the chain is. */
  private static double[] build(
      DatabaseAddress address, Scope scope, SyntheticChain chain, SyntheticFiles files)
      throws IOException {
    String id = scope.deployment().domain().deployment().toString();
    try (Database database = Database.open(address, id)) {
      database.clear();
      Indexer indexer = Explorer.indexer(database, scope, chain, files, InstantSource.system());
      long start = System.nanoTime();
      double chainSeconds = 0;
      boolean more = true;
      while (more) {
        more = indexer.step();
        boolean epochs = database.read(sql -> sql.number("SELECT COUNT(*) FROM indexed")) > 0;
        chainSeconds = epochs ? chainSeconds : (System.nanoTime() - start) / 1e9;
      }
      return new double[] {(System.nanoTime() - start) / 1e9, chainSeconds};
    }
  }

  private static long bytes(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
