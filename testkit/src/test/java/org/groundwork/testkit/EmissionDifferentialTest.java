package org.groundwork.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.BootstrapBudget;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EmissionSchedule;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.settlement.local.AnvilBinary;
import org.junit.jupiter.api.Test;

/**
 * The protocol's schedule and bootstrap budgets, and the model's, against Solidity's, as the EVM
 * computes them.
 */
class EmissionDifferentialTest {
  private static final int SCHEDULES = 150;
  private static final int RANGES = 8;
  private static final int BUDGETS = 200;
  private static final int EPOCHS = 10;
  private static final int MAX_PERIODS = 200;

  private final long seed = Long.getLong("groundwork.ledger.seed", 20_261_121);
  private final Random random = new Random(seed);

  @Test
  void schedulesHaveTheSameSumsInJavaAndSolidity() throws IOException {
    try (TestChain chain = new TestChain(AnvilBinary.locate())) {
      for (int i = 0; i < SCHEDULES; i++) {
        Parameters.Emission schedule = schedule();
        AccountId contract =
            TestDeployment.create(
                chain, "EmissionSchedule", List.of(TestDeployment.abiOf(schedule)));
        List<View> views = new ArrayList<>();
        for (int range = 0; range < RANGES; range++) {
          addRange(views, schedule);
        }
        assertThat(TestDeployment.differences(chain, _ -> contract, views))
            .as("seed %d, %s", seed, schedule)
            .isEmpty();
      }
    }
  }

  private Parameters.Emission schedule() {
    int decline = random.nextInt(4) == 0 ? 9_999 - random.nextInt(3) : random.nextInt(10_000);
    long period = 1L + random.nextInt(random.nextBoolean() ? 5 : 1_000_000);
    BigInteger rate = new BigInteger(random.nextInt(91), random);
    BigInteger kept = BigInteger.valueOf(10_000 - decline);
    // The least cap that the constructor takes: any sum above it would be seen.
    BigInteger[] cap = rate.multiply(BigInteger.valueOf(period * 10_000)).divideAndRemainder(kept);
    BigInteger hardCap = cap[1].signum() == 0 ? cap[0] : cap[0].add(BigInteger.ONE);
    int treasury = random.nextInt(2_001);
    int operators = random.nextInt(10_001 - treasury);
    int bootstrap = random.nextInt(10_001 - treasury - operators);
    return new Parameters.Emission(
        rate, period, decline, hardCap, bootstrap, operators, treasury, Cast.actor(2));
  }

  private void addRange(List<View> views, Parameters.Emission schedule) {
    long most = Math.min(0xFFFF_FFFEL, schedule.periodEpochs() * MAX_PERIODS);
    long a = epochNear(most, schedule.periodEpochs());
    long b = epochNear(most, schedule.periodEpochs());
    long first = random.nextInt(16) == 0 ? Math.max(a, b) : Math.min(a, b);
    long last = Math.max(a, b) - (first == Math.max(a, b) && first > 0 ? 1 : 0);
    EmissionRules model = new EmissionRules(schedule);
    EmissionSchedule java = protocolOf(schedule);
    EpochNumber from = new EpochNumber(first);
    EpochNumber to = new EpochNumber(last);
    List<Object> range = List.of(first, last);
    add(views, "rateOf", List.of(last), java.rateOf(to), model.rateOf(last));
    add(views, "scheduled", range, java.scheduled(from, to), model.scheduled(first, last));
    add(views, "bootstrapUpTo", List.of(last), java.bootstrapUpTo(to), model.bootstrapUpTo(last));
    add(
        views,
        "operatorsBetween",
        range,
        java.operatorsBetween(from, to),
        model.operatorsBetween(first, last));
    add(
        views,
        "treasuryBetween",
        range,
        java.treasuryBetween(from, to),
        model.treasuryBetween(first, last));
    assertThat(java.scheduled(EpochNumber.FIRST, to).value())
        .isLessThanOrEqualTo(schedule.hardCap());
  }

  /** Any epoch, or one beside the border of two periods. */
  private long epochNear(long most, long period) {
    long any = random.nextLong(most + 1);
    return random.nextBoolean() ? any : Math.max(0, any / period * period - random.nextInt(2));
  }

  private static EmissionSchedule protocolOf(Parameters.Emission schedule) {
    return new EmissionSchedule(
        new TokenAmount(schedule.initialRate()),
        schedule.periodEpochs(),
        new BasisPoints(schedule.declineBps()),
        new TokenAmount(schedule.hardCap()),
        new BasisPoints(schedule.bootstrapBps()),
        new BasisPoints(schedule.operatorsBps()),
        new BasisPoints(schedule.treasuryBps()),
        schedule.treasury());
  }

  private static void add(
      List<View> views,
      String function,
      List<Object> arguments,
      TokenAmount java,
      BigInteger model) {
    assertThat(model).as("%s%s", function, arguments).isEqualTo(java.value());
    views.add(View.of("EmissionSchedule", function, arguments, java.value()));
  }

  @Test
  void bootstrapBudgetsHaveTheSameSumsInJavaAndSolidity() throws IOException {
    try (TestChain chain = new TestChain(AnvilBinary.locate())) {
      chain.giveCoin(Cast.owner(), BigInteger.TEN.pow(20));
      TestDeployment deployment = TestDeployment.create(chain, random);
      Ledger ledger = new Ledger(deployment.parameters()).at(chain.now());
      for (int i = 1; i <= BUDGETS; i++) {
        Bootstrap budget = budget();
        Call create =
            new Call(
                chain.now(),
                Cast.owner(),
                new Command.Networks.Create(
                    ResultWriter.hash("kind"), ResultWriter.hash("rules"), Bytes.EMPTY, budget));
        ledger = ledger.apply(create).state();
        assertThat(deployment.send(create).error()).isEmpty();
        assertThat(deployment.differences(budgetViews(ledger, i, budget)))
            .as("seed %d, %s", seed, budget)
            .isEmpty();
      }
    }
  }

  private Bootstrap budget() {
    BigInteger initial = new BigInteger(1 + random.nextInt(86), random).max(BigInteger.ONE);
    long start = random.nextInt(100_000);
    long length = 1L + random.nextInt(random.nextBoolean() ? 20 : 10_000_000);
    return new Bootstrap(initial, start, start + length, 10_000, 1, BigInteger.ZERO);
  }

  private List<View> budgetViews(Ledger ledger, long network, Bootstrap budget) {
    BootstrapBudget java =
        new BootstrapBudget(
            new TokenAmount(budget.initial()),
            new EpochNumber(budget.start()),
            new EpochNumber(budget.end()),
            new BasisPoints(budget.maxCellBps()),
            budget.maxAdmissions(),
            TokenAmount.ZERO);
    List<View> views = new ArrayList<>();
    for (int i = 0; i < EPOCHS; i++) {
      long length = budget.end() - budget.start();
      long epoch =
          switch (random.nextInt(6)) {
            case 0 -> Math.max(0, budget.start() - 1);
            case 1 -> budget.start();
            case 2 -> budget.end() - 1;
            case 3 -> budget.end() + random.nextInt(2);
            default -> budget.start() + random.nextLong(length);
          };
      BigInteger sum = java.upTo(new EpochNumber(epoch)).value();
      assertThat(ledger.networks.budgetUpTo(network, epoch)).isEqualTo(sum);
      views.add(View.of("NetworkRegistry", "bootstrapBudget", List.of(network, epoch), sum));
    }
    return views;
  }
}
