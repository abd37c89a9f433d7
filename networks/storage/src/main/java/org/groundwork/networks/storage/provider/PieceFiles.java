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

/** Writes the two files of a piece; they are on disk when a method returns. */
final class PieceFiles {
  private static final int BUFFER = 256 * 1024;

  private PieceFiles() {}

  /** Writes the data of a piece, compares it with its commitment, and writes its tree. */
  static void write(PieceCommitment piece, PieceStore.Source source, Path data, Path tree)
      throws IOException, PieceStore.WrongContent {
    try (FileChannel dataOut = create(data);
        FileChannel treeOut = create(tree)) {
      PieceWithTree made = copy(piece, source.open(), dataOut);
      if (!made.commitment().equals(piece)) {
        throw new PieceStore.WrongContent("They are those of " + made.commitment() + ".");
      }
      write(treeOut, ByteBuffer.wrap(made.nodes().unsafeArray()));
      Together.run(() -> dataOut.force(true), () -> treeOut.force(true));
    }
  }

  private static PieceWithTree copy(PieceCommitment piece, InputStream in, FileChannel out)
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
      write(out, ByteBuffer.wrap(buffer, 0, read));
    }
    return commP.finishTree();
  }

  static void writeTree(Path file, PieceWithTree made) throws IOException {
    try (FileChannel out = create(file)) {
      write(out, ByteBuffer.wrap(made.nodes().unsafeArray()));
      out.force(true);
    }
  }

  private static FileChannel create(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  private static void write(FileChannel out, ByteBuffer content) throws IOException {
    while (content.hasRemaining()) {
      out.write(content);
    }
  }
}
