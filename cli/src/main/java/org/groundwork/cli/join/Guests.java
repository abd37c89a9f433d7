package org.groundwork.cli.join;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.groundwork.cli.Json;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.crypto.Sha256;

/**
 * Who may join, and who has: a file for each token that was given out and for each machine that
 * used one, named by the hash of what it has to show.
 */
final class Guests {
  private static final int CREDENTIAL = 32;

  private final Path tokens;
  private final Path joined;
  private final InstantSource clock;
  private final SecureRandom random;

  Guests(Path folder, InstantSource clock, SecureRandom random) {
    tokens = folder.resolve("guests/tokens");
    joined = folder.resolve("guests/joined");
    this.clock = clock;
    this.random = random;
  }

  /** Remembers a token that is given out. */
  void invite(JoinToken token, Duration valid) throws IOException {
    Files.createDirectories(tokens);
    ObjectNode about =
        Json.object()
            .put("role", token.role().word())
            .put("expires", clock.instant().plus(valid).getEpochSecond());
    Files.writeString(tokens.resolve(token.id().toHex()), Json.line(about));
  }

  /** Takes a token, which nobody can use again; its role, or empty if it is unknown or too old. */
  Optional<JoinRole> take(Bytes secret) throws IOException {
    Path file = tokens.resolve(Sha256.hash(secret.toArray()).toHex());
    JsonNode about;
    try {
      about = Json.MAPPER.readTree(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    // Of two that come at once, one deletes it.
    if (!Files.deleteIfExists(file)
        || about.path("expires").asLong() <= clock.instant().getEpochSecond()) {
      return Optional.empty();
    }
    return JoinRole.of(about.path("role").asText());
  }

  /** What a machine shows from now on; only its hash is kept. */
  Bytes admit(JoinRole role, String account) throws IOException {
    byte[] credential = new byte[CREDENTIAL];
    random.nextBytes(credential);
    Files.createDirectories(joined);
    ObjectNode about =
        Json.object()
            .put("role", role.word())
            .put("account", account)
            .put("since", clock.instant().getEpochSecond());
    Files.writeString(joined.resolve(Sha256.hash(credential).toHex()), Json.line(about));
    return Bytes.wrap(credential);
  }

  /** Whether somebody was given this. A look into the folder: who is deleted there is out. */
  boolean knows(Bytes credential) {
    Hash name = Sha256.hash(credential.toArray());
    return Files.exists(joined.resolve(name.toHex()));
  }
}
