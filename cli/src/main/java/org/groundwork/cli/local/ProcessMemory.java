package org.groundwork.cli.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Linux says of the memory of a process. */
public final class ProcessMemory {
  private ProcessMemory() {}

  /**
   * The most that was resident so far, in bytes.
   *
   * @throws IOException where the system does not say
   */
  public static long peakBytes(long pid) throws IOException {
    return bytes(pid, "VmHWM:");
  }

  /**
   * What is resident now, in bytes.
   *
   * @throws IOException where the system does not say
   */
  public static long residentBytes(long pid) throws IOException {
    return bytes(pid, "VmRSS:");
  }

  private static long bytes(long pid, String field) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.startsWith(field)) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
      }
    }
    throw new IOException("no " + field + " of process " + pid);
  }
}
