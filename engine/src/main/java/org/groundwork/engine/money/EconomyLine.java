package org.groundwork.engine.money;

import java.util.Optional;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.MoneyKind;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.TokenAmount;

/**
 * One thing that happened to tokens besides payments to sellers.
 *
 * @param account who gets the amount, or would have
 * @param device for whose service, capacity or offence; empty if for none's
 * @param note what a reader must know besides, such as a slash's reason; may be empty
 */
public record EconomyLine(
    Cause cause,
    NetworkId network,
    AccountId account,
    Optional<DeviceId> device,
    TokenAmount amount,
    String note) {
  /** What happened. The codes are stable. */
  public enum Cause {
    /** A gateway's part of the operators' share of one device's charges. */
    GATEWAY("operations.gateway", MoneyKind.OPERATIONS),
    /** A verifier's part of the pools of the result before. */
    VERIFIER("operations.verifier", MoneyKind.OPERATIONS),
    /** A verifier's part of what emission adds to the pools. */
    DUTY("duty", MoneyKind.DUTY),
    TREASURY("treasury", MoneyKind.TREASURY),
    /** A share of a bootstrap budget, payable later. */
    AWARDED("bootstrap.awarded", MoneyKind.BOOTSTRAP),
    /** An award that is payable now. */
    VESTED("bootstrap.vested", MoneyKind.BOOTSTRAP),
    /** An award that a slash took. */
    FORFEITED("bootstrap.forfeited", MoneyKind.BOOTSTRAP),
    /** Tokens to take of a device's stake. */
    SLASHED("slashed", MoneyKind.SLASH);

    private final String code;
    private final MoneyKind kind;

    Cause(String code, MoneyKind kind) {
      this.code = code;
      this.kind = kind;
    }

    public String code() {
      return code;
    }

    public MoneyKind kind() {
      return kind;
    }
  }
}
