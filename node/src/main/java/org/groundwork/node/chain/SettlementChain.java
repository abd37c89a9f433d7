package org.groundwork.node.chain;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.engine.EpochPlan;
import org.groundwork.engine.Inputs;
import org.groundwork.engine.PlannedNetwork;
import org.groundwork.engine.PostedIndex;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.EpochStatement;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.rules.Device;
import org.groundwork.rules.Kind;
import org.groundwork.rules.Reservation;
import org.groundwork.settlement.abi.Calls;
import org.groundwork.settlement.chain.ChainBlock;
import org.groundwork.settlement.chain.ChainEvent;
import org.groundwork.settlement.chain.ChainReader;
import org.groundwork.settlement.chain.ChainState;
import org.groundwork.settlement.wallet.Transactions;

/** The chain of a deployment, read from its final events and written with a node's key. */
public final class SettlementChain implements EpochChain {
  private final ChainReader reader;
  private final Transactions transactions;
  private final AccountKey key;

  /**
   * A view of a chain.
   *
   * @param key pays for the transactions that are sent
   */
  public SettlementChain(ChainReader reader, Transactions transactions, AccountKey key) {
    this.reader = reader;
    this.transactions = transactions;
    this.key = key;
  }

  @Override
  public SigningDomain domain() {
    return reader.deployment().domain();
  }

  @Override
  public EpochSchedule schedule() {
    return reader.deployment().schedule();
  }

  @Override
  public StakedSet verifiers(EpochNumber epoch) throws IOException {
    return staked(ChainState.VERIFIER, epoch);
  }

  @Override
  public StakedSet gateways(EpochNumber epoch) throws IOException {
    return staked(ChainState.GATEWAY, epoch);
  }

  @Override
  public EpochNumber nextEpoch() throws IOException {
    return transactions.read(
        reader.deployment().contracts().results(), new Calls.ResultsContract.NextEpoch());
  }

  @Override
  public Optional<AcceptedResult> result(EpochNumber epoch) throws IOException {
    reader.sync();
    return reader
        .state()
        .result(epoch)
        .map(accepted ->
            new AcceptedResult(
                accepted.epoch(),
                accepted.resultHash(),
                accepted.closeBlock(),
                accepted.carryRoot(),
                accepted.moneyRoot()));
  }

  @Override
  public Optional<EpochPlan> plan(EpochNumber epoch) throws IOException {
    EpochSchedule schedule = schedule();
    Optional<ChainBlock> close = reader.firstBlockAtOrAfter(schedule.close(epoch));
    if (close.isEmpty() || reader.firstBlockAtOrAfter(schedule.commitDeadline(epoch)).isEmpty()) {
      return Optional.empty();
    }
    Optional<Hash> parent = parent(epoch);
    Optional<ChainBlock> opening = reader.firstBlockAtOrAfter(schedule.opening(epoch));
    if (parent.isEmpty() || opening.isEmpty()) {
      return Optional.empty();
    }
    ChainState atOpening = reader.stateAt(opening.get().number());
    ChainState atClose = reader.stateAt(close.get().number());
    List<PostedIndex> posted =
        reader.state().indexes(epoch).stream()
            .map(index -> new PostedIndex(index.gateway(), index.index()))
            .toList();
    return Optional.of(
        new EpochPlan(
            domain(),
            epoch,
            0,
            schedule,
            parent.get(),
            close.get().hash(),
            Inputs.of(posted),
            verifiers(epoch).stakes(),
            devices(atOpening),
            networks(atOpening),
            atClose.reservations().stream().map(SettlementChain::reservation).toList(),
            slotBlocks(epoch),
            atClose.priceHigh(),
            reader.deployment().margin(),
            posted));
  }

  @Override
  public boolean isCommitted(EpochNumber epoch, AccountId gateway, Hash index) throws IOException {
    reader.sync();
    return reader.state().indexes(epoch).stream()
        .anyMatch(known -> known.gateway().equals(gateway) && known.index().equals(index));
  }

  @Override
  public void commitIndex(
      EpochNumber epoch, AccountId gateway, Hash index, SortedMap<AccountId, Bytes> signatures)
      throws IOException {
    transactions.send(
        key,
        reader.deployment().contracts().results(),
        new Calls.ResultsContract.CommitIndex(
            epoch, gateway, index, List.copyOf(signatures.values())));
  }

  @Override
  public void submit(EpochStatement statement, SortedMap<AccountId, Bytes> signatures)
      throws IOException {
    transactions.send(
        key,
        reader.deployment().contracts().results(),
        new Calls.ResultsContract.Submit(statement, List.copyOf(signatures.values())));
  }

  static Reservation reservation(ChainEvent.CreditsReserved reserved) {
    return new Reservation(
        reserved.id(),
        reserved.payer(),
        reserved.network(),
        reserved.seller(),
        reserved.credits(),
        reserved.basis(),
        reserved.lastEpoch());
  }

  /** The struct hash of the result before; zero for the first; empty if it is not there yet. */
  private Optional<Hash> parent(EpochNumber epoch) throws IOException {
    ChainState now = reader.state();
    if (epoch.value() > 0) {
      Optional<ChainEvent.ResultAccepted> before = now.result(new EpochNumber(epoch.value() - 1));
      if (before.isPresent()) {
        return Optional.of(before.get().resultHash());
      }
    }
    Optional<ChainEvent.ResultAccepted> own = now.result(epoch);
    if (own.isPresent()) {
      return Optional.of(own.get().parent());
    }
    return nextEpoch().equals(epoch) ? Optional.of(Hash.ZERO) : Optional.empty();
  }

  private StakedSet staked(int role, EpochNumber epoch) throws IOException {
    ChainBlock last =
        reader
            .lastBlockAtOrBefore(schedule().opening(epoch))
            .orElseThrow(
                () -> new IOException("the opening of epoch " + epoch + " is not final yet"));
    Map<AccountId, String> endpoints = new TreeMap<>();
    reader.state().operators(role).forEach(now -> endpoints.put(now.signer(), now.endpoint()));
    SortedMap<AccountId, BigInteger> stakes = new TreeMap<>();
    for (var operator : reader.stateAt(last.number()).operators(role)) {
      stakes.merge(operator.signer(), operator.stake().value(), BigInteger::add);
    }
    List<Operator> members = new ArrayList<>();
    stakes.forEach((signer, stake) ->
        members.add(new Operator(signer, stake, endpoints.getOrDefault(signer, ""))));
    return new StakedSet(members);
  }

  private List<Hash> slotBlocks(EpochNumber epoch) throws IOException {
    EpochSchedule schedule = schedule();
    List<Hash> blocks = new ArrayList<>();
    for (long slot = schedule.firstSlot(epoch).value();
        slot <= schedule.lastSlot(epoch).value();
        slot++) {
      blocks.add(
          reader
              .firstBlockAtOrAfter(schedule.slotStart(new SlotNumber(slot)))
              .orElseThrow(() -> new IOException("a slot of epoch " + epoch + " has no block"))
              .hash());
    }
    return blocks;
  }

  private static List<Device> devices(ChainState state) {
    return state.devices().stream()
        .map(RegisteredDevices::device)
        .flatMap(Optional::stream)
        .toList();
  }

  /** Those whose kind is a name; no rules could exist for others. */
  private static List<PlannedNetwork> networks(ChainState state) {
    List<PlannedNetwork> networks = new ArrayList<>();
    for (ChainEvent.NetworkCreated created : state.networks().values()) {
      if (Kind.isName(created.kind())) {
        networks.add(
            new PlannedNetwork(
                created.network(),
                new Kind(created.kind()),
                created.parameters(),
                created.rulesHash()));
      }
    }
    return networks;
  }
}
