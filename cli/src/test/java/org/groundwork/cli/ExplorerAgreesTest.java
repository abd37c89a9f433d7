package org.groundwork.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.agent.DeviceIdentity;
import org.groundwork.agent.Outbox;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.cli.daemon.ExplorerDaemon;
import org.groundwork.cli.local.LocalNetwork;
import org.groundwork.cli.local.LocalSettings;
import org.groundwork.engine.DeviceSummary;
import org.groundwork.engine.EpochResult;
import org.groundwork.networks.storage.rules.StorageReport;
import org.groundwork.node.Node;
import org.groundwork.node.explorer.ExplorerSettings;
import org.groundwork.node.explorer.database.DatabaseAddress;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hello;
import org.groundwork.protocol.MoneyLeaf;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.SignedVoucher;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.Total;
import org.groundwork.protocol.Voucher;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.Sha256;
import org.groundwork.settlement.chain.ChainEvent;
import org.groundwork.settlement.time.Time;
import org.groundwork.settlement.wallet.Wallet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Explorer, commands, chain and recomputation show equal totals, on a real chain. */
class ExplorerAgreesTest {
  private static final Duration DEADLINE = Duration.ofMinutes(3);
  private static final TokenAmount TOKENS =
      new TokenAmount(BigInteger.TEN.pow(18).multiply(BigInteger.valueOf(1_000)));

  private final Time time = Time.system();
  private final Path folder;

  ExplorerAgreesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void allFourShowEqualTotals() throws Exception {
    LocalSettings demo = LocalSettings.demo();
    LocalSettings settings =
        new LocalSettings(
            1, 4, 2, 4, 1, demo.ratePerGibSlot(), demo.egressPerGib(), demo.capacityBytes());
    try (LocalNetwork local = LocalNetwork.open(folder, settings, _ -> {})) {
      local.joinOperators();
      local.registerProviders();
      try (Node _ = local.startNode();
          ChainLink link = new ChainLink(local.deploymentFile(), local.rpc());
          ExplorerDaemon explorer =
              ExplorerDaemon.start(
                  new ChainLink(local.deploymentFile(), local.rpc()),
                  ExplorerSettings.loopback(new DatabaseAddress("jdbc:h2:mem:agrees"), 0))) {
        EpochNumber paid = serveUntilPaid(local, link, explorer);
        compare(local, link, explorer, paid);
      }
    }
  }

  private JsonNode ask(ExplorerDaemon explorer, String path) throws Exception {
    URI uri = explorer.uri().resolve("/api/v1/" + path);
    try (var in = uri.toURL().openStream()) {
      return Json.MAPPER.readTree(in);
    }
  }

  private JsonNode command(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--dir", folder.toString(), "--json"));
    StringWriter out = new StringWriter();
    CommandLine program = Main.commandLine();
    program.setOut(new PrintWriter(out, true));
    assertThat(program.execute(all.toArray(String[]::new))).as(out.toString()).isZero();
    return Json.MAPPER.readTree(out.toString());
  }

  /** A customer's vouchers, reported by a device, until the explorer shows a final payment. */
  private EpochNumber serveUntilPaid(LocalNetwork local, ChainLink link, ExplorerDaemon explorer)
      throws Exception {
    AccountKey customer = local.accounts().account("customer");
    AccountId seller = local.accounts().account("provider-1").account();
    local.fund(customer.account(), TOKENS);
    while (time.instant().getEpochSecond() < local.deployment().schedule().genesis()) {
      time.pause(Duration.ofMillis(100));
    }
    local.treasury().checkpointPrice();
    Wallet wallet = local.wallet(customer);
    wallet.buyCredits(TOKENS, Credits.ZERO);
    ReservationId reservation =
        wallet.reserve(
            local.network(),
            seller,
            new Credits(BigInteger.TEN.pow(20)),
            new EpochNumber(1_000_000));
    SigningDomain domain = local.deployment().domain();
    DeviceIdentity identity =
        new DeviceIdentity(
            domain.deployment(),
            local.network(),
            new DeviceId(1),
            local.accounts().device("provider-1-device"));
    Instant deadline = time.instant().plus(DEADLINE);
    try (Outbox outbox =
        new Outbox(
            folder.resolve("device"),
            identity,
            local.deployment().schedule(),
            link.gateways(),
            time)) {
      outbox.start();
      for (long dollars = 1; ; dollars++) {
        assertThat(time.instant()).as("waiting for a final payment").isBefore(deadline);
        Voucher voucher =
            new Voucher(
                domain.deployment(),
                local.network(),
                customer.account(),
                seller,
                reservation,
                Sha256.hash(new byte[] {1}),
                new Credits(BigInteger.TEN.pow(18).multiply(BigInteger.valueOf(dollars))));
        SignedVoucher signed =
            new SignedVoucher(voucher, customer.sign(domain.digest(voucher.structHash())));
        Object _ =
            outbox.submit(
                new Hello(seller, time.instant().toEpochMilli()).encode(), Outbox.Lifetime.EPOCH);
        Object _ = outbox.submit(new StorageReport.Egress(signed).encode(), Outbox.Lifetime.EPOCH);
        local.treasury().finaliseWhatIsDue();
        for (JsonNode epoch : ask(explorer, "epochs").path("items")) {
          boolean done =
              epoch.path("state").asText().equals("final")
                  && !epoch.path("payments").asText("0").equals("0");
          if (done) {
            return new EpochNumber(epoch.path("epoch").asLong());
          }
        }
        time.pause(Duration.ofSeconds(1));
      }
    }
  }

  private void compare(
      LocalNetwork local, ChainLink link, ExplorerDaemon explorer, EpochNumber epoch)
      throws Exception {
    ChainEvent.ResultAccepted onChain = link.chain().stateNow().result(epoch).orElseThrow();
    EpochResult recomputed;
    try (PublicLedger ledger =
        new PublicLedger(new ChainLink(local.deploymentFile(), local.rpc()))) {
      recomputed = ledger.audit(epoch).recomputed();
    }
    JsonNode shown = ask(explorer, "epochs/" + epoch);
    JsonNode audited = command("audit", epoch.toString());
    JsonNode why = command("why", "1", "--epoch", epoch.toString());

    // Roots.
    String root = onChain.moneyRoot().toHex();
    assertThat(recomputed.statement().moneyRoot().toHex()).isEqualTo(root);
    assertThat(shown.path("moneyRoot").asText()).isEqualTo(root);
    assertThat(audited.toString()).contains(root);

    // Totals by kind and network.
    SortedMap<String, String> totals = totals(onChain.totals());
    assertThat(totals(recomputed.statement().totals())).isEqualTo(totals);
    SortedMap<String, String> explored = new TreeMap<>();
    for (JsonNode total : shown.path("totals")) {
      explored.put(
          total.path("kind").asText() + "/" + total.path("network").asText(),
          total.path("amount").asText());
    }
    assertThat(explored).isEqualTo(totals);
    String paid = totals.get("payment/" + local.network());
    String charged = totals.get("charge/" + local.network());
    assertThat(new BigInteger(paid)).isPositive();

    // The only device.
    DeviceSummary summary = recomputed.devices().iterator().next();
    JsonNode device = ask(explorer, "devices/1/epochs?cursor=" + epoch.next()).path("items").get(0);
    assertThat(summary.paid().toString()).isEqualTo(paid);
    assertThat(why.path("paid").asText()).isEqualTo(paid);
    assertThat(why.path("charged").asText()).isEqualTo(charged);
    assertThat(device.path("paid").asText()).isEqualTo(paid);
    assertThat(device.path("charged").asText()).isEqualTo(charged);
    JsonNode payment = ask(explorer, "payments?epoch=" + epoch).path("items").get(0);
    assertThat(payment.path("paid").asText()).isEqualTo(paid);
    assertThat(payment.path("charged").asText()).isEqualTo(charged);
    assertThat(ask(explorer, "devices/1/epochs/" + epoch).path("records").isArray()).isTrue();

    compareAccounts(local, explorer);

    // Sums since genesis.
    JsonNode sums = ask(explorer, "overview").path("totals");
    assertThat(sums.path("tokensBurned").asText())
        .isEqualTo(link.chain().stateNow().burned().toString())
        .isEqualTo(TOKENS.toString());
    assertThat(sums.path("tokensFunded").asText())
        .isEqualTo(command("chain", "status").path("funded").asText());
  }

  /** What all accounts may claim, in the newest final result. */
  private void compareAccounts(LocalNetwork local, ExplorerDaemon explorer) throws Exception {
    EpochNumber last = newestFinal(explorer);
    while (true) {
      EpochResult settled;
      try (PublicLedger ledger =
          new PublicLedger(new ChainLink(local.deploymentFile(), local.rpc()))) {
        settled = ledger.audit(last).recomputed();
      }
      SortedMap<String, BigInteger> recomputed = new TreeMap<>();
      SortedMap<String, BigInteger> shown = new TreeMap<>();
      for (MoneyLeaf leaf : settled.leaves()) {
        if (leaf.kind().isPayable()) {
          String account = "0x" + leaf.subject().toHex().substring(26);
          recomputed.merge(account, leaf.cumulative(), BigInteger::add);
          JsonNode totals = ask(explorer, "accounts/" + account).path("totals");
          shown.put(account, new BigInteger(totals.path("final").asText()));
        }
      }
      EpochNumber after = newestFinal(explorer);
      if (after.equals(last)) {
        assertThat(shown).isEqualTo(recomputed).isNotEmpty();
        return;
      }
      last = after;
    }
  }

  private EpochNumber newestFinal(ExplorerDaemon explorer) throws Exception {
    return new EpochNumber(ask(explorer, "overview").path("final").path("epoch").asLong());
  }

  static SortedMap<String, String> totals(List<Total> totals) {
    SortedMap<String, String> found = new TreeMap<>();
    for (Total total : totals) {
      found.put(
          total.kind().name().toLowerCase(java.util.Locale.ROOT) + "/" + total.network(),
          total.amount().toString());
    }
    return found;
  }
}
