package org.groundwork.settlement.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * Ports of the loopback address for servers that keep theirs over restarts. They are below those
 * that systems give to whoever connects (Linux from 32768, IANA from 49152): of these, a connection
 * may hold the port of a server that is just being started again. The processes of a user count
 * through them together, so that no two are given the same before it is listened on.
 */
public final class FreePort {
  private static final int FIRST = 12_000;
  private static final int COUNT = 20_000;

  private FreePort() {}

  /**
   * A port that nobody listens on and that was given to nobody lately.
   *
   * @throws IOException if there is none, or the count cannot be kept
   */
  public static synchronized int find() throws IOException {
    try (FileChannel count =
            FileChannel.open(
                Path.of(
                    System.getProperty("java.io.tmpdir"),
                    "groundwork-ports-" + System.getProperty("user.name")),
                Set.of(
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS));
        FileLock _ = count.lock()) {
      ByteBuffer last = ByteBuffer.allocate(Integer.BYTES);
      boolean known = count.read(last, 0) == Integer.BYTES;
      // Where it begins differs, so that what was started after a cleaned folder meets others
      // seldom.
      int next = known ? last.getInt(0) : (int) (ProcessHandle.current().pid() % COUNT);
      for (int tried = 0; tried < COUNT; tried++) {
        next = Math.floorMod(next + 1, COUNT);
        if (isFree(FIRST + next)) {
          count.write(ByteBuffer.allocate(Integer.BYTES).putInt(0, next), 0);
          return FIRST + next;
        }
      }
    }
    throw new IOException("No port from " + FIRST + " to " + (FIRST + COUNT - 1) + " is free.");
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
