package org.groundwork.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.groundwork.cli.doctor.Finding;
import org.groundwork.cli.doctor.FolderChecks;
import org.groundwork.cli.doctor.MachineChecks;
import org.groundwork.settlement.time.Time;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Looks over the machine. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = {
      "Checks what this machine has and how a network's folder is: Java, the chain's program,",
      "libraries, space, clock, configuration, ports, who can read keys, whether the chain"
          + " answers.",
      "Each line that is not ok says what to do.",
    },
    footer = {
      "",
      "Examples:",
      "  groundwork doctor",
      "  groundwork doctor --dir my-network --json",
      "",
      "Exit status: 0; 1 if something is missing or wrong without which \"groundwork up\" fails.",
    })
final class DoctorCommand implements Callable<Integer> {
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
    List<Finding> findings = MachineChecks.run();
    findings.addAll(FolderChecks.run(folder, Time.system()));
    PrintWriter out = spec.commandLine().getOut();
    boolean well = findings.stream().noneMatch(Finding::isBad);
    if (json) {
      var report = Json.object().put("well", well);
      ArrayNode checks = report.putArray("checks");
      findings.forEach(finding ->
          checks
              .addObject()
              .put("part", finding.part())
              .put("grade", finding.grade().name().toLowerCase(java.util.Locale.ROOT))
              .put("state", finding.state())
              .put("remedy", finding.remedy()));
      out.println(Json.line(report));
    } else {
      Table table = new Table("part", "state", "what to do");
      findings.forEach(finding -> table.row(finding.part(), finding.text(), finding.remedy()));
      out.print(table);
    }
    out.flush();
    return well ? 0 : 1;
  }
}
