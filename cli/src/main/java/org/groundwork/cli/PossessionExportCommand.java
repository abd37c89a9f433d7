package org.groundwork.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.networks.storage.rules.HeldDeal;
import org.groundwork.networks.storage.rules.StorageReport;
import org.groundwork.protocol.Deal;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Cuts the reports with which a device took its deals out of public segments. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "Lists the deals that a device took, from the segments that gateways and verifiers publish.",
      "With --deal it prints the report with which the device took that deal, as hex: what",
      "\"possession summon\" needs. Nobody has to be asked but them and the chain.",
    },
    footer = {
      "",
      "Examples:",
      "  groundwork dispute possession export 3",
      "  groundwork dispute possession export 3 --deal 0x5f3c... > report.hex",
    })
final class PossessionExportCommand implements Callable<Integer> {
  private static final int MAX_LISTED = 10_000;

  @Spec private CommandSpec spec;
  @Mixin private NetworkOptions network;

  @Parameters(paramLabel = "DEVICE", description = "Number of the device.")
  private long device;

  @Option(names = "--deal", paramLabel = "ID", description = "The deal's id, 0x and 64 digits.")
  private Optional<String> deal;

  @Option(
      names = "--results",
      paramLabel = "COUNT",
      defaultValue = "168",
      description = "How many results to look back (default: ${DEFAULT-VALUE}).")
  private int results;

  @Option(names = "--json", description = "Prints the list as one line of JSON.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    var out = spec.commandLine().getOut();
    try (ChainLink link = network.open();
        PublicLedger ledger = new PublicLedger(link)) {
      DeviceRecords records = new DeviceRecords(link, ledger, new DeviceId(device), results);
      if (deal.isPresent()) {
        out.println(taken(records, Arguments.hash(deal.get())).encode().toHex());
      } else {
        Report report = new Report().put("device", device).rows("deals", list(records));
        out.print(json ? Json.line(report.json()) + "\n" : report.text());
      }
      out.flush();
      return 0;
    }
  }

  private org.groundwork.protocol.Report taken(DeviceRecords records, Hash id) throws Exception {
    return records.find(said -> opens(said, id), 1).stream()
        .findFirst()
        .orElseThrow(() ->
            new Failure(
                "Device "
                    + device
                    + " reported no deal "
                    + id
                    + " in the last "
                    + results
                    + " results, as far as segments are kept."))
        .report();
  }

  private static boolean opens(StorageReport said, Hash id) {
    return said instanceof StorageReport.DealOpened opened
        && opened.signed().deal().id().equals(id);
  }

  private static List<Report> list(DeviceRecords records) throws Exception {
    return records.find(StorageReport.DealOpened.class::isInstance, MAX_LISTED).stream()
        .map(PossessionExportCommand::line)
        .toList();
  }

  private static Report line(DeviceRecords.Found found) {
    Deal deal = ((StorageReport.DealOpened) found.said()).signed().deal();
    return new Report()
        .put("deal", deal.id())
        .put("piece", piece(deal))
        .put("payer", deal.payer())
        .put("end_slot", deal.endSlot().value())
        .put("report", found.body().sequence());
  }

  private static String piece(Deal deal) {
    try {
      return HeldDeal.of(deal).piece().pieceCidV2();
    } catch (Malformed e) {
      return "none";
    }
  }
}
