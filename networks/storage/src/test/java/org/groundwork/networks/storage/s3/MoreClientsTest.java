package org.groundwork.networks.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.groundwork.networks.storage.content.NodeScript;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * More of the programs that people use: s3cmd, boto3, restic, rclone with many files, npm's SDK.
 */
class MoreClientsTest {
  private static final Program S3CMD = new Program(Path.of("/usr/bin/s3cmd"), "s3cmd");
  private static final Program PYTHON = new Program(Path.of("/usr/bin/python3"), "python3-boto3");
  private static final Program RESTIC = new Program(Path.of("/usr/bin/restic"), "restic");
  private static final Program RCLONE = new Program(Path.of("/usr/bin/rclone"), "rclone");
  private static final long SEED = 20261122;

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
    var environment = new HashMap<String, String>();
    environment.put("HOME", directory.toString());
    environment.put("AWS_ACCESS_KEY_ID", Endpoint.ACCESS_KEY);
    environment.put("AWS_SECRET_ACCESS_KEY", Endpoint.SECRET);
    environment.put("AWS_EC2_METADATA_DISABLED", "true");
    environment.put("ENDPOINT", endpoint.url());
    environment.put("RESTIC_PASSWORD", "of a backup");
    environment.put("RESTIC_REPOSITORY", "s3:" + endpoint.url() + "/backups");
    environment.put("RCLONE_CONFIG", directory.resolve("rclone.conf").toString());
    return environment;
  }

  private String run(Program program, String... arguments) {
    return program.run(directory, environment(), List.of(arguments)).good();
  }

  private Path file(String name, int bytes) throws IOException {
    byte[] content = new byte[bytes];
    new Random(SEED + name.hashCode()).nextBytes(content);
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, content);
  }

  private void same(String first, String second) throws IOException {
    assertThat(Files.mismatch(directory.resolve(first), directory.resolve(second)))
        .as(second)
        .isEqualTo(-1);
  }

  @Test
  void s3cmdStoresListsSharesAndRemoves() throws IOException {
    Files.writeString(
        directory.resolve(".s3cfg"),
        """
        [default]
        access_key = %s
        secret_key = %s
        host_base = 127.0.0.1:%d
        host_bucket = 127.0.0.1:%d
        use_https = False
        """
            .formatted(
                Endpoint.ACCESS_KEY,
                Endpoint.SECRET,
                endpoint.server.port(),
                endpoint.server.port()));
    file("tree/one two ü.bin", 3000);
    file("tree/sub/large.bin", 17 << 20);
    run(S3CMD, "mb", "s3://cmd-bucket");
    run(S3CMD, "sync", "--no-progress", "tree/", "s3://cmd-bucket/t/");
    assertThat(run(S3CMD, "ls", "--recursive", "s3://cmd-bucket"))
        .contains("s3://cmd-bucket/t/one two ü.bin")
        .contains("s3://cmd-bucket/t/sub/large.bin");
    assertThat(run(S3CMD, "sync", "--no-progress", "tree/", "s3://cmd-bucket/t/"))
        .doesNotContain("upload:");
    run(S3CMD, "get", "--no-progress", "s3://cmd-bucket/t/sub/large.bin", "large.bin");
    same("tree/sub/large.bin", "large.bin");
    run(S3CMD, "cp", "s3://cmd-bucket/t/sub/large.bin", "s3://cmd-bucket/copy.bin");
    run(S3CMD, "setacl", "--acl-public", "s3://cmd-bucket/t/one two ü.bin");
    assertThat(run(S3CMD, "info", "s3://cmd-bucket/t/one two ü.bin")).contains("anon");
    assertThat(run(S3CMD, "info", "s3://cmd-bucket")).contains("cmd-bucket");
    Files.writeString(
        directory.resolve("policy.json"),
        """
        {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*",
        "Action":"s3:GetObject","Resource":"arn:aws:s3:::cmd-bucket/*"}]}\
        """);
    run(S3CMD, "setpolicy", "policy.json", "s3://cmd-bucket");
    Talk nobody = Talk.first(endpoint.server.port()).anonymous();
    assertThat(nobody.get("cmd-bucket", "copy.bin").status()).isEqualTo(200);
    run(S3CMD, "delpolicy", "s3://cmd-bucket");
    Talk.refused(nobody.get("cmd-bucket", "copy.bin"), 403, "AccessDenied");
    assertThat(nobody.get("cmd-bucket", "t/one two ü.bin").status()).isEqualTo(200);
    run(S3CMD, "rb", "--recursive", "--force", "s3://cmd-bucket");
    assertThat(run(S3CMD, "ls")).isEmpty();
  }

  @Test
  void boto3DoesWhatItsResourcesPromise() throws IOException {
    Path script = directory.resolve("clients.py");
    try (InputStream in =
        Objects.requireNonNull(MoreClientsTest.class.getResourceAsStream("boto3-client.py"))) {
      Files.write(script, in.readAllBytes());
    }
    assertThat(run(PYTHON, script.toString())).contains("all of it held");
  }

  @Test
  void resticBacksUpChecksRestoresAndPrunes() throws IOException {
    for (int i = 0; i < 40; i++) {
      file("home/d" + i % 4 + "/f" + i, 20_000 * i);
    }
    run(RESTIC, "init");
    run(RESTIC, "backup", "home");
    file("home/d0/f0", 1_000_000);
    run(RESTIC, "backup", "home");
    assertThat(run(RESTIC, "check", "--read-data")).contains("no errors were found");
    run(RESTIC, "restore", "latest", "--target", "restored");
    for (int i = 0; i < 40; i++) {
      String name = "d" + i % 4 + "/f" + i;
      same("home/" + name, "restored/home/" + name);
    }
    run(RESTIC, "forget", "--keep-last", "1", "--prune");
    assertThat(run(RESTIC, "check", "--read-data")).contains("no errors were found");
    assertThat(run(RESTIC, "snapshots")).contains("1 snapshots");
  }

  /** As many files as {@code -Dgroundwork.rclone.files} says; 10,000 are the number to show. */
  @Test
  void rcloneChecksManyFiles() throws IOException {
    int files = Integer.getInteger("groundwork.rclone.files", 300);
    for (int i = 0; i < files; i++) {
      file("many/d" + i % 37 + "/f" + i, i % 50 == 0 ? 100_000 : i % 997);
    }
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
    run(RCLONE, "mkdir", "gw:many");
    run(RCLONE, "copy", "--transfers", "16", "many", "gw:many/x");
    assertThat(run(RCLONE, "check", "--checkers", "16", "many", "gw:many/x"))
        .contains("0 differences found")
        .contains(files + " matching files");
    String letters = "greeting=Grüße ☃";
    run(RCLONE, "copyto", "-M", "--metadata-set", letters, "many/d0/f0", "gw:many/letters");
    assertThat(run(RCLONE, "lsjson", "-M", "gw:many/letters")).contains("Grüße ☃");
    Files.delete(directory.resolve("many/d0/f0"));
    file("many/d1/f1", 2);
    Program.Ran differs =
        RCLONE.run(directory, environment(), List.of("check", "many", "gw:many/x"));
    assertThat(differs.exit()).isEqualTo(1);
    assertThat(differs.output()).contains("2 differences found");
  }

  @Test
  void theSdkForJavaScriptWorksAsItComes() throws Exception {
    assertThat(NodeScript.run(directory, environment(), "aws-sdk.mjs")).contains("all of it held");
  }
}
