package org.groundwork.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.groundwork.cli.local.FolderLock;
import org.groundwork.cli.local.Ports;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How the machine is. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Says how what \"groundwork up\" runs in a folder is: each part with its restarts and",
      "troubles, epochs, credits, disk, and the alerts that hold.",
    },
    footer = {
      "",
      "Examples:",
      "  groundwork status",
      "  groundwork status --dir my-network --json",
      "",
      "Exit status: 0 if all is well, 1 if something is in trouble, 3 if nothing runs.",
    })
final class StatusCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MAX_BYTES = 4 << 20;
  private static final int OK = 200;
  private static final int STOPPED = 3;

  @Spec private CommandSpec spec;

  @Option(
      names = "--dir",
      paramLabel = "FOLDER",
      defaultValue = ".groundwork",
      description = "Folder of the network (default: ${DEFAULT-VALUE}).")
  private Path folder;

  @Option(names = "--json", description = "Prints one line of JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    Optional<JsonNode> status = ask();
    if (status.isEmpty() && isStarting()) {
      status = Optional.of(Json.object().put("health", "starting"));
    }
    if (status.isEmpty()) {
      out.println(
          json
              ? Json.line(Json.object().put("health", "stopped"))
              : "Nothing runs in " + folder + ". Start it: groundwork up --dir " + folder);
      out.flush();
      return STOPPED;
    }
    if (json) {
      out.println(Json.line(status.get()));
    } else {
      print(status.get(), out);
    }
    out.flush();
    return status.get().path("health").asText().equals("ok") ? 0 : 1;
  }

  /** What the running program says; empty if none runs. */
  private Optional<JsonNode> ask() throws IOException, InterruptedException {
    if (!Files.exists(folder.resolve("ports.json"))) {
      throw new Failure(folder + " is not the folder of a network; name it with --dir.");
    }
    int port = new Ports(folder.resolve("ports.json")).of("monitor");
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      HttpResponse<InputStream> answer =
          http.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/status"))
                  .timeout(PATIENCE)
                  .build(),
              HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream in = answer.body()) {
        JsonNode status = Json.MAPPER.readTree(in.readNBytes(MAX_BYTES));
        return answer.statusCode() == OK || status.has("health")
            ? Optional.of(status)
            : Optional.empty();
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Whether a program has the folder that does not answer yet. */
  private boolean isStarting() throws IOException {
    Optional<FolderLock> lock = FolderLock.attempt(folder);
    if (lock.isPresent()) {
      lock.get().close();
    }
    return lock.isEmpty();
  }

  private static void print(JsonNode status, PrintWriter out) {
    out.println("Health: " + status.path("health").asText());
    if (!status.has("parts")) {
      return;
    }
    JsonNode epochs = status.path("epochs");
    if (!epochs.isMissingNode()) {
      out.printf(
          "Epoch %d, settled %s, final %s; block %d; credits are %s%n",
          epochs.path("now").asLong(),
          epoch(epochs.path("settled")),
          epoch(epochs.path("final")),
          epochs.path("block").asLong(),
          epochs.path("price").asText().equals("sold")
              ? "sold"
              : "not sold: the price is " + epochs.path("price").asText());
    }
    JsonNode credits = status.path("credits");
    if (!credits.isMissingNode()) {
      out.println("Customer: $" + dollars(credits.path("left")) + " of credits left");
    }
    out.printf("Disk: %d MiB free%n%n", status.path("disk").path("free_bytes").asLong() >> 20);
    Table parts = new Table("part", "state", "since", "restarts", "MiB", "trouble");
    for (JsonNode part : status.path("parts")) {
      parts.row(
          part.path("part").asText(),
          part.path("running").asBoolean() ? "running" : "down",
          Instant.ofEpochSecond(part.path("since").asLong()),
          part.path("restarts").asLong(),
          part.path("resident_bytes").asLong() >> 20,
          trouble(part));
    }
    out.print(parts);
    for (JsonNode alert : status.path("alerts")) {
      out.printf(
          "%n%s since %s: %s%n  %s%n",
          alert.path("code").asText(),
          Instant.ofEpochSecond(alert.path("since").asLong()),
          alert.path("sentence").asText(),
          alert.path("remedy").asText());
    }
  }

  private static String trouble(JsonNode part) {
    if (!part.path("running").asBoolean()) {
      return part.path("last_exit").asText();
    }
    JsonNode troubles = part.path("troubles");
    String first = troubles.path(0).asText("");
    return troubles.size() > 1 ? first + " (and " + (troubles.size() - 1) + " more)" : first;
  }

  private static String epoch(JsonNode epoch) {
    return epoch.asLong() < 0 ? "none yet" : epoch.asText();
  }

  private static String dollars(JsonNode credits) {
    return Amounts.show(
        new org.groundwork.protocol.Credits(new java.math.BigInteger(credits.asText())));
  }
}
