package org.groundwork.flink;

import java.net.URI;
import org.groundwork.engine.Networks;
import org.groundwork.engine.Runner;
import org.groundwork.engine.RunnerKind;
import org.groundwork.protocol.crypto.SignatureVerifier;

/** Runners named {@code flink://HOST:PORT/FOLDER?parallelism=N}. */
public final class FlinkRunnerKind implements RunnerKind {
  @Override
  public String scheme() {
    return FlinkSettings.SCHEME;
  }

  @Override
  public Runner open(URI address, Networks networks, SignatureVerifier verifier) {
    return new FlinkRunner(FlinkSettings.of(address), networks, verifier);
  }
}
