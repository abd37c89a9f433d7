package org.groundwork.engine.money;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Deal;
import org.groundwork.protocol.DeploymentId;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.Rounding;
import org.groundwork.protocol.ScopeTerms;
import org.groundwork.protocol.Voucher;
import org.groundwork.protocol.crypto.Sha256;
import org.groundwork.rules.Entitlement;

/**
 * Evidence of demand as the common step reads it. Demands are charged in their order: by network,
 * reservation, kind (deals first, scopes last), evidence, cell, amount and device, so that what a
 * reservation cannot bear is void for the same evidence everywhere.
 *
 * @param network that judged it
 * @param named the network that the evidence names
 * @param signer who signed a voucher: the payer, or a session key; the payer for a deal
 * @param seller for whom the reservation must be made
 * @param evidence the deal's id, or the voucher's session
 * @param cell of a scope; 0 otherwise
 * @param amount the voucher's cumulative credits, the deal's rate times the proven slots, or the
 *     scope's rate
 * @param parts who shares the payment, ascending by device; one unless it is a scope's
 */
record Demand(
    NetworkId network,
    Entitlement entitlement,
    DeploymentId deployment,
    NetworkId named,
    AccountId payer,
    AccountId signer,
    AccountId seller,
    ReservationId reservation,
    ChargeLine.Kind kind,
    Hash evidence,
    long cell,
    BigInteger amount,
    List<Part> parts)
    implements Comparable<Demand> {
  private static final Comparator<Demand> ORDER =
      Comparator.comparing(Demand::network)
          .thenComparing(Demand::reservation)
          .thenComparing(Demand::kind)
          .thenComparing(Demand::evidence)
          .thenComparing(Demand::payer)
          .thenComparing(Demand::signer)
          .thenComparing(Demand::seller)
          .thenComparingLong(Demand::cell)
          .thenComparing(Demand::amount)
          .thenComparing(Demand::device);

  /**
   * A device's part in a demand.
   *
   * @param payee who is paid for it
   * @param weight positive
   */
  record Part(DeviceId device, AccountId payee, BigInteger weight) {
    static Part whole(DeviceId device, AccountId payee) {
      return new Part(device, payee, BigInteger.ONE);
    }
  }

  Demand {
    parts = List.copyOf(parts);
  }

  static Demand of(NetworkId network, DeviceId device, Entitlement.Paid paid) {
    Voucher voucher = paid.voucher();
    return new Demand(
        network,
        paid,
        voucher.deployment(),
        voucher.network(),
        voucher.payer(),
        paid.signer(),
        voucher.seller(),
        voucher.reservation(),
        ChargeLine.Kind.VOUCHER,
        voucher.session(),
        0,
        voucher.cumulative().value(),
        List.of(Part.whole(device, voucher.seller())));
  }

  static Demand of(NetworkId network, DeviceId device, Entitlement.Proven proven) {
    Deal deal = proven.deal();
    return new Demand(
        network,
        proven,
        deal.deployment(),
        deal.network(),
        deal.payer(),
        deal.payer(),
        deal.seller(),
        deal.reservation(),
        ChargeLine.Kind.DEAL,
        deal.id(),
        0,
        deal.rate().value().multiply(BigInteger.valueOf(proven.slots())),
        List.of(Part.whole(device, deal.seller())));
  }

  /** What a cell of a scope charges for the parts that devices have in it; at least one. */
  static Demand of(NetworkId network, ScopeTerms deal, long cell, List<Part> parts) {
    return new Demand(
        network,
        new Entitlement.Scope(deal, cell, 0),
        deal.deployment(),
        deal.network(),
        deal.payer(),
        deal.payer(),
        deal.pool(),
        deal.reservation(),
        ChargeLine.Kind.SCOPE,
        deal.id(),
        cell,
        deal.rate().value(),
        parts);
  }

  /** The device, of several the first. */
  DeviceId device() {
    return parts.getFirst().device();
  }

  /** Splits an amount by weight, none of it left: the first parts together get it rounded down. */
  List<BigInteger> split(BigInteger whole) {
    BigInteger all = parts.stream().map(Part::weight).reduce(BigInteger.ZERO, BigInteger::add);
    List<BigInteger> shares = new ArrayList<>();
    BigInteger weight = BigInteger.ZERO;
    BigInteger given = BigInteger.ZERO;
    for (Part part : parts) {
      weight = weight.add(part.weight());
      BigInteger together = Rounding.divideFloor(whole.multiply(weight), all);
      shares.add(together.subtract(given));
      given = together;
    }
    return shares;
  }

  boolean isOfSessionKey() {
    return !signer.equals(payer);
  }

  /** Under which what was charged before is kept: for vouchers payer and seller belong to it. */
  Hash account() {
    return switch (kind) {
      case DEAL, SCOPE -> evidence;
      case VOUCHER ->
          Sha256.hash(
              new CanonicalWriter()
                  .account(payer)
                  .account(seller)
                  .hash(evidence)
                  .toBytes()
                  .unsafeArray());
    };
  }

  @Override
  public int compareTo(Demand other) {
    return ORDER.compare(this, other);
  }
}
