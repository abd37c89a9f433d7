package org.groundwork.agent;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.ReportBody;

/**
 * Signs single reports that somebody else sends. Each sequence is reserved on disk before it is
 * used, in the file that an {@link Outbox} in the same folder uses, so both can take turns. Not
 * safe for use by several threads.
 */
public final class DeviceSigner implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final DeviceIdentity identity;
  private final DeviceLock lock;
  private final Sequences sequences;

  private DeviceSigner(DeviceIdentity identity, DeviceLock lock, Sequences sequences) {
    this.identity = identity;
    this.lock = lock;
    this.sequences = sequences;
  }

  /** Takes the device's folder. */
  public static DeviceSigner open(Path folder, DeviceIdentity identity)
      throws IOException, InterruptedException {
    DeviceLock lock = DeviceLock.take(folder, PATIENCE);
    try {
      return new DeviceSigner(identity, lock, new Sequences(folder.resolve("sequence")));
    } catch (IOException e) {
      lock.close();
      throw e;
    }
  }

  /**
   * Signs a payload under the next sequence of an epoch.
   *
   * @throws IOException if the disk failed, or the epoch is before one that was used
   */
  public Report sign(ReportBody.Form form, Bytes payload, EpochNumber now) throws IOException {
    try {
      return Report.sign(
          new ReportBody(
              form,
              identity.deployment(),
              identity.network(),
              identity.device(),
              identity.signer().publicKey().hash(),
              sequences.next(now),
              payload),
          identity.signer());
    } catch (IllegalStateException wentBack) {
      throw new IOException("The clock went back: " + wentBack.getMessage(), wentBack);
    }
  }

  @Override
  public void close() throws IOException {
    sequences.close();
    lock.close();
  }
}
