package org.groundwork.networks.storage.ipld;

import java.io.IOException;

/** Where the blocks of a DAG go while it is built, children before their parents. */
public interface BlockSink {
  /** For who wants the root's CID alone. */
  BlockSink NONE =
      new BlockSink() {
        @Override
        public void leaf(Cid cid, byte[] block, long offset, int length) {}

        @Override
        public void node(Cid cid, byte[] block) {}
      };

  /**
   * A block with bytes of the file.
   *
   * @param offset in the file, of its bytes
   * @param length of its bytes; the block itself may be longer
   */
  void leaf(Cid cid, byte[] block, long offset, int length) throws IOException;

  /** A block with links. */
  void node(Cid cid, byte[] block) throws IOException;
}
