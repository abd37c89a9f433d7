package org.groundwork.node.explorer.index;

import java.io.IOException;
import java.math.BigInteger;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Malformed;

/** {@code economy.json}. */
final class EconomyLines extends EpochReader<EconomyLines.Line> {
  /**
   * One thing that happened to tokens besides payments to sellers.
   *
   * @param device 0 if for none's service
   */
  record Line(String cause, int network, long device, BigInteger amount) {}

  private String cause = "";
  private int network;
  private long device;
  private BigInteger amount = BigInteger.ZERO;

  EconomyLines(Bytes file) throws Malformed {
    super(file);
  }

  @Override
  void member(String name) throws IOException, Malformed {
    switch (name) {
      case "cause" -> cause = text();
      case "network" -> network = network();
      case "device" -> device = number();
      case "amount" -> amount = amount();
      default -> skip();
    }
  }

  @Override
  Line line() throws Malformed {
    expect(!cause.isEmpty(), "no cause");
    Line line = new Line(cause, network, device, amount);
    device = 0;
    return line;
  }
}
