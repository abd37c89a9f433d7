package org.groundwork.settlement.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.settlement.Failure;
import org.groundwork.settlement.ManualTime;
import org.groundwork.settlement.SettlementException;
import org.groundwork.settlement.rpc.BlockTag;
import org.groundwork.settlement.rpc.Header;
import org.groundwork.settlement.rpc.JsonRpc;
import org.groundwork.settlement.rpc.Receipt;
import org.groundwork.settlement.rpc.RpcRefusal;
import org.groundwork.settlement.time.Time;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalChainTest {
  private static final Instant START = Instant.ofEpochSecond(1_800_000_000);

  @TempDir private Path folder;
  private final ManualTime time = new ManualTime(START);

  @BeforeAll
  static void install() throws SettlementException {
    InstalledAnvil.locate();
  }

  private LocalChain start() throws SettlementException {
    return LocalChain.start(LocalChainSettings.in(folder), time);
  }

  @Test
  void minesEachTransactionAtTheTimeOfTheClock() throws IOException {
    try (LocalChain chain = start();
        JsonRpc rpc = new JsonRpc(chain.endpoint())) {
      time.advance(Duration.ofSeconds(100));
      Hash sent = rpc.sendRawTransaction(Transfers.transfer(0));

      Receipt receipt = rpc.receipt(sent).orElseThrow();
      assertThat(receipt.succeeded()).isTrue();
      assertThat(receipt.blockNumber()).isEqualTo(1);
      assertThat(head(rpc).timestamp()).isEqualTo(START.getEpochSecond() + 100);
      assertThat(rpc.balance(Transfers.RECEIVER)).isEqualTo(BigInteger.ONE);
      assertThat(rpc.block(BlockTag.FINALIZED)).contains(head(rpc));
    }
  }

  @Test
  void comesBackWithEqualBlocksAfterARestart() throws IOException {
    Header before;
    try (LocalChain chain = start();
        JsonRpc rpc = new JsonRpc(chain.endpoint())) {
      for (int nonce = 0; nonce < 20; nonce++) {
        rpc.sendRawTransaction(Transfers.transfer(nonce));
        time.advance(Duration.ofMillis(700));
        chain.mine();
      }
      before = head(rpc);
    }
    time.advance(Duration.ofHours(1));
    try (LocalChain chain = start();
        JsonRpc rpc = new JsonRpc(chain.endpoint())) {
      assertThat(head(rpc)).isEqualTo(before);
      rpc.sendRawTransaction(Transfers.transfer(20));
      assertThat(head(rpc).timestamp()).isEqualTo(time.instant().getEpochSecond());
    }
  }

  @Test
  void minesAnEmptyBlockAtEachBoundaryOnly() throws IOException {
    LocalChainSettings settings =
        LocalChainSettings.in(folder).withBlockInterval(Duration.ofSeconds(10));
    ManualTime still = new ManualTime(START.plusSeconds(1));
    try (LocalChain chain = LocalChain.start(settings, new NeverPausing(still))) {
      assertThat(chain.tick()).isFalse();
      still.advance(Duration.ofSeconds(8));
      assertThat(chain.tick()).isFalse();
      still.advance(Duration.ofSeconds(1));
      assertThat(chain.tick()).isTrue();
      assertThat(chain.tick()).isFalse();
      still.advance(Duration.ofSeconds(25));
      assertThat(chain.tick()).isTrue();
      assertThat(chain.tick()).isFalse();
    }
  }

  @Test
  void answersThroughANewAnvilWhenTheOldOneIsKilled() throws IOException {
    try (LocalChain chain = start();
        JsonRpc rpc = new JsonRpc(chain.endpoint())) {
      List<Hash> sent = new ArrayList<>();
      for (int nonce = 0; nonce < 6; nonce++) {
        sent.add(rpc.sendRawTransaction(Transfers.transfer(nonce)));
        Header before = head(rpc);
        kill(chain.anvilPid());
        if (nonce % 2 == 0) {
          assertThat(head(rpc)).isEqualTo(before);
        }
      }
      for (Hash hash : sent) {
        assertThat(rpc.receipt(hash)).isPresent();
      }
    }
  }

  @Test
  void noReaderNoticesThatAnvilIsKilled() throws Exception {
    try (LocalChain chain = start();
        JsonRpc rpc = new JsonRpc(chain.endpoint())) {
      Hash sent = rpc.sendRawTransaction(Transfers.transfer(0));
      AtomicBoolean done = new AtomicBoolean();
      FutureTask<Integer> reader =
          new FutureTask<>(() -> {
            int reads = 0;
            for (; !done.get(); reads++) {
              assertThat(rpc.receipt(sent)).isPresent();
            }
            return reads;
          });
      Thread.startVirtualThread(reader);
      for (int i = 0; i < 10; i++) {
        Thread.sleep(300);
        kill(chain.anvilPid());
      }
      done.set(true);
      assertThat(reader.get()).isPositive();
    }
  }

  @Test
  void refusedTransactionsMineNothingAndDoNoHarm() throws IOException {
    Header before;
    try (LocalChain chain = start();
        JsonRpc rpc = new JsonRpc(chain.endpoint())) {
      rpc.sendRawTransaction(Transfers.transfer(0));
      before = head(rpc);
      assertThatThrownBy(() -> rpc.sendRawTransaction(Transfers.transfer(0)))
          .isInstanceOf(RpcRefusal.class)
          .hasMessageContaining("nonce too low");
      assertThatThrownBy(() -> rpc.sendRawTransaction(Bytes.fromHex("0x02c0ffee")))
          .isInstanceOf(RpcRefusal.class);
      assertThatThrownBy(() -> rpc.sendRawTransaction(Transfers.fromPauper()))
          .isInstanceOf(RpcRefusal.class)
          .hasMessageContaining("nsufficient funds");
      assertThat(head(rpc)).isEqualTo(before);
    }
    try (LocalChain chain = start();
        JsonRpc rpc = new JsonRpc(chain.endpoint())) {
      assertThat(head(rpc)).isEqualTo(before);
      assertThat(rpc.receipt(rpc.sendRawTransaction(Transfers.transfer(1)))).isPresent();
    }
  }

  @Test
  void aTransactionThatWaitsForAnotherIsMinedWithIt() throws IOException {
    try (LocalChain chain = start();
        JsonRpc rpc = new JsonRpc(chain.endpoint())) {
      Hash early = rpc.sendRawTransaction(Transfers.transfer(1));
      assertThat(rpc.receipt(early)).isEmpty();
      rpc.sendRawTransaction(Transfers.transfer(0));
      assertThat(rpc.receipt(early)).isPresent();
      Header before = head(rpc);
      kill(chain.anvilPid());
      assertThat(head(rpc)).isEqualTo(before);
    }
  }

  @Test
  void onlyReadsAndTransactionsComeInFromOutside() throws IOException {
    try (LocalChain chain = start();
        JsonRpc rpc = new JsonRpc(chain.endpoint())) {
      for (String method :
          List.of("evm_mine", "anvil_setBalance", "eth_sendTransaction", "evm_snapshot", "")) {
        assertThatThrownBy(() -> rpc.exchange(method))
            .isInstanceOfSatisfying(
                RpcRefusal.class, refusal -> assertThat(refusal.number()).isEqualTo(-32601));
      }
      assertThat(rpc.blockNumber()).isZero();
    }
  }

  @Test
  void aSecondChainInTheSameFolderIsRefused() throws IOException {
    try (LocalChain chain = start()) {
      assertThat(chain.endpoint()).isNotNull();
      assertThatThrownBy(this::start)
          .isInstanceOfSatisfying(
              SettlementException.class,
              e -> assertThat(e.failure()).isEqualTo(Failure.FOLDER_IN_USE));
    }
    start().close();
  }

  @Test
  void aReplayThatDiffersIsRefused() throws IOException {
    try (ChainJournal journal = ChainJournal.open(folder.resolve("transactions.journal"))) {
      journal.append(new JournalEntry.Genesis(31_337, START.getEpochSecond()), true);
      journal.append(new JournalEntry.Tick(START.getEpochSecond() + 1), true);
      journal.append(new JournalEntry.Mined(1, Hash.ZERO), true);
    }
    assertThatThrownBy(this::start)
        .isInstanceOfSatisfying(
            SettlementException.class,
            e -> assertThat(e.failure()).isEqualTo(Failure.REPLAY_DIFFERS))
        .hasMessageContaining("block 1");
  }

  @Test
  void anvilEndsWithTheChain() throws IOException {
    long pid;
    try (LocalChain chain = start()) {
      pid = chain.anvilPid();
      assertThat(ProcessHandle.of(pid)).get().matches(ProcessHandle::isAlive);
    }
    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void replaysTwoThousandTransactionsInSeconds() throws IOException {
    Header before;
    try (LocalChain chain = start();
        JsonRpc rpc = new JsonRpc(chain.endpoint())) {
      for (int nonce = 0; nonce < 2_000; nonce++) {
        rpc.sendRawTransaction(Transfers.transfer(nonce));
      }
      before = head(rpc);
    }
    long begun = System.nanoTime();
    try (LocalChain chain = start();
        JsonRpc rpc = new JsonRpc(chain.endpoint())) {
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      assertThat(head(rpc)).isEqualTo(before);
      System.out.println("replay of 2,000 transactions took " + took.toMillis() + " ms");
      assertThat(took).isLessThan(Duration.ofSeconds(30));
      assertThat(Files.size(folder.resolve("transactions.journal"))).isLessThan(600_000);
    }
  }

  @Test
  void minesBySystemTimeWhenNothingHappens() throws Exception {
    LocalChainSettings settings =
        LocalChainSettings.in(folder).withBlockInterval(Duration.ofSeconds(1));
    try (LocalChain chain = LocalChain.start(settings, Time.system());
        JsonRpc rpc = new JsonRpc(chain.endpoint())) {
      long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (rpc.blockNumber() < 3 && System.nanoTime() < deadline) {
        Thread.sleep(50);
      }
      assertThat(rpc.blockNumber()).isGreaterThanOrEqualTo(3);
      for (long number = 1; number <= 3; number++) {
        assertThat(timestamp(rpc, number)).isGreaterThan(timestamp(rpc, number - 1));
      }
    }
  }

  private static long timestamp(JsonRpc rpc, long block) throws SettlementException {
    return rpc.block(BlockTag.number(block)).orElseThrow().timestamp();
  }

  @Test
  void answersWhatIsNoRequestWithAnError() throws Exception {
    try (LocalChain chain = start();
        HttpClient client = HttpClient.newHttpClient()) {
      assertThat(post(client, chain, "nonsense")).contains("-32700");
      assertThat(post(client, chain, "[]")).contains("-32600");
      assertThat(post(client, chain, "[1]")).contains("-32601");
      assertThat(post(client, chain, send("zz"))).contains("-32602");
      assertThat(post(client, chain, send("0x" + "00".repeat(200_000)))).contains("-32602");
      assertThat(post(client, chain, "[" + read("eth_chainId") + "," + send("0x02") + "]"))
          .contains("0x7a69", "error");
      // Which of two equal keys counts is decided once, here.
      assertThat(
              post(
                  client,
                  chain,
                  "{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"evm_mine\",\"method\":\"eth_blockNumber\"}"))
          .contains("0x0");
      HttpResponse<String> large =
          client.send(request(chain, " ".repeat(3 << 20)), BodyHandlers.ofString());
      assertThat(large.statusCode()).isEqualTo(413);
    }
  }

  private static String read(String method) {
    return "{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\",\"params\":[]}";
  }

  private static String send(String transaction) {
    return "{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"eth_sendRawTransaction\",\"params\":[\""
        + transaction
        + "\"]}";
  }

  private static HttpRequest request(LocalChain chain, String body) {
    return HttpRequest.newBuilder(chain.endpoint())
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  private static String post(HttpClient client, LocalChain chain, String body) throws Exception {
    return client.send(request(chain, body), BodyHandlers.ofString()).body();
  }

  private static Header head(JsonRpc rpc) throws SettlementException {
    return rpc.block(BlockTag.LATEST).orElseThrow();
  }

  private static void kill(long pid) {
    ProcessHandle.of(pid)
        .filter(_ -> pid > 0)
        .ifPresent(anvil -> {
          anvil.destroyForcibly();
          anvil.onExit().join();
        });
  }
}
