package org.groundwork.networks.storage.rules;

import java.math.BigInteger;
import java.util.List;
import java.util.TreeMap;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Malformed;
import org.groundwork.rules.Parameter;
import org.groundwork.rules.ParameterValues;
import org.groundwork.rules.Unit;

/**
 * What a storage network can set.
 *
 * @param answerSlots an answer counts if it arrived at most so many slots after its slot
 * @param challengesPerSlot leaves that a device must prove in each slot
 * @param egressPricePerGiB for reading; what providers ask unless they set their own
 * @param maxDealsPerDevice deals that one device may have, ended ones included until their end slot
 * @param minimumRatePerGiBSlot for storing; what providers ask unless they set their own
 */
public record StorageParameters(
    int answerSlots,
    int challengesPerSlot,
    Credits egressPricePerGiB,
    int maxDealsPerDevice,
    Credits minimumRatePerGiBSlot) {
  public static final int MAX_ANSWER_SLOTS = 100;

  /** So many proofs of the largest pieces still fit into one report. */
  public static final int MAX_CHALLENGES = 64;

  /** So many deals still fit into a device's carry. */
  public static final int MAX_DEALS = 4500;

  private static final BigInteger MAX_AMOUNT =
      BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);
  private static final int CREDIT_DECIMALS = 18;

  /** 20 challenges; 7 dollars a TiB read; 2.5 dollars a TiB and 30 days of one-minute slots. */
  static final List<Parameter> SCHEMA =
      List.of(
          Parameter.of(
              "answerSlots",
              Unit.of("slots"),
              0,
              MAX_ANSWER_SLOTS,
              2,
              "An answer counts if it arrived at most so long after its slot."),
          Parameter.of(
              "challengesPerSlot",
              Unit.of("leaves"),
              1,
              MAX_CHALLENGES,
              20,
              "What a device must prove in each slot."),
          amount("egressPricePerGiB", "credits/GiB", 6_835_937_500_000_000L, "For reading."),
          Parameter.of(
              "maxDealsPerDevice",
              Unit.of("deals"),
              1,
              MAX_DEALS,
              4000,
              "Deals of one device, ended ones included until their end slot."),
          amount("minimumRatePerGiBSlot", "credits/(GiB slot)", 56_514_034_000L, "For storing."));

  public static final StorageParameters DEFAULT = of(ParameterValues.standard(SCHEMA));

  public StorageParameters {
    values(
        answerSlots,
        challengesPerSlot,
        egressPricePerGiB,
        maxDealsPerDevice,
        minimumRatePerGiBSlot);
  }

  /** See {@link ParameterValues}. */
  public Bytes encode() {
    return values(
            answerSlots,
            challengesPerSlot,
            egressPricePerGiB,
            maxDealsPerDevice,
            minimumRatePerGiBSlot)
        .encode();
  }

  /**
   * Reads what {@link #encode} writes, and nothing else.
   *
   * @throws Malformed if a parameter is unknown, missing or out of bounds
   */
  public static StorageParameters decode(Bytes json) throws Malformed {
    return of(ParameterValues.decode(SCHEMA, json));
  }

  private static StorageParameters of(ParameterValues values) {
    return new StorageParameters(
        Math.toIntExact(values.count("answerSlots")),
        Math.toIntExact(values.count("challengesPerSlot")),
        new Credits(values.get("egressPricePerGiB")),
        Math.toIntExact(values.count("maxDealsPerDevice")),
        new Credits(values.get("minimumRatePerGiBSlot")));
  }

  /**
   * The values by name.
   *
   * @throws IllegalArgumentException if one is out of bounds
   */
  private static ParameterValues values(
      int answerSlots,
      int challengesPerSlot,
      Credits egressPrice,
      int maxDeals,
      Credits minimumRate) {
    TreeMap<String, BigInteger> values = new TreeMap<>();
    values.put("answerSlots", BigInteger.valueOf(answerSlots));
    values.put("challengesPerSlot", BigInteger.valueOf(challengesPerSlot));
    values.put("egressPricePerGiB", egressPrice.value());
    values.put("maxDealsPerDevice", BigInteger.valueOf(maxDeals));
    values.put("minimumRatePerGiBSlot", minimumRate.value());
    return ParameterValues.of(SCHEMA, values);
  }

  private static Parameter amount(String name, String unit, long standard, String meaning) {
    return new Parameter(
        name,
        new Unit(unit, CREDIT_DECIMALS),
        BigInteger.ZERO,
        MAX_AMOUNT,
        BigInteger.valueOf(standard),
        meaning + " What providers ask unless they set their own.");
  }
}
