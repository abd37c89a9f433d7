package org.groundwork.settlement.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Deal;
import org.groundwork.protocol.DealEnd;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.HashTree;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.Promise;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.ReportBody;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.Seed;
import org.groundwork.protocol.Sequence;
import org.groundwork.protocol.SignedDeal;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.Statements;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.DeviceKey;
import org.groundwork.protocol.crypto.Keccak256;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.protocol.crypto.Sha256;
import org.groundwork.settlement.ContractRefusal;
import org.groundwork.settlement.Role;
import org.groundwork.settlement.SettlementException;
import org.groundwork.settlement.abi.Calls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Summonses and clearings through the real contract, on pieces of four leaves. */
class CourtTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final BigInteger UNIT = BigInteger.TEN.pow(18);
  private static final SlotNumber END = new SlotNumber(10_000);
  private static final int LEAVES = 4;

  private final LocalDeployment local;
  private final DeviceKey deviceKey = DeviceKey.generate(KeyType.ED25519, RANDOM);
  private final Hash[] tree = new Hash[2 * LEAVES];
  private final Wallet payer;
  private final Wallet seller;
  private final Wallet gateway;
  private NetworkId network = new NetworkId(1);
  private DeviceId device = new DeviceId(1);
  private ReservationId reservation = new ReservationId(Hash.ZERO);
  private int counter = 0;

  CourtTest(@TempDir Path folder) throws SettlementException {
    local = new LocalDeployment(folder);
    payer = funded();
    seller = funded();
    gateway = funded();
    for (int i = LEAVES; i < tree.length; i++) {
      tree[i] = Hash.fromHex("0x" + ("0" + i).repeat(32));
    }
    for (int i = LEAVES - 1; i > 0; i--) {
      byte[] node =
          Sha256.hash(tree[2 * i].bytes().toArray(), tree[2 * i + 1].bytes().toArray())
              .bytes()
              .toArray();
      node[31] &= 0x3f;
      tree[i] = Hash.wrap(node);
    }
  }

  @BeforeEach
  void begin() throws SettlementException {
    gateway.join(
        Role.GATEWAY, gateway.account(), "http://127.0.0.1/", new TokenAmount(tokens(1_000)));
    network =
        local
            .treasury()
            .createNetwork("storage", Sha256.hash(new byte[1]), Bytes.wrap(new byte[] {1}));
    device = seller.registerDevice(network, deviceKey.publicKey(), 0, "http://127.0.0.1/");
    local.goToOpening(EpochNumber.FIRST);
    payer.checkpointPrice();
    payer.buyCredits(new TokenAmount(tokens(100)), Credits.of(0));
    reservation =
        payer.reserve(network, seller.account(), new Credits(tokens(50)), new EpochNumber(1_000));
  }

  @AfterEach
  void stop() {
    local.close();
  }

  private static BigInteger tokens(long whole) {
    return UNIT.multiply(BigInteger.valueOf(whole));
  }

  private Wallet funded() throws SettlementException {
    Wallet wallet = local.wallet(AccountKey.generate(RANDOM));
    local.treasury().giveCoin(wallet.account(), UNIT);
    local.treasury().giveTokens(wallet.account(), new TokenAmount(tokens(1_000)));
    return wallet;
  }

  private Deal deal(long cap) {
    Bytes cid = new CanonicalWriter().raw(Bytes.fromHex("01559120220002")).hash(tree[1]).toBytes();
    return new Deal(
        local.deployment().domain().deployment(),
        network,
        device,
        payer.account(),
        seller.account(),
        reservation,
        Credits.of(1),
        new Credits(BigInteger.valueOf(cap)),
        new SlotNumber(0),
        END,
        cid);
  }

  private ReportBody body(Bytes payload) {
    return new ReportBody(
        local.deployment().domain().deployment(),
        network,
        device,
        deviceKey.publicKey().hash(),
        Sequence.of(EpochNumber.FIRST, ++counter),
        payload);
  }

  /** The device's report that takes a deal. */
  private Report accepted(Deal deal) {
    Bytes signature = payer.key().sign(local.deployment().domain().digest(deal.id()));
    CanonicalWriter payload = new CanonicalWriter().u8(1);
    new SignedDeal(deal, signature).write(payload);
    return Report.sign(body(payload.toBytes()), deviceKey);
  }

  private Bytes proof(long leaf) {
    int node = LEAVES + (int) leaf;
    int above = node / 2;
    return new CanonicalWriter()
        .u64(leaf)
        .u8(2)
        .hash(tree[node])
        .hash(tree[node ^ 1])
        .hash(tree[above ^ 1])
        .toBytes();
  }

  private static long leaf(Hash seed, Hash holding, int index, long range) {
    Bytes drawn = new CanonicalWriter().hash(seed).hash(holding).u64(index).toBytes();
    return new BigInteger(1, Keccak256.hash(drawn.toArray()).bytes().toArray())
        .mod(BigInteger.valueOf(range))
        .longValueExact();
  }

  private List<Bytes> proofs(long id) throws SettlementException {
    Calls.Summons summons = payer.court().summons(id).orElseThrow();
    List<Bytes> proofs = new ArrayList<>();
    for (int i = 0; i < payer.court().terms().challenges(); i++) {
      proofs.add(proof(leaf(summons.seed(), summons.deal(), i, summons.leaves())));
    }
    return proofs;
  }

  private long drawn(Deal deal) throws SettlementException {
    long id = payer.court().summon(accepted(deal), deviceKey.publicKey());
    for (int i = 0; i < 5; i++) {
      local.pass(Duration.ofSeconds(1));
    }
    payer.court().draw(id);
    return id;
  }

  private static void assertRefused(String error, ThrowingCallable action) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            ContractRefusal.class, refusal -> assertThat(refusal.errorName()).isEqualTo(error));
  }

  @Test
  void whoHoldsClearsHimselfAndWhoDeletedIsShownFaulty() throws Exception {
    Court court = seller.court();
    TokenAmount bond = court.terms().bond();
    TokenAmount before = local.treasury().tokens(seller.account());
    assertRefused("NotPayer", () -> court.summon(accepted(deal(1)), deviceKey.publicKey()));
    long held = drawn(deal(1));
    List<Bytes> right = proofs(held);
    List<Bytes> wrong = new ArrayList<>(right);
    wrong.set(7, Bytes.wrap(new byte[right.get(7).size()]));
    assertRefused("WrongProof", () -> court.answer(held, wrong));
    assertRefused("WrongCount", () -> court.answer(held, right.subList(1, right.size())));
    court.answer(held, right);
    assertRefused("WrongState", () -> court.answer(held, right));

    long deleted = drawn(deal(2));
    // What was shown for one deal is nothing for another one of the same piece.
    assertRefused("WrongProof", () -> court.answer(deleted, right));
    assertRefused("StillTime", () -> court.showFault(deleted));
    List<Bytes> late = proofs(deleted);
    local.goTo(court.summons(deleted).orElseThrow().deadline() + 1);
    assertRefused("TooLate", () -> court.answer(deleted, late));
    court.showFault(deleted);
    assertThat(court.summons(deleted).orElseThrow().state()).isEqualTo(Court.FAULT);
    assertThat(court.record(device)).isEqualTo(new Calls.CourtRecord(1, 1));
    assertRefused(
        "AlreadySummoned", () -> payer.court().summon(accepted(deal(2)), deviceKey.publicKey()));
    assertThat(local.treasury().tokens(seller.account()).value())
        .isEqualTo(before.value().add(bond.value()));
    local.reader().sync();
  }

  @Test
  void aDealThatItsPayerEndedIsDismissed() throws Exception {
    Deal deal = deal(1);
    long id = drawn(deal);
    Hash end =
        local
            .deployment()
            .domain()
            .digest(new DealEnd(local.deployment().domain().deployment(), deal.id()).structHash());
    assertRefused("InvalidSignature", () -> seller.court().dismiss(id, seller.key().sign(end)));
    seller.court().dismiss(id, payer.key().sign(end));
    assertThat(seller.court().summons(id).orElseThrow().state()).isEqualTo(Court.DISMISSED);
  }

  @Test
  void anAnswerThatAGatewayPromisedClearsTheSlot() throws Exception {
    local.pass(Duration.ofSeconds(LocalDeployment.SCHEDULE.slotSeconds()));
    SlotNumber slot = new SlotNumber(1);
    local.reader().sync();
    var first =
        local.reader().firstBlockAtOrAfter(LocalDeployment.SCHEDULE.slotStart(slot)).orElseThrow();
    local.pass(Duration.ofSeconds(1));
    Court court = seller.court();
    List<Deal> deals = List.of(deal(1), deal(2));
    Hash holding =
        Sha256.hash(
            "groundwork/holding/1\n".getBytes(StandardCharsets.US_ASCII),
            deals.get(0).id().bytes().toArray(),
            deals.get(1).id().bytes().toArray());
    Seed seed = Seed.of(local.deployment().domain().deployment(), network, slot, first.hash());
    Bytes body = body(answer(slot, seed, holding)).encode();
    Promise promise = promise(gateway, slot.plus(1), body);
    assertRefused("SlotNotRecorded", () -> court.clear(promise, body, deals));
    assertRefused("NotFirstOfSlot", () -> court.recordSlot(local.rpc(), slot, first.number() + 1));
    court.recordSlot(local.rpc(), slot, first.number());
    assertThat(court.slotBlock(slot)).isEqualTo(first.hash());

    assertRefused("HoldingDiffers", () -> court.clear(promise, body, deals.reversed()));
    assertRefused(
        "NotGateway", () -> court.clear(promise(seller, slot.plus(1), body), body, deals));
    Seed other = Seed.of(local.deployment().domain().deployment(), network, slot, Hash.ZERO);
    Bytes wrong = body(answer(slot, other, holding)).encode();
    assertRefused(
        "WrongProof", () -> court.clear(promise(gateway, slot.plus(1), wrong), wrong, deals));
    court.clear(promise, body, deals);
    assertThat(court.clearing(device, slot, holding))
        .isEqualTo(new Calls.SlotClearing(BigInteger.TWO, 20));
    assertRefused("AlreadyCleared", () -> court.clear(promise, body, deals));
    local.reader().sync();
  }

  private Bytes answer(SlotNumber slot, Seed seed, Hash holding) {
    CanonicalWriter payload = new CanonicalWriter().u8(2).u64(slot.value()).hash(holding).u8(20);
    Hash name =
        Hash.wrap(
            new CanonicalWriter().u256(BigInteger.valueOf(device.value())).toBytes().toArray());
    for (int i = 0; i < 20; i++) {
      Bytes proof = proof(leaf(seed.value(), name, i, 2 * LEAVES) % LEAVES);
      payload.u16(proof.size()).raw(proof);
    }
    return payload.toBytes();
  }

  private Promise promise(Wallet by, SlotNumber slot, Bytes body) {
    Hash report = Sha256.hash(body.toArray());
    AccountId account = by.account();
    Hash batch = HashTree.leaf(report.bytes());
    Hash struct =
        Statements.promise(local.deployment().domain().deployment(), account, slot, batch);
    Bytes signature = by.key().sign(local.deployment().domain().digest(struct));
    return new Promise(account, slot, report, 0, 1, List.of(), signature);
  }
}
