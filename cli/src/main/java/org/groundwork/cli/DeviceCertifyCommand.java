package org.groundwork.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.crypto.MakerCertificate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A maker certifies a device's key. */
@Command(
    name = "certify",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a maker's certificate for a device's key: for makers, whose keys a network's definition",
      "names ([trust] makers). The device shows it with \"device run --certificate\".",
    },
    footer = {
      "",
      "Example:",
      "  groundwork device certify --key maker.json --device-key station.json --out station.cert",
    })
final class DeviceCertifyCommand implements Callable<Integer> {
  /** The first byte of a report that carries a certificate. */
  private static final int REPORT_TYPE = 0x04;

  private static final int MAX_BYTES = 1024;

  @Spec private CommandSpec spec;
  @Mixin private DeviceKeyOptions maker;

  @Option(
      names = "--device-key",
      required = true,
      paramLabel = "FILE",
      description = "Key file of the device, or what \"device key\" printed of it.")
  private Path device;

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "File to write.")
  private Path out;

  @Override
  public Integer call() throws Exception {
    MakerCertificate made = MakerCertificate.issue(maker.open(), DeviceKeyFile.publicKey(device));
    Files.write(out, made.encode().toArray());
    spec.commandLine()
        .getOut()
        .println(out + " certifies " + made.device().bytes() + ", by " + made.maker().bytes());
    return 0;
  }

  /** The report with which a device shows a certificate. */
  static Bytes report(Path file) throws IOException {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new Failure(file + " is too large for a maker's certificate.");
      }
      Bytes encoded = Bytes.wrap(Files.readAllBytes(file));
      MakerCertificate read = MakerCertificate.decode(encoded);
      return new CanonicalWriter().u8(REPORT_TYPE).raw(read.encode()).toBytes();
    } catch (NoSuchFileException e) {
      throw new Failure("There is no file " + file + ".", e);
    } catch (Malformed e) {
      throw new Failure(file + " is no maker's certificate: " + e.getMessage() + ".", e);
    }
  }
}
