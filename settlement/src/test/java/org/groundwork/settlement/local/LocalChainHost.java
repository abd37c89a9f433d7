package org.groundwork.settlement.local;

import java.nio.file.Path;
import org.groundwork.settlement.SettlementException;
import org.groundwork.settlement.time.Time;

/** A process whose only content is a local chain, to be killed. */
final class LocalChainHost {
  private LocalChainHost() {}

  public static void main(String[] arguments) throws SettlementException, InterruptedException {
    LocalChainSettings settings = LocalChainSettings.in(Path.of(arguments[0]));
    LocalChain chain = LocalChain.start(settings, Time.system());
    System.out.println("READY " + chain.endpoint() + " " + chain.anvilPid());
    Thread.currentThread().join();
  }
}
