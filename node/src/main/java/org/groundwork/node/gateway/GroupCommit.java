package org.groundwork.node.gateway;

import java.util.Arrays;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Promise;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.Statements;
import org.groundwork.protocol.crypto.AccountKey;
import org.jspecify.annotations.Nullable;

/**
 * Reports of one slot that become durable together. The journal's thread gathers them; when they
 * are on disk the gateway signs them as one. That signature is deterministic, so that a gateway
 * that comes back gives the same promises again.
 */
final class GroupCommit {
  private final SigningDomain domain;
  private final AccountKey key;
  private final SlotNumber slot;
  private volatile byte[] reports;

  /** Of the thread that gathers. */
  private int size;

  private volatile boolean durable;

  /** Made when it is first wanted, and kept: who asks again and again must stay cheap. */
  private @Nullable Signed signed;

  private record Signed(BatchTree tree, Bytes signature) {}

  GroupCommit(SigningDomain domain, AccountKey key, SlotNumber slot, int capacity) {
    this.domain = domain;
    this.key = key;
    this.slot = slot;
    reports = new byte[capacity * Hash.SIZE];
  }

  int size() {
    return size;
  }

  /** Adds a report at the place {@link #size}. */
  void add(Hash report) {
    int next = size;
    System.arraycopy(report.bytes().unsafeArray(), 0, reports, next * Hash.SIZE, Hash.SIZE);
    size = next + 1;
  }

  void removeLast() {
    size--;
  }

  boolean isAt(int index, Hash report) {
    int at = index * Hash.SIZE;
    return Arrays.equals(reports, at, at + Hash.SIZE, report.bytes().unsafeArray(), 0, Hash.SIZE);
  }

  /** Nothing is added any more, and all of it survives a crash. */
  void becameDurable() {
    reports = Arrays.copyOf(reports, size * Hash.SIZE);
    durable = true;
  }

  boolean isDurable() {
    return durable;
  }

  /** Signs now what is durable, instead of when the first promise is asked for. */
  synchronized void sign() {
    signed();
  }

  synchronized Promise promise(int index) {
    Signed all = signed();
    int at = index * Hash.SIZE;
    Hash report = Hash.wrap(Arrays.copyOfRange(reports, at, at + Hash.SIZE));
    int count = reports.length / Hash.SIZE;
    return new Promise(
        key.account(), slot, report, index, count, all.tree.path(index), all.signature);
  }

  private Signed signed() {
    if (!durable) {
      throw new IllegalStateException("not durable yet");
    }
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
