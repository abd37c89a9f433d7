package org.groundwork.engine.money;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.groundwork.engine.DeviceStake;
import org.groundwork.engine.EpochResult;
import org.groundwork.engine.Samples;
import org.groundwork.engine.Scene;
import org.groundwork.networks.counter.rules.CounterNetwork;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.BootstrapBudget;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Deal;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EmissionSchedule;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.PaymentRule;
import org.groundwork.protocol.Price;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.Voucher;
import org.groundwork.rules.Device;
import org.junit.jupiter.api.Test;

/** The worked example of docs/economy.md is what the engine computes. */
class EconomyDocumentTest {
  private static final Pattern ROW =
      Pattern.compile(
          "^\\| ([^|]+?) \\| ([\\d.]*) ?\\| (?:([\\d.]*) ?\\| )?M\\d+ \\|$", Pattern.MULTILINE);
  private static final BigDecimal UNIT = BigDecimal.TEN.pow(18);
  private static final EmissionSchedule EMISSION =
      new EmissionSchedule(
          tokens("1000"),
          100_000,
          new BasisPoints(5000),
          tokens("1000000000"),
          new BasisPoints(4000),
          new BasisPoints(3000),
          new BasisPoints(1000),
          Samples.account("treasury"));

  private final Map<String, BigDecimal> computed = new LinkedHashMap<>();

  @Test
  void theExampleIsWhatTheEngineComputes() throws IOException {
    purchase();
    epoch();
    bootstrap();
    Map<String, BigDecimal> written = new LinkedHashMap<>();
    Matcher rows = ROW.matcher(Files.readString(Path.of("../docs/economy.md")));
    while (rows.find()) {
      String number = rows.group(2).isEmpty() ? rows.group(3) : rows.group(2);
      written.put(rows.group(1), new BigDecimal(number).stripTrailingZeros());
    }
    assertThat(written).containsExactlyEntriesOf(computed);
  }

  private void purchase() {
    // Credits.buy: floor(tokens * priceLow / 10^8).
    BigInteger priceLow = BigInteger.valueOf(200_000_000);
    BigInteger credits =
        tokens("1000").value().multiply(priceLow).divide(BigInteger.valueOf(100_000_000));
    put("burned by Alice", tokens("1000").value());
    put("credits of Alice", credits);
    BigInteger basis = tokens("1000").value().multiply(dollars("500").value()).divide(credits);
    put("basis of the reservation", basis);
  }

  private void epoch() {
    Scene scene = Scene.withDevices(1);
    scene.priceHigh = Optional.of(Price.of(210_000_000));
    scene.emission = EMISSION;
    ReservationId reservation =
        scene.reserve("alice", Scene.owner(1), dollars("500"), tokens("250"));
    Deal small = scene.deal("alice", 1, reservation, 1, 1);
    scene.agree(
        "alice",
        new Deal(
            small.deployment(),
            small.network(),
            small.device(),
            small.payer(),
            small.seller(),
            reservation,
            dollars("120"),
            dollars("120"),
            small.startSlot(),
            small.endSlot(),
            Bytes.EMPTY));
    scene.readings(1, 0);
    scene.pay(
        "alice",
        1,
        new Voucher(
            small.deployment(),
            small.network(),
            small.payer(),
            small.seller(),
            reservation,
            Samples.hash("session"),
            dollars("30")));
    EpochResult first = scene.run();
    ChargeLine deal = first.charges().getFirst();
    ChargeLine voucher = first.charges().getLast();
    put("basis consumed by the deal", deal.basis().value());
    put("basis consumed by the voucher", voucher.basis().value());
    put("paid to Bob for the deal", deal.paid().value());
    put("paid to Bob for the voucher", voucher.paid().value());
    BigInteger gateway = amount(first, EconomyLine.Cause.GATEWAY);
    TokenAmount consumed = deal.basis().plus(voucher.basis());
    BigInteger pool =
        PaymentRule.operatorsShare(consumed, new BasisPoints(500)).value().subtract(gateway);
    put("paid to Gina, who carried first", gateway);
    put("pool of the verifiers", pool);
    Scene next = scene.after(first);
    next.parentSigners = List.of("v1", "v2", "v3");
    EpochResult second = next.run();
    put(
        "topped up by emission",
        amount(second, EconomyLine.Cause.DUTY).multiply(BigInteger.valueOf(4)));
    put(
        "paid to each verifier who signed, from the pool",
        amount(second, EconomyLine.Cause.VERIFIER));
    put("paid to each verifier who signed, from emission", amount(second, EconomyLine.Cause.DUTY));
    put("treasury", amount(first, EconomyLine.Cause.TREASURY));
    put(
        "returned to Alice at the end",
        dollars("500").minus(deal.charged()).minus(voucher.charged()).value());
    put("basis that returns with it", tokens("250").minus(consumed).value());
  }

  private void bootstrap() {
    Scene scene = Scene.withDevices(1, 2);
    scene.emission = EMISSION;
    scene.bootstrap =
        new BootstrapBudget(
            tokens("100"),
            Samples.EPOCH,
            new EpochNumber(Samples.EPOCH.value() + 10),
            new BasisPoints(5000),
            10,
            tokens("1"));
    scene.devices.replaceAll(d -> new Device(d.id(), d.network(), d.owner(), d.key(), 7));
    for (long id = 1; id <= 2; id++) {
      scene.deviceStakes.add(new DeviceStake(new DeviceId(id), tokens("1"), false));
    }
    scene.send(1, 1, CounterNetwork.capacity(3));
    scene.send(2, 1, CounterNetwork.capacity(1));
    List<EconomyLine> awards =
        scene.run().economy().stream()
            .filter(line -> line.cause() == EconomyLine.Cause.AWARDED)
            .toList();
    BigInteger budget = scene.bootstrap.of(Samples.EPOCH).value();
    put("budget of the first epoch", budget);
    put("budget of the second epoch", scene.bootstrap.of(Samples.EPOCH.next()).value());
    BigInteger all = BigInteger.ZERO;
    for (long i = 0; i < 20; i++) {
      all = all.add(scene.bootstrap.of(new EpochNumber(Samples.EPOCH.value() + i)).value());
    }
    put("budget of all ten epochs", all);
    BigInteger one = awards.getFirst().amount().value();
    BigInteger two = awards.getLast().amount().value();
    put("award of the first device, payable after vesting", one);
    put("award of the second device, payable after vesting", two);
    put("not earned, never minted", budget.subtract(one).subtract(two));
  }

  /** What one account got for a cause; all of them got the same. */
  private static BigInteger amount(EpochResult result, EconomyLine.Cause cause) {
    Map<Object, BigInteger> sums = new LinkedHashMap<>();
    for (EconomyLine line : result.economy()) {
      if (line.cause() == cause) {
        sums.merge(line.account(), line.amount().value(), BigInteger::add);
      }
    }
    assertThat(sums.values()).isNotEmpty();
    assertThat(sums.values().stream().distinct()).hasSize(1);
    return sums.values().iterator().next();
  }

  private void put(String what, BigInteger units) {
    computed.put(what, new BigDecimal(units).divide(UNIT).stripTrailingZeros());
  }

  private static TokenAmount tokens(String amount) {
    return new TokenAmount(new BigDecimal(amount).multiply(UNIT).toBigIntegerExact());
  }

  private static Credits dollars(String amount) {
    return new Credits(new BigDecimal(amount).multiply(UNIT).toBigIntegerExact());
  }
}
