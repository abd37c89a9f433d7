package org.groundwork.node.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreUrlTest {
  private static final Map<String, String> KEYS =
      Map.of("AWS_ACCESS_KEY_ID", "id", "AWS_SECRET_ACCESS_KEY", "hush");

  @TempDir private Path folder;

  @Test
  void readsFoldersAndBuckets() throws IOException {
    assertThat(StoreUrl.parse("file:///var/lib/groundwork"))
        .isEqualTo(new StoreUrl.Folder(Path.of("/var/lib/groundwork")));
    assertThat(StoreUrl.parse("s3://bucket"))
        .isEqualTo(bucket("", Optional.empty(), "us-east-1", Optional.empty()));
    assertThat(
            StoreUrl.parse(
                "s3://bucket/a/b?endpoint=http://127.0.0.1:9000&region=here&credentials=/k%20s"))
        .isEqualTo(
            bucket(
                "a/b/",
                Optional.of(URI.create("http://127.0.0.1:9000")),
                "here",
                Optional.of(Path.of("/k s"))));
  }

  private static StoreUrl bucket(
      String prefix, Optional<URI> endpoint, String region, Optional<Path> credentials) {
    return new StoreUrl.Bucket("bucket", prefix, endpoint, region, credentials);
  }

  @Test
  void refusesEachWrongUrl() {
    for (String wrong :
        List.of(
            "",
            "bucket",
            "http://bucket",
            "file://host/folder",
            "file:relative",
            "s3://",
            "s3://B_/x",
            "s3://bucket?secret=x",
            "s3://bucket?endpoint=ftp://host",
            "s3://bucket?endpoint=http://user:hush@host",
            "s3://bucket ?x")) {
      assertThatThrownBy(() -> StoreUrl.parse(wrong))
          .as(wrong)
          .isInstanceOf(IOException.class)
          .hasMessageNotContaining("hush");
    }
  }

  @Test
  void takesNoKeysFromAUrl() {
    assertThatThrownBy(() -> StoreUrl.parse("s3://id:hush@bucket/prefix"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Keys do not belong into a URL")
        .hasMessageNotContaining("hush");
  }

  @Test
  void takesKeysFromTheEnvironmentAndNeverPrintsThem() throws IOException {
    StoreUrl.Bucket bucket = (StoreUrl.Bucket) StoreUrl.parse("s3://bucket");
    assertThat(S3Keys.of(bucket, KEYS)).isEqualTo(new S3Keys("id", "hush"));
    assertThat(S3Keys.of(bucket, KEYS).toString()).doesNotContain("hush").doesNotContain("id");
    assertThatThrownBy(() -> S3Keys.of(bucket, Map.of("AWS_ACCESS_KEY_ID", "id")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("AWS_SECRET_ACCESS_KEY");
  }

  @Test
  void takesKeysFromAFileThatNobodyElseCanRead() throws IOException {
    Path file = folder.resolve("keys");
    StoreUrl.Bucket bucket = (StoreUrl.Bucket) StoreUrl.parse("s3://bucket?credentials=" + file);
    assertThatThrownBy(() -> S3Keys.of(bucket, KEYS)).hasMessageContaining("There is no file");
    Files.writeString(file, "access_key_id = id\nsecret_access_key = hush\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(() -> S3Keys.of(bucket, KEYS))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("chmod 600");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertThat(S3Keys.of(bucket, Map.of())).isEqualTo(new S3Keys("id", "hush"));
    Files.writeString(file, "secret_access_key = hush\\u12\n");
    assertThatThrownBy(() -> S3Keys.of(bucket, KEYS))
        .isInstanceOf(IOException.class)
        .hasMessageNotContaining("hush");
  }

  @Test
  void givesEachRoleAPartOfItsOwn() throws IOException {
    StoreUrl url = StoreUrl.parse(folder.toUri().toString());
    try (OpenStore one = url.open("one", Map.of());
        OpenStore two = url.open("two", Map.of())) {
      one.store().put("a/b", org.groundwork.protocol.Bytes.of((byte) 1));
      assertThat(two.store().list("")).isEmpty();
      assertThat(folder.resolve("one/a/b")).exists();
    }
  }
}
