package org.groundwork.networks.sensing.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.networks.sensing.wire.Varint;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Malformed;

/**
 * What one station says in its own cell, and in the ring around it.
 *
 * @param own whether the group is the station's own cell
 * @param trust what its score weighs
 * @param since the epoch from which on it is in its cell
 * @param arrival thousandths of slots after the epoch's opening at which its readings came, in the
 *     mean
 * @param windows the middle of the good values, by window and field
 * @param steps the values of the last readings, by step of the cadence and field
 */
record StationFact(
    boolean own,
    AccountId owner,
    BasisPoints score,
    BasisPoints trust,
    EpochNumber since,
    long arrival,
    SortedMap<Integer, SortedMap<Integer, Long>> windows,
    SortedMap<Long, SortedMap<Integer, Long>> steps) {
  /** So many windows are told, the last ones. */
  static final int MAX_WINDOWS = 48;

  /** So many steps are told, the last ones. */
  static final int MAX_STEPS = 256;

  static final int OWN = 1;
  static final int RING = 2;

  /** A station's own cell again, with what its score weighs; only if that is less than all. */
  static final int WEIGHED = 5;

  private static final BasisPoints WHOLE = new BasisPoints(BasisPoints.WHOLE);

  /** The same, told to the cells around it. */
  StationFact toRing() {
    return new StationFact(false, owner, score, WHOLE, since, arrival, windows, steps);
  }

  Bytes encode() {
    CanonicalWriter out = new CanonicalWriter(1024);
    boolean weighed = own && !trust.equals(WHOLE);
    out.u8(weighed ? WEIGHED : own ? OWN : RING);
    if (weighed) {
      out.u16(trust.value());
    }
    out.account(owner).u16(score.value()).u32(since.value());
    out.u64(arrival);
    TreeMap<Long, SortedMap<Integer, Long>> byWindow = new TreeMap<>();
    windows.forEach((window, values) -> byWindow.put((long) window, values));
    write(out, last(byWindow, MAX_WINDOWS));
    write(out, last(steps, MAX_STEPS));
    return out.toBytes();
  }

  /** Reads what {@link #encode} writes. */
  static StationFact decode(Bytes fact) throws Malformed {
    CanonicalReader in = new CanonicalReader(fact);
    int kind = in.u8();
    boolean own = kind == OWN || kind == WEIGHED;
    try {
      BasisPoints trust = kind == WEIGHED ? new BasisPoints(in.u16()) : WHOLE;
      AccountId owner = in.account();
      BasisPoints score = new BasisPoints(in.u16());
      EpochNumber since = new EpochNumber(in.u32());
      long arrival = in.u64();
      TreeMap<Integer, SortedMap<Integer, Long>> windows = new TreeMap<>();
      read(in).forEach((window, values) -> windows.put(window.intValue(), values));
      SortedMap<Long, SortedMap<Integer, Long>> steps = read(in);
      in.end();
      return new StationFact(own, owner, score, trust, since, arrival, windows, steps);
    } catch (IllegalArgumentException e) {
      throw new Malformed("not a station: " + e.getMessage());
    }
  }

  /** The values of one field, by step. */
  SortedMap<Long, Long> series(int field) {
    TreeMap<Long, Long> series = new TreeMap<>();
    steps.forEach((step, values) -> {
      Long value = values.get(field);
      if (value != null) {
        series.put(step, value);
      }
    });
    return series;
  }

  private static <K, V> List<Map.Entry<K, V>> last(SortedMap<K, V> map, int most) {
    List<Map.Entry<K, V>> all = new ArrayList<>(map.entrySet());
    return all.subList(Math.max(0, all.size() - most), all.size());
  }

  private static void write(
      CanonicalWriter out, List<Map.Entry<Long, SortedMap<Integer, Long>>> rows) {
    out.u16(rows.size());
    for (Map.Entry<Long, SortedMap<Integer, Long>> row : rows) {
      Varint.write(out, row.getKey());
      out.u16(row.getValue().keySet().stream().mapToInt(field -> 1 << field).sum());
      row.getValue().values().forEach(value -> Varint.write(out, value));
    }
  }

  private static SortedMap<Long, SortedMap<Integer, Long>> read(CanonicalReader in)
      throws Malformed {
    TreeMap<Long, SortedMap<Integer, Long>> rows = new TreeMap<>();
    for (int left = in.u16(); left > 0; left--) {
      long key = Varint.read(in);
      int present = in.u16();
      TreeMap<Integer, Long> values = new TreeMap<>();
      for (int field = 0; present >> field != 0; field++) {
        if ((present & 1 << field) != 0) {
          values.put(field, Varint.read(in));
        }
      }
      rows.put(key, values);
    }
    return rows;
  }
}
