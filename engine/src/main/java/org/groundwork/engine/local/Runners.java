package org.groundwork.engine.local;

import java.net.URI;
import java.util.List;
import java.util.ServiceLoader;
import org.groundwork.engine.Networks;
import org.groundwork.engine.Runner;
import org.groundwork.engine.RunnerKind;
import org.groundwork.protocol.crypto.SignatureVerifier;

/** Finds the runner that a configuration names. */
public final class Runners {
  /** Names the runner on this machine. */
  public static final URI LOCAL = URI.create("local");

  private Runners() {}

  /**
   * The runner with this address.
   *
   * @param threads of a runner on this machine
   * @throws IllegalArgumentException if nothing on the class path runs at such an address
   */
  public static Runner open(
      URI address, Networks networks, SignatureVerifier verifier, int threads) {
    if (address.equals(LOCAL)) {
      return new LocalRunner(networks, verifier, threads);
    }
    List<RunnerKind> kinds =
        ServiceLoader.load(RunnerKind.class).stream().map(ServiceLoader.Provider::get).toList();
    return kinds.stream()
        .filter(kind -> kind.scheme().equals(address.getScheme()))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "no runner at %s: there are %s and %s"
                    .formatted(address, LOCAL, kinds.stream().map(RunnerKind::scheme).toList())))
        .open(address, networks, verifier);
  }
}
