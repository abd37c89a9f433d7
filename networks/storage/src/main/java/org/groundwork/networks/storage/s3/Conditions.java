package org.groundwork.networks.storage.s3;

import java.net.InetAddress;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a policy's statement may demand beyond who, what and where. */
final class Conditions {
  /** Parts of a query that can be asked about. */
  static final List<String> PARAMETERS = List.of("prefix", "delimiter", "max-keys", "versionId");

  private static final Set<String> KEYS =
      Set.of(
          "aws:sourceip",
          "aws:securetransport",
          "aws:currenttime",
          "aws:epochtime",
          "aws:userid",
          "aws:username",
          "aws:principaltype",
          "aws:referer",
          "aws:useragent",
          "s3:prefix",
          "s3:delimiter",
          "s3:max-keys",
          "s3:versionid");
  private static final Pattern MORE_KEYS =
      Pattern.compile("s3:(x-amz-[a-z0-9-]+|(existing|request)objecttag/.{1,128})");
  private static final String IF_EXISTS = "IfExists";

  private Conditions() {}

  /**
   * One line of a condition: an operator, a key and the values of which one has to match.
   *
   * @param key lower-case
   */
  record Condition(Operator operator, boolean ifExists, String key, List<String> values) {
    Condition {
      values = List.copyOf(values);
    }

    static Condition of(String operator, String key, List<String> values) throws S3Exception {
      boolean ifExists = operator.endsWith(IF_EXISTS);
      String name =
          ifExists ? operator.substring(0, operator.length() - IF_EXISTS.length()) : operator;
      Operator known =
          Arrays.stream(Operator.values())
              .filter(o -> o.name().equals(name))
              .findFirst()
              .orElseThrow(
                  () -> S3Error.MalformedPolicy.exception("Invalid Condition type : " + operator));
      String lower = Question.lower(key);
      if (!KEYS.contains(lower) && !MORE_KEYS.matcher(lower).matches()) {
        throw S3Error.MalformedPolicy.exception("Policy has an invalid condition key - " + key);
      }
      for (String value : values) {
        if (!known.valid(value)) {
          throw S3Error.MalformedPolicy.exception("Invalid value for condition : " + operator);
        }
      }
      return new Condition(known, ifExists, lower, values);
    }

    boolean holds(Question question) {
      Optional<String> actual = Optional.ofNullable(question.keys().get(key));
      if (operator == Operator.Null) {
        return values.contains(Boolean.toString(actual.isEmpty()));
      }
      if (actual.isEmpty()) {
        return ifExists || operator.negative();
      }
      boolean matches = values.stream().anyMatch(v -> operator.matches(actual.get(), v));
      return matches != operator.negative();
    }
  }

  /** How a value is compared; the names are those of policies. */
  enum Operator {
    StringEquals,
    StringNotEquals,
    StringEqualsIgnoreCase,
    StringNotEqualsIgnoreCase,
    StringLike,
    StringNotLike,
    IpAddress,
    NotIpAddress,
    Bool,
    NumericEquals,
    NumericNotEquals,
    NumericLessThan,
    NumericLessThanEquals,
    NumericGreaterThan,
    NumericGreaterThanEquals,
    DateLessThan,
    DateGreaterThan,
    Null;

    boolean negative() {
      return name().contains("Not");
    }

    /** Whether the values match; of a negative operator, whether its opposite holds. */
    boolean matches(String actual, String wanted) {
      return switch (this) {
        case StringEquals, StringNotEquals, Null -> actual.equals(wanted);
        case StringEqualsIgnoreCase, StringNotEqualsIgnoreCase, Bool ->
            actual.equalsIgnoreCase(wanted);
        case StringLike, StringNotLike -> Wildcard.matches(wanted, actual);
        case IpAddress, NotIpAddress -> inNetwork(actual, wanted);
        case NumericEquals, NumericNotEquals -> compareNumbers(actual, wanted) == 0;
        case NumericLessThan -> compareNumbers(actual, wanted) < 0;
        case NumericLessThanEquals -> compareNumbers(actual, wanted) <= 0;
        case NumericGreaterThan -> compareNumbers(wanted, actual) < 0;
        case NumericGreaterThanEquals -> compareNumbers(wanted, actual) <= 0;
        case DateLessThan -> compareDates(actual, wanted) < 0;
        case DateGreaterThan -> compareDates(wanted, actual) < 0;
      };
    }

    /** Whether a policy may name this value. */
    boolean valid(String value) {
      return switch (this) {
        case IpAddress, NotIpAddress -> Network.parse(value).isPresent();
        case Bool, Null -> value.equals("true") || value.equals("false");
        case NumericEquals,
            NumericNotEquals,
            NumericLessThan,
            NumericLessThanEquals,
            NumericGreaterThan,
            NumericGreaterThanEquals ->
            number(value).isPresent();
        case DateLessThan, DateGreaterThan -> date(value).isPresent();
        default -> true;
      };
    }
  }

  /** What is no number is the larger one on the left and the smaller one on the right. */
  private static int compareNumbers(String left, String right) {
    return Long.compare(number(left).orElse(Long.MAX_VALUE), number(right).orElse(Long.MIN_VALUE));
  }

  private static Optional<Long> number(String text) {
    try {
      return Optional.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static int compareDates(String actual, String wanted) {
    return date(actual).orElse(Instant.MAX).compareTo(date(wanted).orElse(Instant.MIN));
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return number(text).filter(s -> s > 0 && s < 1L << 40).map(Instant::ofEpochSecond);
    }
  }

  private static boolean inNetwork(String address, String network) {
    Optional<Network> single = Network.parse(address);
    Optional<Network> range = Network.parse(network);
    return single.isPresent() && range.isPresent() && range.get().contains(single.get());
  }

  /**
   * Addresses with the same first bits.
   *
   * @param bits how many
   */
  private record Network(InetAddress address, int bits) {
    private static final Pattern FORM = Pattern.compile("([0-9a-fA-F.:]{2,45})(?:/([0-9]{1,3}))?");

    static Optional<Network> parse(String text) {
      var matcher = FORM.matcher(text);
      if (!matcher.matches()) {
        return Optional.empty();
      }
      try {
        InetAddress address = InetAddress.ofLiteral(String.valueOf(matcher.group(1)));
        int all = address.getAddress().length * Byte.SIZE;
        String bits = matcher.group(2);
        int count = bits == null ? all : Integer.parseInt(bits);
        return count > all ? Optional.empty() : Optional.of(new Network(address, count));
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }

    boolean contains(Network other) {
      byte[] mine = address.getAddress();
      byte[] theirs = other.address.getAddress();
      if (mine.length != theirs.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % Byte.SIZE);
        if (((mine[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask) != 0) {
          return false;
        }
      }
      return true;
    }
  }
}
