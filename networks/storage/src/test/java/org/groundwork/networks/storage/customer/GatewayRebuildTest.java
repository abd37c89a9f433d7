package org.groundwork.networks.storage.customer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.groundwork.agent.Payer;
import org.groundwork.networks.storage.erasure.Shape;
import org.groundwork.networks.storage.provider.Sim;
import org.groundwork.networks.storage.s3.Buckets;
import org.groundwork.networks.storage.s3.Packs;
import org.groundwork.networks.storage.s3.S3Config;
import org.groundwork.networks.storage.s3.S3Server;
import org.groundwork.networks.storage.s3.Users;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.crypto.AccountKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** The whole gateway, with real providers over HTTP and a real S3 client. */
class GatewayRebuildTest {
  private static final String ID = "an-id";
  private static final String SECRET = "a-secret";

  private final Sim sim = new Sim();
  private final List<Sim.Node> nodes = new ArrayList<>();
  private final Random random = new Random(4);
  private final AccountKey key = AccountKey.generate(new SecureRandom());
  @TempDir private Path folder;

  @AfterEach
  void stop() {
    sim.close();
  }

  /** A gateway that runs. */
  private final class Gateway implements AutoCloseable {
    final Path data;
    final Payer payer;
    final StorageCustomer customer;
    private Optional<Buckets> buckets = Optional.empty();
    private Optional<Packs> packs = Optional.empty();
    private Optional<S3Server> server = Optional.empty();

    Gateway(Path data) throws IOException {
      this.data = data;
      payer = new Payer(data, sim.domain(), key, new SecureRandom());
      customer =
          new StorageCustomer(
              data.resolve("manifests"),
              new CustomerSettings(
                  new Shape(3, 6), 4, 1, 50, 4, Duration.ofSeconds(5), Duration.ofSeconds(1), 0),
              new byte[32],
              sim,
              Sim.NETWORK,
              payer,
              sim,
              new SecureRandom());
    }

    BucketNames open(Path data) throws IOException {
      Packs packing = new Packs(customer, data.resolve("packs.mv"));
      packs = Optional.of(packing);
      Buckets opened = Buckets.open(data.resolve("buckets.mv"));
      buckets = Optional.of(opened);
      server =
          Optional.of(
              S3Server.start(
                  S3Config.local(0),
                  packing,
                  opened,
                  Users.one(ID, SECRET),
                  InstantSource.system(),
                  new SecureRandom()));
      return new BucketNames(opened, packing);
    }

    /** How many objects have packed pieces. */
    long packed() throws IOException {
      Catalog catalog = new Catalog(data.resolve("manifests"));
      long packed = 0;
      for (Hash id : catalog.ids()) {
        packed += catalog.get(id).orElseThrow().stripes().getFirst().packing().isPresent() ? 1 : 0;
      }
      return packed;
    }

    S3Client client() {
      return S3Client.builder()
          .endpointOverride(URI.create("http://127.0.0.1:" + server.orElseThrow().port()))
          .region(Region.US_EAST_1)
          .forcePathStyle(true)
          .credentialsProvider(
              StaticCredentialsProvider.create(AwsBasicCredentials.create(ID, SECRET)))
          .build();
    }

    @Override
    public void close() throws IOException {
      server.ifPresent(S3Server::close);
      packs.ifPresent(Packs::close);
      customer.close();
      buckets.ifPresent(Buckets::close);
      payer.close();
    }
  }

  @Test
  void aGatewayWhoseFolderIsGoneIsRebuiltFromKeysAndNetwork() throws Exception {
    for (int i = 0; i < 6; i++) {
      Sim.Node node = sim.addProvider(folder, config -> config);
      nodes.add(node);
      sim.reserve(key.account(), node, 1L << 50);
    }
    Path data = folder.resolve("gateway");
    Map<String, byte[]> contents = new TreeMap<>();
    try (Gateway gateway = new Gateway(data)) {
      BucketNames names = gateway.open(data);
      try (S3Client client = gateway.client()) {
        client.createBucket(request ->
            request
                .bucket("mine")
                .overrideConfiguration(c ->
                    c.putHeader("x-groundwork-shape", "2+4")
                        .putHeader("x-groundwork-packing", "1")));
        for (int i = 0; i < 8; i++) {
          byte[] content = new byte[random.nextInt(200_000)];
          random.nextBytes(content);
          String name = "folder/object " + i;
          contents.put(name, content);
          client.putObject(
              request -> request.bucket("mine").key(name).metadata(Map.of("number", "n" + name)),
              RequestBody.fromBytes(content));
        }
      }
      putAtTheSameTime(gateway, contents);
      assertThat(
              gateway.customer.collectGarbage(
                  () -> Packs.below(names.buckets().manifests()), Duration.ofDays(7)))
          .isZero();
      assertThat(gateway.customer.saveMetadata(names)).isTrue();
    }
    delete(data);
    sim.stop(nodes.get(0));
    sim.stop(nodes.get(1));
    try (Gateway gateway = new Gateway(data)) {
      assertThat(
              BucketNames.restore(
                  gateway.customer, data.resolve("buckets.mv"), data.resolve("packs.mv")))
          .isPositive();
      gateway.open(data);
      try (S3Client client = gateway.client()) {
        assertThat(client.listObjectsV2(request -> request.bucket("mine")).keyCount()).isEqualTo(8);
        SdkHttpResponse head =
            client.headBucket(request -> request.bucket("mine")).sdkHttpResponse();
        assertThat(head.firstMatchingHeader("x-groundwork-shape")).contains("2+4");
        assertThat(head.firstMatchingHeader("x-groundwork-packing")).contains("1");
        for (Map.Entry<String, byte[]> each : contents.entrySet()) {
          String bucket = each.getKey().startsWith("packed") ? "packed" : "mine";
          var read = client.getObjectAsBytes(request -> request.bucket(bucket).key(each.getKey()));
          assertThat(read.asByteArray()).isEqualTo(each.getValue());
          if (bucket.equals("mine")) {
            assertThat(read.response().metadata()).containsEntry("number", "n" + each.getKey());
          }
        }
        client.putObject(
            request -> request.bucket("mine").key("after"), RequestBody.fromString("it works"));
        assertThat(gateway.packed()).as("eight objects and the one after").isEqualTo(9);
      }
    }
  }

  /** Small objects at the same time share blobs. */
  private void putAtTheSameTime(Gateway gateway, Map<String, byte[]> contents) throws Exception {
    try (S3Client client = gateway.client();
        ExecutorService clients = Executors.newFixedThreadPool(8)) {
      client.createBucket(request -> request.bucket("packed"));
      List<Future<?>> puts = new ArrayList<>();
      for (int i = 0; i < 24; i++) {
        byte[] content = new byte[1 + random.nextInt(5_000)];
        random.nextBytes(content);
        String name = "packed " + i;
        contents.put(name, content);
        puts.add(
            clients.submit(() ->
                client.putObject(
                    request -> request.bucket("packed").key(name),
                    RequestBody.fromBytes(content))));
      }
      for (Future<?> put : puts) {
        put.get();
      }
    }
    assertThat(gateway.customer.objects()).as("packs were made").isLessThan(8 + 24);
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
