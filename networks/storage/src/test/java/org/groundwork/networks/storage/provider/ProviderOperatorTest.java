package org.groundwork.networks.storage.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.groundwork.agent.Payer;
import org.groundwork.networks.storage.rules.StorageReason;
import org.groundwork.networks.storage.wire.CommP;
import org.groundwork.networks.storage.wire.MetadataRoot;
import org.groundwork.networks.storage.wire.PieceCommitment;
import org.groundwork.networks.storage.wire.PriceTag;
import org.groundwork.networks.storage.wire.Prices;
import org.groundwork.networks.storage.wire.ProviderHttp;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Deal;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.SignatureVerifiers;
import org.groundwork.rules.DeviceResult;
import org.groundwork.rules.Fault;
import org.groundwork.rules.Reservation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees and asks of a provider that runs: price tags, leaving, disks, warnings. */
class ProviderOperatorTest {
  private static final int BYTES = 50_000;

  private final Sim sim = new Sim();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Random random = new Random(6);
  @TempDir Path folder;
  private final AccountKey key = AccountKey.generate(new SecureRandom());
  private Path disk;
  private Sim.Node node;
  private Payer payer;
  private Reservation reservation;

  // NullAway does not know that JUnit fills a @TempDir first.
  @SuppressWarnings("NullAway.Init")
  ProviderOperatorTest() {}

  @BeforeEach
  void start() throws IOException {
    Path first = Files.createDirectory(folder.resolve("first"));
    disk = Files.createDirectory(folder.resolve("second"));
    StoreConfig store =
        StoreConfig.DEFAULT.on(
            List.of(new DiskConfig(first, 32 << 20), new DiskConfig(disk, 32 << 20)));
    node = sim.addProvider(folder, config -> config.with(store));
    payer = new Payer(folder.resolve("payer"), sim.domain(), key, new SecureRandom());
    reservation = sim.reserve(payer.account(), node, 1L << 40);
  }

  @AfterEach
  void stop() throws IOException {
    sim.close();
    payer.close();
  }

  @Test
  void thePriceTagIsSignedByTheDeviceAndSaysWhatIsAsked() throws Exception {
    PriceTag.Signed signed = price();
    assertThat(signed.isGenuine(node.key.publicKey(), SignatureVerifiers.best())).isTrue();
    PriceTag tag = signed.tag();
    assertThat(tag.device()).isEqualTo(node.id);
    assertThat(tag.ratePerGiBSlot()).isEqualTo(sim.parameters.minimumRatePerGiBSlot());
    assertThat(tag.egressPerGiB()).isEqualTo(sim.parameters.egressPricePerGiB());
    assertThat(tag.isLeaving()).isFalse();
    assertThat(tag.holdsAt(sim.slot())).isTrue();
    assertThat(tag.holdsAt(sim.slot().plus(100))).isTrue();
  }

  @Test
  void aCustomersNewestRootIsKeptAndNoOlderOne() throws Exception {
    assertThat(send(request(target(key)).GET()).statusCode()).isEqualTo(404);
    assertThat(leave(key, 5).statusCode()).isEqualTo(200);
    assertThat(leave(key, 7).statusCode()).isEqualTo(200);
    assertThat(code(leave(key, 6))).isEqualTo("root.old");
    sim.restart(node, config -> config);
    byte[] found = send(request(target(key)).GET()).body();
    assertThat(MetadataRoot.Signed.decode(Bytes.wrap(found)).root().number()).isEqualTo(7);
    AccountKey stranger = AccountKey.generate(new SecureRandom());
    assertThat(code(leave(stranger, 1))).isEqualTo("deal.no-reservation");
    byte[] forged = root(stranger, key, 9).encode().toArray();
    assertThat(code(send(request(target(key)).PUT(BodyPublishers.ofByteArray(forged)))))
        .isEqualTo("request.unsigned");
  }

  private HttpResponse<byte[]> leave(AccountKey by, long number) throws Exception {
    byte[] root = root(by, by, number).encode().toArray();
    return send(request(target(by)).PUT(BodyPublishers.ofByteArray(root)));
  }

  private MetadataRoot.Signed root(AccountKey signer, AccountKey payer, long number) {
    return new MetadataRoot(
            sim.domain().deployment(), Sim.NETWORK, payer.account(), number, Bytes.of((byte) 1))
        .sign(sim.domain(), signer);
  }

  private static String target(AccountKey payer) {
    return ProviderHttp.ROOTS + payer.account().toHex();
  }

  @Test
  void aHigherPriceCountsOnlyWhenTheTagsBeforeAreOver() throws Exception {
    Credits low = sim.parameters.minimumRatePerGiBSlot();
    Credits high = Credits.of(1L << 40);
    StoreConfig brief = node.config.store();
    StoreConfig threeSlots = new StoreConfig(brief.disks(), brief.trash(), 0, 0, 3);
    sim.restart(node, config -> config.with(threeSlots));
    sim.sleep(130); // Until the first tags, of 120 slots, are over.
    sim.nextSlot();
    SlotNumber promised = price().tag().until();
    sim.restart(node, config -> config.with(config.offer().at(high, high)));
    assertThat(price().tag().ratePerGiBSlot()).isEqualTo(high);
    PieceCommitment piece = upload(200);
    assertThat(deal(piece, low).statusCode()).isEqualTo(201);
    while (sim.slot().compareTo(promised) < 0) {
      sim.nextSlot();
    }
    HttpResponse<byte[]> refused = deal(upload(200), low);
    assertThat(code(refused)).isEqualTo("deal.terms");
  }

  @Test
  void whoLeavesSaysSoTakesNothingNewAndProvesOn() throws Exception {
    deal(upload(200), Credits.of(1000));
    sim.nextEpoch();
    Leaving leaving = new Leaving(node.folder.resolve("storage"));
    leaving.announce(sim.instant().plus(Duration.ofHours(5)));
    sim.nextSlot();
    assertThat(price().tag().isLeaving()).isTrue();
    assertThat(status().at("/leaving/slot").asLong()).isEqualTo(sim.slot().value() + 299);
    assertThat(code(put(bytes(300)))).isEqualTo("storage.leaving");
    assertThat(status().at("/leaving/dealsLeft").asInt()).isEqualTo(1);
    assertThat(status().at("/leaving/mayStop").asBoolean()).isFalse();
    sim.nextEpoch();
    assertThat(sim.nextEpoch().of(node).faults()).isEmpty();
    assertThat(leaving.stay()).isTrue();
    sim.nextSlot();
    assertThat(price().tag().isLeaving()).isFalse();
    assertThat(put(bytes(300)).statusCode()).isEqualTo(201);
  }

  @Test
  void aDiskThatIsGoneIsToldBeforeItIsInTheResults() throws Exception {
    for (int i = 0; i < 4; i++) {
      assertThat(deal(upload(BYTES), Credits.of(1000)).statusCode()).isEqualTo(201);
    }
    sim.nextEpoch();
    assertThat(status().path("warnings")).isEmpty();
    assertThat(metrics())
        .contains("groundwork_provider_pieces 4\n")
        .contains("groundwork_provider_slots_missed 0\n")
        .contains("groundwork_provider_disk_online{disk=\"" + disk + "\"} 1\n");
    Path away = folder.resolve("away");
    Files.move(disk, away);
    for (int i = 0; i < 3; i++) {
      sim.nextSlot();
    }
    assertThat(codes()).contains("disk.gone", "slots.flawed").doesNotContain("piece.damaged");
    assertThat(metrics()).contains("groundwork_provider_warning{code=\"disk.gone\"} 1\n");
    DeviceResult result = sim.nextEpoch().of(node);
    assertThat(result.faults()).extracting(Fault::reason).contains(StorageReason.PIECE_LOST);
    Files.move(away, disk);
    sim.nextSlot();
    sim.nextEpoch();
    assertThat(sim.nextEpoch().of(node).faults()).isEmpty();
    assertThat(codes()).contains("results.faults").doesNotContain("disk.gone");
    assertThat(status().at("/score/faultySlots").asInt()).isPositive();
  }

  @Test
  void slotsThatWentByUnseenAreCountedWithTheirReason() throws Exception {
    deal(upload(200), Credits.of(1000));
    sim.nextEpoch();
    sim.sleep(5);
    sim.nextSlot();
    assertThat(status().at("/slots/missed").asInt()).isPositive();
    assertThat(codes()).contains("slots.missed");
    assertThat(status().at("/slots/failed/0/why").asText()).contains("not heard of in time");
  }

  private List<String> codes() throws Exception {
    return status().path("warnings").findValuesAsText("code");
  }

  private byte[] bytes(int size) {
    byte[] content = new byte[size];
    random.nextBytes(content);
    return content;
  }

  private PieceCommitment upload(int size) throws Exception {
    byte[] content = bytes(size);
    assertThat(put(content).statusCode()).isEqualTo(201);
    return CommP.of(content);
  }

  private HttpResponse<byte[]> put(byte[] content) throws Exception {
    PieceCommitment piece = CommP.of(content);
    String target = ProviderHttp.PIECES + piece.pieceCidV2();
    long time = sim.instant().getEpochSecond();
    Bytes signature = payer.signRequest("PUT", target, ProviderHttp.contentOf(piece), time);
    return send(
        request(target)
            .header(ProviderHttp.ACCOUNT, payer.signer().toHex())
            .header(ProviderHttp.TIME, Long.toString(time))
            .header(ProviderHttp.SIGNATURE, signature.toHex())
            .PUT(BodyPublishers.ofByteArray(content)));
  }

  private HttpResponse<byte[]> deal(PieceCommitment piece, Credits ratePerGiB) throws Exception {
    Credits rate = Prices.of(piece.rawSize(), ratePerGiB);
    Credits least = Prices.of(piece.rawSize(), sim.parameters.minimumRatePerGiBSlot());
    Credits asked = rate.compareTo(least) < 0 ? least : rate;
    Deal deal =
        new Deal(
            sim.domain().deployment(),
            Sim.NETWORK,
            node.id,
            payer.account(),
            node.owner(),
            reservation.id(),
            asked,
            Prices.times(asked, 200),
            sim.slot(),
            sim.slot().plus(200),
            piece.encode());
    CanonicalWriter out = new CanonicalWriter();
    payer.sign(deal, reservation).write(out);
    return send(
        request(ProviderHttp.DEALS).POST(BodyPublishers.ofByteArray(out.toBytes().toArray())));
  }

  private PriceTag.Signed price() throws Exception {
    return PriceTag.Signed.decode(Bytes.wrap(send(request(ProviderHttp.PRICE).GET()).body()));
  }

  private JsonNode status() throws Exception {
    return new ObjectMapper().readTree(send(request(ProviderHttp.STATUS).GET()).body());
  }

  private String metrics() throws Exception {
    return new String(send(request(ProviderHttp.METRICS).GET()).body(), StandardCharsets.UTF_8);
  }

  private static String code(HttpResponse<byte[]> response) throws IOException {
    return new ObjectMapper().readTree(response.body()).required("code").asText();
  }

  private HttpRequest.Builder request(String target) {
    return HttpRequest.newBuilder(URI.create(node.provider().endpoint() + target))
        .timeout(Duration.ofSeconds(60));
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }
}
