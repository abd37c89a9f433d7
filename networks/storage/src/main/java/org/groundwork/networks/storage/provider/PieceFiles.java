package org.groundwork.networks.storage.provider;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.groundwork.networks.storage.wire.CommP;
import org.groundwork.networks.storage.wire.PieceCommitment;
import org.groundwork.networks.storage.wire.PieceWithTree;

/** Writes the two files of a piece; each is on disk when its method returns. */
final class PieceFiles {
  private static final int BUFFER = 256 * 1024;

  private PieceFiles() {}

  /** Writes the data of a piece and compares it with its commitment. */
  static PieceWithTree write(PieceCommitment piece, PieceStore.Source source, Path data)
      throws IOException, PieceStore.WrongContent {
    InputStream in = source.open();
    CommP commP = new CommP(CommP.Keep.TREE);
    byte[] buffer = new byte[BUFFER];
    long count = 0;
    try (FileChannel out =
        FileChannel.open(data, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        count += read;
        if (count > piece.rawSize()) {
          throw new PieceStore.WrongContent(
              "There are more than its " + piece.rawSize() + " bytes.");
        }
        commP.update(buffer, 0, read);
        write(out, ByteBuffer.wrap(buffer, 0, read));
      }
      out.force(true);
    }
    PieceWithTree made = commP.finishTree();
    if (!made.commitment().equals(piece)) {
      throw new PieceStore.WrongContent("They are those of " + made.commitment() + ".");
    }
    return made;
  }

  static void writeTree(Path file, PieceWithTree made) throws IOException {
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      write(out, ByteBuffer.wrap(made.nodes().unsafeArray()));
      out.force(true);
    }
  }

  private static void write(FileChannel out, ByteBuffer content) throws IOException {
    while (content.hasRemaining()) {
      out.write(content);
    }
  }
}
