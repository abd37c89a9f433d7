package org.groundwork.networks.storage.ipld;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Writes a DAG to a CAR while it is built: children come before parents, the root's block last. */
public final class DagCar {
  private static final int BUFFER = 1 << 20;

  private DagCar() {}

  /** Builds a DAG into a sink. */
  public interface Building {
    FileImporter.Dag into(BlockSink sink) throws IOException;
  }

  /** Writes the file, which appears when it is complete. */
  public static FileImporter.Dag write(Path file, Profile profile, Building building)
      throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".part");
    try {
      FileImporter.Dag dag;
      // All CIDs of a profile are of one length.
      Cid placeholder = Cid.of(profile.cidVersion(), Cid.DAG_PB, new byte[0]);
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(next), BUFFER)) {
        CarWriter writer = new CarWriter(out, List.of(placeholder));
        dag =
            building.into(
                new BlockSink() {
                  @Override
                  public void leaf(Cid cid, byte[] block, long offset, int length)
                      throws IOException {
                    writer.block(cid, block);
                  }

                  @Override
                  public void node(Cid cid, byte[] block) throws IOException {
                    writer.block(cid, block);
                  }
                });
      }
      CarWriter.replaceRoot(next, 0, dag.cid());
      Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
      return dag;
    } finally {
      Files.deleteIfExists(next);
    }
  }
}
