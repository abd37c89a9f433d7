package org.groundwork.node.store;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.groundwork.engine.store.DurableFile;
import org.groundwork.engine.store.Store;
import org.groundwork.protocol.Bytes;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A store in a bucket of S3-compatible object storage. What fails for a reason that may pass is
 * tried again, after waits that grow.
 */
public final class S3Store implements Store, AutoCloseable {
  /** How patient a store is. */
  record Patience(int attempts, Duration firstWait, Duration attempt, Duration inAll) {
    static final Patience STANDARD =
        new Patience(5, Duration.ofMillis(200), Duration.ofMinutes(1), Duration.ofMinutes(3));
  }

  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

  private final S3Client client;
  private final String bucket;
  private final String prefix;

  private S3Store(S3Client client, String bucket, String prefix) {
    this.client = client;
    this.bucket = bucket;
    this.prefix = prefix;
  }

  static S3Store open(StoreUrl.Bucket place, S3Keys keys) {
    return open(place, keys, Patience.STANDARD);
  }

  static S3Store open(StoreUrl.Bucket place, S3Keys keys, Patience patience) {
    S3ClientBuilder builder =
        S3Client.builder()
            .region(Region.of(place.region()))
            .credentialsProvider(
                StaticCredentialsProvider.create(
                    AwsBasicCredentials.create(keys.access(), keys.secret())))
            // What is read is checked by its hash; not all servers know newer checksums.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .httpClientBuilder(
                Apache5HttpClient.builder()
                    .connectionTimeout(CONNECT)
                    .socketTimeout(patience.attempt()))
            .overrideConfiguration(configuration ->
                configuration
                    .apiCallAttemptTimeout(patience.attempt())
                    .apiCallTimeout(patience.inAll())
                    .retryStrategy(
                        AwsRetryStrategy.standardRetryStrategy().toBuilder()
                            .maxAttempts(patience.attempts())
                            .backoffStrategy(
                                BackoffStrategy.exponentialDelay(
                                    patience.firstWait(), LONGEST_WAIT))
                            .build()));
    if (place.endpoint().isPresent()) {
      builder.endpointOverride(place.endpoint().get()).forcePathStyle(true);
    }
    return new S3Store(builder.build(), place.name(), place.prefix());
  }

  /** One call; {@link SdkException} if it fails. */
  private interface Call<T> {
    T run();
  }

  @Override
  public void put(String key, Bytes content) throws IOException {
    run(
        "put",
        key,
        () ->
            client.putObject(
                request -> request.bucket(bucket).key(prefix + key),
                RequestBody.fromBytes(content.unsafeArray())));
  }

  /** Through a file, as an object's size comes before its content. */
  @Override
  public void put(String key, DurableFile.Content content) throws IOException {
    Path file = Files.createTempFile("groundwork-", ".object");
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
        content.writeTo(out);
      }
      run(
          "put",
          key,
          () ->
              client.putObject(
                  request -> request.bucket(bucket).key(prefix + key), RequestBody.fromFile(file)));
    } finally {
      Files.delete(file);
    }
  }

  @Override
  public Optional<Bytes> get(String key) throws IOException {
    return run(
        "get",
        key,
        () -> {
          try {
            return Optional.of(
                Bytes.wrap(
                    client
                        .getObjectAsBytes(request -> request.bucket(bucket).key(prefix + key))
                        .asByteArray()));
          } catch (NoSuchKeyException e) {
            return Optional.empty();
          }
        });
  }

  @Override
  public void delete(String key) throws IOException {
    run(
        "delete",
        key,
        () -> client.deleteObject(request -> request.bucket(bucket).key(prefix + key)));
  }

  @Override
  public List<String> list(String start) throws IOException {
    List<String> keys = new ArrayList<>();
    @Nullable String after = null;
    do {
      String from = after;
      ListObjectsV2Response page =
          run(
              "list",
              start,
              () ->
                  client.listObjectsV2(request ->
                      request.bucket(bucket).prefix(prefix + start).continuationToken(from)));
      for (S3Object object : page.contents()) {
        keys.add(object.key().substring(prefix.length()));
      }
      after = Boolean.TRUE.equals(page.isTruncated()) ? page.nextContinuationToken() : null;
    } while (after != null);
    return keys.stream().sorted().toList();
  }

  private <T> T run(String what, String key, Call<T> call) throws IOException {
    try {
      return call.run();
    } catch (AbortedException e) {
      InterruptedIOException interrupted = new InterruptedIOException("interrupted: " + this);
      interrupted.initCause(e);
      throw interrupted;
    } catch (SdkException e) {
      throw new IOException(
          "%s: %s %s%s: %s".formatted(this, what, prefix, key, e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    client.close();
  }

  @Override
  public String toString() {
    return "s3://" + bucket;
  }
}
