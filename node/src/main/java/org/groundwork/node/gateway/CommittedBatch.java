package org.groundwork.node.gateway;

import java.util.ArrayList;
import java.util.Arrays;
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
  private final byte[] reports;

  /** Made when it is first wanted, and kept: who asks again and again must stay cheap. */
  private @Nullable Signed signed;

  private record Signed(BatchTree tree, Bytes signature) {}

  CommittedBatch(SigningDomain domain, AccountKey key, SlotNumber slot, List<Hash> reports) {
    this.domain = domain;
    this.key = key;
    this.slot = slot;
    this.reports = new byte[reports.size() * Hash.SIZE];
    int at = 0;
    for (Hash report : reports) {
      System.arraycopy(report.bytes().unsafeArray(), 0, this.reports, at, Hash.SIZE);
      at += Hash.SIZE;
    }
  }

  int size() {
    return reports.length / Hash.SIZE;
  }

  Hash report(int index) {
    return Hash.wrap(Arrays.copyOfRange(reports, index * Hash.SIZE, (index + 1) * Hash.SIZE));
  }

  boolean isAt(int index, Hash report) {
    int at = index * Hash.SIZE;
    return Arrays.equals(reports, at, at + Hash.SIZE, report.bytes().unsafeArray(), 0, Hash.SIZE);
  }

  /** The promises for all reports, in order. */
  synchronized List<Promise> promises() {
    Signed batch = signed();
    List<List<Hash>> paths = batch.tree.paths();
    List<Promise> promises = new ArrayList<>(paths.size());
    for (int index = 0; index < paths.size(); index++) {
      promises.add(promise(index, paths.get(index), batch.signature));
    }
    return promises;
  }

  synchronized Promise promise(int index) {
    Signed batch = signed();
    return promise(index, batch.tree.path(index), batch.signature);
  }

  private Promise promise(int index, List<Hash> path, Bytes signature) {
    return new Promise(key.account(), slot, report(index), index, size(), path, signature);
  }

  private Signed signed() {
    Signed known = signed;
    if (known == null) {
      BatchTree tree = new BatchTree(reports);
      Hash statement = Statements.promise(domain.deployment(), key.account(), slot, tree.root());
      known = new Signed(tree, key.sign(domain.digest(statement)));
      signed = known;
    }
    return known;
  }
}
