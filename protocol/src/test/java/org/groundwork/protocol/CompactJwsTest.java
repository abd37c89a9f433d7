package org.groundwork.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import java.util.stream.Stream;
import org.groundwork.protocol.crypto.DeviceKey;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.protocol.crypto.SignatureVerifiers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Against reports that npm's jose signed; {@code jws/SOURCE.md} says how. */
class CompactJwsTest {
  static Stream<JsonNode> reports() {
    return Vectors.stream(Vectors.read("jws/vectors.json").get("reports"));
  }

  @ParameterizedTest
  @MethodSource("reports")
  void whatAJoseLibrarySignedIsAGenuineReport(JsonNode vector) throws Malformed {
    Report report = CompactJws.decode(text(vector));
    assertThat(report.body().toHex()).isEqualTo(vector.get("body").asText());
    assertThat(report.parse()).isEqualTo(body(vector));
    assertThat(verifies(report, key(vector))).isTrue();
    assertThat(CompactJws.encode(report)).isEqualTo(text(vector));
  }

  @ParameterizedTest
  @MethodSource("reports")
  void whatIsSignedHereIsWhatAJoseLibrarySigns(JsonNode vector) throws Malformed {
    Bytes signed = CompactJws.encode(Report.sign(body(vector), key(vector)));
    String expected = vector.get("jws").asText();
    int input = expected.lastIndexOf('.');
    assertThat(ascii(signed).substring(0, input)).isEqualTo(expected.substring(0, input));
    if (vector.get("alg").asText().equals("EdDSA")) { // RFC 8032 signs deterministically
      assertThat(ascii(signed)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("reports")
  void aSignatureInOneFormIsWorthNothingInAnother(JsonNode vector) {
    DeviceKey key = key(vector);
    ReportBody body = body(vector);
    Report binary = Report.sign(in(ReportBody.Form.BINARY, body), key);
    assertThat(verifies(new Report(body.encode(), binary.signature()), key)).isFalse();
    assertThat(verifies(binary, key)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(KeyType.class)
  void aKeySignsAsItsAlgorithmOnly(KeyType type) {
    byte[] secret = new byte[DeviceKey.SECRET_SIZE];
    secret[31] = 7;
    DeviceKey key = DeviceKey.fromSecret(type, secret);
    JsonNode vector = reports().findFirst().orElseThrow();
    for (ReportBody.Form form : ReportBody.Form.values()) {
      ReportBody body = of(key, in(form, body(vector)));
      boolean fits =
          switch (form) {
            case BINARY -> true;
            case JWS_EDDSA -> type == KeyType.ED25519;
            case JWS_ES256 -> type == KeyType.P256;
          };
      if (fits) {
        assertThat(verifies(Report.sign(body, key), key)).isTrue();
      } else {
        assertThatThrownBy(() -> Report.sign(body, key))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @Test
  void refusesAnotherTextForTheSameReport() {
    String[] parts = reports().findFirst().orElseThrow().get("jws").asText().split("\\.", -1);
    String header = new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.US_ASCII);
    String kid = header.replaceAll(".*\"kid\":\"|\"}", "");
    for (String other :
        new String[] {
          "{\"kid\":\"" + kid + "\",\"alg\":\"EdDSA\"}",
          header.replace(",", ", "),
          header.replace("EdDSA", "ES256"),
          header.replace("EdDSA", "none"),
          header.replace("}", ",\"typ\":\"JWT\"}"),
          "{\"alg\":\"EdDSA\",\"kid\":\"" + kid + "=\"}",
          "{\"alg\":\"EdDSA\",\"kid\":\"\"}",
        }) {
      assertRefused(base64(other) + "." + parts[1] + "." + parts[2]);
    }
    assertRefused(parts[0] + "." + parts[1] + "=." + parts[2]);
    assertRefused(parts[0] + ".." + parts[2]);
    assertRefused(parts[0] + "." + parts[1]);
    assertRefused(String.join(".", parts) + ".");
    assertRefused(String.join(".", parts) + "\n");
    assertRefused(parts[0] + "." + parts[1] + "." + parts[2].substring(1));
    // The last of 86 characters carries two bits only: the other four must be zero.
    assertRefused(parts[0] + "." + parts[1] + "." + parts[2].substring(0, 85) + "_");
    assertRefused("");
  }

  @Test
  void acceptsNoSecondTextForAnything() {
    Random random = new Random(0x1A5);
    reports()
        .forEach(vector -> {
          for (int i = 0; i < 2000; i++) {
            byte[] text = text(vector).toArray();
            text[random.nextInt(text.length)] = (byte) random.nextInt(128);
            check(text);
          }
        });
  }

  @FuzzTest(maxDuration = "60s")
  void takesAnything(byte[] text) {
    check(text);
  }

  private static void check(byte[] text) {
    Report report;
    try {
      report = CompactJws.decode(Bytes.of(text));
      assertThat(CompactJws.encode(report)).isEqualTo(Bytes.of(text));
      assertThat(report.parse().encode()).isEqualTo(report.body());
    } catch (Malformed refused) {
      assertThat(refused).hasMessageMatching("(?s).+");
    }
  }

  private static void assertRefused(String text) {
    assertThatThrownBy(
            () -> CompactJws.decode(Bytes.wrap(text.getBytes(StandardCharsets.ISO_8859_1))))
        .as(text)
        .isInstanceOf(Malformed.class);
  }

  private static boolean verifies(Report report, DeviceKey key) {
    return SignatureVerifiers.best()
        .verify(key.publicKey(), ReportBody.signingMessage(report.body()), report.signature());
  }

  private static ReportBody in(ReportBody.Form form, ReportBody body) {
    return new ReportBody(
        form,
        body.deployment(),
        body.network(),
        body.device(),
        body.keyHash(),
        body.sequence(),
        body.payload());
  }

  private static ReportBody of(DeviceKey key, ReportBody body) {
    return new ReportBody(
        body.form(),
        body.deployment(),
        body.network(),
        body.device(),
        key.publicKey().hash(),
        body.sequence(),
        body.payload());
  }

  private static DeviceKey key(JsonNode vector) {
    DeviceKey key =
        DeviceKey.fromSecret(
            vector.get("alg").asText().equals("EdDSA") ? KeyType.ED25519 : KeyType.P256,
            Bytes.fromHex(vector.get("secret").asText()).toArray());
    assertThat(key.publicKey().bytes().toHex()).isEqualTo(vector.get("key").asText());
    return key;
  }

  private static ReportBody body(JsonNode vector) {
    DeviceKey key = key(vector);
    return new ReportBody(
        ReportBody.Form.jws(key.publicKey().type()),
        new DeploymentId(Vectors.hash(vector, "deployment")),
        new NetworkId(vector.get("network").asInt()),
        new DeviceId(vector.get("device").asLong()),
        key.publicKey().hash(),
        new Sequence(vector.get("sequence").asLong()),
        Bytes.fromHex(vector.get("payload").asText()));
  }

  private static Bytes text(JsonNode vector) {
    return Bytes.wrap(vector.get("jws").asText().getBytes(StandardCharsets.US_ASCII));
  }

  private static String ascii(Bytes text) {
    return new String(text.unsafeArray(), StandardCharsets.US_ASCII);
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.US_ASCII));
  }
}
