package org.groundwork.cli.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.groundwork.cli.data.SoldEpochs.DEFINITION;
import static org.groundwork.cli.data.SoldEpochs.DOMAIN;
import static org.groundwork.cli.data.SoldEpochs.NETWORK;
import static org.groundwork.cli.data.SoldEpochs.SCHEDULE;
import static org.groundwork.cli.data.SoldEpochs.account;
import static org.groundwork.cli.data.SoldEpochs.deviceKey;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.groundwork.agent.DeviceIdentity;
import org.groundwork.agent.Gateways;
import org.groundwork.agent.Outbox;
import org.groundwork.cli.daemon.PurchasedReadings;
import org.groundwork.cli.statement.Statement;
import org.groundwork.engine.EpochResult;
import org.groundwork.engine.money.ChargeLine;
import org.groundwork.engine.money.MoneyOutcome;
import org.groundwork.networks.sensing.customer.DataClient;
import org.groundwork.networks.sensing.customer.ScopeOrder;
import org.groundwork.networks.sensing.data.DataServer;
import org.groundwork.networks.sensing.data.DataToken;
import org.groundwork.networks.sensing.data.Format;
import org.groundwork.networks.sensing.wire.Reading;
import org.groundwork.node.mqtt.Readers;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hello;
import org.groundwork.protocol.MoneyKind;
import org.groundwork.protocol.MoneyLeaf;
import org.groundwork.protocol.PaymentRule;
import org.groundwork.protocol.Promise;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.ReportBody;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.Sequence;
import org.groundwork.protocol.SignedScopeDeal;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.Sha256;
import org.groundwork.rules.Device;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A purchase at the data server, two epochs of readings, and what their owners are paid. */
class SoldDataTest {
  private static final long CELL = 0x871f1d48affffffL;
  private static final long EMPTY = 0x871f1d489ffffffL;
  private static final long UNSOLD = 0x871f1d488ffffffL;
  private static final DeviceId SERVER = new DeviceId(9);
  private static final AccountKey PAYER = SoldEpochs.key("payer");
  private static final EpochNumber FIRST = new EpochNumber(7);

  @TempDir private Path folder;
  private final SoldEpochs epochs = new SoldEpochs();
  private long now = SCHEDULE.opening(FIRST);
  private long counter;

  @Tag("A16")
  @Tag("A23")
  @Test
  void onePurchasePaysAllStationsOfItsCellsNoMoreThanItCharges() throws Exception {
    // Two of the four stations are one owner's; EMPTY has none, and nobody buys what UNSOLD has.
    for (long device = 1; device <= 4; device++) {
      epochs.register(device, "owner " + Math.min(device, 3), CELL);
    }
    epochs.register(5, "owner 3", UNSOLD);
    epochs.register(SERVER.value(), "seller", 0);
    InstantSource clock = () -> Instant.ofEpochSecond(now);
    DeviceIdentity identity =
        new DeviceIdentity(DOMAIN.deployment(), NETWORK, SERVER, deviceKey(SERVER.value()));
    try (Outbox outbox =
            new Outbox(folder.resolve("outbox"), identity, SCHEDULE, this::promise, clock);
        DataServer server =
            new DataServer(
                folder.resolve("server"),
                "127.0.0.1",
                0,
                DEFINITION,
                identity,
                epochs,
                epochs,
                outbox,
                clock);
        DataClient client = new DataClient(URI.create(server.uri()))) {
      var _ = outbox.submit(new Hello(account("seller"), 1).encode(), Outbox.Lifetime.EPOCH);
      outbox.step();
      SignedScopeDeal deal = buy(client);
      outbox.step();
      EpochResult first = epoch(FIRST);
      check(deal, first);
      EpochResult second = epoch(FIRST.next());
      check(deal, second);
      showsTheSameOnAStatement(first, second);
      BigInteger both = paid(first).add(paid(second));
      assertThat(owed(second)).isEqualTo(both);
      server.step();
      DataToken token = DataToken.sign(DOMAIN, deal.deal().id(), SERVER, now + 60, PAYER);
      String csv =
          new String(
              client.history(token, List.of(), "", "", Format.CSV).readAllBytes(),
              StandardCharsets.UTF_8);
      List<String> rows = csv.lines().skip(1).toList();
      assertThat(rows).hasSize(2 * 4 * 20).allMatch(row -> row.contains(",accepted,"));
      hearsAtTheBroker(server, token, clock);
    }
  }

  /** What a gateway's broker hands to whoever shows a token. */
  private void hearsAtTheBroker(DataServer server, DataToken token, InstantSource clock) {
    PurchasedReadings readers =
        new PurchasedReadings(
            id -> id.equals(SERVER) ? Optional.of(URI.create(server.uri())) : Optional.empty(),
            clock);
    Readers.Reader customer = readers.login("customer", text(token)).orElseThrow();
    ReportBody body = body(1, FIRST, reading(1, now).encode());
    Device here = epochs.devices.getFirst();
    assertThat(customer.reading(here, body)).contains(body.payload());
    assertThat(customer.reading(here, body(1, FIRST, new Hello(here.owner(), 1).encode())))
        .isEmpty();
    assertThat(customer.reading(here, body(1, new EpochNumber(9), body.payload()))).isEmpty();
    Device elsewhere = new Device(here.id(), NETWORK, here.owner(), here.key(), CELL + 1);
    assertThat(customer.reading(elsewhere, body)).isEmpty();
    now += 60;
    assertThat(customer.reading(here, body)).isEmpty();
    assertThat(readers.login("customer", text(token))).isEmpty();
    DataToken foreign =
        DataToken.sign(DOMAIN, token.deal(), new DeviceId(1), token.expires() + 60, PAYER);
    assertThat(readers.login("customer", text(foreign))).isEmpty();
    assertThat(readers.login("customer", Bytes.EMPTY)).isEmpty();
    assertThat(readers.login("somebody", text(token))).isEmpty();
  }

  private static Bytes text(DataToken token) {
    return Bytes.wrap(token.text().getBytes(StandardCharsets.US_ASCII));
  }

  /** The customer's statement of both epochs, and of the second alone. */
  private static void showsTheSameOnAStatement(EpochResult first, EpochResult second) {
    Statement both =
        Statement.of(PAYER.account(), List.of(), List.of(first.published(), second.published()));
    assertThat(both.isEqual()).isTrue();
    assertThat(both.charged().isZero()).isFalse();
    Statement alone =
        Statement.of(PAYER.account(), first.published().leaves(), List.of(second.published()));
    assertThat(alone.isEqual()).isTrue();
    assertThat(alone.charged().compareTo(both.charged())).isNegative();
    Statement torn = Statement.of(PAYER.account(), List.of(), List.of(second.published()));
    assertThat(torn.isEqual()).as("an epoch is missing").isFalse();
  }

  private SignedScopeDeal buy(DataClient client) throws IOException {
    ScopeOrder order =
        new ScopeOrder(
            NETWORK, List.of(CELL, EMPTY), DEFINITION.pricePerCellEpoch(), FIRST, FIRST.next());
    ReservationId reservation =
        epochs.reserve(PAYER.account(), order.cost(), new TokenAmount(BigInteger.TEN.pow(17)));
    SignedScopeDeal deal = order.sign(DOMAIN, reservation, SoldEpochs.hash("nonce"), PAYER);
    client.buy(deal);
    return deal;
  }

  /** Readings each three minutes of an epoch, which is then judged. */
  private EpochResult epoch(EpochNumber epoch) throws Exception {
    long opening = SCHEDULE.opening(epoch);
    for (long device = 1; device <= 5; device++) {
      AccountId owner = account("owner " + Math.min(device, 3));
      epochs.send(opening, report(device, epoch, new Hello(owner, 1).encode()));
    }
    for (long second = opening; second < opening + 3600; second += 180) {
      now = second;
      for (long device = 1; device <= 5; device++) {
        epochs.send(second, report(device, epoch, reading(device, second).encode()));
      }
    }
    now = SCHEDULE.opening(epoch.next());
    epochs.seal(epoch);
    return epochs.judge(epoch);
  }

  /** A mild day, a little different at each station. */
  private static Reading reading(long device, long second) {
    long step = second / 180;
    long own = Math.floorMod(step * 31 + 2 * device, 7);
    TreeMap<Integer, Long> values = new TreeMap<>();
    long[] all = {
      180 + device + step % 5 + own % 3,
      60 + (step + device) % 4,
      101_300 + step % 9 + own,
      300 + 10 * own + step % 11,
      (200 + 7 * own + step) % 360,
      50_000 + 100 * own + step % 13,
      10_000
    };
    for (int i = 0; i < Math.min(all.length, DEFINITION.fields().size()); i++) {
      values.put(i, all[i]);
    }
    return new Reading(second, values);
  }

  private Report report(long device, EpochNumber epoch, Bytes payload) {
    return Report.sign(body(device, epoch, payload), deviceKey(device));
  }

  private ReportBody body(long device, EpochNumber epoch, Bytes payload) {
    return new ReportBody(
        DOMAIN.deployment(),
        NETWORK,
        new DeviceId(device),
        deviceKey(device).publicKey().hash(),
        Sequence.of(epoch, ++counter),
        payload);
  }

  /** The gateway of the server's outbox. */
  private List<Gateways.Answer> promise(List<Report> reports) {
    List<Gateways.Answer> answers = new ArrayList<>();
    for (Report report : reports) {
      epochs.send(now, report);
      answers.add(
          new Gateways.Answer.Promised(
              new Promise(
                  account("gateway"),
                  new SlotNumber(0),
                  Sha256.hash(report.body().toArray()),
                  0,
                  1,
                  List.of(),
                  Bytes.wrap(new byte[65]))));
    }
    return answers;
  }

  private static void check(SignedScopeDeal deal, EpochResult result) {
    assertThat(result.charges()).hasSize(4);
    assertThat(result.charges())
        .allSatisfy(line -> {
          assertThat(line.outcome()).isEqualTo(MoneyOutcome.CHARGED);
          assertThat(line.evidence()).isEqualTo(deal.deal().id());
          assertThat(line.paid().isZero()).isFalse();
        });
    Credits charged = new Credits(sum(result, line -> line.charged().value()));
    assertThat(charged).isEqualTo(DEFINITION.pricePerCellEpoch());
    TokenAmount basis = new TokenAmount(sum(result, line -> line.basis().value()));
    TokenAmount most =
        PaymentRule.payment(basis, charged, SoldEpochs.PRICE_HIGH, SoldEpochs.MARGIN);
    assertThat(paid(result)).isLessThanOrEqualTo(most.value());
    assertThat(most.value().subtract(paid(result))).isLessThan(BigInteger.TEN);
  }

  private static BigInteger paid(EpochResult result) {
    return sum(result, line -> line.paid().value());
  }

  private interface Amount {
    BigInteger of(ChargeLine line);
  }

  private static BigInteger sum(EpochResult result, Amount amount) {
    return result.charges().stream().map(amount::of).reduce(BigInteger.ZERO, BigInteger::add);
  }

  /** What the leaves of the three owners say in all. */
  private static BigInteger owed(EpochResult result) {
    Map<AccountId, BigInteger> owed = new TreeMap<>();
    for (MoneyLeaf leaf : result.leaves()) {
      if (leaf.kind() == MoneyKind.PAYMENT) {
        for (String owner : List.of("owner 1", "owner 2", "owner 3")) {
          if (leaf.subject().equals(account(owner).toSubject())) {
            owed.put(account(owner), leaf.cumulative());
          }
        }
      }
    }
    assertThat(owed).hasSize(3);
    return owed.values().stream().reduce(BigInteger.ZERO, BigInteger::add);
  }
}
