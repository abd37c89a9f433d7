package org.groundwork.networks.storage.ipld;

import java.io.IOException;
import java.util.Optional;

/** Where blocks come from. What it gives was compared with the CID. */
@FunctionalInterface
public interface BlockSource {
  Optional<byte[]> get(Cid cid) throws IOException;

  /** The same, for a block that must be there. */
  default byte[] require(Cid cid) throws IOException {
    return get(cid).orElseThrow(() -> new MissingBlockException(cid));
  }
}
