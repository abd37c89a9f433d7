package org.groundwork.settlement.deploy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.groundwork.protocol.TokenAmount;

/** Collects the parameters that the contracts would refuse. */
final class Bounds {
  private final List<String> problems = new ArrayList<>();

  void number(String name, long value, long least, long most) {
    check(
        value >= least && value <= most,
        name + " is " + value + ", allowed are " + least + " to " + most);
  }

  void tokens(String name, TokenAmount amount, long least, long most) {
    BigInteger unit = BigInteger.TEN.pow(TokenAmount.DECIMALS);
    BigInteger value = amount.value();
    check(
        value.compareTo(BigInteger.valueOf(least).multiply(unit)) >= 0
            && value.compareTo(BigInteger.valueOf(most).multiply(unit)) <= 0,
        name
            + " is "
            + value
            + " (18 decimals), allowed are "
            + least
            + " to "
            + most
            + " whole tokens");
  }

  void check(boolean holds, String problem) {
    if (!holds) {
      problems.add(problem);
    }
  }

  List<String> problems() {
    return List.copyOf(problems);
  }
}
