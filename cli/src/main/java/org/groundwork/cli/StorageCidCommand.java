package org.groundwork.cli;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.groundwork.networks.storage.ipld.BlockSink;
import org.groundwork.networks.storage.ipld.FileImporter;
import org.groundwork.networks.storage.ipld.FolderImporter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the content identifier of a file or folder. */
@Command(
    name = "cid",
    mixinStandardHelpOptions = true,
    description = {"Prints the CID (IPFS, UnixFS) of a file or folder as JSON. Needs no network."},
    footer = {
      "",
      "Examples:",
      "  groundwork storage cid photo.jpg",
      "  groundwork storage cid --profile kubo-legacy-cid-v0 folder",
    })
final class StorageCidCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "PATH", description = "The file or folder.")
  private Path path;

  @Mixin private ProfileOption profile;

  @Override
  public Integer call() throws IOException {
    FileImporter.Dag dag;
    try {
      dag = FolderImporter.run(profile.get(), path, BlockSink.NONE);
    } catch (NoSuchFileException e) {
      throw new Failure("There is no file " + path + ".", e);
    }
    spec.commandLine()
        .getOut()
        .println(
            Json.line(
                Json.object()
                    .put("cid", dag.cid().toString())
                    .put("dag_size", dag.dagBytes())
                    .put("profile", profile.get().toString())));
    return 0;
  }
}
