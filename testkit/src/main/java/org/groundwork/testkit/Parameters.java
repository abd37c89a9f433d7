package org.groundwork.testkit;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.SigningDomain;

/**
 * What a deployment was made with. Tokens have 18 decimals; times are Unix seconds, lengths slots
 * or epochs as their names say.
 *
 * @param contracts the address of each contract by its name
 */
public record Parameters(
    SigningDomain domain,
    Map<String, AccountId> contracts,
    AccountId owner,
    AccountId founder,
    long foundingEnds,
    AccountId genesisHolder,
    BigInteger genesisSupply,
    Clock clock,
    Prices prices,
    Stakes stakes,
    Emission emission,
    Disputes disputes,
    Settling settling,
    int windowBps,
    long windowSlots) {
  /** {@code EpochClock}. */
  public record Clock(long genesis, long slotSeconds, long slotsPerEpoch, long commitSlots) {}

  /** {@code PriceOracle} and its feeds. */
  public record Prices(
      List<Integer> decimals,
      List<BigInteger> answers,
      List<Long> updatedAt,
      long maxAge,
      int maxDeviationBps,
      int history,
      long maxQuietSlots) {}

  /** {@code Operators} and {@code DeviceStakes}. */
  public record Stakes(
      BigInteger minVerifierStake,
      BigInteger minGatewayStake,
      long exitEpochs,
      long deviceExitEpochs) {}

  /** {@code EmissionSchedule}. */
  public record Emission(
      BigInteger initialRate,
      long periodEpochs,
      int declineBps,
      BigInteger hardCap,
      int bootstrapBps,
      int operatorsBps,
      int treasuryBps,
      AccountId treasury) {}

  /** {@code Council} and {@code Slashing}; the first members' term ends at {@code councilUntil}. */
  public record Disputes(
      BigInteger bond,
      long councilSlots,
      List<AccountId> council,
      long councilUntil,
      long appealSlots) {}

  /** {@code Results}. */
  public record Settling(
      long firstEpoch,
      int mBurnBps,
      int mOpsBps,
      long disputeSlots,
      long skipEpochs,
      long vestingEpochs) {}

  AccountId contract(String name) {
    AccountId address = contracts.get(name);
    if (address == null) {
      throw new IllegalArgumentException("no contract " + name);
    }
    return address;
  }
}
