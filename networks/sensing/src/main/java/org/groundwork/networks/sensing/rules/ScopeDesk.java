package org.groundwork.networks.sensing.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.groundwork.networks.sensing.wire.Product;
import org.groundwork.networks.sensing.wire.SensingDefinition;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.ProductDeal;
import org.groundwork.protocol.ScopeDeal;
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

  /** Takes a purchase of all that cells have. */
  Verdict take(Admitted record) throws Malformed {
    if (looked == MAX_SCOPES) {
      return tooMany();
    }
    looked++;
    CanonicalReader in = new CanonicalReader(record.payload());
    in.u8();
    SignedScopeDeal signed = SignedScopeDeal.read(in);
    in.end();
    return take(record, signed.deal(), Product.ALL, signed.isGenuine(epoch.domain()));
  }

  /** Takes a purchase of one product. */
  Verdict takeProduct(Admitted record) throws Malformed {
    if (looked == MAX_SCOPES) {
      return tooMany();
    }
    looked++;
    CanonicalReader in = new CanonicalReader(record.payload());
    in.u8();
    ProductDeal signed = ProductDeal.read(in);
    in.end();
    Product product = Product.of(signed.product());
    return take(record, signed.deal(), product, signed.isGenuine(epoch.domain()));
  }

  private static Verdict tooMany() {
    return Verdict.rejected(CommonReason.TOO_MANY, "more than " + MAX_SCOPES + " purchases");
  }

  private Verdict take(Admitted record, ScopeDeal deal, Product product, boolean isGenuine) {
    ScopeTerms terms = deal.terms();
    Hash id = terms.id();
    if (!terms.network().equals(epoch.network()) || !isGenuine) {
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
    Optional<Credits> price = definition.price(product);
    if (price.filter(least -> terms.rate().compareTo(least) >= 0).isEmpty()) {
      return Verdict.rejected(
          SensingReason.CHEAP_SCOPE,
          "purchase %s: %s credits, the price is %s"
              .formatted(
                  id,
                  terms.rate(),
                  price.map(Credits::toString).orElse("not set: not sold alone")));
    }
    if (known.add(id.bytes())) {
      tell(record, deal);
    }
    return Verdict.ACCEPTED;
  }

  private void tell(Admitted record, ScopeDeal deal) {
    CanonicalWriter fact = new CanonicalWriter().u8(SCOPE);
    deal.terms().write(fact);
    for (long cell : deal.cells()) {
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
