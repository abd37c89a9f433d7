package org.groundwork.engine.local;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.groundwork.engine.carry.CarrySnapshot;
import org.groundwork.engine.scratch.SortedRuns;
import org.groundwork.engine.steps.PlacedClaim;
import org.groundwork.protocol.Bytes;
import org.groundwork.rules.GroupKey;
import org.jspecify.annotations.Nullable;

/**
 * Groups of a range, ascending: those that claims are about, merged with those that something is
 * kept about.
 */
final class ClaimedGroups {
  private final Iterator<SortedRuns.Entry> claims;
  private final CarrySnapshot carry;
  private final int[] kept;
  private SortedRuns.@Nullable Entry nextClaim;
  private int nextKept;
  private final int keptEnd;

  /**
   * A range of groups.
   *
   * @param kept places of all kept groups in the carry, ascending
   * @param to empty for no end
   */
  ClaimedGroups(SortedRuns claims, CarrySnapshot carry, int[] kept, Bytes from, Bytes to) {
    this.claims = claims.range(from, to);
    this.carry = carry;
    this.kept = kept;
    this.nextKept = firstKept(from);
    this.keptEnd = to.isEmpty() ? kept.length : firstKept(to);
    advance();
  }

  private void advance() {
    nextClaim = claims.hasNext() ? claims.next() : null;
  }

  private int firstKept(Bytes bound) {
    int low = 0;
    int high = kept.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (keyOfKept(middle).compareTo(bound) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private Bytes keyOfKept(int index) {
    var key = carry.entry(kept[index]).getKey();
    return PlacedClaim.key(key.network(), new GroupKey(key.key()));
  }

  boolean hasNext() {
    return nextClaim != null || nextKept < keptEnd;
  }

  /** The key of the next group; its claims are to be taken before the next one is asked for. */
  Bytes next() {
    SortedRuns.Entry claim = nextClaim;
    if (nextKept < keptEnd) {
      Bytes keptKey = keyOfKept(nextKept);
      int order = claim == null ? 1 : claim.key().compareTo(keptKey);
      if (order >= 0) {
        nextKept++;
        return keptKey;
      }
    }
    if (claim == null) {
      throw new NoSuchElementException("no more groups");
    }
    return claim.key();
  }

  /** The claims about a group. */
  Iterator<PlacedClaim> claims(Bytes group) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return nextClaim != null && nextClaim.key().equals(group);
      }

      @Override
      public PlacedClaim next() {
        SortedRuns.Entry claim = nextClaim;
        if (claim == null || !claim.key().equals(group)) {
          throw new NoSuchElementException("no more claims about " + group);
        }
        advance();
        return PlacedClaim.decode(claim.key(), claim.value());
      }
    };
  }
}
