package org.groundwork.networks.storage.s3;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** A whole S3 endpoint in a directory. */
final class Endpoint implements AutoCloseable {
  static final String ACCESS_KEY = "AKIDGROUNDWORKTEST";
  static final String SECRET = "a/secret+of=the~tests";

  final DirectoryStore store;
  final Buckets buckets;
  final S3Server server;

  /** Added to the true time, for the server only. */
  volatile long clockSkewSeconds;

  Endpoint(Path directory) throws IOException {
    store = new DirectoryStore(Files.createDirectories(directory.resolve("blobs")));
    buckets = Buckets.open(directory.resolve("metadata.mv"));
    InstantSource clock = () -> Instant.now().plusSeconds(clockSkewSeconds);
    server =
        S3Server.start(
            S3Config.local(0),
            store,
            buckets,
            key -> key.equals(ACCESS_KEY) ? Optional.of(SECRET) : Optional.empty(),
            clock,
            new SecureRandom());
  }

  String url() {
    return "http://127.0.0.1:" + server.port();
  }

  @Override
  public void close() {
    server.close();
    buckets.close();
  }
}
