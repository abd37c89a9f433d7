package org.groundwork.cli.demo;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.groundwork.cli.Amounts;
import org.groundwork.cli.PublicLedger;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.cli.local.LocalNetwork;
import org.groundwork.cli.local.LocalSettings;
import org.groundwork.engine.DeviceSummary;
import org.groundwork.engine.PublishedResult;
import org.groundwork.engine.audit.AuditReport;
import org.groundwork.node.Node;
import org.groundwork.node.run.Worker;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.MoneyKind;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.Total;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.settlement.ContractRefusal;
import org.groundwork.settlement.chain.ChainEvent;
import org.groundwork.settlement.time.Time;

/**
 * What every demo stands on: a chain, a gateway, four verifiers, somebody who keeps prices, and a
 * look at what was settled. Safe for stories that are told at the same time.
 */
final class Stage implements AutoCloseable {
  private static final Duration EPOCH_DEADLINE = Duration.ofMinutes(2);

  private final Consumer<String> progress;
  private final Time time;
  private final List<String> failures = new ArrayList<>();
  private final List<AutoCloseable> running = new ArrayList<>();
  private final LocalNetwork network;
  private final Node node;
  private final PublicLedger ledger;
  private final ReentrantLock beginning = new ReentrantLock();
  private boolean begun;

  private Stage(
      Path folder,
      LocalSettings settings,
      List<Story> stories,
      Consumer<String> progress,
      Time time)
      throws Exception {
    this.progress = progress;
    this.time = time;
    network = add(LocalNetwork.open(folder, settings, progress));
    try {
      network.joinOperators();
      for (Story story : stories) {
        story.register(this);
      }
      node = add(network.startNode());
      ledger = add(new PublicLedger(add(new ChainLink(network.deploymentFile(), network.rpc()))));
    } catch (Exception e) {
      close();
      throw e;
    }
  }

  /** Opens a deployment in which the stories' devices are registered; nothing is sold yet. */
  static Stage open(
      Path folder,
      LocalSettings settings,
      List<Story> stories,
      Consumer<String> progress,
      Time time)
      throws Exception {
    return new Stage(folder, settings, stories, progress, time);
  }

  /** Waits for the first epoch, and begins to sell credits; the second time it does nothing. */
  void begin() throws Exception {
    beginning.lock();
    try {
      if (!begun) {
        openSale();
        begun = true;
      }
    } finally {
      beginning.unlock();
    }
  }

  private void openSale() throws Exception {
    while (time.instant().getEpochSecond() < schedule().genesis()) {
      time.pause(Duration.ofMillis(50));
    }
    network.treasury().checkpointPrice();
    Worker prices = add(network.priceKeeper());
    prices.start();
  }

  LocalNetwork network() {
    return network;
  }

  /** What was published of an epoch that is settled. */
  synchronized PublishedResult result(EpochNumber epoch) throws IOException {
    return ledger.result(epoch);
  }

  private synchronized Optional<ChainEvent.ResultAccepted> accepted(EpochNumber epoch)
      throws IOException {
    return ledger.accepted(epoch);
  }

  Time time() {
    return time;
  }

  Path folder() {
    return network.folder();
  }

  EpochSchedule schedule() {
    return network.deployment().schedule();
  }

  EpochNumber epochNow() {
    return schedule().epochAt(time.instant().getEpochSecond());
  }

  boolean isUp() {
    return node.gatewayUri().isPresent();
  }

  synchronized void say(String line) {
    progress.accept(line);
  }

  synchronized void expect(boolean holds, String failure) {
    if (!holds) {
      failures.add(failure);
      progress.accept("FAILED: " + failure);
    }
  }

  synchronized List<String> failures() {
    return List.copyOf(failures);
  }

  /** Stops it when the stage is closed, before everything that was added earlier. */
  synchronized <T extends AutoCloseable> T add(T part) {
    running.add(part);
    return part;
  }

  long secondsSince(Instant start) {
    return Duration.between(start, time.instant()).toSeconds();
  }

  void awaitEpoch(EpochNumber epoch) throws Exception {
    Instant deadline = time.instant().plus(EPOCH_DEADLINE);
    while (true) {
      Optional<ChainEvent.ResultAccepted> accepted = accepted(epoch);
      if (accepted.isPresent()) {
        say(
            "Epoch "
                + epoch
                + " settled by "
                + accepted.get().signers().size()
                + " verifiers: charged $"
                + Amounts.show(new Credits(total(accepted.get(), MoneyKind.CHARGE)))
                + ", paid "
                + Amounts.show(new TokenAmount(total(accepted.get(), MoneyKind.PAYMENT)))
                + " tokens");
        return;
      }
      if (time.instant().isAfter(deadline)) {
        throw new IOException("epoch " + epoch + " was not settled in time");
      }
      time.pause(Duration.ofMillis(250));
    }
  }

  /** Claims for all owners, once the newest result cannot be disputed any more. */
  TokenAmount claim(List<AccountKey> owners) throws Exception {
    awaitFinal();
    TokenAmount claimed = TokenAmount.ZERO;
    for (AccountKey owner : owners) {
      claimed = claimed.plus(claim(owner));
    }
    say("The providers claimed " + Amounts.show(claimed) + " tokens");
    expect(!claimed.isZero(), "nothing was claimed");
    return claimed;
  }

  private void awaitFinal() throws Exception {
    EpochNumber newest = ledger.latest().orElseThrow().epoch();
    Instant deadline = time.instant().plus(EPOCH_DEADLINE);
    while (ledger.finalised().filter(it -> it.epoch().compareTo(newest) >= 0).isEmpty()) {
      if (time.instant().isAfter(deadline)) {
        throw new IOException("the result of epoch " + newest + " did not become final in time");
      }
      network.treasury().finaliseWhatIsDue();
      time.pause(Duration.ofMillis(250));
    }
    say("Epoch " + newest + " is final: its time for disputes is over");
  }

  private TokenAmount claim(AccountKey owner) throws Exception {
    for (int attempt = 0; ; attempt++) {
      try {
        return ledger.claim(network.wallet(owner), owner.account());
      } catch (ContractRefusal e) {
        // A new result makes proofs against the one before worthless: take the new one's.
        if (attempt == 3) {
          throw e;
        }
        time.pause(Duration.ofMillis(300));
      }
    }
  }

  /** Recomputes every epoch from public data. */
  List<DemoReport.EpochLine> audit() throws IOException {
    long last = ledger.latest().map(result -> result.epoch().value()).orElse(-1L);
    List<DemoReport.EpochLine> lines = new ArrayList<>();
    for (long number = 0; number <= last; number++) {
      EpochNumber epoch = new EpochNumber(number);
      Optional<ChainEvent.ResultAccepted> accepted = accepted(epoch);
      if (accepted.isEmpty()) {
        continue;
      }
      AuditReport report = ledger.audit(epoch);
      expect(report.isEqual(), "the audit of epoch " + epoch + " differs: " + report.differences());
      lines.add(
          new DemoReport.EpochLine(
              number,
              accepted.get().moneyRoot(),
              report.isEqual(),
              new TokenAmount(total(accepted.get(), MoneyKind.BASIS)),
              new Credits(total(accepted.get(), MoneyKind.CHARGE)),
              new TokenAmount(total(accepted.get(), MoneyKind.PAYMENT)),
              new TokenAmount(total(accepted.get(), MoneyKind.OPERATIONS)),
              new TokenAmount(
                  total(accepted.get(), MoneyKind.DUTY)
                      .add(total(accepted.get(), MoneyKind.TREASURY))
                      .add(total(accepted.get(), MoneyKind.BOOTSTRAP))),
              report.recomputed().dust()));
    }
    say("Audited " + lines.size() + " epochs from public data");
    return lines;
  }

  /** What was said of devices in these epochs, and what they were paid; devices in order. */
  List<DemoReport.DeviceLine> lines(
      List<DemoReport.EpochLine> epochs, SortedMap<DeviceId, String> roles) throws IOException {
    Map<DeviceId, SortedMap<String, Long>> verdicts = new TreeMap<>();
    Map<DeviceId, TokenAmount> paid = new TreeMap<>();
    for (DemoReport.EpochLine epoch : epochs) {
      for (DeviceSummary summary : result(new EpochNumber(epoch.number())).devices()) {
        SortedMap<String, Long> counts =
            verdicts.computeIfAbsent(summary.device(), _ -> new TreeMap<>());
        summary.verdicts().forEach((code, count) -> counts.merge(code, count, Long::sum));
        summary.faultCounts().forEach((code, count) -> counts.merge(code, count, Long::sum));
        paid.merge(summary.device(), summary.paid(), TokenAmount::plus);
      }
    }
    List<DemoReport.DeviceLine> lines = new ArrayList<>();
    roles.forEach((id, role) ->
        lines.add(
            new DemoReport.DeviceLine(
                id,
                role,
                verdicts.getOrDefault(id, new TreeMap<>()),
                paid.getOrDefault(id, TokenAmount.ZERO))));
    return lines;
  }

  private static BigInteger total(ChainEvent.ResultAccepted accepted, MoneyKind kind) {
    return accepted.totals().stream()
        .filter(total -> total.kind() == kind)
        .map(Total::amount)
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  @Override
  public void close() throws IOException {
    IOException failure = new IOException("not everything stopped");
    for (AutoCloseable part : running.reversed()) {
      try {
        part.close();
      } catch (Exception e) {
        failure.addSuppressed(e);
      }
    }
    if (failure.getSuppressed().length > 0) {
      throw failure;
    }
  }
}
