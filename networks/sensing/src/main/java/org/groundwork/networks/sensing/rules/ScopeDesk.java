package org.groundwork.networks.sensing.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.groundwork.networks.sensing.wire.SensingDefinition;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.ScopeTerms;
import org.groundwork.protocol.SignedScopeDeal;
import org.groundwork.rules.Admitted;
import org.groundwork.rules.Claim;
import org.groundwork.rules.CommonReason;
import org.groundwork.rules.EpochFacts;
import org.groundwork.rules.GroupKey;
import org.groundwork.rules.Verdict;
import org.groundwork.rules.kit.H3;

/** Takes the purchases that a device passes on, and tells the cells of them. */
final class ScopeDesk {
  /** The first byte of a claim about a purchase; the terms follow. */
  static final int SCOPE = 3;

  /** So many purchases of one device are looked at in an epoch: signatures are dear to check. */
  static final int MAX_SCOPES = 32;

  private final SensingDefinition definition;
  private final EpochFacts epoch;
  private final Set<Bytes> known = new TreeSet<>();
  private final List<Claim> claims = new ArrayList<>();
  private int looked;

  ScopeDesk(SensingDefinition definition, EpochFacts epoch) {
    this.definition = definition;
    this.epoch = epoch;
  }

  Verdict take(Admitted record) throws Malformed {
    if (looked == MAX_SCOPES) {
      return Verdict.rejected(CommonReason.TOO_MANY, "more than " + MAX_SCOPES + " purchases");
    }
    looked++;
    CanonicalReader in = new CanonicalReader(record.payload());
    in.u8();
    SignedScopeDeal signed = SignedScopeDeal.read(in);
    in.end();
    ScopeTerms terms = signed.deal().terms();
    Hash id = terms.id();
    if (!terms.network().equals(epoch.network()) || !signed.isGenuine(epoch.domain())) {
      return Verdict.rejected(SensingReason.BAD_SCOPE, "purchase " + id);
    }
    if (epoch
        .reservation(terms.reservation())
        .filter(reservation -> reservation.payer().equals(terms.payer()))
        .filter(reservation -> reservation.seller().equals(terms.pool()))
        .isEmpty()) {
      return Verdict.rejected(
          SensingReason.UNPAID_SCOPE, "purchase " + id + ", reservation " + terms.reservation());
    }
    if (terms.rate().compareTo(definition.pricePerCellEpoch()) < 0) {
      return Verdict.rejected(
          SensingReason.CHEAP_SCOPE,
          "purchase %s: %s credits, the price is %s"
              .formatted(id, terms.rate(), definition.pricePerCellEpoch()));
    }
    if (known.add(id.bytes())) {
      tell(record, signed);
    }
    return Verdict.ACCEPTED;
  }

  private void tell(Admitted record, SignedScopeDeal signed) {
    CanonicalWriter fact = new CanonicalWriter().u8(SCOPE);
    signed.deal().terms().write(fact);
    for (long cell : signed.deal().cells()) {
      if (H3.isCell(cell) && H3.resolution(cell) == definition.cellResolution()) {
        claims.add(new Claim(group(cell), record.ref(), fact.toBytes()));
      }
    }
  }

  static GroupKey group(long cell) {
    return new GroupKey(new CanonicalWriter().u64(cell).toBytes());
  }

  List<Claim> claims() {
    return claims;
  }
}
