package org.groundwork.node.http;

import io.helidon.common.socket.PeerInfo;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;

/** What counts as one peer: an IPv4 address, or the /64 network of an IPv6 address. */
public final class SenderAddress {
  private static final int IPV4 = 4;
  private static final int NETWORK_BYTES = 8;

  private SenderAddress() {}

  static String of(PeerInfo peer) {
    return peer.address() instanceof InetSocketAddress address && !address.isUnresolved()
        ? of(address.getAddress())
        : peer.host();
  }

  public static String of(InetAddress address) {
    byte[] bytes = address.getAddress();
    byte[] kept = bytes.length == IPV4 ? bytes : Arrays.copyOf(bytes, NETWORK_BYTES);
    return HexFormat.of().formatHex(kept);
  }
}
