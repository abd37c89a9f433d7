package org.groundwork.node.mqtt;

import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CompactJws;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Report;

/** The two payloads in which devices publish reports. */
final class Payloads {
  private Payloads() {}

  /**
   * A report in its canonical encoding, whose first byte is 0 because no body is that long, or as a
   * compact JWS, whose first character is a letter; a line's end after it does no harm.
   *
   * @throws Malformed if it is neither
   */
  static Report decode(Bytes payload) throws Malformed {
    if (payload.isEmpty()) {
      throw new Malformed("an empty payload");
    }
    return payload.get(0) == 0
        ? Report.decode(payload)
        : CompactJws.decode(payload.slice(0, end(payload)));
  }

  private static int end(Bytes text) {
    int end = text.size();
    while (end > 0 && (text.get(end - 1) == '\n' || text.get(end - 1) == '\r')) {
      end--;
    }
    return end;
  }
}
