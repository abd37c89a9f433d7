package org.groundwork.networks.storage.ipld;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.groundwork.protocol.Malformed;

/**
 * The parameter {@code entity-bytes}: from and to, both inclusive, negative ones counted from the
 * end.
 *
 * @param to empty for the end
 */
record ByteWindow(long from, Optional<Long> to) {
  static final ByteWindow ALL = new ByteWindow(0, Optional.empty());

  private static final Pattern FORM = Pattern.compile("(-?[0-9]{1,18}):(\\*|-?[0-9]{1,18})");

  static ByteWindow parse(String text) throws Malformed {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new Malformed("entity-bytes is not from:to: " + text);
    }
    long from = Long.parseLong(matcher.group(1));
    if (matcher.group(2).equals("*")) {
      return new ByteWindow(from, Optional.empty());
    }
    long to = Long.parseLong(matcher.group(2));
    if (Long.signum(from) >= 0 && to >= 0 && to < from) {
      throw new Malformed("entity-bytes ends before it begins: " + text);
    }
    return new ByteWindow(from, Optional.of(to));
  }

  /** The first byte, in an entity of this size. */
  long first(long size) {
    return from < 0 ? Math.max(0, size + from) : from;
  }

  /** The last byte, in an entity of this size; before the first if there is none. */
  long last(long size) {
    long asked = to.orElse(size - 1);
    return Math.min(size - 1, asked < 0 ? size + asked : asked);
  }
}
