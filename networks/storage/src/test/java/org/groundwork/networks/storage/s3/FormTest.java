package org.groundwork.networks.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads from a page's form, as far as its signed policy lets them. */
class FormTest {
  @TempDir static Path directory;
  private static Endpoint endpoint;

  private Talk talk;

  @BeforeAll
  static void start() throws IOException {
    endpoint = new Endpoint(directory);
  }

  @BeforeEach
  void speak() {
    talk = Talk.first(endpoint.server.port());
  }

  @AfterAll
  static void stop() {
    endpoint.close();
  }

  private RawClient.Response post(String bucket, Map<String, String> fields, String file)
      throws IOException {
    var body = new StringBuilder();
    fields.forEach((name, value) ->
        body.append("--frontier\r\nContent-Disposition: form-data; name=\"")
            .append(name)
            .append("\"\r\n\r\n")
            .append(value)
            .append("\r\n"));
    body.append("--frontier\r\nContent-Disposition: form-data; name=\"file\";")
        .append(" filename=\"C:\\dir\\name.txt\"\r\nContent-Type: text/plain\r\n\r\n")
        .append(file)
        .append("\r\n--frontier--\r\n");
    return talk.anonymous()
        .request("POST", "/" + bucket)
        .header("content-type", "multipart/form-data; boundary=frontier")
        .body(body.toString())
        .send();
  }

  private Map<String, String> signed(String bucket, Instant until, String more) {
    RawClient.Request template = talk.request("POST", "/" + bucket);
    String credential = template.accessKey + "/" + template.scope();
    String policy =
        """
        {"expiration":"%s","conditions":[{"bucket":"%s"},["starts-with","$key","up/"],
        {"x-amz-credential":"%s"},["starts-with","$Content-Type","text/"],
        ["content-length-range",3,10]%s]}\
        """
            .formatted(until, bucket, credential, more);
    String encoded = Base64.getEncoder().encodeToString(Talk.utf8(policy));
    var fields = new LinkedHashMap<String, String>();
    fields.put("key", "up/${filename}");
    fields.put("Content-Type", "text/html");
    fields.put("x-amz-algorithm", SigV4.ALGORITHM);
    fields.put("x-amz-credential", credential);
    fields.put("x-amz-date", template.timestamp());
    fields.put("policy", encoded);
    fields.put(
        "x-amz-signature",
        SigV4.sign(SigV4.signingKey(template.secret, template.scope()), encoded));
    return fields;
  }

  private static Instant soon() {
    return Instant.now().plus(Duration.ofMinutes(5));
  }

  @Test
  void aSignedFormStoresItsFile() throws IOException {
    String bucket = talk.bucket();
    assertThat(post(bucket, signed(bucket, soon(), ""), "a\r\n--f").status()).isEqualTo(204);
    talk.content(bucket, "up/name.txt", "a\r\n--f");
    assertThat(talk.head(bucket, "up/name.txt").header("content-type")).isEqualTo("text/html");
  }

  @Test
  void lettersOfAFormComeBackInUtf8() throws IOException {
    String bucket = talk.bucket();
    Map<String, String> fields = signed(bucket, soon(), ",{\"x-amz-meta-to\":\"Zoë ☃\"}");
    fields.put("x-amz-meta-to", "Zoë ☃");
    assertThat(post(bucket, fields, "hello").status()).isEqualTo(204);
    assertThat(talk.head(bucket, "up/name.txt").header("x-amz-meta-to")).isEqualTo("Zoë ☃");
    String asked = "attachment; filename=\"Zoë.txt\"";
    assertThat(
            talk.send("GET", "/" + bucket + "/up/name.txt", "response-content-disposition", asked)
                .header("content-disposition"))
        .isEqualTo(asked);
  }

  @Test
  void theAnswerIsTheOneAskedFor() throws IOException {
    String bucket = talk.bucket();
    Map<String, String> fields = signed(bucket, soon(), ",{\"success_action_status\":\"201\"}");
    fields.put("success_action_status", "201");
    RawClient.Response created = post(bucket, fields, "hello");
    assertThat(created.status()).isEqualTo(201);
    assertThat(created.text()).contains("<Key>up/name.txt</Key>").contains("<ETag>");
    String page = "https://page.example/done?x=1";
    fields = signed(bucket, soon(), ",{\"success_action_redirect\":\"" + page + "\"}");
    fields.put("success_action_redirect", page);
    RawClient.Response elsewhere = post(bucket, fields, "hello");
    assertThat(elsewhere.status()).isEqualTo(303);
    assertThat(elsewhere.header("location"))
        .startsWith(page + "&bucket=" + bucket + "&key=up%2Fname.txt&etag=%22");
  }

  @Test
  void whatThePolicyDoesNotAllowIsRefused() throws IOException {
    String bucket = talk.bucket();
    Talk.refused(
        post(bucket, signed(bucket, Instant.now().minusSeconds(1), ""), "hello"),
        403,
        "AccessDenied");
    Map<String, String> fields = signed(bucket, soon(), "");
    fields.put("key", "down/x");
    Talk.refused(post(bucket, fields, "hello"), 403, "AccessDenied");
    fields = signed(bucket, soon(), "");
    fields.put("x-amz-meta-extra", "not in the policy");
    Talk.refused(post(bucket, fields, "hello"), 403, "AccessDenied");
    fields = signed(bucket, soon(), "");
    fields.put("x-amz-signature", "0".repeat(64));
    Talk.refused(post(bucket, fields, "hello"), 403, "SignatureDoesNotMatch");
    fields = signed(bucket, soon(), "");
    fields.remove("x-amz-credential");
    Talk.refused(post(bucket, fields, "hello"), 400, "InvalidArgument");
    fields = signed(bucket, soon(), "");
    fields.remove("key");
    Talk.refused(post(bucket, fields, "hello"), 400, "InvalidArgument");
    Talk.refused(post(bucket, signed(bucket, soon(), ""), "ab"), 400, "EntityTooSmall");
    Talk.refused(post(bucket, signed(bucket, soon(), ""), "a".repeat(11)), 400, "EntityTooLarge");
    Talk.refused(
        post(bucket, signed(bucket, soon(), ",\"nonsense\""), "hello"),
        400,
        "InvalidPolicyDocument");
    assertThat(talk.list(1, bucket).keys()).isEmpty();
  }

  @Test
  void withoutAPolicyOnlyAnOpenBucketTakesForms() throws IOException {
    String bucket = talk.bucket();
    Talk.refused(post(bucket, Map.of("key", "k"), "hello"), 403, "AccessDenied");
    talk.acl("/" + bucket, "public-read-write");
    assertThat(post(bucket, Map.of("key", "k", "acl", "public-read"), "hello").status())
        .isEqualTo(204);
    talk.anonymous().content(bucket, "k", "hello");
    Talk.refused(
        talk.anonymous()
            .request("POST", "/" + bucket)
            .header("content-type", "multipart/form-data; boundary=frontier")
            .body("no form at all")
            .send(),
        400,
        "MalformedPOSTRequest");
  }
}
