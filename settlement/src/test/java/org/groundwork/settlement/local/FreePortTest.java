package org.groundwork.settlement.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FreePortTest {
  private static final int LINUX_GIVES_FROM = 32_768;

  @Test
  void noPortIsGivenTwiceOrToWhoeverConnects() throws IOException {
    Set<Integer> given = new TreeSet<>();
    for (int i = 0; i < 1000; i++) {
      int port = FreePort.find();
      assertThat(port).isBetween(1024, LINUX_GIVES_FROM - 1);
      assertThat(given.add(port)).isTrue();
    }
  }

  @Test
  void aPortThatSomebodyListensOnIsPassedOver() throws IOException {
    int before = FreePort.find();
    try (ServerSocket listening =
        new ServerSocket(before + 1, 1, InetAddress.getLoopbackAddress())) {
      assertThat(FreePort.find()).isNotEqualTo(listening.getLocalPort());
    }
  }
}
