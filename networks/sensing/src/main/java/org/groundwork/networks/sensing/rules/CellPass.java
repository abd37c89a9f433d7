package org.groundwork.networks.sensing.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.groundwork.networks.sensing.wire.Field;
import org.groundwork.networks.sensing.wire.SensingDefinition;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.ScopeTerms;
import org.groundwork.rules.Amendment;
import org.groundwork.rules.Carry;
import org.groundwork.rules.Claim;
import org.groundwork.rules.Entitlement;
import org.groundwork.rules.GroupInput;
import org.groundwork.rules.GroupResult;
import org.groundwork.rules.RecordRef;
import org.groundwork.rules.Score;
import org.groundwork.rules.Verdict;
import org.groundwork.rules.kit.LevelShift;

/** Phase 2: the stations of one cell, beside each other and beside those of the ring around it. */
final class CellPass {
  /** With so many others a station is compared for copies. */
  static final int MAX_COMPARED = 256;

  private final SensingDefinition definition;
  private final GroupInput input;
  private final CellCarry before;
  private final TreeMap<Bytes, ScopeTerms> deals;
  private final TreeMap<DeviceId, CellCarry.Kept> kept;
  private final List<Station> own = new ArrayList<>();
  private final List<Station> ring = new ArrayList<>();
  private final Ring voices;
  private final References references;
  private final List<Amendment> amendments = new ArrayList<>();
  private final Set<RecordRef> amended = new TreeSet<>();

  CellPass(SensingDefinition definition, GroupInput input) {
    this.definition = definition;
    this.input = input;
    this.before = CellCarry.decode(input.carry());
    this.deals = new TreeMap<>(before.deals());
    this.kept = new TreeMap<>(before.stations());
    this.voices = new Ring(definition);
    EpochNumber epoch = input.epoch().epoch();
    this.references =
        new References(
            definition,
            input.epoch().schedule().opening(epoch),
            input.epoch().schedule().close(epoch));
  }

  GroupResult run() {
    for (Claim claim : input.claims()) {
      take(claim);
    }
    own.sort(Station.BY_SENIORITY);
    EpochNumber epoch = input.epoch().epoch();
    List<Score> scores = new ArrayList<>();
    CellCarry live = new CellCarry(deals, kept).at(epoch);
    int places = definition.devicesPerCell();
    for (Station station : own) {
      long weight = DevicePass.weighed(weight(station), station.fact().trust());
      if (weight > 0 && places == 0) {
        amend(station, SensingReason.CELL_FULL, definition.devicesPerCell() + " are paid");
      } else if (weight > 0) {
        places--;
        pay(scores, live, station, weight);
      }
    }
    Carry after = new CellCarry(live.deals(), kept).at(epoch).encode();
    return new GroupResult(amendments, scores, after);
  }

  private void take(Claim claim) {
    try {
      if (claim.fact().get(0) == ScopeDesk.SCOPE) {
        ScopeTerms terms =
            ScopeTerms.read(new CanonicalReader(claim.fact().slice(1, claim.fact().size())));
        deals.put(terms.id().bytes(), terms);
        return;
      }
      if (claim.fact().get(0) == ReferenceDesk.REFERENCE) {
        references.add(claim.fact().slice(1, claim.fact().size()));
        return;
      }
      StationFact fact = StationFact.decode(claim.fact());
      voices.add(fact.owner().bytes(), fact.windows());
      EpochNumber since = fact.since();
      Optional<CellCarry.Kept> known =
          Optional.ofNullable(before.stations().get(claim.origin().device()));
      if (fact.own() && known.isPresent() && known.get().since().compareTo(since) > 0) {
        since = known.get().since();
      }
      (fact.own() ? own : ring).add(Station.of(definition, claim.origin(), fact, since));
    } catch (Malformed e) {
      throw new IllegalStateException(e);
    }
  }

  /** What the station's data are worth here, 0 for nothing; notes why. */
  private long weight(Station station) {
    List<Ring.Compared> compared =
        voices.compare(station.fact().owner().bytes(), station.fact().windows());
    CellCarry.Kept known = known(station);
    SortedMap<Integer, List<Long>> offsets = offsets(compared);
    Spans spans = known.spans().with(compared);
    boolean indoor = spans.isDay() ? spans.isIndoor(definition) : known.indoor();
    Optional<Station> original = original(station);
    Optional<String> moved = moved(known.offsets(), offsets);
    keep(station, known, offsets, spans, indoor, moved.isPresent());
    List<Ring.Compared> all = new ArrayList<>(compared);
    all.addAll(references.compare(station.fact().windows()));
    long score = lowered(station.fact().score().value(), all);
    if (original.isPresent()) {
      DeviceId device = original.get().origin().device();
      return amend(station, SensingReason.COPIED, "its changes are those of device " + device);
    }
    if (indoor) {
      return amend(station, SensingReason.INDOOR, "over the last " + Spans.DAY + " windows");
    }
    if (moved.isPresent()) {
      return amend(station, SensingReason.RELOCATED, moved.get());
    }
    Optional<Ring.Compared> off = all.stream().filter(Ring.Compared::isOff).findFirst();
    boolean pays = score >= Math.max(1, definition.minimumScore().value());
    if (off.isPresent()) {
      boolean byRing = off.get().voices() > 0;
      SensingReason reason = byRing ? SensingReason.NEIGHBOURS : SensingReason.REFERENCE;
      amend(station, reason, text(off.get()));
    } else if (!pays) {
      amend(station, SensingReason.LOW_SCORE, score + " of " + BasisPoints.WHOLE);
    }
    return pays ? score : 0;
  }

  private CellCarry.Kept known(Station station) {
    CellCarry.Kept known = before.stations().get(station.origin().device());
    return known == null || known.since().compareTo(station.since()) < 0
        ? new CellCarry.Kept(
            station.since(), input.epoch().epoch(), false, new TreeMap<>(), Spans.NONE)
        : known;
  }

  private void keep(
      Station station,
      CellCarry.Kept known,
      SortedMap<Integer, List<Long>> offsets,
      Spans spans,
      boolean indoor,
      boolean moved) {
    EpochNumber epoch = input.epoch().epoch();
    TreeMap<Integer, List<Long>> all = new TreeMap<>(moved ? new TreeMap<>() : known.offsets());
    offsets.forEach((field, values) -> {
      List<Long> joined = new ArrayList<>(all.getOrDefault(field, List.of()));
      joined.addAll(values);
      all.put(field, LevelShift.newest(joined));
    });
    kept.put(
        station.origin().device(),
        new CellCarry.Kept(
            moved ? epoch : station.since(),
            epoch,
            indoor,
            all,
            spans.isDay() ? Spans.NONE : spans));
  }

  /** By how much the station is above its neighbours, by field; of fields that lie on a line. */
  private SortedMap<Integer, List<Long>> offsets(List<Ring.Compared> compared) {
    TreeMap<Integer, List<Long>> offsets = new TreeMap<>();
    for (Ring.Compared each : compared) {
      if (definition.fields().get(each.field()).type() == Field.Type.LINEAR) {
        offsets.computeIfAbsent(each.field(), _ -> new ArrayList<>()).add(each.offset());
      }
    }
    return offsets;
  }

  /** Which field's level jumped. */
  private Optional<String> moved(
      SortedMap<Integer, List<Long>> before, SortedMap<Integer, List<Long>> now) {
    for (int field : new TreeSet<>(now.keySet())) {
      Field of = definition.fields().get(field);
      List<Long> old = before.getOrDefault(field, List.of());
      List<Long> all = new ArrayList<>(old);
      all.addAll(now.getOrDefault(field, List.of()));
      int after = Math.min(all.size(), LevelShift.MIN_VALUES);
      List<Long> last = all.subList(all.size() - after, all.size());
      List<Long> first = all.subList(0, all.size() - after);
      if (new LevelShift(of.neighbourTolerance()).test(first, last)) {
        return Optional.of(
            "%s is %s %s above the neighbours', not %s"
                .formatted(
                    of.name(), of.format(last.getLast()), of.unit(), of.format(first.getLast())));
      }
    }
    return Optional.empty();
  }

  /**
   * The score without the windows of fields in which the station is off its neighbours or a
   * reference; nothing if it is in half of what can be compared: then it stands elsewhere.
   */
  private long lowered(long score, List<Ring.Compared> compared) {
    long windows = Math.max(1, compared.stream().map(Ring.Compared::window).distinct().count());
    List<Ring.Compared> outside = compared.stream().filter(Ring.Compared::isOff).toList();
    long off =
        outside.stream().map(each -> List.of(each.window(), each.field())).distinct().count();
    if (off > 0 && 2L * outside.size() >= compared.size()) {
      return 0;
    }
    long share = BasisPoints.WHOLE * off / (windows * definition.fields().size());
    return Math.max(0, score - share);
  }

  private Optional<Station> original(Station station) {
    int looked = 0;
    for (List<Station> others : List.of(own, ring)) {
      for (Station other : others) {
        if (looked++ == MAX_COMPARED) {
          return Optional.empty();
        }
        if (!other.origin().device().equals(station.origin().device())
            && station.follows(other)
            && station.isLike(other, definition)) {
          return Optional.of(other);
        }
      }
    }
    return Optional.empty();
  }

  private void pay(List<Score> scores, CellCarry live, Station station, long weight) {
    for (ScopeTerms deal : live.deals().values()) {
      if (deal.covers(input.epoch().epoch())) {
        long cell = cell();
        scores.add(new Score(station.origin().device(), new Entitlement.Scope(deal, cell, weight)));
      }
    }
  }

  private long cell() {
    try {
      return new CanonicalReader(input.group().bytes()).u64();
    } catch (Malformed e) {
      throw new IllegalStateException(e);
    }
  }

  /** Says of the station's last reading why it earns less; the first reason stays. */
  private long amend(Station station, SensingReason reason, String evidence) {
    if (amended.add(station.origin())) {
      amendments.add(new Amendment(station.origin(), new Verdict.Rejected(reason, evidence)));
    }
    return 0;
  }

  private String text(Ring.Compared off) {
    Field field = definition.fields().get(off.field());
    String other = off.voices() > 0 ? "middle of " + off.voices() + " neighbours" : "reference";
    return "%s %s %s; the %s is %s, and %s off is the most"
        .formatted(
            field.name(),
            field.format(off.value()),
            field.unit(),
            other,
            field.format(off.view().middle()),
            field.format(off.view().bound()));
  }
}
