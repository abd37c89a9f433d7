package org.groundwork.networks.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what: lists, policies, and what pages of other origins may. */
class AccessTest {
  @TempDir static Path directory;
  private static Endpoint endpoint;

  private Talk owner;
  private Talk other;
  private Talk nobody;

  @BeforeAll
  static void start() throws IOException {
    endpoint = new Endpoint(directory);
  }

  @BeforeEach
  void speak() {
    owner = Talk.first(endpoint.server.port());
    other = owner.as(Endpoint.OTHER);
    nobody = owner.anonymous();
  }

  @AfterAll
  static void stop() {
    endpoint.close();
  }

  private static void policy(Talk talk, String bucket, String statements) throws IOException {
    RawClient.Response response =
        talk.request("PUT", "/" + bucket, "policy", "")
            .body(
                "{\"Version\":\"2012-10-17\",\"Statement\":["
                    + statements.replace('\'', '"').replace("BUCKET", bucket)
                    + "]}")
            .send();
    assertThat(response.status()).as(response.text()).isEqualTo(204);
  }

  private static int write(Talk talk, String bucket, String name) throws IOException {
    return talk.request("PUT", "/" + bucket + "/" + name).body("x").send().status();
  }

  @Test
  void eachCannedListGrantsWhatItsNameSays() throws IOException {
    record Case(String name, boolean nobodyReads, boolean otherReads, boolean nobodyWrites) {}
    for (Case each :
        List.of(
            new Case("private", false, false, false),
            new Case("public-read", true, true, false),
            new Case("authenticated-read", false, true, false),
            new Case("public-read-write", true, true, true))) {
      String bucket = owner.bucket(List.of("key"));
      owner.acl("/" + bucket, each.name());
      owner.acl("/" + bucket + "/key", each.name());
      assertThat(nobody.get(bucket, "key").status()).isEqualTo(each.nobodyReads() ? 200 : 403);
      assertThat(other.get(bucket, "key").status()).isEqualTo(each.otherReads() ? 200 : 403);
      assertThat(nobody.send("GET", "/" + bucket).status())
          .isEqualTo(each.nobodyReads() ? 200 : 403);
      assertThat(write(nobody, bucket, "new")).isEqualTo(each.nobodyWrites() ? 200 : 403);
      assertThat(owner.get(bucket, "key").status()).isEqualTo(200);
    }
  }

  @Test
  void onlyWhoMayChangesALlist() throws IOException {
    String bucket = owner.bucket(List.of("key"));
    for (String path : List.of("/" + bucket, "/" + bucket + "/key")) {
      Talk.refused(
          other.request("PUT", path, "acl", "").header("x-amz-acl", "public-read").send(),
          403,
          "AccessDenied");
      Talk.refused(other.send("GET", path, "acl", ""), 403, "AccessDenied");
    }
    Talk.refused(
        owner
            .request("PUT", "/" + bucket, "acl", "")
            .header("x-amz-grant-read", "id=\"nobody-known\"")
            .send(),
        400,
        "InvalidArgument");
    Talk.refused(
        owner
            .request("PUT", "/" + bucket, "acl", "")
            .header("x-amz-grant-read", "emailAddress=\"a@b.example\"")
            .send(),
        400,
        "UnresolvableGrantByEmailAddress");
    String xml = owner.send("GET", "/" + bucket + "/key", "acl", "").text();
    assertThat(xml).contains("xsi:type=\"CanonicalUser\"").contains("FULL_CONTROL");
    RawClient.Response same =
        owner.request("PUT", "/" + bucket + "/key", "acl", "").body(xml).send();
    assertThat(same.status()).as(same.text()).isEqualTo(200);
    assertThat(owner.send("GET", "/" + bucket + "/key", "acl", "").text()).isEqualTo(xml);
  }

  @Test
  void aBucketIsItsOwnersAlone() throws IOException {
    String bucket = owner.bucket(List.of("key"));
    for (String[] request :
        new String[][] {
          {"GET", "/" + bucket},
          {"HEAD", "/" + bucket},
          {"DELETE", "/" + bucket},
          {"GET", "/" + bucket, "versions", ""},
          {"GET", "/" + bucket, "uploads", ""},
          {"GET", "/" + bucket, "policy", ""},
          {"GET", "/" + bucket, "cors", ""},
          {"GET", "/" + bucket, "tagging", ""},
          {"GET", "/" + bucket, "versioning", ""},
          {"GET", "/" + bucket, "location", ""},
          {"GET", "/" + bucket + "/key"},
          {"HEAD", "/" + bucket + "/key"},
          {"GET", "/" + bucket + "/none"},
          {"GET", "/" + bucket + "/key", "tagging", ""},
          {"PUT", "/" + bucket + "/key"},
          {"PUT", "/" + bucket, "policy", ""},
          {"PUT", "/" + bucket, "versioning", ""},
          {"PUT", "/" + bucket + "/key", "tagging", ""},
          {"POST", "/" + bucket + "/key", "uploads", ""},
          {"DELETE", "/" + bucket + "/key"},
          {"DELETE", "/" + bucket, "policy", ""}
        }) {
      String[] query = java.util.Arrays.copyOfRange(request, 2, request.length);
      for (Talk talk : List.of(other, nobody)) {
        assertThat(talk.send(request[0], request[1], query).status())
            .as(String.join(" ", request))
            .isEqualTo(403);
      }
    }
    XmlNode deleted =
        Talk.xml(
            other
                .request("POST", "/" + bucket, "delete", "")
                .body("<Delete><Object><Key>key</Key></Object></Delete>")
                .send(),
            "DeleteResult");
    assertThat(deleted.all("Error").getFirst().child("Code")).contains("AccessDenied");
    owner.content(bucket, "key", "key");
  }

  @Test
  void aPolicyAllowsAndWhatItDeniesIsDenied() throws IOException {
    String bucket = owner.bucket(List.of("open/a", "open/b", "closed/a"));
    policy(
        owner,
        bucket,
        "{'Effect':'Allow','Principal':'*','Action':'s3:Get*',"
            + "'Resource':'arn:aws:s3:::BUCKET/open/*'},"
            + "{'Effect':'Deny','Principal':{'AWS':'arn:aws:iam:::user/other'},"
            + "'Action':['s3:GetObject'],'Resource':['arn:aws:s3:::BUCKET/open/?']}");
    nobody.content(bucket, "open/a", "open/a");
    Talk.refused(nobody.get(bucket, "closed/a"), 403, "AccessDenied");
    Talk.refused(nobody.send("GET", "/" + bucket), 403, "AccessDenied");
    Talk.refused(other.get(bucket, "open/a"), 403, "AccessDenied");
    owner.content(bucket, "open/a", "open/a");
    policy(
        owner,
        bucket,
        "{'Effect':'Deny','Principal':'*','Action':'s3:*',"
            + "'Resource':['arn:aws:s3:::BUCKET','arn:aws:s3:::BUCKET/*']}");
    Talk.refused(owner.get(bucket, "open/a"), 403, "AccessDenied");
    assertThat(owner.send("DELETE", "/" + bucket, "policy", "").status()).isEqualTo(204);
    owner.content(bucket, "open/a", "open/a");
  }

  @Test
  void conditionsOfAPolicyAreHeld() throws IOException {
    String bucket = owner.bucket(List.of("key"));
    String allow =
        "{'Effect':'Allow','Principal':'*','Action':'s3:*','Resource':['arn:aws:s3:::BUCKET',"
            + "'arn:aws:s3:::BUCKET/*'],'Condition':";
    record Case(String condition, boolean holds) {}
    for (Case each :
        List.of(
            new Case("{'IpAddress':{'aws:SourceIp':'127.0.0.0/8'}}", true),
            new Case("{'IpAddress':{'aws:SourceIp':['10.0.0.0/8','::1/128']}}", false),
            new Case("{'NotIpAddress':{'aws:SourceIp':'127.0.0.1'}}", false),
            new Case("{'Bool':{'aws:SecureTransport':'false'}}", true),
            new Case("{'Bool':{'aws:SecureTransport':true}}", false),
            new Case("{'StringLike':{'aws:Referer':'https://*.example/*'}}", false),
            new Case("{'StringNotEquals':{'aws:Referer':'x'}}", true),
            new Case("{'StringLikeIfExists':{'aws:Referer':'x'}}", true),
            new Case("{'Null':{'aws:Referer':'true'}}", true),
            new Case("{'NumericLessThan':{'s3:max-keys':'10'}}", false),
            new Case("{'NumericGreaterThan':{'aws:EpochTime':'5'}}", true),
            new Case("{'DateGreaterThan':{'aws:CurrentTime':'2020-01-01T00:00:00Z'}}", true),
            new Case("{'DateLessThan':{'aws:CurrentTime':'2020-01-01T00:00:00Z'}}", false),
            new Case("{'StringEquals':{'s3:ExistingObjectTag/a':'b'}}", false))) {
      policy(owner, bucket, allow + each.condition() + "}");
      assertThat(nobody.get(bucket, "key").status())
          .as(each.condition())
          .isEqualTo(each.holds() ? 200 : 403);
    }
    policy(owner, bucket, allow + "{'StringEquals':{'s3:ExistingObjectTag/a':'b'}}}");
    owner.request("PUT", "/" + bucket + "/key").body("key").header("x-amz-tagging", "a=b").send();
    nobody.content(bucket, "key", "key");
    policy(owner, bucket, allow + "{'StringEquals':{'s3:prefix':'k'}}}");
    assertThat(nobody.list(2, bucket, "prefix", "k").keys()).containsExactly("key");
    Talk.refused(nobody.send("GET", "/" + bucket), 403, "AccessDenied");
  }

  @Test
  void aPolicyThatIsNotUnderstoodIsRefused() throws IOException {
    String bucket = owner.bucket();
    String start = "{'Effect':'Allow','Principal':'*','Action':'s3:*','Resource':";
    for (String bad :
        List.of(
            "",
            "[]",
            "{}",
            "{'Statement':[]}",
            "{'Statement':[{'Effect':'Perhaps'}]}",
            "{'Statement':[" + start + "'arn:aws:s3:::another-one/*'}]}",
            "{'Statement':[" + start + "'arn:aws:s3:::BUCKET'}],'Statement':[]}",
            "{'Statement':["
                + start
                + "'arn:aws:s3:::BUCKET','Condition':{'Unheard':{'aws:Referer':'x'}}}]}",
            "{'Statement':["
                + start
                + "'arn:aws:s3:::BUCKET','Condition':{'Bool':{'aws:Unheard':'true'}}}]}",
            "{'Statement':["
                + start
                + "'arn:aws:s3:::BUCKET','Condition':{'IpAddress':{'aws:SourceIp':'host'}}}]}",
            "{'Statement':[{'Effect':'Allow','Principal':{'Service':'x'},'Action':'s3:*',"
                + "'Resource':'arn:aws:s3:::BUCKET'}]}")) {
      Talk.refused(
          owner
              .request("PUT", "/" + bucket, "policy", "")
              .body(bad.replace('\'', '"').replace("BUCKET", bucket))
              .send(),
          400,
          "MalformedPolicy");
    }
    Talk.refused(owner.send("GET", "/" + bucket, "policy", ""), 404, "NoSuchBucketPolicy");
  }

  @Test
  void pagesOfAllowedOriginsMayReadAndOthersNot() throws IOException {
    String bucket = owner.bucket(List.of("key"));
    owner.acl("/" + bucket + "/key", "public-read");
    assertThat(
            owner
                .request("PUT", "/" + bucket, "cors", "")
                .body(
                    "<CORSConfiguration><CORSRule><AllowedOrigin>https://*.example</AllowedOrigin>"
                        + "<AllowedMethod>GET</AllowedMethod><AllowedHeader>x-amz-*</AllowedHeader>"
                        + "<ExposeHeader>etag</ExposeHeader><MaxAgeSeconds>60</MaxAgeSeconds>"
                        + "</CORSRule></CORSConfiguration>")
                .send()
                .status())
        .isEqualTo(200);
    String path = "/" + bucket + "/key";
    RawClient.Response good =
        nobody.request("GET", path).header("origin", "https://a.example").send();
    assertThat(good.header("access-control-allow-origin")).isEqualTo("https://a.example");
    assertThat(good.header("access-control-expose-headers")).isEqualTo("etag");
    assertThat(good.header("vary")).contains("Origin");
    RawClient.Response bad =
        nobody.request("GET", path).header("origin", "https://evil.test").send();
    assertThat(bad.status()).isEqualTo(200);
    assertThat(bad.headers()).doesNotContainKey("access-control-allow-origin");
    RawClient.Response preflight =
        nobody
            .request("OPTIONS", path)
            .header("origin", "https://a.example")
            .header("access-control-request-method", "GET")
            .header("access-control-request-headers", "X-Amz-Date, x-amz-content-sha256")
            .send();
    assertThat(preflight.status()).isEqualTo(200);
    assertThat(preflight.header("access-control-allow-headers"))
        .isEqualTo("x-amz-date, x-amz-content-sha256");
    assertThat(preflight.header("access-control-max-age")).isEqualTo("60");
    for (String[] refused :
        new String[][] {
          {"https://a.example", "PUT", ""},
          {"https://evil.test", "GET", ""},
          {"https://a.example", "GET", "authorization"}
        }) {
      Talk.refused(
          nobody
              .request("OPTIONS", path)
              .header("origin", refused[0])
              .header("access-control-request-method", refused[1])
              .header("access-control-request-headers", refused[2])
              .send(),
          403,
          "AccessForbidden");
    }
    Talk.refused(nobody.request("OPTIONS", path).send(), 400, "BadRequest");
  }
}
