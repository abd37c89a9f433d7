package org.groundwork.engine.money;

import java.math.BigInteger;
import java.util.ArrayList;
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
 * Charges reservations for proven slots, vouchers and cells of scopes, and pays for each charge.
 *
 * <p>A deal charges its rate times the proven slots, within its cap; a voucher what it has grown
 * since its session was charged last; a scope its rate for each cell, within its cap; all within
 * what is left of the reservation. The excess is void and stands in the lines.
 */
final class Charging {
  private static final BigInteger MOST = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);

  private final EpochPlan plan;
  private final Books books;
  private final Totals totals;

  private record Payment(Credits charged, TokenAmount basis, TokenAmount paid) {
    static final Payment NOTHING = new Payment(Credits.ZERO, TokenAmount.ZERO, TokenAmount.ZERO);
  }

  Charging(EpochPlan plan, Books books, Totals totals) {
    this.plan = plan;
    this.books = books;
    this.totals = totals;
  }

  /** Charges in the order of demands. */
  List<ChargeLine> settle(List<Demand> demands) {
    List<ChargeLine> lines = new ArrayList<>();
    demands.stream().sorted().forEach(demand -> lines.addAll(settle(demand)));
    return lines;
  }

  private List<ChargeLine> settle(Demand demand) {
    Optional<Reservation> reservation = plan.reservation(demand.reservation());
    Optional<MoneyOutcome> refusal = refusal(demand, reservation);
    if (refusal.isPresent() || reservation.isEmpty()) {
      return refuse(demand, refusal.orElse(MoneyOutcome.UNKNOWN_RESERVATION));
    }
    return plan.priceHigh()
        .map(price -> charge(demand, reservation.get(), price))
        .orElseGet(() -> refuse(demand, MoneyOutcome.NO_PRICE));
  }

  private static List<ChargeLine> refuse(Demand demand, MoneyOutcome outcome) {
    List<BigInteger> asked = demand.split(demand.amount());
    List<ChargeLine> lines = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      Demand.Part part = demand.parts().get(i);
      lines.add(line(demand, part, outcome, asked.get(i), Payment.NOTHING));
    }
    return lines;
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
    if (demand.entitlement() instanceof Entitlement.Scope scope
        && !scope.deal().covers(plan.epoch())) {
      return Optional.of(MoneyOutcome.OUTSIDE_EPOCHS);
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

  private List<ChargeLine> charge(Demand demand, Reservation reservation, Price price) {
    Credits own = books.chargedFor(demand);
    BigInteger asked = asked(demand, own);
    BigInteger allowed = asked.min(room(demand, own));
    BigInteger bySigner = allowed.min(roomOfSigner(demand));
    BigInteger left = reservation.credits().minus(books.chargedTo(reservation)).value();
    BigInteger charge = bySigner.min(left);
    MoneyOutcome outcome =
        charge.compareTo(bySigner) < 0
            ? MoneyOutcome.ABOVE_RESERVATION
            : outcome(demand, asked, allowed, bySigner);
    List<BigInteger> askedBy = demand.split(asked);
    List<BigInteger> chargedBy = demand.split(charge);
    List<ChargeLine> lines = new ArrayList<>();
    for (int i = 0; i < chargedBy.size(); i++) {
      Demand.Part part = demand.parts().get(i);
      Payment payment = pay(demand, part, reservation, new Credits(chargedBy.get(i)), price);
      lines.add(line(demand, part, outcome, askedBy.get(i), payment));
    }
    return lines;
  }

  /** Each part of a charge is a charge of its own: no sum of parts can be paid more than it. */
  private Payment pay(
      Demand demand, Demand.Part part, Reservation reservation, Credits charge, Price price) {
    TokenAmount basis = basis(reservation, books.chargedTo(reservation), charge);
    TokenAmount paid = PaymentRule.payment(basis, charge, price, plan.economy().margin());
    books.charge(demand, reservation, charge);
    books.pay(demand.network(), part.payee(), paid);
    totals.add(MoneyKind.CHARGE, demand.network(), charge.value());
    totals.add(MoneyKind.BASIS, demand.network(), basis.value());
    totals.add(MoneyKind.PAYMENT, demand.network(), paid.value());
    return new Payment(charge, basis, paid);
  }

  /** What the evidence claims beyond what was charged for it. */
  private static BigInteger asked(Demand demand, Credits own) {
    return switch (demand.entitlement()) {
      case Entitlement.Proven _, Entitlement.Scope _ -> demand.amount();
      case Entitlement.Paid _ -> demand.amount().subtract(own.value()).max(BigInteger.ZERO);
    };
  }

  /** What the evidence itself still allows. */
  private static BigInteger room(Demand demand, Credits own) {
    return switch (demand.entitlement()) {
      case Entitlement.Proven proven -> rest(proven.deal().cap(), own);
      case Entitlement.Scope scope -> rest(scope.deal().cap(), own);
      case Entitlement.Paid _ -> MOST;
    };
  }

  private static BigInteger rest(Credits most, Credits used) {
    return most.value().subtract(used.value()).max(BigInteger.ZERO);
  }

  /** What the session key that signed still may charge; no bound for others. */
  private BigInteger roomOfSigner(Demand demand) {
    return sessionKey(demand)
        .filter(_ -> demand.isOfSessionKey())
        .map(session -> rest(session.limit(), books.chargedBySigner(demand)))
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
      Demand demand, Demand.Part part, MoneyOutcome outcome, BigInteger asked, Payment payment) {
    return new ChargeLine(
        demand.network(),
        part.device(),
        demand.kind(),
        demand.evidence(),
        demand.payer(),
        part.payee(),
        demand.reservation(),
        outcome,
        new Credits(asked.min(MOST)),
        payment.charged(),
        payment.basis(),
        payment.paid());
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
