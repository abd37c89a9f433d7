package org.groundwork.node.verifier;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.groundwork.networks.counter.rules.CounterNetwork;
import org.groundwork.node.gateway.Gateway;
import org.groundwork.node.testing.Reporter;
import org.groundwork.node.testing.SimNetwork;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hello;
import org.groundwork.protocol.Report;

/**
 * Makes the folders of a network of which each verifier settled the first epoch and dies. At a
 * release, run it in a new folder, zip what is in its {@code verifier-0}, and add that to the
 * test's resources.
 */
final class PreviousVerifier {
  static final int VERIFIERS = 4;
  static final int READINGS = 5;

  private PreviousVerifier() {}

  public static void main(String[] arguments) throws Exception {
    SimNetwork network = new SimNetwork(Path.of(arguments[0]));
    Reporter reporter = network.register(1);
    List<Verifier> verifiers = new ArrayList<>();
    for (int i = 0; i < VERIFIERS; i++) {
      verifiers.add(network.startVerifier(i));
    }
    Gateway gateway = network.startGateway();
    EpochNumber epoch = EpochNumber.FIRST;
    List<Report> reports = new ArrayList<>();
    reports.add(sign(reporter, new Hello(reporter.device().owner(), 1).encode().toArray()));
    for (int i = 0; i < READINGS; i++) {
      reports.add(sign(reporter, CounterNetwork.reading(i).toArray()));
    }
    gateway.admit(reports);
    network.goToClose(epoch);
    network.await("the index is posted", () -> !network.chain.posted(epoch).isEmpty());
    network.goToDeadline(epoch);
    network.awaitSettled(epoch);
    for (Verifier each : verifiers) {
      network.await("it is published", () -> each.publication().has(epoch, 0));
      network.await("it is signed", () -> each.statement(epoch).isPresent());
    }
    Runtime.getRuntime().halt(0);
  }

  private static Report sign(Reporter reporter, byte[] payload) {
    return Report.sign(reporter.body(EpochNumber.FIRST, payload), reporter.key());
  }
}
