package org.groundwork.networks.counter.rules;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.SignedDeal;
import org.groundwork.protocol.SignedVoucher;
import org.groundwork.rules.Kind;
import org.groundwork.rules.Reason;
import org.groundwork.rules.ResourceNetwork;
import org.groundwork.rules.Rules;

/**
 * The smallest network that uses every part of the seam: meters send readings, a deal charges the
 * slots that have one, vouchers charge the rest.
 *
 * <p>Its parameters are {@code {"limit":N}}, the highest reading, or {@code
 * {"limit":N,"spread":M}}: then the last reading of each meter in a cell is compared with their
 * median and must not be further from it than the spread.
 */
public final class CounterNetwork implements ResourceNetwork {
  public static final Kind KIND = new Kind("counter");
  static final int READING = 1;
  static final int DEAL = 2;
  static final int VOUCHER = 3;
  static final int CAPACITY = 4;
  static final int OFFENCE = 5;

  private static final String NUMBER = "(0|[1-9][0-9]{0,8})";
  private static final Pattern PARAMETERS =
      Pattern.compile(
          "\\{\"limit\":(?<limit>%s)(,\"spread\":(?<spread>%s))?}".formatted(NUMBER, NUMBER));

  public static Bytes reading(long value) {
    return new CanonicalWriter().u8(READING).u64(value).toBytes();
  }

  public static Bytes deal(SignedDeal deal) {
    CanonicalWriter out = new CanonicalWriter().u8(DEAL);
    deal.write(out);
    return out.toBytes();
  }

  public static Bytes voucher(SignedVoucher voucher) {
    CanonicalWriter out = new CanonicalWriter().u8(VOUCHER);
    voucher.write(out);
    return out.toBytes();
  }

  /** Says how much capacity the device has; nobody checks it. */
  public static Bytes capacity(long units) {
    return new CanonicalWriter().u8(CAPACITY).u64(units).toBytes();
  }

  /** Asks for a slash of this share of the device's stake, in 1/10000. */
  public static Bytes offence(int share) {
    return new CanonicalWriter().u8(OFFENCE).u64(share).toBytes();
  }

  public static Bytes parameters(long limit) {
    return Bytes.wrap(("{\"limit\":" + limit + "}").getBytes(StandardCharsets.US_ASCII));
  }

  public static Bytes parameters(long limit, long spread) {
    return Bytes.wrap(
        ("{\"limit\":" + limit + ",\"spread\":" + spread + "}")
            .getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public Kind kind() {
    return KIND;
  }

  @Override
  public List<? extends Reason> reasons() {
    return List.of(CounterReason.values());
  }

  @Override
  public Rules rules(Bytes parameters) throws Malformed {
    String text = new String(parameters.toArray(), StandardCharsets.US_ASCII);
    Matcher numbers = PARAMETERS.matcher(text);
    if (!numbers.matches()) {
      throw new Malformed("not the parameters of a counter: " + text);
    }
    String spread = numbers.group("spread");
    return new CounterRules(
        Long.parseLong(numbers.group("limit")),
        spread == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(spread)));
  }

  @Override
  public Bytes defaultParameters() {
    return parameters(1000);
  }

  @Override
  public String describe(Bytes payload) {
    return switch (payload.isEmpty() ? 0 : payload.get(0)) {
      case READING -> "reading";
      case DEAL -> "deal";
      case VOUCHER -> "voucher";
      case CAPACITY -> "capacity";
      case OFFENCE -> "offence";
      default -> "unknown";
    };
  }
}
