package org.groundwork.engine.money;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.groundwork.engine.money.EconomyLine.Cause;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.TokenAmount;

/** Books what the rules of one epoch say about tokens, with a line for each. */
final class Tokens {
  private final Books books;
  private final Totals totals;
  private final List<EconomyLine> lines = new ArrayList<>();

  Tokens(Books books, Totals totals) {
    this.books = books;
    this.totals = totals;
  }

  /** Makes an amount claimable; nothing happens for an amount of zero. */
  void earn(Cause cause, NetworkId network, AccountId account, TokenAmount amount) {
    earn(new EconomyLine(cause, network, account, Optional.empty(), amount, ""));
  }

  void earn(EconomyLine line) {
    if (!line.amount().isZero()) {
      books.earn(line.cause().kind(), line.network(), line.account(), line.amount());
      totals.add(line.cause().kind(), line.network(), line.amount().value());
      lines.add(line);
    }
  }

  /** Notes what is not claimable now. */
  void note(
      Cause cause,
      NetworkId network,
      AccountId account,
      DeviceId device,
      TokenAmount amount,
      String note) {
    lines.add(new EconomyLine(cause, network, account, Optional.of(device), amount, note));
  }

  List<EconomyLine> lines() {
    return List.copyOf(lines);
  }
}
