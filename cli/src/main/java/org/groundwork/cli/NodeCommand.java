package org.groundwork.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.groundwork.cli.local.LocalNodeProcess;
import org.groundwork.cli.local.ParentWatch;
import org.groundwork.node.Retention;
import org.groundwork.node.store.StoreUrl;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs roles of a network on this machine in a process of their own. */
@Command(
    name = "node",
    mixinStandardHelpOptions = true,
    description = "Runs a gateway or verifiers of a network that \"groundwork up\" laid out.",
    footer = {
      "",
      "Examples:",
      "  groundwork node --dir .groundwork verifier-1 verifier-2",
      "  groundwork node verifier-1 --store s3://bucket/prefix?endpoint=https://s3.example.org",
      "",
      "The keys of a bucket are AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY of the environment, or",
      "stand in the file that \"&credentials=FILE\" names at the end of the URL.",
    })
final class NodeCommand implements Callable<Integer> {
  @Option(
      names = "--dir",
      paramLabel = "FOLDER",
      defaultValue = ".groundwork",
      description = "Folder of the network (default: ${DEFAULT-VALUE}).")
  private Path folder;

  @Mixin private RunnerOption runner;

  @Option(
      names = "--store",
      paramLabel = "URL",
      description = {
        "Where public files are kept: file:///FOLDER or s3://BUCKET/PREFIX?endpoint=URL.",
        "In the network's folder without it.",
      })
  private Optional<String> store;

  @Option(
      names = "--keep-epochs",
      paramLabel = "NUMBER",
      defaultValue = "168",
      description = {
        "For how many final epochs segments and carries are kept (default: ${DEFAULT-VALUE}).",
      })
  private int keepEpochs;

  @Option(
      names = "--snapshot-epochs",
      paramLabel = "NUMBER",
      defaultValue = "24",
      description = {
        "Of so many epochs, one carry is kept for ever (default: ${DEFAULT-VALUE}).",
      })
  private int snapshotEpochs;

  @Option(names = "--as", hidden = true, description = "Name of its own folder.")
  private Optional<String> name = Optional.empty();

  @Option(names = "--child", hidden = true, description = "Ends with the process above.")
  private boolean child;

  @Parameters(paramLabel = "ROLE", arity = "1..*", description = "gateway, verifier-1, ...")
  private List<String> roles;

  @Override
  public Integer call() throws Exception {
    if (child) {
      ParentWatch.start();
    }
    Foreground.run(
        List.of(
            LocalNodeProcess.start(
                folder.toAbsolutePath(),
                name.orElse("node-" + String.join("-", roles)),
                roles,
                runner.address(),
                store.isPresent() ? Optional.of(StoreUrl.parse(store.get())) : Optional.empty(),
                retention())));
    return 0;
  }

  private Retention retention() {
    try {
      return new Retention(keepEpochs, snapshotEpochs);
    } catch (IllegalArgumentException e) {
      throw new Failure(String.valueOf(e.getMessage()), e);
    }
  }
}
