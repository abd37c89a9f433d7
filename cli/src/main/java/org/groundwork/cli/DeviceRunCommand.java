package org.groundwork.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.groundwork.agent.DeviceIdentity;
import org.groundwork.agent.ListedDevice;
import org.groundwork.agent.Outbox;
import org.groundwork.agent.OutboxFull;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.cli.daemon.DataDaemon;
import org.groundwork.cli.daemon.DeviceDaemon;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.crypto.MessageSigner;
import org.groundwork.settlement.time.Time;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a device that reports what a program or a file says. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Runs a device: each line of a file or of standard input, a JSON object, becomes a report.",
      "What was read is on disk before it is signed and sent, and is sent until a gateway promised",
      "it, also after a kill. Ends with the input when everything is promised.",
    },
    footer = {
      "",
      "Examples:",
      "  station-driver | groundwork device run --device 7 --key station.json -",
      "  groundwork device run --device 7 --key station.json --mqtt mqtts://gateway.example day.jsonl",
    })
final class DeviceRunCommand implements Callable<Integer> {
  /** Lines that are read ahead of promises. */
  private static final int AHEAD = 1_000;

  /** So often a certificate is shown: rules forget it after a long silence. */
  private static final int SHOWN_EACH = 500;

  @Spec private CommandSpec spec;
  @Mixin private DeviceOptions device;

  @Option(
      names = "--mqtt",
      paramLabel = "URL",
      description = {
        "A gateway's broker: mqtt://HOST:PORT, or mqtts:// with TLS. Without it reports go by HTTP",
        "to the gateways that have stake.",
      })
  private Optional<URI> mqtt;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "PEM certificates that the broker's is checked against; the system's without.")
  private Optional<Path> authorities;

  @Option(
      names = "--certificate",
      paramLabel = "FILE",
      description = {
        "A maker's certificate for the device's key, for networks whose definition weighs them; it",
        "is shown with the first report and now and then.",
      })
  private Optional<Path> certificate;

  @Option(
      names = "--references",
      paramLabel = "FOLDER",
      description = {
        "Reference series to pass on, as \"sensing reference add\" made them: in each epoch those",
        "that the definition names and that say something of it.",
      })
  private Optional<Path> references;

  @Parameters(paramLabel = "FILE", description = "Lines of readings; - reads standard input.")
  private String file;

  /** What is reported besides readings: a certificate now and then, references in each epoch. */
  static final class Extras {
    private final Optional<Bytes> certificate;
    private final Optional<ReferenceFolder> references;
    private final EpochSchedule schedule;
    private Optional<EpochNumber> epoch = Optional.empty();
    private long readings;

    Extras(
        Optional<Bytes> certificate, Optional<ReferenceFolder> references, EpochSchedule schedule) {
      this.certificate = certificate;
      this.references = references;
      this.schedule = schedule;
    }

    /** Before the next reading, at a Unix second. */
    List<Bytes> next(long now) {
      List<Bytes> extras = new ArrayList<>();
      if (readings++ % SHOWN_EACH == 0) {
        certificate.ifPresent(extras::add);
      }
      EpochNumber current = schedule.epochAt(now);
      if (!epoch.equals(Optional.of(current))) {
        references.ifPresent(folder -> extras.addAll(folder.due(schedule, current)));
        epoch = Optional.of(current);
      }
      return extras;
    }
  }

  @Override
  public Integer call() throws Exception {
    MessageSigner signer = device.signer();
    try (ChainLink link = device.open();
        InputStream in = input()) {
      ListedDevice listed = device.registered(link);
      DeviceIdentity identity = device.identity(signer, listed);
      DeviceDaemon.Way way =
          mqtt.isPresent()
              ? new DeviceDaemon.Way.Mqtt(mqtt.get(), authorities)
              : new DeviceDaemon.Way.Http();
      try (DeviceDaemon running =
          DeviceDaemon.start(link, identity, listed.device().owner(), device.state(), way)) {
        Optional<Bytes> shown =
            certificate.isPresent()
                ? Optional.of(DeviceCertifyCommand.report(certificate.get()))
                : Optional.empty();
        Optional<ReferenceFolder> series =
            references.isPresent()
                ? Optional.of(
                    ReferenceFolder.read(
                        references.get(), DataDaemon.definition(link, identity.network())))
                : Optional.empty();
        Extras extras = new Extras(shown, series, link.deployment().schedule());
        return report(running, new ReadingLines(in), extras);
      }
    }
  }

  private InputStream input() throws IOException {
    try {
      return new BufferedInputStream(
          file.equals("-") ? System.in : Files.newInputStream(Path.of(file)));
    } catch (NoSuchFileException e) {
      throw new Failure("There is no file " + file + ".", e);
    }
  }

  private int report(DeviceDaemon running, ReadingLines lines, Extras extras)
      throws IOException, InterruptedException, OutboxFull {
    Deque<Future<Outbox.Sent>> open = new ArrayDeque<>();
    long promised = 0;
    long refused = 0;
    Optional<Bytes> line = lines.next();
    while (line.isPresent() || !open.isEmpty()) {
      if (line.isPresent() && open.size() < AHEAD) {
        for (Bytes extra : extras.next(Time.system().instant().getEpochSecond())) {
          open.add(running.submit(extra));
        }
        open.add(running.submit(line.get()));
        line = lines.next();
      } else if (isPromised(open.remove())) {
        promised++;
      } else {
        refused++;
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    out.println(promised + " reports promised, " + refused + " refused.");
    out.flush();
    return refused == 0 ? 0 : 1;
  }

  private boolean isPromised(Future<Outbox.Sent> sent) throws InterruptedException {
    try {
      sent.get();
      return true;
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      spec.commandLine().getErr().println("groundwork: " + cause.getMessage());
      return false;
    }
  }
}
