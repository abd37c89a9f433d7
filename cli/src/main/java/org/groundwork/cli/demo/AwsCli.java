package org.groundwork.cli.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The AWS command line, unmodified. */
final class AwsCli implements S3Tool {
  private static final long TIMEOUT_SECONDS = 300;

  private final String program;
  private final String version;
  private final String endpoint;
  private final Path home;
  private final String accessKey;
  private final String secretKey;

  private AwsCli(
      String program,
      String version,
      String endpoint,
      Path home,
      String accessKey,
      String secretKey) {
    this.program = program;
    this.version = version;
    this.endpoint = endpoint;
    this.home = home;
    this.accessKey = accessKey;
    this.secretKey = secretKey;
  }

  /** The program, if it is installed. */
  static Optional<AwsCli> find(String endpoint, Path home, String accessKey, String secretKey) {
    for (String program : List.of("/usr/bin/aws", "/usr/local/bin/aws", "aws")) {
      try {
        Process process =
            new ProcessBuilder(program, "--version").redirectErrorStream(true).start();
        String version =
            new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() == 0 && version.startsWith("aws-cli/")) {
          String first = version.split(" ", 2)[0];
          return Optional.of(new AwsCli(program, first, endpoint, home, accessKey, secretKey));
        }
      } catch (IOException e) {
        // Not there; the next one.
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  @Override
  public String name() {
    return version;
  }

  @Override
  public void makeBucket(String bucket) throws IOException {
    run("s3", "mb", "s3://" + bucket);
  }

  @Override
  public void upload(Path file, String bucket, String key) throws IOException {
    run("s3", "cp", "--no-progress", file.toString(), "s3://" + bucket + "/" + key);
  }

  @Override
  public void download(String bucket, String key, Path file) throws IOException {
    run("s3", "cp", "--no-progress", "s3://" + bucket + "/" + key, file.toString());
  }

  private void run(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(program, "--endpoint-url", endpoint));
    command.addAll(List.of(arguments));
    Files.createDirectories(home);
    Path output = home.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    Map<String, String> environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("AWS_"));
    environment.put("AWS_ACCESS_KEY_ID", accessKey);
    environment.put("AWS_SECRET_ACCESS_KEY", secretKey);
    environment.put("AWS_DEFAULT_REGION", "us-east-1");
    environment.put("AWS_EC2_METADATA_DISABLED", "true");
    environment.put("AWS_CONFIG_FILE", home.resolve("config").toString());
    environment.put("AWS_SHARED_CREDENTIALS_FILE", home.resolve("credentials").toString());
    Process process = builder.start();
    try {
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException(program + " did not finish: " + Files.readString(output));
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    if (process.exitValue() != 0) {
      throw new IOException(program + " failed: " + Files.readString(output).strip());
    }
  }
}
