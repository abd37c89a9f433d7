package org.groundwork.protocol;

import java.math.BigInteger;

/**
 * One charge is one payment. The same integers as {@code PaymentRule.sol}, which is held equal by a
 * differential test.
 *
 * <p>A reservation of {@code C} credits carries the basis {@code B}, the tokens that were burned
 * for it. Charging it from {@code c0} to {@code c1} in all consumes {@code floor(B*c1/C) -
 * floor(B*c0/C)} of the basis: a function of the cumulative charge alone, so that neither the
 * number of charges nor their order can change what is consumed by more than the reservation's
 * whole.
 */
public final class PaymentRule {
  /** The gateway's part of the operators' share of a charge; a constant of the protocol. */
  public static final BasisPoints GATEWAY_SHARE = new BasisPoints(5000);

  private static final BigInteger WHOLE = BigInteger.valueOf(BasisPoints.WHOLE);
  private static final BigInteger PRICE_SCALE = BigInteger.TEN.pow(Price.DECIMALS);

  private PaymentRule() {}

  /** The basis that a reservation's cumulative charge has consumed; rounded down. */
  public static TokenAmount basisConsumed(Credits reserved, TokenAmount basis, Credits charged) {
    if (charged.compareTo(reserved) > 0) {
      throw new IllegalArgumentException("charged " + charged + " of " + reserved);
    }
    if (reserved.isZero()) {
      return TokenAmount.ZERO;
    }
    return new TokenAmount(
        Rounding.divideFloor(basis.value().multiply(charged.value()), reserved.value()));
  }

  /**
   * What the provider gets for a charge that consumed {@code basis}: {@code min((1-m)*basis,
   * (1-m)*charge/priceHigh)}, each rounded down once.
   */
  public static TokenAmount payment(
      TokenAmount basis, Credits charge, Price priceHigh, BasisPoints margin) {
    BigInteger share = BigInteger.valueOf(margin.complement());
    BigInteger ofCharge =
        Rounding.divideFloor(
            charge.value().multiply(share).multiply(PRICE_SCALE),
            WHOLE.multiply(priceHigh.value()));
    return new TokenAmount(paymentLimit(basis, margin).value().min(ofCharge));
  }

  /** The most that may be paid for {@code basis}, at any price: {@code (1-m)*basis}. */
  public static TokenAmount paymentLimit(TokenAmount basis, BasisPoints margin) {
    BigInteger share = BigInteger.valueOf(margin.complement());
    return new TokenAmount(Rounding.divideFloor(basis.value().multiply(share), WHOLE));
  }

  /** What a charge that consumed {@code basis} leaves to operators: {@code floor(basis * mOps)}. */
  public static TokenAmount operatorsShare(TokenAmount basis, BasisPoints operators) {
    return share(basis, operators);
  }

  /** The gateway's part of the operators' share of one charge, rounded down once more. */
  public static TokenAmount gatewayShare(TokenAmount basis, BasisPoints operators) {
    return share(operatorsShare(basis, operators), GATEWAY_SHARE);
  }

  /** A share of an amount, rounded down. */
  public static TokenAmount share(TokenAmount amount, BasisPoints share) {
    return new TokenAmount(
        Rounding.divideFloor(amount.value().multiply(BigInteger.valueOf(share.value())), WHOLE));
  }

  /** The credits that burning {@code tokens} buys: {@code tokens * priceLow}, rounded down. */
  public static Credits creditsFor(TokenAmount tokens, Price priceLow) {
    return new Credits(
        Rounding.divideFloor(tokens.value().multiply(priceLow.value()), PRICE_SCALE));
  }
}
