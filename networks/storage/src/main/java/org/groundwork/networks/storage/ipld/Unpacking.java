package org.groundwork.networks.storage.ipld;

import java.io.IOException;
import java.io.OutputStream;
import org.groundwork.protocol.Malformed;

/** Gives the files of a UnixFS DAG back: their paths, their sizes, their bytes. */
public final class Unpacking {
  private static final int MAX_DEPTH = 256;

  /** Hears of each file, in the order of the directories. */
  public interface Visitor {
    /**
     * A file.
     *
     * @param path names joined by slashes; empty for a root that is a file itself
     * @param size of its bytes, as its root says
     */
    void file(String path, Cid cid, long size) throws IOException, Malformed;
  }

  private final BlockSource blocks;

  public Unpacking(BlockSource blocks) {
    this.blocks = blocks;
  }

  /** Visits the files below a root; symlinks are left out. */
  public void files(Cid root, Visitor visitor) throws IOException, Malformed {
    files(root, "", visitor, 0);
  }

  private void files(Cid cid, String path, Visitor visitor, int depth)
      throws IOException, Malformed {
    if (depth > MAX_DEPTH) {
      throw new Malformed("directories deeper than " + MAX_DEPTH);
    }
    if (cid.codec() == Cid.RAW) {
      visitor.file(path, cid, blocks.require(cid).length);
      return;
    }
    if (cid.codec() != Cid.DAG_PB) {
      throw new Malformed("the block " + cid + " is no file and no directory");
    }
    PbNode node = PbNode.decode(blocks.require(cid));
    UnixFs unixFs = Directories.unixFs(node);
    if (unixFs.isFile()) {
      visitor.file(path, cid, unixFs.fileSize().orElse(unixFs.data().size()));
    } else if (unixFs.isDirectory()) {
      int prefix = unixFs.type() == UnixFs.Type.HAMT ? Directories.prefix(unixFs) : 0;
      for (PbNode.Link link : node.links()) {
        String name = link.name().substring(Math.min(prefix, link.name().length()));
        String below = name.isEmpty() ? path : path.isEmpty() ? name : path + "/" + name;
        if (!name.isEmpty() || prefix > 0) {
          checkName(name);
          files(link.cid(), below, visitor, depth + 1);
        }
      }
    }
  }

  private static void checkName(String name) throws Malformed {
    if (name.contains("/") || name.equals("..") || name.equals(".")) {
      throw new Malformed("a directory with an entry named " + name);
    }
  }

  /**
   * Writes a file's bytes.
   *
   * @throws Malformed if its nodes do not add up to the size that they name
   */
  public void write(Cid cid, OutputStream out) throws IOException, Malformed {
    write(cid, out, 0);
  }

  private long write(Cid cid, OutputStream out, int depth) throws IOException, Malformed {
    if (depth > MAX_DEPTH) {
      throw new Malformed("a file deeper than " + MAX_DEPTH);
    }
    byte[] block = blocks.require(cid);
    if (cid.codec() == Cid.RAW) {
      out.write(block);
      return block.length;
    }
    PbNode node = PbNode.decode(block);
    UnixFs unixFs = Directories.unixFs(node);
    if (!unixFs.isFile()) {
      throw new Malformed("the block " + cid + " is no part of a file");
    }
    out.write(unixFs.data().unsafeArray());
    long written = unixFs.data().size();
    for (PbNode.Link link : node.links()) {
      written += write(link.cid(), out, depth + 1);
    }
    if (unixFs.fileSize().isPresent() && unixFs.fileSize().getAsLong() != written) {
      throw new Malformed("the file " + cid + " has " + written + " bytes and claims another size");
    }
    return written;
  }
}
