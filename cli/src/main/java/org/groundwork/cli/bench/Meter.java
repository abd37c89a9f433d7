package org.groundwork.cli.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** Time and processor time of this process, from its making on. */
final class Meter {
  private static final double NANOS = 1e9;
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final long start = System.nanoTime();
  private final long startCpu = SYSTEM.getProcessCpuTime();
  private double seconds;
  private double cpuSeconds;

  void stop() {
    seconds = (System.nanoTime() - start) / NANOS;
    cpuSeconds = (SYSTEM.getProcessCpuTime() - startCpu) / NANOS;
  }

  double seconds() {
    return seconds;
  }

  double cpuSeconds() {
    return cpuSeconds;
  }
}
