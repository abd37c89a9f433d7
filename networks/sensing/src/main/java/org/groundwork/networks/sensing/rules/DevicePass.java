package org.groundwork.networks.sensing.rules;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.groundwork.networks.sensing.wire.Field;
import org.groundwork.networks.sensing.wire.Reading;
import org.groundwork.networks.sensing.wire.SensingDefinition;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.rules.Admitted;
import org.groundwork.rules.Claim;
import org.groundwork.rules.CommonReason;
import org.groundwork.rules.DeviceInput;
import org.groundwork.rules.DeviceResult;
import org.groundwork.rules.Fault;
import org.groundwork.rules.Reason;
import org.groundwork.rules.RecordRef;
import org.groundwork.rules.Verdict;
import org.groundwork.rules.kit.Grams;
import org.groundwork.rules.kit.H3;
import org.groundwork.rules.kit.Interleaved;

/** Phase 1: one device in one epoch. */
final class DevicePass {
  /** Of one device and epoch; the rest is not told. */
  static final int MAX_FAULTS = 1000;

  /** Fewer pieces that were sent before are chance. */
  static final int MIN_REPLAYED = 3;

  private static final int ARRIVAL_SCALE = 1000;

  private final SensingDefinition definition;
  private final SeriesJudge judge;
  private final DeviceInput input;
  private final DeviceCarry before;
  private final int version;
  private final ScopeDesk scopes;
  private final CertificateDesk certificates;
  private final ReferenceDesk references;
  private final Verdict[] verdicts;
  private final List<Fault> faults = new ArrayList<>();
  private final List<Claim> claims = new ArrayList<>();

  /** A reading, and where its record stands in the input. */
  private record Arrived(int index, Reading reading) {}

  DevicePass(SensingDefinition definition, int version, DeviceInput input) {
    this.definition = definition;
    this.version = version;
    this.judge = new SeriesJudge(definition);
    this.input = input;
    this.before = DeviceCarry.decode(input.carry(), definition, input.epoch().epoch());
    this.scopes = new ScopeDesk(definition, input.epoch());
    this.references = new ReferenceDesk(definition, place());
    this.certificates = new CertificateDesk(definition.trust(), input.device(), before.certified());
    this.verdicts = new Verdict[input.records().size()];
  }

  DeviceResult run() {
    List<Arrived> arrived = atCadence(onePlace(read()));
    List<Integer> grams = Grams.of(tuples(arrived));
    if (isReplay(grams)) {
      reject(arrived, SensingReason.REPLAYED, grams.size() + " pieces, sent before");
      arrived = List.of();
    }
    SeriesResult result =
        judge.judge(
            before.series(), arrived.stream().map(Arrived::reading).toList(), opening(), close());
    result.findings().forEach(this::fault);
    long place = place();
    if (place == 0) {
      fault(opening(), SensingReason.NO_PLACE, "cell " + Long.toHexString(input.device().cell()));
    } else if (before.cell() != 0 && before.cell() != place) {
      fault(opening(), SensingReason.MOVED, "from cell " + Long.toHexString(before.cell()));
    }
    BasisPoints trust = certificates.weight();
    if (!arrived.isEmpty()) {
      certificates
          .reason()
          .ifPresent(reason ->
              fault(opening(), reason, "weighs " + trust.value() + " of " + BasisPoints.WHOLE));
    }
    EpochNumber epoch = input.epoch().epoch();
    boolean stayed = before.cell() == place;
    EpochNumber since = stayed ? before.since() : epoch;
    boolean pays =
        place != 0 && result.score().value() >= Math.max(1, definition.minimumScore().value());
    if (place != 0 && !arrived.isEmpty()) {
      claim(place, since, arrived, result);
    }
    claims.addAll(scopes.claims());
    claims.addAll(references.claims());
    DeviceCarry after =
        new DeviceCarry(
            place,
            since,
            pays && stayed ? before.streak() + 1 : pays ? 1 : 0,
            arrived.isEmpty() ? before.silent() + 1 : 0,
            result.after(),
            tuples(arrived),
            joined(before.grams(), grams),
            certificates.certified());
    return new DeviceResult(
        List.of(verdicts),
        faults,
        claims,
        after.encode(),
        BigInteger.valueOf(pays && isCapped(place) ? weighed(result.score().value(), trust) : 0),
        List.of());
  }

  /**
   * Whether bootstrap's cap of a cell holds for the device: it counts by registered cells, and many
   * finer ones at one place would each have their own.
   */
  private boolean isCapped(long place) {
    return version == 1 || input.device().cell() == place;
  }

  /** A score as it counts: nothing only if the score or the trust is. */
  static long weighed(long score, BasisPoints trust) {
    return score == 0 || trust.value() == 0
        ? 0
        : Math.max(1, score * trust.value() / BasisPoints.WHOLE);
  }

  /** The cell in which the device is judged; 0 if it is in none that counts. */
  private long place() {
    long cell = input.device().cell();
    if (!definition.isAllowed(cell) || H3.resolution(cell) < definition.cellResolution()) {
      return 0;
    }
    return H3.parent(cell, definition.cellResolution());
  }

  /** The readings that can be read and are of this time, ascending. */
  private List<Arrived> read() {
    List<Arrived> arrived = new ArrayList<>();
    for (int i = 0; i < verdicts.length; i++) {
      Admitted record = input.records().get(i);
      try {
        switch (record.type()) {
          case SensingRules.SCOPE -> verdicts[i] = scopes.take(record);
          case SensingRules.REFERENCE -> verdicts[i] = references.take(record);
          case SensingRules.CERTIFICATE ->
              verdicts[i] = version > 1 ? certificates.take(record) : unknown(record);
          case SensingRules.PRODUCT ->
              verdicts[i] = version > 1 ? scopes.takeProduct(record) : unknown(record);
          case SensingRules.READING, SensingRules.TEXT -> {
            Reading reading = Reading.decode(definition, record.payload());
            verdicts[i] = clock(record.slot(), reading);
            if (verdicts[i] instanceof Verdict.Accepted) {
              arrived.add(new Arrived(i, reading));
            }
          }
          default -> verdicts[i] = unknown(record);
        }
      } catch (Malformed e) {
        verdicts[i] = Verdict.rejected(CommonReason.MALFORMED, String.valueOf(e.getMessage()));
      }
    }
    arrived.sort(Comparator.comparingLong(each -> each.reading().observedAt()));
    return arrived;
  }

  private static Verdict unknown(Admitted record) {
    return Verdict.rejected(CommonReason.UNKNOWN_TYPE, "type " + record.type());
  }

  private Verdict clock(SlotNumber slot, Reading reading) {
    long slack = definition.cadenceSeconds();
    EpochSchedule schedule = input.epoch().schedule();
    long known = schedule.slotStart(slot) + schedule.slotSeconds();
    long time = reading.observedAt();
    if (time < opening() - slack || time >= close() + slack || time > known + slack) {
      return Verdict.rejected(
          SensingReason.CLOCK,
          "read at second %d, came before second %d, in the epoch from %d to %d"
              .formatted(time, known, opening(), close()));
    }
    return Verdict.ACCEPTED;
  }

  private List<Arrived> onePlace(List<Arrived> arrived) {
    for (int i = 0; i < definition.fields().size(); i++) {
      Field field = definition.fields().get(i);
      int index = i;
      if (field.neighbourTolerance() == 0) {
        continue;
      }
      List<Long> values =
          arrived.stream()
              .filter(each -> each.reading().value(index).isPresent())
              .map(each -> each.reading().value(index).orElse(0))
              .toList();
      if (new Interleaved(SeriesJudge.quantity(field), field.neighbourTolerance() / 4)
          .test(values)) {
        reject(arrived, SensingReason.TWO_PLACES, field.name() + " changes place each time");
        return List.of();
      }
    }
    return arrived;
  }

  private List<Arrived> atCadence(List<Arrived> arrived) {
    List<Arrived> kept = new ArrayList<>();
    long last = before.series().lastTime();
    for (Arrived each : arrived) {
      if (last >= 0 && judge.isTooSoon(last, each.reading())) {
        verdicts[each.index()] =
            Verdict.rejected(SensingReason.TOO_OFTEN, "the one before is of second " + last);
      } else {
        kept.add(each);
        last = each.reading().observedAt();
      }
    }
    return kept;
  }

  private boolean isReplay(List<Integer> grams) {
    TreeSet<Integer> old = new TreeSet<>(before.grams());
    long known = grams.stream().filter(old::contains).count();
    return known >= MIN_REPLAYED && 2 * known >= grams.size();
  }

  /** What the device read, after the end of the epoch before. */
  private List<List<Long>> tuples(List<Arrived> arrived) {
    List<List<Long>> tuples = new ArrayList<>(before.tail());
    arrived.forEach(each -> tuples.add(List.copyOf(each.reading().values().values())));
    return tuples;
  }

  private void reject(List<Arrived> arrived, SensingReason reason, String evidence) {
    arrived.forEach(each -> verdicts[each.index()] = Verdict.rejected(reason, evidence));
    fault(opening(), reason, evidence);
  }

  private void fault(Finding finding) {
    fault(finding.from(), finding.reason(), finding.evidence());
  }

  private void fault(long time, Reason reason, String evidence) {
    if (faults.size() < MAX_FAULTS) {
      EpochSchedule schedule = input.epoch().schedule();
      EpochNumber epoch = input.epoch().epoch();
      long slot =
          Math.clamp(
              schedule.slotAt(time).value(),
              schedule.firstSlot(epoch).value(),
              schedule.lastSlot(epoch).value());
      faults.add(new Fault(new SlotNumber(slot), reason, evidence));
    }
  }

  private void claim(long place, EpochNumber since, List<Arrived> arrived, SeriesResult result) {
    TreeMap<Long, SortedMap<Integer, Long>> steps = new TreeMap<>();
    long cadence = definition.cadenceSeconds();
    long slots = 0;
    for (Arrived each : arrived) {
      steps.put(
          Math.floorDiv(each.reading().observedAt() + cadence / 2, cadence),
          each.reading().values());
      slots += input.records().get(each.index()).slot().value();
    }
    long first = input.epoch().schedule().firstSlot(input.epoch().epoch()).value();
    long arrival = (slots - first * arrived.size()) * ARRIVAL_SCALE / arrived.size();
    RecordRef origin = input.records().get(arrived.getLast().index()).ref();
    StationFact own =
        new StationFact(
            true,
            input.device().owner(),
            result.score(),
            certificates.weight(),
            since,
            arrival,
            result.windows(),
            steps);
    Bytes inCell = own.encode();
    Bytes inRing = own.toRing().encode();
    for (long cell : H3.disk(place, 1)) {
      claims.add(new Claim(ScopeDesk.group(cell), origin, cell == place ? inCell : inRing));
    }
  }

  private long opening() {
    return input.epoch().schedule().opening(input.epoch().epoch());
  }

  private long close() {
    return input.epoch().schedule().close(input.epoch().epoch());
  }

  private static List<Integer> joined(List<Integer> first, List<Integer> second) {
    List<Integer> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }
}
