package org.groundwork.networks.storage.content;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One range of bytes (RFC 9110, section 14). Several at once are answered with everything. */
public final class ContentRange {
  /** Eighteen digits always fit into a long. */
  private static final Pattern SINGLE = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

  private ContentRange() {}

  /**
   * What is served.
   *
   * @param unsatisfiable nothing is: the range holds no byte
   */
  public record Served(long from, long length, boolean unsatisfiable) {}

  /** Reads the request's range and writes status and headers for it. */
  public static Served apply(ServerRequest request, ServerResponse response, long size) {
    response.header(HeaderNames.ACCEPT_RANGES, "bytes");
    Served served = parse(request.headers().value(HeaderNames.RANGE).orElse(""), size);
    if (served.unsatisfiable()) {
      response.status(Status.REQUESTED_RANGE_NOT_SATISFIABLE_416);
      response.header(HeaderNames.CONTENT_RANGE, "bytes */" + size);
      return served;
    }
    if (served.length() < size) {
      response.status(Status.PARTIAL_CONTENT_206);
      response.header(
          HeaderNames.CONTENT_RANGE,
          "bytes " + served.from() + "-" + (served.from() + served.length() - 1) + "/" + size);
    }
    response.header(HeaderNames.CONTENT_LENGTH, Long.toString(served.length()));
    return served;
  }

  static Served parse(String header, long size) {
    Matcher matcher = SINGLE.matcher(header.strip());
    Served all = new Served(0, size, false);
    if (!matcher.matches() || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
      return all;
    }
    if (matcher.group(1).isEmpty()) {
      long length = Math.min(Long.parseLong(matcher.group(2)), size);
      return new Served(size - length, length, length == 0);
    }
    long from = Long.parseLong(matcher.group(1));
    long to = matcher.group(2).isEmpty() ? size - 1 : Long.parseLong(matcher.group(2));
    if (to < from && !matcher.group(2).isEmpty()) {
      return all;
    }
    long last = Math.min(to, size - 1);
    return new Served(from, last - from + 1, from >= size);
  }
}
