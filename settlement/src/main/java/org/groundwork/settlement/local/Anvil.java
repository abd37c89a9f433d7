package org.groundwork.settlement.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.groundwork.settlement.Failure;
import org.groundwork.settlement.SettlementException;
import org.groundwork.settlement.local.JournalEntry.Genesis;

/** One anvil process. It ends when this JVM does, however that ends. */
final class Anvil implements AutoCloseable {
  private static final Duration START_DEADLINE = Duration.ofSeconds(30);
  private static final Pattern LISTENING = Pattern.compile("Listening on 127\\.0\\.0\\.1:(\\d+)");
  private static final int KEPT_LINES = 20;

  /**
   * Becomes anvil, after starting a watcher that reads standard input: it kills anvil when that
   * ends, as it does when the JVM dies.
   */
  private static final String SCRIPT =
      "exec 3<&0; { read -r _ <&3; kill -9 $$; } >/dev/null 2>&1 & exec 3<&-; exec \"$@\" </dev/null";

  private final Process process;
  private final Deque<String> lastLines = new ArrayDeque<>();
  private final CompletableFuture<Integer> port = new CompletableFuture<>();

  private Anvil(Process process) {
    this.process = process;
    Thread.ofVirtual().name("anvil-output").start(this::drain);
  }

  static Anvil start(Path binary, Genesis genesis) throws SettlementException {
    List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", SCRIPT, "anvil"));
    command.addAll(arguments(binary, genesis));
    try {
      Anvil anvil = new Anvil(new ProcessBuilder(command).redirectErrorStream(true).start());
      anvil.awaitPort();
      return anvil;
    } catch (IOException e) {
      throw e instanceof SettlementException known
          ? known
          : new SettlementException(
              Failure.ANVIL_FAILED, "anvil does not start: " + e.getMessage(), e);
    }
  }

  /**
   * Cancun is what the contracts are compiled for; from Prague on, anvil spends milliseconds on
   * each empty block (the history of block hashes becomes state that it hashes anew). No epochs:
   * the finalised block is the latest. Nothing is kept of old states.
   */
  private static List<String> arguments(Path binary, Genesis genesis) {
    return List.of(
        binary.toString(),
        "--host",
        "127.0.0.1",
        "--port",
        "0",
        "--no-cors",
        "--chain-id",
        Long.toString(genesis.chainId()),
        "--timestamp",
        Long.toString(genesis.timestamp()),
        "--hardfork",
        "cancun",
        "--no-mining",
        "--order",
        "fifo",
        "--slots-in-an-epoch",
        "0",
        "--color",
        "never",
        "--prune-history");
  }

  private void drain() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        keep(line);
      }
    } catch (IOException e) {
      keep(String.valueOf(e.getMessage()));
    }
    port.completeExceptionally(new IOException("anvil ended: " + lastWords()));
  }

  private void keep(String line) {
    Matcher listening = LISTENING.matcher(line);
    if (!port.isDone() && listening.find()) {
      port.complete(Integer.valueOf(listening.group(1)));
    }
    synchronized (lastLines) {
      if (lastLines.size() == KEPT_LINES) {
        lastLines.removeFirst();
      }
      lastLines.addLast(line);
    }
  }

  private String lastWords() {
    synchronized (lastLines) {
      return String.join("\n", lastLines);
    }
  }

  private void awaitPort() throws SettlementException {
    try {
      port.get(START_DEADLINE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      close();
      throw SettlementException.interrupted(e);
    } catch (ExecutionException | TimeoutException e) {
      close();
      throw new SettlementException(
          Failure.ANVIL_FAILED, "anvil does not start: " + lastWords(), e);
    }
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + port.join());
  }

  boolean alive() {
    return process.isAlive();
  }

  boolean endsWithin(Duration wait) throws SettlementException {
    try {
      return process.waitFor(wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw SettlementException.interrupted(e);
    }
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
