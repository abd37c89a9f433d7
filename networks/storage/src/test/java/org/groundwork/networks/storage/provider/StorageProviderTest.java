package org.groundwork.networks.storage.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.groundwork.agent.Payer;
import org.groundwork.networks.storage.rules.StorageReason;
import org.groundwork.networks.storage.wire.CommP;
import org.groundwork.networks.storage.wire.PieceCommitment;
import org.groundwork.networks.storage.wire.ProviderHttp;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Deal;
import org.groundwork.protocol.DealEnd;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Promise;
import org.groundwork.protocol.SignedDeal;
import org.groundwork.protocol.SignedVoucher;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.rules.DeviceResult;
import org.groundwork.rules.Entitlement;
import org.groundwork.rules.Fault;
import org.groundwork.rules.Reservation;
import org.groundwork.rules.SessionKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One real provider over HTTP, on a real disk. */
class StorageProviderTest {
  private static final long CREDITS = 1L << 40;
  private final Sim sim = new Sim();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final AccountKey key = AccountKey.generate(new SecureRandom());
  private final Random random = new Random(4);
  @TempDir Path folder;
  private Sim.Node node;
  private Payer payer;
  private Reservation reservation;

  // NullAway does not know that JUnit fills a @TempDir first.
  @SuppressWarnings("NullAway.Init")
  StorageProviderTest() {}

  @BeforeEach
  void start() throws IOException {
    node = sim.addProvider(folder, config -> config);
    payer = new Payer(folder.resolve("payer"), sim.domain(), key, new SecureRandom());
    reservation = sim.reserve(payer.account(), node, CREDITS);
  }

  @AfterEach
  void stop() throws IOException {
    sim.close();
    payer.close();
  }

  /** The JDK's client sends its next request into any that it has had for less than 30 s. */
  @Test
  void connectionsStayForLongerThanClientsUseThem() {
    assertThat(StorageProvider.READ_TIMEOUT).isGreaterThan(Duration.ofSeconds(30));
  }

  @Test
  void aStoredPieceIsProvenInEverySlotFromTheNextEpochOn() throws Exception {
    store(bytes(300_000));
    assertThat(sim.nextEpoch().scores()).isEmpty();
    Sim.Outcome outcome = sim.nextEpoch();
    assertThat(outcome.of(node).faults()).isEmpty();
    assertThat(provenSlots(outcome)).containsExactly(5L);
    assertThat(status().required("answeredSlots").asLong()).isPositive();
  }

  @Test
  void theAnswerToADealIsAGatewaysPromise() throws Exception {
    byte[] content = bytes(1000);
    upload(content);
    Deal deal = deal(CommP.of(content));
    HttpResponse<byte[]> answer = post(payer.sign(deal, reservation));
    assertThat(answer.statusCode()).isEqualTo(201);
    JsonNode body = json(answer);
    assertThat(body.required("deal").asText()).isEqualTo(deal.id().toHex());
    Promise promise = Promise.decode(Bytes.fromHex(body.required("promise").asText()));
    assertThat(promise.isGenuine(sim.domain())).isTrue();
    HttpResponse<byte[]> again = post(resign(deal));
    assertThat(json(again)).isEqualTo(body);
    assertThat(sim.reports(node, 1)).isEqualTo(1);
  }

  @Test
  void flippedBytesOnDiskAreProvenWrongAndShown() throws Exception {
    PieceCommitment piece = store(bytes(300_000));
    sim.nextEpoch();
    flip(piece);
    DeviceResult result = sim.nextEpoch().of(node);
    assertThat(result.faults()).isNotEmpty();
    assertThat(result.faults()).extracting(Fault::reason).containsOnly(StorageReason.PROOF_WRONG);
    assertThat(status().required("damaged").has(piece.pieceCidV2())).isTrue();
    assertThat(code(get(piece, 0, 100, pay(1 << 20)))).isEqualTo("piece.damaged");
    assertThat(status().required("flawedChallenges").asLong()).isPositive();
  }

  @Test
  void aPieceWhoseFileIsGoneIsReportedLost() throws Exception {
    PieceCommitment piece = store(bytes(3000));
    sim.nextEpoch();
    Files.delete(file(piece, ".data"));
    DeviceResult result = sim.nextEpoch().of(node);
    assertThat(result.faults()).extracting(Fault::reason).containsOnly(StorageReason.PIECE_LOST);
  }

  @Test
  void theScrubberFindsDamageAndMakesATreeAgain() throws Exception {
    PieceCommitment good = store(bytes(200_000));
    PieceCommitment bad = store(bytes(200_000));
    flip(bad);
    byte[] tree = Files.readAllBytes(file(good, ".tree"));
    tree[40] ^= 1;
    Files.write(file(good, ".tree"), tree);
    node.provider().scrub();
    assertThat(node.provider().damaged()).containsOnlyKeys(bad.pieceCidV2());
    tree[40] ^= 1;
    assertThat(Files.readAllBytes(file(good, ".tree"))).isEqualTo(tree);
  }

  @Test
  void aDamagedPieceIsReplacedByUploadingItAgain() throws Exception {
    byte[] content = bytes(200_000);
    PieceCommitment piece = store(content);
    flip(piece);
    node.provider().scrub();
    assertThat(node.provider().damaged()).isNotEmpty();
    long used = status().required("usedBytes").asLong();
    assertThat(upload(content).statusCode()).isEqualTo(200);
    assertThat(node.provider().damaged()).isEmpty();
    assertThat(status().required("usedBytes").asLong()).isEqualTo(used);
    flip(piece);
    assertThat(upload(content).statusCode()).isEqualTo(200);
    assertThat(Files.readAllBytes(file(piece, ".data"))).isEqualTo(content);
    assertThat(status().required("usedBytes").asLong()).isEqualTo(used);
  }

  @Test
  void onlyTheBytesOfThePieceAreTaken() throws Exception {
    byte[] content = bytes(5000);
    PieceCommitment piece = CommP.of(content);
    byte[] other = content.clone();
    other[77] ^= 1;
    assertThat(code(put(piece, other))).isEqualTo("piece.wrong-content");
    assertThat(code(put(piece, bytes(4999)))).isEqualTo("piece.length");
    assertThat(list(node.folder.resolve("storage/pieces"))).isEmpty();
    assertThat(list(node.folder.resolve("storage/incoming"))).isEmpty();
    assertThat(status().required("usedBytes").asLong()).isZero();
  }

  @Test
  void aFullProviderSaysSoAndKeepsNothingHalfWritten() throws Exception {
    restart(config -> capacity(config, 100_000));
    assertThat(upload(bytes(60_000)).statusCode()).isEqualTo(201);
    HttpResponse<byte[]> refused = upload(bytes(60_000));
    assertThat(refused.statusCode()).isEqualTo(507);
    assertThat(code(refused)).isEqualTo("storage.full");
    assertThat(list(node.folder.resolve("storage/incoming"))).isEmpty();
    assertThat(upload(bytes(20_000)).statusCode()).isEqualTo(201);
  }

  @Test
  void strangersStoreNothing() throws Exception {
    Payer stranger =
        new Payer(
            folder.resolve("stranger"),
            sim.domain(),
            AccountKey.generate(new SecureRandom()),
            new SecureRandom());
    byte[] content = bytes(1000);
    PieceCommitment piece = CommP.of(content);
    assertThat(code(put(piece, content, stranger, sim.instant().getEpochSecond())))
        .isEqualTo("deal.no-reservation");
    assertThat(code(put(piece, content, payer, sim.instant().getEpochSecond() - 1000)))
        .isEqualTo("request.unsigned");
    String target = ProviderHttp.PIECES + piece.pieceCidV2();
    long now = sim.instant().getEpochSecond();
    Bytes forged = stranger.signRequest("PUT", target, ProviderHttp.contentOf(piece), now);
    assertThat(
            code(
                send(
                    request(target)
                        .header(ProviderHttp.ACCOUNT, payer.account().toHex())
                        .header(ProviderHttp.TIME, Long.toString(now))
                        .header(ProviderHttp.SIGNATURE, forged.toHex())
                        .PUT(HttpRequest.BodyPublishers.ofByteArray(content)))))
        .isEqualTo("request.unsigned");
    HttpRequest.Builder unsigned =
        request(ProviderHttp.PIECES + piece.pieceCidV2())
            .PUT(HttpRequest.BodyPublishers.ofByteArray(content));
    assertThat(code(send(unsigned))).isEqualTo("request.unsigned");
    stranger.close();
  }

  @Test
  void dealsThatAreNotWorthItAreRefused() throws Exception {
    byte[] content = bytes(1000);
    PieceCommitment piece = CommP.of(content);
    assertThat(code(post(resign(deal(piece))))).isEqualTo("deal.piece-missing");
    upload(content);
    Deal good = deal(piece);
    assertThat(code(post(new SignedDeal(good, Bytes.wrap(new byte[65])))))
        .isEqualTo("request.unsigned");
    assertThat(code(post(resign(change(good, Credits.ZERO, good.cap(), good.endSlot())))))
        .isEqualTo("deal.terms");
    assertThat(code(post(resign(change(good, good.rate(), Credits.ZERO, good.endSlot())))))
        .isEqualTo("deal.terms");
    assertThat(code(post(resign(change(good, good.rate(), good.cap(), sim.slot().plus(2))))))
        .isEqualTo("deal.terms");
    assertThat(
            code(post(resign(change(good, good.rate(), Credits.of(CREDITS + 1), good.endSlot())))))
        .isEqualTo("deal.above-reservation");
    assertThat(
            code(
                post(
                    new SignedDeal(
                        good,
                        AccountKey.generate(new SecureRandom())
                            .sign(sim.domain().digest(good.id()))))))
        .isEqualTo("request.unsigned");
    assertThat(post(resign(good)).statusCode()).isEqualTo(201);
    Deal rest =
        change(
            good,
            good.rate(),
            Credits.of(CREDITS - good.cap().value().longValue() + 1),
            good.endSlot());
    assertThat(code(post(resign(rest)))).isEqualTo("deal.above-reservation");
    assertThat(sim.reports(node, 1)).isEqualTo(1);
  }

  @Test
  void readingIsPaidByVouchersAndTheyAreReported() throws Exception {
    restart(config -> trusting(config, 1000));
    byte[] content = bytes(200_000);
    PieceCommitment piece = store(content);
    Payer.Session session = payer.open(reservation);
    long price = 200_000;
    HttpResponse<byte[]> first = get(piece, 0, 200_000, session.pay(Credits.of(price)));
    assertThat(first.body()).isEqualTo(content);
    HttpResponse<byte[]> unpaid = get(piece, 5, 200_000 - 5, session.pay(Credits.of(1)));
    assertThat(unpaid.statusCode()).isEqualTo(402);
    assertThat(code(unpaid)).isEqualTo("egress.unpaid");
    assertThat(unpaid.headers().firstValue(ProviderHttp.OWED)).isPresent();
    assertThat(unpaid.headers().firstValue(ProviderHttp.OWED).orElse("")).isEqualTo("199994");
    HttpResponse<byte[]> part = get(piece, 1000, 1001, session.pay(Credits.ZERO));
    assertThat(part.body()).isEqualTo(Arrays.copyOfRange(content, 1000, 2001));
    assertThat(code(get(piece, 0, 1, session.pay(Credits.ZERO)))).isEqualTo("egress.unpaid");
    assertThat(code(get(piece, 0, 2, payer.open(reservation).pay(Credits.of(1)))))
        .isEqualTo("egress.unpaid");
    assertThat(get(piece, 0, 2, payer.open(reservation).pay(Credits.of(2))).statusCode())
        .isEqualTo(200);
    restart(config -> config);
    assertThat(code(get(piece, 0, 2000, session.pay(Credits.of(1))))).isEqualTo("egress.unpaid");
    assertThat(get(piece, 0, 2000, session.pay(Credits.of(1999))).statusCode()).isEqualTo(200);
    Sim.Outcome outcome = sim.nextEpoch();
    assertThat(outcome.scores())
        .extracting(score -> score.entitlement())
        .filteredOn(Entitlement.Paid.class::isInstance)
        .extracting(paid -> ((Entitlement.Paid) paid).voucher().cumulative())
        .contains(Credits.of(price + 1 + 2000))
        .hasSize(3);
  }

  @Test
  void aSessionKeyReadsAndItsVouchersCount() throws Exception {
    byte[] content = bytes(1000);
    PieceCommitment piece = store(content);
    AccountKey hot = AccountKey.generate(new SecureRandom());
    SessionKey session =
        new SessionKey(payer.account(), hot.account(), Sim.NETWORK, Credits.of(1500));
    try (Payer reader =
        Payer.ofSession(folder.resolve("reader"), sim.domain(), session, hot, new SecureRandom())) {
      Payer.Session vouchers = reader.open(reservation);
      SignedVoucher first = vouchers.pay(Credits.of(1000));
      assertThat(code(get(piece, 0, 1000, first, reader))).isEqualTo("egress.voucher");
      sim.authorise(session);
      assertThat(get(piece, 0, 1000, first, reader).body()).isEqualTo(content);
      // The request of a stranger with somebody's voucher.
      try (Payer stranger =
          new Payer(
              folder.resolve("stranger"),
              sim.domain(),
              AccountKey.generate(new SecureRandom()),
              new SecureRandom())) {
        assertThat(code(get(piece, 0, 1, first, stranger))).isEqualTo("egress.voucher");
      }
      assertThat(get(piece, 0, 500, vouchers.pay(Credits.of(500)), reader).statusCode())
          .isEqualTo(200);
    }
    Sim.Outcome outcome = sim.nextEpoch();
    assertThat(outcome.scores())
        .extracting(score -> score.entitlement())
        .filteredOn(Entitlement.Paid.class::isInstance)
        .extracting(paid -> ((Entitlement.Paid) paid).voucher().cumulative())
        .containsExactly(Credits.of(1500));
  }

  @Test
  void vouchersThatAreWorthNothingBuyNothing() throws Exception {
    PieceCommitment piece = store(bytes(1000));
    Payer.Session session = payer.open(reservation);
    SignedVoucher voucher = session.pay(Credits.of(1 << 20));
    assertThat(
            code(get(piece, 0, 10, new SignedVoucher(voucher.voucher(), Bytes.wrap(new byte[65])))))
        .isEqualTo("egress.voucher");
    assertThat(get(piece, 0, 10, voucher).statusCode()).isEqualTo(200);
    assertThat(code(get(piece, 990, 11, voucher))).isEqualTo("piece.range");
    assertThat(code(get(CommP.of(bytes(5)), 0, 5, voucher))).isEqualTo("piece.unknown");
  }

  @Test
  void anEndedDealIsReportedAndItsPieceGoesAway() throws Exception {
    restart(StorageProviderTest::forgetful);
    byte[] content = bytes(1000);
    upload(content);
    PieceCommitment piece = CommP.of(content);
    Deal deal = deal(piece);
    assertThat(post(payer.sign(deal, reservation)).statusCode()).isEqualTo(201);
    sim.nextEpoch();
    Bytes wrong = key.sign(Hash.ZERO);
    assertThat(code(delete(deal.id(), wrong))).isEqualTo("request.unsigned");
    Bytes right = payer.sign(new DealEnd(sim.domain().deployment(), deal.id()));
    assertThat(code(delete(Hash.ZERO, right))).isEqualTo("deal.unknown");
    assertThat(delete(deal.id(), right).statusCode()).isEqualTo(200);
    assertThat(delete(deal.id(), right).statusCode()).isEqualTo(200);
    sim.nextSlot();
    assertThat(Files.exists(file(piece, ".data"))).isTrue();
    Sim.Outcome ending = sim.nextEpoch();
    assertThat(ending.of(node).faults()).isEmpty();
    Sim.Outcome after = sim.nextEpoch();
    assertThat(after.scores()).isEmpty();
    assertThat(after.of(node).faults()).isEmpty();
    Sim.await("deletion", () -> !Files.exists(file(piece, ".data")));
    assertThat(status().required("deals").asInt()).isZero();
  }

  @Test
  void aDealOverItsEndSlotIsNotProvenAndItsPieceGoesAway() throws Exception {
    restart(StorageProviderTest::forgetful);
    byte[] content = bytes(1000);
    PieceCommitment piece = CommP.of(content);
    sim.gatewayDown = false;
    upload(content);
    Deal deal = change(deal(piece), Credits.of(1), Credits.of(1 << 20), sim.slot().plus(7));
    assertThat(post(payer.sign(deal, reservation)).statusCode()).isEqualTo(201);
    sim.nextEpoch();
    Sim.Outcome outcome = sim.nextEpoch();
    assertThat(provenSlots(outcome)).containsExactly(2L);
    assertThat(outcome.of(node).faults()).isEmpty();
    Sim.await("deletion", () -> !Files.exists(file(piece, ".data")));
  }

  @Test
  void aProviderThatWasKilledGoesOnWhereItWas() throws Exception {
    PieceCommitment first = store(bytes(5000));
    byte[] content = bytes(7000);
    upload(content);
    sim.gatewayDown = true;
    restart(config -> impatient(config));
    assertThat(code(post(payer.sign(deal(CommP.of(content)), reservation))))
        .isEqualTo("deal.unpromised");
    Files.write(node.folder.resolve("storage/incoming/9.data"), new byte[10]);
    sim.stop(node);
    sim.gatewayDown = false;
    sim.start(node);
    Sim.await("the deal's report", () -> sim.reports(node, 1) >= 2);
    assertThat(list(node.folder.resolve("storage/incoming"))).isEmpty();
    sim.nextEpoch();
    sim.stop(node);
    sim.start(node);
    Sim.Outcome outcome = sim.nextEpoch();
    assertThat(outcome.of(node).faults()).isEmpty();
    assertThat(provenSlots(outcome)).containsExactly(5L, 5L);
    assertThat(first).isNotNull();
  }

  @Test
  void withoutResultsToFollowPromisesAreTrusted() throws Exception {
    sim.resultsHidden = true;
    store(bytes(5000));
    sim.nextEpoch();
    store(bytes(6000));
    assertThat(sim.nextEpoch().of(node).faults()).isEmpty();
    Sim.Outcome outcome = sim.nextEpoch();
    assertThat(outcome.of(node).faults()).isEmpty();
    assertThat(provenSlots(outcome)).containsExactly(5L, 5L);
  }

  @Test
  void aLostBookIsMadeUpForByTheResults() throws Exception {
    store(bytes(5000));
    sim.nextEpoch();
    sim.stop(node);
    Files.delete(node.folder.resolve("storage/deals.log"));
    sim.start(node);
    sim.nextSlot();
    Sim.Outcome outcome = sim.nextEpoch();
    assertThat(provenSlots(outcome).getFirst()).isGreaterThanOrEqualTo(4L);
  }

  private static ProviderConfig capacity(ProviderConfig config, long bytes) {
    return config.with(new ProviderConfig.Room(bytes, 0, config.room().maxPieceBytes(), 16));
  }

  private static ProviderConfig impatient(ProviderConfig config) {
    return config.with(
        new ProviderConfig.Waits(config.waits().unclaimed(), Duration.ofMillis(300)));
  }

  private static ProviderConfig forgetful(ProviderConfig config) {
    return config.with(new ProviderConfig.Waits(Duration.ZERO, config.waits().promise()));
  }

  private static ProviderConfig trusting(ProviderConfig config, long credits) {
    ProviderConfig.Offer offer = config.offer();
    return config.with(
        new ProviderConfig.Offer(
            offer.ratePerGiBSlot(),
            offer.egressPerGiB(),
            Credits.of(credits),
            offer.maxDealSlots()));
  }

  private void restart(UnaryOperator<ProviderConfig> change) throws IOException {
    sim.stop(node);
    node.config = change.apply(node.config);
    sim.start(node);
  }

  private PieceCommitment store(byte[] content) throws Exception {
    assertThat(upload(content).statusCode()).isEqualTo(201);
    PieceCommitment piece = CommP.of(content);
    assertThat(post(payer.sign(deal(piece), reservation)).statusCode()).isEqualTo(201);
    return piece;
  }

  private Deal deal(PieceCommitment piece) {
    return new Deal(
        sim.domain().deployment(),
        Sim.NETWORK,
        node.id,
        payer.account(),
        node.owner(),
        reservation.id(),
        Credits.of(1000),
        Credits.of(100_000),
        sim.slot(),
        sim.slot().plus(100),
        piece.encode());
  }

  private static Deal change(Deal deal, Credits rate, Credits cap, SlotNumber end) {
    return new Deal(
        deal.deployment(),
        deal.network(),
        deal.device(),
        deal.payer(),
        deal.seller(),
        deal.reservation(),
        rate,
        cap,
        deal.startSlot(),
        end,
        deal.terms());
  }

  private SignedDeal resign(Deal deal) {
    return new SignedDeal(deal, key.sign(sim.domain().digest(deal.id())));
  }

  private SignedVoucher pay(long credits) throws Exception {
    return payer.open(reservation).pay(Credits.of(credits));
  }

  private static List<Long> provenSlots(Sim.Outcome outcome) {
    return outcome.scores().stream()
        .map(score -> score.entitlement())
        .filter(Entitlement.Proven.class::isInstance)
        .map(proven -> ((Entitlement.Proven) proven).slots())
        .toList();
  }

  private byte[] bytes(int size) {
    byte[] content = new byte[size];
    random.nextBytes(content);
    return content;
  }

  private Path file(PieceCommitment piece, String suffix) {
    return node.folder.resolve("storage/pieces/" + piece.pieceCidV2() + suffix);
  }

  private void flip(PieceCommitment piece) throws IOException {
    byte[] content = Files.readAllBytes(file(piece, ".data"));
    for (int i = 0; i < content.length; i += 500) {
      content[i] ^= 1;
    }
    Files.write(file(piece, ".data"), content);
  }

  private static List<Path> list(Path where) {
    try (Stream<Path> files = Files.list(where)) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpResponse<byte[]> upload(byte[] content) throws Exception {
    return put(CommP.of(content), content);
  }

  private HttpResponse<byte[]> put(PieceCommitment piece, byte[] content) throws Exception {
    return put(piece, content, payer, sim.instant().getEpochSecond());
  }

  private HttpResponse<byte[]> put(PieceCommitment piece, byte[] content, Payer by, long time)
      throws Exception {
    String target = ProviderHttp.PIECES + piece.pieceCidV2();
    return send(
        sign(request(target), "PUT", target, piece, by, time)
            .expectContinue(true)
            .PUT(HttpRequest.BodyPublishers.ofByteArray(content)));
  }

  private HttpResponse<byte[]> get(
      PieceCommitment piece, long offset, long length, SignedVoucher voucher) throws Exception {
    return get(piece, offset, length, voucher, payer);
  }

  private HttpResponse<byte[]> get(
      PieceCommitment piece, long offset, long length, SignedVoucher voucher, Payer by)
      throws Exception {
    String target =
        ProviderHttp.PIECES + piece.pieceCidV2() + "?offset=" + offset + "&length=" + length;
    CanonicalWriter out = new CanonicalWriter();
    voucher.write(out);
    return send(
        sign(request(target), "GET", target, piece, by, sim.instant().getEpochSecond())
            .header(ProviderHttp.VOUCHER, out.toBytes().toHex())
            .GET());
  }

  private HttpResponse<byte[]> post(SignedDeal signed) throws Exception {
    CanonicalWriter out = new CanonicalWriter();
    signed.write(out);
    assertThat(SignedDeal.read(new CanonicalReader(out.toBytes()))).isEqualTo(signed);
    return send(
        request(ProviderHttp.DEALS)
            .POST(HttpRequest.BodyPublishers.ofByteArray(out.toBytes().toArray())));
  }

  private HttpResponse<byte[]> delete(Hash deal, Bytes signature) throws Exception {
    return send(
        request(ProviderHttp.DEALS + "/" + deal.toHex())
            .header(ProviderHttp.SIGNATURE, signature.toHex())
            .DELETE());
  }

  private JsonNode status() throws Exception {
    return json(send(request(ProviderHttp.STATUS).GET()));
  }

  private HttpRequest.Builder request(String target) {
    return HttpRequest.newBuilder(URI.create(node.provider().endpoint() + target))
        .timeout(Duration.ofSeconds(60));
  }

  private static HttpRequest.Builder sign(
      HttpRequest.Builder request,
      String method,
      String target,
      PieceCommitment piece,
      Payer by,
      long time) {
    Bytes signature = by.signRequest(method, target, ProviderHttp.contentOf(piece), time);
    return request
        .header(ProviderHttp.ACCOUNT, by.signer().toHex())
        .header(ProviderHttp.TIME, Long.toString(time))
        .header(ProviderHttp.SIGNATURE, signature.toHex());
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static JsonNode json(HttpResponse<byte[]> response) throws IOException {
    return new ObjectMapper().readTree(response.body());
  }

  private static String code(HttpResponse<byte[]> response) throws IOException {
    return json(response).required("code").asText();
  }
}
