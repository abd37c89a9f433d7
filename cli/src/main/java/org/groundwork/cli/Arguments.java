package org.groundwork.cli;

import java.math.BigInteger;
import java.util.Locale;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Price;
import org.groundwork.protocol.ReservationId;
import org.groundwork.settlement.Role;

/** Arguments as people write them. Each says in one sentence what is wrong with another text. */
final class Arguments {
  private Arguments() {}

  static AccountId account(String text) {
    try {
      return AccountId.fromHex(text);
    } catch (IllegalArgumentException e) {
      throw new Failure("\"" + text + "\" is not an account: 0x and 40 hex digits.", e);
    }
  }

  static Hash hash(String text) {
    try {
      return Hash.fromHex(text);
    } catch (IllegalArgumentException e) {
      throw new Failure("\"" + text + "\" is not a hash: 0x and 64 hex digits.", e);
    }
  }

  static ReservationId reservation(String text) {
    return new ReservationId(hash(text));
  }

  static Bytes bytes(String text) {
    try {
      return Bytes.fromHex(text);
    } catch (IllegalArgumentException e) {
      throw new Failure("\"" + text + "\" is not hex: 0x and an even number of digits.", e);
    }
  }

  static BigInteger number(String text) {
    try {
      return new BigInteger(text);
    } catch (NumberFormatException e) {
      throw new Failure("\"" + text + "\" is not a number.", e);
    }
  }

  static Role role(String text) {
    for (Role role : Role.values()) {
      if (role.name().equalsIgnoreCase(text)) {
        return role;
      }
    }
    throw new Failure("\"" + text + "\" is no role: verifier or gateway.");
  }

  static String name(Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }

  /** US dollars a token. */
  static Price price(String text) {
    BigInteger exact = Amounts.credits(text).value();
    BigInteger[] parts = exact.divideAndRemainder(BigInteger.TEN.pow(10));
    if (parts[1].signum() != 0 || parts[0].signum() <= 0) {
      throw new Failure("\"" + text + "\" is not a price: write it like 1.25, above zero.");
    }
    return new Price(parts[0]);
  }
}
