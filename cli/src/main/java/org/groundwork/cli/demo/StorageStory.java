package org.groundwork.cli.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.groundwork.cli.Amounts;
import org.groundwork.cli.Failure;
import org.groundwork.cli.daemon.ConfigFile;
import org.groundwork.cli.daemon.CustomerDaemon;
import org.groundwork.cli.daemon.CustomerSetup;
import org.groundwork.cli.daemon.KeepingSetup;
import org.groundwork.cli.local.Child;
import org.groundwork.cli.local.LocalNetwork;
import org.groundwork.cli.statement.Statement;
import org.groundwork.engine.DeviceSummary;
import org.groundwork.engine.PublishedResult;
import org.groundwork.engine.money.ChargeLine;
import org.groundwork.networks.storage.customer.RepairReport;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.crypto.AccountKey;

/**
 * A customer stores a real file through S3, providers hold and prove it, two of them are killed and
 * the disk of a third is damaged, the file still comes back, the honest are paid and the others are
 * not, and lost pieces are made again.
 */
final class StorageStory implements Story {
  private static final TokenAmount TO_BURN =
      new TokenAmount(BigInteger.TEN.pow(18).multiply(BigInteger.valueOf(60_000)));
  private static final long DEAL_SLOTS = 900;
  private static final int KILLED = 2;
  private static final int PROVIDER_HEAP = 192;
  private static final int PROVIDERS_HEAP = 448;
  private static final int FLIP_EVERY = 61;
  private static final int PLACING_ATTEMPTS = 10;

  private final Path file;
  private final List<AccountKey> owners = new ArrayList<>();
  private List<DeviceId> devices = List.of();
  private long bytes;
  private boolean equal;
  private long repaired;

  StorageStory(Path file) {
    this.file = file;
  }

  @Override
  public void register(Stage stage) throws Exception {
    devices = stage.network().registerProviders();
    for (int i = 1; i <= devices.size(); i++) {
      owners.add(stage.network().accounts().account("provider-" + i));
    }
  }

  @Override
  public void tell(Stage stage) throws Exception {
    int alive = devices.size() - KILLED;
    LocalNetwork network = stage.network();
    Child honest = providers(stage, 1, alive);
    List<Child> victims = new ArrayList<>();
    for (int i = alive + 1; i <= devices.size(); i++) {
      victims.add(providers(stage, i, i));
    }
    network.awaitProviders();
    stage.say(
        "Providers run: " + alive + " in one process, " + KILLED + " in processes of their own");

    stage.begin();
    Path home = network.prepareCustomer(TO_BURN, DEAL_SLOTS, 0);
    // The file is to come back from those who are left, not from the endpoint's memory.
    ConfigFile.write(home.resolve(KeepingSetup.FILE), KeepingSetup.DEFAULT.withoutCache());
    CustomerDaemon customer = stage.add(CustomerDaemon.start(home));
    CustomerSetup setup = ConfigFile.read(home.resolve(CustomerSetup.FILE), CustomerSetup.class);
    String secret = Files.readString(Path.of(setup.secretKeyFile())).strip();
    String endpoint = "http://127.0.0.1:" + customer.port();
    Path tools = stage.folder().resolve("aws");
    S3Tool s3 =
        AwsCli.find(endpoint, tools, setup.accessKey(), secret)
            .<S3Tool>map(found -> found)
            .orElseGet(() -> new OwnS3Client(endpoint, setup.accessKey(), secret, stage.time()));

    bytes = Files.size(file);
    String before = sha256(file);
    Instant uploadStart = stage.time().instant();
    s3.makeBucket("demo");
    s3.upload(file, "demo", "object");
    stage.say(
        "Stored "
            + file
            + " ("
            + bytes
            + " bytes) with "
            + s3.name()
            + " in "
            + stage.secondsSince(uploadStart)
            + " s: any 3 of 6 pieces give it back");

    complete(stage, customer);

    EpochNumber uploaded = stage.epochNow();
    stage.awaitEpoch(uploaded.next());
    expectPaid(stage, uploaded.next(), devices, devices.size());

    victims.forEach(Child::kill);
    long flipped = damage(stage.folder().resolve("provider-1"));
    EpochNumber struck = stage.epochNow();
    stage.say(
        "In epoch "
            + struck
            + ": killed devices "
            + devices.subList(alive, devices.size())
            + " (SIGKILL), flipped "
            + flipped
            + " bytes on the disk of device "
            + devices.getFirst());

    Path back = stage.folder().resolve("download");
    Instant downloadStart = stage.time().instant();
    s3.download("demo", "object", back);
    equal = sha256(back).equals(before);
    stage.expect(equal, "the download has another SHA-256 than the file");
    stage.say(
        "Downloaded it all the same in "
            + stage.secondsSince(downloadStart)
            + " s; SHA-256 "
            + (equal ? "equal" : "DIFFERS"));

    stage.awaitEpoch(struck.next());
    showUnpaid(stage, struck.next(), devices, alive);

    RepairReport repair = customer.repair(true);
    stage.expect(
        repair.repaired() == repair.lost() && repair.repaired() > 0 && repair.unrecoverable() == 0,
        "not all lost pieces were made again: " + repair);
    stage.say(
        "Repaired: "
            + repair.lost()
            + " of "
            + repair.checked()
            + " pieces were lost or damaged, "
            + repair.repaired()
            + " made again on healthy providers");
    repaired = repair.repaired();
    showStatement(stage, struck.next());
    stage.expect(honest.isAlive(), "the honest providers' process ended");
  }

  /** What the customer was charged is what was settled, to the last unit. */
  private static void showStatement(Stage stage, EpochNumber last) throws IOException {
    List<PublishedResult> results = new ArrayList<>();
    for (long epoch = 0; epoch <= last.value(); epoch++) {
      try {
        results.add(stage.result(new EpochNumber(epoch)));
      } catch (Failure skipped) {
        // The next result covers it.
      }
    }
    Statement statement =
        Statement.of(stage.network().accounts().account("customer").account(), List.of(), results);
    stage.expect(
        statement.isEqual() && !statement.charged().isZero(),
        "the customer's statement says "
            + statement.charged()
            + ", settled was "
            + statement.settled());
    stage.say(
        "The customer's statement: $"
            + Amounts.show(statement.charged(ChargeLine.Kind.DEAL))
            + " for storing and $"
            + Amounts.show(statement.charged(ChargeLine.Kind.VOUCHER))
            + " for reading, in "
            + statement.lines().size()
            + " lines: exactly what the epochs settled");
  }

  @Override
  public SortedMap<DeviceId, String> roles() {
    SortedMap<DeviceId, String> roles = new TreeMap<>();
    for (int i = 0; i < devices.size(); i++) {
      boolean killed = i >= devices.size() - KILLED;
      roles.put(
          devices.get(i),
          i == 0 ? "provider, disk damaged" : killed ? "provider, killed" : "provider");
    }
    return roles;
  }

  @Override
  public List<AccountKey> owners() {
    return owners;
  }

  @Override
  public String outcome() {
    return "%d bytes stored and fetched, SHA-256 %s; %d pieces repaired"
        .formatted(bytes, equal ? "equal" : "DIFFERS", repaired);
  }

  @Override
  public void describe(ObjectNode json) {
    json.put("bytes", bytes).put("sha256_equal", equal).put("repaired_pieces", repaired);
  }

  /** On a busy machine an upload may do with fewer pieces than all: places the missing ones. */
  private void complete(Stage stage, CustomerDaemon customer) throws Exception {
    for (int attempt = 0; attempt < PLACING_ATTEMPTS; attempt++) {
      if (customer.repair(false).lost() == 0) {
        return;
      }
      stage.time().pause(Duration.ofSeconds(1));
    }
    stage.expect(false, "not all pieces found a place");
  }

  private Child providers(Stage stage, int first, int last) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("storage", "provide", "--child"));
    for (int i = first; i <= last; i++) {
      arguments.add(stage.network().writeProvider(i, devices.get(i - 1)).toString());
    }
    return stage.add(
        Child.start(
            "provider-" + first,
            stage.folder().resolve("logs/provider-" + first + ".log"),
            first == last ? PROVIDER_HEAP : PROVIDERS_HEAP,
            arguments));
  }

  private void expectPaid(Stage stage, EpochNumber epoch, List<DeviceId> devices, int howMany)
      throws IOException {
    long paid =
        stage.result(epoch).devices().stream()
            .filter(summary -> devices.contains(summary.device()))
            .filter(summary -> !summary.paid().isZero())
            .count();
    stage.expect(
        paid == howMany,
        "in epoch " + epoch + " only " + paid + " of " + howMany + " devices were paid");
  }

  private void showUnpaid(Stage stage, EpochNumber epoch, List<DeviceId> devices, int alive)
      throws IOException {
    Map<DeviceId, DeviceSummary> byDevice = summaries(stage.result(epoch));
    for (int i = 0; i < devices.size(); i++) {
      DeviceId id = devices.get(i);
      boolean struck = i == 0 || i >= alive;
      DeviceSummary summary = byDevice.get(id);
      boolean paid = summary != null && !summary.paid().isZero();
      stage.expect(
          paid != struck,
          "in epoch " + epoch + " device " + id + (paid ? " was paid" : " was not paid"));
      if (struck && summary != null && !summary.faults().isEmpty()) {
        DeviceSummary.FaultLine fault = summary.faults().getFirst();
        stage.say(
            "  device "
                + id
                + " was not paid: "
                + summary.faultCounts()
                + "; slot "
                + fault.slot()
                + ": "
                + fault.evidence());
      }
      stage.expect(
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

  private static Map<DeviceId, DeviceSummary> summaries(PublishedResult result) {
    Map<DeviceId, DeviceSummary> byDevice = new TreeMap<>();
    result.devices().forEach(summary -> byDevice.put(summary.device(), summary));
    return byDevice;
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
}
