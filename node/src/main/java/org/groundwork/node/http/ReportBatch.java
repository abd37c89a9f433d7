package org.groundwork.node.http;

import java.util.ArrayList;
import java.util.List;
import org.groundwork.node.gateway.Refusal;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.ReportBody;

/** The body of {@code POST /v1/reports}: encoded reports, one after the other. */
public final class ReportBatch {
  /** The most bytes of a request. */
  public static final int MAX_BYTES = 4 << 20;

  /** The most reports of a request. */
  public static final int MAX_REPORTS = 1000;

  private ReportBatch() {}

  /** The framing of a request is broken: none of its reports was looked at. */
  public static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;
    private final Refusal refusal;

    Unreadable(Refusal refusal, String message) {
      super(message);
      this.refusal = refusal;
    }

    public Refusal refusal() {
      return refusal;
    }
  }

  public static Bytes encode(List<Report> reports) {
    org.groundwork.protocol.CanonicalWriter out = new org.groundwork.protocol.CanonicalWriter();
    reports.forEach(report -> out.raw(report.encode()));
    return out.toBytes();
  }

  public static List<Report> decode(Bytes content) throws Unreadable {
    if (content.size() > MAX_BYTES) {
      throw new Unreadable(Refusal.TOO_LARGE, content.size() + " bytes");
    }
    CanonicalReader in = new CanonicalReader(content);
    List<Report> reports = new ArrayList<>();
    while (reports.isEmpty() || in.remaining() > 0) {
      if (reports.size() == MAX_REPORTS) {
        throw new Unreadable(Refusal.TOO_LARGE, "more than " + MAX_REPORTS + " reports");
      }
      reports.add(read(in));
    }
    return reports;
  }

  private static Report read(CanonicalReader in) throws Unreadable {
    try {
      long size = in.u32();
      if (size > ReportBody.MAX_SIZE) {
        throw new Unreadable(Refusal.TOO_LARGE, "a body of " + size + " bytes");
      }
      return new Report(in.raw((int) size), in.raw(Report.SIGNATURE_SIZE));
    } catch (Malformed e) {
      throw new Unreadable(Refusal.MALFORMED, String.valueOf(e.getMessage()));
    }
  }
}
