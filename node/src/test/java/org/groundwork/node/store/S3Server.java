package org.groundwork.node.store;

import java.net.URI;
import java.util.Locale;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

/** A real S3 server that keeps its one bucket in memory. */
public final class S3Server implements AutoCloseable {
  public static final String BUCKET = "public-files";

  private final S3Proxy proxy;

  private S3Server(S3Proxy proxy) {
    this.proxy = proxy;
  }

  /** Starts a server that takes requests signed by these keys alone. */
  public static S3Server start(String access, String secret) throws Exception {
    TransientNio2BlobStore blobs = new TransientNio2BlobStore();
    S3Proxy proxy =
        S3Proxy.builder()
            .blobStore(blobs)
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, access, secret)
            .build();
    proxy.start();
    S3Server server = new S3Server(proxy);
    server.createBucket(access, secret);
    return server;
  }

  private void createBucket(String access, String secret) {
    try (var client =
        software.amazon.awssdk.services.s3.S3Client.builder()
            .endpointOverride(endpoint())
            .region(software.amazon.awssdk.regions.Region.US_EAST_1)
            .forcePathStyle(true)
            .credentialsProvider(
                software.amazon.awssdk.auth.credentials.StaticCredentialsProvider.create(
                    software.amazon.awssdk.auth.credentials.AwsBasicCredentials.create(
                        access, secret)))
            .build()) {
      client.createBucket(request -> request.bucket(BUCKET));
    }
  }

  public URI endpoint() {
    return URI.create(String.format(Locale.ROOT, "http://127.0.0.1:%d", proxy.getPort()));
  }

  @Override
  public void close() {
    try {
      proxy.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
