package org.groundwork.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.groundwork.cli.bridge.Bridge;
import org.groundwork.cli.bridge.BridgeSetup;
import org.groundwork.cli.local.LocalNetwork;
import org.groundwork.cli.local.LocalSettings;
import org.groundwork.networks.sensing.rules.SensingNetwork;
import org.groundwork.networks.sensing.wire.WeatherStation;
import org.groundwork.node.Node;
import org.groundwork.protocol.BootstrapBudget;
import org.groundwork.protocol.NetworkId;
import org.groundwork.settlement.time.Time;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What a device's owner types to have it report, against a real chain and gateway. */
class DeviceReportsTest {
  @TempDir private Path folder;

  private record Outcome(int exit, String out, String err) {}

  @Test
  void reportsGoByMqttByHttpAndThroughABridge() throws Exception {
    try (LocalNetwork local =
        LocalNetwork.open(
            folder.resolve("network"), LocalSettings.demo().withoutStorage(), _ -> {})) {
      local.joinOperators();
      local.fundActors();
      NetworkId network =
          local.createNetwork(
              SensingNetwork.KIND, WeatherStation.DEFINITION.encode(), BootstrapBudget.NONE);
      try (Node node = local.startNode()) {
        while (Time.system().instant().getEpochSecond() < local.deployment().schedule().genesis()) {
          Time.system().pause(Duration.ofMillis(100));
        }
        String own = register(network, "own.json", "");
        assertThat(run("device", "status", own).out()).contains("own key");
        Path day = Files.writeString(folder.resolve("day.jsonl"), reading() + "\n\n" + reading());
        String mqtt = node.mqttUri().orElseThrow().toString();
        List<String> device = List.of("--device", own, "--key", file("own.json"));
        assertThat(signing(device, "device", "run", "--mqtt", mqtt, day.toString()))
            .isEqualTo("2 reports promised, 0 refused.");
        assertThat(signing(device, "device", "run", day.toString()))
            .isEqualTo("2 reports promised, 0 refused.");
        publish(node, network, own, signing(device, "device", "token"), signed(device));
        bridged(local, network, own);
      }
    }
  }

  /** A reading signed by one command is sent by another program. */
  private String signed(List<String> device) throws Exception {
    InputStream before = System.in;
    try {
      System.setIn(new ByteArrayInputStream(reading().getBytes(StandardCharsets.US_ASCII)));
      return signing(device, "device", "sign");
    } finally {
      System.setIn(before);
    }
  }

  private void publish(Node node, NetworkId network, String device, String token, String jws)
      throws Exception {
    Path report = Files.writeString(folder.resolve("report"), jws + "\n");
    String topic = "groundwork/" + network + "/" + device + "/report";
    int port = node.mqttUri().orElseThrow().getPort();
    List<String> command =
        List.of(
            "/usr/bin/mosquitto_pub",
            "-d",
            "-V",
            "mqttv5",
            "-h",
            "127.0.0.1",
            "-p",
            "" + port,
            "-u",
            device,
            "-P",
            token,
            "-q",
            "1",
            "-t",
            topic,
            "-f",
            report.toString());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("received PUBACK (Mid: 1, RC:0)");
  }

  private void bridged(LocalNetwork local, NetworkId network, String own) throws Exception {
    String device = register(network, "bridged.json", "bridge:roof");
    assertThat(run("device", "status", device).out()).contains("bridge (roof)");
    try (Bridge bridge = Bridge.start(setup(local, device, "bridged.json"))) {
      assertThat(bridge.uri().getPort()).isPositive();
    }
    try (Bridge refused = Bridge.start(setup(local, own, "own.json"))) {
      throw new AssertionError("a bridge spoke for a device with its own key: " + refused.uri());
    } catch (java.io.IOException e) {
      assertThat(e).hasMessageContaining("registered as holding its own key");
    }
  }

  private BridgeSetup setup(LocalNetwork local, String device, String key) {
    return new BridgeSetup(
        local.deploymentFile().toString(),
        local.rpc().toString(),
        file("password"),
        file("bridge"),
        "127.0.0.1",
        0,
        List.of(new BridgeSetup.Station("AB12", Long.parseLong(device), file(key))));
  }

  private static String reading() {
    return "{\"t\":%d,\"temperature\":21.5}".formatted(Time.system().instant().getEpochSecond());
  }

  private String register(NetworkId network, String key, String endpoint) throws Exception {
    assertThat(run("device", "new", file(key), "--password-file", file("password")).exit())
        .isZero();
    Outcome registered =
        run(
            "device",
            "register",
            network.toString(),
            "--device-key",
            file(key),
            "--lat",
            "48.5734",
            "--lon",
            "7.7521",
            "--account",
            "provider",
            "--endpoint",
            endpoint,
            "--json");
    assertThat(registered.exit()).as(registered.err()).isZero();
    return Json.MAPPER.readTree(registered.out()).path("device").asText();
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  /** What a command says with a device's key. */
  private String signing(List<String> device, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(device);
    all.addAll(List.of("--password-file", file("password")));
    Outcome outcome = run(all.toArray(String[]::new));
    assertThat(outcome.exit()).as(outcome.err()).isZero();
    return outcome.out().strip();
  }

  private Outcome run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    List<String> all = new ArrayList<>(List.of(arguments));
    if (!arguments[1].equals("new")) {
      all.addAll(List.of("--dir", folder.resolve("network").toString()));
    }
    int exit = commandLine.execute(all.toArray(String[]::new));
    return new Outcome(exit, out.toString(), err.toString());
  }
}
