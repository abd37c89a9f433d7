package org.groundwork.cli.daemon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.groundwork.networks.storage.arweave.Endowment;
import org.groundwork.networks.storage.arweave.ItemSigner;
import org.groundwork.networks.storage.arweave.PermanentApi;
import org.groundwork.networks.storage.arweave.PermanentSettings;
import org.groundwork.networks.storage.arweave.PermanentStore;
import org.groundwork.networks.storage.arweave.Surroundings;
import org.groundwork.networks.storage.arweave.UploadApi;
import org.groundwork.networks.storage.content.ContentServer;
import org.groundwork.networks.storage.erasure.Shape;
import org.groundwork.networks.storage.provider.Fsck;
import org.groundwork.networks.storage.rules.StorageReport;
import org.groundwork.networks.storage.s3.Buckets;
import org.groundwork.networks.storage.s3.NamedObjects;
import org.groundwork.networks.storage.s3.ObjectStore;
import org.groundwork.networks.storage.s3.Stored;
import org.groundwork.networks.storage.wire.CommP;
import org.groundwork.networks.storage.wire.PieceWithTree;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Deal;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.ReportBody;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.Sequence;
import org.groundwork.protocol.SignedDeal;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.DeviceKey;
import org.groundwork.protocol.crypto.Sha256;
import org.groundwork.settlement.ContractRefusal;
import org.groundwork.settlement.chain.ChainEvent;
import org.groundwork.settlement.wallet.Court;
import org.groundwork.settlement.wallet.CourtView;
import org.groundwork.settlement.wallet.Wallet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What daemons of the storage network do on the chain by themselves, on a real one. */
class StorageDutiesTest {
  private static final SlotNumber END = new SlotNumber(1_000_000);

  private final Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<AutoCloseable> open = new ArrayList<>();
  private RealChain chain;

  StorageDutiesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeEach
  void begin() throws Exception {
    open.add(http);
    chain = new RealChain(folder);
    open.add(chain);
  }

  @AfterEach
  void end() throws Exception {
    for (AutoCloseable part : open.reversed()) {
      part.close();
    }
  }

  /** A provider that is running, and the report with which its device took a deal. */
  private record Party(ProviderDaemon daemon, DeviceId device, DeviceKey key, Report taken) {}

  /** A provider with one piece that a customer pays for. */
  private Party provider(String name, Wallet payer) throws Exception {
    Wallet owner = chain.funded(name);
    DeviceKey key = chain.accounts.device(name + "-device");
    DeviceId device = owner.registerDevice(chain.network, key.publicKey(), 0, "http://127.0.0.1:9");
    byte[] content = ("a piece that a customer doubts, at " + name).repeat(500).getBytes(UTF_8);
    PieceWithTree piece =
        new CommP(CommP.Keep.TREE).update(content, 0, content.length).finishTree();
    Path home = folder.resolve(name);
    Path pieces = Files.createDirectories(home.resolve("data/pieces"));
    String cid = piece.commitment().pieceCidV2();
    Files.write(pieces.resolve(cid + ".data"), content);
    Files.write(pieces.resolve(cid + ".tree"), piece.nodes().toArray());
    String password = chain.accounts.passwordFile().toString();
    ConfigFile.write(
        home.resolve(ProviderSetup.FILE),
        new ProviderSetup(
            chain.deploymentFile().toString(),
            chain.endpoint(),
            device.value(),
            chain.accounts.file(name + "-device").toString(),
            password,
            "127.0.0.1",
            0,
            1 << 30));
    ConfigFile.write(
        home.resolve(CourtSetup.FILE),
        new CourtSetup(chain.accounts.file(name).toString(), password));
    ProviderFolder files = new ProviderFolder(home);
    assertThat(Fsck.repair(files.data(), files.config(), InstantSource.system()).isClean())
        .isTrue();
    ProviderDaemon daemon = ProviderDaemon.start(home);
    open.add(daemon);
    ReservationId reservation =
        payer.reserve(chain.network, owner.account(), Credits.of(1_000), RealChain.forEver());
    Deal deal =
        new Deal(
            chain.deployment.domain().deployment(),
            chain.network,
            device,
            payer.account(),
            owner.account(),
            reservation,
            Credits.of(1),
            Credits.of(10),
            new SlotNumber(0),
            END,
            piece.commitment().encode());
    return new Party(daemon, device, key, taken(deal, payer, device, key));
  }

  private Report taken(Deal deal, Wallet payer, DeviceId device, DeviceKey key) {
    Bytes signature = payer.key().sign(chain.deployment.domain().digest(deal.id()));
    ReportBody body =
        new ReportBody(
            deal.deployment(),
            deal.network(),
            device,
            key.publicKey().hash(),
            Sequence.of(EpochNumber.FIRST, 1),
            new StorageReport.DealOpened(new SignedDeal(deal, signature)).encode());
    return Report.sign(body, key);
  }

  private JsonNode status(Party party) throws Exception {
    URI uri = URI.create(party.daemon().endpoint() + "/v1/status");
    return new ObjectMapper()
        .readTree(
            http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofByteArray())
                .body());
  }

  private boolean warns(Party party, String code) throws Exception {
    return status(party).path("warnings").findValuesAsText("code").contains(code);
  }

  @Test
  void aSummonedProviderClearsItselfAndOneThatLostThePieceIsShownFaulty() throws Exception {
    Wallet payer = chain.customer("customer");
    Party honest = provider("provider-1", payer);
    Party careless = provider("provider-2", payer);
    try (var files = Files.list(folder.resolve("provider-2/data/pieces"))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Court court = payer.court();
    long answered = court.summon(honest.taken(), honest.key().publicKey());
    long lost = court.summon(careless.taken(), careless.key().publicKey());

    RealChain.until(
        "an answer", () -> court.summons(answered).orElseThrow().state() == CourtView.ANSWERED);
    assertThat(court.record(honest.device()).answered()).isEqualTo(1);
    RealChain.until("the end", () -> stateOf(honest).equals("answered"));
    assertThat(warns(honest, "court.unanswered")).isFalse();

    RealChain.until("a warning", () -> warns(careless, "court.unanswered"));
    RealChain.until("the draw", () -> stateOf(careless).equals("drawn"));
    chain.skip(Duration.ofSeconds(court.terms().answerSlots() + 2L));
    RealChain.until("a block", () -> faultShown(court, lost));
    assertThat(court.summons(lost).orElseThrow().state()).isEqualTo(CourtView.FAULT);
    assertThat(court.record(careless.device()).faults()).isEqualTo(1);
    RealChain.until("the news", () -> warns(careless, "court.fault"));
  }

  private String stateOf(Party party) throws Exception {
    return status(party).path("summonses").path(0).path("state").asText();
  }

  private static boolean faultShown(Court court, long id) throws IOException {
    try {
      court.showFault(id);
      return true;
    } catch (ContractRefusal early) {
      return false;
    }
  }

  /** Bytes in memory. */
  private static final class Memory implements ObjectStore {
    private final Map<Bytes, byte[]> kept = new ConcurrentHashMap<>();

    @Override
    public Stored put(InputStream data, long length) throws IOException {
      byte[] content = data.readAllBytes();
      Bytes name = Sha256.hash(content).bytes();
      kept.put(name, content);
      return new Stored(name, content.length);
    }

    @Override
    public void read(Stored stored, long offset, long length, OutputStream out) throws IOException {
      out.write(kept.get(stored.manifest()), (int) offset, (int) length);
    }

    @Override
    public void delete(Stored stored) {
      kept.remove(stored.manifest());
    }
  }

  private void post(String url, String token, byte[] body) throws Exception {
    HttpResponse<String> answer =
        http.send(
            HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  @Test
  void theEndowmentReservesWhatPastSlotsCostForEveryProvider() throws Exception {
    Wallet payer = chain.customer("customer");
    List<AccountId> owners = new ArrayList<>();
    for (String name : List.of("provider-1", "provider-2")) {
      Wallet owner = chain.funded(name);
      owner.registerDevice(
          chain.network,
          chain.accounts.device(name + "-device").publicKey(),
          0,
          "http://127.0.0.1:9");
      owners.add(owner.account());
    }
    // Making a key of 4,096 bits takes seconds.
    Path key =
        Path.of("../networks/storage/src/test/resources/org/groundwork/networks/storage/arweave")
            .resolve("receipt-key.p8");
    Files.copy(key, Files.createDirectories(folder.resolve("permanent")).resolve("receipt-key.p8"));
    AtomicLong slot = new AtomicLong(100);
    Buckets buckets = Buckets.open(folder.resolve("buckets.mv"));
    open.add(buckets);
    InstantSource clock = InstantSource.system();
    PermanentStore store =
        new PermanentStore(
            folder.resolve("permanent"),
            new NamedObjects(buckets, new Memory(), clock),
            new PermanentSettings(
                "permanent", new Endowment(525_600, 3, 6, 50, 500, 1 << 30), 0, 1 << 20, 1 << 20),
            new Surroundings() {
              @Override
              public long slot() {
                return slot.get();
              }

              @Override
              public Credits price() {
                return Credits.of(1_000_001);
              }
            },
            clock);
    open.add(store);
    String token = "the-operators-token";
    ContentServer server =
        ContentServer.start(
            "127.0.0.1",
            0,
            List.of(
                new PermanentApi(
                        store,
                        new UploadApi(store, folder.resolve("uploads"), clock, new SecureRandom()),
                        token)
                    ::route));
    open.add(server);
    String url = "http://127.0.0.1:" + server.port();
    DeviceKey author = chain.accounts.device("author");
    String address =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(Sha256.hash(author.publicKey().bytes().toArray()).bytes().toArray());
    post(
        url + "/account/credit",
        token,
        "{\"address\":\"%s\",\"credits\":\"%s\"}"
            .formatted(address, BigInteger.TEN.pow(18))
            .getBytes(UTF_8));
    post(
        url + "/tx/ethereum",
        token,
        ItemSigner.ed25519(author)
            .sign(Bytes.EMPTY, Bytes.EMPTY, List.of(), "for ever".getBytes(UTF_8))
            .toArray());

    try (ChainLink link = chain.link()) {
      ReservedPayments payments =
          new ReservedPayments(link, chain.network, payer.key(), new Shape(3, 6));
      EndowmentKeeper keeper = new EndowmentKeeper(store, payments);
      RealChain.until("both providers", () -> payments.sellers().size() == 2);
      keeper.step();
      assertThat(reserved(link, payer)).isEmpty();
      slot.addAndGet(10);
      Credits due = store.release();
      // Of ten slots of a GiB and a few bytes, stored twice over.
      assertThat(due.value())
          .isBetween(BigInteger.valueOf(20_000_020), BigInteger.valueOf(20_000_100));
      keeper.step();
      BigInteger share = due.value().divide(BigInteger.TWO);
      assertThat(reserved(link, payer))
          .isEqualTo(Map.of(owners.get(0), share, owners.get(1), share));
      assertThat(store.release().value()).isEqualTo(due.value().mod(BigInteger.TWO));

      // An account without credits pays nothing now, and all of it later.
      AccountKey poor = chain.funded("poor").key();
      slot.addAndGet(10);
      EndowmentKeeper stuck =
          new EndowmentKeeper(
              store, new ReservedPayments(link, chain.network, poor, new Shape(3, 6)));
      assertThatThrownBy(stuck::step).hasMessageContaining("credits were not reserved");
      Credits owed = store.release();
      keeper.step();
      BigInteger second = owed.value().divide(BigInteger.TWO);
      assertThat(reserved(link, payer))
          .isEqualTo(Map.of(owners.get(0), share.add(second), owners.get(1), share.add(second)));
    }
  }

  /** What the payer has reserved for each seller, by the chain. */
  private Map<AccountId, BigInteger> reserved(ChainLink link, Wallet payer) throws IOException {
    Map<AccountId, BigInteger> sums = new TreeMap<>();
    for (ChainEvent.CreditsReserved each : link.chain().stateNow().reservations()) {
      if (each.payer().equals(payer.account())) {
        sums.merge(each.seller(), each.credits().value(), BigInteger::add);
      }
    }
    return sums;
  }
}
