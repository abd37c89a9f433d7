package org.groundwork.cli.up;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.groundwork.cli.Json;
import org.groundwork.cli.local.ProcessMemory;
import org.groundwork.node.http.TlsFiles;

/** Looks at all parts of a machine, one after the other. */
final class Watch implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int MAX_BYTES = 4 << 20;
  private static final int OK = 200;

  /** What was missed longer ago is over. */
  private static final int RECENT_SLOTS = 60;

  /** The part that the program itself runs. */
  static final String CHAIN = "chain";

  /**
   * What is there to look at.
   *
   * @param nodes addresses of gateway and verifiers of this machine, by name
   * @param providers addresses of its storage providers, by name
   * @param endpoints addresses of other servers that have to answer, by part
   * @param tls what the explorer shows who it is with
   */
  record Places(
      SortedMap<String, String> nodes,
      SortedMap<String, String> providers,
      SortedMap<String, String> endpoints,
      Optional<TlsFiles> tls) {}

  private final Path folder;
  private final Places places;
  private final ChainWatch chain;
  private final Supplier<List<Part.State>> states;
  private final InstantSource clock;
  private final Instant since;
  private final Optional<ExplorerWatch> explorer;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  Watch(
      Path folder,
      Places places,
      ChainWatch chain,
      Supplier<List<Part.State>> states,
      InstantSource clock) {
    this.folder = folder;
    this.places = places;
    this.chain = chain;
    this.states = states;
    this.clock = clock;
    since = clock.instant();
    explorer =
        Optional.ofNullable(places.endpoints().get(Machine.EXPLORER))
            .map(url -> new ExplorerWatch(url, places.tls(), clock));
  }

  Vitals look() throws IOException, InterruptedException {
    Optional<Vitals.ChainHealth> health = chain.look(clock.instant());
    List<Vitals.ProviderHealth> providers = new ArrayList<>();
    for (Map.Entry<String, String> provider : places.providers().entrySet()) {
      providers.add(provider(provider.getKey(), provider.getValue()));
    }
    List<Vitals.PartHealth> parts = new ArrayList<>();
    chain.process().ifPresent(process -> parts.add(chainPart(process, health)));
    for (Part.State state : states.get()) {
      parts.add(part(state, providers));
    }
    FileStore disk = Files.getFileStore(folder);
    return new Vitals(
        clock.instant(),
        parts,
        health,
        chain.credits(),
        providers,
        new Vitals.DiskHealth(disk.getUsableSpace(), disk.getTotalSpace()));
  }

  private Vitals.PartHealth chainPart(ProcessHandle process, Optional<Vitals.ChainHealth> health) {
    return new Vitals.PartHealth(
        CHAIN,
        health.isPresent(),
        process.pid(),
        process.info().startInstant().orElse(since),
        0,
        "",
        resident(process.pid()),
        List.of());
  }

  private Vitals.PartHealth part(Part.State state, List<Vitals.ProviderHealth> providers)
      throws InterruptedException {
    List<String> troubles = new ArrayList<>();
    if (state.running()) {
      switch (state.name()) {
        case Machine.NODE -> nodes(troubles);
        case Machine.PROVIDERS ->
            providers.stream()
                .filter(provider -> !provider.answers())
                .forEach(provider -> troubles.add(provider.name() + " does not answer"));
        case Machine.EXPLORER -> {
          if (explorer.isPresent()) {
            explorer.get().trouble().ifPresent(troubles::add);
          }
        }
        default -> {
          String address = places.endpoints().get(state.name());
          if (address != null && get(address).isEmpty()) {
            troubles.add("does not answer at " + address);
          }
        }
      }
    }
    return new Vitals.PartHealth(
        state.name(),
        state.running(),
        state.pid(),
        state.since(),
        state.restarts(),
        state.lastExit(),
        resident(state.pid()),
        troubles);
  }

  private void nodes(List<String> troubles) throws InterruptedException {
    for (Map.Entry<String, String> node : places.nodes().entrySet()) {
      Optional<JsonNode> health = json(node.getValue() + "/healthz");
      if (health.isEmpty()) {
        troubles.add(node.getKey() + " does not answer");
      } else {
        health
            .get()
            .path("troubles")
            .forEach(trouble -> troubles.add(node.getKey() + ": " + trouble.asText()));
      }
    }
  }

  private Vitals.ProviderHealth provider(String name, String address) throws InterruptedException {
    Optional<JsonNode> status = json(address + "/v1/status");
    if (status.isEmpty()) {
      return new Vitals.ProviderHealth(name, false, 0, 0, 0, List.of());
    }
    JsonNode epochs = status.get().path("score").path("epochs");
    long from = status.get().path("lastSlot").asLong() - RECENT_SLOTS;
    long missed = 0;
    long flawed = 0;
    for (JsonNode failed : status.get().path("slots").path("failed")) {
      if (failed.path("slot").asLong() > from) {
        missed += failed.path("outcome").asText().equals("missed") ? 1 : 0;
        flawed += failed.path("outcome").asText().equals("flawed") ? 1 : 0;
      }
    }
    List<String> warnings = new ArrayList<>();
    status.get().path("warnings").forEach(each -> warnings.add(each.path("happened").asText()));
    return new Vitals.ProviderHealth(
        name,
        true,
        missed,
        flawed,
        epochs.isEmpty() ? 0 : epochs.path(epochs.size() - 1).path("faulty").asLong(),
        warnings);
  }

  /** The metrics that the parts publish themselves, by part; of those that answer. */
  List<Map.Entry<String, String>> metrics() throws InterruptedException {
    List<Map.Entry<String, String>> texts = new ArrayList<>();
    List<Map.Entry<String, String>> asked = new ArrayList<>();
    // All roles of one process share their meters.
    places.nodes().entrySet().stream()
        .limit(1)
        .forEach(e -> asked.add(Map.entry("node", e.getValue())));
    asked.addAll(places.providers().entrySet());
    for (Map.Entry<String, String> each : asked) {
      get(each.getValue() + "/metrics")
          .ifPresent(text -> texts.add(Map.entry(each.getKey(), text)));
    }
    return texts;
  }

  private Optional<JsonNode> json(String address) throws InterruptedException {
    try {
      Optional<String> text = get(address);
      return text.isPresent() ? Optional.of(Json.MAPPER.readTree(text.get())) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * What is there, whatever its status; empty if nothing answers. Answers of others than 200 are
   * empty texts.
   */
  private Optional<String> get(String address) throws InterruptedException {
    try {
      HttpResponse<InputStream> answer =
          http.send(
              HttpRequest.newBuilder(URI.create(address)).timeout(PATIENCE).build(),
              HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream in = answer.body()) {
        String text = new String(in.readNBytes(MAX_BYTES), java.nio.charset.StandardCharsets.UTF_8);
        return Optional.of(answer.statusCode() == OK ? text : "");
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static long resident(long pid) {
    try {
      return pid == 0 ? 0 : ProcessMemory.residentBytes(pid);
    } catch (IOException e) {
      return 0;
    }
  }

  @Override
  public void close() {
    explorer.ifPresent(ExplorerWatch::close);
    http.close();
  }
}
