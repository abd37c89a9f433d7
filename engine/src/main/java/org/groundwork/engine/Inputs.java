package org.groundwork.engine;

import java.util.List;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.crypto.Keccak256;

/**
 * The running hash over the indexes that were posted for an epoch, as the contract keeps it: from
 * zero, each step {@code keccak256(abi.encode(previous, gateway, index))}.
 */
public final class Inputs {
  private Inputs() {}

  public static Hash append(Hash previous, AccountId gateway, Hash index) {
    return Keccak256.hash(previous.toArray(), gateway.toSubject().toArray(), index.toArray());
  }

  /** The hash over indexes in their order on chain; zero for none. */
  public static Hash of(List<PostedIndex> posted) {
    Hash running = Hash.ZERO;
    for (PostedIndex next : posted) {
      running = append(running, next.gateway(), next.index());
    }
    return running;
  }
}
