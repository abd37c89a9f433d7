package org.groundwork.node.http;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

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
}
