package org.groundwork.cli.join;

/**
 * What a joined machine knows of the first, in {@code join.json}.
 *
 * @param door address of the first machine's door
 * @param certificate SHA-256 of the door's certificate, in hexadecimal
 * @param role what this machine does
 * @param network number of the storage network, for a provider; else 0
 */
public record JoinSetup(String door, String certificate, String role, int network) {
  public static final String FILE = "join.json";

  /** Holds the credential that the door gave. */
  static final String CREDENTIAL = "keys/chain-token";

  public JoinSetup {
    if (!door.matches(JoinToken.ADDRESS) || JoinRole.of(role).isEmpty()) {
      throw new IllegalArgumentException("no such door or role");
    }
  }
}
