package org.groundwork.node.bench;

import java.io.IOException;
import java.nio.file.Path;
import org.groundwork.protocol.EpochSchedule;

/** A gateway in a process of its own, which says where it listens, until it is killed. */
final class GatewayProcess {
  private GatewayProcess() {}

  public static void main(String[] arguments) throws IOException {
    EpochSchedule schedule = new EpochSchedule(Long.parseLong(arguments[1]), 1, 100_000, 1);
    Workload devices = new Workload(Integer.parseInt(arguments[2]));
    try (BenchGateway gateway = new BenchGateway(Path.of(arguments[0]), schedule, devices)) {
      System.out.println(gateway.uri());
      while (System.in.read() >= 0) {
        // Nothing is ever written; the end comes with the parent's.
      }
    }
  }
}
