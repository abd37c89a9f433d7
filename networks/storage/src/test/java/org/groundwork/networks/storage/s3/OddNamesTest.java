package org.groundwork.networks.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names and values that some layer between socket and metadata might want to improve. */
class OddNamesTest {
  @TempDir Path directory;
  private Endpoint endpoint;
  private RawClient client;

  @BeforeEach
  void start() throws IOException {
    endpoint = new Endpoint(directory);
    client = new RawClient(endpoint.server.port());
    assertThat(client.put("/bucket", "").send().status()).isEqualTo(200);
  }

  @AfterEach
  void stop() {
    endpoint.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a;b=c",
        "/lead",
        "a//b",
        "../up",
        "./x",
        "a/../b",
        ".",
        "..",
        "trailing/",
        "a b+c%25",
        "é😀",
        "#?&=",
        "~!*'()",
        "\u0001\n\t",
        "<&>\""
      })
  void aKeyComesBackAsItWas(String key) throws IOException {
    String path = "/bucket/" + Percent.encodePath(key);
    assertThat(client.put(path, "content of " + key).send().code()).isEqualTo("200");
    assertThat(client.get(path).send().text()).isEqualTo("content of " + key);
    String listing =
        client.request("GET", "/bucket", "encoding-type=url&list-type=2").send().text();
    assertThat(listing).contains("<Key>" + Percent.encodePath(key) + "</Key>");
    assertThat(client.request("DELETE", path, "").send().status()).isEqualTo(204);
    assertThat(client.get(path).send().code()).isEqualTo("NoSuchKey");
  }

  @Test
  void aClientMayEncodeMoreOrLessThanItHasTo() throws IOException {
    assertThat(client.put("/bucket/a(b)~c", "x").send().status()).isEqualTo(200);
    assertThat(client.get("/bucket/%61%28b%29%7ec").send().text()).isEqualTo("x");
  }

  @Test
  void noAnswerCanBeSplit() throws IOException {
    assertThat(client.put("/bucket/k", "x").send().status()).isEqualTo(200);
    RawClient.Response response =
        client.request("GET", "/bucket/k", "response-content-type=a%0d%0ax-injected:%201").send();
    assertThat(response.code()).isEqualTo("InvalidArgument");
    assertThat(response.header("x-injected")).isEmpty();
    assertThat(
            client
                .request("GET", "/bucket/k", "response-content-type=text%2Fx")
                .send()
                .header("content-type"))
        .isEqualTo("text/x");
  }

  @Test
  void anAbsentBucketNameIsNoListing() throws IOException {
    assertThat(client.get("//bucket").send().code()).isEqualTo("InvalidBucketName");
  }
}
