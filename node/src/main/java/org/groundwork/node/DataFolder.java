package org.groundwork.node;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.groundwork.agent.FolderFormat;
import org.groundwork.engine.store.DurableFile;
import org.groundwork.protocol.AccountId;

/**
 * A node's data directory: {@code lock} (with the process id of who holds it), {@code gateway/},
 * {@code verifier-ACCOUNT/}. One process at a time.
 */
final class DataFolder implements AutoCloseable {
  private static final int MAX_PID_TEXT = 20;

  private final Path root;
  private final FileChannel channel;

  private DataFolder(Path root, FileChannel channel) {
    this.root = root;
    this.channel = channel;
  }

  /**
   * Takes the folder for this process.
   *
   * @throws IOException if another process has it, with its id, or a newer version wrote it
   */
  static DataFolder lock(Path root) throws IOException {
    DurableFile.createFolder(root);
    FileChannel channel =
        FileChannel.open(
            root.resolve("lock"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    if (!isTaken(channel)) {
      ByteBuffer holder = ByteBuffer.allocate(MAX_PID_TEXT);
      channel.read(holder, 0);
      channel.close();
      String pid = new String(holder.array(), 0, holder.position(), StandardCharsets.US_ASCII);
      throw new IOException("Process " + pid.strip() + " uses " + root + "; stop it first.");
    }
    channel.truncate(0);
    String pid = Long.toString(ProcessHandle.current().pid());
    channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
    try {
      FolderFormat.check(root);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    return new DataFolder(root, channel);
  }

  private static boolean isTaken(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  Path gateway() {
    return root.resolve("gateway");
  }

  Path verifier(AccountId account) {
    return root.resolve("verifier-" + account.toHex().substring(2));
  }

  /** Gives the folder back. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
