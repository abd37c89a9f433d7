package org.groundwork.node.testing;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.groundwork.engine.Economy;
import org.groundwork.engine.EpochPlan;
import org.groundwork.engine.Inputs;
import org.groundwork.engine.ParentSigners;
import org.groundwork.engine.PlannedNetwork;
import org.groundwork.engine.PlannedOperator;
import org.groundwork.engine.PostedIndex;
import org.groundwork.engine.ResultDues;
import org.groundwork.engine.ResultPlan;
import org.groundwork.node.chain.AcceptedResult;
import org.groundwork.node.chain.EpochChain;
import org.groundwork.node.chain.Operator;
import org.groundwork.node.chain.StakedSet;
import org.groundwork.node.counter.CounterNetwork;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.BootstrapBudget;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EmissionSchedule;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.EpochStatement;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Price;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.crypto.AccountSignatures;
import org.groundwork.protocol.crypto.Sha256;
import org.groundwork.rules.Device;

/** A chain in memory that checks what the contracts check. */
public final class SimChain implements EpochChain {
  private final EpochSchedule schedule;
  private final InstantSource clock;
  private final List<Operator> verifiers = new ArrayList<>();
  private final List<Operator> gateways = new ArrayList<>();
  private final List<Device> devices = new ArrayList<>();
  private final Map<EpochNumber, List<PostedIndex>> posted = new TreeMap<>();
  private final TreeMap<EpochNumber, AcceptedResult> results = new TreeMap<>();

  public SimChain(EpochSchedule schedule, InstantSource clock) {
    this.schedule = schedule;
    this.clock = clock;
  }

  public synchronized void addVerifier(AccountId signer, long stake, String endpoint) {
    verifiers.removeIf(known -> known.signer().equals(signer));
    verifiers.add(new Operator(signer, BigInteger.valueOf(stake), endpoint));
  }

  public synchronized void addGateway(AccountId signer, String endpoint) {
    gateways.removeIf(known -> known.signer().equals(signer));
    gateways.add(new Operator(signer, BigInteger.TEN, endpoint));
  }

  public synchronized void addDevice(Device device) {
    devices.add(device);
  }

  @Override
  public SigningDomain domain() {
    return Reporter.DOMAIN;
  }

  @Override
  public EpochSchedule schedule() {
    return schedule;
  }

  @Override
  public synchronized StakedSet verifiers(EpochNumber epoch) {
    return new StakedSet(verifiers);
  }

  @Override
  public synchronized StakedSet gateways(EpochNumber epoch) {
    return new StakedSet(gateways);
  }

  @Override
  public synchronized EpochNumber nextEpoch() {
    return results.isEmpty() ? EpochNumber.FIRST : results.lastKey().next();
  }

  @Override
  public synchronized Optional<AcceptedResult> result(EpochNumber epoch) {
    return Optional.ofNullable(results.get(epoch));
  }

  @Override
  public synchronized Optional<ResultPlan> plan(EpochNumber epoch) {
    if (clock.instant().getEpochSecond() < schedule.commitDeadline(epoch)
        || epoch.compareTo(nextEpoch()) > 0) {
      return Optional.empty();
    }
    List<PostedIndex> indexes = posted.getOrDefault(epoch, List.of());
    return Optional.of(
        ResultPlan.of(
            new EpochPlan(
                domain(),
                epoch,
                0,
                schedule,
                parent(epoch),
                closeBlock(epoch),
                Inputs.of(indexes),
                operators(),
                devices,
                List.of(
                    new PlannedNetwork(
                        Reporter.NETWORK,
                        CounterNetwork.KIND,
                        CounterNetwork.parameters(1000),
                        hash("rules"),
                        BootstrapBudget.NONE)),
                List.of(),
                slotBlocks(epoch),
                Optional.of(Price.of(200_000_000)),
                indexes,
                new Economy(new BasisPoints(1000), new BasisPoints(500), EmissionSchedule.NONE, 1),
                List.of(),
                List.of(),
                Optional.of(new ResultDues(epoch, epoch, ParentSigners.NONE)))));
  }

  private List<PlannedOperator> operators() {
    List<PlannedOperator> operators = new ArrayList<>();
    for (Operator each : verifiers) {
      operators.add(
          new PlannedOperator(
              PlannedOperator.Role.VERIFIER, each.signer(), each.signer(), each.stake()));
    }
    for (Operator each : gateways) {
      operators.add(
          new PlannedOperator(
              PlannedOperator.Role.GATEWAY, each.signer(), each.signer(), each.stake()));
    }
    return operators;
  }

  private Hash parent(EpochNumber epoch) {
    return epoch.value() == 0
        ? Hash.ZERO
        : Optional.ofNullable(results.get(new EpochNumber(epoch.value() - 1)))
            .orElseThrow()
            .resultHash();
  }

  private static Hash closeBlock(EpochNumber epoch) {
    return hash("close of " + epoch);
  }

  private List<Hash> slotBlocks(EpochNumber epoch) {
    return Stream.iterate(schedule.firstSlot(epoch), slot -> slot.plus(1))
        .limit(schedule.slotsPerEpoch())
        .map(slot -> hash("block of slot " + slot))
        .toList();
  }

  private static Hash hash(String name) {
    return Sha256.hash(name.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public synchronized boolean isCommitted(EpochNumber epoch, AccountId gateway, Hash index) {
    return posted.getOrDefault(epoch, List.of()).contains(new PostedIndex(gateway, index));
  }

  /** The indexes posted for an epoch. */
  public synchronized List<PostedIndex> posted(EpochNumber epoch) {
    return List.copyOf(posted.getOrDefault(epoch, List.of()));
  }

  @Override
  public synchronized void commitIndex(
      EpochNumber epoch, AccountId gateway, Hash index, SortedMap<AccountId, Bytes> signatures)
      throws IOException {
    long now = clock.instant().getEpochSecond();
    require(schedule.close(epoch) <= now && now < schedule.commitDeadline(epoch), "not its time");
    require(!isCommitted(epoch, gateway, index), "committed already");
    Hash digest =
        domain()
            .digest(
                org.groundwork.protocol.Statements.indexCertificate(
                    domain().deployment(), epoch, gateway, index));
    requireSigned(digest, signatures);
    require(verifiers(epoch).isMoreThanThird(signatures.keySet()), "no quorum");
    posted.computeIfAbsent(epoch, _ -> new ArrayList<>()).add(new PostedIndex(gateway, index));
  }

  @Override
  public synchronized void submit(EpochStatement statement, SortedMap<AccountId, Bytes> signatures)
      throws IOException {
    EpochNumber epoch = statement.epoch();
    if (!epoch.equals(nextEpoch())) {
      return;
    }
    require(statement.parent().equals(parent(epoch)), "wrong parent");
    requireSigned(domain().digest(statement.structHash()), signatures);
    require(verifiers(epoch).isMoreThanTwoThirds(signatures.keySet()), "no quorum");
    results.put(
        epoch,
        new AcceptedResult(
            epoch,
            statement.structHash(),
            statement.closeBlock(),
            statement.carryRoot(),
            statement.moneyRoot()));
  }

  private static void requireSigned(Hash digest, SortedMap<AccountId, Bytes> signatures)
      throws IOException {
    for (Map.Entry<AccountId, Bytes> signed : signatures.entrySet()) {
      require(
          AccountSignatures.isSignedBy(signed.getKey(), digest, signed.getValue()),
          "wrong signature");
    }
  }

  private static void require(boolean condition, String otherwise) throws IOException {
    if (!condition) {
      throw new IOException("The contract refuses: " + otherwise);
    }
  }
}
