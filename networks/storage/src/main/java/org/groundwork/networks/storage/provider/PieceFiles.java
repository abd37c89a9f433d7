package org.groundwork.networks.storage.provider;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.groundwork.networks.storage.disk.NewFile;
import org.groundwork.networks.storage.wire.CommP;
import org.groundwork.networks.storage.wire.PieceCommitment;
import org.groundwork.networks.storage.wire.PieceWithTree;
import org.groundwork.protocol.Bytes;

/** Writes the two files of a piece; they are on disk when a method returns. */
final class PieceFiles {
  private static final int BUFFER = 256 * 1024;

  private PieceFiles() {}

  /** Writes the data of a piece, compares it with its commitment, and writes its tree. */
  static void write(PieceCommitment piece, PieceStore.Source source, Path data, Path tree)
      throws IOException, PieceStore.WrongContent {
    try (NewFile dataOut = NewFile.create(data, piece.rawSize());
        NewFile treeOut = NewFile.create(tree, 0)) {
      PieceWithTree made = copy(piece, source.open(), dataOut);
      if (!made.commitment().equals(piece)) {
        throw new PieceStore.WrongContent("They are those of " + made.commitment() + ".");
      }
      Together.run(dataOut::force, () -> write(treeOut, made.nodes()));
    }
  }

  private static PieceWithTree copy(PieceCommitment piece, InputStream in, NewFile out)
      throws IOException, PieceStore.WrongContent {
    CommP commP = new CommP(CommP.Keep.TREE);
    byte[] buffer = new byte[BUFFER];
    long count = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      count += read;
      if (count > piece.rawSize()) {
        throw new PieceStore.WrongContent("There are more than its " + piece.rawSize() + " bytes.");
      }
      commP.update(buffer, 0, read);
      out.write(buffer, 0, read);
    }
    return commP.finishTree();
  }

  static void writeTree(Path file, PieceWithTree made) throws IOException {
    try (NewFile out = NewFile.create(file, 0)) {
      write(out, made.nodes());
    }
  }

  private static void write(NewFile out, Bytes content) throws IOException {
    out.write(content.unsafeArray(), 0, content.size());
    out.force();
  }
}
