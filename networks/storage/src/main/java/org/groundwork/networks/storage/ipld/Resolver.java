package org.groundwork.networks.storage.ipld;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.groundwork.protocol.Malformed;

/** Follows a path of names from a root to what it ends at. */
final class Resolver {
  private static final int MAX_SEGMENTS = 256;

  /**
   * What a path leads to.
   *
   * @param passed blocks that were read on the way, the root first, without the end itself
   */
  record Resolved(List<Cid> passed, Cid end) {}

  private final BlockSource blocks;

  Resolver(BlockSource blocks) {
    this.blocks = blocks;
  }

  /**
   * Follows a path.
   *
   * @return empty if a name is not there
   * @throws Malformed if a block on the way is not of UnixFS
   */
  Optional<Resolved> resolve(Cid root, List<String> path) throws IOException, Malformed {
    if (path.size() > MAX_SEGMENTS) {
      throw new Malformed("a path of more than " + MAX_SEGMENTS + " names");
    }
    List<Cid> passed = new ArrayList<>();
    Cid at = root;
    for (String name : path) {
      if (at.codec() == Cid.RAW) {
        return Optional.empty();
      }
      if (at.codec() != Cid.DAG_PB) {
        throw new Malformed("paths through codec " + at.codec() + " are not followed");
      }
      passed.add(at);
      PbNode node = PbNode.decode(blocks.require(at));
      UnixFs unixFs = Directories.unixFs(node);
      if (!unixFs.isDirectory()) {
        return Optional.empty();
      }
      Optional<Cid> next = Directories.find(blocks, node, unixFs, name, passed::add);
      if (next.isEmpty()) {
        return Optional.empty();
      }
      at = next.get();
    }
    return Optional.of(new Resolved(List.copyOf(passed), at));
  }
}
