package org.groundwork.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.groundwork.agent.DeviceIdentity;
import org.groundwork.agent.DeviceSigner;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CompactJws;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Hello;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.ReportBody;
import org.groundwork.protocol.crypto.MessageSigner;
import org.groundwork.settlement.time.Time;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Signs one report that another program sends. */
@Command(
    name = "sign",
    mixinStandardHelpOptions = true,
    description = {
      "Signs what standard input holds as one report of a device, under the next sequence of the",
      "epoch of the moment, and prints it as a compact JWS, for any MQTT or HTTP client to send.",
      "A report is worth sending in its epoch only.",
    },
    footer = {
      "",
      "Example:",
      "  echo '{\"t\":'$(date +%s)',\"temperature\":21.5}' \\",
      "    | groundwork device sign --device 7 --network 2 --key station.json \\",
      "        --password-file pass --deployment deployment.json \\",
      "    | mosquitto_pub -h gateway.example -q 1 -u 7 -P \"$TOKEN\" \\",
      "        -t groundwork/2/7/report -s",
    })
final class DeviceSignCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DeviceOptions device;

  @Option(
      names = "--binary",
      description = "Prints the report in its binary encoding, for POST /v1/reports.")
  private boolean binary;

  @Option(
      names = "--hello",
      paramLabel = "OWNER",
      description = {
        "Signs a Hello for this owner (0x...) instead of standard input: what makes a device",
        "active. It is wanted once, before everything else.",
      })
  private Optional<String> hello;

  @Override
  public Integer call() throws Exception {
    MessageSigner signer = device.signer();
    Bytes payload = payload();
    ReportBody.Form form = form(signer);
    EpochNumber epoch = epoch(device.deployment().schedule());
    DeviceIdentity identity = device.identity(signer);
    Report report;
    try (DeviceSigner signing = DeviceSigner.open(device.state(), identity)) {
      report = signing.sign(form, payload, epoch);
    }
    if (binary) {
      PrintStream out = System.out;
      out.write(report.encode().unsafeArray());
      out.flush();
    } else {
      PrintWriter out = spec.commandLine().getOut();
      out.println(text(report));
      out.flush();
    }
    return 0;
  }

  private Bytes payload() throws IOException {
    if (hello.isPresent()) {
      AccountId owner = Arguments.account(hello.get());
      return new Hello(owner, Time.system().instant().toEpochMilli()).encode();
    }
    byte[] read = System.in.readNBytes(ReportBody.MAX_PAYLOAD + 2);
    Bytes payload = ReadingLines.trimmed(Bytes.wrap(read));
    if (payload.isEmpty() || payload.size() > ReportBody.MAX_PAYLOAD) {
      throw new Failure(
          "A report has 1 to " + ReportBody.MAX_PAYLOAD + " bytes on standard input.");
    }
    if (payload.get(0) == Hello.TYPE) {
      throw new Failure("A payload that begins with 0 is a Hello; --hello makes one.");
    }
    return payload;
  }

  private ReportBody.Form form(MessageSigner signer) {
    if (binary) {
      return ReportBody.Form.BINARY;
    }
    try {
      return ReportBody.Form.jws(signer.publicKey().type());
    } catch (IllegalArgumentException e) {
      throw new Failure("This key signs --binary reports only: " + e.getMessage(), e);
    }
  }

  private static EpochNumber epoch(EpochSchedule schedule) {
    long now = Time.system().instant().getEpochSecond();
    if (now < schedule.genesis()) {
      throw new Failure("The network's first epoch has not begun.");
    }
    return schedule.epochAt(now);
  }

  private static String text(Report report) {
    try {
      return new String(CompactJws.encode(report).unsafeArray(), StandardCharsets.US_ASCII);
    } catch (Malformed e) {
      throw new IllegalStateException("a report that was just signed", e);
    }
  }
}
