package org.groundwork.networks.counter.rules;

import java.math.BigInteger;
import java.util.List;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.SignedDeal;
import org.groundwork.protocol.SignedScopeDeal;
import org.groundwork.protocol.SignedVoucher;
import org.groundwork.rules.Kind;
import org.groundwork.rules.Parameter;
import org.groundwork.rules.ParameterValues;
import org.groundwork.rules.ResourceNetwork;
import org.groundwork.rules.Rules;
import org.groundwork.rules.RulesVersion;
import org.groundwork.rules.Unit;
import org.groundwork.rules.Vocabulary;

/**
 * The smallest network that uses every part of the seam: meters send readings, a deal charges the
 * slots that have one, vouchers charge the rest. A scope deal charges the cells in which meters
 * read, in the epochs in which it is reported.
 *
 * <p>The last reading of each meter in a cell is compared with their median and must not be further
 * from it than the parameter {@code spread}. It is also the meter's weight in a scope.
 */
public final class CounterNetwork implements ResourceNetwork {
  public static final Kind KIND = new Kind("counter");
  static final int READING = 1;
  static final int DEAL = 2;
  static final int VOUCHER = 3;
  static final int CAPACITY = 4;
  static final int OFFENCE = 5;
  static final int SCOPE = 6;

  /** The only version so far. */
  public static final RulesVersion VERSION_1 =
      new RulesVersion(
          1, Hash.fromHex("a1849c6d27c8d39eb4978bd52a2ba8b30f45056f53baceae99f5f04c29e7e2e1"));

  private static final long MAX = 999_999_999;
  private static final List<Parameter> PARAMETERS =
      List.of(
          Parameter.of("limit", Unit.of("counts"), 0, MAX, 1000, "The highest reading."),
          Parameter.of(
              "spread",
              Unit.of("counts"),
              0,
              MAX,
              MAX,
              "How far a meter may read from the median of its cell."));

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

  public static Bytes scope(SignedScopeDeal deal) {
    CanonicalWriter out = new CanonicalWriter().u8(SCOPE);
    deal.write(out);
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

  /** With any spread. */
  public static Bytes parameters(long limit) {
    return parameters(limit, MAX);
  }

  public static Bytes parameters(long limit, long spread) {
    return ParameterValues.standard(PARAMETERS)
        .with("limit", BigInteger.valueOf(limit))
        .with("spread", BigInteger.valueOf(spread))
        .encode();
  }

  /** What a registry that names these rules keeps of them. */
  public static Hash rulesHash(Bytes parameters) {
    return VERSION_1.hash(KIND, parameters);
  }

  @Override
  public Kind kind() {
    return KIND;
  }

  @Override
  public Vocabulary vocabulary() {
    return new Vocabulary(List.of(CounterReason.values()), PARAMETERS);
  }

  @Override
  public List<RulesVersion> versions() {
    return List.of(VERSION_1);
  }

  @Override
  public Rules rules(RulesVersion version, Bytes parameters) throws Malformed {
    ParameterValues values = ParameterValues.decode(PARAMETERS, parameters);
    return new CounterRules(values.count("limit"), values.count("spread"));
  }

  @Override
  public String describe(Bytes payload) {
    return switch (payload.isEmpty() ? 0 : payload.get(0)) {
      case READING -> "reading";
      case DEAL -> "deal";
      case VOUCHER -> "voucher";
      case CAPACITY -> "capacity";
      case OFFENCE -> "offence";
      case SCOPE -> "scope";
      default -> "unknown";
    };
  }
}
