package org.groundwork.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.groundwork.cli.daemon.ChainLink;
import picocli.CommandLine.Option;

/** Which deployment a command is about. */
final class NetworkOptions {
  @Option(
      names = "--dir",
      paramLabel = "FOLDER",
      defaultValue = ".groundwork",
      description = "Folder of a network on this machine (default: ${DEFAULT-VALUE}).")
  private Path folder;

  @Option(
      names = "--deployment",
      paramLabel = "FILE",
      description = "Deployment file, for a network elsewhere.")
  private Optional<Path> deployment;

  @Option(names = "--rpc", paramLabel = "URL", description = "URL of the chain.")
  private Optional<URI> rpc;

  Path folder() {
    return folder;
  }

  /** The deployment file that is there. */
  Path deploymentFile() {
    Path file = deployment.orElse(folder.resolve("deployment.json"));
    if (!Files.exists(file)) {
      throw new Failure(
          "There is no deployment file "
              + file
              + ". Start a network with \"groundwork up\", or name one with --deployment and"
              + " --rpc.");
    }
    return file;
  }

  ChainLink open() throws IOException {
    return new ChainLink(deploymentFile(), rpc.isPresent() ? rpc.get() : localChain());
  }

  private URI localChain() throws IOException {
    Path ports = folder.resolve("ports.json");
    if (!Files.exists(ports)) {
      throw new Failure("Name the chain with --rpc.");
    }
    JsonNode port = Json.MAPPER.readTree(Files.readAllBytes(ports)).path("chain");
    return URI.create("http://127.0.0.1:" + port.asInt());
  }
}
