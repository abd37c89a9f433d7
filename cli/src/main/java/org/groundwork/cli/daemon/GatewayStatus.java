package org.groundwork.cli.daemon;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.groundwork.networks.storage.customer.Budget;
import org.groundwork.networks.storage.customer.RepairReport;
import org.groundwork.protocol.DeviceId;

/** How a customer's gateway is, in a file that others may read while it runs. */
public final class GatewayStatus {
  public static final String FILE = "status.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private GatewayStatus() {}

  static void write(
      Path file,
      Budget.Status budget,
      Map<DeviceId, Double> scores,
      Optional<RepairReport> repair,
      Optional<Instant> snapshot)
      throws IOException {
    ObjectNode status = JSON.createObjectNode();
    status
        .putObject("budget")
        .put("month", budget.month().toString())
        .put("limit", budget.limits().monthly().toString())
        .put("storage", budget.storage().toString())
        .put("reading", budget.egress().toString())
        .put("total", budget.total().toString())
        .put("alarm", budget.alarm().name().toLowerCase(Locale.ROOT));
    repair.ifPresent(report ->
        status
            .putObject("repair")
            .put("checked", report.checked())
            .put("lost", report.lost())
            .put("repaired", report.repaired())
            .put("unrecoverable", report.unrecoverable())
            .put("crowded", report.crowded()));
    snapshot.ifPresent(at -> status.put("metadata_saved", at.toString()));
    ObjectNode each = status.putObject("audit_scores");
    scores.forEach((device, score) -> each.put(device.toString(), score));
    Path next = file.resolveSibling(FILE + ".next");
    Files.write(next, JSON.writeValueAsBytes(status));
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** One line of JSON; empty if the gateway of this folder never ran. */
  public static Optional<String> read(Path folder) throws IOException {
    try {
      return Optional.of(JSON.readTree(Files.readAllBytes(folder.resolve(FILE))).toString());
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }
}
