package org.groundwork.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.groundwork.cli.Amounts;
import org.groundwork.cli.PublicLedger;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.cli.daemon.ConfigFile;
import org.groundwork.cli.daemon.CustomerDaemon;
import org.groundwork.cli.daemon.CustomerSetup;
import org.groundwork.cli.local.Child;
import org.groundwork.cli.local.LocalNetwork;
import org.groundwork.cli.local.LocalSettings;
import org.groundwork.engine.DeviceSummary;
import org.groundwork.engine.PublishedResult;
import org.groundwork.engine.audit.AuditReport;
import org.groundwork.networks.storage.customer.RepairReport;
import org.groundwork.node.Node;
import org.groundwork.node.run.Worker;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.MoneyKind;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.Total;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.settlement.ContractRefusal;
import org.groundwork.settlement.chain.ChainEvent;
import org.groundwork.settlement.time.Time;

/**
 * The whole loop on one machine: a customer stores a real file through S3, providers hold and prove
 * it, two of them are killed and the disk of a third is damaged, the file still comes back, the
 * honest are paid and the others are not, lost pieces are made again, and every epoch is recomputed
 * from public data.
 */
final class Demo {
  private static final TokenAmount TO_BURN =
      new TokenAmount(BigInteger.TEN.pow(18).multiply(BigInteger.valueOf(60_000)));
  private static final long DEAL_SLOTS = 900;
  private static final int KILLED = 2;
  private static final int PROVIDER_HEAP = 192;
  private static final int PROVIDERS_HEAP = 448;
  private static final int FLIP_EVERY = 61;
  private static final int PLACING_ATTEMPTS = 10;
  private static final Duration EPOCH_DEADLINE = Duration.ofMinutes(2);

  private final Path folder;
  private final Path file;
  private final Consumer<String> progress;
  private final Time time;
  private final List<String> failures = new ArrayList<>();
  private final List<AutoCloseable> running = new ArrayList<>();

  Demo(Path folder, Path file, Consumer<String> progress, Time time) {
    this.folder = folder;
    this.file = file;
    this.progress = progress;
    this.time = time;
  }

  /**
   * Runs the script.
   *
   * @param keep called at the end, before everything is stopped
   */
  DemoReport run(Runnable keep) throws Exception {
    Instant start = time.instant();
    try {
      DemoReport report = script(start);
      keep.run();
      return report;
    } finally {
      stop();
    }
  }

  private DemoReport script(Instant start) throws Exception {
    LocalNetwork network = add(LocalNetwork.open(folder, LocalSettings.demo(), progress));
    network.joinOperators();
    List<DeviceId> devices = network.registerProviders();
    Node node = add(network.startNode());
    int alive = devices.size() - KILLED;
    Child honest = providers(network, devices, 1, alive);
    List<Child> victims = new ArrayList<>();
    for (int i = alive + 1; i <= devices.size(); i++) {
      victims.add(providers(network, devices, i, i));
    }
    network.awaitProviders();
    progress.accept(
        "Providers run: " + alive + " in one process, " + KILLED + " in processes of their own");

    EpochSchedule schedule = network.deployment().schedule();
    sleepUntil(schedule.genesis());
    network.treasury().checkpointPrice();
    Worker prices = add(network.priceKeeper());
    prices.start();
    Path home = network.prepareCustomer(TO_BURN, DEAL_SLOTS, 0);
    CustomerDaemon customer = add(CustomerDaemon.start(home));
    CustomerSetup setup = ConfigFile.read(home.resolve(CustomerSetup.FILE), CustomerSetup.class);
    String secret = Files.readString(Path.of(setup.secretKeyFile())).strip();
    String endpoint = "http://127.0.0.1:" + customer.port();
    Path tools = folder.resolve("aws");
    S3Tool s3 =
        AwsCli.find(endpoint, tools, setup.accessKey(), secret)
            .<S3Tool>map(found -> found)
            .orElseGet(() -> new OwnS3Client(endpoint, setup.accessKey(), secret, time));

    long bytes = Files.size(file);
    String before = sha256(file);
    Instant uploadStart = time.instant();
    s3.makeBucket("demo");
    s3.upload(file, "demo", "object");
    progress.accept(
        "Stored "
            + file
            + " ("
            + bytes
            + " bytes) with "
            + s3.name()
            + " in "
            + seconds(uploadStart)
            + " s: any 3 of 6 pieces give it back");

    complete(customer);

    ChainLink link = add(new ChainLink(network.deploymentFile(), network.rpc()));
    PublicLedger ledger = add(new PublicLedger(link));
    EpochNumber uploaded = schedule.epochAt(time.instant().getEpochSecond());
    awaitEpoch(ledger, uploaded.next());
    expectPaid(ledger, uploaded.next(), devices, devices.size());

    victims.forEach(Child::kill);
    long flipped = damage(folder.resolve("provider-1"));
    EpochNumber struck = schedule.epochAt(time.instant().getEpochSecond());
    progress.accept(
        "In epoch "
            + struck
            + ": killed devices "
            + devices.subList(alive, devices.size())
            + " (SIGKILL), flipped "
            + flipped
            + " bytes on the disk of device "
            + devices.getFirst());

    Path back = folder.resolve("download");
    Instant downloadStart = time.instant();
    s3.download("demo", "object", back);
    boolean equal = sha256(back).equals(before);
    expect(equal, "the download has another SHA-256 than the file");
    progress.accept(
        "Downloaded it all the same in "
            + seconds(downloadStart)
            + " s; SHA-256 "
            + (equal ? "equal" : "DIFFERS"));

    awaitEpoch(ledger, struck.next());
    showUnpaid(ledger, struck.next(), devices, alive);

    RepairReport repair = customer.repair(true);
    expect(
        repair.repaired() == repair.lost() && repair.repaired() > 0 && repair.unrecoverable() == 0,
        "not all lost pieces were made again: " + repair);
    progress.accept(
        "Repaired: "
            + repair.lost()
            + " of "
            + repair.checked()
            + " pieces were lost or damaged, "
            + repair.repaired()
            + " made again on healthy providers");

    TokenAmount claims = claim(network, ledger);
    List<DemoReport.EpochLine> epochs = audit(ledger);
    List<DemoReport.DeviceLine> lines = devices(ledger, epochs, devices, alive);
    expect(honest.isAlive(), "the honest providers' process ended");
    expect(node.gatewayUri().isPresent(), "the gateway is gone");
    return new DemoReport(
        failures.isEmpty(),
        List.copyOf(failures),
        seconds(start),
        bytes,
        equal,
        epochs,
        lines,
        repair.repaired(),
        claims);
  }

  /** On a busy machine an upload may do with fewer pieces than all: places the missing ones. */
  private void complete(CustomerDaemon customer) throws Exception {
    for (int attempt = 0; attempt < PLACING_ATTEMPTS; attempt++) {
      if (customer.repair(false).lost() == 0) {
        return;
      }
      time.pause(Duration.ofSeconds(1));
    }
    expect(false, "not all pieces found a place");
  }

  private Child providers(LocalNetwork network, List<DeviceId> devices, int first, int last)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("storage", "provide", "--child"));
    for (int i = first; i <= last; i++) {
      arguments.add(network.writeProvider(i, devices.get(i - 1)).toString());
    }
    return add(
        Child.start(
            "provider-" + first,
            folder.resolve("logs/provider-" + first + ".log"),
            first == last ? PROVIDER_HEAP : PROVIDERS_HEAP,
            arguments));
  }

  private void awaitEpoch(PublicLedger ledger, EpochNumber epoch) throws Exception {
    Instant deadline = time.instant().plus(EPOCH_DEADLINE);
    while (true) {
      Optional<ChainEvent.ResultAccepted> accepted = ledger.accepted(epoch);
      if (accepted.isPresent()) {
        progress.accept(
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

  private void expectPaid(
      PublicLedger ledger, EpochNumber epoch, List<DeviceId> devices, int howMany)
      throws IOException {
    long paid =
        ledger.result(epoch).devices().stream()
            .filter(summary -> devices.contains(summary.device()))
            .filter(summary -> !summary.paid().isZero())
            .count();
    expect(
        paid == howMany,
        "in epoch " + epoch + " only " + paid + " of " + howMany + " devices were paid");
  }

  private void showUnpaid(PublicLedger ledger, EpochNumber epoch, List<DeviceId> devices, int alive)
      throws IOException {
    Map<DeviceId, DeviceSummary> byDevice = summaries(ledger.result(epoch));
    for (int i = 0; i < devices.size(); i++) {
      DeviceId id = devices.get(i);
      boolean struck = i == 0 || i >= alive;
      DeviceSummary summary = byDevice.get(id);
      boolean paid = summary != null && !summary.paid().isZero();
      expect(
          paid != struck,
          "in epoch " + epoch + " device " + id + (paid ? " was paid" : " was not paid"));
      if (struck && summary != null && !summary.faults().isEmpty()) {
        DeviceSummary.FaultLine fault = summary.faults().getFirst();
        progress.accept(
            "  device "
                + id
                + " was not paid: "
                + summary.faultCounts()
                + "; slot "
                + fault.slot()
                + ": "
                + fault.evidence());
      }
      expect(
          !struck || (summary != null && !summary.faults().isEmpty()),
          "nothing says why device " + id + " was not paid in epoch " + epoch);
    }
  }

  /** Flips a byte in every few of each piece that a provider holds. */
  private static long damage(Path provider) throws IOException {
    long flipped = 0;
    List<Path> pieces;
    try (Stream<Path> files = Files.walk(provider.resolve("data/pieces"))) {
      pieces = files.filter(path -> path.toString().endsWith(".data")).sorted().toList();
    }
    for (Path piece : pieces) {
      try (RandomAccessFile disk = new RandomAccessFile(piece.toFile(), "rw")) {
        byte[] content = new byte[Math.toIntExact(disk.length())];
        disk.readFully(content);
        for (int at = 0; at < content.length; at += FLIP_EVERY) {
          content[at] ^= 1;
          flipped++;
        }
        disk.seek(0);
        disk.write(content);
      }
    }
    return flipped;
  }

  private TokenAmount claim(LocalNetwork network, PublicLedger ledger) throws Exception {
    awaitFinal(network, ledger);
    TokenAmount claimed = TokenAmount.ZERO;
    for (int i = 1; i <= network.settings().providers(); i++) {
      var owner = network.accounts().account("provider-" + i);
      claimed = claimed.plus(claim(network, ledger, owner));
    }
    progress.accept("The providers claimed " + Amounts.show(claimed) + " tokens");
    expect(!claimed.isZero(), "nothing was claimed");
    return claimed;
  }

  /** Claims are paid against the final root: waits until the newest result cannot be disputed. */
  private void awaitFinal(LocalNetwork network, PublicLedger ledger) throws Exception {
    EpochNumber newest = ledger.latest().orElseThrow().epoch();
    Instant deadline = time.instant().plus(EPOCH_DEADLINE);
    while (ledger.finalised().filter(it -> it.epoch().compareTo(newest) >= 0).isEmpty()) {
      if (time.instant().isAfter(deadline)) {
        throw new IOException("the result of epoch " + newest + " did not become final in time");
      }
      network.treasury().finaliseWhatIsDue();
      time.pause(Duration.ofMillis(250));
    }
    progress.accept("Epoch " + newest + " is final: its time for disputes is over");
  }

  private TokenAmount claim(LocalNetwork network, PublicLedger ledger, AccountKey owner)
      throws Exception {
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

  private List<DemoReport.EpochLine> audit(PublicLedger ledger) throws IOException {
    long last = ledger.latest().map(result -> result.epoch().value()).orElse(-1L);
    List<DemoReport.EpochLine> lines = new ArrayList<>();
    for (long number = 0; number <= last; number++) {
      EpochNumber epoch = new EpochNumber(number);
      Optional<ChainEvent.ResultAccepted> accepted = ledger.accepted(epoch);
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
    progress.accept("Audited " + lines.size() + " epochs from public data");
    return lines;
  }

  private static List<DemoReport.DeviceLine> devices(
      PublicLedger ledger, List<DemoReport.EpochLine> epochs, List<DeviceId> devices, int alive)
      throws IOException {
    Map<DeviceId, SortedMap<String, Long>> verdicts = new TreeMap<>();
    Map<DeviceId, TokenAmount> paid = new TreeMap<>();
    for (DemoReport.EpochLine epoch : epochs) {
      for (DeviceSummary summary : ledger.result(new EpochNumber(epoch.number())).devices()) {
        SortedMap<String, Long> counts =
            verdicts.computeIfAbsent(summary.device(), _ -> new TreeMap<>());
        summary.verdicts().forEach((code, count) -> counts.merge(code, count, Long::sum));
        summary.faultCounts().forEach((code, count) -> counts.merge(code, count, Long::sum));
        paid.merge(summary.device(), summary.paid(), TokenAmount::plus);
      }
    }
    List<DemoReport.DeviceLine> lines = new ArrayList<>();
    for (int i = 0; i < devices.size(); i++) {
      DeviceId id = devices.get(i);
      String role =
          i == 0 ? "provider, disk damaged" : i >= alive ? "provider, killed" : "provider";
      lines.add(
          new DemoReport.DeviceLine(
              id,
              role,
              verdicts.getOrDefault(id, new TreeMap<>()),
              paid.getOrDefault(id, TokenAmount.ZERO)));
    }
    return lines;
  }

  private static Map<DeviceId, DeviceSummary> summaries(PublishedResult result) {
    Map<DeviceId, DeviceSummary> byDevice = new TreeMap<>();
    result.devices().forEach(summary -> byDevice.put(summary.device(), summary));
    return byDevice;
  }

  private static BigInteger total(ChainEvent.ResultAccepted accepted, MoneyKind kind) {
    return accepted.totals().stream()
        .filter(total -> total.kind() == kind)
        .map(Total::amount)
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  private void expect(boolean holds, String failure) {
    if (!holds) {
      failures.add(failure);
      progress.accept("FAILED: " + failure);
    }
  }

  private void sleepUntil(long unixSeconds) throws InterruptedException {
    while (time.instant().getEpochSecond() < unixSeconds) {
      time.pause(Duration.ofMillis(50));
    }
  }

  private long seconds(Instant since) {
    return Duration.between(since, time.instant()).toSeconds();
  }

  private static String sha256(Path path) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      try (InputStream in = new DigestInputStream(Files.newInputStream(path), digest)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return new Hash(Bytes.wrap(digest.digest())).toHex();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private <T extends AutoCloseable> T add(T part) {
    running.add(part);
    return part;
  }

  private void stop() throws Exception {
    Exception first = null;
    for (AutoCloseable part : running.reversed()) {
      try {
        part.close();
      } catch (Exception e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
