package org.groundwork.node.testing;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
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
import org.groundwork.networks.counter.rules.CounterNetwork;
import org.groundwork.node.chain.AcceptedResult;
import org.groundwork.node.chain.EpochChain;
import org.groundwork.node.chain.Operator;
import org.groundwork.node.chain.StakedSet;
import org.groundwork.node.wire.SignedStatement;
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
import org.groundwork.protocol.Statements;
import org.groundwork.protocol.crypto.AccountSignatures;
import org.groundwork.protocol.crypto.Keccak256;
import org.groundwork.protocol.crypto.Sha256;
import org.groundwork.rules.Device;
import org.groundwork.rules.Reservation;

/** A chain in memory that checks what the contracts check. */
public final class SimChain implements EpochChain {
  private static final long DISPUTE_SECONDS = 20;

  private final EpochSchedule schedule;
  private final InstantSource clock;
  private final List<Operator> verifiers = new ArrayList<>();
  private final List<Operator> gateways = new ArrayList<>();
  private final List<Device> devices = new ArrayList<>();
  private final List<Reservation> reservations = new ArrayList<>();
  private final Map<EpochNumber, EpochStatement> statements = new TreeMap<>();
  private final Map<EpochNumber, List<SignedStatement>> submitted = new TreeMap<>();
  private final Set<AccountId> equivocators = new TreeSet<>();
  private final Map<EpochNumber, List<PostedIndex>> posted = new TreeMap<>();
  private final TreeMap<EpochNumber, AcceptedResult> results = new TreeMap<>();
  private final Map<EpochNumber, Long> acceptedAt = new TreeMap<>();
  private final TreeSet<EpochNumber> skipped = new TreeSet<>();
  private final Map<EpochNumber, Set<AccountId>> present = new TreeMap<>();
  private final List<Absence> absences = new ArrayList<>();
  private Optional<EpochNumber> voidFrom = Optional.empty();
  private Optional<EpochNumber> finalised = Optional.empty();
  private int attempt;

  /** A verifier was absent when an epoch was skipped at this Unix second. */
  private record Absence(AccountId signer, long at) {}

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

  public synchronized void addReservation(Reservation reservation) {
    reservations.add(reservation);
  }

  /** What was accepted of an epoch. */
  public synchronized EpochStatement statement(EpochNumber epoch) {
    return Optional.ofNullable(statements.get(epoch)).orElseThrow();
  }

  @Override
  public SigningDomain domain() {
    return Reporter.DOMAIN;
  }

  @Override
  public EpochSchedule schedule() {
    return schedule;
  }

  /** Weights at the opening: halved for each absence that was counted before. */
  @Override
  public synchronized StakedSet verifiers(EpochNumber epoch) {
    List<Operator> then = new ArrayList<>();
    for (Operator now : verifiers) {
      long absences =
          this.absences.stream()
              .filter(absence -> absence.signer().equals(now.signer()))
              .filter(absence -> absence.at() <= schedule.opening(epoch))
              .count();
      BigInteger weight = now.stake().shiftRight((int) absences);
      if (weight.signum() > 0) {
        then.add(new Operator(now.signer(), weight, now.endpoint()));
      }
    }
    return new StakedSet(then);
  }

  @Override
  public synchronized StakedSet gateways(EpochNumber epoch) {
    return new StakedSet(gateways);
  }

  @Override
  public synchronized EpochNumber nextEpoch() {
    EpochNumber next = results.isEmpty() ? EpochNumber.FIRST : results.lastKey().next();
    while (skipped.contains(next)) {
      next = next.next();
    }
    return next;
  }

  @Override
  public synchronized int attempt() {
    return attempt;
  }

  @Override
  public synchronized Optional<AcceptedResult> result(EpochNumber epoch) {
    return Optional.ofNullable(results.get(epoch));
  }

  @Override
  public synchronized Optional<AcceptedResult> resultBefore(EpochNumber epoch) {
    return Optional.ofNullable(results.lowerEntry(epoch)).map(Map.Entry::getValue);
  }

  private EpochNumber coveredFrom(EpochNumber epoch) {
    return resultBefore(epoch).map(before -> before.epoch().next()).orElse(EpochNumber.FIRST);
  }

  @Override
  public synchronized Optional<ResultPlan> plan(EpochNumber epoch) {
    boolean accepted = results.containsKey(epoch);
    if (clock.instant().getEpochSecond() < schedule.commitDeadline(epoch)
        || epoch.compareTo(nextEpoch()) > 0
        || (!accepted && voidFrom.isPresent())) {
      return Optional.empty();
    }
    List<EpochPlan> plans = new ArrayList<>();
    EpochNumber first = coveredFrom(epoch);
    for (EpochNumber next = first; next.compareTo(epoch) <= 0; next = next.next()) {
      Optional<ResultDues> dues =
          next.equals(first)
              ? Optional.of(new ResultDues(first, epoch, ParentSigners.NONE))
              : Optional.empty();
      int under =
          Optional.ofNullable(results.get(epoch)).map(AcceptedResult::attempt).orElse(attempt);
      plans.add(plan(next, under, parent(epoch), dues));
    }
    return Optional.of(new ResultPlan(plans));
  }

  private EpochPlan plan(EpochNumber epoch, int under, Hash parent, Optional<ResultDues> dues) {
    List<PostedIndex> indexes = posted.getOrDefault(epoch, List.of());
    return new EpochPlan(
        domain(),
        epoch,
        under,
        schedule,
        parent,
        closeBlock(epoch),
        Inputs.of(indexes),
        operators(epoch),
        devices,
        List.of(
            new PlannedNetwork(
                Reporter.NETWORK,
                CounterNetwork.KIND,
                CounterNetwork.parameters(1000),
                CounterNetwork.rulesHash(CounterNetwork.parameters(1000)),
                BootstrapBudget.NONE)),
        reservations,
        slotBlocks(epoch),
        Optional.of(Price.of(200_000_000)),
        indexes,
        new Economy(new BasisPoints(1000), new BasisPoints(500), EmissionSchedule.NONE, 1),
        List.of(),
        List.of(),
        dues);
  }

  private List<PlannedOperator> operators(EpochNumber epoch) {
    List<PlannedOperator> operators = new ArrayList<>();
    for (Operator each : verifiers(epoch).members()) {
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
    return resultBefore(epoch).map(AcceptedResult::resultHash).orElse(Hash.ZERO);
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
        domain().digest(Statements.indexCertificate(domain().deployment(), epoch, gateway, index));
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
    require(voidFrom.isEmpty(), "rollback pending");
    require(statement.attempt() == attempt, "wrong attempt");
    require(statement.parent().equals(parent(epoch)), "wrong parent");
    require(statement.inputs().equals(coveredInputs(epoch)), "wrong inputs");
    requireSigned(domain().digest(statement.structHash()), signatures);
    require(verifiers(epoch).isMoreThanTwoThirds(signatures.keySet()), "no quorum");
    results.put(
        epoch,
        new AcceptedResult(
            epoch,
            attempt,
            statement.structHash(),
            statement.closeBlock(),
            statement.carryRoot(),
            statement.moneyRoot()));
    statements.put(epoch, statement);
    submitted.put(
        epoch,
        signatures.entrySet().stream()
            .map(signed -> new SignedStatement(statement, signed.getKey(), signed.getValue()))
            .toList());
    acceptedAt.put(epoch, clock.instant().getEpochSecond());
  }

  @Override
  public synchronized List<SignedStatement> signatures(EpochNumber epoch) {
    return submitted.getOrDefault(epoch, List.of());
  }

  @Override
  public synchronized boolean proveEquivocation(SignedStatement first, SignedStatement second) {
    EpochStatement one = first.statement();
    EpochStatement other = second.statement();
    boolean contradicting =
        first.isGenuine(domain())
            && second.isGenuine(domain())
            && first.signer().equals(second.signer())
            && one.epoch().equals(other.epoch())
            && one.attempt() == other.attempt()
            && one.closeBlock().equals(other.closeBlock())
            && !one.structHash().equals(other.structHash());
    return contradicting && equivocators.add(first.signer());
  }

  /** Who was proved to have signed two results. */
  public synchronized Set<AccountId> equivocators() {
    return Set.copyOf(equivocators);
  }

  /** The blocks with proofs of two results are taken back. */
  public synchronized void forgetEquivocators() {
    equivocators.clear();
  }

  private Hash coveredInputs(EpochNumber epoch) {
    EpochNumber next = coveredFrom(epoch);
    Hash running = Inputs.of(posted(next));
    while (next.compareTo(epoch) < 0) {
      next = next.next();
      running = Keccak256.hash(running.toArray(), Inputs.of(posted(next)).toArray());
    }
    return running;
  }

  @Override
  public synchronized Optional<List<PostedIndex>> inputs(EpochNumber epoch) {
    return clock.instant().getEpochSecond() < schedule.commitDeadline(epoch)
        ? Optional.empty()
        : Optional.of(posted(epoch));
  }

  /** The council voids an epoch's result and all after it. */
  public synchronized void voidFrom(EpochNumber epoch) {
    voidFrom = Optional.of(epoch);
    attempt++;
  }

  @Override
  public synchronized boolean isRollbackDue() {
    return voidFrom.isPresent();
  }

  @Override
  public synchronized void rollBack() {
    if (voidFrom.isPresent()) {
      EpochNumber last = results.lastKey();
      results.remove(last);
      if (last.equals(voidFrom.get())) {
        voidFrom = Optional.empty();
      }
    }
  }

  @Override
  public long skippableAt(EpochNumber epoch) {
    return schedule.commitDeadline(epoch.next());
  }

  @Override
  public synchronized Set<AccountId> present(EpochNumber epoch) {
    return Set.copyOf(present.getOrDefault(epoch, Set.of()));
  }

  @Override
  public synchronized void present(EpochNumber epoch, SortedMap<AccountId, Bytes> signatures)
      throws IOException {
    if (!epoch.equals(nextEpoch())) {
      return;
    }
    long now = clock.instant().getEpochSecond();
    require(now >= schedule.commitDeadline(epoch), "presence is not asked");
    requireSigned(domain().digest(Statements.presence(domain().deployment(), epoch)), signatures);
    require(verifiers(epoch).stakes().keySet().containsAll(signatures.keySet()), "not staked");
    present.computeIfAbsent(epoch, _ -> new TreeSet<>()).addAll(signatures.keySet());
  }

  @Override
  public synchronized void skip(EpochNumber epoch) throws IOException {
    if (!epoch.equals(nextEpoch())) {
      return;
    }
    long now = clock.instant().getEpochSecond();
    require(voidFrom.isEmpty() && now >= skippableAt(epoch), "no skip yet");
    skipped.add(epoch);
    for (Operator verifier : verifiers) {
      if (!present(epoch).contains(verifier.signer())) {
        absences.add(new Absence(verifier.signer(), now));
      }
    }
  }

  public synchronized boolean isSkipped(EpochNumber epoch) {
    return skipped.contains(epoch);
  }

  /** The last final epoch. */
  @Override
  public synchronized Optional<EpochNumber> finalised() {
    return finalised;
  }

  private Optional<EpochNumber> ripe() {
    long now = clock.instant().getEpochSecond();
    return voidFrom.isPresent()
        ? Optional.empty()
        : results.keySet().stream()
            .filter(epoch -> finalised.map(last -> epoch.compareTo(last) > 0).orElse(true))
            .filter(epoch -> acceptedAt.getOrDefault(epoch, now) + DISPUTE_SECONDS <= now)
            .findFirst();
  }

  @Override
  public synchronized boolean isFinalityDue() {
    return ripe().isPresent();
  }

  @Override
  public synchronized void finalise() {
    ripe().ifPresent(epoch -> finalised = Optional.of(epoch));
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
