package org.groundwork.engine.money;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.groundwork.engine.EpochPlan;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.MoneyKind;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.PaymentRule;
import org.groundwork.protocol.Price;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.rules.Entitlement;
import org.groundwork.rules.Reservation;
import org.groundwork.rules.SessionKey;

/**
 * Charges reservations for proven slots and for vouchers, and pays for each charge.
 *
 * <p>A deal charges its rate times the proven slots, within its cap; a voucher what it has grown
 * since its session was charged last; both within what is left of the reservation. The excess is
 * void and stands in the lines.
 */
final class Charging {
  private static final BigInteger MOST = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);

  private final EpochPlan plan;
  private final Books books;
  private final Totals totals;

  Charging(EpochPlan plan, Books books, Totals totals) {
    this.plan = plan;
    this.books = books;
    this.totals = totals;
  }

  /** Charges in the order of demands. */
  List<ChargeLine> settle(List<Demand> demands) {
    return demands.stream().sorted().map(this::settle).toList();
  }

  private ChargeLine settle(Demand demand) {
    Optional<Reservation> reservation = plan.reservation(demand.reservation());
    Optional<MoneyOutcome> refusal = refusal(demand, reservation);
    if (refusal.isPresent() || reservation.isEmpty()) {
      MoneyOutcome outcome = refusal.orElse(MoneyOutcome.UNKNOWN_RESERVATION);
      return line(
          demand, outcome, demand.amount(), Credits.ZERO, TokenAmount.ZERO, TokenAmount.ZERO);
    }
    return plan.priceHigh()
        .map(price -> charge(demand, reservation.get(), price))
        .orElseGet(() ->
            line(
                demand,
                MoneyOutcome.NO_PRICE,
                demand.amount(),
                Credits.ZERO,
                TokenAmount.ZERO,
                TokenAmount.ZERO));
  }

  /** Why a demand charges nothing at all. */
  private Optional<MoneyOutcome> refusal(Demand demand, Optional<Reservation> reservation) {
    if (!demand.deployment().equals(plan.domain().deployment())) {
      return Optional.of(MoneyOutcome.WRONG_DEPLOYMENT);
    }
    if (!demand.named().equals(demand.network())) {
      return Optional.of(MoneyOutcome.WRONG_NETWORK);
    }
    if (demand.entitlement() instanceof Entitlement.Proven proven
        && !proven.deal().device().equals(demand.device())) {
      return Optional.of(MoneyOutcome.WRONG_DEVICE);
    }
    if (demand.isOfSessionKey() && sessionKey(demand).isEmpty()) {
      return Optional.of(MoneyOutcome.UNKNOWN_SESSION_KEY);
    }
    return reservation
        .map(found -> refusal(demand, found))
        .orElse(Optional.of(MoneyOutcome.UNKNOWN_RESERVATION));
  }

  private Optional<MoneyOutcome> refusal(Demand demand, Reservation reservation) {
    if (!reservation.payer().equals(demand.payer())
        || !reservation.seller().equals(demand.seller())
        || !reservation.network().equals(demand.network())) {
      return Optional.of(MoneyOutcome.RESERVATION_MISMATCH);
    }
    if (reservation.lastEpoch().compareTo(plan.epoch()) < 0) {
      return Optional.of(MoneyOutcome.RESERVATION_OVER);
    }
    return Optional.empty();
  }

  private Optional<SessionKey> sessionKey(Demand demand) {
    return plan.sessionKey(demand.network(), demand.payer(), demand.signer());
  }

  private ChargeLine charge(Demand demand, Reservation reservation, Price price) {
    Credits before = books.chargedTo(reservation);
    Credits own = books.chargedFor(demand);
    BigInteger asked = asked(demand, own);
    BigInteger allowed = asked.min(room(demand, own));
    BigInteger bySigner = allowed.min(roomOfSigner(demand));
    BigInteger left = reservation.credits().minus(before).value();
    Credits charge = new Credits(bySigner.min(left));
    TokenAmount basis = basis(reservation, before, charge);
    TokenAmount payment = PaymentRule.payment(basis, charge, price, plan.economy().margin());
    books.charge(demand, reservation, charge);
    books.pay(demand.network(), demand.seller(), payment);
    totals.add(MoneyKind.CHARGE, demand.network(), charge.value());
    totals.add(MoneyKind.BASIS, demand.network(), basis.value());
    totals.add(MoneyKind.PAYMENT, demand.network(), payment.value());
    MoneyOutcome outcome =
        charge.value().compareTo(bySigner) < 0
            ? MoneyOutcome.ABOVE_RESERVATION
            : outcome(demand, asked, allowed, bySigner);
    return line(demand, outcome, asked, charge, basis, payment);
  }

  /** What the evidence claims beyond what was charged for it. */
  private static BigInteger asked(Demand demand, Credits own) {
    return switch (demand.entitlement()) {
      case Entitlement.Proven _ -> demand.amount();
      case Entitlement.Paid _ -> demand.amount().subtract(own.value()).max(BigInteger.ZERO);
    };
  }

  /** What the evidence itself still allows. */
  private static BigInteger room(Demand demand, Credits own) {
    return switch (demand.entitlement()) {
      case Entitlement.Proven proven ->
          proven.deal().cap().value().subtract(own.value()).max(BigInteger.ZERO);
      case Entitlement.Paid _ -> MOST;
    };
  }

  /** What the session key that signed still may charge; no bound for others. */
  private BigInteger roomOfSigner(Demand demand) {
    return sessionKey(demand)
        .filter(_ -> demand.isOfSessionKey())
        .map(session ->
            session
                .limit()
                .value()
                .subtract(books.chargedBySigner(demand).value())
                .max(BigInteger.ZERO))
        .orElse(MOST);
  }

  private static TokenAmount basis(Reservation reservation, Credits before, Credits charge) {
    Credits size = reservation.credits();
    return PaymentRule.basisConsumed(size, reservation.basis(), before.plus(charge))
        .minus(PaymentRule.basisConsumed(size, reservation.basis(), before));
  }

  private static MoneyOutcome outcome(
      Demand demand, BigInteger asked, BigInteger allowed, BigInteger bySigner) {
    if (bySigner.compareTo(allowed) < 0) {
      return MoneyOutcome.ABOVE_SESSION_LIMIT;
    }
    if (allowed.compareTo(asked) < 0) {
      return MoneyOutcome.ABOVE_CAP;
    }
    return demand.kind() == ChargeLine.Kind.VOUCHER && asked.signum() == 0
        ? MoneyOutcome.ALREADY_CHARGED
        : MoneyOutcome.CHARGED;
  }

  private static ChargeLine line(
      Demand demand,
      MoneyOutcome outcome,
      BigInteger asked,
      Credits charge,
      TokenAmount basis,
      TokenAmount payment) {
    return new ChargeLine(
        demand.network(),
        demand.device(),
        demand.kind(),
        demand.evidence(),
        demand.payer(),
        demand.seller(),
        demand.reservation(),
        outcome,
        new Credits(asked.min(MOST)),
        charge,
        basis,
        payment);
  }

  /** What of (1 - m) of the basis of each network was not paid there. */
  TokenAmount dust() {
    TokenAmount dust = TokenAmount.ZERO;
    for (Map.Entry<NetworkId, TokenAmount> basis : totals.basis().entrySet()) {
      TokenAmount most = PaymentRule.paymentLimit(basis.getValue(), plan.economy().margin());
      dust = dust.plus(most.minus(totals.tokens(MoneyKind.PAYMENT, basis.getKey())));
    }
    return dust;
  }
}
