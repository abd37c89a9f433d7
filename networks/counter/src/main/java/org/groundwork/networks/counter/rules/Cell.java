package org.groundwork.networks.counter.rules;

import java.util.ArrayList;
import java.util.List;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Malformed;
import org.groundwork.rules.Amendment;
import org.groundwork.rules.Carry;
import org.groundwork.rules.Claim;
import org.groundwork.rules.GroupInput;
import org.groundwork.rules.GroupKey;
import org.groundwork.rules.GroupResult;
import org.groundwork.rules.RecordRef;
import org.groundwork.rules.Verdict;

/** What the meters of one cell say of each other: each one's last reading, and their median. */
final class Cell {
  /** Shorter than the hash that names a deal or a session. */
  private static final int KEY_SIZE = 8;

  private Cell() {}

  static Claim claim(long cell, RecordRef reading, long value) {
    Bytes key = new CanonicalWriter().u64(cell).toBytes();
    Bytes fact = new CanonicalWriter().u8(CounterNetwork.READING).u64(value).toBytes();
    return new Claim(new GroupKey(key), reading, fact);
  }

  static boolean isCell(GroupKey group) {
    return group.bytes().size() == KEY_SIZE;
  }

  /** Lowers the verdict on readings further than {@code spread} from the lower median. */
  static GroupResult reconcile(GroupInput input, long spread) {
    if (input.claims().isEmpty()) {
      return new GroupResult(List.of(), List.of(), input.carry());
    }
    List<Long> values = input.claims().stream().map(Cell::value).sorted().toList();
    long median = values.get((values.size() - 1) / 2);
    List<Amendment> amendments = new ArrayList<>();
    for (Claim claim : input.claims()) {
      if (Math.abs(value(claim) - median) > spread) {
        String evidence = "%d, the cell's median is %d".formatted(value(claim), median);
        amendments.add(
            new Amendment(claim.origin(), new Verdict.Rejected(CounterReason.OUTLIER, evidence)));
      }
    }
    Carry carry = new Carry(new CanonicalWriter().u64(median).toBytes());
    return new GroupResult(amendments, List.of(), carry);
  }

  private static long value(Claim claim) {
    try {
      return new CanonicalReader(claim.fact().slice(1, claim.fact().size())).u64();
    } catch (Malformed e) {
      throw new IllegalStateException(e);
    }
  }
}
