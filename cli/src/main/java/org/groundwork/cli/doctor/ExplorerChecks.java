package org.groundwork.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.groundwork.cli.local.Ports;
import org.groundwork.cli.up.ExplorerWatch;
import org.groundwork.cli.up.UpSetup;
import org.groundwork.node.http.TlsFiles;

/** The explorer and what it shows who it is with. */
final class ExplorerChecks {
  private static final Duration SOON = Duration.ofDays(14);
  private static final String CERTIFICATE = "certificate";

  private ExplorerChecks() {}

  static List<Finding> run(Path folder, UpSetup setup, boolean running, InstantSource clock)
      throws IOException {
    List<Finding> findings = new ArrayList<>();
    Optional<TlsFiles> tls = setup.explorer().tls(folder);
    if (tls.isPresent()) {
      findings.add(certificate(tls.get(), clock.instant()));
    }
    if (running && setup.parts().explorer()) {
      int port = new Ports(folder.resolve("ports.json")).of("explorer");
      try (ExplorerWatch watch = new ExplorerWatch(setup.explorer().url(port), tls, clock)) {
        findings.add(
            watch
                .trouble()
                .map(trouble -> Finding.lacking("explorer", trouble, "groundwork logs explorer"))
                .orElse(Finding.ok("explorer", setup.explorer().url(port))));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted", e);
      }
    }
    return findings;
  }

  private static Finding certificate(TlsFiles tls, Instant now) throws IOException {
    Instant end;
    try {
      tls.context();
      end = tls.certificate().getNotAfter().toInstant();
    } catch (IOException e) {
      return Finding.bad(
          CERTIFICATE, String.valueOf(e.getMessage()), "correct [explorer] in groundwork.toml");
    }
    Set<PosixFilePermission> readers = Files.getPosixFilePermissions(tls.key());
    if (readers.contains(PosixFilePermission.OTHERS_READ)) {
      return Finding.bad(CERTIFICATE, "anybody can read its key", "chmod o-rwx " + tls.key());
    }
    if (end.isBefore(now)) {
      return Finding.bad(CERTIFICATE, "ended at " + end, "renew it, then end the explorer");
    }
    return end.isBefore(now.plus(SOON))
        ? Finding.lacking(CERTIFICATE, "ends at " + end, "renew it, then end the explorer")
        : Finding.ok(CERTIFICATE, "until " + end);
  }
}
