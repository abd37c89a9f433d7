package org.groundwork.node.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeServerTest {
  @Test
  void saysThatAPortIsTaken() throws IOException {
    try (NodeServer first = NodeServer.start(ServerSettings.loopback(0))) {
      int port = first.uri().getPort();
      assertThatThrownBy(() -> NodeServer.start(ServerSettings.loopback(port)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(":" + port);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "GET /v1",
        "POST /v1/reports HTTP/1.1\r\nHost: 127.0",
        "POST /v1/reports HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n0123456789"
      })
  void whoSaysNothingMoreLosesHisConnection(String said) throws IOException {
    Routes routes =
        routing ->
            routing.post(
                "/v1/reports",
                (request, response) -> response.send(request.content().as(byte[].class)));
    Duration read = Duration.ofMillis(200);
    try (NodeServer server = NodeServer.start(ServerSettings.loopback(0), read, routes);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.uri().getPort())) {
      socket.setSoTimeout(15_000);
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
