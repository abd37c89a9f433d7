package org.groundwork.settlement.local;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.groundwork.settlement.ManualTime;
import org.groundwork.settlement.rpc.JsonRpc;

/**
 * Makes the folder of a local chain that stops after some blocks. At a release, run it in a new
 * folder and add its journal to the test's resources.
 */
final class PreviousChain {
  static final Instant START = Instant.ofEpochSecond(1_800_000_000);
  static final int TRANSFERS = 3;

  private PreviousChain() {}

  public static void main(String[] arguments) throws IOException {
    InstalledAnvil.locate();
    LocalChain chain =
        LocalChain.start(LocalChainSettings.in(Path.of(arguments[0])), new ManualTime(START));
    JsonRpc rpc = new JsonRpc(chain.endpoint());
    for (int nonce = 0; nonce < TRANSFERS; nonce++) {
      rpc.sendRawTransaction(Transfers.transfer(nonce));
      chain.mine();
    }
    System.out.println(rpc.blockNumber());
    chain.close();
  }
}
