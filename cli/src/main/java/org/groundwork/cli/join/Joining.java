package org.groundwork.cli.join;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import org.groundwork.cli.Json;
import org.groundwork.cli.daemon.ConfigFile;
import org.groundwork.cli.local.Accounts;

/** The new machine's part of joining: shows the token, keeps what the door gives. */
public final class Joining {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int FORBIDDEN = 403;

  private Joining() {}

  /** Whether a folder is that of a joined machine. */
  public static boolean isJoined(Path folder) {
    return Files.exists(folder.resolve(JoinSetup.FILE));
  }

  /**
   * Joins.
   *
   * @throws IOException with one sentence if the door is another, does not answer, or refuses
   */
  public static void run(Path folder, JoinToken token) throws IOException {
    if (isJoined(folder)) {
      throw new IOException(
          folder + " has joined already; start it with: groundwork up --dir " + folder);
    }
    Files.createDirectories(folder);
    Accounts accounts = new Accounts(folder.resolve("keys"), new SecureRandom());
    byte[] request =
        Json.line(
                Json.object()
                    .put("secret", token.secret().toHex())
                    .put("account", accounts.account(token.role().word()).account().toHex()))
            .getBytes(StandardCharsets.UTF_8);
    JsonNode answer;
    try (HttpClient http = ChainTunnel.client(token.certificate())) {
      URI door = URI.create("https://" + token.address() + "/v1/join");
      answer =
          Json.MAPPER.readTree(Forward.send(http, HttpRequest.newBuilder(door), request, PATIENCE));
    } catch (Forward.RefusedException e) {
      throw new IOException(
          e.status() == FORBIDDEN
              ? "the token was used before or is too old; \"groundwork token new\" at the first"
                  + " machine prints another"
              : "the door at " + token.address() + " refuses: " + e.getMessage(),
          e);
    } catch (IOException e) {
      throw new IOException(
          "the door at " + token.address() + " cannot be used: " + e.getMessage(), e);
    }
    Files.write(
        folder.resolve("deployment.json"),
        Json.MAPPER.writeValueAsBytes(answer.path("deployment")));
    Path credential = folder.resolve(JoinSetup.CREDENTIAL);
    Files.createFile(
        credential,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(
        credential, answer.path("credential").asText() + "\n", StandardOpenOption.WRITE);
    ConfigFile.write(
        folder.resolve(JoinSetup.FILE),
        new JoinSetup(
            token.address(),
            token.certificate().toHex(),
            token.role().word(),
            answer.path("network").asInt()));
  }
}
