package org.groundwork.node.chain;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.engine.EpochPlan;
import org.groundwork.engine.Inputs;
import org.groundwork.engine.PlannedNetwork;
import org.groundwork.engine.PostedIndex;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.rules.Device;
import org.groundwork.rules.Kind;
import org.groundwork.rules.Reservation;
import org.groundwork.settlement.chain.ChainBlock;
import org.groundwork.settlement.chain.ChainEvent;
import org.groundwork.settlement.chain.ChainState;
import org.groundwork.settlement.chain.RegisteredDevice;
import org.groundwork.settlement.chain.RegisteredNetwork;
import org.groundwork.settlement.deploy.Deployment;

/**
 * All that the chain says about an epoch, from its final blocks alone: the same for every verifier,
 * and for everybody who audits years later.
 */
public final class PlanReader {
  private final FreshReader chain;

  public PlanReader(FreshReader chain) {
    this.chain = chain;
  }

  /**
   * The plan of an epoch.
   *
   * @return empty as long as there is no final block at or after its commit deadline, or its
   *     predecessor has no result
   */
  public Optional<EpochPlan> plan(EpochNumber epoch) throws IOException {
    Deployment deployment = chain.deployment();
    EpochSchedule schedule = deployment.schedule();
    Optional<ChainBlock> deadline = chain.firstBlockAtOrAfter(schedule.commitDeadline(epoch));
    Optional<ChainBlock> close = chain.firstBlockAtOrAfter(schedule.close(epoch));
    Optional<ChainState> opening = opening(epoch);
    Optional<Hash> parent = parent(epoch);
    if (deadline.isEmpty() || close.isEmpty() || opening.isEmpty() || parent.isEmpty()) {
      return Optional.empty();
    }
    ChainState closing = chain.stateAt(close.get());
    List<PostedIndex> posted = posted(epoch, chain.stateAt(deadline.get()));
    return Optional.of(
        new EpochPlan(
            deployment.domain(),
            epoch,
            0,
            schedule,
            parent.get(),
            close.get().hash(),
            Inputs.of(posted),
            stakes(opening.get()),
            opening.get().devices().stream().map(PlanReader::device).toList(),
            opening.get().networks().values().stream().map(n -> network(n, epoch)).toList(),
            closing.reservations().stream().map(PlanReader::reservation).toList(),
            slotBlocks(epoch),
            closing.priceHigh(),
            deployment.margin(),
            posted));
  }

  /** The state at an epoch's opening, by which the contract counts stakes; empty before it. */
  Optional<ChainState> opening(EpochNumber epoch) throws IOException {
    Optional<ChainBlock> block =
        chain.lastBlockAtOrBefore(chain.deployment().schedule().opening(epoch));
    return block.isEmpty() ? Optional.empty() : Optional.of(chain.stateAt(block.get()));
  }

  /** Struct hash of the result before; zero for the first; empty if that is not known yet. */
  private Optional<Hash> parent(EpochNumber epoch) throws IOException {
    ChainState now = chain.state();
    Optional<ChainEvent.ResultAccepted> before =
        epoch.value() == 0 ? Optional.empty() : now.result(new EpochNumber(epoch.value() - 1));
    if (before.isPresent()) {
      return before.map(ChainEvent.ResultAccepted::resultHash);
    }
    Optional<ChainEvent.ResultAccepted> own = now.result(epoch);
    if (own.isPresent()) {
      return own.map(ChainEvent.ResultAccepted::parent);
    }
    return now.latestResult().isEmpty() ? Optional.of(Hash.ZERO) : Optional.empty();
  }

  private List<Hash> slotBlocks(EpochNumber epoch) throws IOException {
    EpochSchedule schedule = chain.deployment().schedule();
    List<Hash> blocks = new ArrayList<>();
    SlotNumber last = schedule.lastSlot(epoch);
    SlotNumber slot = schedule.firstSlot(epoch);
    for (; slot.compareTo(last) <= 0; slot = slot.plus(1)) {
      long start = schedule.slotStart(slot);
      blocks.add(
          chain
              .firstBlockAtOrAfter(start)
              .orElseThrow(() -> new IOException("no block at or after " + start))
              .hash());
    }
    return blocks;
  }

  private static List<PostedIndex> posted(EpochNumber epoch, ChainState state) {
    return state.indexes(epoch).stream()
        .map(committed -> new PostedIndex(committed.gateway(), committed.index()))
        .toList();
  }

  private static SortedMap<AccountId, BigInteger> stakes(ChainState opening) {
    SortedMap<AccountId, BigInteger> stakes = new TreeMap<>();
    opening
        .operators(ChainState.VERIFIER)
        .forEach(operator -> stakes.put(operator.signer(), operator.weight().value()));
    return stakes;
  }

  /** A device as the rules see it. */
  public static Device device(RegisteredDevice registered) {
    return new Device(
        registered.id(),
        registered.network(),
        registered.owner(),
        Registry.key(registered),
        registered.cell());
  }

  private static PlannedNetwork network(RegisteredNetwork network, EpochNumber epoch) {
    RegisteredNetwork.Rules rules = network.rulesAt(epoch);
    return new PlannedNetwork(
        network.id(), new Kind(network.kind()), rules.parameters(), rules.hash());
  }

  /** A reservation as the rules see it. */
  public static Reservation reservation(ChainEvent.CreditsReserved reserved) {
    return new Reservation(
        reserved.id(),
        reserved.payer(),
        reserved.network(),
        reserved.seller(),
        reserved.credits(),
        reserved.basis(),
        reserved.lastEpoch());
  }
}
