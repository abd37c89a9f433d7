package org.groundwork.cli.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.groundwork.cli.s3.SignedRequests;
import org.groundwork.settlement.local.FreePort;
import org.groundwork.settlement.time.Time;

/**
 * A plain S3 server on this machine, S3Proxy over a folder: what an endpoint costs that neither
 * encrypts nor codes nor proves anything.
 */
final class PeerServer implements AutoCloseable {
  private static final String ACCESS = "peer";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String QUIET = "<configuration><root level=\"OFF\"/></configuration>";

  private final Process process;
  private final SignedRequests requests;

  /**
   * Starts it.
   *
   * @param jars folder with the server's jars; {@code ./groundwork bench s3} fills it
   */
  PeerServer(Path jars, Path folder, String bucket) throws IOException, InterruptedException {
    if (!Files.isDirectory(jars)) {
      throw new IOException(
          "the server to compare with is not in " + jars + "; start the bench by ./groundwork");
    }
    int port = FreePort.find();
    String endpoint = "http://127.0.0.1:" + port;
    Path data = Files.createDirectories(folder.resolve("peer"));
    Path logging = Files.writeString(folder.resolve("peer-logback.xml"), QUIET);
    Path settings =
        Files.writeString(
            folder.resolve("peer.conf"),
            String.join(
                "\n",
                "s3proxy.endpoint=" + endpoint,
                "s3proxy.authorization=aws-v4",
                "s3proxy.identity=" + ACCESS,
                "s3proxy.credential=" + ACCESS,
                "jclouds.provider=filesystem-nio2",
                "jclouds.filesystem.basedir=" + data,
                ""));
    process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx1g",
                    "-Dlogback.configurationFile=" + logging,
                    "-cp",
                    jars + "/*",
                    "org.gaul.s3proxy.Main",
                    "--properties",
                    settings.toString()))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("peer.log").toFile())
            .start();
    requests = new SignedRequests(endpoint, ACCESS, ACCESS, InstantSource.system());
    try {
      S3Load.awaitBucket(requests, bucket, PATIENCE, Time.system());
    } catch (IOException | InterruptedException e) {
      close();
      throw e;
    }
  }

  SignedRequests requests() {
    return requests;
  }

  @Override
  public void close() {
    requests.close();
    process.destroyForcibly();
  }
}
