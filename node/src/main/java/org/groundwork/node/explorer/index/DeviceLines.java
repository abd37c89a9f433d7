package org.groundwork.node.explorer.index;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.groundwork.engine.DeviceSummary;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Malformed;

/** {@code devices.json}: strictly ascending by device. */
final class DeviceLines extends EpochReader<DeviceLines.Line> {
  private static final int MAX_REASONS = 512;

  /** What an epoch said of a device. */
  record Line(long device, int network, BigInteger charged, BigInteger paid, List<Count> counts) {
    long accepted() {
      return sum(false, true);
    }

    long rejected() {
      return sum(false, false);
    }

    long faults() {
      long sum = 0;
      for (Count count : counts) {
        sum += count.fault() ? count.count() : 0;
      }
      return sum;
    }

    private long sum(boolean fault, boolean accepted) {
      long sum = 0;
      for (Count count : counts) {
        boolean counted = count.code().equals(DeviceSummary.ACCEPTED);
        sum += count.fault() == fault && counted == accepted ? count.count() : 0;
      }
      return sum;
    }
  }

  /** How often a reason was given. */
  record Count(String code, boolean fault, long count) {}

  private long previous;
  private long device;
  private int network;
  private BigInteger charged = BigInteger.ZERO;
  private BigInteger paid = BigInteger.ZERO;
  private List<Count> counts = new ArrayList<>(2);

  DeviceLines(Bytes file) throws Malformed {
    super(file);
  }

  @Override
  void member(String name) throws IOException, Malformed {
    switch (name) {
      case "device" -> device = number();
      case "network" -> network = network();
      case "charged" -> charged = amount();
      case "paid" -> paid = amount();
      case "verdicts" -> counts(false);
      case "faultCounts" -> counts(true);
      default -> skip();
    }
  }

  private void counts(boolean fault) throws IOException, Malformed {
    expect(parser().currentToken() == JsonToken.START_OBJECT, "no counts");
    while (parser().nextToken() == JsonToken.FIELD_NAME) {
      String code = parser().currentName();
      expect(code.length() <= 100 && counts.size() < MAX_REASONS, "too many reasons");
      parser().nextToken();
      counts.add(new Count(code, fault, count()));
    }
  }

  @Override
  Line line() throws Malformed {
    expect(device > previous, "devices that do not ascend");
    Line line = new Line(device, network, charged, paid, counts);
    previous = device;
    charged = BigInteger.ZERO;
    paid = BigInteger.ZERO;
    counts = new ArrayList<>(2);
    return line;
  }
}
