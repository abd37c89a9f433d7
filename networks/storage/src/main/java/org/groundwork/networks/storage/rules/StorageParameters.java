package org.groundwork.networks.storage.rules;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Malformed;

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

  private static final int MAX_AMOUNT_BITS = 128;

  /** 20 challenges; 7 dollars a TiB read; 2.5 dollars a TiB and 30 days of one-minute slots. */
  public static final StorageParameters DEFAULT =
      new StorageParameters(
          2, 20, Credits.of(6_835_937_500_000_000L), 4000, Credits.of(56_514_034_000L));

  public StorageParameters {
    check("answerSlots", answerSlots, 0, MAX_ANSWER_SLOTS);
    check("challengesPerSlot", challengesPerSlot, 1, MAX_CHALLENGES);
    check("maxDealsPerDevice", maxDealsPerDevice, 1, MAX_DEALS);
    check("egressPricePerGiB", egressPricePerGiB);
    check("minimumRatePerGiBSlot", minimumRatePerGiBSlot);
  }

  /** Canonical JSON: keys in order, no blanks, amounts as decimal text. */
  public Bytes encode() {
    String json =
        "{\"answerSlots\":"
            + answerSlots
            + ",\"challengesPerSlot\":"
            + challengesPerSlot
            + ",\"egressPricePerGiB\":\""
            + egressPricePerGiB
            + "\",\"maxDealsPerDevice\":"
            + maxDealsPerDevice
            + ",\"minimumRatePerGiBSlot\":\""
            + minimumRatePerGiBSlot
            + "\"}";
    return Bytes.wrap(json.getBytes(StandardCharsets.US_ASCII));
  }

  /**
   * Reads what {@link #encode} writes, and nothing else.
   *
   * @throws Malformed if a parameter is unknown, missing or out of bounds
   */
  public static StorageParameters decode(Bytes json) throws Malformed {
    FlatJson fields = FlatJson.parse(json);
    try {
      StorageParameters parameters =
          new StorageParameters(
              fields.takeInt("answerSlots"),
              fields.takeInt("challengesPerSlot"),
              new Credits(new BigInteger(fields.takeText("egressPricePerGiB"))),
              fields.takeInt("maxDealsPerDevice"),
              new Credits(new BigInteger(fields.takeText("minimumRatePerGiBSlot"))));
      fields.end();
      if (!parameters.encode().equals(json)) {
        throw new Malformed("parameters are not canonical JSON: expected " + text(parameters));
      }
      return parameters;
    } catch (IllegalArgumentException e) {
      throw new Malformed("not parameters of a storage network: " + e.getMessage());
    }
  }

  private static String text(StorageParameters parameters) {
    return new String(parameters.encode().unsafeArray(), StandardCharsets.US_ASCII);
  }

  private static void check(String name, int value, int min, int max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          name + " is from " + min + " to " + max + ", not " + value);
    }
  }

  private static void check(String name, Credits value) {
    if (value.value().bitLength() > MAX_AMOUNT_BITS) {
      throw new IllegalArgumentException(name + " is too large: " + value);
    }
  }
}
