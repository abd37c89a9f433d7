package org.groundwork.settlement.deploy;

import java.math.BigInteger;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.EpochSchedule;

/**
 * What a founder chooses before the contracts exist; immutable afterwards. The contracts check the
 * bounds.
 *
 * @param feedA price feed in AggregatorV3 shape; zero: a test feed is deployed (local chains only)
 * @param feedB the second feed, likewise
 * @param testPrice what test feeds say, with 8 decimals
 * @param maxPriceAge seconds after which a feed's answer is too old
 * @param maxDeviationBps how far the feeds may differ
 * @param priceHistory how many valid checkpoints count for the low and the high price
 * @param maxQuietSlots slots without a valid checkpoint after which buying is dormant
 * @param treasury gets the genesis supply and owns the network registry
 * @param genesisSupply tokens that exist from the start, with 18 decimals
 * @param minVerifierStake tokens, with 18 decimals
 * @param minGatewayStake tokens, with 18 decimals
 * @param exitEpochs accepted epochs between leaving and withdrawing a stake
 * @param burnBps share of each payment that is gone for ever
 * @param opsBps share of each payment for operators
 */
public record DeploymentParameters(
    String tokenName,
    String tokenSymbol,
    EpochSchedule schedule,
    AccountId feedA,
    AccountId feedB,
    BigInteger testPrice,
    long maxPriceAge,
    int maxDeviationBps,
    int priceHistory,
    long maxQuietSlots,
    AccountId treasury,
    BigInteger genesisSupply,
    BigInteger minVerifierStake,
    BigInteger minGatewayStake,
    long exitEpochs,
    int burnBps,
    int opsBps) {
  private static final BigInteger TOKEN = BigInteger.TEN.pow(18);

  /** The defaults of a deployment with test feeds. */
  public static DeploymentParameters standard(EpochSchedule schedule, AccountId treasury) {
    return new DeploymentParameters(
        "Groundwork",
        "GRND",
        schedule,
        AccountId.ZERO,
        AccountId.ZERO,
        BigInteger.valueOf(2_00000000L),
        86_400,
        500,
        4,
        1_440,
        treasury,
        TOKEN.multiply(BigInteger.valueOf(1_000_000_000)),
        TOKEN.multiply(BigInteger.valueOf(1_000)),
        TOKEN.multiply(BigInteger.valueOf(1_000)),
        24,
        500,
        500);
  }

  /** The same with price feeds that exist. */
  public DeploymentParameters withFeeds(AccountId newFeedA, AccountId newFeedB) {
    return new DeploymentParameters(
        tokenName,
        tokenSymbol,
        schedule,
        newFeedA,
        newFeedB,
        testPrice,
        maxPriceAge,
        maxDeviationBps,
        priceHistory,
        maxQuietSlots,
        treasury,
        genesisSupply,
        minVerifierStake,
        minGatewayStake,
        exitEpochs,
        burnBps,
        opsBps);
  }

  public boolean usesTestFeeds() {
    return feedA.equals(AccountId.ZERO);
  }
}
