package org.groundwork.engine.money;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.groundwork.engine.EpochPlan;
import org.groundwork.engine.carry.CarrySnapshot;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.MoneyKind;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.PaymentRule;
import org.groundwork.protocol.Price;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.Total;
import org.groundwork.rules.Entitlement;
import org.groundwork.rules.Reservation;
import org.groundwork.rules.Score;

/**
 * Charges reservations for proven slots and for vouchers, and pays for each charge.
 *
 * <p>A deal charges its rate times the proven slots, within its cap; a voucher what it has grown
 * since its session was charged last; both within what is left of the reservation. The excess is
 * void and stands in the lines.
 */
public final class MoneyStep {
  private static final BigInteger MOST = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);

  private final EpochPlan plan;
  private final Books books;
  private final List<Demand> demands = new ArrayList<>();
  private final Map<NetworkId, TokenAmount> paid = new TreeMap<>();
  private final Map<NetworkId, Credits> charged = new TreeMap<>();
  private final Map<NetworkId, TokenAmount> consumed = new TreeMap<>();

  public MoneyStep(EpochPlan plan, CarrySnapshot carry) {
    this.plan = plan;
    this.books = new Books(plan, carry);
  }

  /** Takes a score of a network; the order of calls does not matter. */
  public void add(NetworkId network, Score score) {
    demands.add(Demand.of(network, score));
  }

  /** Charges and pays for all that was added. */
  public MoneyResult settle() {
    List<ChargeLine> lines = demands.stream().sorted().map(this::settle).toList();
    return new MoneyResult(lines, books.toCarry(), books.leaves(), totals(), dust());
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

  private ChargeLine charge(Demand demand, Reservation reservation, Price price) {
    Credits before = books.chargedTo(reservation);
    Credits own = books.chargedFor(demand);
    BigInteger asked = asked(demand, own);
    BigInteger allowed = asked.min(room(demand, own));
    BigInteger left = reservation.credits().minus(before).value();
    Credits charge = new Credits(allowed.min(left));
    TokenAmount basis = basis(reservation, before, charge);
    TokenAmount payment = PaymentRule.payment(basis, charge, price, plan.margin());
    books.charge(demand, reservation, charge);
    books.pay(demand.network(), demand.seller(), payment);
    charged.merge(demand.network(), charge, Credits::plus);
    consumed.merge(demand.network(), basis, TokenAmount::plus);
    paid.merge(demand.network(), payment, TokenAmount::plus);
    return line(demand, outcome(demand, asked, allowed, charge), asked, charge, basis, payment);
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

  private static TokenAmount basis(Reservation reservation, Credits before, Credits charge) {
    Credits size = reservation.credits();
    return PaymentRule.basisConsumed(size, reservation.basis(), before.plus(charge))
        .minus(PaymentRule.basisConsumed(size, reservation.basis(), before));
  }

  private static MoneyOutcome outcome(
      Demand demand, BigInteger asked, BigInteger allowed, Credits charge) {
    if (charge.value().compareTo(allowed) < 0) {
      return MoneyOutcome.ABOVE_RESERVATION;
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

  private List<Total> totals() {
    List<Total> totals = new ArrayList<>();
    paid.forEach((network, sum) -> add(totals, MoneyKind.PAYMENT, network, sum.value()));
    charged.forEach((network, sum) -> add(totals, MoneyKind.CHARGE, network, sum.value()));
    consumed.forEach((network, sum) -> add(totals, MoneyKind.BASIS, network, sum.value()));
    return totals;
  }

  private static void add(
      List<Total> totals, MoneyKind kind, NetworkId network, BigInteger amount) {
    if (amount.signum() > 0) {
      totals.add(new Total(kind, network, amount));
    }
  }

  private TokenAmount dust() {
    TokenAmount dust = TokenAmount.ZERO;
    for (Map.Entry<NetworkId, TokenAmount> basis : consumed.entrySet()) {
      TokenAmount most = PaymentRule.paymentLimit(basis.getValue(), plan.margin());
      TokenAmount payments = paid.getOrDefault(basis.getKey(), TokenAmount.ZERO);
      dust = dust.plus(most.minus(payments));
    }
    return dust;
  }
}
