package org.groundwork.agent;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.DeploymentId;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.ReportBody;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.protocol.crypto.MessageSigner;

/**
 * A device's password for a while: a JSON Web Token (RFC 7519) that its key signed, with the header
 * {@code {"alg":ALG,"typ":"JWT"}} and the claims {@code aud} (the deployment), {@code exp} and
 * {@code sub} (the device's number). Nobody has to keep it. It is no report, and no report is a
 * token: the headers differ.
 *
 * @param expires a full second
 */
public record DeviceToken(DeploymentId deployment, DeviceId device, Instant expires) {
  /** The longest time for which a token is taken. */
  public static final Duration MAX_LIFETIME = Duration.ofHours(24);

  /** Characters of the longest token that is looked at. */
  public static final int MAX_LENGTH = 1024;

  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final int SIGNATURE_SIZE = 64;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              com.fasterxml.jackson.core.JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(3)
                          .maxDocumentLength(MAX_LENGTH)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * A token as it came.
   *
   * @param algorithm of its header
   * @param message what was signed
   */
  public record Signed(DeviceToken token, String algorithm, Bytes message, Bytes signature) {
    /** Whether the header names the algorithm of a key of this type. */
    public boolean fits(KeyType type) {
      return type != KeyType.SECP256K1 && DeviceToken.algorithm(type).equals(algorithm);
    }
  }

  /**
   * The token's text.
   *
   * @throws IllegalArgumentException if no JOSE algorithm has keys of the signer's type
   */
  public String sign(MessageSigner signer) {
    String header = "{\"alg\":\"" + algorithm(signer.publicKey().type()) + "\",\"typ\":\"JWT\"}";
    String claims =
        "{\"aud\":\"%s\",\"exp\":%d,\"sub\":\"%d\"}"
            .formatted(deployment.hash(), expires.getEpochSecond(), device.value());
    String message = base64(header) + "." + base64(claims);
    Bytes signature = signer.sign(message.getBytes(StandardCharsets.US_ASCII));
    return message + "." + ENCODER.encodeToString(signature.unsafeArray());
  }

  /**
   * Reads a token of any JOSE library; its signature is not verified.
   *
   * @throws Malformed if it is no token, or one of another kind
   */
  public static Signed parse(Bytes ascii) throws Malformed {
    if (ascii.size() > MAX_LENGTH) {
      throw new Malformed("a token of " + ascii.size() + " characters");
    }
    String text = new String(ascii.unsafeArray(), StandardCharsets.ISO_8859_1);
    String[] parts = text.split("\\.", 4);
    if (parts.length != 3) {
      throw new Malformed("a token has three parts, this has " + parts.length);
    }
    JsonNode header = object(parts[0]);
    JsonNode claims = object(parts[1]);
    byte[] signature = bytes(parts[2]);
    if (signature.length != SIGNATURE_SIZE || !header.path("typ").asText().equals("JWT")) {
      throw new Malformed("not a signed token of type JWT");
    }
    JsonNode expires = claims.path("exp");
    if (!expires.isIntegralNumber() || !expires.canConvertToLong()) {
      throw new Malformed("exp is no whole number of seconds");
    }
    try {
      DeviceToken token =
          new DeviceToken(
              new DeploymentId(Hash.fromHex(claims.path("aud").asText())),
              new DeviceId(Long.parseLong(claims.path("sub").asText())),
              Instant.ofEpochSecond(expires.longValue()));
      return new Signed(
          token,
          header.path("alg").asText(),
          Bytes.wrap(
              text.substring(0, text.lastIndexOf('.')).getBytes(StandardCharsets.ISO_8859_1)),
          Bytes.wrap(signature));
    } catch (IllegalArgumentException | java.time.DateTimeException e) {
      throw new Malformed("aud is no deployment, sub no device, or exp no time");
    }
  }

  private static String algorithm(KeyType type) {
    return switch (ReportBody.Form.jws(type)) {
      case JWS_EDDSA -> "EdDSA";
      case JWS_ES256 -> "ES256";
      case BINARY -> throw new IllegalStateException();
    };
  }

  private static JsonNode object(String base64url) throws Malformed {
    try {
      JsonNode node = JSON.readTree(bytes(base64url));
      if (!node.isObject()) {
        throw new Malformed("a part of the token is no JSON object");
      }
      return node;
    } catch (IOException e) {
      throw new Malformed("a part of the token is no JSON");
    }
  }

  private static byte[] bytes(String base64url) throws Malformed {
    try {
      return Base64.getUrlDecoder().decode(base64url);
    } catch (IllegalArgumentException e) {
      throw new Malformed("a part of the token is not base64url");
    }
  }

  private static String base64(String text) {
    return ENCODER.encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }
}
