package org.groundwork.networks.storage.provider;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Random;
import org.groundwork.networks.storage.wire.CommP;
import org.groundwork.networks.storage.wire.PieceCommitment;

/** Stores pieces and tells of each when it is stored, until it is killed. */
final class StoringProcess {
  private static final int MAX_PIECES = 10_000;

  private StoringProcess() {}

  public static void main(String[] arguments) throws Exception {
    PieceStore store = new PieceStore(Path.of(arguments[0]), 1L << 30, 0, InstantSource.system());
    Random random = new Random(Long.parseLong(arguments[1]));
    for (int i = 0; i < MAX_PIECES; i++) {
      byte[] content = new byte[1 + random.nextInt(20_000)];
      random.nextBytes(content);
      PieceCommitment piece = CommP.of(content);
      store.receive(piece, () -> new ByteArrayInputStream(content));
      System.out.println(piece.pieceCidV2());
      System.out.flush();
    }
  }
}
