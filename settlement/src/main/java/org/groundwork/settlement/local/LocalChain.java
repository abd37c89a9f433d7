package org.groundwork.settlement.local;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.settlement.Failure;
import org.groundwork.settlement.SettlementException;
import org.groundwork.settlement.local.JournalEntry.Genesis;
import org.groundwork.settlement.local.JournalEntry.Mined;
import org.groundwork.settlement.local.JournalEntry.Offered;
import org.groundwork.settlement.local.JournalEntry.Refused;
import org.groundwork.settlement.local.JournalEntry.Tick;
import org.groundwork.settlement.rpc.RpcRefusal;
import org.groundwork.settlement.time.Time;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A chain on this machine, behind an HTTP endpoint on loopback, that is found again with the same
 * blocks after any part of it was killed.
 */
public final class LocalChain implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalChain.class);

  private static final int MAX_REPLAYS = 3;
  private static final String RICH_SECRET =
      "ac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";

  private final LocalChainSettings settings;
  private final Time time;
  private final Path binary;
  private final Steps steps;
  private final FileChannel folderLock;
  private final ChainJournal journal;
  private final ReentrantLock chainLock = new ReentrantLock();

  // Guarded by chainLock, as is all writing to the journal.
  private Genesis genesis = new Genesis(1, 0);
  private long lastTimestamp;
  private long blocks;
  private @Nullable AnvilNode node;
  private boolean closed;

  private @Nullable LoopbackProxy proxy;
  private @Nullable Thread ticker;

  private LocalChain(
      LocalChainSettings settings, Time time, Steps steps, Path binary, FileChannel folderLock)
      throws SettlementException {
    this.settings = settings;
    this.time = time;
    this.steps = steps;
    this.binary = binary;
    this.folderLock = folderLock;
    this.journal = ChainJournal.open(settings.folder().resolve("transactions.journal"));
  }

  /** Moments between which a test may kill the process. */
  interface Steps {
    Steps NONE = _ -> {};

    void reached(String step);
  }

  /** Starts the chain, or the one that was in this folder before, and its endpoint. */
  public static LocalChain start(LocalChainSettings settings, Time time)
      throws SettlementException {
    return start(settings, time, Steps.NONE);
  }

  static LocalChain start(LocalChainSettings settings, Time time, Steps steps)
      throws SettlementException {
    Path binary = settings.anvil().isPresent() ? settings.anvil().get() : AnvilBinary.locate();
    FileChannel folderLock = lock(settings.folder());
    LocalChain chain;
    try {
      chain = new LocalChain(settings, time, steps, binary, folderLock);
    } catch (SettlementException e) {
      release(folderLock);
      throw e;
    }
    try {
      chain.open();
      return chain;
    } catch (SettlementException e) {
      chain.close();
      throw e;
    }
  }

  private static FileChannel lock(Path folder) throws SettlementException {
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!locked(channel)) {
        channel.close();
        throw new SettlementException(
            Failure.FOLDER_IN_USE, "another process runs the local chain in " + folder);
      }
      return channel;
    } catch (IOException e) {
      throw e instanceof SettlementException known
          ? known
          : new SettlementException(
              Failure.FILE_UNUSABLE, folder + " cannot be used: " + e.getMessage(), e);
    }
  }

  /** Another process or another chain of this one may hold the lock. */
  private static boolean locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private void open() throws SettlementException {
    chainLock.lock();
    try {
      replay();
      proxy = LoopbackProxy.start(settings.port(), this);
    } finally {
      chainLock.unlock();
    }
    if (!settings.blockInterval().isZero()) {
      ticker = Thread.ofVirtual().name("local-chain-ticker").start(this::tickForEver);
    }
  }

  /** The account with all the coin of any local chain. Its key is public: anvil's first. */
  public static AccountKey richAccount() {
    return AccountKey.fromSecret(Bytes.fromHex(RICH_SECRET).toArray());
  }

  /** Where clients connect. */
  public URI endpoint() {
    if (proxy == null) {
      throw new IllegalStateException("not started");
    }
    return proxy.endpoint();
  }

  /** The process id of anvil now, for tests that kill it. */
  long anvilPid() {
    chainLock.lock();
    try {
      return node == null ? 0 : node.pid();
    } finally {
      chainLock.unlock();
    }
  }

  /**
   * Mines an empty block if a multiple of the block interval has passed since the last block.
   *
   * @return whether there is a new block
   */
  public boolean tick() throws SettlementException {
    long interval = settings.blockInterval().toSeconds();
    long now = time.instant().getEpochSecond();
    chainLock.lock();
    try {
      if (closed || interval == 0 || lastTimestamp >= now - Math.floorMod(now, interval)) {
        return false;
      }
      perform(new Tick(now));
      return true;
    } finally {
      chainLock.unlock();
    }
  }

  /** Mines an empty block now, whatever the interval. */
  public void mine() throws SettlementException {
    chainLock.lock();
    try {
      requireOpen();
      perform(new Tick(nextTimestamp()));
    } finally {
      chainLock.unlock();
    }
  }

  /**
   * Makes a signed transaction durable, then mines it.
   *
   * @throws RpcRefusal if anvil does not accept it; it is not in any block then
   */
  void submit(Bytes transaction) throws SettlementException {
    chainLock.lock();
    try {
      requireOpen();
      Outcome outcome = perform(new Offered(nextTimestamp(), transaction));
      if (outcome.refusal() != null) {
        throw outcome.refusal();
      }
    } finally {
      chainLock.unlock();
    }
  }

  /** Sends a read to anvil, to a new one if the old one has died. */
  byte[] forward(byte[] request) throws SettlementException {
    for (int attempt = 1; ; attempt++) {
      AnvilNode current = liveNode();
      try {
        return current.forward(request);
      } catch (SettlementException e) {
        if (attempt == MAX_REPLAYS || !current.hasDied()) {
          throw e;
        }
      }
    }
  }

  private AnvilNode liveNode() throws SettlementException {
    chainLock.lock();
    try {
      requireOpen();
      if (node == null || !node.alive()) {
        replay();
      }
      if (node == null) {
        throw new IllegalStateException("no node after a replay");
      }
      return node;
    } finally {
      chainLock.unlock();
    }
  }

  private void requireOpen() throws SettlementException {
    if (closed) {
      throw new SettlementException(Failure.RPC_UNREACHABLE, "the local chain is shutting down");
    }
  }

  private long nextTimestamp() {
    return Math.max(lastTimestamp, time.instant().getEpochSecond());
  }

  /** The block that an entry led to, or why it led to none. */
  private record Outcome(@Nullable Mined mined, @Nullable RpcRefusal refusal) {}

  private Outcome perform(JournalEntry entry) throws SettlementException {
    AnvilNode current = liveNode();
    steps.reached("before journal");
    journal.append(entry, true);
    steps.reached("after journal");
    try {
      return concluded(execute(current, entry));
    } catch (SettlementException e) {
      LOG.warn("anvil is gone, starting it again: {}", e.getMessage());
    }
    // The journal ends with this very entry.
    return replay();
  }

  /** Lets anvil do what an entry says. Refusals of anything but the transaction are bugs. */
  private Outcome execute(AnvilNode anvil, JournalEntry entry) throws SettlementException {
    return switch (entry) {
      case Offered offered -> {
        Optional<RpcRefusal> refusal = anvil.offer(offered.transaction());
        steps.reached("after offer");
        yield refusal.isPresent()
            ? new Outcome(null, refusal.get())
            : new Outcome(mineAt(anvil, offered.timestamp()), null);
      }
      case Tick tick -> new Outcome(mineAt(anvil, tick.timestamp()), null);
      case Genesis _, Mined _, Refused _ ->
          throw new IllegalStateException("nothing to execute: " + entry);
    };
  }

  private Mined mineAt(AnvilNode anvil, long timestamp) throws SettlementException {
    Mined mined = anvil.mine(timestamp);
    steps.reached("after mine");
    blocks++;
    lastTimestamp = timestamp;
    if (mined.number() != blocks) {
      throw new IllegalStateException("block " + mined.number() + " instead of " + blocks);
    }
    return mined;
  }

  /**
   * Writes down what became of the last entry. Durable with the next one: a replay tells it too.
   */
  private Outcome concluded(Outcome outcome) throws SettlementException {
    journal.append(outcome.mined() == null ? new Refused() : outcome.mined(), false);
    steps.reached("after outcome");
    return outcome;
  }

  /**
   * Starts a new anvil and gives it the whole journal, again if it dies meanwhile.
   *
   * @return the outcome of the last entry
   */
  private Outcome replay() throws SettlementException {
    for (int attempt = 1; ; attempt++) {
      try {
        return replayOnce();
      } catch (SettlementException e) {
        boolean died =
            e.failure() == Failure.ANVIL_FAILED || e.failure() == Failure.RPC_UNREACHABLE;
        if (!died || attempt == MAX_REPLAYS) {
          throw e;
        }
      }
    }
  }

  private Outcome replayOnce() throws SettlementException {
    stopNode();
    journal.rewind();
    genesis = genesis();
    blocks = 0;
    lastTimestamp = genesis.timestamp();
    AnvilNode started = AnvilNode.start(binary, genesis);
    try {
      Outcome last = new Replay(started).run();
      node = started;
      return last;
    } finally {
      if (node == null) {
        started.close();
      }
    }
  }

  private Genesis genesis() throws SettlementException {
    Optional<JournalEntry> first = journal.next();
    if (first.isEmpty()) {
      Genesis fresh = new Genesis(settings.chainId(), time.instant().getEpochSecond());
      journal.append(fresh, true);
      return fresh;
    }
    if (first.get() instanceof Genesis found) {
      return found;
    }
    throw new SettlementException(
        Failure.JOURNAL_CORRUPT, "the journal in " + settings.folder() + " has no beginning");
  }

  /** One pass over the journal. */
  private final class Replay {
    private final AnvilNode anvil;
    private Outcome last = new Outcome(null, null);
    private @Nullable JournalEntry open;

    Replay(AnvilNode anvil) {
      this.anvil = anvil;
    }

    Outcome run() throws SettlementException {
      for (var entry = journal.next(); entry.isPresent(); entry = journal.next()) {
        accept(entry.get());
      }
      return open == null ? last : concluded(executed(open));
    }

    private void accept(JournalEntry entry) throws SettlementException {
      switch (entry) {
        case Offered _, Tick _ -> {
          if (open != null) {
            throw disordered();
          }
          open = entry;
        }
        case Mined mined -> check(mined, executed(opened()));
        // Refused before means refused now: it need not be offered again.
        case Refused _ -> opened();
        case Genesis _ -> throw disordered();
      }
    }

    private JournalEntry opened() throws SettlementException {
      JournalEntry entry = open;
      if (entry == null) {
        throw disordered();
      }
      open = null;
      return entry;
    }

    private Outcome executed(JournalEntry entry) throws SettlementException {
      last = execute(anvil, entry);
      return last;
    }

    private void check(Mined before, Outcome now) throws SettlementException {
      if (!before.equals(now.mined())) {
        throw new SettlementException(
            Failure.REPLAY_DIFFERS,
            "replaying the local chain gives "
                + now
                + " where there was block "
                + before.number()
                + " with hash "
                + before.hash()
                + ". Another version of anvil? Restore the one that wrote "
                + settings.folder()
                + ", or start in an empty folder.");
      }
    }

    private SettlementException disordered() {
      return new SettlementException(
          Failure.JOURNAL_CORRUPT,
          "the journal in " + settings.folder() + " has records in an impossible order");
    }
  }

  private void tickForEver() {
    Duration interval = settings.blockInterval();
    while (!Thread.currentThread().isInterrupted()) {
      try {
        long past = Math.floorMod(time.millis(), interval.toMillis());
        time.pause(Duration.ofMillis(interval.toMillis() - past));
        tick();
      } catch (InterruptedException e) {
        return;
      } catch (SettlementException e) {
        if (e.failure() == Failure.INTERRUPTED) {
          return;
        }
        LOG.error("no block at this interval: {}", e.getMessage());
      }
    }
  }

  private void stopNode() {
    if (node != null) {
      node.close();
      node = null;
    }
  }

  @Override
  public void close() {
    if (ticker != null) {
      ticker.interrupt();
    }
    if (proxy != null) {
      proxy.close();
    }
    chainLock.lock();
    try {
      closed = true;
      stopNode();
      journal.close();
    } catch (SettlementException e) {
      LOG.warn("{}", e.getMessage());
    } finally {
      chainLock.unlock();
      release(folderLock);
    }
  }

  private static void release(FileChannel folderLock) {
    try {
      folderLock.close();
    } catch (IOException e) {
      LOG.warn("the lock cannot be released: {}", e.getMessage());
    }
  }
}
