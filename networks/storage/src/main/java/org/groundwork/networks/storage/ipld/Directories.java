package org.groundwork.networks.storage.ipld;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.groundwork.protocol.Malformed;

/** Finds names in UnixFS directories, plain or sharded (a HAMT over MurmurHash3). */
final class Directories {
  /** 64 bits of a hash, eight or fewer for each level. */
  private static final int MAX_LEVELS = 64;

  private Directories() {}

  /**
   * Finds an entry.
   *
   * @param passed hears of each further shard on the way
   */
  static Optional<Cid> find(
      BlockSource blocks, PbNode directory, UnixFs unixFs, String name, Consumer<Cid> passed)
      throws IOException, Malformed {
    if (unixFs.type() == UnixFs.Type.DIRECTORY) {
      return directory.links().stream()
          .filter(link -> link.name().equals(name))
          .findFirst()
          .map(PbNode.Link::cid);
    }
    long hash = Murmur3.hash64(name.getBytes(StandardCharsets.UTF_8));
    PbNode shard = directory;
    UnixFs at = unixFs;
    int used = 0;
    for (int level = 0; level < MAX_LEVELS; level++) {
      int bits = bits(at);
      if (used + bits > Long.SIZE) {
        break;
      }
      long slot = hash << used >>> (Long.SIZE - bits);
      used += bits;
      int digits = prefix(at);
      String wanted = String.format(Locale.ROOT, "%0" + digits + "X", slot);
      Optional<PbNode.Link> link =
          shard.links().stream().filter(each -> each.name().startsWith(wanted)).findFirst();
      if (link.isEmpty()) {
        return Optional.empty();
      }
      if (link.get().name().length() > digits) {
        return link.filter(each -> each.name().substring(digits).equals(name))
            .map(PbNode.Link::cid);
      }
      passed.accept(link.get().cid());
      shard = PbNode.decode(blocks.require(link.get().cid()));
      at = unixFs(shard);
    }
    throw new Malformed("a sharded directory deeper than its hash");
  }

  private static int bits(UnixFs shard) throws Malformed {
    long fanout = shard.fanout();
    if (shard.type() != UnixFs.Type.HAMT
        || fanout < 8
        || fanout > 1024
        || Long.bitCount(fanout) != 1) {
      throw new Malformed("a shard with fanout " + fanout);
    }
    return Long.numberOfTrailingZeros(fanout);
  }

  /** Hexadecimal digits before each name in a shard. */
  static int prefix(UnixFs shard) throws Malformed {
    return (bits(shard) + 3) / 4;
  }

  static UnixFs unixFs(PbNode node) throws Malformed {
    return UnixFs.decode(
        node.data().orElseThrow(() -> new Malformed("a node without UnixFS data")).unsafeArray());
  }
}
