package org.groundwork.checks.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.groundwork.cli.Main;
import org.groundwork.cli.local.LocalNetwork;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import picocli.CommandLine;

/** {@code groundwork dispute possession}. */
record PossessionCommands(Path network) {
  private record Outcome(int exit, String out, String err) {}

  private Outcome run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("dispute", "possession"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--dir", network.toString()));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine program = Main.commandLine();
    program.setOut(new PrintWriter(out, true));
    program.setErr(new PrintWriter(err, true));
    int exit = program.execute(all.toArray(String[]::new));
    return new Outcome(exit, out.toString(), err.toString());
  }

  String text(String... arguments) {
    Outcome outcome = run(arguments);
    assertThat(outcome.exit()).as(outcome.err()).isZero();
    return outcome.out();
  }

  JsonNode json(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--json");
    return new ObjectMapper().readTree(text(all.toArray(String[]::new)));
  }

  /**
   * Has the newest slot cleared that device 1 answered and a result judged; its leaves. Around an
   * epoch of which nothing was posted a device answers for deals that do not count, until a result
   * shows that: there the newest such slot is still to come.
   */
  int cleared(LocalNetwork network, Instant deadline) throws Exception {
    Outcome last = clear(network);
    while (last.exit() != 0 && InstantSource.system().instant().isBefore(deadline)) {
      TimeUnit.SECONDS.sleep(1);
      last = clear(network);
    }
    assertThat(last.exit()).as(last.err()).isZero();
    return new ObjectMapper().readTree(last.out()).path("entries").asInt();
  }

  private Outcome clear(LocalNetwork network) throws IOException {
    network.reader().sync();
    EpochSchedule schedule = network.deployment().schedule();
    EpochNumber judged = network.reader().state().latestResult().orElseThrow().epoch();
    String outbox = network.folder().resolve("provider-1/data").toString();
    Outcome last = new Outcome(1, "", "");
    for (long slot = schedule.lastSlot(judged).value();
        last.exit() != 0 && slot >= schedule.firstSlot(judged).value();
        slot--) {
      last = run("clear", "1", Long.toString(slot), outbox, "--account", "founder", "--json");
    }
    return last;
  }
}
