package org.groundwork.node.explorer.index;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigInteger;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Malformed;

/** The leaves of {@code money.json}, which holds their tree, too. */
final class LeafLines extends EpochReader<LeafLines.Line> {
  /**
   * A money leaf.
   *
   * @param subject 32 bytes in hexadecimal; of an account the last 20
   */
  record Line(int kind, int network, String subject, BigInteger cumulative) {}

  private int kind;
  private int network;
  private String subject = "";
  private BigInteger cumulative = BigInteger.ZERO;

  LeafLines(Bytes file) throws Malformed {
    super(file);
  }

  @Override
  void begin() throws IOException, Malformed {
    expect(parser().nextToken() == JsonToken.START_OBJECT, "no dump of a tree");
    while (parser().nextToken() == JsonToken.FIELD_NAME) {
      boolean here = parser().currentName().equals("values");
      JsonToken token = parser().nextToken();
      if (here) {
        expect(token == JsonToken.START_ARRAY, "no leaves");
        return;
      }
      skip();
    }
    throw new Malformed("no leaves");
  }

  @Override
  void member(String name) throws IOException, Malformed {
    if (!name.equals("value")) {
      skip();
      return;
    }
    expect(parser().currentToken() == JsonToken.START_ARRAY, "no leaf");
    parser().nextToken();
    kind = (int) Math.min(number(), Integer.MAX_VALUE);
    parser().nextToken();
    network = (int) Math.min(number(), Integer.MAX_VALUE);
    parser().nextToken();
    subject = text();
    parser().nextToken();
    cumulative = amount();
    expect(parser().nextToken() == JsonToken.END_ARRAY, "a leaf that is too long");
  }

  @Override
  Line line() throws Malformed {
    expect(subject.length() == 66, "no subject");
    return new Line(kind, network, subject, cumulative);
  }
}
