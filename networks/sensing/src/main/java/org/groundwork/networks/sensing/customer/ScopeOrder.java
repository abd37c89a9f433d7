package org.groundwork.networks.sensing.customer;

import java.math.BigInteger;
import java.util.List;
import java.util.TreeSet;
import org.groundwork.networks.sensing.wire.Product;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.ProductDeal;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.ScopeDeal;
import org.groundwork.protocol.ScopeTerms;
import org.groundwork.protocol.SignedScopeDeal;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.crypto.AccountKey;

/**
 * What a customer wants to buy.
 *
 * @param cells H3 indexes, in any order
 * @param rate credits a cell and epoch
 */
public record ScopeOrder(
    NetworkId network, List<Long> cells, Credits rate, EpochNumber first, EpochNumber last) {
  public ScopeOrder {
    cells = List.copyOf(new TreeSet<>(cells));
    if (cells.isEmpty() || cells.size() > ScopeDeal.MAX_CELLS) {
      throw new IllegalArgumentException(
          cells.size() + " cells; one purchase takes 1 to " + ScopeDeal.MAX_CELLS);
    }
    if (first.compareTo(last) > 0) {
      throw new IllegalArgumentException("epochs " + first + " to " + last);
    }
  }

  /** The most that it can cost: every cell has data in every epoch. */
  public Credits cost() {
    long epochs = last.value() - first.value() + 1;
    return new Credits(
        rate.value()
            .multiply(BigInteger.valueOf(cells.size()))
            .multiply(BigInteger.valueOf(epochs)));
  }

  /**
   * Signs the deal.
   *
   * @param reservation of at least {@link #cost}, for the network's pool, until the last epoch
   * @param nonce new for each deal
   */
  public SignedScopeDeal sign(
      SigningDomain domain, ReservationId reservation, Hash nonce, AccountKey payer) {
    ScopeDeal deal = deal(domain, reservation, nonce, payer);
    return new SignedScopeDeal(deal, payer.sign(domain.digest(deal.id())));
  }

  /** Signs the deal for one product, not for all. */
  public ProductDeal sign(
      SigningDomain domain,
      ReservationId reservation,
      Hash nonce,
      AccountKey payer,
      Product product) {
    ScopeDeal deal = deal(domain, reservation, nonce, payer);
    int number = product.number();
    return new ProductDeal(deal, number, payer.sign(ProductDeal.digest(deal, number, domain)));
  }

  private ScopeDeal deal(
      SigningDomain domain, ReservationId reservation, Hash nonce, AccountKey payer) {
    ScopeTerms terms =
        new ScopeTerms(
            domain.deployment(),
            network,
            nonce,
            payer.account(),
            reservation,
            ScopeDeal.hash(cells),
            rate,
            cost(),
            first,
            last);
    return new ScopeDeal(terms, cells);
  }
}
