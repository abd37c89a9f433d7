package org.groundwork.networks.storage.customer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.groundwork.networks.storage.provider.Sim;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.settlement.local.FreePort;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * The gateway's process is killed with SIGKILL while clients put objects, again and again: every
 * put that was acknowledged is there whole, and none is there in part. {@code groundwork.puts} says
 * how many puts; a release is checked with 200.
 */
class GatewayKillTest {
  private static final int PUTS = Integer.getInteger("groundwork.puts", 40);
  private static final int PUTS_A_KILL = 20;
  private static final int CLIENTS = 4;
  private static final int MOST_BYTES = 150_000;
  private static final String BUCKET = "kept";

  @TempDir private Path folder;
  private final Sim sim = new Sim();
  private final byte[] secret = new byte[32];
  private final List<Process> running = new ArrayList<>();

  @AfterEach
  void stop() {
    running.forEach(Process::destroyForcibly);
    sim.close();
  }

  @Test
  void everyAcknowledgedPutIsThereWholeAndNoneInPart() throws Exception {
    long seed = Long.getLong("groundwork.seed", new Random().nextLong());
    System.out.println("groundwork.seed=" + seed + ", groundwork.puts=" + PUTS);
    Random random = new Random(seed);
    secret[31] = 7;
    AccountKey payer = AccountKey.fromSecret(secret);
    for (int i = 0; i < 6; i++) {
      sim.reserve(payer.account(), sim.addProvider(folder, config -> config), 1L << 50);
    }
    Path chain = folder.resolve("chain");
    WrittenChain.write(chain, sim, Sim.NETWORK, payer.account(), sim.instant());
    int port = FreePort.find();
    Map<String, byte[]> acknowledged = new TreeMap<>();
    Map<String, byte[]> tried = new TreeMap<>();
    int kills = 0;
    try (S3Client client = client(port)) {
      Process gateway = start(chain, port);
      client.createBucket(request -> request.bucket(BUCKET));
      while (tried.size() < PUTS) {
        int before = tried.size();
        AtomicInteger done = new AtomicInteger();
        int killAfter = 1 + random.nextInt(PUTS_A_KILL - CLIENTS);
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
          Map<String, Future<Boolean>> answers = new TreeMap<>();
          for (int i = 0; i < PUTS_A_KILL && before + i < PUTS; i++) {
            String key = "object-" + (before + i);
            byte[] content = new byte[random.nextInt(MOST_BYTES)];
            random.nextBytes(content);
            tried.put(key, content);
            answers.put(key, clients.submit(put(client, key, content, done)));
          }
          int sent = answers.size();
          Sim.await("puts", () -> done.get() >= Math.min(killAfter, sent));
          TimeUnit.MILLISECONDS.sleep(random.nextInt(40));
          kill(gateway);
          kills++;
          for (Map.Entry<String, Future<Boolean>> answer : answers.entrySet()) {
            if (answer.getValue().get()) {
              acknowledged.put(answer.getKey(), tried.getOrDefault(answer.getKey(), new byte[0]));
            }
          }
        }
        gateway = start(chain, port);
      }
      int unacknowledged = check(client, tried, acknowledged);
      System.out.println(
          "%d kills, %d of %d puts acknowledged, %d others are there whole"
              .formatted(kills, acknowledged.size(), tried.size(), unacknowledged));
      kill(gateway);
    }
    assertThat(acknowledged.size()).isGreaterThan(PUTS / 10);
    assertThat(acknowledged.size()).as("kills come in the midst of puts").isLessThan(PUTS);
  }

  /** How many of those that nobody acknowledged are there nevertheless. */
  private static int check(
      S3Client client, Map<String, byte[]> tried, Map<String, byte[]> acknowledged) {
    int others = 0;
    for (Map.Entry<String, byte[]> each : tried.entrySet()) {
      try {
        ResponseBytes<GetObjectResponse> read =
            client.getObjectAsBytes(request -> request.bucket(BUCKET).key(each.getKey()));
        assertThat(read.asByteArray()).as(each.getKey()).isEqualTo(each.getValue());
        others += acknowledged.containsKey(each.getKey()) ? 0 : 1;
      } catch (NoSuchKeyException e) {
        assertThat(acknowledged).doesNotContainKey(each.getKey());
      }
    }
    return others;
  }

  private static Callable<Boolean> put(
      S3Client client, String key, byte[] content, AtomicInteger done) {
    return () -> {
      try {
        client.putObject(
            request -> request.bucket(BUCKET).key(key), RequestBody.fromBytes(content));
        return true;
      } catch (SdkException e) {
        return false;
      } finally {
        done.incrementAndGet();
      }
    };
  }

  private static S3Client client(int port) {
    return S3Client.builder()
        .endpointOverride(URI.create("http://127.0.0.1:" + port))
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .overrideConfiguration(config -> config.retryStrategy(b -> b.maxAttempts(1)))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(GatewayProcess.ACCESS_KEY, GatewayProcess.SECRET)))
        .build();
  }

  private Process start(Path chain, int port) throws IOException {
    Path told = Files.createTempFile(folder, "gateway", ".out");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                GatewayProcess.class.getName(),
                folder.resolve("gateway").toString(),
                chain.toString(),
                Integer.toString(Sim.NETWORK.value()),
                Integer.toString(port))
            .redirectError(folder.resolve("gateway.err").toFile())
            .redirectOutput(told.toFile())
            .start();
    running.add(process);
    try (OutputStream in = process.getOutputStream()) {
      in.write(Bytes.of(secret).toHex().getBytes(StandardCharsets.US_ASCII));
    }
    Sim.await("the gateway, which says " + folder.resolve("gateway.err"), () -> isListening(told));
    return process;
  }

  private static boolean isListening(Path told) {
    try {
      return Files.readString(told).contains("listening");
    } catch (IOException e) {
      return false;
    }
  }

  private static void kill(Process gateway) throws InterruptedException {
    gateway.destroyForcibly();
    assertThat(gateway.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }
}
