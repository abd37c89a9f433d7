package org.groundwork.networks.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who says nothing more loses his connection, wherever he stopped. */
class IdleConnectionTest {
  private static final Duration IDLE = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "PUT /bucket/key HTTP/1.1\r\nHost: 127.0",
        "PUT /bucket/key HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n0123456789"
      })
  void ends(String said) throws IOException {
    S3Config config = new S3Config(S3Config.LOOPBACK, 0, "us-east-1", IDLE, "", Optional.empty());
    try (Endpoint endpoint = new Endpoint(directory, config);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), endpoint.server.port())) {
      socket.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
      socket.getOutputStream().write(said.getBytes(StandardCharsets.US_ASCII));
      assertThatCode(() -> readToTheEnd(socket)).doesNotThrowAnyException();
    }
  }

  private static void readToTheEnd(Socket socket) throws IOException {
    try {
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (SocketException e) {
      assertThat(e).hasMessageContaining("reset");
    }
  }
}
