package org.groundwork.engine.money;

import java.math.BigInteger;
import java.util.Comparator;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Deal;
import org.groundwork.protocol.DeploymentId;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.Voucher;
import org.groundwork.protocol.crypto.Sha256;
import org.groundwork.rules.Entitlement;
import org.groundwork.rules.Score;

/**
 * A score as the common step reads it. Demands are charged in their order: by network, reservation,
 * kind (deals first), evidence, amount and device, so that what a reservation cannot bear is void
 * for the same evidence everywhere.
 *
 * @param network that judged it
 * @param named the network that the evidence names
 * @param signer who signed a voucher: the payer, or a session key; the payer for a deal
 * @param evidence the deal's id, or the voucher's session
 * @param amount the voucher's cumulative credits, or the deal's rate times the proven slots
 */
record Demand(
    NetworkId network,
    DeviceId device,
    Entitlement entitlement,
    DeploymentId deployment,
    NetworkId named,
    AccountId payer,
    AccountId signer,
    AccountId seller,
    ReservationId reservation,
    ChargeLine.Kind kind,
    Hash evidence,
    BigInteger amount)
    implements Comparable<Demand> {
  private static final Comparator<Demand> ORDER =
      Comparator.comparing(Demand::network)
          .thenComparing(Demand::reservation)
          .thenComparing(Demand::kind)
          .thenComparing(Demand::evidence)
          .thenComparing(Demand::payer)
          .thenComparing(Demand::signer)
          .thenComparing(Demand::seller)
          .thenComparing(Demand::amount)
          .thenComparing(Demand::device);

  static Demand of(NetworkId network, Score score) {
    DeviceId device = score.device();
    return switch (score.entitlement()) {
      case Entitlement.Paid paid -> of(network, device, paid, paid.voucher());
      case Entitlement.Proven proven -> of(network, device, proven, proven.deal());
    };
  }

  private static Demand of(
      NetworkId network, DeviceId device, Entitlement.Paid paid, Voucher voucher) {
    return new Demand(
        network,
        device,
        paid,
        voucher.deployment(),
        voucher.network(),
        voucher.payer(),
        paid.signer(),
        voucher.seller(),
        voucher.reservation(),
        ChargeLine.Kind.VOUCHER,
        voucher.session(),
        voucher.cumulative().value());
  }

  private static Demand of(
      NetworkId network, DeviceId device, Entitlement.Proven proven, Deal deal) {
    return new Demand(
        network,
        device,
        proven,
        deal.deployment(),
        deal.network(),
        deal.payer(),
        deal.payer(),
        deal.seller(),
        deal.reservation(),
        ChargeLine.Kind.DEAL,
        deal.id(),
        deal.rate().value().multiply(BigInteger.valueOf(proven.slots())));
  }

  boolean isOfSessionKey() {
    return !signer.equals(payer);
  }

  /** Under which what was charged before is kept: for vouchers payer and seller belong to it. */
  Hash account() {
    return switch (kind) {
      case DEAL -> evidence;
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
