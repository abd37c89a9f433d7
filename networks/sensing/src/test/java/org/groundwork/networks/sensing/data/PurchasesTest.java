package org.groundwork.networks.sensing.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.groundwork.agent.DurableLog;
import org.groundwork.networks.sensing.customer.DataRefusal;
import org.groundwork.networks.sensing.customer.Opened;
import org.groundwork.networks.sensing.wire.Product;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.ProductDeal;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.ReportBody;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.ScopeDeal;
import org.groundwork.protocol.Sequence;
import org.groundwork.protocol.SignedScopeDeal;
import org.groundwork.protocol.crypto.DeviceKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of purchases, and what one product of a cell opens. */
class PurchasesTest {
  private static final List<Long> CELLS = List.of(DataWorld.CELL);
  private static final long HOUR = 3600;

  @TempDir private Path folder;
  private @Nullable DataWorld opened;

  @BeforeEach
  void open() throws IOException {
    opened = new DataWorld(folder);
  }

  @AfterEach
  void close() throws IOException {
    world().close();
  }

  private DataWorld world() {
    return Objects.requireNonNull(opened);
  }

  /** For this epoch and the fifty after it. */
  private ProductDeal deal(Product product, Credits rate) {
    Credits cap = DataWorld.times(rate, 51);
    ReservationId reserved = world().reserve("payer", cap, new EpochNumber(57));
    ScopeDeal deal = new ScopeDeal(DataWorld.terms(reserved, CELLS, rate, cap, 7, 57), CELLS);
    int number = product.number();
    return new ProductDeal(
        deal, number, DataWorld.PAYER.sign(ProductDeal.digest(deal, number, DataWorld.DOMAIN)));
  }

  private SignedScopeDeal longDeal() {
    Credits cap = DataWorld.times(DataWorld.PRICE, 51);
    ReservationId reserved = world().reserve("payer", cap, new EpochNumber(57));
    return DataWorld.sign(DataWorld.terms(reserved, CELLS, DataWorld.PRICE, cap, 7, 57), CELLS);
  }

  private DataToken token(Hash deal) {
    return DataToken.sign(
        DataWorld.DOMAIN, deal, DataWorld.SERVER, world().now() + 60, DataWorld.PAYER);
  }

  private Opened access(SignedScopeDeal deal) throws IOException {
    return world().client.access(token(deal.deal().id()));
  }

  private interface Asking {
    void ask() throws IOException;
  }

  private static void refused(String code, Asking asking) {
    assertThatThrownBy(asking::ask)
        .isInstanceOfSatisfying(DataRefusal.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  /** A report of the server's with a purchase. */
  private static Report report(Bytes payload, long epoch) {
    DeviceKey key = DataWorld.deviceKey(DataWorld.SERVER.value());
    return Report.sign(
        new ReportBody(
            DataWorld.DOMAIN.deployment(),
            DataWorld.NETWORK,
            DataWorld.SERVER,
            key.publicKey().hash(),
            Sequence.of(new EpochNumber(epoch), 1),
            payload),
        key);
  }

  private static List<JsonNode> rows(InputStream json) throws IOException {
    try (json) {
      return ReadingJson.MAPPER.readTree(json).valueStream().toList();
    }
  }

  @Test
  void aProductOpensItselfAlone() throws Exception {
    ProductDeal deal = deal(Product.LATEST, DataWorld.LATEST_PRICE);
    assertThat(world().client.buy(deal)).isEqualTo("reported");
    assertThat(world().outbox.oldest().orElseThrow().get(0)).isEqualTo((byte) 5);
    world().seal(world().report(1, world().now(), 215));
    world().server.step();
    DataToken token = token(deal.deal().id());
    assertThat(rows(world().client.latest(token, List.of(), Format.JSON))).hasSize(1);
    refused(
        "scope.other-product", () -> world().client.history(token, List.of(), "", "", Format.JSON));
    assertThat(world().client.access(token).product()).isEqualTo(Product.LATEST);
  }

  @Test
  void historyAloneIsWhatResultsHaveJudged() throws Exception {
    ProductDeal deal = deal(Product.HISTORY, DataWorld.PRICE);
    world().client.buy(deal);
    DataToken token = token(deal.deal().id());
    Report reading = world().report(1, world().now(), 215);
    world().seal(reading);
    world().server.step();
    assertThat(rows(world().client.history(token, List.of(), "", "", Format.JSON))).isEmpty();
    world().accept(7, Set.of(), reading);
    world().server.step();
    assertThat(rows(world().client.history(token, List.of(), "", "", Format.JSON))).hasSize(1);
    refused("scope.other-product", () -> world().client.latest(token, List.of(), Format.JSON));
  }

  @Test
  void aProductHasItsOwnPriceAndItsOwnSignature() {
    Credits less = new Credits(DataWorld.LATEST_PRICE.value().subtract(java.math.BigInteger.ONE));
    refused("scope.price", () -> world().client.buy(deal(Product.LATEST, less)));
    refused("scope.other-product", () -> world().client.buy(deal(Product.STREAM, DataWorld.PRICE)));
    ProductDeal cheap = deal(Product.LATEST, DataWorld.LATEST_PRICE);
    refused(
        "scope.wrong-key",
        () ->
            world()
                .client
                .buy(new ProductDeal(cheap.deal(), Product.HISTORY.number(), cheap.signature())));
    refused(
        "scope.wrong-key",
        () -> world().client.buy(new SignedScopeDeal(cheap.deal(), cheap.signature())));
  }

  @Test
  void moreThanTheRulesLookAtWaitsForTheNextEpoch() throws Exception {
    for (int i = 0; i < Purchases.MAX_IN_EPOCH; i++) {
      assertThat(world().client.buy(world().deal())).isEqualTo("reported");
    }
    SignedScopeDeal late = world().deal();
    assertThat(world().client.buy(late)).isEqualTo("queued");
    refused("scope.queued", () -> access(late));
    assertThat(world().outbox.waiting()).isEqualTo(Purchases.MAX_IN_EPOCH);
    world().pass(HOUR);
    world().server.step();
    assertThat(world().outbox.waiting()).isEqualTo(Purchases.MAX_IN_EPOCH + 1);
    assertThat(access(late).first()).isEqualTo(new EpochNumber(8));
  }

  @Test
  void whenTooManyWaitTheServerSaysSo() throws Exception {
    List<String> states = new ArrayList<>();
    for (int i = 0; i < Purchases.MAX_IN_EPOCH + Purchases.MAX_WAITING; i++) {
      states.add(world().client.buy(world().deal()));
    }
    assertThat(states).endsWith("queued");
    refused("server.busy", () -> world().client.buy(world().deal()));
    world().pass(HOUR);
    world().server.step();
    assertThat(world().client.buy(world().deal())).isEqualTo("queued");
  }

  @Test
  void whatAResultDoesNotHaveIsReportedAgainAndThenGivenUp() throws Exception {
    SignedScopeDeal deal = longDeal();
    world().client.buy(deal);
    for (int epoch = 8; epoch < 8 + Purchases.MAX_ATTEMPTS; epoch++) {
      assertThat(world().outbox.waiting()).isEqualTo(epoch - 7);
      assertThat(access(deal).covers(DataWorld.NETWORK, DataWorld.CELL, new EpochNumber(8)))
          .isTrue();
      world().pass(HOUR);
      world().accept(epoch, Set.of());
      world().server.step();
    }
    assertThat(world().outbox.waiting()).isEqualTo(Purchases.MAX_ATTEMPTS);
    refused("scope.rejected", () -> access(deal));
    Credits cap = deal.deal().terms().cap();
    ScopeDeal next =
        new ScopeDeal(
            DataWorld.terms(deal.deal().terms().reservation(), CELLS, DataWorld.PRICE, cap, 8, 57),
            CELLS);
    assertThat(world().client.buy(DataWorld.sign(next.terms(), CELLS))).isEqualTo("reported");
  }

  @Test
  void whatAResultAcceptedIsNotReportedAgain() throws Exception {
    SignedScopeDeal deal = longDeal();
    world().client.buy(deal);
    Bytes payload = world().outbox.oldest().orElseThrow();
    world().accept(7, Set.of(), report(payload, 7));
    world().server.step();
    world().pass(2 * HOUR);
    world().accept(8, Set.of());
    world().accept(9, Set.of());
    world().server.step();
    assertThat(world().outbox.waiting()).isEqualTo(1);
    assertThat(access(deal).first()).isEqualTo(new EpochNumber(7));
  }

  @Test
  void aServerThatStartsAgainKnowsItsPurchases() throws Exception {
    ProductDeal latest = deal(Product.LATEST, DataWorld.LATEST_PRICE);
    world().client.buy(latest);
    for (int i = 0; i < Purchases.MAX_IN_EPOCH; i++) {
      world().client.buy(world().deal());
    }
    world().close();
    open();
    Opened access = world().client.access(token(latest.deal().id()));
    assertThat(access.product()).isEqualTo(Product.LATEST);
    world().server.step();
    int waiting = Purchases.MAX_IN_EPOCH;
    assertThat(world().outbox.waiting()).isEqualTo(waiting);
    world().pass(HOUR);
    world().server.step();
    assertThat(world().outbox.waiting()).isEqualTo(waiting + 1);
  }

  @Test
  void purchasesThatTheVersionBeforeTookAreForAllProducts() throws Exception {
    SignedScopeDeal old = longDeal();
    CanonicalWriter encoded = new CanonicalWriter();
    old.write(encoded);
    world().close();
    Path server = folder.resolve("server");
    Files.delete(server.resolve("purchase-events.log"));
    try (DurableLog log = DurableLog.open(server.resolve("purchases.log")).log()) {
      log.append(encoded.toBytes());
    }
    open();
    world().server.step();
    assertThat(access(old).product()).isEqualTo(Product.ALL);
    assertThat(access(old).first()).isEqualTo(new EpochNumber(7));
    assertThat(world().outbox.waiting()).isZero();
  }
}
