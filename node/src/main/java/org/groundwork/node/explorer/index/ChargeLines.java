package org.groundwork.node.explorer.index;

import java.io.IOException;
import java.math.BigInteger;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Malformed;

/** {@code charges.json}. */
final class ChargeLines extends EpochReader<ChargeLines.Line> {
  /** One piece of evidence of demand and what it came to. */
  record Line(
      int network,
      String payer,
      String seller,
      BigInteger asked,
      BigInteger charged,
      BigInteger basis,
      BigInteger paid) {}

  private int network;
  private String payer = "";
  private String seller = "";
  private BigInteger asked = BigInteger.ZERO;
  private BigInteger charged = BigInteger.ZERO;
  private BigInteger basis = BigInteger.ZERO;
  private BigInteger paid = BigInteger.ZERO;

  ChargeLines(Bytes file) throws Malformed {
    super(file);
  }

  @Override
  void member(String name) throws IOException, Malformed {
    switch (name) {
      case "network" -> network = network();
      case "payer" -> payer = account();
      case "seller" -> seller = account();
      case "asked" -> asked = amount();
      case "charged" -> charged = amount();
      case "basis" -> basis = amount();
      case "paid" -> paid = amount();
      default -> skip();
    }
  }

  private String account() throws IOException, Malformed {
    String account = text();
    expect(account.length() == 42, "no account");
    return account;
  }

  @Override
  Line line() throws Malformed {
    expect(!payer.isEmpty() && !seller.isEmpty(), "a charge without payer or seller");
    return new Line(network, payer, seller, asked, charged, basis, paid);
  }
}
