package org.groundwork.node.explorer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import org.groundwork.node.explorer.api.Answers;
import org.groundwork.node.explorer.api.ExplorerRoutes;
import org.groundwork.node.explorer.api.LiveState;
import org.groundwork.node.explorer.api.PageFiles;
import org.groundwork.node.explorer.api.Scope;
import org.groundwork.node.explorer.database.Database;
import org.groundwork.node.explorer.index.ChainFollower;
import org.groundwork.node.explorer.index.ChainSource;
import org.groundwork.node.explorer.index.EpochFiles;
import org.groundwork.node.explorer.index.EpochFollower;
import org.groundwork.node.explorer.index.Indexer;
import org.groundwork.node.http.NodeServer;
import org.groundwork.node.http.TextStreams;
import org.groundwork.node.run.Worker;

/** An index that follows a deployment, and the server in front of it. */
public final class Explorer implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofMillis(500);

  private final Database database;
  private final Indexer indexer;
  private final Answers answers;
  private final LiveState state;
  private final TextStreams live;
  private final NodeServer server;
  private final Worker worker;

  private Explorer(
      ExplorerSettings settings,
      Scope scope,
      ChainSource chain,
      EpochFiles files,
      InstantSource clock)
      throws IOException {
    database =
        Database.open(settings.database(), scope.deployment().domain().deployment().toString());
    indexer = indexer(database, scope, chain, files, clock);
    answers = new Answers(database, scope);
    state = new LiveState(database);
    live = new TextStreams("/api/v1/live", state::greeting);
    try {
      server =
          NodeServer.start(
              settings.server(),
              new ExplorerRoutes(
                  answers, new PageFiles(settings.page()), live, settings.perSecond(), clock));
    } catch (IOException e) {
      database.close();
      throw e;
    }
    worker = new Worker("explorer", INTERVAL, this::step);
  }

  /** The index of a deployment alone. */
  public static Indexer indexer(
      Database database, Scope scope, ChainSource chain, EpochFiles files, InstantSource clock) {
    return new Indexer(
        database,
        new ChainFollower(database, chain, scope.codec(), scope.deployment().deployBlock()),
        new EpochFollower(
            database,
            files,
            scope.codec(),
            scope.deployment().economy().emission().periodEpochs(),
            scope.deployment().priceHistory()),
        clock);
  }

  /** Opens the database, starts to index, and listens. */
  public static Explorer start(
      ExplorerSettings settings,
      Scope scope,
      ChainSource chain,
      EpochFiles files,
      InstantSource clock)
      throws IOException {
    Explorer explorer = new Explorer(settings, scope, chain, files, clock);
    explorer.worker.start();
    return explorer;
  }

  private boolean step() throws IOException {
    try {
      boolean more = indexer.step();
      trouble("");
      for (ObjectNode message : state.changes()) {
        if (LiveState.isNews(message)) {
          answers.changed();
        }
        live.send(message.toString());
      }
      return more;
    } catch (IOException e) {
      trouble(String.valueOf(e.getMessage()));
      throw e;
    }
  }

  /** Shown by the API: people should see that the index does not go on. */
  private void trouble(String trouble) throws IOException {
    if (state.isNews(trouble)) {
      database.change(sql -> Database.put(sql, "trouble", trouble));
    }
  }

  public URI uri() {
    return server.uri();
  }

  /** What keeps the index from going on; empty if nothing does. */
  public String trouble() {
    return worker.failure();
  }

  @Override
  public void close() {
    worker.close();
    server.close();
    try {
      database.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
