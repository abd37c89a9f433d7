package org.groundwork.networks.sensing.rules;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.networks.sensing.wire.Varint;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.ScopeTerms;
import org.groundwork.rules.Carry;
import org.groundwork.rules.kit.LevelShift;

/**
 * What is kept of a cell from epoch to epoch.
 *
 * @param deals purchases that cover this epoch or later ones, by id
 * @param stations those that were there lately
 */
record CellCarry(SortedMap<Bytes, ScopeTerms> deals, SortedMap<DeviceId, Kept> stations) {
  static final int MAX_DEALS = 64;
  static final int MAX_STATIONS = 1024;

  /** A station that said nothing for so many epochs is forgotten. */
  static final int MAX_ABSENT = 100;

  private static final int VERSION = 1;

  /**
   * A station.
   *
   * @param since the epoch from which on it stands where it stands
   * @param seen the last epoch in which it said something
   * @param indoor what its last day showed
   * @param offsets by how much it was above its neighbours, by field, the newest last
   * @param spans of this day so far
   */
  record Kept(
      EpochNumber since,
      EpochNumber seen,
      boolean indoor,
      SortedMap<Integer, List<Long>> offsets,
      Spans spans) {}

  /** Without what is over. */
  CellCarry at(EpochNumber epoch) {
    TreeMap<Bytes, ScopeTerms> live = new TreeMap<>(deals);
    live.values().removeIf(deal -> deal.lastEpoch().compareTo(epoch) < 0);
    while (live.size() > MAX_DEALS) {
      live.pollLastEntry();
    }
    TreeMap<DeviceId, Kept> there = new TreeMap<>(stations);
    there.values().removeIf(kept -> kept.seen().value() + MAX_ABSENT < epoch.value());
    if (there.size() > MAX_STATIONS) {
      there.entrySet().stream()
          .sorted(Comparator.comparing(each -> each.getValue().since()))
          .skip(MAX_STATIONS)
          .map(Map.Entry::getKey)
          .toList()
          .forEach(there::remove);
    }
    return new CellCarry(live, there);
  }

  Carry encode() {
    if (deals.isEmpty() && stations.isEmpty()) {
      return Carry.NONE;
    }
    CanonicalWriter out = new CanonicalWriter(1024);
    out.u8(VERSION).u16(deals.size());
    deals.values().forEach(deal -> deal.write(out));
    out.u16(stations.size());
    stations.forEach((device, kept) -> {
      out.u64(device.value());
      write(out, kept);
    });
    return new Carry(out.toBytes());
  }

  /** Reads what {@link #encode} wrote. */
  static CellCarry decode(Carry carry) {
    TreeMap<Bytes, ScopeTerms> deals = new TreeMap<>();
    TreeMap<DeviceId, Kept> stations = new TreeMap<>();
    try {
      CanonicalReader in = new CanonicalReader(carry.content());
      if (in.remaining() > 0 && in.u8() == VERSION) {
        for (int left = in.u16(); left > 0; left--) {
          ScopeTerms terms = ScopeTerms.read(in);
          deals.put(terms.id().bytes(), terms);
        }
        for (int left = in.u16(); left > 0; left--) {
          stations.put(new DeviceId(in.u64()), kept(in));
        }
      }
      return new CellCarry(deals, stations);
    } catch (Malformed e) {
      throw new IllegalStateException(e);
    }
  }

  private static void write(CanonicalWriter out, Kept kept) {
    out.u32(kept.since().value()).u32(kept.seen().value()).u8(kept.indoor() ? 1 : 0);
    out.u8(kept.offsets().size());
    kept.offsets()
        .forEach((field, offsets) -> {
          List<Long> newest = LevelShift.newest(offsets);
          out.u8(field).u8(newest.size());
          newest.forEach(offset -> Varint.write(out, offset));
        });
    out.u16(kept.spans().windows()).u8(kept.spans().byField().size());
    kept.spans()
        .byField()
        .forEach((field, span) -> {
          out.u8(field);
          Varint.write(out, span.low());
          Varint.write(out, span.high());
          Varint.write(out, span.middleLow());
          Varint.write(out, span.middleHigh());
        });
  }

  private static Kept kept(CanonicalReader in) throws Malformed {
    EpochNumber since = new EpochNumber(in.u32());
    EpochNumber seen = new EpochNumber(in.u32());
    boolean indoor = in.u8() == 1;
    TreeMap<Integer, List<Long>> offsets = new TreeMap<>();
    for (int left = in.u8(); left > 0; left--) {
      int field = in.u8();
      List<Long> values = new ArrayList<>();
      for (int count = in.u8(); count > 0; count--) {
        values.add(Varint.read(in));
      }
      offsets.put(field, values);
    }
    int windows = in.u16();
    TreeMap<Integer, Spans.Span> spans = new TreeMap<>();
    for (int left = in.u8(); left > 0; left--) {
      spans.put(
          in.u8(),
          new Spans.Span(Varint.read(in), Varint.read(in), Varint.read(in), Varint.read(in)));
    }
    return new Kept(since, seen, indoor, offsets, new Spans(windows, spans));
  }
}
