package org.groundwork.node.gateway;

import java.util.List;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Promise;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.Statements;
import org.groundwork.protocol.crypto.AccountKey;
import org.jspecify.annotations.Nullable;

/**
 * One group commit that is durable. Its signature is deterministic, so that a gateway that comes
 * back gives the same promises again.
 */
final class CommittedBatch {
  private final SigningDomain domain;
  private final AccountKey key;
  private final SlotNumber slot;
  private final List<Hash> reports;
  private @Nullable Bytes signature;

  CommittedBatch(SigningDomain domain, AccountKey key, SlotNumber slot, List<Hash> reports) {
    this.domain = domain;
    this.key = key;
    this.slot = slot;
    this.reports = List.copyOf(reports);
  }

  List<Hash> reports() {
    return reports;
  }

  /** The promises for all reports, in order. */
  List<Promise> promises() {
    BatchTree tree = new BatchTree(reports);
    Bytes signed = signature(tree.root());
    return java.util.stream.IntStream.range(0, reports.size())
        .mapToObj(index -> promise(tree, index, signed))
        .toList();
  }

  Promise promise(int index) {
    BatchTree tree = new BatchTree(reports);
    return promise(tree, index, signature(tree.root()));
  }

  private Promise promise(BatchTree tree, int index, Bytes signed) {
    return new Promise(
        key.account(), slot, reports.get(index), index, reports.size(), tree.path(index), signed);
  }

  private synchronized Bytes signature(Hash root) {
    Bytes known = signature;
    if (known == null) {
      Hash statement = Statements.promise(domain.deployment(), key.account(), slot, root);
      known = key.sign(domain.digest(statement));
      signature = known;
    }
    return known;
  }
}
