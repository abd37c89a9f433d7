package org.groundwork.simulator;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.groundwork.engine.PostedIndex;
import org.groundwork.engine.PublishedResult;
import org.groundwork.engine.index.IndexEntry;
import org.groundwork.engine.index.SegmentIndex;
import org.groundwork.engine.index.SlotSignature;
import org.groundwork.engine.money.ChargeLine;
import org.groundwork.engine.segment.Segment;
import org.groundwork.engine.segment.SegmentReader;
import org.groundwork.networks.counter.rules.CounterNetwork;
import org.groundwork.node.wire.ApiException;
import org.groundwork.node.wire.SignedStatement;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Deal;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.MoneyKind;
import org.groundwork.protocol.MoneyLeaf;
import org.groundwork.protocol.Promise;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.ReportBody;
import org.groundwork.protocol.StandardMerkleTree;
import org.groundwork.protocol.Total;
import org.groundwork.protocol.Voucher;

/** Sees everything that happened, whoever lies, and holds the network to its invariants. */
final class Witness {
  private static final long TICK = 500;
  private static final long CLAIMING = 5000;

  /** Ticks as long as a lost call takes; who could work for so many had to keep its promises. */
  private static final int ENOUGH_TICKS = 6;

  private final World world;

  /** The reports of each segment that a verifier received. */
  private final Map<Hash, Set<Hash>> segments = new HashMap<>();

  private final Map<Hash, SegmentIndex> indexes = new HashMap<>();
  private final TreeMap<EpochNumber, List<Promise>> promises = new TreeMap<>();
  private final List<Promise> broken = new ArrayList<>();
  private final WorkingHours working;

  /** What honest verifiers signed: by epoch and attempt, and by each of them. */
  private final Map<String, Hash> found = new HashMap<>();

  private final Map<String, Hash> signed = new HashMap<>();

  private final Map<String, Integer> readings = new HashMap<>();
  private final Map<Hash, BigInteger> vouchers = new HashMap<>();
  private final Map<Hash, Deal> deals = new HashMap<>();
  private final Map<Hash, BigInteger> charged = new HashMap<>();
  private final TreeMap<EpochNumber, Hash> finals = new TreeMap<>();
  private final Set<Hash> examined = new HashSet<>();
  private EpochNumber settledInputs = EpochNumber.FIRST;
  private long promised;

  Witness(World world) {
    this.world = world;
    working = new WorkingHours(world);
  }

  void start() {
    world.agenda().after(TICK, this::tick);
    world.agenda().after(CLAIMING, this::claim);
  }

  private EpochSchedule schedule() {
    return world.setting().schedule();
  }

  // What happens

  void sawSegment(Hash hash, Bytes content) {
    if (segments.containsKey(hash)) {
      return;
    }
    try {
      Segment segment = SegmentReader.read(hash, content);
      Set<Hash> reports = new HashSet<>();
      for (int i = 0; i < segment.count(); i++) {
        reports.add(segment.body(i).hash());
      }
      segments.put(hash, reports);
    } catch (Malformed e) {
      throw new Violation(Invariant.NO_BUGS, "a verifier took a segment that is none", e);
    }
  }

  void sawIndex(SegmentIndex index) {
    indexes.putIfAbsent(index.hash(), index);
  }

  void sawReport(Report report) {
    try {
      ReportBody body = report.parse();
      if (body.type() == CounterNetwork.reading(0).get(0)) {
        readings.merge(place(body.device(), body.sequence().epoch()), 1, Integer::sum);
      }
    } catch (Malformed e) {
      throw new IllegalStateException("devices here speak in sentences", e);
    }
  }

  private static String place(DeviceId device, EpochNumber epoch) {
    return device + " in " + epoch;
  }

  void sawVoucher(Voucher voucher) {
    vouchers.merge(voucher.session(), voucher.cumulative().value(), BigInteger::max);
  }

  void sawDeal(Deal deal) {
    deals.put(deal.id(), deal);
  }

  void promised(Promise promise) {
    promised++;
    promises
        .computeIfAbsent(schedule().epochOf(promise.slot()), _ -> new ArrayList<>())
        .add(promise);
  }

  /** An honest verifier says this. */
  void sawStatement(SignedStatement said) {
    String subject = said.statement().epoch() + " under " + said.statement().attempt();
    Hash hash = said.statement().structHash();
    Hash own =
        signed.putIfAbsent(
            said.signer() + " about " + subject + " at " + said.statement().closeBlock(), hash);
    if (own != null && !own.equals(hash)) {
      throw new Violation(
          Invariant.ONE_STATEMENT, said.signer() + " signed two things about epoch " + subject);
    }
    Hash others = found.putIfAbsent(subject, hash);
    if (others != null && !others.equals(hash)) {
      throw new Violation(
          Invariant.EQUAL_RESULTS,
          said.signer() + " found something else about epoch " + subject + ": " + said.statement());
    }
  }

  long promises() {
    return promised;
  }

  /** Promises that were broken, each by a gateway that was away. */
  int brokenPromises() {
    return broken.size();
  }

  // What must hold

  /** After every event. */
  void check() {
    Contract state = world.chain().settledState();
    Optional<EpochNumber> last = state.finalised();
    if (last.isEmpty()
        ? !finals.isEmpty()
        : finals.isEmpty() || !finals.lastKey().equals(last.get())) {
      checkFinal(state);
    }
    for (VerifierMachine verifier : world.verifiers()) {
      if (verifier.isHonest() && state.slashed().contains(verifier.key().account())) {
        throw new Violation(Invariant.ONE_STATEMENT, verifier + " was proved to have signed two");
      }
    }
    if (state.paidOut().compareTo(state.authorised()) > 0) {
      throw new Violation(
          Invariant.MONEY_CONSERVED,
          "claims paid %s, results allow %s".formatted(state.paidOut(), state.authorised()));
    }
  }

  private void checkFinal(Contract state) {
    finals.forEach((epoch, hash) -> {
      Optional<Hash> now = state.result(epoch).map(each -> each.result().resultHash());
      boolean stands =
          now.equals(Optional.of(hash))
              && state.finalised().map(last -> last.compareTo(epoch) >= 0).orElse(false);
      if (!stands) {
        throw new Violation(
            Invariant.ONE_RESULT, "epoch " + epoch + " was final with " + hash + ", now " + now);
      }
    });
    for (Contract.Accepted accepted : state.results()) {
      EpochNumber epoch = accepted.result().epoch();
      if (state.finalised().map(last -> epoch.compareTo(last) <= 0).orElse(false)) {
        finals.put(epoch, accepted.result().resultHash());
      }
    }
  }

  /** Now and then: what does not show in one event. */
  private void tick() {
    working.tick();
    while (world.chain().finalTimestamp() >= schedule().commitDeadline(settledInputs)) {
      checkPromises(settledInputs);
      settledInputs = settledInputs.next();
    }
    for (VerifierMachine verifier : world.verifiers()) {
      if (verifier.isHonest() && verifier.isUp()) {
        EpochNumber next = world.chain().settledState().nextEpoch();
        verifier.verifier().statement(next).ifPresent(this::sawStatement);
      }
    }
    for (Contract.Accepted accepted : world.chain().settledState().results()) {
      if (!examined.contains(accepted.result().resultHash())) {
        examine(accepted);
      }
    }
    world.agenda().after(TICK, this::tick);
  }

  private void checkPromises(EpochNumber epoch) {
    List<Promise> due = promises.getOrDefault(epoch, List.of());
    if (due.isEmpty()) {
      return;
    }
    Set<Hash> standing = standing(epoch);
    for (Promise promise : due) {
      if (!standing.contains(promise.report())) {
        GatewayMachine gateway =
            world.gateways().stream()
                .filter(each -> each.key().account().equals(promise.gateway()))
                .findFirst()
                .orElseThrow();
        int ticks = working.of(gateway, epoch);
        if (ticks >= ENOUGH_TICKS) {
          throw new Violation(
              Invariant.PROMISES_KEPT,
              "%s promised report %s for slot %s; no certified segment of epoch %s holds it"
                      .formatted(gateway, promise.report(), promise.slot(), epoch)
                  + ", after "
                  + ticks
                  + " ticks of work");
        }
        world
            .agenda()
            .note(
                "%s worked %d ticks and broke a promise of epoch %s"
                    .formatted(gateway, ticks, epoch));
        broken.add(promise);
      }
    }
  }

  /** The reports of an epoch that stand in certified segments of posted indexes. */
  private Set<Hash> standing(EpochNumber epoch) {
    Set<Hash> reports = new HashSet<>();
    for (PostedIndex posted : world.chain().settledState().posted(epoch)) {
      SegmentIndex index = indexes.get(posted.index());
      if (index == null) {
        throw new Violation(Invariant.NO_BUGS, "an index was posted that nobody ever certified");
      }
      for (IndexEntry entry : index.entries()) {
        List<org.groundwork.protocol.AccountId> signers =
            entry.signatures().stream().map(SlotSignature::verifier).toList();
        if (world.chain().settledState().verifiers(epoch).isMoreThanThird(signers)) {
          reports.addAll(segments.getOrDefault(entry.segment(), Set.of()));
        }
      }
    }
    return reports;
  }

  /** Looks at where the money of an accepted result comes from, once somebody honest shows it. */
  private void examine(Contract.Accepted accepted) {
    Optional<PublishedResult> result = published(accepted);
    if (result.isEmpty()) {
      return;
    }
    examined.add(accepted.result().resultHash());
    Map<Hash, BigInteger> sums = new HashMap<>(charged);
    BigInteger paid = BigInteger.ZERO;
    BigInteger basis = BigInteger.ZERO;
    for (ChargeLine line : result.get().charges()) {
      paid = paid.add(line.paid().value());
      basis = basis.add(line.basis().value());
      BigInteger sum = sums.merge(line.evidence(), line.charged().value(), BigInteger::add);
      requireEvidence(result.get(), line, sum);
    }
    boolean even =
        total(accepted, MoneyKind.PAYMENT).equals(paid)
            && total(accepted, MoneyKind.BASIS).equals(basis)
            && paid.add(result.get().dust().value()).compareTo(basis) <= 0;
    if (!even) {
      throw new Violation(
          Invariant.MONEY_CONSERVED,
          "epoch %s: lines pay %s of basis %s, dust %s; the statement says %s"
              .formatted(
                  accepted.result().epoch(),
                  paid,
                  basis,
                  result.get().dust(),
                  accepted.statement().totals()));
    }
    // A result that is voided is judged again: what it charged counts once it is final.
    if (finals.containsValue(accepted.result().resultHash())) {
      charged.putAll(sums);
    } else {
      examined.remove(accepted.result().resultHash());
    }
  }

  private static BigInteger total(Contract.Accepted accepted, MoneyKind kind) {
    return accepted.statement().totals().stream()
        .filter(total -> total.kind() == kind)
        .map(Total::amount)
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  private void requireEvidence(PublishedResult result, ChargeLine line, BigInteger sum) {
    BigInteger most =
        switch (line.kind()) {
          case VOUCHER -> vouchers.getOrDefault(line.evidence(), BigInteger.ZERO);
          case DEAL -> dealLimit(result, line);
        };
    BigInteger asked = line.kind() == ChargeLine.Kind.VOUCHER ? sum : line.charged().value();
    if (asked.compareTo(most) > 0) {
      throw new Violation(
          Invariant.EVIDENCE,
          "epoch %s charges %s for %s; the evidence is worth %s"
              .formatted(result.statement().epoch(), asked, line, most));
    }
  }

  /** The rate for each reading that the device signed in the covered epochs. */
  private BigInteger dealLimit(PublishedResult result, ChargeLine line) {
    Deal deal = deals.get(line.evidence());
    if (deal == null) {
      return BigInteger.ZERO;
    }
    long count = 0;
    for (EpochNumber epoch = result.first();
        epoch.compareTo(result.statement().epoch()) <= 0;
        epoch = epoch.next()) {
      count += readings.getOrDefault(place(line.device(), epoch), 0);
    }
    return deal.rate().value().multiply(BigInteger.valueOf(count));
  }

  private Optional<PublishedResult> published(Contract.Accepted accepted) {
    for (VerifierMachine verifier : world.verifiers()) {
      if (!verifier.isHonest() || !verifier.isUp()) {
        continue;
      }
      try {
        Optional<PublishedResult> result =
            verifier.verifier().publication().result(accepted.result().epoch());
        Hash wanted = accepted.result().resultHash();
        if (result.filter(each -> each.statement().structHash().equals(wanted)).isPresent()) {
          return result;
        }
      } catch (IOException e) {
        throw new Violation(Invariant.NO_BUGS, "a published result cannot be read", e);
      }
    }
    return Optional.empty();
  }

  /** Claims everything that can be, again and again. */
  private void claim() {
    Contract head = world.chain().head();
    head.finalised()
        .flatMap(head::result)
        .ifPresent(accepted -> published(accepted).ifPresent(this::claim));
    world.agenda().after(CLAIMING, this::claim);
  }

  private void claim(PublishedResult result) {
    if (result.leaves().isEmpty()) {
      return;
    }
    StandardMerkleTree tree =
        new StandardMerkleTree(result.leaves().stream().map(MoneyLeaf::hash).toList());
    for (MoneyLeaf leaf : result.leaves()) {
      if (leaf.kind().isPayable() && leaf.cumulative().signum() > 0) {
        try {
          world.chain().send(new Claim(leaf, tree.proof(leaf.hash())));
        } catch (IOException e) {
          // It was claimed before.
        }
      }
    }
  }

  private record Claim(MoneyLeaf leaf, List<Hash> proof) implements Contract.Transaction {
    @Override
    public void apply(Contract contract, long now) throws IOException {
      contract.claim(leaf, proof);
    }

    @Override
    public String what() {
      return "claim of " + leaf.subject();
    }
  }

  /** At the end, long after the last fault. */
  void checkEnd() {
    EpochNumber open = schedule().epochAt(world.agenda().millis() / 1000);
    Contract state = world.chain().settledState();
    long expected = open.value() - 3;
    long reached =
        state.results().isEmpty() ? -1 : state.results().getLast().result().epoch().value();
    if (reached < expected) {
      throw new Violation(
          Invariant.PROGRESS,
          "epoch %d is the last with a result, it should be %d".formatted(reached, expected));
    }
    for (DeviceMachine device : world.devices()) {
      if (device.waiting() > 0) {
        throw new Violation(
            Invariant.PROGRESS, device + " has " + device.waiting() + " reports left to send");
      }
    }
    broken.forEach(this::requireProvable);
  }

  /** Every honest verifier signs that the promise was broken. */
  private void requireProvable(Promise promise) {
    for (VerifierMachine verifier : world.verifiers()) {
      if (!verifier.isHonest()) {
        continue;
      }
      try {
        verifier.verifier().promises().check(promise);
      } catch (ApiException e) {
        throw new Violation(
            Invariant.PROMISES_KEPT,
            verifier + " does not sign that a promise was broken: " + e.error(),
            e);
      } catch (IOException e) {
        throw new Violation(
            Invariant.PROMISES_KEPT, verifier + " cannot look into a broken promise", e);
      }
    }
  }
}
