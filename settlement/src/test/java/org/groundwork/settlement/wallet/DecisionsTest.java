package org.groundwork.settlement.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.BootstrapBudget;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochStatement;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.MoneyKind;
import org.groundwork.protocol.MoneyLeaf;
import org.groundwork.protocol.NetworkId;
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
import org.groundwork.settlement.abi.ContractEvent;
import org.groundwork.settlement.abi.Proposal;
import org.groundwork.settlement.chain.ChainState;
import org.groundwork.settlement.chain.Dispute;
import org.groundwork.settlement.chain.Operator;
import org.groundwork.settlement.chain.RegisteredNetwork;
import org.groundwork.settlement.chain.Seizure;
import org.groundwork.settlement.time.Time;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disputes, skipped epochs, stakes, sessions and votes through the real contracts. */
class DecisionsTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final BigInteger UNIT = BigInteger.TEN.pow(18);
  private static final NetworkId NETWORK = new NetworkId(1);
  private static final EpochNumber EPOCH = EpochNumber.FIRST;
  private static final Hash RULES = Hash.fromHex("0x" + "77".repeat(32));
  private static final long STAKE = 1_000;

  private final LocalDeployment local;
  private final Wallet treasury;
  private final List<Wallet> verifiers = new ArrayList<>();

  DecisionsTest(@TempDir Path folder) throws SettlementException {
    local = new LocalDeployment(folder);
    treasury = local.treasury();
  }

  @AfterEach
  void stop() {
    local.close();
  }

  @BeforeEach
  void begin() throws SettlementException {
    for (int i = 0; i < 4; i++) {
      Wallet operator = funded(STAKE);
      verifiers.add(operator);
      operator.join(Role.VERIFIER, operator.account(), "http://127.0.0.1/" + i, tokens(STAKE));
    }
    local.goToOpening(EPOCH);
  }

  private static TokenAmount tokens(long whole) {
    return new TokenAmount(BigInteger.valueOf(whole).multiply(UNIT));
  }

  private Wallet funded(long whole) throws SettlementException {
    return funded(AccountKey.generate(RANDOM), whole);
  }

  private Wallet funded(AccountKey key, long whole) throws SettlementException {
    Wallet wallet = local.wallet(key);
    treasury.giveCoin(wallet.account(), UNIT);
    treasury.giveTokens(wallet.account(), tokens(whole));
    return wallet;
  }

  private ChainState state() throws SettlementException {
    local.reader().sync();
    return local.reader().state();
  }

  private static <K, V> V need(Map<K, V> map, K key) {
    return Optional.ofNullable(map.get(key)).orElseThrow();
  }

  private static void assertRefused(String error, ThrowingCallable action) {
    assertThatThrownBy(action)
        .isInstanceOfSatisfying(
            ContractRefusal.class, refusal -> assertThat(refusal.errorName()).isEqualTo(error));
  }

  private EpochStatement statement(
      EpochNumber epoch, Hash parent, Hash moneyRoot, List<Total> totals)
      throws SettlementException {
    return new EpochStatement(
        local.deployment().domain().deployment(),
        epoch,
        state().attempt(),
        local
            .reader()
            .firstBlockAtOrAfter(LocalDeployment.SCHEDULE.close(epoch))
            .orElseThrow()
            .hash(),
        parent,
        treasury.ask(
            local.deployment().contracts().results(), new Calls.ResultsContract.CoveredInputs()),
        RULES,
        Hash.ZERO,
        moneyRoot,
        totals);
  }

  private List<Bytes> signed(Hash struct, List<Wallet> signers) {
    Hash digest = local.deployment().domain().digest(struct);
    return signers.stream().map(wallet -> wallet.key().sign(digest)).toList();
  }

  private EpochStatement settle(EpochNumber epoch, Hash parent, Hash moneyRoot, List<Total> totals)
      throws SettlementException {
    local.goTo(LocalDeployment.SCHEDULE.commitDeadline(epoch));
    EpochStatement result = statement(epoch, parent, moneyRoot, totals);
    treasury.submitResult(result, signed(result.structHash(), verifiers.subList(0, 3)));
    return result;
  }

  private void passSlots(long slots) throws SettlementException {
    local.pass(Duration.ofSeconds(slots * LocalDeployment.SCHEDULE.slotSeconds()));
  }

  @Test
  void aResultThatTheCouncilVoidsIsRolledBackAndItsSignersLoseHalf() throws SettlementException {
    EpochStatement wrong = settle(EPOCH, Hash.ZERO, Hash.ZERO, List.of());
    Wallet disputer = funded(200);
    long dispute = disputer.dispute(EPOCH, RULES, "the audit differs");
    assertThat(state().isHeld(EPOCH)).isTrue();
    passSlots(3);
    assertThat(treasury.finaliseWhatIsDue()).isZero();
    assertRefused("NotMember", () -> disputer.voteOnDispute(dispute, true, "mine too"));
    for (AccountKey member : LocalDeployment.COUNCIL.subList(0, 2)) {
      funded(member, 0).voteOnDispute(dispute, true, "so does mine");
    }
    Dispute decided = need(state().disputes(), dispute);
    assertThat(decided.state()).isEqualTo(Dispute.State.UPHELD);
    assertThat(decided.votes()).hasSize(2).allMatch(Dispute.Vote::forVoid);
    assertThat(state().voidedFrom()).contains(EPOCH);
    assertThat(state().attempt()).isEqualTo(1);

    EpochStatement again = statement(EPOCH, Hash.ZERO, RULES, List.of());
    List<Bytes> signatures = signed(again.structHash(), verifiers);
    assertRefused("RollbackPending", () -> treasury.submitResult(again, signatures));
    treasury.rollback(wrong);
    assertThat(state().result(EPOCH)).isEmpty();
    assertThat(state().voidedFrom()).isEmpty();
    treasury.submitResult(again, signatures);
    assertThat(state().result(EPOCH).orElseThrow().attempt()).isEqualTo(1);
    assertThat(disputer.tokens(disputer.account())).isEqualTo(tokens(200));

    long seizure =
        treasury.proveSignedVoid(wrong, signed(wrong.structHash(), verifiers).getFirst());
    Seizure seized = need(state().seizures(), seizure);
    assertThat(seized.amount()).isEqualTo(tokens(STAKE / 2));
    assertThat(state().operators(ChainState.VERIFIER))
        .extracting(Operator::operator)
        .doesNotContain(verifiers.getFirst().account());
    assertRefused("NotPendingSeizure", () -> treasury.executeSeizure(seizure));
    passSlots(31);
    treasury.executeSeizure(seizure);
    assertThat(need(state().seizures(), seizure).state()).isEqualTo(Seizure.State.BURNED);
    assertThat(disputer.tokens(disputer.account())).isEqualTo(tokens(200 + STAKE / 8));
  }

  @Test
  void whoSignsTwoResultsLosesAll() throws SettlementException {
    local.goTo(LocalDeployment.SCHEDULE.commitDeadline(EPOCH));
    EpochStatement first = statement(EPOCH, Hash.ZERO, Hash.ZERO, List.of());
    EpochStatement second = statement(EPOCH, Hash.ZERO, RULES, List.of());
    Wallet reporter = funded(0);
    List<Wallet> guilty = verifiers.subList(0, 1);
    reporter.proveEquivocation(
        first,
        signed(first.structHash(), guilty).getFirst(),
        second,
        signed(second.structHash(), guilty).getFirst());
    assertThat(reporter.tokens(reporter.account())).isEqualTo(tokens(STAKE / 4));
    assertThat(state().operators(ChainState.VERIFIER)).hasSize(3);
  }

  @Test
  void aSkippedEpochHalvesTheAbsentAndIsCoveredByTheNext() throws SettlementException {
    EpochStatement first = settle(EPOCH, Hash.ZERO, Hash.ZERO, List.of());
    EpochNumber silent = EPOCH.next();
    local.goTo(LocalDeployment.SCHEDULE.commitDeadline(silent));
    Hash presence = Statements.presence(local.deployment().domain().deployment(), silent);
    treasury.present(silent, signed(presence, verifiers.subList(0, 3)));
    assertThat(state().present(silent)).hasSize(3);
    assertRefused("SkipNotAllowed", () -> treasury.skip(silent));
    long epochSeconds =
        LocalDeployment.SCHEDULE.slotSeconds() * LocalDeployment.SCHEDULE.slotsPerEpoch();
    local.pass(Duration.ofSeconds((local.deployment().economy().skipEpochs() + 1) * epochSeconds));
    treasury.skip(silent);
    assertThat(state().skipped()).containsExactly(silent);
    AccountId absent = verifiers.getLast().account();
    assertThat(operator(absent).weight()).isEqualTo(tokens(STAKE / 2));
    assertThat(operator(absent).stake()).isEqualTo(tokens(STAKE));

    EpochNumber next = silent.next();
    assertThat(treasury.nextEpoch()).isEqualTo(next);
    assertThat(state().coveredFrom(next)).isEqualTo(silent);
    assertThat(state().coveringResult(silent)).isEmpty();
    assertThat(
            treasury.ask(
                local.deployment().contracts().results(), new Calls.ResultsContract.CoveredFrom()))
        .isEqualTo(silent);
    EpochStatement covering = statement(next, first.structHash(), RULES, List.of());
    treasury.submitResult(covering, signed(covering.structHash(), verifiers.subList(0, 3)));
    assertThat(state().resultBefore(next).orElseThrow().epoch()).isEqualTo(EPOCH);
    assertThat(state().coveringResult(silent).orElseThrow().epoch()).isEqualTo(next);
    assertThat(state().coveringResult(EPOCH).orElseThrow().epoch()).isEqualTo(EPOCH);

    assertRefused("NothingToRestore", () -> verifiers.getFirst().restoreWeight(Role.VERIFIER));
    verifiers.getLast().restoreWeight(Role.VERIFIER);
    assertThat(operator(absent).weight()).isEqualTo(tokens(STAKE));
  }

  private Operator operator(AccountId account) throws SettlementException {
    return state().operators(ChainState.VERIFIER).stream()
        .filter(operator -> operator.operator().equals(account))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void dutyAndTreasuryAreFundedWithinTheWindowAndClaimedAtOnce() throws SettlementException {
    AccountId earner = verifiers.getFirst().account();
    AccountId timelock = local.deployment().contracts().timelock();
    MoneyLeaf duty =
        new MoneyLeaf(MoneyKind.DUTY, NetworkId.NONE, earner.toSubject(), tokens(25).value());
    MoneyLeaf share =
        new MoneyLeaf(MoneyKind.TREASURY, NetworkId.NONE, timelock.toSubject(), tokens(15).value());
    StandardMerkleTree tree = new StandardMerkleTree(List.of(duty.hash(), share.hash()));
    settle(
        EPOCH,
        Hash.ZERO,
        tree.root(),
        List.of(
            new Total(MoneyKind.DUTY, NetworkId.NONE, tokens(25).value()),
            new Total(MoneyKind.TREASURY, NetworkId.NONE, tokens(15).value())));
    passSlots(3);
    assertThat(treasury.finaliseWhatIsDue()).isEqualTo(1);
    assertThat(state().finalisedResult().orElseThrow().moneyRoot()).isEqualTo(tree.root());
    assertThat(treasury.windowRoom()).isEqualTo(tokens(4 * STAKE));
    assertThat(treasury.fund()).isEqualTo(tokens(40));
    assertThat(state().funded()).isEqualTo(tokens(40));
    List<ContractEvent.Claimed> claimed =
        treasury.claimMany(
            earner,
            List.of(
                new Wallet.Entitled(
                    MoneyKind.DUTY, NetworkId.NONE, tokens(25), tree.proof(duty.hash()))));
    assertThat(claimed).singleElement().extracting("amount").isEqualTo(tokens(25));
    assertThat(
            treasury.claim(
                MoneyKind.TREASURY, timelock, NetworkId.NONE, tokens(15), tree.proof(share.hash())))
        .isEqualTo(tokens(15));
    assertThat(treasury.claimed(MoneyKind.DUTY, earner, NetworkId.NONE)).isEqualTo(tokens(25));
    assertThat(state().claims()).hasSize(2);
  }

  @Test
  void aDeviceStakesAndASessionSigns() throws SettlementException {
    BootstrapBudget budget =
        new BootstrapBudget(
            tokens(10), EPOCH, new EpochNumber(100), new BasisPoints(500), 5, tokens(50));
    treasury.createNetwork("storage", RULES, Bytes.EMPTY, budget);
    RegisteredNetwork network = need(state().networks(), NETWORK);
    assertThat(network.bootstrap()).isEqualTo(budget);
    for (long epoch : List.of(0L, 1L, 57L, 99L, 200L)) {
      assertThat(
              treasury.ask(
                  local.deployment().contracts().networkRegistry(),
                  new Calls.Networks.BootstrapBudget(NETWORK, new EpochNumber(epoch))))
          .isEqualTo(budget.upTo(new EpochNumber(epoch)));
    }
    Wallet owner = funded(100);
    DeviceKey key = DeviceKey.generate(KeyType.ED25519, RANDOM);
    DeviceId device = owner.registerDevice(NETWORK, key.publicKey(), 0, "http://home");
    owner.stakeDevice(device, tokens(60));
    assertThat(need(state().deviceStakes(), device).counted()).isEqualTo(tokens(60));
    assertRefused("NotDeviceOwner", () -> treasury.unstakeDevice(device));
    owner.unstakeDevice(device);
    assertThat(need(state().deviceStakes(), device).counted()).isEqualTo(TokenAmount.ZERO);
    assertThat(need(state().deviceStakes(), device).leaving()).isPresent();
    assertRefused(
        "ExitNotReady", () -> owner.withdrawDeviceStake(device, TokenAmount.ZERO, List.of()));

    AccountId session = AccountKey.generate(RANDOM).account();
    owner.authoriseSession(session, NETWORK, new Credits(UNIT), new EpochNumber(9));
    assertThat(state().sessions())
        .singleElement()
        .satisfies(known -> {
          assertThat(known.key()).isEqualTo(session);
          assertThat(known.isAllowedIn(new EpochNumber(9))).isTrue();
          assertThat(known.isAllowedIn(new EpochNumber(10))).isFalse();
        });
    owner.revokeSession(session, NETWORK);
    assertThat(state().sessions().getFirst().revokedIn()).contains(EPOCH);
    assertThat(state().sessions().getFirst().isAllowedIn(EPOCH.next())).isFalse();
    assertRefused(
        "KeyUsed",
        () -> owner.authoriseSession(session, NETWORK, new Credits(UNIT), new EpochNumber(9)));
  }

  @Test
  void votesChangeTheBondAndVerifiersActivateRules() throws SettlementException {
    treasury.createNetwork("storage", RULES, Bytes.EMPTY);
    treasury.delegate(treasury.account());
    Hash next = Hash.fromHex("0x" + "88".repeat(32));
    Bytes parameters = Bytes.fromHex("0x0102");
    Proposal proposal =
        new Proposal(
            List.of(
                Proposal.Action.of(
                    local.deployment().contracts().council(),
                    new Calls.CouncilContract.SetBond(tokens(321))),
                Proposal.Action.of(
                    local.deployment().contracts().networkRegistry(),
                    new Calls.Networks.ProposeRules(NETWORK, next, parameters))),
            "A larger bond, and new rules");
    local.pass(Duration.ofSeconds(5));
    BigInteger id = treasury.propose(proposal);
    assertThat(need(state().proposals(), id).proposal()).isEqualTo(proposal);
    local.pass(Duration.ofSeconds(3));
    treasury.vote(id, Ballot.FOR, "");
    local.pass(Duration.ofSeconds(20));
    treasury.queue(need(state().proposals(), id).proposal());
    local.pass(Duration.ofSeconds(5));
    treasury.execute(need(state().proposals(), id).proposal());
    assertThat(
            treasury.ask(
                local.deployment().contracts().council(), new Calls.CouncilContract.Bond()))
        .isEqualTo(tokens(321));

    RegisteredNetwork.Proposal proposed = proposed().orElseThrow();
    assertThat(proposed.hash()).isEqualTo(next);
    for (Wallet verifier : verifiers.subList(0, 3)) {
      assertRefused("NotReady", () -> activate(next));
      verifier.signalReady(NETWORK, next);
    }
    activate(next);
    RegisteredNetwork network = need(state().networks(), NETWORK);
    EpochNumber now =
        LocalDeployment.SCHEDULE.epochAt(
            local.reader().block(local.reader().sync().number()).timestamp());
    assertThat(network.rulesAt(now).hash()).isEqualTo(RULES);
    assertThat(network.rulesAt(now.next()).hash()).isEqualTo(next);
    assertThat(network.rulesAt(now.next()).parameters()).isEqualTo(parameters);
    assertThat(network.proposed()).isEmpty();
  }

  private Optional<RegisteredNetwork.Proposal> proposed() throws SettlementException {
    return need(state().networks(), NETWORK).proposed();
  }

  private void activate(Hash rules) throws SettlementException {
    treasury.activateRules(NETWORK, rules, proposed().orElseThrow().ready());
  }

  @Test
  void aRehearsalSendsNothingAndSaysWhy() throws SettlementException {
    Transactions rehearsed = Transactions.rehearsed(local.rpc(), Time.system());
    Wallet rich = new Wallet(rehearsed, local.deployment(), treasury.key());
    TokenAmount before = treasury.tokens(treasury.account());
    assertThatThrownBy(() -> rich.addStake(Role.VERIFIER, tokens(5)))
        .isInstanceOfSatisfying(
            Rehearsed.class,
            end -> {
              assertThat(end.steps()).hasSize(2);
              assertThat(end.steps().getFirst().gas()).isPresent();
              assertThat(end.steps().getLast().gas()).isEmpty();
              assertThat(end.steps().getLast().target())
                  .isEqualTo(local.deployment().contracts().operators());
            });
    Wallet once =
        new Wallet(
            Transactions.rehearsed(local.rpc(), Time.system()), local.deployment(), treasury.key());
    assertRefused("NotMember", () -> once.leave(Role.VERIFIER));
    assertThat(treasury.tokens(treasury.account())).isEqualTo(before);
  }
}
