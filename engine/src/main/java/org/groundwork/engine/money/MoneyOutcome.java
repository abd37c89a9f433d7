package org.groundwork.engine.money;

import org.groundwork.rules.Reason;

/** What became of one piece of evidence of demand. */
public enum MoneyOutcome implements Reason {
  CHARGED(32, "money.charged", "All of it was charged and paid.", "Nothing to do."),
  ABOVE_RESERVATION(
      33,
      "money.above-reservation",
      "The reservation had less left than the evidence asks for; the rest is void.",
      "Serve a customer only within what his reservation has left."),
  ABOVE_CAP(
      34,
      "money.above-cap",
      "The deal had charged all or nearly all of its cap; the rest is void.",
      "Agree on a new deal before the cap is reached."),
  ALREADY_CHARGED(
      35,
      "money.already-charged",
      "This voucher, or a higher one of its session, was charged before.",
      "Nothing to do; only the highest voucher of a session counts."),
  UNKNOWN_RESERVATION(
      36,
      "money.unknown-reservation",
      "The evidence names a reservation that the chain did not show at the epoch's close.",
      "Check the reservation on chain before serving."),
  RESERVATION_MISMATCH(
      37,
      "money.reservation-mismatch",
      "The reservation is of another payer, for another seller or for another network.",
      "Check the reservation on chain before serving."),
  RESERVATION_OVER(
      38,
      "money.reservation-over",
      "The reservation's last epoch was over.",
      "Ask the customer for a new reservation before the last epoch ends."),
  WRONG_DEPLOYMENT(
      39,
      "money.wrong-deployment",
      "The evidence was signed for another deployment.",
      "Point both sides at the same deployment file."),
  WRONG_NETWORK(
      40,
      "money.wrong-network",
      "The evidence was signed for another network.",
      "Sign evidence for the network that the device is registered in."),
  WRONG_DEVICE(
      41,
      "money.wrong-device",
      "The deal is of another device.",
      "Report deals by the device that they name."),
  NO_PRICE(
      42,
      "money.no-price",
      "The chain had no price when the epoch closed.",
      "Record a price on chain; vouchers are charged then."),
  UNKNOWN_SESSION_KEY(
      43,
      "money.unknown-session-key",
      "The voucher's signer was no session key of the payer when the epoch opened.",
      "Check the session on chain before serving."),
  ABOVE_SESSION_LIMIT(
      44,
      "money.above-session-limit",
      "The session key had less left of its limit than the voucher asks for; the rest is void.",
      "Serve a session key only within what its limit has left."),
  OUTSIDE_EPOCHS(
      45,
      "money.outside-epochs",
      "The scope deal is for other epochs.",
      "Serve a customer only in the epochs of his scope.");

  private final int number;
  private final String code;
  private final String happened;
  private final String remedy;

  MoneyOutcome(int number, String code, String happened, String remedy) {
    this.number = number;
    this.code = code;
    this.happened = happened;
    this.remedy = remedy;
  }

  @Override
  public int number() {
    return number;
  }

  @Override
  public String code() {
    return code;
  }

  @Override
  public String happened() {
    return happened;
  }

  @Override
  public String remedy() {
    return remedy;
  }
}
