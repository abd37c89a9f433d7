package org.groundwork.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.groundwork.agent.DeviceIdentity;
import org.groundwork.agent.Outbox;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.cli.local.LocalNetwork;
import org.groundwork.cli.local.LocalSettings;
import org.groundwork.networks.storage.rules.StorageReport;
import org.groundwork.networks.storage.wire.CommP;
import org.groundwork.networks.storage.wire.PieceWithTree;
import org.groundwork.node.Node;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Deal;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.HashTree;
import org.groundwork.protocol.Hello;
import org.groundwork.protocol.Promise;
import org.groundwork.protocol.ReportBody;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.Sequence;
import org.groundwork.protocol.SignedDeal;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.Statements;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.DeviceKey;
import org.groundwork.protocol.crypto.Sha256;
import org.groundwork.rules.SessionKey;
import org.groundwork.settlement.time.Time;
import org.groundwork.settlement.wallet.Wallet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands of the economy against a real chain with real verifiers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandsTest {
  private static final Duration DEADLINE = Duration.ofMinutes(2);
  private static final BigInteger UNIT = BigInteger.TEN.pow(18);

  private final Time time = Time.system();
  private final List<AutoCloseable> running = new ArrayList<>();
  private final Path folder;
  private final Path network;
  private LocalNetwork local;

  CommandsTest(@TempDir Path folder) {
    this.folder = folder;
    network = folder.resolve("network");
  }

  private record Outcome(int exit, String out, String err) {
    JsonNode json() throws IOException {
      assertThat(exit).as(err).isZero();
      return Json.MAPPER.readTree(out);
    }
  }

  @BeforeAll
  void begin() throws Exception {
    LocalSettings demo = LocalSettings.demo();
    LocalSettings settings =
        new LocalSettings(
            1, 5, 2, 4, 1, demo.ratePerGibSlot(), demo.egressPerGib(), demo.capacityBytes());
    local = LocalNetwork.open(network, settings, _ -> {});
    running.add(local);
    local.joinOperators();
    local.registerProviders();
    Node node = local.startNode();
    running.add(node);
    for (String name : List.of("customer", "council-1", "council-2", "verifier-1", "provider-1")) {
      local.fund(
          local.accounts().account(name).account(),
          new TokenAmount(UNIT.multiply(BigInteger.valueOf(5_000))));
    }
    until(
        "genesis", () -> time.instant().getEpochSecond() > local.deployment().schedule().genesis());
    assertThat(json("price", "checkpoint", "--account", "founder").path("recorded").asBoolean())
        .isTrue();
  }

  @AfterAll
  void end() throws Exception {
    for (AutoCloseable part : running.reversed()) {
      part.close();
    }
  }

  private interface Condition {
    boolean holds() throws Exception;
  }

  private void until(String what, Condition condition) throws Exception {
    Instant deadline = time.instant().plus(DEADLINE);
    while (!condition.holds()) {
      assertThat(time.instant()).as("waiting for " + what).isBefore(deadline);
      time.pause(Duration.ofMillis(100));
    }
  }

  private Outcome run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    int exit = commandLine.execute(arguments);
    return new Outcome(exit, out.toString(), err.toString());
  }

  private String[] here(String... arguments) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--dir";
    all[arguments.length + 1] = network.toString();
    return all;
  }

  private JsonNode json(String... arguments) throws IOException {
    String[] all = Arrays.copyOf(here(arguments), arguments.length + 3);
    all[arguments.length + 2] = "--json";
    return run(all).json();
  }

  private String refused(String... arguments) {
    Outcome outcome = run(here(arguments));
    assertThat(outcome.exit()).as(outcome.out()).isEqualTo(1);
    return outcome.err();
  }

  private static BigInteger tokens(long whole) {
    return UNIT.multiply(BigInteger.valueOf(whole));
  }

  private static BigInteger amount(JsonNode json, String name) {
    return new BigInteger(json.path(name).asText());
  }

  private String account(String name) throws IOException {
    return json("wallet", "balance", "--account", name).path("account").asText();
  }

  @Test
  void aWalletIsAFileAndABalance() throws Exception {
    Path password = Files.writeString(folder.resolve("password"), "secret of a test");
    Path file = folder.resolve("me.json");
    JsonNode made =
        run("wallet", "new", file.toString(), "--password-file", password.toString(), "--json")
            .json();
    JsonNode shown = run("wallet", "show", file.toString(), "--json").json();
    assertThat(shown.path("account")).isEqualTo(made.path("account"));
    assertThat(run("wallet", "new", file.toString(), "--password-file", password.toString()).exit())
        .isEqualTo(1);
    JsonNode nothing = json("wallet", "balance", made.path("account").asText());
    assertThat(amount(nothing, "tokens")).isZero();
    assertThat(amount(nothing, "coin")).isZero();
    assertThat(refused("claim", "--key", file + ".gone")).contains("There is no key file");
    assertThat(refused("claim")).contains("Say who pays");
  }

  @Test
  void aStatementSumsToWhatWasSettled() throws Exception {
    String customer = account("customer");
    until(
        "a result",
        () -> run(here("storage", "statement", "--payer", customer, "--json")).exit() == 0);
    JsonNode statement = json("storage", "statement", "--payer", customer);
    assertThat(statement.path("payer").asText()).isEqualTo(customer);
    assertThat(statement.path("charged")).isEqualTo(statement.path("settled"));
    assertThat(refused("storage", "statement", "--payer", customer, "--from", "99999999"))
        .contains("has a result");
    assertThat(run("storage", "status", folder.toString()).err()).contains("No gateway has run");
    assertThat(run("storage", "rebuild", folder.toString()).err())
        .contains("there is no configuration file");
  }

  @Test
  void creditsAreBoughtReservedAndReleased() throws Exception {
    String customer = account("customer");
    BigInteger before = amount(json("wallet", "balance", customer), "credits");
    JsonNode rehearsed = json("credits", "buy", "100", "--account", "customer", "--dry-run");
    assertThat(rehearsed.path("dry_run").asBoolean()).isTrue();
    assertThat(rehearsed.path("transactions")).hasSize(2);
    assertThat(amount(json("wallet", "balance", customer), "credits")).isEqualTo(before);

    // The test feeds say two dollars a token.
    assertThat(amount(json("credits", "buy", "100", "--account", "customer"), "credits"))
        .isEqualTo(tokens(200));
    JsonNode given = json("credits", "buy", "1.5", "--for", customer, "--account", "founder");
    assertThat(amount(given, "credits")).isEqualTo(tokens(3));
    assertThat(amount(json("wallet", "balance", customer), "credits").subtract(before))
        .isEqualTo(tokens(203));
    assertThat(refused("credits", "buy", "1", "--min", "3", "--account", "customer"))
        .contains("fewer than the");
    String seller = account("provider-1");
    assertThat(
            refused(
                "credits",
                "reserve",
                "9999999",
                "--seller",
                seller,
                "--last-epoch",
                "9999",
                "--account",
                "customer",
                "--dry-run"))
        .contains("buy credits first");

    long last = json("chain", "status").path("epoch_now").asLong() + 1;
    String id =
        json(
                "credits",
                "reserve",
                "50",
                "--seller",
                seller,
                "--last-epoch",
                Long.toString(last),
                "--account",
                "customer")
            .path("reservation")
            .asText();
    JsonNode shown = json("credits", "show", "--account", "customer");
    assertThat(shown.path("reservations").findValuesAsText("id")).containsExactly(id);
    assertThat(run(here("credits", "show", "--account", "customer")).out()).contains(seller);
    until(
        "the last epoch to be final",
        () -> {
          // Claiming makes final what is due; it fails as long as nothing is final.
          run(here("claim", "--account", "founder"));
          return json("chain", "status").path("final_epoch").asLong(-1) >= last;
        });
    JsonNode released = json("credits", "release", id, "--account", "customer");
    assertThat(amount(released, "returned")).isEqualTo(tokens(50));
    assertThat(json("credits", "show", customer).path("reservations")).isEmpty();
  }

  @Test
  void claimsSayWhatWasPaidOfWhat() throws Exception {
    until("a final result", () -> run(here("claim", "--account", "verifier-1")).exit() == 0);
    JsonNode claimed = json("claim", "--owner", account("provider-1"), "--account", "verifier-1");
    BigInteger sum = BigInteger.ZERO;
    for (JsonNode claim : claimed.path("claims")) {
      sum = sum.add(amount(claim, "paid"));
    }
    assertThat(amount(claimed, "paid")).isEqualTo(sum);
  }

  @Test
  void operatorsAndDevicesStake() throws Exception {
    String verifier = account("verifier-1");
    BigInteger before = amount(operator(verifier), "stake");
    JsonNode added = json("stake", "add", "verifier", "5", "--account", "verifier-1");
    assertThat(amount(added, "stake").subtract(before)).isEqualTo(tokens(5));
    assertThat(operator(verifier).path("weight")).isEqualTo(operator(verifier).path("stake"));
    assertThat(refused("stake", "restore", "verifier", "--account", "verifier-1"))
        .contains("the weight is the whole stake already");
    assertThat(refused("stake", "add", "baker", "5", "--account", "verifier-1"))
        .contains("verifier or gateway");

    JsonNode joined =
        json(
            "stake",
            "join",
            "gateway",
            "1000",
            "--endpoint",
            "http://127.0.0.1:9",
            "--account",
            "customer");
    assertThat(amount(joined, "weight")).isEqualTo(tokens(1000));
    JsonNode left = json("stake", "leave", "gateway", "--account", "customer");
    assertThat(left.path("release_epoch").asLong()).isPositive();
    assertThat(refused("stake", "withdraw", "gateway", "--account", "customer"))
        .containsAnyOf("does not know this stake", "can be withdrawn once", "No result is final");

    JsonNode staked = json("stake", "device", "1", "--add", "7", "--account", "founder");
    assertThat(amount(staked, "stake")).isEqualTo(tokens(7));
    assertThat(refused("stake", "device", "1", "--leave", "--account", "founder"))
        .contains("does not belong to");
    assertThat(
            json("stake", "device", "1", "--leave", "--account", "provider-1")
                .path("leaving")
                .asBoolean())
        .isTrue();
    assertThat(refused("stake", "device", "1", "--withdraw", "--account", "provider-1"))
        .containsAnyOf("does not know this stake", "can be withdrawn once", "No result is final");
    assertThat(refused("stake", "device", "1", "--account", "founder")).contains("exactly one");
  }

  private JsonNode operator(String account) throws IOException {
    for (JsonNode operator : json("stake", "show").path("operators")) {
      if (operator.path("operator").asText().equals(account)) {
        return operator;
      }
    }
    throw new AssertionError(account + " has no stake");
  }

  @Test
  void aPriceIsShownRecordedAndPostedOnALocalChain() throws Exception {
    assertThat(json("price", "post", "2.00", "--account", "founder").path("feeds").asInt())
        .isEqualTo(2);
    until(
        "the next slot",
        () -> json("price", "checkpoint", "--account", "founder").path("recorded").asBoolean());
    JsonNode shown = json("price", "show");
    assertThat(shown.path("low").asText()).isEqualTo("2");
    assertThat(shown.path("last_doubt").asText()).isEqualTo("NONE");
    assertThat(refused("price", "post", "0", "--account", "founder")).contains("not a price");
  }

  @Test
  void theCouncilKeepsADisputedResult() throws Exception {
    long[] dispute = new long[1];
    until(
        "a result that can be disputed",
        () -> {
          long newest = json("chain", "status").path("next_epoch").asLong() - 1;
          if (newest < 0) {
            return false;
          }
          Outcome opened =
              run(
                  here(
                      "dispute",
                      "open",
                      Long.toString(newest),
                      "--reason",
                      "a test",
                      "--account",
                      "customer",
                      "--json"));
          if (opened.exit() == 0) {
            dispute[0] = opened.json().path("dispute").asLong();
          }
          return opened.exit() == 0;
        });
    String id = Long.toString(dispute[0]);
    assertThat(json("dispute", "show", id).path("state").asText()).isEqualTo("OPEN");
    assertThat(refused("dispute", "vote", id, "keep", "--reason", "no", "--account", "customer"))
        .contains("no seat");
    json("dispute", "vote", id, "keep", "--reason", "it is right", "--account", "council-1");
    JsonNode decided =
        json("dispute", "vote", id, "keep", "--reason", "so I find", "--account", "council-2");
    assertThat(decided.path("state").asText()).isEqualTo("REJECTED");
    assertThat(decided.path("votes")).hasSize(2);
    assertThat(json("dispute", "show").path("disputes")).isNotEmpty();
    assertThat(refused("dispute", "expire", id, "--account", "customer")).contains("not open");
  }

  @Test
  void aSessionKeyCountsFromTheNextOpeningAndUntilItIsRevoked() throws Exception {
    AccountKey customer = local.accounts().account("customer");
    AccountId key = local.accounts().account("session key").account();
    EpochNumber last = new EpochNumber(epochNow() + 1_000);
    try (ChainLink link = new ChainLink(local.deploymentFile(), local.rpc())) {
      Wallet wallet = local.wallet(customer);
      EpochNumber before = new EpochNumber(epochNow());
      wallet.authoriseSession(key, local.network(), Credits.of(7), last);
      until(
          "the key counts",
          () -> sessionLimit(link, customer, key).equals(Optional.of(Credits.of(7))));
      assertThat(link.feed().sessionKey(local.network(), customer.account(), key, before))
          .as("the epoch in which it was authorised")
          .isEmpty();
      wallet.revokeSession(key, local.network());
      until("the key does not count any more", () -> sessionLimit(link, customer, key).isEmpty());
    }
  }

  private Optional<Credits> sessionLimit(ChainLink link, AccountKey customer, AccountId key)
      throws IOException {
    return link.feed()
        .sessionKey(local.network(), customer.account(), key, new EpochNumber(epochNow()))
        .map(SessionKey::limit);
  }

  /** From the files of a provider, with the storage network's own classes. */
  @Test
  void aSummonedProviderShowsThePieceOfItsDeal() throws Exception {
    byte[] content = "a piece that a customer doubts".repeat(1_000).getBytes(UTF_8);
    PieceWithTree piece =
        new CommP(CommP.Keep.TREE).update(content, 0, content.length).finishTree();
    Path pieces = Files.createDirectories(folder.resolve("pieces"));
    String name = piece.commitment().pieceCidV2();
    Files.write(pieces.resolve(name + ".data"), content);
    Files.write(pieces.resolve(name + ".tree"), piece.nodes().toArray());

    json("credits", "buy", "100", "--account", "customer");
    AccountKey payer = local.accounts().account("customer");
    AccountKey seller = local.accounts().account("provider-1");
    ReservationId reservation =
        local
            .wallet(payer)
            .reserve(
                local.network(), seller.account(), Credits.of(1_000), new EpochNumber(1_000_000));
    SigningDomain domain = local.deployment().domain();
    Deal deal =
        new Deal(
            domain.deployment(),
            local.network(),
            new DeviceId(1),
            payer.account(),
            seller.account(),
            reservation,
            Credits.of(1),
            Credits.of(10),
            new SlotNumber(0),
            new SlotNumber(1_000_000),
            piece.commitment().encode());
    DeviceKey device = local.accounts().device("provider-1-device");
    ReportBody body =
        new ReportBody(
            domain.deployment(),
            local.network(),
            new DeviceId(1),
            device.publicKey().hash(),
            Sequence.of(EpochNumber.FIRST, 1),
            new StorageReport.DealOpened(new SignedDeal(deal, payer.sign(domain.digest(deal.id()))))
                .encode());
    String file =
        written("taken", org.groundwork.protocol.Report.sign(body, device).encode().toHex());

    assertThat(refused("dispute", "possession", "summon", file, "--account", "founder"))
        .contains("only the payer of the deal can summon");
    JsonNode summoned = json("dispute", "possession", "summon", file, "--account", "customer");
    String id = summoned.path("summons").asText();
    assertThat(summoned.path("state").asText()).isEqualTo("waiting");
    until(
        "the block that draws",
        () -> {
          // Each checkpoint of a slot makes a block.
          run(here("price", "checkpoint", "--account", "founder"));
          run(here("dispute", "possession", "draw", id, "--account", "founder"));
          JsonNode shown = json("dispute", "possession", "show", id);
          return shown.path("state").asText().equals("drawn");
        });
    assertThat(refused("dispute", "possession", "fault", id, "--account", "customer"))
        .contains("can be answered until");
    JsonNode answered =
        json("dispute", "possession", "answer", id, pieces.toString(), "--account", "founder");
    assertThat(answered.path("state").asText()).isEqualTo("answered");
    JsonNode record = json("dispute", "possession", "show", "--device", "1");
    assertThat(record.path("answered").asInt()).isEqualTo(1);
    assertThat(record.path("faults").asInt()).isZero();

    // Another summons, for a provider whose file is not what it was.
    String next =
        json("dispute", "possession", "summon", file, "--account", "customer")
            .path("summons")
            .asText();
    assertThat(next).isNotEqualTo(id);
    Files.write(pieces.resolve(name + ".data"), new byte[content.length]);
    until(
        "the second draw",
        () -> {
          run(here("price", "checkpoint", "--account", "founder"));
          return run(here("dispute", "possession", "draw", next, "--account", "founder")).exit()
              == 0;
        });
    assertThat(
            refused(
                "dispute",
                "possession",
                "answer",
                next,
                pieces.toString(),
                "--account",
                "provider-1"))
        .contains("is damaged");
  }

  @Test
  void aGatewayThatBrokeAPromiseLosesATenthOfItsStake() throws Exception {
    AccountKey gateway = local.accounts().account("council-1");
    json(
        "stake",
        "join",
        "gateway",
        "2000",
        "--endpoint",
        "http://127.0.0.1:9",
        "--account",
        "council-1");
    long joined = epochNow();
    until("an epoch in which it has stake", () -> epochNow() > joined + 1);
    SlotNumber slot = local.deployment().schedule().slotAt(time.instant().getEpochSecond());
    Promise promise = promise(gateway, slot);
    String file = written("broken", promise.encode().toHex());
    String forged =
        written(
            "forged",
            new Promise(
                    local.accounts().account("gateway").account(),
                    slot,
                    promise.report(),
                    0,
                    1,
                    List.of(),
                    promise.signature())
                .encode()
                .toHex());
    assertThat(refused("dispute", "promise", forged, "--account", "customer"))
        .contains("did not give this promise");
    assertThat(refused("dispute", "promise", file, "--account", "customer"))
        .contains("may still keep its promise");
    awaitAnswers(file, "broken");
    JsonNode rehearsed = json("dispute", "promise", file, "--account", "customer", "--dry-run");
    assertThat(rehearsed.path("broken").asBoolean()).isTrue();
    assertThat(rehearsed.path("submitted").asBoolean()).isFalse();
    assertThat(rehearsed.path("transactions")).hasSize(1);
    assertThat(amount(operator(account("council-1")), "stake")).isEqualTo(tokens(2000));

    JsonNode proved = json("dispute", "promise", file, "--account", "customer");
    assertThat(proved.path("submitted").asBoolean()).isTrue();
    assertThat(amount(proved, "slashed")).isEqualTo(tokens(200));
    assertThat(amount(operator(account("council-1")), "stake")).isEqualTo(tokens(1800));
    assertThat(refused("dispute", "promise", file, "--account", "customer"))
        .contains("was punished for offence");
  }

  /** A gateway's promise of a report that it never had. */
  private Promise promise(AccountKey gateway, SlotNumber slot) {
    SigningDomain domain = local.deployment().domain();
    Hash report = Sha256.hash(new byte[] {1, 2, 3});
    Hash batch = HashTree.leaf(report.bytes());
    Hash statement = Statements.promise(domain.deployment(), gateway.account(), slot, batch);
    return new Promise(
        gateway.account(), slot, report, 0, 1, List.of(), gateway.sign(domain.digest(statement)));
  }

  @Test
  void noVerifierSignsAgainstAPromiseThatWasKept() throws Exception {
    Path device = folder.resolve("device");
    DeviceIdentity identity =
        new DeviceIdentity(
            local.deployment().domain().deployment(),
            local.network(),
            new DeviceId(1),
            local.accounts().device("provider-1-device"));
    Bytes hello =
        new Hello(local.accounts().account("provider-1").account(), time.instant().toEpochMilli())
            .encode();
    try (ChainLink link = new ChainLink(local.deploymentFile(), local.rpc());
        Outbox outbox =
            new Outbox(device, identity, local.deployment().schedule(), link.gateways(), time)) {
      outbox.start();
      String sequence =
          outbox
              .submit(hello, Outbox.Lifetime.PROMISED)
              .get(DEADLINE.toSeconds(), TimeUnit.SECONDS)
              .sequence()
              .toString();
      Outcome exported = run("dispute", "promise-export", device.toString(), sequence);
      assertThat(exported.exit()).as(exported.err()).isZero();
      String file = written("kept", exported.out());
      assertThat(run("dispute", "promise-export", device.toString(), "9999/0").err())
          .contains("No promise of report 9999/0");
      awaitAnswers(file, "kept");
      JsonNode kept = json("dispute", "promise", file, "--account", "customer");
      assertThat(kept.path("broken").asBoolean()).isFalse();
      assertThat(kept.path("submitted").asBoolean()).isFalse();
      assertThat(kept.path("verifiers").get(0).path("why").asText()).contains("stands in an input");
    }
  }

  /** Until all four verifiers have seen the commit deadline and say the same. */
  private void awaitAnswers(String file, String answer) throws Exception {
    until(
        "four times " + answer,
        () -> {
          Outcome asked =
              run(here("dispute", "promise", file, "--account", "customer", "--dry-run", "--json"));
          return asked.exit() == 0
              && asked
                  .json()
                  .path("verifiers")
                  .findValuesAsText("answer")
                  .equals(List.of(answer, answer, answer, answer));
        });
  }

  private String written(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content).toString();
  }

  private long epochNow() throws IOException {
    return json("chain", "status").path("epoch_now").asLong();
  }

  @Test
  void tokenHoldersDecide() throws Exception {
    json("gov", "delegate", "--account", "founder");
    Path parameters = Files.write(folder.resolve("rules"), new byte[] {1, 2, 3});
    String bond =
        json("gov", "propose", "set-bond", "123", "--account", "founder").path("proposal").asText();
    JsonNode created =
        json(
            "gov",
            "propose",
            "create-network",
            "sensing",
            "--parameters",
            parameters.toString(),
            "--rules-hash",
            "0x" + "5e".repeat(32),
            "--account",
            "founder");
    String sensing = created.path("proposal").asText();
    assertThat(created.path("state").asText()).isEqualTo("pending");
    for (String id : List.of(bond, sensing)) {
      until("votes", () -> state(id).equals("active"));
      JsonNode voted = json("gov", "vote", id, "for", "--reason", "yes", "--account", "founder");
      assertThat(amount(voted, "for")).isPositive();
    }
    assertThat(refused("gov", "execute", bond, "--account", "founder"))
        .contains("is not at this step");
    for (String id : List.of(bond, sensing)) {
      until("the end of the votes", () -> state(id).equals("succeeded"));
      assertThat(json("gov", "queue", id, "--account", "founder").path("executable_from").asLong())
          .isPositive();
    }
    long networks = json("chain", "status").path("networks").asLong();
    for (String id : List.of(bond, sensing)) {
      until("the delay", () -> run(here("gov", "execute", id, "--account", "founder")).exit() == 0);
      assertThat(state(id)).isEqualTo("executed");
    }
    assertThat(json("chain", "status").path("networks").asLong()).isEqualTo(networks + 1);
    assertThat(json("gov", "show").path("proposals").findValuesAsText("proposal"))
        .contains(bond, sensing);
    assertThat(refused("gov", "ready", "1", "--account", "verifier-1"))
        .contains("No rules are proposed");
    assertThat(refused("gov", "activate", "1", "--account", "founder"))
        .contains("No rules are proposed");
  }

  private String state(String proposal) throws IOException {
    return json("gov", "show", proposal).path("state").asText();
  }

  @Test
  void everyNamedActionIsAProposal() throws Exception {
    json("gov", "delegate", "--account", "founder");
    Path parameters = Files.write(folder.resolve("next-rules"), new byte[] {4});
    String member = account("customer");
    String other = account("provider-1");
    String third = account("founder");
    // Votes are counted at the second before the proposal.
    until(
        "the votes count",
        () ->
            run(here(
                        "gov",
                        "propose",
                        "raw",
                        "--call",
                        member + ":0x00",
                        "--account",
                        "founder",
                        "--dry-run"))
                    .exit()
                == 0);
    List<List<String>> actions =
        List.of(
            List.of(
                "propose-rules",
                "1",
                "--parameters",
                parameters.toString(),
                "--rules-hash",
                "0x" + "5e".repeat(32)),
            List.of("elect-council", member, other, third, "--days", "30"),
            List.of("pardon", "1", "--reason", "a bug of ours"),
            List.of("raw", "--call", member + ":0x12345678"));
    for (List<String> action : actions) {
      List<String> all = new ArrayList<>(List.of("gov", "propose"));
      all.addAll(action);
      all.addAll(List.of("--account", "founder"));
      JsonNode proposed = json(all.toArray(String[]::new));
      JsonNode shown = json("gov", "show", proposed.path("proposal").asText());
      assertThat(shown.path("calls")).hasSize(1);
      assertThat(shown.path("proposer").asText()).isEqualTo(third);
    }
    assertThat(
            refused(
                "gov",
                "propose",
                "propose-rules",
                "1",
                "--parameters",
                parameters.toString(),
                "--account",
                "founder"))
        .contains("no rules of this program take these parameters");
    assertThat(refused("gov", "propose", "post-price", "2", "--account", "founder"))
        .contains("no posted price");
    assertThat(refused("gov", "propose", "raw", "--call", "nothing", "--account", "founder"))
        .contains("is no call");
  }

  @Test
  void aDeploymentThatWouldBeRefusedIsNamedBeforeAnythingIsSent() throws Exception {
    String a = account("customer");
    String b = account("provider-1");
    Outcome outcome =
        run(
            "chain",
            "deploy",
            "--rpc",
            "http://127.0.0.1:9",
            "--key",
            network.resolve("keys/founder.json").toString(),
            "--password-file",
            network.resolve("keys/password").toString(),
            "--out",
            folder.resolve("other.json").toString(),
            "--posted-price",
            "0.000001",
            "--council",
            a + "," + b,
            "--slot-seconds",
            "4000",
            "--dry-run");
    assertThat(outcome.exit()).isEqualTo(1);
    assertThat(outcome.out())
        .contains("slotSeconds is 4000, allowed are 1 to 3600")
        .contains("the posted price is 100, allowed are 1000")
        .contains("the number of council members is 2, allowed are 3 to 15");
    assertThat(folder.resolve("other.json.journal")).doesNotExist();
  }

  @Test
  void statusNamesEveryContract() throws Exception {
    JsonNode status = json("chain", "status");
    assertThat(status.path("contracts").findValuesAsText("contract"))
        .contains("Council", "GroundworkGovernor", "Sessions", "TestFeedA")
        .hasSize(20);
    assertThat(status.path("council").asText()).startsWith("3 until");
  }

  @Test
  void everyCommandShowsExamples() {
    check(Main.commandLine(), List.of("wallet", "credits", "stake", "gov", "dispute", "price"));
    for (String name : List.of("claim", "chain")) {
      check(Main.commandLine(), List.of(name));
    }
  }

  private static void check(CommandLine program, List<String> names) {
    for (String name : names) {
      CommandLine command = Optional.ofNullable(program.getSubcommands().get(name)).orElseThrow();
      assertThat(command.getUsageMessage()).as(name).contains("groundwork " + name);
      for (CommandLine sub : command.getSubcommands().values()) {
        assertThat(sub.getUsageMessage()).as(sub.getCommandName()).contains("Example");
      }
    }
  }
}
