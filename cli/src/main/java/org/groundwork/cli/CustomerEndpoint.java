package org.groundwork.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.groundwork.cli.daemon.ConfigFile;
import org.groundwork.cli.daemon.CustomerSetup;
import picocli.CommandLine.Option;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** The S3 endpoint of a customer who runs on this machine, by his configuration. */
final class CustomerEndpoint {
  @Option(
      names = "--customer",
      paramLabel = "FOLDER",
      defaultValue = ".groundwork/customer",
      description = "The customer's folder, whose S3 endpoint runs (default: ${DEFAULT-VALUE}).")
  private Path folder;

  Path folder() {
    return folder;
  }

  S3Client open() throws IOException {
    CustomerSetup setup = ConfigFile.read(folder.resolve(CustomerSetup.FILE), CustomerSetup.class);
    String secret = Files.readString(Path.of(setup.secretKeyFile())).strip();
    return S3Client.builder()
        .region(Region.US_EAST_1)
        .endpointOverride(URI.create("http://" + setup.host() + ":" + setup.port()))
        .forcePathStyle(true)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(setup.accessKey(), secret)))
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
        .httpClientBuilder(Apache5HttpClient.builder())
        .build();
  }

  /** A bucket and what comes after the slash, which may be nothing. */
  record Place(String bucket, String key) {
    static Place parse(String text) {
      int slash = text.indexOf('/');
      return slash < 0
          ? new Place(text, "")
          : new Place(text.substring(0, slash), text.substring(slash + 1));
    }
  }
}
