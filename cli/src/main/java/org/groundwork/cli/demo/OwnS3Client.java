package org.groundwork.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import org.groundwork.cli.s3.SignedRequests;

/** The same calls as the AWS command line makes, for machines without it. */
final class OwnS3Client implements S3Tool {
  private final SignedRequests requests;

  OwnS3Client(String endpoint, String accessKey, String secretKey, InstantSource clock) {
    requests = new SignedRequests(endpoint, accessKey, secretKey, clock);
  }

  @Override
  public String name() {
    return "our own S3 client (aws-cli is not installed)";
  }

  @Override
  public void makeBucket(String bucket) throws IOException {
    requests.put("/" + bucket, HttpRequest.BodyPublishers.noBody());
  }

  @Override
  public void upload(Path file, String bucket, String key) throws IOException {
    requests.put("/" + bucket + "/" + key, HttpRequest.BodyPublishers.ofFile(file));
  }

  @Override
  public void download(String bucket, String key, Path file) throws IOException {
    try (InputStream in = requests.get("/" + bucket + "/" + key)) {
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
