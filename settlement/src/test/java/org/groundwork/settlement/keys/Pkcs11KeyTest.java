package org.groundwork.settlement.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.protocol.crypto.SignatureVerifiers;
import org.groundwork.settlement.SettlementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With Debian's softhsm2, in a process of its own: a token's module reads its environment once. */
class Pkcs11KeyTest {
  private static final Path MODULE = Path.of("/usr/lib/softhsm/libsofthsm2.so");
  private static final String PIN = "123456";

  @TempDir Path folder;

  @Test
  void signsWithAKeyThatStaysInItsToken() throws Exception {
    makeToken();
    assertThat(inItsOwnProcess("groundwork", PIN)).contains("verifies as P256: true");
    assertThat(inItsOwnProcess("other", PIN))
        .contains("no key with a certificate labelled \"other\"; it has [groundwork]");
    assertThat(inItsOwnProcess("groundwork", "654321")).contains("does not take the PIN");
  }

  @Test
  void saysThatThereIsNoModule() {
    assertThatThrownBy(
            () -> Pkcs11Key.open(folder.resolve("none.so"), 0, "groundwork", Password.of(PIN)))
        .isInstanceOf(SettlementException.class)
        .hasMessageContaining("there is no PKCS#11 module");
  }

  /** Signs with the key of a token and says whether the signature verifies. */
  public static void main(String[] arguments) {
    try {
      Pkcs11Key key =
          Pkcs11Key.open(Path.of(arguments[0]), 0, arguments[1], Password.of(arguments[2]));
      byte[] message = "a report".getBytes(StandardCharsets.US_ASCII);
      Bytes signature = key.sign(message);
      boolean good = SignatureVerifiers.best().verify(key.publicKey(), message, signature);
      System.out.println("verifies as " + KeyType.P256 + ": " + good);
    } catch (SettlementException e) {
      System.out.println(e.getMessage());
    }
  }

  private void makeToken() throws Exception {
    if (!Files.exists(MODULE)) {
      throw new AssertionError(MODULE + " is missing: install it with `apt-get install softhsm2`.");
    }
    Path tokens = Files.createDirectory(folder.resolve("tokens"));
    Files.writeString(
        folder.resolve("softhsm2.conf"),
        "directories.tokendir = " + tokens + System.lineSeparator());
    run(
        List.of(
            "/usr/bin/softhsm2-util",
            "--init-token",
            "--free",
            "--label",
            "test",
            "--so-pin",
            "0000",
            "--pin",
            PIN));
    Path provider = folder.resolve("provider.cfg");
    Files.writeString(provider, "name = test%nlibrary = %s%nslotListIndex = 0%n".formatted(MODULE));
    run(
        List.of(
            java("keytool"),
            "-genkeypair",
            "-alias",
            "groundwork",
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-dname",
            "CN=device",
            "-keystore",
            "NONE",
            "-storetype",
            "PKCS11",
            "-providerClass",
            "sun.security.pkcs11.SunPKCS11",
            "-providerArg",
            provider.toString(),
            "-storepass",
            PIN));
  }

  private String inItsOwnProcess(String alias, String pin) throws Exception {
    return run(
        List.of(
            java("java"),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            Pkcs11KeyTest.class.getName(),
            MODULE.toString(),
            alias,
            pin));
  }

  private static String java(String program) {
    return Path.of(System.getProperty("java.home"), "bin", program).toString();
  }

  private String run(List<String> command) throws IOException, InterruptedException {
    Path log = Files.createTempFile(folder, "run", ".log");
    ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command));
    builder.environment().put("SOFTHSM2_CONF", folder.resolve("softhsm2.conf").toString());
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError(command.getFirst() + " does not end");
    }
    String output = Files.readString(log);
    assertThat(process.exitValue()).as("%s: %s", command, output).isZero();
    return output;
  }
}
