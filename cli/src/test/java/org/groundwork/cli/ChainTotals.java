package org.groundwork.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.settlement.chain.ChainState;

/** Prints what the chain of a network's folder says of its final results, for a comparison. */
final class ChainTotals {
  private ChainTotals() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    int port =
        Json.MAPPER
            .readTree(Files.readAllBytes(folder.resolve("ports.json")))
            .path("chain")
            .asInt();
    try (ChainLink link =
        new ChainLink(folder.resolve("deployment.json"), URI.create("http://127.0.0.1:" + port))) {
      ChainState state = link.chain().stateNow();
      ObjectNode json =
          Json.object()
              .put("block", link.rpc().blockNumber())
              .put("burned", state.burned().toString())
              .put("funded", state.funded().toString());
      ObjectNode results = json.putObject("results");
      long last = state.finalisedResult().map(result -> result.epoch().value()).orElse(-1L);
      for (long epoch = 0; epoch <= last; epoch++) {
        state
            .result(new EpochNumber(epoch))
            .ifPresent(result -> {
              ObjectNode each = results.putObject(result.epoch().toString());
              each.put("moneyRoot", result.moneyRoot().toHex());
              ExplorerAgreesTest.totals(result.totals()).forEach(each.putObject("totals")::put);
            });
      }
      System.out.println(Json.line(json));
    }
  }
}
