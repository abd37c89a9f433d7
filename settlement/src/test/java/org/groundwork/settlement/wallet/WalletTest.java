package org.groundwork.settlement.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochStatement;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.MoneyKind;
import org.groundwork.protocol.MoneyLeaf;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.PaymentRule;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.StandardMerkleTree;
import org.groundwork.protocol.Statements;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.Total;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.DeviceKey;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.settlement.ContractRefusal;
import org.groundwork.settlement.Role;
import org.groundwork.settlement.SettlementException;
import org.groundwork.settlement.abi.Calls;
import org.groundwork.settlement.abi.ContractCall;
import org.groundwork.settlement.abi.Solidity;
import org.groundwork.settlement.chain.ChainState;
import org.groundwork.settlement.chain.RegisteredDevice;
import org.groundwork.settlement.time.Time;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way of the money through the real contracts. */
class WalletTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final BigInteger UNIT = BigInteger.TEN.pow(18);
  private static final NetworkId NETWORK = new NetworkId(1);
  private static final EpochNumber EPOCH = EpochNumber.FIRST;
  private static final Hash RULES = Hash.fromHex("0x" + "77".repeat(32));

  private final LocalDeployment local;
  private final Wallet treasury;
  private final List<AccountKey> verifiers = new ArrayList<>();
  private final AccountKey gateway = AccountKey.generate(RANDOM);

  WalletTest(@TempDir Path folder) throws SettlementException {
    local = new LocalDeployment(folder);
    treasury = local.treasury();
  }

  @AfterEach
  void stop() {
    local.close();
  }

  @BeforeEach
  void begin() throws SettlementException {
    treasury.createNetwork("storage", RULES, Bytes.EMPTY);
    for (int i = 0; i < 4; i++) {
      Wallet operator = funded(tokens(1_000));
      verifiers.add(operator.key());
      operator.join(Role.VERIFIER, operator.account(), "http://127.0.0.1/" + i, tokens(1_000));
    }
    Wallet operator = funded(tokens(1_000));
    operator.join(Role.GATEWAY, gateway.account(), "http://127.0.0.1/gateway", tokens(1_000));
    local.goToOpening(EPOCH);
    assertThat(treasury.checkpointPrice()).isTrue();
    assertThat(treasury.checkpointPrice()).isFalse();
  }

  private static TokenAmount tokens(long whole) {
    return new TokenAmount(BigInteger.valueOf(whole).multiply(UNIT));
  }

  private static Credits credits(long whole) {
    return new Credits(BigInteger.valueOf(whole).multiply(UNIT));
  }

  private Wallet funded(TokenAmount amount) throws SettlementException {
    Wallet wallet = local.wallet(AccountKey.generate(RANDOM));
    treasury.giveCoin(wallet.account(), UNIT);
    treasury.giveTokens(wallet.account(), amount);
    return wallet;
  }

  @Test
  void paysAProviderForWhatACustomerBought() throws SettlementException {
    Wallet payer = funded(tokens(100));
    Wallet seller = funded(TokenAmount.ZERO);
    // The test feeds say two dollars a token.
    assertThat(payer.buyCredits(tokens(100), credits(200))).isEqualTo(credits(200));
    ReservationId reservation =
        payer.reserve(NETWORK, seller.account(), credits(50), new EpochNumber(0));
    assertThat(payer.credits(payer.account())).isEqualTo(credits(150));

    local.goTo(LocalDeployment.SCHEDULE.close(EPOCH));
    Hash index = Hash.fromHex("0x" + "11".repeat(32));
    payer.commitIndex(EPOCH, gateway.account(), index, certificates(index, verifiers));
    local.reader().sync();
    assertThat(local.reader().state().indexes(EPOCH))
        .singleElement()
        .satisfies(committed -> assertThat(committed.index()).isEqualTo(index));

    local.goTo(LocalDeployment.SCHEDULE.commitDeadline(EPOCH));
    Credits charged = credits(20);
    TokenAmount basis = PaymentRule.basisConsumed(credits(50), tokens(25), charged);
    TokenAmount payment =
        PaymentRule.payment(
            basis,
            charged,
            local.reader().state().priceHigh().orElseThrow(),
            local.deployment().margin());
    MoneyLeaf paid =
        new MoneyLeaf(MoneyKind.PAYMENT, NETWORK, seller.account().toSubject(), payment.value());
    MoneyLeaf charge =
        new MoneyLeaf(MoneyKind.CHARGE, NETWORK, reservation.hash(), charged.value());
    StandardMerkleTree tree = new StandardMerkleTree(List.of(paid.hash(), charge.hash()));
    EpochStatement result =
        statement(
            tree.root(),
            List.of(
                new Total(MoneyKind.PAYMENT, NETWORK, payment.value()),
                new Total(MoneyKind.CHARGE, NETWORK, charged.value()),
                new Total(MoneyKind.BASIS, NETWORK, basis.value())));
    payer.submitResult(result, signatures(result, verifiers.subList(0, 3)));

    List<Hash> proof = tree.proof(paid.hash());
    assertRefused(
        "InvalidProof",
        () -> seller.claim(MoneyKind.PAYMENT, seller.account(), NETWORK, payment, proof));
    finalise();
    assertThat(seller.claim(MoneyKind.PAYMENT, seller.account(), NETWORK, payment, proof))
        .isEqualTo(payment);
    assertThat(payer.tokens(seller.account())).isEqualTo(payment);
    assertThat(payer.claimed(MoneyKind.PAYMENT, seller.account(), NETWORK)).isEqualTo(payment);
    payer.release(reservation, charged, tree.proof(charge.hash()));
    assertThat(payer.credits(payer.account())).isEqualTo(credits(180));
    assertThat(payer.nextEpoch()).isEqualTo(EPOCH.next());

    local.reader().sync();
    ChainState state = local.reader().state();
    assertThat(state.reservation(reservation)).isEmpty();
    assertThat(state.burned()).isEqualTo(tokens(100));
    assertThat(state.latestResult().orElseThrow().moneyRoot()).isEqualTo(tree.root());
    assertThat(state.latestResult().orElseThrow().totals()).isEqualTo(result.totals());
    assertThat(state.latestResult().orElseThrow().resultHash()).isEqualTo(result.structHash());
    assertThat(state.claims()).hasSize(1);
  }

  /** Goes on until the last result can no longer be disputed, and makes it final. */
  private void finalise() throws SettlementException {
    Duration window =
        Duration.ofSeconds(
            (local.deployment().economy().disputeSlots() + 1)
                * LocalDeployment.SCHEDULE.slotSeconds());
    local.pass(window);
    assertThat(treasury.finalise(10)).isEqualTo(1);
  }

  private EpochStatement statement(Hash moneyRoot, List<Total> totals) throws SettlementException {
    Hash close =
        local
            .reader()
            .firstBlockAtOrAfter(LocalDeployment.SCHEDULE.close(EPOCH))
            .orElseThrow()
            .hash();
    return new EpochStatement(
        local.deployment().domain().deployment(),
        EPOCH,
        0,
        close,
        Hash.ZERO,
        treasury.inputs(EPOCH),
        RULES,
        Hash.ZERO,
        moneyRoot,
        totals);
  }

  private List<Bytes> signatures(EpochStatement statement, List<AccountKey> signers) {
    Hash digest = local.deployment().domain().digest(statement.structHash());
    return signers.stream().map(key -> key.sign(digest)).toList();
  }

  private List<Bytes> certificates(Hash index, List<AccountKey> signers) {
    Hash struct =
        Statements.indexCertificate(
            local.deployment().domain().deployment(), EPOCH, gateway.account(), index);
    Hash digest = local.deployment().domain().digest(struct);
    return signers.stream().map(key -> key.sign(digest)).toList();
  }

  @Test
  void namesTheErrorOfTheContractInASentence() throws SettlementException {
    Wallet poor = funded(TokenAmount.ZERO);
    assertRefused(
        "InsufficientCredits", () -> poor.reserve(NETWORK, gateway.account(), credits(1), EPOCH));
    assertRefused("ERC20InsufficientBalance", () -> poor.buyCredits(tokens(1), Credits.ZERO));
    assertRefused("NotAllowed", () -> poor.createNetwork("mine", RULES, Bytes.EMPTY));
    assertRefused("NotMember", () -> poor.leave(Role.VERIFIER));
    EpochStatement early = statementWithoutMoney();
    assertRefused(
        "CommitDeadlineNotPassed", () -> poor.submitResult(early, signatures(early, verifiers)));
    local.goTo(LocalDeployment.SCHEDULE.commitDeadline(EPOCH));
    assertRefused(
        "QuorumNotReached",
        () -> poor.submitResult(early, signatures(early, verifiers.subList(0, 2))));
    assertThatThrownBy(() -> poor.reserve(NETWORK, gateway.account(), credits(1), EPOCH.next()))
        .hasMessage(
            "the account has 0 free credits, fewer than 1000000000000000000; buy credits first"
                + " (InsufficientCredits)");
  }

  private EpochStatement statementWithoutMoney() throws SettlementException {
    return new EpochStatement(
        local.deployment().domain().deployment(),
        EPOCH,
        0,
        Hash.ZERO,
        Hash.ZERO,
        treasury.inputs(EPOCH),
        RULES,
        Hash.ZERO,
        Hash.ZERO,
        List.of());
  }

  private static void assertRefused(String error, ThrowingCallable action) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            ContractRefusal.class, refusal -> assertThat(refusal.errorName()).isEqualTo(error));
  }

  @Test
  void registersDevicesOfAnyShapeWithoutBlockingReaders() throws SettlementException {
    Wallet owner = funded(TokenAmount.ZERO);
    DeviceKey device = DeviceKey.generate(KeyType.P256, RANDOM);
    long cell = -1; // All 64 bits set: nonsense, but nobody forbids it.
    DeviceId id = owner.registerDevice(NETWORK, device.publicKey(), cell, "http://home\0é");
    Transactions transactions = new Transactions(local.rpc(), Time.system());
    transactions.send(
        owner.key(), local.deployment().contracts().deviceRegistry(), forNoNetwork(device));
    local.reader().sync();
    RegisteredDevice registered = local.reader().state().device(id).orElseThrow();
    assertThat(registered.key()).isEqualTo(device.publicKey().bytes());
    assertThat(registered.cell()).isEqualTo(cell);
    assertThat(registered.endpoint()).isEqualTo("http://home\0é");
    assertThat(local.reader().state().devices()).hasSize(1);

    DeviceKey next = DeviceKey.generate(KeyType.ED25519, RANDOM);
    owner.setDeviceKey(id, next.publicKey());
    owner.setDeviceEndpoint(id, "http://elsewhere");
    owner.moveDevice(id, gateway.account());
    local.reader().sync();
    RegisteredDevice moved = local.reader().state().device(id).orElseThrow();
    assertThat(moved.owner()).isEqualTo(gateway.account());
    assertThat(moved.keyType()).isEqualTo(KeyType.ED25519.code());
    assertThat(moved.endpoint()).isEqualTo("http://elsewhere");
    assertRefused("NotDeviceOwner", () -> owner.setDeviceEndpoint(id, "http://mine"));
  }

  private static RegisterAnywhere forNoNetwork(DeviceKey device) {
    return new RegisterAnywhere(
        0xFFFF_FFFFL, device.publicKey().type(), device.publicKey().bytes(), BigInteger.ZERO, "");
  }

  /** Registration for a network that cannot exist. */
  @Solidity("register(uint32 network, uint8 keyType, bytes key, uint64 cell, string endpoint)")
  public record RegisterAnywhere(
      long network, KeyType keyType, Bytes key, BigInteger cell, String endpoint)
      implements ContractCall<Calls.Nothing> {}

  @Test
  void agreesWithTheContractsAboutDigestsAndStakes() throws SettlementException {
    Transactions transactions = new Transactions(local.rpc(), Time.system());
    EpochStatement statement =
        new EpochStatement(
            local.deployment().domain().deployment(),
            new EpochNumber(7),
            3,
            RULES,
            Hash.ZERO,
            RULES,
            RULES,
            RULES,
            RULES,
            List.of(
                new Total(MoneyKind.PAYMENT, NETWORK, BigInteger.TEN),
                new Total(MoneyKind.BASIS, new NetworkId(9), BigInteger.ONE)));
    AccountId results = local.deployment().contracts().results();
    assertThat(transactions.read(results, new Calls.ResultsContract.HashResult(statement)))
        .isEqualTo(statement.structHash());
    assertThat(transactions.read(results, new Calls.ResultsContract.ResultDigest(statement)))
        .isEqualTo(local.deployment().domain().digest(statement.structHash()));
    AccountId registry = local.deployment().contracts().deviceRegistry();
    assertThat(transactions.read(registry, new Calls.Devices.Deployment()))
        .isEqualTo(local.deployment().domain().deployment());
    assertThat(transactions.read(registry, new Calls.Devices.DomainSeparator()))
        .isEqualTo(local.deployment().domain().separator());
    List<Calls.Member> members =
        transactions.read(
            local.deployment().contracts().operators(),
            new Calls.OperatorSets.Members(Role.VERIFIER));
    assertThat(members.stream().map(Calls.Member::signer))
        .containsExactlyInAnyOrderElementsOf(verifiers.stream().map(AccountKey::account).toList());
    long opening = LocalDeployment.SCHEDULE.opening(EPOCH);
    for (Calls.Member member : members) {
      assertThat(treasury.stakeAt(Role.VERIFIER, member.signer(), opening))
          .isEqualTo(member.stake());
    }
  }

  @Test
  void manyThreadsMayUseOneAccount() throws Exception {
    int threads = 8;
    List<Thread> senders =
        Stream.generate(() ->
                Thread.startVirtualThread(() -> {
                  try {
                    treasury.giveTokens(gateway.account(), tokens(1));
                  } catch (SettlementException e) {
                    throw new IllegalStateException(e);
                  }
                }))
            .limit(threads)
            .toList();
    for (Thread sender : senders) {
      sender.join();
    }
    assertThat(treasury.tokens(gateway.account())).isEqualTo(tokens(threads));
  }

  @Test
  void refusesKindsThatDoNotFit() {
    for (String kind : List.of("", "x".repeat(33))) {
      assertThatThrownBy(() -> treasury.createNetwork(kind, RULES, Bytes.EMPTY))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
