package org.groundwork.engine.steps;

import java.util.ArrayList;
import java.util.List;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Deal;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.ScopeTerms;
import org.groundwork.protocol.Voucher;
import org.groundwork.rules.Carry;
import org.groundwork.rules.Entitlement;
import org.groundwork.rules.GroupKey;
import org.groundwork.rules.Score;

/**
 * What the second phase made of a group, amendments apart.
 *
 * @param carry replaces what was kept about the group
 */
public record GroupOutcome(NetworkId network, GroupKey group, Carry carry, List<Score> scores) {
  private static final int PAID = 1;
  private static final int PROVEN = 2;
  private static final int SCOPE = 3;

  public GroupOutcome {
    scores = List.copyOf(scores);
  }

  /** Network (u32), group, carry, then the scores, each with its entitlement. */
  public Bytes encode() {
    CanonicalWriter out =
        new CanonicalWriter()
            .u32(network.value())
            .bytes(group.bytes())
            .bytes(carry.content())
            .u32(scores.size());
    for (Score score : scores) {
      out.u64(score.device().value());
      switch (score.entitlement()) {
        case Entitlement.Paid(var voucher, var signer) -> {
          out.u8(PAID).account(signer);
          voucher.write(out);
        }
        case Entitlement.Proven(var deal, var slots) -> {
          out.u8(PROVEN).u64(slots);
          deal.write(out);
        }
        case Entitlement.Scope(var deal, var cell, var weight) -> {
          out.u8(SCOPE).u64(cell).u64(weight);
          deal.write(out);
        }
      }
    }
    return out.toBytes();
  }

  /** Reads what {@link #encode} wrote in this run. */
  public static GroupOutcome decode(Bytes encoded) {
    try {
      CanonicalReader in = new CanonicalReader(encoded);
      NetworkId network = in.network();
      GroupKey group = new GroupKey(in.bytes(GroupKey.MAX_SIZE));
      Carry carry = new Carry(in.bytes(Carry.MAX_SIZE));
      List<Score> scores = new ArrayList<>();
      for (long left = in.u32(); left > 0; left--) {
        scores.add(new Score(new DeviceId(in.count()), entitlement(in)));
      }
      in.end();
      return new GroupOutcome(network, group, carry, scores);
    } catch (Malformed e) {
      throw new IllegalStateException("an outcome that this run wrote", e);
    }
  }

  private static Entitlement entitlement(CanonicalReader in) throws Malformed {
    return switch (in.u8()) {
      case PAID -> {
        var signer = in.account();
        yield new Entitlement.Paid(Voucher.read(in), signer);
      }
      case PROVEN -> {
        long slots = in.count();
        yield new Entitlement.Proven(Deal.read(in), slots);
      }
      case SCOPE -> {
        long cell = in.u64();
        long weight = in.count();
        yield new Entitlement.Scope(ScopeTerms.read(in), cell, weight);
      }
      default -> throw new Malformed("no entitlement");
    };
  }
}
