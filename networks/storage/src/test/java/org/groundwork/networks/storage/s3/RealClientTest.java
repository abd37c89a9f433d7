package org.groundwork.networks.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The endpoint with the programs that people use. */
class RealClientTest {
  /** Debian's: something else of the same name may come first in the path. */
  private static final Program AWS = new Program(Path.of("/usr/bin/aws"), "awscli");

  private static final Program RCLONE = new Program(Path.of("/usr/bin/rclone"), "rclone");
  private static final int MIB = 1024 * 1024;
  private static final long SEED = 20260721;

  @TempDir Path directory;
  private Endpoint endpoint;

  @BeforeEach
  void start() throws IOException {
    endpoint = new Endpoint(directory.resolve("server"));
  }

  @AfterEach
  void stop() {
    endpoint.close();
  }

  private Map<String, String> environment() {
    return Map.of(
        "HOME",
        directory.toString(),
        "AWS_ACCESS_KEY_ID",
        Endpoint.ACCESS_KEY,
        "AWS_SECRET_ACCESS_KEY",
        Endpoint.SECRET,
        "AWS_DEFAULT_REGION",
        "us-east-1",
        "AWS_EC2_METADATA_DISABLED",
        "true",
        "RCLONE_CONFIG",
        directory.resolve("rclone.conf").toString());
  }

  private Program.Ran tryAws(String... arguments) {
    var all = new ArrayList<>(List.of("--endpoint-url", endpoint.url()));
    all.addAll(List.of(arguments));
    return AWS.run(directory, environment(), all);
  }

  private String aws(String... arguments) {
    return tryAws(arguments).good();
  }

  private String rclone(String... arguments) throws IOException {
    Files.writeString(
        directory.resolve("rclone.conf"),
        """
        [gw]
        type = s3
        provider = Other
        endpoint = %s
        access_key_id = %s
        secret_access_key = %s
        """
            .formatted(endpoint.url(), Endpoint.ACCESS_KEY, Endpoint.SECRET));
    return RCLONE.run(directory, environment(), List.of(arguments)).good();
  }

  private Path file(String name, int bytes) throws IOException {
    byte[] content = new byte[bytes];
    new Random(SEED + name.hashCode()).nextBytes(content);
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, content);
  }

  @Test
  void awsMakesListsCopiesAndRemoves() throws IOException {
    Path small = file("small file+ü.bin", 100_000);
    aws("s3", "mb", "s3://first-bucket");
    assertThat(aws("s3", "ls")).contains("first-bucket");
    aws("s3", "cp", small.toString(), "s3://first-bucket/a b/ü+&~.bin");
    assertThat(aws("s3", "ls", "s3://first-bucket/")).contains("PRE a b/");
    assertThat(aws("s3", "ls", "--recursive", "s3://first-bucket/"))
        .contains("100000 a b/ü+&~.bin");
    aws("s3", "cp", "s3://first-bucket/a b/ü+&~.bin", "s3://first-bucket/copy");
    aws("s3", "cp", "s3://first-bucket/copy", "back.bin");
    assertThat(Files.mismatch(small, directory.resolve("back.bin"))).isEqualTo(-1);
    assertThat(tryAws("s3", "rb", "s3://first-bucket").output()).contains("BucketNotEmpty");
    aws("s3", "rm", "--recursive", "s3://first-bucket/");
    assertThat(aws("s3", "ls", "s3://first-bucket/")).isEmpty();
    aws("s3", "rb", "s3://first-bucket");
    assertThat(aws("s3", "ls")).isEmpty();
  }

  @Test
  void awsUploadsTwoHundredMegabytesInPartsAndReadsThemBack() throws IOException {
    Path big = file("big.bin", 200 * MIB);
    aws("s3", "mb", "s3://parts");
    aws("s3", "cp", "--no-progress", big.toString(), "s3://parts/big.bin");
    assertThat(aws("s3api", "head-object", "--bucket", "parts", "--key", "big.bin"))
        .contains("\"ContentLength\": 209715200")
        .contains("-25\\\"\"");
    aws("s3", "cp", "--no-progress", "s3://parts/big.bin", "back.bin");
    assertThat(Files.mismatch(big, directory.resolve("back.bin"))).isEqualTo(-1);
    aws(
        "s3api",
        "get-object",
        "--bucket",
        "parts",
        "--key",
        "big.bin",
        "--range",
        "bytes=8388600-8388615",
        "piece.bin");
    byte[] piece = Files.readAllBytes(directory.resolve("piece.bin"));
    byte[] all = Files.readAllBytes(big);
    assertThat(piece).isEqualTo(java.util.Arrays.copyOfRange(all, 8388600, 8388616));
    aws("s3", "cp", "--no-progress", "s3://parts/big.bin", "s3://parts/again.bin");
    aws("s3", "cp", "--no-progress", "s3://parts/again.bin", "again.bin");
    assertThat(Files.mismatch(big, directory.resolve("again.bin"))).isEqualTo(-1);
  }

  @Test
  void awsSyncsBothWaysAndOnlyWhatChanged() throws IOException {
    for (int i = 0; i < 30; i++) {
      file("tree/d" + i % 3 + "/f" + i, 1000 + i);
    }
    aws("s3", "mb", "s3://tree");
    assertThat(aws("s3", "sync", "tree", "s3://tree/t").lines().filter(l -> l.contains("upload:")))
        .hasSize(30);
    assertThat(aws("s3", "sync", "tree", "s3://tree/t")).isEmpty();
    aws("s3", "sync", "s3://tree/t", "tree2");
    for (int i = 0; i < 30; i++) {
      String name = "d" + i % 3 + "/f" + i;
      assertThat(
              Files.mismatch(directory.resolve("tree/" + name), directory.resolve("tree2/" + name)))
          .isEqualTo(-1);
    }
    Files.delete(directory.resolve("tree/d0/f0"));
    assertThat(aws("s3", "sync", "--delete", "tree", "s3://tree/t")).contains("delete:");
    assertThat(aws("s3", "ls", "--recursive", "s3://tree").lines()).hasSize(29);
  }

  @Test
  void awsKeepsMetadataAndAnswersWhatS3apiAsks() throws IOException {
    file("m.txt", 1000);
    aws("s3", "mb", "s3://meta");
    aws(
        "s3api",
        "put-object",
        "--bucket",
        "meta",
        "--key",
        "m",
        "--body",
        "m.txt",
        "--content-type",
        "text/plain",
        "--metadata",
        "colour=blue,shape=round");
    assertThat(aws("s3api", "head-object", "--bucket", "meta", "--key", "m"))
        .contains("\"colour\": \"blue\"")
        .contains("\"shape\": \"round\"")
        .contains("text/plain");
    assertThat(aws("s3api", "get-bucket-location", "--bucket", "meta")).contains("null");
    assertThat(aws("s3api", "get-bucket-versioning", "--bucket", "meta")).isEmpty();
    assertThat(aws("s3api", "get-bucket-acl", "--bucket", "meta")).contains("FULL_CONTROL");
    assertThat(aws("s3api", "list-object-versions", "--bucket", "meta")).contains("\"null\"");
    assertThat(tryAws("s3api", "get-bucket-policy", "--bucket", "meta").output())
        .contains("NoSuchBucketPolicy");
    String upload =
        aws(
                "s3api",
                "create-multipart-upload",
                "--bucket",
                "meta",
                "--key",
                "p",
                "--query",
                "UploadId",
                "--output",
                "text")
            .strip();
    aws(
        "s3api",
        "upload-part",
        "--bucket",
        "meta",
        "--key",
        "p",
        "--upload-id",
        upload,
        "--part-number",
        "1",
        "--body",
        "m.txt");
    assertThat(aws("s3api", "list-multipart-uploads", "--bucket", "meta")).contains(upload);
    assertThat(aws("s3api", "list-parts", "--bucket", "meta", "--key", "p", "--upload-id", upload))
        .contains("\"Size\": 1000");
    aws("s3api", "abort-multipart-upload", "--bucket", "meta", "--key", "p", "--upload-id", upload);
    assertThat(aws("s3api", "list-multipart-uploads", "--bucket", "meta")).doesNotContain(upload);
  }

  @Test
  void awsVerifiesChecksumsOfEveryAlgorithm() throws IOException {
    file("c.bin", 300_000);
    aws("s3", "mb", "s3://sums");
    for (String algorithm : List.of("CRC32", "SHA1", "SHA256")) {
      String put =
          aws(
              "s3api",
              "put-object",
              "--bucket",
              "sums",
              "--key",
              algorithm,
              "--body",
              "c.bin",
              "--checksum-algorithm",
              algorithm);
      assertThat(put).contains("Checksum" + algorithm);
      assertThat(
              aws(
                  "s3api",
                  "get-object",
                  "--bucket",
                  "sums",
                  "--key",
                  algorithm,
                  "--checksum-mode",
                  "ENABLED",
                  "out.bin"))
          .contains("Checksum" + algorithm);
    }
  }

  @Test
  void aPresignedUrlWorksUntilItExpires() throws IOException, InterruptedException {
    Path small = file("p.bin", 5000);
    aws("s3", "mb", "s3://signed");
    aws("s3", "cp", small.toString(), "s3://signed/a b.bin");
    String url = aws("s3", "presign", "s3://signed/a b.bin", "--expires-in", "60").strip();
    var client = java.net.http.HttpClient.newHttpClient();
    var request = java.net.http.HttpRequest.newBuilder(java.net.URI.create(url)).build();
    var bytes = client.send(request, java.net.http.HttpResponse.BodyHandlers.ofByteArray());
    assertThat(bytes.statusCode()).isEqualTo(200);
    assertThat(bytes.body()).isEqualTo(Files.readAllBytes(small));
    endpoint.clockSkewSeconds = 61;
    var late = client.send(request, java.net.http.HttpResponse.BodyHandlers.ofString());
    assertThat(late.statusCode()).isEqualTo(403);
    assertThat(late.body()).contains("<Code>AccessDenied</Code>").contains("Request has expired");
    client.close();
  }

  @Test
  void rcloneCopiesChecksListsAndDeletes() throws IOException {
    file("r/one.bin", 10);
    file("r/sub dir/two.bin", 6 * MIB);
    file("r/empty", 0);
    file("r/large.bin", 210 * MIB);
    rclone("mkdir", "gw:rbucket");
    rclone("copy", "r", "gw:rbucket/x");
    rclone("check", "--download", "r", "gw:rbucket/x");
    rclone("check", "r", "gw:rbucket/x");
    assertThat(rclone("ls", "gw:rbucket")).contains("x/sub dir/two.bin").contains("220200960");
    assertThat(rclone("copy", "-v", "r", "gw:rbucket/x")).contains("nothing to transfer");
    rclone("copy", "gw:rbucket/x", "r2");
    assertThat(Files.mismatch(directory.resolve("r/large.bin"), directory.resolve("r2/large.bin")))
        .isEqualTo(-1);
    rclone("delete", "gw:rbucket/x");
    assertThat(rclone("ls", "gw:rbucket")).isEmpty();
    rclone("rmdir", "gw:rbucket");
    assertThat(rclone("lsd", "gw:")).isEmpty();
  }

  @Test
  void aMissingKeyAndAWrongSecretAreSaidPlainly() {
    aws("s3", "mb", "s3://plain");
    assertThat(tryAws("s3", "cp", "s3://plain/none", "x").output()).contains("404");
    assertThat(tryAws("s3api", "get-object", "--bucket", "plain", "--key", "no", "x").output())
        .contains("NoSuchKey");
    assertThat(tryAws("s3", "ls", "s3://none-such").output()).contains("NoSuchBucket");
  }

  @Test
  void failuresOfTheStoreReachTheClientInWords() throws IOException {
    Path small = file("s.bin", 5000);
    aws("s3", "mb", "s3://fail");
    aws("s3", "cp", small.toString(), "s3://fail/s");
    endpoint.store.failure =
        java.util.Optional.of(new ObjectStoreException.StorageFull("No room for 5000 bytes."));
    assertThat(tryAws("s3", "cp", small.toString(), "s3://fail/t").output())
        .contains("InsufficientStorage")
        .contains("No room for 5000 bytes.");
    endpoint.store.failure =
        java.util.Optional.of(new ObjectStoreException.ReservationExhausted("Buy credits."));
    assertThat(tryAws("s3", "cp", small.toString(), "s3://fail/t").output())
        .contains("ReservationExhausted");
    endpoint.store.failure = java.util.Optional.empty();
    assertThat(aws("s3", "ls", "s3://fail/")).contains(" s\n").doesNotContain(" t\n");
  }
}
