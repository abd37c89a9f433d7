package org.groundwork.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.groundwork.cli.local.LocalNetwork;
import org.groundwork.cli.local.LocalSettings;
import org.groundwork.networks.sensing.rules.SensingNetwork;
import org.groundwork.networks.sensing.wire.WeatherStation;
import org.groundwork.protocol.BootstrapBudget;
import org.groundwork.protocol.NetworkId;
import org.groundwork.rules.kit.H3;
import org.groundwork.settlement.time.Time;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What a founder and a provider type, against a real chain. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FounderCommandsTest {
  private static final Duration DEADLINE = Duration.ofMinutes(2);

  private final Time time = Time.system();
  private final Path folder;
  private final Path network;
  private LocalNetwork local;

  FounderCommandsTest(@TempDir Path folder) {
    this.folder = folder;
    network = folder.resolve("network");
  }

  @BeforeAll
  void begin() throws Exception {
    LocalSettings settings = LocalSettings.demo().withoutStorage();
    local = LocalNetwork.open(network, settings, _ -> {});
    local.joinOperators();
    local.fundActors();
  }

  @AfterAll
  void end() {
    local.close();
  }

  private record Outcome(int exit, String out, String err) {
    JsonNode json() throws IOException {
      assertThat(exit).as(err).isZero();
      return Json.MAPPER.readTree(out);
    }
  }

  private static Outcome run(List<String> arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    int exit = commandLine.execute(arguments.toArray(String[]::new));
    return new Outcome(exit, out.toString(), err.toString());
  }

  private Outcome here(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--dir", network.toString()));
    return run(all);
  }

  private JsonNode json(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--json");
    return here(all.toArray(String[]::new)).json();
  }

  private String refused(String... arguments) {
    Outcome outcome = here(arguments);
    assertThat(outcome.exit()).as(outcome.out()).isEqualTo(1);
    return outcome.err();
  }

  /** A new definition; returns its file. */
  private Path init(String name) {
    Outcome made = run(List.of("init", name, "--out", folder.toString()));
    assertThat(made.exit()).as(made.err()).isZero();
    return folder.resolve(name + ".toml");
  }

  private static void change(Path file, String old, String other) throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains(old);
    Files.writeString(file, text.replace(old, other));
  }

  private String step(Path file) throws IOException {
    return json("network", "plan", file.toString()).path("step").asText();
  }

  private JsonNode apply(Path file, String account) throws IOException {
    return json("network", "apply", file.toString(), "--account", account);
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private void until(String what, Condition condition) throws Exception {
    Instant deadline = time.instant().plus(DEADLINE);
    while (!condition.holds()) {
      assertThat(time.instant()).as("waiting for " + what).isBefore(deadline);
      time.pause(Duration.ofMillis(100));
    }
  }

  @Test
  void initOverwritesNothing() throws Exception {
    Path file = init("kept");
    assertThat(folder.resolve("network.schema.json")).exists();
    Files.writeString(file, "mine");
    Outcome again = run(List.of("init", "kept", "--out", folder.toString()));
    assertThat(again.exit()).isEqualTo(1);
    assertThat(again.err()).contains("exists already");
    assertThat(file).hasContent("mine");
    assertThat(run(List.of("init", "Kept")).err()).contains("is no name");
  }

  @Test
  void aFilesMistakesAreSaidWithTheirPlaces() throws Exception {
    Path file = init("wrong");
    assertThat(run(List.of("network", "check", file.toString())).exit()).isZero();
    change(file, "max = 60", "max = -50");
    change(file, "cadence", "cadense");
    Outcome said = run(List.of("network", "check", file.toString()));
    assertThat(said.exit()).isEqualTo(1);
    assertThat(said.out())
        .containsPattern("wrong.toml:\\d+:1: reports.cadense is no key")
        .contains("Did you mean \"cadence\"?")
        .contains("fields.temperature.max is not above min");
    Outcome json = run(List.of("network", "check", file.toString(), "--json"));
    assertThat(json.exit()).isEqualTo(1);
    JsonNode mistakes = Json.MAPPER.readTree(json.out());
    assertThat(mistakes.path("ok").asBoolean(true)).isFalse();
    assertThat(mistakes.path("mistakes").findValuesAsText("field"))
        .contains("reports.cadense", "reports.cadence", "fields.temperature.max");
    assertThat(refused("network", "plan", file.toString())).contains("reports.cadense");
    Outcome none = run(List.of("network", "check", folder + "/none.toml"));
    assertThat(none.exit()).isEqualTo(1);
    assertThat(none.err()).contains("There is no file");
  }

  @Test
  void applyingADefinitionTwiceCreatesOneNetwork() throws Exception {
    Path file = init("one");
    change(file, "# [bootstrap]", "[bootstrap]");
    change(file, "# tokens = 100 ", "tokens = 100 ");
    change(file, "# epochs = 10000", "epochs = 10000");
    JsonNode plan = json("network", "plan", file.toString());
    assertThat(plan.path("step").asText()).isEqualTo("create the network");
    assertThat(plan.path("bootstrap").asText()).contains("100.000000 tokens");
    JsonNode created = apply(file, "founder");
    int number = created.path("network").asInt();
    assertThat(number).isPositive();
    assertThat(step(file)).isEqualTo("nothing");
    assertThat(apply(file, "founder").path("network").asInt()).isEqualTo(number);
    JsonNode shown = json("network", "show", "one");
    assertThat(shown.path("network").asInt()).isEqualTo(number);
    assertThat(shown.path("cadence").asText()).isEqualTo("60 s");
    assertThat(json("network", "show").path("networks").findValuesAsText("title"))
        .containsOnlyOnce("one, sensing");
    change(file, "tokens = 100 ", "tokens = 200 ");
    assertThat(json("network", "plan", file.toString()).path("notes").toString())
        .contains("fixed when the network was created");
  }

  @Test
  void changedRulesAreProposedDecidedOnAndActivated() throws Exception {
    json("gov", "delegate", "--account", "founder");
    Path file = init("changing");
    int number = apply(file, "founder").path("network").asInt();
    change(file, "max_step = 5", "max_step = 4");
    JsonNode plan = json("network", "plan", file.toString());
    assertThat(plan.path("changes")).hasSize(1);
    assertThat(plan.path("changes").path(0).path("what").asText()).isEqualTo("fields.temperature");
    until(
        "the votes count",
        () ->
            here("network", "apply", file.toString(), "--account", "founder", "--dry-run").exit()
                == 0);
    String proposal = apply(file, "founder").path("proposal").asText();
    assertThat(apply(file, "founder").path("proposal").asText()).isEqualTo(proposal);
    until("votes", () -> state(proposal).equals("active"));
    json("gov", "vote", proposal, "for", "--account", "founder");
    until("the end of the votes", () -> state(proposal).equals("succeeded"));
    json("gov", "queue", proposal, "--account", "founder");
    until("the delay", () -> here("gov", "execute", proposal, "--account", "founder").exit() == 0);
    assertThat(step(file)).isEqualTo("activate the rules that were decided on");
    for (int i = 1; i <= 3; i++) {
      json("gov", "ready", Integer.toString(number), "--account", "verifier-" + i);
    }
    json("gov", "activate", Integer.toString(number), "--account", "founder");
    assertThat(step(file)).isEqualTo("nothing");
  }

  private String state(String proposal) throws IOException {
    return json("gov", "show", proposal).path("state").asText();
  }

  @Test
  void whoIsNotTheFounderProposesTheNetwork() throws Exception {
    Path file = init("proposed");
    json("gov", "delegate", "--account", "customer");
    until(
        "the votes count",
        () ->
            here("network", "apply", file.toString(), "--account", "customer", "--dry-run").exit()
                == 0);
    JsonNode made = apply(file, "customer");
    assertThat(made.path("done").asText()).isEqualTo("proposed: Create the network proposed");
    JsonNode plan = json("network", "plan", file.toString());
    assertThat(plan.path("step").asText()).isEqualTo("decide on the proposal that exists");
    assertThat(plan.path("proposal")).isEqualTo(made.path("proposal"));
  }

  @Test
  void aDeviceIsRegisteredOnceInItsCoarseCell() throws Exception {
    Path file = init("placed");
    change(file, "# regions = [\"841fa67ffffffff\"]", "regions = [\"841f857ffffffff\"]");
    apply(file, "founder");
    Path key = folder.resolve("station.json");
    Path password = folder.resolve("station.password");
    JsonNode made =
        run(List.of(
                "device", "new", key.toString(), "--password-file", password.toString(), "--json"))
            .json();
    assertThat(made.path("type").asText()).isEqualTo("ed25519");
    assertThat(password).exists();
    assertThat(refused("device", "status", "--device-key", key.toString()))
        .contains("No device is registered with this key");
    String[] paris = place(key, "48.8566", "2.3522");
    assertThat(refused(paris)).contains("none of the network's regions");
    String[] strasbourg = place(key, "48.5734", "7.7521");
    JsonNode registered = json(strasbourg);
    long cell = Long.parseUnsignedLong(registered.path("cell").asText(), 16);
    assertThat(H3.resolution(cell)).isEqualTo(7);
    JsonNode again = json(strasbourg);
    assertThat(again.path("device")).isEqualTo(registered.path("device"));
    assertThat(again.path("note").asText()).isEqualTo("registered before");
    JsonNode status = json("device", "status", registered.path("device").asText());
    assertThat(status.path("active").asText()).contains("no epoch has a result yet");
    assertThat(status.path("cell")).isEqualTo(registered.path("cell"));
    JsonNode estimate =
        json("network", "estimate", "placed", "--cell", registered.path("cell").asText());
    assertThat(estimate.path("says").asText()).contains("nothing can be said");
    assertThat(estimate.path("devices_in_cell").asInt()).isEqualTo(1);
  }

  private static String[] place(Path key, String lat, String lon) {
    return new String[] {
      "device",
      "register",
      "placed",
      "--device-key",
      key.toString(),
      "--lat",
      lat,
      "--lon",
      lon,
      "--account",
      "provider"
    };
  }

  @Test
  void aDeploymentHoldsManyNetworksEachOnce() throws Exception {
    NetworkId first =
        local.createNetwork(
            SensingNetwork.KIND, WeatherStation.DEFINITION.encode(), BootstrapBudget.NONE);
    assertThat(
            local.createNetwork(
                SensingNetwork.KIND, WeatherStation.DEFINITION.encode(), BootstrapBudget.NONE))
        .isEqualTo(first);
    assertThat(json("network", "show", "weather").path("network").asInt()).isEqualTo(first.value());
  }
}
