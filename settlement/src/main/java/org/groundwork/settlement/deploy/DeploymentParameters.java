package org.groundwork.settlement.deploy;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Price;
import org.groundwork.protocol.TokenAmount;

/**
 * What a founder chooses before the contracts exist; immutable afterwards, but for what the
 * governor may set within bounds. Slots and epochs are those of {@code schedule}.
 */
public record DeploymentParameters(
    EpochSchedule schedule,
    Token token,
    Founding founding,
    Prices prices,
    Stakes stakes,
    Emission emission,
    Settlement settlement,
    Council council,
    Governance governance,
    Optional<AccountId> router) {
  private static final long DAY = Duration.ofDays(1).toSeconds();
  private static final long MOST_WINDOW_SLOTS = 100_000;

  /** Bounds of a posted price, in US dollars with 8 decimals. */
  private static final long MIN_PRICE = 1_000;

  private static final long MAX_PRICE = 100_000_000_000_000L;

  private static final TokenAmount GENESIS_SUPPLY = tokens(1_000_000_000);

  /** The token; {@code genesisHolder} gets the whole genesis supply. */
  public record Token(
      String name, String symbol, AccountId genesisHolder, TokenAmount genesisSupply) {}

  /** Who may create networks until the Unix second {@code ends}, besides the governor. */
  public record Founding(AccountId founder, long ends) {}

  /**
   * How prices are recorded.
   *
   * @param maxAge seconds after which a feed's answer is too old
   * @param maxDeviation how far the feeds may differ
   * @param history how many valid checkpoints count for the low and the high price
   * @param maxQuietSlots slots without a valid checkpoint after which buying is dormant
   */
  public record Prices(
      PriceSource source, long maxAge, BasisPoints maxDeviation, int history, long maxQuietSlots) {}

  /** Least stakes, and how many epochs must be final between leaving and withdrawing. */
  public record Stakes(
      TokenAmount verifier,
      TokenAmount gateway,
      long exitEpochs,
      TokenAmount auditor,
      long auditorLiabilitySeconds) {}

  /** New tokens; the treasury's share goes to the timelock. */
  public record Emission(
      TokenAmount initialRate,
      long periodEpochs,
      BasisPoints decline,
      TokenAmount hardCap,
      BasisPoints bootstrap,
      BasisPoints operators,
      BasisPoints treasury) {}

  /**
   * Results and claims.
   *
   * @param burn share of each basis that is gone for ever
   * @param operations share of each basis for operators
   * @param disputeSlots slots in which a result may be disputed
   * @param skipEpochs epochs after the commit deadline until an epoch may be skipped
   * @param vestingEpochs epochs until an award of bootstrap becomes payable
   * @param window share of the verifiers' stake that may be minted per {@code windowSlots}
   */
  public record Settlement(
      BasisPoints burn,
      BasisPoints operations,
      long disputeSlots,
      long skipEpochs,
      long vestingEpochs,
      BasisPoints window,
      long windowSlots) {}

  /** The first council, what a dispute costs, and how long the council and an appeal take. */
  public record Council(
      List<AccountId> members,
      long termSeconds,
      TokenAmount bond,
      long councilSlots,
      long appealSlots) {
    public Council {
      members = List.copyOf(members);
    }
  }

  /** Token votes; times in seconds. */
  public record Governance(
      long minDelay,
      long votingDelay,
      long votingPeriod,
      TokenAmount proposalThreshold,
      int quorumPercent,
      long lateQuorumExtension) {}

  /**
   * For a chain on one machine: test feeds, and windows so short that one can watch.
   *
   * @param founder holds all tokens and may create networks
   * @param council at least three accounts
   */
  public static DeploymentParameters local(
      EpochSchedule schedule, AccountId founder, List<AccountId> council) {
    return new DeploymentParameters(
        schedule,
        new Token("Groundwork", "GRND", founder, GENESIS_SUPPLY),
        new Founding(founder, schedule.genesis() + 7 * DAY),
        new Prices(
            new PriceSource.Test(new Price(BigInteger.valueOf(2_00000000L))),
            DAY,
            new BasisPoints(500),
            4,
            1_440),
        new Stakes(tokens(1_000), tokens(1_000), 3, tokens(1_000), 60),
        new Emission(
            tokens(100),
            1_000,
            new BasisPoints(8_500),
            tokens(1_000_000),
            new BasisPoints(6_000),
            new BasisPoints(2_500),
            new BasisPoints(1_500)),
        new Settlement(
            new BasisPoints(500), new BasisPoints(500), 2, 12, 2, new BasisPoints(10_000), 60),
        new Council(council, 30 * DAY, tokens(100), 30, 30),
        new Governance(2, 1, 10, tokens(1_000), 4, 2),
        Optional.empty());
  }

  /**
   * For a chain that others use: a day for disputes, three for the council, two weeks for appeals,
   * votes of five days with two days until they take effect.
   *
   * @param founder holds the genesis supply and may create networks for seven days
   */
  public static DeploymentParameters open(
      EpochSchedule schedule, AccountId founder, List<AccountId> council, PriceSource prices) {
    long year = epochs(schedule, 365 * DAY);
    BasisPoints decline = new BasisPoints(8_500);
    TokenAmount hardCap = tokens(500_000_000);
    BigInteger rate =
        hardCap
            .value()
            .multiply(BigInteger.valueOf(decline.complement()))
            .divide(BigInteger.valueOf(BasisPoints.WHOLE).multiply(BigInteger.valueOf(year)));
    return new DeploymentParameters(
        schedule,
        new Token("Groundwork", "GRND", founder, GENESIS_SUPPLY),
        new Founding(founder, schedule.genesis() + 7 * DAY),
        new Prices(
            prices,
            prices instanceof PriceSource.Posted ? 30 * DAY : DAY,
            new BasisPoints(500),
            4,
            slots(schedule, DAY, 1_440)),
        new Stakes(
            tokens(100_000),
            tokens(10_000),
            Math.min(10_000, epochs(schedule, 14 * DAY)),
            tokens(10_000),
            30 * DAY),
        new Emission(
            new TokenAmount(rate),
            year,
            decline,
            hardCap,
            new BasisPoints(6_000),
            new BasisPoints(2_500),
            new BasisPoints(1_500)),
        new Settlement(
            new BasisPoints(500),
            new BasisPoints(500),
            slots(schedule, DAY, MOST_WINDOW_SLOTS),
            Math.min(1_000, epochs(schedule, DAY / 4)),
            Math.min(100_000, epochs(schedule, 60 * DAY)),
            new BasisPoints(1_000),
            slots(schedule, DAY, MOST_WINDOW_SLOTS)),
        new Council(
            council,
            180 * DAY,
            tokens(10_000),
            slots(schedule, 3 * DAY, MOST_WINDOW_SLOTS),
            slots(schedule, 14 * DAY, MOST_WINDOW_SLOTS)),
        new Governance(2 * DAY, DAY, 5 * DAY, tokens(1_000_000), 4, DAY),
        Optional.empty());
  }

  public DeploymentParameters withPrices(PriceSource source) {
    return new DeploymentParameters(
        schedule,
        token,
        founding,
        new Prices(
            source, prices.maxAge, prices.maxDeviation, prices.history, prices.maxQuietSlots),
        stakes,
        emission,
        settlement,
        council,
        governance,
        router);
  }

  public DeploymentParameters withSettlement(Settlement other) {
    return new DeploymentParameters(
        schedule, token, founding, prices, stakes, emission, other, council, governance, router);
  }

  /** With credits for stablecoins, through a router of Uniswap V2's shape. */
  public DeploymentParameters withRouter(AccountId address) {
    return new DeploymentParameters(
        schedule,
        token,
        founding,
        prices,
        stakes,
        emission,
        settlement,
        council,
        governance,
        Optional.of(address));
  }

  private static TokenAmount tokens(long whole) {
    return new TokenAmount(
        BigInteger.TEN.pow(TokenAmount.DECIMALS).multiply(BigInteger.valueOf(whole)));
  }

  private static long slots(EpochSchedule schedule, long seconds, long most) {
    return Math.min(most, Math.ceilDiv(seconds, schedule.slotSeconds()));
  }

  private static long epochs(EpochSchedule schedule, long seconds) {
    return Math.ceilDiv(seconds, schedule.slotSeconds() * schedule.slotsPerEpoch());
  }

  /** Contracts of others that must exist already: feeds and a router. */
  public List<AccountId> existing() {
    List<AccountId> needed = new ArrayList<>();
    if (prices.source instanceof PriceSource.Feeds(AccountId first, AccountId second)) {
      needed.add(first);
      needed.add(second);
    }
    router.ifPresent(needed::add);
    return needed;
  }

  /** Every parameter that the contracts would refuse, in words; empty if there is none. */
  public List<String> problems() {
    Bounds bounds = new Bounds();
    checkSchedule(bounds);
    checkPrices(bounds);
    checkStakes(bounds);
    checkEmission(bounds);
    checkSettlement(bounds);
    checkCouncil(bounds);
    checkGovernance(bounds);
    return bounds.problems();
  }

  private void checkSchedule(Bounds bounds) {
    bounds.number("slotSeconds", schedule.slotSeconds(), 1, 3_600);
    bounds.number("slotsPerEpoch", schedule.slotsPerEpoch(), 1, 10_000);
    bounds.number("commitSlots", schedule.commitSlots(), 1, 10_000);
    bounds.number("foundingEnds", founding.ends, 0, Math.addExact(schedule.genesis(), 7 * DAY));
    bounds.check(!token.genesisHolder.equals(AccountId.ZERO), "genesisHolder is the zero address");
    bounds.check(
        token.genesisSupply.value().bitLength() <= 208,
        "genesisSupply is above 2^208, which votes cannot count");
  }

  private void checkPrices(Bounds bounds) {
    boolean posted = prices.source instanceof PriceSource.Posted;
    bounds.number("maxAge", prices.maxAge, 10, posted ? 90 * DAY : 2 * DAY);
    bounds.number("maxDeviationBps", prices.maxDeviation.value(), 10, 2_000);
    bounds.number("history", prices.history, 1, 16);
    bounds.number("maxQuietSlots", prices.maxQuietSlots, 1, 1_440);
    switch (prices.source) {
      case PriceSource.Feeds(AccountId first, AccountId second) ->
          bounds.check(
              !first.equals(second)
                  && !first.equals(AccountId.ZERO)
                  && !second.equals(AccountId.ZERO),
              "the two feeds must be two contracts");
      case PriceSource.Posted(Price price, BasisPoints maxChange) -> {
        bounds.number("the posted price", price.value().longValueExact(), MIN_PRICE, MAX_PRICE);
        bounds.number("maxChangeBps", maxChange.value(), 10, 2_000);
      }
      case PriceSource.Test(Price price) ->
          bounds.check(price.value().signum() > 0, "the test price is not above zero");
    }
  }

  private void checkStakes(Bounds bounds) {
    bounds.tokens("minVerifierStake", stakes.verifier, 1, 100_000_000);
    bounds.tokens("minGatewayStake", stakes.gateway, 1, 100_000_000);
    bounds.number("exitEpochs", stakes.exitEpochs, 1, 10_000);
    bounds.tokens("minimumStake of auditors", stakes.auditor, 1, 100_000_000);
    bounds.number("liabilitySeconds", stakes.auditorLiabilitySeconds, 1, 366 * DAY);
  }

  private void checkEmission(Bounds bounds) {
    bounds.number("periodEpochs", emission.periodEpochs, 1, 1_000_000);
    bounds.number("declineBps", emission.decline.value(), 0, 9_999);
    bounds.number("treasuryBps", emission.treasury.value(), 0, 2_000);
    int shares =
        emission.bootstrap.value() + emission.operators.value() + emission.treasury.value();
    bounds.number("the sum of the emission's shares", shares, 0, BasisPoints.WHOLE);
    if (emission.decline.value() < BasisPoints.WHOLE) {
      BigInteger most =
          emission
              .initialRate
              .value()
              .multiply(BigInteger.valueOf(emission.periodEpochs))
              .multiply(BigInteger.valueOf(BasisPoints.WHOLE))
              .divide(BigInteger.valueOf(emission.decline.complement()));
      bounds.check(
          most.compareTo(emission.hardCap.value()) <= 0,
          "hardCap is " + emission.hardCap + ", but the schedule may reach " + most);
    }
    bounds.check(emission.hardCap.value().bitLength() <= 128, "hardCap is above 2^128");
  }

  private void checkSettlement(Bounds bounds) {
    bounds.number("mBurnBps", settlement.burn.value(), 500, 5_000);
    bounds.number("mOpsBps", settlement.operations.value(), 0, 3_000);
    bounds.number("disputeSlots", settlement.disputeSlots, 1, MOST_WINDOW_SLOTS);
    bounds.number("skipEpochs", settlement.skipEpochs, 1, 1_000);
    bounds.number("vestingEpochs", settlement.vestingEpochs, 1, 100_000);
    bounds.number("windowBps", settlement.window.value(), 1, BasisPoints.WHOLE);
    bounds.number("windowSlots", settlement.windowSlots, 1, MOST_WINDOW_SLOTS);
  }

  private void checkCouncil(Bounds bounds) {
    bounds.number("the number of council members", council.members.size(), 3, 15);
    bounds.check(
        new HashSet<>(council.members).size() == council.members.size()
            && !council.members.contains(AccountId.ZERO),
        "council members must be different accounts, none of them zero");
    bounds.number("the council's term in seconds", council.termSeconds, 3_600, 366 * DAY);
    bounds.tokens("the dispute bond", council.bond, 1, 1_000_000);
    bounds.number("councilSlots", council.councilSlots, 1, MOST_WINDOW_SLOTS);
    bounds.number("appealSlots", council.appealSlots, 1, MOST_WINDOW_SLOTS);
  }

  private void checkGovernance(Bounds bounds) {
    bounds.number("minDelay", governance.minDelay, 1, 30 * DAY);
    bounds.number("votingDelay", governance.votingDelay, 0, 30 * DAY);
    bounds.number("votingPeriod", governance.votingPeriod, 1, 30 * DAY);
    bounds.number("lateQuorumExtension", governance.lateQuorumExtension, 1, 30 * DAY);
    bounds.number("quorumPercent", governance.quorumPercent, 1, 50);
    BigInteger most = token.genesisSupply.value().divide(BigInteger.valueOf(100));
    bounds.check(
        governance.proposalThreshold.value().compareTo(most) <= 0,
        "proposalThreshold is "
            + governance.proposalThreshold
            + ", above 1% of the genesis supply, "
            + most);
    long vote =
        governance.votingDelay
            + governance.votingPeriod
            + governance.lateQuorumExtension
            + governance.minDelay;
    bounds.check(
        council.appealSlots * schedule.slotSeconds() > vote,
        "appealSlots last "
            + council.appealSlots * schedule.slotSeconds()
            + " s, but a vote on a pardon takes up to "
            + vote
            + " s");
  }
}
