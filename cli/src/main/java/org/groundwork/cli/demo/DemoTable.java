package org.groundwork.cli.demo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.groundwork.cli.Amounts;
import org.groundwork.cli.Table;
import org.groundwork.protocol.TokenAmount;

/** A demo's closing tables. */
final class DemoTable {
  /** Up to here each device has a row of its own; of more, those of one role share one. */
  private static final int MOST_ROWS = 12;

  private DemoTable() {}

  static String of(DemoReport report, List<Story> stories) {
    String line = System.lineSeparator();
    String outcome = stories.stream().map(Story::outcome).collect(Collectors.joining("; "));
    return line
        + (report.devices().size() > MOST_ROWS ? roles(report) : devices(report))
        + line
        + epochs(report)
        + line
        + String.format(
            "%s; %s tokens claimed; %d s.%n%s%n",
            outcome,
            Amounts.show(report.claims()),
            report.seconds(),
            report.ok()
                ? "All of it held."
                : "NOT all of it held: " + String.join("; ", report.failures()));
  }

  private static Table devices(DemoReport report) {
    Table table = new Table("device", "role", "verdicts and faults", "paid (tokens)");
    for (DemoReport.DeviceLine device : report.devices()) {
      table.row(device.id(), device.role(), text(device.verdicts()), Amounts.show(device.paid()));
    }
    return table;
  }

  private static Table roles(DemoReport report) {
    Map<String, Long> count = new LinkedHashMap<>();
    Map<String, SortedMap<String, Long>> verdicts = new LinkedHashMap<>();
    Map<String, TokenAmount> paid = new LinkedHashMap<>();
    for (DemoReport.DeviceLine device : report.devices()) {
      String role = device.role();
      count.merge(role, 1L, Long::sum);
      SortedMap<String, Long> all = verdicts.computeIfAbsent(role, _ -> new TreeMap<>());
      device.verdicts().forEach((code, number) -> all.merge(code, number, Long::sum));
      paid.merge(role, device.paid(), TokenAmount::plus);
    }
    Table table = new Table("devices", "role", "verdicts and faults", "paid (tokens)");
    count.forEach((role, number) ->
        table.row(
            number,
            role,
            text(verdicts.getOrDefault(role, new TreeMap<>())),
            Amounts.show(paid.getOrDefault(role, TokenAmount.ZERO))));
    return table;
  }

  private static Table epochs(DemoReport report) {
    Table table =
        new Table(
            "epoch",
            "charged ($)",
            "burned",
            "paid",
            "to operators",
            "newly emitted",
            "dust",
            "root",
            "audit");
    for (DemoReport.EpochLine epoch : report.epochs()) {
      table.row(
          epoch.number(),
          Amounts.show(epoch.charged()),
          Amounts.show(epoch.burned()),
          Amounts.show(epoch.paid()),
          Amounts.show(epoch.operators()),
          Amounts.show(epoch.emitted()),
          Amounts.show(epoch.dust()),
          epoch.root().toHex().substring(0, 18),
          epoch.audited() ? "equal" : "DIFFERS");
    }
    return table;
  }

  private static String text(SortedMap<String, Long> verdicts) {
    return verdicts.entrySet().stream()
        .map(entry -> entry.getKey() + " " + entry.getValue())
        .collect(Collectors.joining(", "));
  }
}
