package org.groundwork.cli.daemon;

import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.groundwork.cli.NetworkNames;
import org.groundwork.engine.Networks;
import org.groundwork.node.HttpPublicFiles;
import org.groundwork.node.explorer.Explorer;
import org.groundwork.node.explorer.ExplorerSettings;
import org.groundwork.node.explorer.api.Scope;
import org.groundwork.node.explorer.database.Database;
import org.groundwork.node.explorer.database.DatabaseAddress;
import org.groundwork.node.explorer.index.EpochFiles;
import org.groundwork.node.explorer.index.EventCodec;
import org.groundwork.node.explorer.index.Indexer;
import org.groundwork.node.explorer.index.RpcChain;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;

/** The explorer of a deployment: what everybody can read, by the same ways as an audit. */
public final class ExplorerDaemon implements AutoCloseable {
  private final ChainLink link;
  private final Explorer explorer;

  private ExplorerDaemon(ChainLink link, Explorer explorer) {
    this.link = link;
    this.explorer = explorer;
  }

  /** Starts it; the link is closed with it. */
  public static ExplorerDaemon start(ChainLink link, ExplorerSettings settings) throws IOException {
    try {
      return new ExplorerDaemon(
          link,
          Explorer.start(settings, scope(link), chain(link), files(link), InstantSource.system()));
    } catch (IOException | RuntimeException e) {
      link.close();
      throw e;
    }
  }

  /** Progress of a rebuild. */
  public interface Progress {
    void done(int steps) throws IOException;
  }

  /** Empties a database and builds it from the chain and the published files. */
  public static void rebuild(ChainLink link, DatabaseAddress address, Progress progress)
      throws IOException {
    Scope scope = scope(link);
    String deployment = link.deployment().domain().deployment().toString();
    try (Database database = Database.open(address, deployment)) {
      database.clear();
      Indexer indexer =
          Explorer.indexer(database, scope, chain(link), files(link), InstantSource.system());
      int steps = 0;
      while (indexer.step()) {
        progress.done(++steps);
      }
    }
  }

  private static Scope scope(ChainLink link) {
    return new Scope(
        link.deployment(),
        new EventCodec(link.deployment().contracts()),
        Networks.installed(),
        NetworkNames::title,
        link::verifiers);
  }

  private static RpcChain chain(ChainLink link) {
    return new RpcChain(link.rpc(), link.deployment());
  }

  private static EpochFiles files(ChainLink link) {
    return (EpochNumber epoch, Hash resultHash, Set<String> paths, EpochFiles.Check check) -> {
      HttpPublicFiles files = link.publicFiles();
      if (link.verifiers().isEmpty()) {
        throw new IOException("There is no verifier whose files could be read.");
      }
      Optional<HttpPublicFiles.Selected> found =
          files.files(
              epoch,
              resultHash,
              paths,
              (manifest, each) -> check.check(new EpochFiles.Published(manifest, each)));
      return found.map(each -> new EpochFiles.Published(each.manifest(), each.files()));
    };
  }

  public URI uri() {
    return explorer.uri();
  }

  /** What keeps the index from going on; empty if nothing does. */
  public String trouble() {
    return explorer.trouble();
  }

  @Override
  public void close() {
    explorer.close();
    link.close();
  }
}
