package org.groundwork.networks.storage.provider;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.groundwork.networks.storage.disk.FileStretch;
import org.groundwork.networks.storage.wire.ByteSource;
import org.groundwork.networks.storage.wire.PieceCommitment;
import org.groundwork.networks.storage.wire.PieceProver;
import org.groundwork.networks.storage.wire.PieceTree;

/** The files of one piece, open for reading. */
final class OpenPiece implements Closeable {
  private final PieceCommitment piece;
  private final Path file;
  private final FileChannel data;
  private final FileChannel tree;

  private OpenPiece(PieceCommitment piece, Path file, FileChannel data, FileChannel tree) {
    this.piece = piece;
    this.file = file;
    this.data = data;
    this.tree = tree;
  }

  static OpenPiece open(PieceCommitment piece, Path data, Path tree) throws IOException {
    FileChannel open = FileChannel.open(data, StandardOpenOption.READ);
    try {
      return new OpenPiece(piece, data, open, FileChannel.open(tree, StandardOpenOption.READ));
    } catch (IOException e) {
      open.close();
      throw e;
    }
  }

  PieceProver.Answer prove(long leaf) throws IOException {
    return new PieceProver(PieceTree.over(piece, source(tree)), source(data)).prove(leaf);
  }

  /** Fills the buffer from {@code offset} on. */
  void read(long offset, ByteBuffer into) throws IOException {
    read(data, offset, into);
  }

  /** The bytes from {@code offset} on, for who reads many of them in order. */
  FileStretch stretch(long offset, long length) throws IOException {
    return FileStretch.open(file, offset, length);
  }

  long treeSize() throws IOException {
    return tree.size();
  }

  void readTree(ByteBuffer into) throws IOException {
    read(tree, 0, into);
  }

  @Override
  public void close() throws IOException {
    try (data) {
      tree.close();
    }
  }

  private static ByteSource source(FileChannel file) {
    return (offset, into) -> read(file, offset, ByteBuffer.wrap(into));
  }

  private static void read(FileChannel file, long offset, ByteBuffer into) throws IOException {
    long at = offset;
    while (into.hasRemaining()) {
      int read = file.read(into, at);
      if (read < 0) {
        throw new EOFException("the file ends at byte " + at);
      }
      at += read;
    }
  }
}
