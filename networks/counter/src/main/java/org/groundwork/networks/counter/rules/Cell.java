package org.groundwork.networks.counter.rules;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.ScopeTerms;
import org.groundwork.rules.Amendment;
import org.groundwork.rules.Carry;
import org.groundwork.rules.Claim;
import org.groundwork.rules.Entitlement;
import org.groundwork.rules.GroupInput;
import org.groundwork.rules.GroupKey;
import org.groundwork.rules.GroupResult;
import org.groundwork.rules.RecordRef;
import org.groundwork.rules.Score;
import org.groundwork.rules.Verdict;

/**
 * What the meters of one cell say of each other: each one's last reading, and their median; and
 * which scopes pay for them.
 */
final class Cell {
  /** Shorter than the hash that names a deal or a session. */
  private static final int KEY_SIZE = 8;

  private Cell() {}

  static Claim claim(long cell, RecordRef reading, long value) {
    Bytes fact = new CanonicalWriter().u8(CounterNetwork.READING).u64(value).toBytes();
    return new Claim(key(cell), reading, fact);
  }

  static Claim claim(long cell, RecordRef report, ScopeTerms deal) {
    CanonicalWriter fact = new CanonicalWriter().u8(CounterNetwork.SCOPE);
    deal.write(fact);
    return new Claim(key(cell), report, fact.toBytes());
  }

  private static GroupKey key(long cell) {
    return new GroupKey(new CanonicalWriter().u64(cell).toBytes());
  }

  static boolean isCell(GroupKey group) {
    return group.bytes().size() == KEY_SIZE;
  }

  /**
   * Lowers the verdict on readings further than {@code spread} from the lower median; the other
   * meters share what scopes pay.
   */
  static GroupResult reconcile(GroupInput input, long spread) {
    List<Claim> readings = input.claims().stream().filter(Cell::isReading).toList();
    if (readings.isEmpty()) {
      return new GroupResult(List.of(), List.of(), input.carry());
    }
    List<Long> values = readings.stream().map(Cell::value).sorted().toList();
    long median = values.get((values.size() - 1) / 2);
    Collection<ScopeTerms> deals = deals(input.claims());
    List<Amendment> amendments = new ArrayList<>();
    List<Score> scores = new ArrayList<>();
    for (Claim claim : readings) {
      long value = value(claim);
      if (Math.abs(value - median) > spread) {
        String evidence = "%d, the cell's median is %d".formatted(value, median);
        amendments.add(
            new Amendment(claim.origin(), new Verdict.Rejected(CounterReason.OUTLIER, evidence)));
      } else {
        deals.forEach(deal -> scores.add(score(claim, deal)));
      }
    }
    Carry carry = new Carry(new CanonicalWriter().u64(median).toBytes());
    return new GroupResult(amendments, scores, carry);
  }

  private static boolean isReading(Claim claim) {
    return claim.fact().get(0) == CounterNetwork.READING;
  }

  private static Score score(Claim reading, ScopeTerms deal) {
    try {
      long cell = new CanonicalReader(reading.group().bytes()).u64();
      return new Score(
          reading.origin().device(), new Entitlement.Scope(deal, cell, value(reading)));
    } catch (Malformed e) {
      throw new IllegalStateException(e);
    }
  }

  /** The scopes of the cell, each once, by their ids. */
  private static Collection<ScopeTerms> deals(List<Claim> claims) {
    TreeMap<Hash, ScopeTerms> deals = new TreeMap<>();
    for (Claim claim : claims) {
      if (!isReading(claim)) {
        try {
          ScopeTerms deal = ScopeTerms.read(content(claim));
          deals.put(deal.id(), deal);
        } catch (Malformed e) {
          throw new IllegalStateException(e);
        }
      }
    }
    return deals.values();
  }

  private static long value(Claim claim) {
    try {
      return content(claim).u64();
    } catch (Malformed e) {
      throw new IllegalStateException(e);
    }
  }

  private static CanonicalReader content(Claim claim) {
    return new CanonicalReader(claim.fact().slice(1, claim.fact().size()));
  }
}
