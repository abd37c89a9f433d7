package org.groundwork.settlement.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Price;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.settlement.Failure;
import org.groundwork.settlement.SettlementException;
import org.groundwork.settlement.abi.Calls;
import org.groundwork.settlement.abi.Contract;
import org.groundwork.settlement.local.InstalledAnvil;
import org.groundwork.settlement.local.LocalChain;
import org.groundwork.settlement.local.LocalChainSettings;
import org.groundwork.settlement.rpc.BlockTag;
import org.groundwork.settlement.rpc.JsonRpc;
import org.groundwork.settlement.time.Time;
import org.groundwork.settlement.wallet.Transactions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.TransactionEncoder;

class DeployerTest {
  /** The first account that anvil funds; public. */
  private static final AccountKey KEY =
      AccountKey.fromSecret(
          Bytes.fromHex("ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80")
              .toArray());

  private static final List<AccountId> COUNCIL =
      Stream.of("1", "2", "3").map(digit -> AccountId.fromHex("0x" + digit.repeat(40))).toList();

  private static final int STEPS = 20;

  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @TempDir private Path folder;
  private LocalChain chain;
  private JsonRpc rpc;

  DeployerTest(@TempDir Path chainFolder) throws SettlementException {
    InstalledAnvil.locate();
    chain = LocalChain.start(LocalChainSettings.in(chainFolder), Time.system());
    rpc = new JsonRpc(chain.endpoint());
  }

  @BeforeEach
  void chainAnswers() throws SettlementException {
    assertThat(rpc.chainId()).isEqualTo(LocalChainSettings.STANDARD_CHAIN_ID);
  }

  @AfterEach
  void stop() {
    rpc.close();
    chain.close();
  }

  @Test
  void resumesWhereverItWasKilled() throws IOException {
    for (int killedAfter = 0; killedAfter < STEPS; killedAfter++) {
      int last = killedAfter;
      List<String> seen = new ArrayList<>();
      Consumer<String> killer =
          line -> {
            seen.add(line);
            if (seen.size() > last) {
              throw new Killed();
            }
          };
      assertThatThrownBy(() -> deployer(killer).run()).isInstanceOf(Killed.class);
    }
    List<String> lines = new ArrayList<>();
    Deployment deployment = deployer(lines::add).run();
    assertThat(lines).hasSize(STEPS).allMatch(line -> line.endsWith("(was there)"));
    assertThat(rpc.transactionCount(KEY.account(), BlockTag.LATEST)).isEqualTo(STEPS);
    deployment.verify(rpc);
  }

  @Test
  void theFileSaysTheWholeDeploymentAgain() throws IOException {
    Deployment deployment = deployer(_ -> {}).run();
    Path file = folder.resolve("deployment.json");
    Files.write(file, deployment.toJson());
    Deployment loaded = Deployment.load(file);
    assertThat(loaded).isEqualTo(deployment);
    loaded.verify(rpc);
  }

  @Test
  void refusesAChainThatIsNotTheDeployments() throws IOException {
    Deployment deployment = deployer(_ -> {}).run();
    var hashes = new TreeMap<>(deployment.codeHashes());
    hashes.put("Claims", Hash.ZERO);
    Deployment otherCode =
        new Deployment(
            deployment.chainId(),
            deployment.contracts(),
            deployment.schedule(),
            deployment.economy(),
            deployment.priceHistory(),
            deployment.deployBlock(),
            deployment.finalized(),
            deployment.addresses(),
            hashes);
    assertThatThrownBy(() -> otherCode.verify(rpc))
        .hasMessageContaining("other code for Claims")
        .isInstanceOfSatisfying(
            SettlementException.class,
            e -> assertThat(e.failure()).isEqualTo(Failure.DEPLOYMENT_MISMATCH));
    Deployment otherChain =
        new Deployment(
            1,
            deployment.contracts(),
            deployment.schedule(),
            deployment.economy(),
            deployment.priceHistory(),
            deployment.deployBlock(),
            deployment.finalized(),
            deployment.addresses(),
            deployment.codeHashes());
    assertThatThrownBy(() -> otherChain.verify(rpc)).hasMessageContaining("for chain 1");
  }

  @Test
  void saysThatSomebodyElseUsedTheAccount() throws IOException {
    assertThatThrownBy(() ->
            deployer(
                    line -> {
                      if (line.startsWith(" 3/")) {
                        throw new Killed();
                      }
                    })
                .run())
        .isInstanceOf(Killed.class);
    rpc.sendRawTransaction(transfer(3));
    assertThatThrownBy(() -> deployer(_ -> {}).run())
        .isInstanceOfSatisfying(
            SettlementException.class,
            e -> assertThat(e.failure()).isEqualTo(Failure.DEPLOYER_NONCE_USED));
  }

  @Test
  void refusesToGoOnWithOtherParameters() throws IOException {
    deployer(_ -> {}).run();
    DeploymentParameters other =
        DeploymentParameters.local(new EpochSchedule(5, 1, 10, 3), KEY.account(), COUNCIL);
    Deployer deployer =
        new Deployer(rpc, KEY, other, folder.resolve("journal.json"), Time.system(), _ -> {});
    assertThatThrownBy(deployer::run).hasMessageContaining("another chain, account or parameters");
  }

  @Test
  void namesEveryParameterThatTheContractsWouldRefuseBeforeItSendsAnything() throws IOException {
    DeploymentParameters wrong =
        DeploymentParameters.local(
            new EpochSchedule(4_000_000_000L, 4_000, 10, 3), KEY.account(), COUNCIL.subList(0, 2));
    Deployer deployer =
        new Deployer(rpc, KEY, wrong, folder.resolve("journal.json"), Time.system(), _ -> {});
    assertThatThrownBy(deployer::run)
        .hasMessageContaining("slotSeconds is 4000, allowed are 1 to 3600")
        .hasMessageContaining("the number of council members is 2, allowed are 3 to 15")
        .isInstanceOfSatisfying(
            SettlementException.class,
            e -> assertThat(e.failure()).isEqualTo(Failure.PARAMETERS_REFUSED));
    assertThat(rpc.transactionCount(KEY.account(), BlockTag.PENDING)).isZero();
    assertThat(folder.resolve("journal.json")).doesNotExist();
  }

  @Test
  void refusesAppealsThatEndBeforeAVoteOnAPardonCan() {
    DeploymentParameters fine =
        DeploymentParameters.local(new EpochSchedule(5, 1, 10, 3), KEY.account(), COUNCIL);
    DeploymentParameters.Council council = fine.council();
    DeploymentParameters wrong =
        new DeploymentParameters(
            fine.schedule(),
            fine.token(),
            fine.founding(),
            fine.prices(),
            fine.stakes(),
            fine.emission(),
            fine.settlement(),
            new DeploymentParameters.Council(
                council.members(),
                council.termSeconds(),
                council.bond(),
                council.councilSlots(),
                15),
            fine.governance(),
            fine.router());
    Deployer deployer =
        new Deployer(rpc, KEY, wrong, folder.resolve("journal.json"), Time.system(), _ -> {});
    assertThatThrownBy(deployer::run)
        .hasMessageContaining("appealSlots last 15 s, but a vote on a pardon takes up to 15 s");
  }

  @Test
  void deploysWithWideWindowsAPostedPriceAndARouter() throws IOException {
    DeploymentParameters parameters =
        DeploymentParameters.open(
                new EpochSchedule(4_000_000_000L, 60, 60, 10),
                KEY.account(),
                COUNCIL,
                new PriceSource.Posted(Price.of(1_50000000L), new BasisPoints(1_000)))
            .withRouter(COUNCIL.getFirst());
    Path journal = folder.resolve("open.json");
    assertThatThrownBy(
            () -> new Deployer(rpc, KEY, parameters, journal, Time.system(), _ -> {}).run())
        .hasMessageContaining("there is no contract at " + COUNCIL.getFirst());
    AccountId anyContract = deployer(_ -> {}).run().contracts().token();
    Deployment deployment =
        new Deployer(rpc, KEY, parameters.withRouter(anyContract), journal, Time.system(), _ -> {})
            .run();
    deployment.verify(rpc);
    assertThat(deployment.contracts().find(Contract.POSTED_PRICE)).isPresent();
    assertThat(deployment.contracts().find(Contract.STABLE_PURCHASE)).isPresent();
    assertThat(deployment.economy().disputeSlots()).isEqualTo(1_440);
    Transactions chain = new Transactions(rpc, Time.system());
    assertThat(
            chain
                .read(deployment.contracts().emission(), new Calls.EmissionContract.Schedule())
                .schedule())
        .isEqualTo(deployment.economy().emission());
    assertThat(
            chain.read(deployment.contracts().results(), new Calls.ResultsContract.DisputeSlots()))
        .isEqualTo(deployment.economy().disputeSlots());
    Calls.PriceBounds bounds =
        chain.read(
            deployment.contracts().find(Contract.POSTED_PRICE).orElseThrow(),
            new Calls.Posted.Bounds());
    assertThat(bounds.lowest()).isEqualTo(Price.of(1_35000000L));
    assertThat(Deployment.parse(deployment.toJson())).isEqualTo(deployment);
  }

  @Test
  void refusesAFileWithoutAContract() {
    byte[] old = "{\"chain_id\":1,\"contracts\":{}}".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> Deployment.parse(old)).hasMessageContaining("EpochClock is missing");
  }

  private Deployer deployer(Consumer<String> progress) {
    return new Deployer(rpc, KEY, local(), folder.resolve("journal.json"), Time.system(), progress);
  }

  private static DeploymentParameters local() {
    return DeploymentParameters.local(
        new EpochSchedule(4_000_000_000L, 1, 10, 3), KEY.account(), COUNCIL);
  }

  private static Bytes transfer(long nonce) {
    RawTransaction transaction =
        RawTransaction.createEtherTransaction(
            LocalChainSettings.STANDARD_CHAIN_ID,
            BigInteger.valueOf(nonce),
            BigInteger.valueOf(21_000),
            AccountId.ZERO.toHex(),
            BigInteger.ONE,
            BigInteger.ONE,
            BigInteger.valueOf(10_000_000_000L));
    return Bytes.wrap(
        TransactionEncoder.signMessage(
            transaction, Credentials.create(ECKeyPair.create(new BigInteger(1, KEY.secret())))));
  }
}
