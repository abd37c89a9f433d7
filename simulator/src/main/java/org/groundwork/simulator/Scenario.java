package org.groundwork.simulator;

import java.util.Set;
import org.groundwork.protocol.EpochSchedule;

/**
 * What the seed decides before a simulation starts.
 *
 * @param millis simulated time; faults end after six tenths of it
 * @param odd what the odd one of the verifiers is, less than a third of them
 * @param finalityMillis how old a block is when it is final
 * @param loss of each message, in 1/10000; so are the other rates
 */
record Scenario(
    long seed,
    long millis,
    int gateways,
    int verifiers,
    int devices,
    boolean lyingDevice,
    VerifierMachine.Manner odd,
    long finalityMillis,
    int loss,
    int delay,
    int duplication,
    int reorganisation,
    long faultEveryMillis,
    Set<Canary> canaries) {
  static final EpochSchedule SCHEDULE = new EpochSchedule(1_800_000_000L, 10, 2, 2);

  /** Simulated time of a short run: some epochs with faults, then some without. */
  static final long SHORT_MILLIS = 90_000;

  static Scenario of(long seed, long millis, Set<Canary> canaries) {
    Dice dice = new Dice(seed, "scenario");
    VerifierMachine.Manner[] manners = VerifierMachine.Manner.values();
    boolean calm = dice.happens(1000);
    return new Scenario(
        seed,
        millis,
        dice.happens(3500) ? 2 : 1,
        4,
        1 + dice.below(3),
        dice.happens(5000) || canaries.contains(Canary.STOLEN_KEY),
        manners[dice.below(manners.length)],
        dice.between(0, 4000),
        calm ? 0 : (int) dice.between(0, 800),
        calm ? 0 : (int) dice.between(0, 200),
        calm ? 0 : (int) dice.between(0, 500),
        calm ? 0 : (int) dice.between(0, 1500),
        calm ? 40_000 : dice.between(3000, 15_000),
        canaries);
  }
}
