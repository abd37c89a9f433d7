package org.groundwork.cli.join;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.crypto.Sha256;

/**
 * Lets one machine join once: {@code gwj1_} and, in base64url, a byte for the role, the secret, the
 * SHA-256 of the door's certificate, and the door's address.
 *
 * @param secret 32 random bytes; the first machine keeps only their hash
 * @param certificate SHA-256 of the door's certificate
 * @param address host and port of the door
 */
public record JoinToken(JoinRole role, Bytes secret, Hash certificate, String address) {
  private static final String PREFIX = "gwj1_";
  private static final int SECRET = 32;
  private static final int HASH = 32;
  private static final int MAX_TEXT = 512;

  /** What an address looks like; also what a configuration takes. */
  static final String ADDRESS = "[0-9A-Za-z.-]{1,253}:[0-9]{1,5}";

  public JoinToken {
    if (secret.size() != SECRET || !address.matches(ADDRESS)) {
      throw new IllegalArgumentException("no token");
    }
  }

  static JoinToken fresh(JoinRole role, Hash certificate, String address, SecureRandom random) {
    byte[] secret = new byte[SECRET];
    random.nextBytes(secret);
    return new JoinToken(role, Bytes.wrap(secret), certificate, address);
  }

  /** By this name the first machine knows it. */
  Hash id() {
    return Sha256.hash(secret.toArray());
  }

  /** What is handed over. It is a secret until it was used. */
  public String text() {
    byte[] place = address.getBytes(StandardCharsets.US_ASCII);
    byte[] bytes =
        ByteBuffer.allocate(1 + SECRET + HASH + place.length)
            .put((byte) role.number())
            .put(secret.toArray())
            .put(certificate.bytes().toArray())
            .put(place)
            .array();
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /**
   * Reads a token.
   *
   * @throws IOException with one sentence, without the text, if it is none
   */
  public static JoinToken parse(String text) throws IOException {
    try {
      String stripped = text.strip();
      if (stripped.length() > MAX_TEXT || !stripped.startsWith(PREFIX)) {
        throw new IllegalArgumentException("no token");
      }
      ByteBuffer in =
          ByteBuffer.wrap(Base64.getUrlDecoder().decode(stripped.substring(PREFIX.length())));
      if (in.remaining() <= 1 + SECRET + HASH) {
        throw new IllegalArgumentException("too short");
      }
      JoinRole role =
          JoinRole.of(in.get()).orElseThrow(() -> new IllegalArgumentException("no role"));
      byte[] secret = new byte[SECRET];
      byte[] hash = new byte[HASH];
      in.get(secret).get(hash);
      byte[] address = new byte[in.remaining()];
      in.get(address);
      return new JoinToken(
          role,
          Bytes.wrap(secret),
          new Hash(Bytes.wrap(hash)),
          new String(address, StandardCharsets.US_ASCII));
    } catch (IllegalArgumentException e) {
      throw new IOException(
          "this is no token for joining; \"groundwork token new\" at the first machine prints one",
          e);
    }
  }

  @Override
  public String toString() {
    return "JoinToken[" + role.word() + " at " + address + "]";
  }
}
