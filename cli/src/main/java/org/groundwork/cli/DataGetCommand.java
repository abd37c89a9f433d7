package org.groundwork.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.networks.sensing.customer.DataClient;
import org.groundwork.networks.sensing.customer.DataRefusal;
import org.groundwork.networks.sensing.data.DataToken;
import org.groundwork.networks.sensing.data.Format;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Reads bought data. */
@Command(
    name = "get",
    mixinStandardHelpOptions = true,
    description = {
      "Reads data that was bought: the newest reading of each station, or with --from or --to all",
      "readings. \"state\" says which ones a result of the network has accepted, or made final."
    },
    footer = {
      "",
      "Examples:",
      "  groundwork data get --account customer",
      "  groundwork data get --from 2026-01-31T00:00:00Z --format parquet --out day.parquet"
          + " --account customer",
    })
final class DataGetCommand implements Callable<Integer> {
  private static final String TABLE = "table";
  private static final long TOKEN_SECONDS = 300;

  /** Rows that a terminal is for. */
  private static final int MAX_SHOWN = 1000;

  @Spec private CommandSpec spec;
  @Mixin private NetworkOptions network;
  @Mixin private AccountOptions account;

  @Option(names = "--purchase", paramLabel = "FILE", description = "Purchase (default: the last).")
  private Optional<Path> purchase;

  @Option(names = "--cells", split = ",", description = "Some of the cells (default: all).")
  private List<String> cells = List.of();

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "Unix seconds, or like" + " 2026-01-31T12:00:00Z.")
  private Optional<String> from;

  @Option(names = "--to", paramLabel = "TIME", description = "The same; not included.")
  private Optional<String> to;

  @Option(
      names = "--format",
      defaultValue = TABLE,
      description = "table, csv, json or parquet (default: table).")
  private String format;

  @Option(names = "--out", paramLabel = "FILE", description = "File to write.")
  private Optional<Path> out;

  @Override
  public Integer call() throws Exception {
    Format wanted =
        format.equals(TABLE)
            ? Format.JSON
            : Format.of(format)
                .orElseThrow(() -> new Failure("Formats are table, csv, json and parquet."));
    if (wanted == Format.PARQUET && out.isEmpty()) {
      throw new Failure("Parquet is for programs: name a file with --out.");
    }
    PurchaseFile bought =
        PurchaseFile.read(purchase.orElseGet(() -> PurchaseFile.last(network.folder())));
    try (ChainLink link = network.open();
        DataClient client = new DataClient(bought.server())) {
      DataToken token =
          DataTokenCommand.token(link, bought, account, network.folder(), TOKEN_SECONDS);
      try (InputStream answer = read(client, token, wanted)) {
        print(answer);
      }
      return 0;
    } catch (DataRefusal e) {
      throw new Failure("The data server refuses: " + e.getMessage() + " (" + e.code() + ")", e);
    }
  }

  private InputStream read(DataClient client, DataToken token, Format wanted) throws IOException {
    List<Long> some = new ArrayList<>();
    for (String cell : cells) {
      try {
        some.add(Long.parseLong(cell, 16));
      } catch (NumberFormatException e) {
        throw new Failure("Write cells as 15 hexadecimal digits each.", e);
      }
    }
    return from.isEmpty() && to.isEmpty()
        ? client.latest(token, some, wanted)
        : client.history(token, some, from.orElse(""), to.orElse(""), wanted);
  }

  private void print(InputStream answer) throws IOException {
    var terminal = spec.commandLine().getOut();
    if (format.equals(TABLE)) {
      String table = table(Json.MAPPER.readTree(answer));
      if (out.isPresent()) {
        Files.writeString(out.get(), table);
      } else {
        terminal.print(table);
      }
    } else if (out.isPresent()) {
      try (OutputStream file = Files.newOutputStream(out.get())) {
        answer.transferTo(file);
      }
    } else {
      terminal.print(new String(answer.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
    }
    terminal.flush();
  }

  private static String table(JsonNode rows) {
    if (rows.isEmpty()) {
      return "No readings yet.\n";
    }
    List<String> names = new ArrayList<>();
    rows.get(0).fieldNames().forEachRemaining(names::add);
    Table table = new Table(names.toArray(String[]::new));
    int shown = 0;
    for (JsonNode row : rows) {
      if (shown++ == MAX_SHOWN) {
        return table
            + "... and %d more: name a file with --out.\n".formatted(rows.size() - MAX_SHOWN);
      }
      table.row(names.stream().map(name -> row.path(name).asText("")).toArray());
    }
    return table.toString();
  }
}
