package org.groundwork.cli.join;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import org.groundwork.cli.local.Accounts;

/** Tokens of a first machine. */
public final class Tokens {
  private Tokens() {}

  /**
   * A token that one machine can use once.
   *
   * @param address of the door, as the other machine reaches it
   */
  public static JoinToken issue(
      Path folder, JoinRole role, String address, Duration valid, InstantSource clock)
      throws IOException {
    if (!Files.exists(folder.resolve("keys"))) {
      throw new IOException(folder + " is not the folder of a network; start it first");
    }
    SecureRandom random = new SecureRandom();
    DoorKey key = DoorKey.open(new Accounts(folder.resolve("keys"), random));
    JoinToken token = JoinToken.fresh(role, key.certificate(), address, random);
    new Guests(folder, clock, random).invite(token, valid);
    return token;
  }
}
