package org.groundwork.engine.money;

import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.TokenAmount;

/**
 * One piece of evidence of demand and what was charged for it; of a scope deal, one device's part
 * in what its cell charged.
 *
 * @param evidence the deal's id, or the voucher's session
 * @param seller who is paid
 * @param asked what the evidence claims beyond what was charged for it before
 * @param charged to the reservation; the rest of {@code asked} is void
 * @param basis tokens burned for these credits
 */
public record ChargeLine(
    NetworkId network,
    DeviceId device,
    Kind kind,
    Hash evidence,
    AccountId payer,
    AccountId seller,
    ReservationId reservation,
    MoneyOutcome outcome,
    Credits asked,
    Credits charged,
    TokenAmount basis,
    TokenAmount paid) {
  /** Which kind of evidence. */
  public enum Kind {
    DEAL("deal"),
    VOUCHER("voucher"),
    SCOPE("scope");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    public String code() {
      return code;
    }
  }
}
