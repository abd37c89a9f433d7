package org.groundwork.checks.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.groundwork.agent.Payer;
import org.groundwork.cli.PublicLedger;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.cli.daemon.ConfigFile;
import org.groundwork.cli.daemon.CustomerDaemon;
import org.groundwork.cli.daemon.CustomerRebuild;
import org.groundwork.cli.daemon.CustomerSetup;
import org.groundwork.cli.local.Child;
import org.groundwork.cli.local.LocalNetwork;
import org.groundwork.cli.local.LocalSettings;
import org.groundwork.engine.store.Store;
import org.groundwork.networks.storage.customer.CustomerSettings;
import org.groundwork.networks.storage.customer.StorageCustomer;
import org.groundwork.networks.storage.s3.Buckets;
import org.groundwork.networks.storage.s3.ObjectStoreException;
import org.groundwork.networks.storage.s3.S3Config;
import org.groundwork.networks.storage.s3.S3Server;
import org.groundwork.networks.storage.s3.Stored;
import org.groundwork.networks.storage.s3.Users;
import org.groundwork.node.run.Worker;
import org.groundwork.node.store.OpenStore;
import org.groundwork.node.store.StoreUrl;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.TokenAmount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A whole network whose gateway, verifiers, providers and chain are killed with SIGKILL at random
 * moments while a customer stores objects: what was acknowledged is there afterwards, and the
 * epochs settle. The number of kills is the property {@code groundwork.kills}.
 */
class KillsTest {
  private static final int KILLS = Integer.getInteger("groundwork.kills", 3);
  private static final int OBJECT_BYTES = 200_000;
  private static final TokenAmount TO_BURN =
      new TokenAmount(BigInteger.TEN.pow(18).multiply(BigInteger.valueOf(60_000)));

  /** Stays after a failure, for its logs. */
  @TempDir(cleanup = CleanupMode.ON_SUCCESS)
  private Path folder;

  private final Map<String, Child> children = new TreeMap<>();
  private final Map<String, List<String>> commands = new LinkedHashMap<>();
  private final Map<Stored, byte[]> acknowledged = new LinkedHashMap<>();

  @Test
  void nothingAcknowledgedIsLostAndEpochsSettle() throws Exception {
    long seed = Long.getLong("groundwork.seed", new SecureRandom().nextLong());
    System.out.println("groundwork.seed=" + seed + ", groundwork.kills=" + KILLS);
    Random random = new Random(seed);
    try (LocalNetwork network =
        LocalNetwork.open(folder.resolve("net"), LocalSettings.demo(), _ -> {})) {
      network.joinOperators();
      List<DeviceId> devices = network.registerProviders();
      describe(network, devices);
      for (String name : commands.keySet()) {
        start(name);
      }
      network.awaitProviders();
      awaitSecond(network.deployment().schedule().genesis());
      network.treasury().checkpointPrice();
      Path home = network.prepareCustomer(TO_BURN, 900, 0);
      try (Worker prices = network.priceKeeper();
          ChainLink link = new ChainLink(network.deploymentFile(), network.rpc());
          Payer payer =
              new Payer(
                  folder.resolve("payer"),
                  link.feed().domain(),
                  network.accounts().account("customer"),
                  new SecureRandom());
          StorageCustomer customer =
              new StorageCustomer(
                  folder.resolve("manifests"),
                  CustomerSettings.standard().withDealSlots(900),
                  new byte[32],
                  link.feed(),
                  network.network(),
                  payer,
                  InstantSource.system(),
                  new SecureRandom());
          PublicLedger ledger = new PublicLedger(link)) {
        prices.start();
        strike(random, customer);
        settles(network, ledger);
        readBack(customer);
        theCourtHearsAProvider(network);
        keepsPublicFilesOfANode(random, customer);
        aGatewayWithoutItsFolderIsRebuilt(random, home);
      }
    } finally {
      children.values().forEach(Child::close);
    }
  }

  private void describe(LocalNetwork network, List<DeviceId> devices) throws IOException {
    String home = network.folder().toString();
    commands.put("gateway", List.of("node", "--child", "--dir", home, "gateway"));
    for (int i = 1; i <= network.settings().verifiers(); i++) {
      commands.put("verifier-" + i, List.of("node", "--child", "--dir", home, "verifier-" + i));
    }
    List<String> providers = new ArrayList<>(List.of("storage", "provide", "--child"));
    for (int i = 1; i <= devices.size(); i++) {
      providers.add(network.writeProvider(i, devices.get(i - 1)).toString());
    }
    commands.put("providers", providers);
  }

  private void start(String name) throws IOException {
    children.put(
        name,
        Child.start(
            name,
            folder.resolve("logs/" + name + ".log"),
            256,
            commands.getOrDefault(name, List.of())));
  }

  private void strike(Random random, StorageCustomer customer) throws Exception {
    List<String> victims = new ArrayList<>(commands.keySet());
    victims.add("chain");
    for (int kill = 0; kill < KILLS; kill++) {
      store(random, customer);
      TimeUnit.MILLISECONDS.sleep(random.nextInt(2_000));
      String victim = victims.get(random.nextInt(victims.size()));
      System.out.println("kill " + (kill + 1) + ": " + victim);
      if (victim.equals("chain")) {
        killAnvil();
      } else {
        Child child = children.get(victim);
        assertThat(child).isNotNull();
        if (child != null) {
          child.kill();
        }
        start(victim);
      }
    }
  }

  /** The local chain's anvil is a child of this process; the chain must bring it back. */
  private static void killAnvil() {
    ProcessHandle.current()
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("/anvil"))
        .forEach(ProcessHandle::destroyForcibly);
  }

  private void store(Random random, StorageCustomer customer) {
    byte[] content = new byte[1 + random.nextInt(OBJECT_BYTES)];
    random.nextBytes(content);
    try {
      acknowledged.put(customer.put(new ByteArrayInputStream(content), content.length), content);
    } catch (IOException | ObjectStoreException e) {
      System.out.println("not stored: " + e.getMessage());
    }
  }

  private static void settles(LocalNetwork network, PublicLedger ledger) throws Exception {
    EpochNumber now =
        network.deployment().schedule().epochAt(InstantSource.system().instant().getEpochSecond());
    EpochNumber wanted = now.next();
    Instant deadline = inThreeMinutes();
    while (ledger.accepted(wanted).isEmpty()) {
      assertThat(InstantSource.system().instant())
          .as("epoch " + wanted + " settles")
          .isBefore(deadline);
      TimeUnit.MILLISECONDS.sleep(500);
    }
    for (long number = 0; number <= wanted.value(); number++) {
      EpochNumber epoch = new EpochNumber(number);
      if (ledger.accepted(epoch).isPresent()) {
        assertThat(ledger.audit(epoch).differences()).as("epoch " + epoch).isEmpty();
      }
    }
  }

  /** By commands alone, from what is public: a summons and a clearing of device 1. */
  private void theCourtHearsAProvider(LocalNetwork network) throws Exception {
    network.fund(
        network.accounts().account("customer").account(),
        new TokenAmount(BigInteger.TEN.pow(18).multiply(BigInteger.valueOf(200))));
    PossessionCommands court = new PossessionCommands(network.folder());
    String deal = aDealThatCounts(court);
    Path report =
        Files.writeString(folder.resolve("report.hex"), court.text("export", "1", "--deal", deal));
    String summons =
        court.json("summon", report.toString(), "--account", "customer").path("summons").asText();
    Instant deadline = inThreeMinutes();
    // The provider's process draws and answers by itself.
    while (!court.json("show", summons).path("state").asText().equals("answered")) {
      assertThat(InstantSource.system().instant()).as("an answer").isBefore(deadline);
      TimeUnit.MILLISECONDS.sleep(500);
    }
    assertThat(court.json("show", "--device", "1").path("answered").asInt()).isEqualTo(1);
    assertThat(court.cleared(network, inThreeMinutes())).isEqualTo(20);
  }

  /**
   * With most verifiers down at once no index of an epoch may be certified before its deadline;
   * what a device reported then does not count, and it reports it again when a result shows that.
   */
  private static String aDealThatCounts(PossessionCommands court) throws Exception {
    Instant deadline = inThreeMinutes();
    JsonNode deals = court.json("export", "1", "--results", "50").path("deals");
    while (deals.isEmpty()) {
      assertThat(InstantSource.system().instant()).as("a deal that counts").isBefore(deadline);
      TimeUnit.SECONDS.sleep(1);
      deals = court.json("export", "1", "--results", "50").path("deals");
    }
    return deals.path(0).path("deal").asText();
  }

  private static Instant inThreeMinutes() {
    return InstantSource.system().instant().plus(Duration.ofMinutes(3));
  }

  private void readBack(StorageCustomer customer) throws Exception {
    assertThat(acknowledged).isNotEmpty();
    for (Map.Entry<Stored, byte[]> entry : acknowledged.entrySet()) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      customer.read(entry.getKey(), 0, entry.getKey().length(), out);
      assertThat(out.toByteArray()).isEqualTo(entry.getValue());
    }
    System.out.println(acknowledged.size() + " objects were acknowledged and are there");
  }

  /** A node's store in a bucket of this very network. */
  private void keepsPublicFilesOfANode(Random random, StorageCustomer customer) throws Exception {
    try (Buckets buckets = Buckets.open(folder.resolve("buckets.mv"));
        S3Server server =
            S3Server.start(
                S3Config.local(0),
                customer,
                buckets,
                Users.one("an-id", "a-secret"),
                InstantSource.system(),
                new SecureRandom())) {
      URI endpoint = URI.create("http://127.0.0.1:" + server.port());
      createBucket(endpoint);
      StoreUrl url = StoreUrl.parse("s3://public-files/net?endpoint=" + endpoint);
      Map<String, String> keys =
          Map.of("AWS_ACCESS_KEY_ID", "an-id", "AWS_SECRET_ACCESS_KEY", "a-secret");
      try (OpenStore open = url.open("verifier-1", keys)) {
        byte[] content = new byte[OBJECT_BYTES];
        random.nextBytes(content);
        Store store = open.store();
        store.put("segments/0000000001/ab.segment", Bytes.wrap(content));
        store.put("results/1-0-1/manifest.json", Bytes.of((byte) 1));
        assertThat(store.get("segments/0000000001/ab.segment")).contains(Bytes.wrap(content));
        assertThat(store.list("segments/")).containsExactly("segments/0000000001/ab.segment");
        store.delete("segments/0000000001/ab.segment");
        assertThat(store.get("segments/0000000001/ab.segment")).isEmpty();
        assertThat(store.list("")).containsExactly("results/1-0-1/manifest.json");
      }
    }
  }

  /** From the customer's keys and what providers have, as the command does it. */
  private static void aGatewayWithoutItsFolderIsRebuilt(Random random, Path home) throws Exception {
    byte[] content = new byte[OBJECT_BYTES];
    random.nextBytes(content);
    CustomerSetup setup = ConfigFile.read(home.resolve(CustomerSetup.FILE), CustomerSetup.class);
    String secret = Files.readString(Path.of(setup.secretKeyFile())).strip();
    try (CustomerDaemon gateway = CustomerDaemon.start(home);
        S3Client client = client(gateway.port(), setup.accessKey(), secret)) {
      client.createBucket(request -> request.bucket("mine"));
      client.putObject(
          request -> request.bucket("mine").key("object"), RequestBody.fromBytes(content));
      gateway.snapshot();
    }
    Files.move(home.resolve("data"), home.resolve("data.gone"));
    assertThat(CustomerRebuild.run(home)).isEqualTo(1);
    try (CustomerDaemon gateway = CustomerDaemon.start(home);
        S3Client client = client(gateway.port(), setup.accessKey(), secret)) {
      assertThat(
              client
                  .getObjectAsBytes(request -> request.bucket("mine").key("object"))
                  .asByteArray())
          .isEqualTo(content);
    }
  }

  private static S3Client client(int port, String id, String secret) {
    return S3Client.builder()
        .endpointOverride(URI.create("http://127.0.0.1:" + port))
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(id, secret)))
        .build();
  }

  private static void createBucket(URI endpoint) {
    try (S3Client client =
        S3Client.builder()
            .endpointOverride(endpoint)
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("an-id", "a-secret")))
            .build()) {
      client.createBucket(request -> request.bucket("public-files"));
    }
  }

  private static void awaitSecond(long unixSeconds) throws InterruptedException {
    while (InstantSource.system().instant().getEpochSecond() < unixSeconds) {
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }
}
