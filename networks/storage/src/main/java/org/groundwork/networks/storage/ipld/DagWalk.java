package org.groundwork.networks.storage.ipld;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.groundwork.protocol.Malformed;

/** Visits the blocks of a DAG depth first, parents before children: the order {@code dfs}. */
final class DagWalk {
  /** Deeper DAGs are none that a file or folder needs. */
  private static final int MAX_DEPTH = 256;

  /** What of the DAG: the parameter {@code dag-scope}. */
  enum Scope {
    BLOCK,
    ENTITY,
    ALL
  }

  /** Hears of each block. */
  interface Visitor {
    void visit(Cid cid, byte[] block) throws IOException;
  }

  private final BlockSource blocks;
  private final Visitor visitor;
  private final boolean duplicates;
  private final Set<Cid> visited = new TreeSet<>();

  /**
   * A walk.
   *
   * @param duplicates whether a block that occurs again is visited again
   */
  DagWalk(BlockSource blocks, boolean duplicates, Visitor visitor) {
    this.blocks = blocks;
    this.duplicates = duplicates;
    this.visitor = visitor;
  }

  /** Visits single blocks. */
  void path(List<Cid> path) throws IOException {
    for (Cid cid : path) {
      visit(cid);
    }
  }

  void run(Cid root, Scope scope, ByteWindow window) throws IOException, Malformed {
    switch (scope) {
      case BLOCK -> visit(root);
      case ALL -> all(root, 0);
      case ENTITY -> entity(root, window);
    }
  }

  private byte[] visit(Cid cid) throws IOException {
    byte[] block = blocks.require(cid);
    if ((visited.add(cid) || duplicates) && cid.hash().code() != Multihash.IDENTITY) {
      visitor.visit(cid, block);
    }
    return block;
  }

  private void all(Cid cid, int depth) throws IOException, Malformed {
    checkDepth(depth);
    if (!duplicates && visited.contains(cid)) {
      return;
    }
    for (Cid child : Links.of(cid.codec(), visit(cid))) {
      all(child, depth + 1);
    }
  }

  private static void checkDepth(int depth) throws Malformed {
    if (depth > MAX_DEPTH) {
      throw new Malformed("a DAG deeper than " + MAX_DEPTH);
    }
  }

  /** The blocks of one file, or of one directory without what lies in it. */
  private void entity(Cid root, ByteWindow window) throws IOException, Malformed {
    byte[] block = visit(root);
    if (root.codec() != Cid.DAG_PB) {
      return;
    }
    PbNode node = PbNode.decode(block);
    UnixFs unixFs = Directories.unixFs(node);
    if (unixFs.isFile()) {
      long size = unixFs.fileSize().orElse(unixFs.data().size());
      file(node, unixFs, 0, window.first(size), window.last(size), 0);
    } else if (unixFs.type() == UnixFs.Type.HAMT) {
      shards(node, unixFs, 0);
    }
  }

  private void file(PbNode node, UnixFs unixFs, long start, long first, long last, int depth)
      throws IOException, Malformed {
    checkDepth(depth);
    if (node.links().size() != unixFs.blockSizes().size()) {
      throw new Malformed("a file's node whose links and sizes differ in number");
    }
    long at = start + unixFs.data().size();
    for (int i = 0; i < node.links().size(); i++) {
      long end = at + unixFs.blockSizes().get(i);
      if (at <= last && end > first) {
        Cid child = node.links().get(i).cid();
        byte[] block = visit(child);
        if (child.codec() == Cid.DAG_PB) {
          PbNode below = PbNode.decode(block);
          file(below, Directories.unixFs(below), at, first, last, depth + 1);
        }
      }
      at = end;
    }
  }

  private void shards(PbNode node, UnixFs unixFs, int depth) throws IOException, Malformed {
    checkDepth(depth);
    int prefix = Directories.prefix(unixFs);
    for (PbNode.Link link : node.links()) {
      if (link.name().length() == prefix) {
        PbNode below = PbNode.decode(visit(link.cid()));
        shards(below, Directories.unixFs(below), depth + 1);
      }
    }
  }
}
