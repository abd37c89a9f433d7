package org.groundwork.simulator;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.crypto.Sha256;

/**
 * A chain whose newest blocks may be taken back until they are final. Transactions of blocks that
 * were taken back come again, in another order, or are lost.
 */
final class SimChain {
  private static final long BLOCK_MILLIS = 1000;

  private final World world;
  private final Dice dice;
  private final long finalityMillis;
  private final List<Block> blocks = new ArrayList<>();
  private final List<Contract.Transaction> returned = new ArrayList<>();

  /** How many of the blocks are final. */
  private int settled;

  private Contract finalState;
  private Contract headState;
  private long forks;

  SimChain(World world, Setting setting, long finalityMillis) {
    this.world = world;
    this.finalityMillis = finalityMillis;
    dice = new Dice(world.seed(), "chain");
    finalState = new Contract(setting);
    headState = new Contract(setting);
  }

  void start() {
    mine(List.of());
    world.agenda().after(BLOCK_MILLIS, this::tick);
  }

  private void tick() {
    List<Contract.Transaction> again = List.copyOf(returned);
    returned.clear();
    List<Contract.Transaction> taken = new ArrayList<>();
    for (Contract.Transaction transaction : again) {
      try {
        transaction.apply(headState, seconds());
        taken.add(transaction);
        world.agenda().note("chain: again " + transaction.what());
      } catch (IOException e) {
        world.agenda().note("chain: " + transaction.what() + " failed when it came again");
      }
    }
    mine(taken);
    boolean beyond =
        world.canary(Canary.FINAL_BLOCKS_TAKEN_BACK) && finalState.finalised().isPresent();
    if (beyond || dice.happens(world.faults().reorganisation())) {
      reorganise(beyond);
    }
    world.agenda().after(BLOCK_MILLIS, this::tick);
  }

  private long seconds() {
    return world.agenda().millis() / 1000;
  }

  private void mine(List<Contract.Transaction> transactions) {
    long now = world.agenda().millis();
    Hash hash =
        Sha256.hash(
            "%d %d %d %d"
                .formatted(world.seed(), blocks.size(), now, forks)
                .getBytes(StandardCharsets.US_ASCII));
    blocks.add(new Block(blocks.size(), now, hash, List.copyOf(transactions)));
    settle();
  }

  private void settle() {
    long finalBefore = world.agenda().millis() - finalityMillis;
    while (settled < blocks.size() && blocks.get(settled).at() <= finalBefore) {
      Block block = blocks.get(settled);
      for (Contract.Transaction transaction : block.transactions()) {
        replay(finalState, transaction, block);
      }
      settled++;
    }
  }

  private static void replay(Contract state, Contract.Transaction transaction, Block block) {
    try {
      transaction.apply(state, block.timestamp());
    } catch (IOException e) {
      throw new IllegalStateException("it succeeded before: " + transaction.what(), e);
    }
  }

  /** Takes some of the blocks that are not final back, or nearly all if it goes beyond. */
  private void reorganise(boolean beyond) {
    int depth = beyond ? blocks.size() - 1 : blocks.size() - settled;
    if (depth == 0) {
      return;
    }
    int taken = beyond ? depth : 1 + dice.below(depth);
    int left = blocks.size() - taken;
    for (Block block : blocks.subList(left, blocks.size())) {
      for (Contract.Transaction transaction : block.transactions()) {
        if (dice.happens(7000)) {
          returned.add(dice.below(returned.size() + 1), transaction);
        } else {
          world.agenda().note("chain: lost " + transaction.what());
        }
      }
    }
    blocks.subList(left, blocks.size()).clear();
    forks++;
    if (beyond) {
      settled = 0;
      finalState = new Contract(world.setting());
      returned.clear();
    }
    headState = finalState.copy();
    for (Block block : blocks.subList(settled, blocks.size())) {
      block.transactions().forEach(transaction -> replay(headState, transaction, block));
    }
    settle();
    world.agenda().note("chain: %d blocks taken back".formatted(taken));
    mine(List.of());
  }

  /** Takes a transaction into a block of its own. */
  void send(Contract.Transaction transaction) throws IOException {
    transaction.apply(headState, seconds());
    mine(List.of(transaction));
    world.agenda().note("chain: " + transaction.what());
  }

  /** After the newest block. */
  Contract head() {
    return headState;
  }

  /** After the newest final block. */
  Contract settledState() {
    settle();
    return finalState;
  }

  /** The timestamp of the newest final block; before the first, the distant past. */
  long finalTimestamp() {
    settle();
    return settled == 0 ? Long.MIN_VALUE : blocks.get(settled - 1).timestamp();
  }

  /** The first final block at or after a Unix second. */
  Optional<Block> firstAtOrAfter(long timestamp) {
    settle();
    int low = 0;
    int high = settled;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (blocks.get(middle).timestamp() < timestamp) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low < settled ? Optional.of(blocks.get(low)) : Optional.empty();
  }
}
