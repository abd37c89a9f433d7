package org.groundwork.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.cli.daemon.ProviderFolder;
import org.groundwork.engine.DeviceSummary;
import org.groundwork.engine.PublishedResult;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.settlement.chain.ChainEvent;
import org.groundwork.settlement.chain.ChainState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says how a provider is doing, before it is seen in its pay. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Says how a storage provider is doing: warnings with what to do, disks, its last slots, its",
      "score by the results, what it earned in final and in pending epochs, and why not more.",
      "The running provider answers its part; the rest is read from chain and public files.",
    },
    footer = {
      "",
      "Examples:",
      "  groundwork provider status my-provider",
      "  groundwork provider status my-provider --epochs 100 --json",
      "",
      "Exit status: 0 if there is nothing to warn of, 1 if there is.",
    })
final class ProviderStatusCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int MAX_BYTES = 4 << 20;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FOLDER", description = "The provider's folder.")
  private Path folder;

  @Option(
      names = "--epochs",
      defaultValue = "20",
      description = "How many results to look back (default: ${DEFAULT-VALUE}).")
  private int epochs;

  @Option(names = "--json", description = "Prints one line of JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    ProviderFolder provider = new ProviderFolder(folder);
    ObjectNode status = ask(provider);
    try (ChainLink link = provider.chain();
        PublicLedger ledger = new PublicLedger(link)) {
      earnings(status.putObject("earnings"), link, ledger, provider.device());
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Json.line(status));
    } else {
      print(status, out);
    }
    out.flush();
    return status.path("warnings").isEmpty() ? 0 : 1;
  }

  /** What the provider says of itself; one that does not run is a warning. */
  private static ObjectNode ask(ProviderFolder provider) throws InterruptedException {
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      HttpRequest request =
          HttpRequest.newBuilder(provider.endpoint().resolve("/v1/status"))
              .timeout(PATIENCE)
              .build();
      byte[] answer =
          http.send(
                  request,
                  HttpResponse.BodyHandlers.limiting(
                      HttpResponse.BodyHandlers.ofByteArray(), MAX_BYTES))
              .body();
      if (Json.MAPPER.readTree(answer) instanceof ObjectNode status) {
        return status;
      }
      throw new IOException("no JSON object");
    } catch (IOException e) {
      ObjectNode status = Json.object().put("device", provider.device().value());
      status
          .putArray("warnings")
          .addObject()
          .put("code", "provider.silent")
          .put("happened", "No provider answers at " + provider.endpoint() + ": " + e + ".")
          .put("remedy", "Start it with \"groundwork storage provide\": every slot counts.");
      return status;
    }
  }

  private void earnings(ObjectNode out, ChainLink link, PublicLedger ledger, DeviceId device)
      throws IOException {
    ChainState state = link.chain().stateNow();
    List<PublishedResult> results = RecentResults.from(ledger, state, state.latestResult(), epochs);
    Optional<EpochNumber> last = state.finalisedResult().map(ChainEvent.ResultAccepted::epoch);
    TokenAmount settled = TokenAmount.ZERO;
    TokenAmount pending = TokenAmount.ZERO;
    ArrayNode lines = Json.MAPPER.createArrayNode();
    for (PublishedResult result : results) {
      EpochNumber epoch = result.statement().epoch();
      boolean isFinal = last.filter(it -> it.compareTo(epoch) >= 0).isPresent();
      Optional<DeviceSummary> summary =
          result.devices().stream().filter(each -> each.device().equals(device)).findFirst();
      TokenAmount paid = summary.map(DeviceSummary::paid).orElse(TokenAmount.ZERO);
      settled = isFinal ? settled.plus(paid) : settled;
      pending = isFinal ? pending : pending.plus(paid);
      if (summary.isPresent()) {
        ObjectNode line =
            lines
                .addObject()
                .put("epoch", epoch.value())
                .put("final", isFinal)
                .put("paid", paid.toString());
        ArrayNode faults = line.putArray("faults");
        WhyCommand.why(link)
            .device(result, device, link.publicFiles()::segment)
            .faults()
            .forEach(count ->
                faults
                    .addObject()
                    .put("reason", count.code())
                    .put("count", count.count())
                    .put("remedy", count.remedy()));
      }
    }
    out.put("resultsLookedAt", results.size())
        .put("final", settled.toString())
        .put("pending", pending.toString());
    out.set("epochs", lines);
  }

  private static void print(ObjectNode status, PrintWriter out) {
    out.printf("Device %s%n", status.path("device").asText());
    for (JsonNode warning : status.path("warnings")) {
      out.printf(
          "  ! %s: %s%n    What to do: %s%n",
          warning.path("code").asText(),
          warning.path("happened").asText(),
          warning.path("remedy").asText());
    }
    if (status.path("warnings").isEmpty()) {
      out.println("  Nothing to warn of.");
    }
    JsonNode leaving = status.path("leaving");
    if (!leaving.isMissingNode()) {
      out.printf(
          "Leaving by slot %s; %s deals left%s.%n",
          leaving.path("slot").asText(),
          leaving.path("dealsLeft").asText(),
          leaving.path("mayStop").asBoolean() ? "; it may stop now" : "");
    }
    Table disks = new Table("disk", "condition", "pieces", "used", "trash", "capacity");
    for (JsonNode disk : status.path("disks")) {
      disks.row(
          disk.path("folder").asText(),
          disk.path("condition").asText() + (disk.path("draining").asBoolean() ? ", draining" : ""),
          disk.path("pieces").asText(),
          disk.path("usedBytes").asText(),
          disk.path("trashBytes").asText(),
          disk.path("capacityBytes").asText());
    }
    out.print(disks);
    JsonNode slots = status.path("slots");
    out.printf(
        "Last slots: %s answered, %s flawed, %s missed.%n",
        slots.path("answered").asText("-"),
        slots.path("flawed").asText("-"),
        slots.path("missed").asText("-"));
    JsonNode score = status.path("score");
    if (!score.isMissingNode()) {
      out.printf(
          "Results: %s slots proven, %s faulty.%n",
          score.path("provenSlots").asText(), score.path("faultySlots").asText());
    }
    for (JsonNode summons : status.path("summonses")) {
      out.printf(
          "Summons %s: %s.%n", summons.path("summons").asText(), summons.path("state").asText());
    }
    JsonNode earnings = status.path("earnings");
    out.printf(
        "Earned in the last %s results: %s tokens final, %s pending.%n",
        earnings.path("resultsLookedAt").asText(),
        tokens(earnings.path("final")),
        tokens(earnings.path("pending")));
    for (JsonNode epoch : earnings.path("epochs")) {
      for (JsonNode fault : epoch.path("faults")) {
        out.printf(
            "  epoch %s: %s x %s. What to do: %s%n",
            epoch.path("epoch").asText(),
            fault.path("count").asText(),
            fault.path("reason").asText(),
            fault.path("remedy").asText());
      }
    }
  }

  private static String tokens(JsonNode amount) {
    return Amounts.show(new TokenAmount(new java.math.BigInteger(amount.asText("0"))));
  }
}
