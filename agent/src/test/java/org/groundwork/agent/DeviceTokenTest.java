package org.groundwork.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.DeploymentId;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.crypto.DeviceKey;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.protocol.crypto.SignatureVerifiers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against tokens that npm's jose signed; {@code token/SOURCE.md} says how. */
class DeviceTokenTest {
  private static final String CLAIMS =
      "{\"aud\":\"0x%s\",\"exp\":1795291800,\"sub\":\"7\"}".formatted("ab".repeat(32));

  static Stream<JsonNode> tokens() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(DeviceTokenTest.class.getResourceAsStream("token/vectors.json"))) {
      return JsonMapper.builder().build().readTree(in).get("tokens").valueStream();
    }
  }

  @ParameterizedTest
  @MethodSource("tokens")
  void aTokenOfAJoseLibraryIsRead(JsonNode vector) throws Malformed {
    DeviceToken.Signed read = DeviceToken.parse(ascii(vector.get("jwt").asText()));
    assertThat(read.token()).isEqualTo(token(vector));
    assertThat(verifies(read, key(vector))).isTrue();
  }

  @ParameterizedTest
  @MethodSource("tokens")
  void whatWasSignedIsRead(JsonNode vector) throws Malformed {
    DeviceToken.Signed read = DeviceToken.parse(ascii(token(vector).sign(key(vector))));
    assertThat(read.token()).isEqualTo(token(vector));
    assertThat(verifies(read, key(vector))).isTrue();
    assertThat(read.fits(KeyType.SECP256K1)).isFalse();
    assertThat(read.fits(KeyType.ED25519)).isNotEqualTo(read.fits(KeyType.P256));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"alg\":\"EdDSA\"}",
        "{\"alg\":\"EdDSA\",\"kid\":\"AAAA\"}",
        "{\"alg\":\"EdDSA\",\"typ\":\"JWT\",\"typ\":\"JWT\"}",
        "[]",
        "",
      })
  void refusesAHeaderThatIsNoTokens(String header) {
    assertRefused(header, CLAIMS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"exp\":1795291800,\"sub\":\"7\"}",
        "{\"aud\":\"0x00\",\"exp\":1795291800,\"sub\":\"7\"}",
        "{\"aud\":\"0xDEPLOYMENT\",\"exp\":1e300,\"sub\":\"7\"}",
        "{\"aud\":\"0xDEPLOYMENT\",\"exp\":9223372036854775807,\"sub\":\"7\"}",
        "{\"aud\":\"0xDEPLOYMENT\",\"exp\":1795291800,\"sub\":\"0\"}",
        "{\"aud\":\"0xDEPLOYMENT\",\"exp\":1795291800,\"sub\":\"seven\"}",
        "{\"aud\":\"0xDEPLOYMENT\",\"exp\":1795291800,\"sub\":\"7\"} {}",
      })
  void refusesClaimsThatAreMissingOrImpossible(String claims) {
    assertRefused(
        "{\"alg\":\"EdDSA\",\"typ\":\"JWT\"}", claims.replace("DEPLOYMENT", "ab".repeat(32)));
  }

  @Test
  void whatItAcceptsSaysTheSameAgain() throws IOException {
    Random random = new Random(0x70CE);
    for (JsonNode vector : tokens().toList()) {
      for (int i = 0; i < 2000; i++) {
        byte[] text = vector.get("jwt").asText().getBytes(StandardCharsets.US_ASCII);
        text[random.nextInt(text.length)] = (byte) random.nextInt(128);
        check(text);
      }
    }
  }

  @FuzzTest(maxDuration = "60s")
  void takesAnything(byte[] text) {
    check(text);
  }

  private static void check(byte[] text) {
    try {
      DeviceToken.Signed read = DeviceToken.parse(Bytes.of(text));
      DeviceKey key = DeviceKey.fromSecret(KeyType.ED25519, Scene.secret(1));
      assertThat(DeviceToken.parse(ascii(read.token().sign(key))).token()).isEqualTo(read.token());
    } catch (Malformed refused) {
      assertThat(refused).hasMessageMatching("(?s).+");
    }
  }

  private static void assertRefused(String header, String claims) {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    String text =
        base64.encodeToString(header.getBytes(StandardCharsets.US_ASCII))
            + "."
            + base64.encodeToString(claims.getBytes(StandardCharsets.US_ASCII))
            + "."
            + base64.encodeToString(new byte[64]);
    assertThatThrownBy(() -> DeviceToken.parse(ascii(text))).isInstanceOf(Malformed.class);
  }

  private static boolean verifies(DeviceToken.Signed signed, DeviceKey key) {
    return signed.fits(key.publicKey().type())
        && SignatureVerifiers.best()
            .verify(key.publicKey(), signed.message().unsafeArray(), signed.signature());
  }

  private static DeviceKey key(JsonNode vector) {
    return DeviceKey.fromSecret(
        vector.get("alg").asText().equals("EdDSA") ? KeyType.ED25519 : KeyType.P256,
        Bytes.fromHex(vector.get("secret").asText()).toArray());
  }

  private static DeviceToken token(JsonNode vector) {
    return new DeviceToken(
        new DeploymentId(Hash.fromHex(vector.get("deployment").asText())),
        new DeviceId(vector.get("device").asLong()),
        Instant.ofEpochSecond(vector.get("expires").asLong()));
  }

  private static Bytes ascii(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
