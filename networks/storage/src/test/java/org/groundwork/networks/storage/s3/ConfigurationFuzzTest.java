package org.groundwork.networks.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The documents that configure buckets, and forms, are read or refused with a code of S3's. */
class ConfigurationFuzzTest {
  private static final long SEED = 20_261_123;
  private static final int ROUNDS = 3000;
  private static final Question QUESTION =
      new Question(User.ANONYMOUS, "s3:GetObject", "bucket/key", new TreeMap<>());

  private interface Attempt {
    void run() throws IOException;
  }

  /** Whether it was taken. */
  private static boolean attempt(Attempt attempt) {
    try {
      attempt.run();
      return true;
    } catch (S3Exception refused) {
      assertThat(refused.error().status()).isBetween(400, 499);
      return false;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @FuzzTest(maxDuration = "60s")
  void policiesAreReadOrRefused(byte[] input) {
    policy(input);
  }

  private static boolean policy(byte[] input) {
    return attempt(() -> assertThat(Policy.parse(input, "bucket").decide(QUESTION)).isNotNull());
  }

  @FuzzTest(maxDuration = "60s")
  void originsAreReadOrRefused(byte[] input) {
    cors(input);
  }

  private static boolean cors(byte[] input) {
    return attempt(() -> {
      Cors cors = Cors.parse(input);
      assertThat(Cors.parse(cors.write().bytes())).isEqualTo(cors);
    });
  }

  @FuzzTest(maxDuration = "60s")
  void tagsAreReadOrRefused(byte[] input) {
    tags(input);
    attempt(() -> {
      String header = new String(input, StandardCharsets.ISO_8859_1);
      var headers = new TreeMap<String, String>();
      headers.put("x-amz-tagging", header);
      Tags.ofHeader(new S3Request("PUT", "/b/k", List.of(), headers));
    });
  }

  private static boolean tags(byte[] input) {
    return attempt(() -> {
      var tags = Tags.ofDocument(XmlNode.parse(input, "Tagging"), Tags.MAX_OBJECT_TAGS);
      XmlNode again = XmlNode.parse(Tags.write(tags).bytes(), "Tagging");
      assertThat(Tags.ofDocument(again, Tags.MAX_OBJECT_TAGS)).isEqualTo(tags);
    });
  }

  @FuzzTest(maxDuration = "60s")
  void listsAreReadOrRefused(byte[] input) {
    var lists = new AclRequest(Users.one("AKID", "a secret of tests"));
    attempt(() -> lists.ofDocument(XmlNode.parse(input, "AccessControlPolicy"), User.FIRST.id()));
  }

  @FuzzTest(maxDuration = "60s")
  void formsAreReadOrRefused(byte[] input) {
    form(input);
    attempt(() -> {
      FormPolicy policy = FormPolicy.parse(new String(input, StandardCharsets.ISO_8859_1));
      policy.check(new TreeMap<>(), "key", "bucket", Instant.EPOCH);
    });
  }

  private static boolean form(byte[] input) {
    return attempt(() -> {
      FormBody form =
          FormBody.read(new ByteArrayInputStream(input), "multipart/form-data; boundary=b");
      assertThat(form.file(FormPolicy.Bounds.NONE).readAllBytes().length)
          .isLessThanOrEqualTo(input.length);
    });
  }

  private interface Decoder {
    boolean takes(byte[] input);
  }

  /** So that each decoder meets inputs near to good ones also where nobody fuzzes. */
  @Test
  void whatIsNearToGoodIsReadOrRefused() {
    mutate(
        """
        {"Statement":[{"Effect":"Allow","Principal":{"AWS":["a"]},"Action":["s3:Get*"],
        "Resource":"arn:aws:s3:::bucket/*","Condition":{"Bool":{"aws:SecureTransport":"true"}}}]}\
        """,
        ConfigurationFuzzTest::policy);
    mutate(
        "<CORSConfiguration><CORSRule><AllowedMethod>GET</AllowedMethod>"
            + "<AllowedOrigin>*</AllowedOrigin></CORSRule></CORSConfiguration>",
        ConfigurationFuzzTest::cors);
    mutate(
        "<Tagging><TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet></Tagging>",
        ConfigurationFuzzTest::tags);
    mutate(
        """
        --b
        Content-Disposition: form-data; name="key"

        k
        --b
        Content-Disposition: form-data; name="file"; filename="f"

        x
        --b--
        """
            .replace("\n", "\r\n"),
        ConfigurationFuzzTest::form);
  }

  private static void mutate(String good, Decoder decoder) {
    byte[] original = Talk.utf8(good);
    assertThat(decoder.takes(original)).as(good).isTrue();
    var random = new Random(SEED);
    int taken = 0;
    for (int i = 0; i < ROUNDS; i++) {
      byte[] input = original.clone();
      input[random.nextInt(input.length)] = (byte) random.nextInt(256);
      taken += decoder.takes(input) ? 1 : 0;
    }
    assertThat(taken).as("seed %d of %s", SEED, good).isBetween(1, ROUNDS - 1);
  }
}
