package org.groundwork.networks.storage.s3;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** A whole S3 endpoint in a directory. */
final class Endpoint implements AutoCloseable {
  static final String ACCESS_KEY = "AKIDGROUNDWORKTEST";
  static final String SECRET = "a/secret+of=the~tests";

  static final Users.Key OTHER =
      new Users.Key("AKIDOTHERUSER", "another+secret/of~tests", new User("other", "The Other"));
  static final Users.Key THIRD =
      new Users.Key("AKIDTHIRDUSER", "third secret of tests", new User("third", "Third"));
  private static final Users USERS =
      Users.of(List.of(new Users.Key(ACCESS_KEY, SECRET, User.FIRST), OTHER, THIRD));

  final DirectoryStore store;
  final Buckets buckets;
  final S3Server server;

  /** Added to the true time, for the server only. */
  volatile long clockSkewSeconds;

  Endpoint(Path directory) throws IOException {
    this(directory, S3Config.local(0).withDomain("s3.test"));
  }

  Endpoint(Path directory, S3Config config) throws IOException {
    store = new DirectoryStore(Files.createDirectories(directory.resolve("blobs")));
    buckets = Buckets.open(directory.resolve("metadata.mv"));
    InstantSource clock = () -> Instant.now().plusSeconds(clockSkewSeconds);
    server = S3Server.start(config, store, buckets, USERS, clock, new SecureRandom());
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
