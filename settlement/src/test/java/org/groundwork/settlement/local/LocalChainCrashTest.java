package org.groundwork.settlement.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.crypto.Keccak256;
import org.groundwork.settlement.ManualTime;
import org.groundwork.settlement.SettlementException;
import org.groundwork.settlement.rpc.BlockTag;
import org.groundwork.settlement.rpc.JsonRpc;
import org.groundwork.settlement.rpc.Receipt;
import org.groundwork.settlement.rpc.RpcLimits;
import org.groundwork.settlement.time.Time;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalChainCrashTest {
  private static final int KILLS = Integer.getInteger("groundwork.kills", 12);
  private static final Set<Integer> NEVER = Set.of();

  @TempDir private Path folder;

  @BeforeAll
  static void install() throws SettlementException {
    InstalledAnvil.locate();
  }

  @Test
  void keepsWhatItAcknowledgedWhenAnvilIsKilledAtAnyStep() throws IOException {
    int steps = run(folder.resolve("undisturbed"), NEVER, false);
    for (int step = 0; step < steps; step++) {
      run(folder.resolve("anvil-" + step), Set.of(step), false);
      run(folder.resolve("twice-" + step), Set.of(step, step + 1 + step % 3), false);
    }
  }

  @Test
  void keepsWhatItAcknowledgedWhenEverythingIsKilledAtAnyStep() throws IOException {
    int steps = run(folder.resolve("undisturbed"), NEVER, false);
    for (int step = 0; step < steps; step++) {
      run(folder.resolve("all-" + step), Set.of(step), true);
    }
  }

  /** What a test throws out of the chain's own steps: from here on the process does nothing. */
  private static final class Dead extends Error {}

  /**
   * Plays the script with a kill at one step, opens the chain again and checks it.
   *
   * @return steps that were reached
   */
  private static int run(Path folder, Set<Integer> killAt, boolean everything) throws IOException {
    ManualTime time = new ManualTime(Instant.ofEpochSecond(1_800_000_000));
    Killer killer = new Killer(killAt, everything);
    List<Bytes> acknowledged = new ArrayList<>();
    List<Receipt> receipts = new ArrayList<>();
    LocalChain chain = LocalChain.start(LocalChainSettings.in(folder), time, killer);
    try (JsonRpc rpc = new JsonRpc(chain.endpoint())) {
      play(chain, acknowledged);
      for (Bytes transaction : acknowledged) {
        receipts.add(rpc.receipt(Keccak256.hash(transaction.unsafeArray())).orElseThrow());
      }
    } catch (Dead expected) {
      assertThat(everything).isTrue();
    } finally {
      chain.close();
    }
    try (LocalChain again = LocalChain.start(LocalChainSettings.in(folder), time);
        JsonRpc rpc = new JsonRpc(again.endpoint())) {
      for (Bytes transaction : acknowledged) {
        assertThat(rpc.receipt(Keccak256.hash(transaction.unsafeArray()))).isPresent();
      }
      for (Receipt receipt : receipts) {
        assertThat(rpc.receipt(receipt.transaction())).contains(receipt);
      }
    }
    return killer.reached;
  }

  /** Transfers, an empty block and a transaction that is refused. */
  private static void play(LocalChain chain, List<Bytes> acknowledged) throws IOException {
    for (int nonce = 0; nonce < 3; nonce++) {
      Bytes transfer = Transfers.transfer(nonce);
      chain.submit(transfer);
      acknowledged.add(transfer);
    }
    chain.mine();
    try {
      chain.submit(Transfers.transfer(1));
    } catch (SettlementException refused) {
      assertThat(refused).hasMessageContaining("nonce too low");
    }
    Bytes last = Transfers.transfer(3);
    chain.submit(last);
    acknowledged.add(last);
  }

  /** Kills at one step: anvil alone, or anvil and (by an error) the thread that runs the chain. */
  private static final class Killer implements LocalChain.Steps {
    private final Set<Integer> killAt;
    private final boolean everything;
    private int reached;

    Killer(Set<Integer> killAt, boolean everything) {
      this.killAt = killAt;
      this.everything = everything;
    }

    @Override
    public void reached(String step) {
      if (killAt.contains(reached++)) {
        ProcessHandle.current().children().forEach(LocalChainCrashTest::kill);
        if (everything) {
          throw new Dead();
        }
      }
    }
  }

  /**
   * SIGKILL for anvil or for the whole process, at moments that nobody chose, each after something
   * was acknowledged; how many is the property {@code groundwork.kills}.
   */
  @Test
  void keepsWhatItAcknowledgedOverRandomKills() throws IOException, InterruptedException {
    long seed = new Random().nextLong();
    System.out.println("LocalChainCrashTest seed " + seed);
    Random random = new Random(seed);
    Sent sent = new Sent(new ArrayList<>(), new ArrayList<>());
    int kills = 0;
    while (kills < KILLS) {
      Host host = Host.start(folder);
      boolean alive = true;
      try (JsonRpc rpc = new JsonRpc(host.endpoint, ONCE, Time.system())) {
        while (alive && kills++ < KILLS) {
          sent.check(rpc);
          alive = random.nextInt(3) > 0;
          CountDownLatch acknowledged = new CountDownLatch(1);
          Thread killer = host.kill(alive, acknowledged, random.nextInt(alive ? 100 : 400));
          sent.sendWhile(killer, acknowledged, rpc);
        }
      } finally {
        host.awaitDeath();
      }
    }
    assertThat(sent.acknowledged).hasSizeGreaterThanOrEqualTo(KILLS);
    System.out.println(KILLS + " kills took " + sent.acknowledged.size() + " transactions along");
  }

  private static final RpcLimits ONCE =
      new RpcLimits(
          RpcLimits.STANDARD.deadline(),
          RpcLimits.STANDARD.answerBytes(),
          1,
          RpcLimits.STANDARD.backoff(),
          1);

  /** What was sent, what was answered, and what was seen of its block. */
  private record Sent(List<Hash> acknowledged, List<Receipt> seen) {
    void check(JsonRpc rpc) throws SettlementException {
      for (Hash hash : acknowledged) {
        assertThat(rpc.receipt(hash)).isPresent();
      }
      for (Receipt receipt : seen) {
        assertThat(rpc.receipt(receipt.transaction())).contains(receipt);
      }
    }

    void sendWhile(Thread killer, CountDownLatch first, JsonRpc rpc) throws InterruptedException {
      try {
        long nonce = rpc.transactionCount(Transfers.SENDER, BlockTag.LATEST);
        while (killer.isAlive()) {
          Hash hash = rpc.sendRawTransaction(Transfers.transfer(nonce++));
          acknowledged.add(hash);
          first.countDown();
          if (nonce % 4 == 0) {
            rpc.receipt(hash).ifPresent(seen::add);
          }
        }
      } catch (SettlementException processGone) {
        assertThat(processGone).hasMessageContaining("cannot be reached");
      }
      assertThat(first.getCount()).as("not acknowledged, though nothing was killed").isZero();
      killer.join();
    }
  }

  private record Host(Process process, URI endpoint, long anvil) {
    static Host start(Path folder) throws IOException {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  LocalChainHost.class.getName(),
                  folder.toString())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith("READY ")) {
          String[] words = line.split(" ", -1);
          return new Host(process, URI.create(words[1]), Long.parseLong(words[2]));
        }
      }
      throw new IOException("the chain's process did not become ready");
    }

    Thread kill(boolean onlyAnvil, CountDownLatch begins, int afterMilliseconds) {
      return Thread.startVirtualThread(() -> {
        try {
          begins.await();
          Thread.sleep(afterMilliseconds);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
        if (onlyAnvil) {
          process.children().forEach(ProcessHandle::destroyForcibly);
        } else {
          process.destroyForcibly();
        }
      });
    }

    /** The process is gone, and its anvil with it. */
    void awaitDeath() throws InterruptedException {
      List<ProcessHandle> anvils = process.descendants().toList();
      process.destroyForcibly();
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
      for (ProcessHandle anvil : anvils) {
        anvil.onExit().orTimeout(10, TimeUnit.SECONDS).join();
      }
      ProcessHandle.of(anvil)
          .ifPresent(handle -> handle.onExit().orTimeout(10, TimeUnit.SECONDS).join());
    }
  }

  private static void kill(ProcessHandle anvil) {
    anvil.destroyForcibly();
    anvil.onExit().join();
  }
}
