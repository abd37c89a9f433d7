package org.groundwork.networks.sensing.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.groundwork.networks.sensing.wire.SensingDefinition;
import org.groundwork.networks.sensing.wire.Varint;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Malformed;
import org.groundwork.rules.Carry;
import org.groundwork.rules.kit.Grams;

/**
 * What is kept of a device from epoch to epoch.
 *
 * @param cell in which it was judged, 0 for none
 * @param since the epoch from which on it is there
 * @param streak epochs in a row in which it reached the minimum score
 * @param silent epochs in a row without a reading
 * @param tail its last readings' values, for pieces that go on in the next epoch
 * @param grams fingerprints of what it sent, the newest last
 * @param certified by a maker, if it showed a certificate
 */
record DeviceCarry(
    long cell,
    EpochNumber since,
    long streak,
    int silent,
    SeriesState series,
    List<List<Long>> tail,
    List<Integer> grams,
    Optional<Certified> certified) {
  /** So many pieces are kept: two days of readings every three minutes. */
  static final int MAX_GRAMS = 1000;

  static final int MAX_TAIL = Grams.SIZE - 1;

  /** A device that was silent for so long is forgotten. */
  static final int MAX_SILENT = 100;

  private static final int VERSION = 1;

  /** Has a certificate behind what the first version has. */
  private static final int VERSION_CERTIFIED = 2;

  DeviceCarry {
    tail = List.copyOf(tail.subList(Math.max(0, tail.size() - MAX_TAIL), tail.size()));
    grams = List.copyOf(grams.subList(Math.max(0, grams.size() - MAX_GRAMS), grams.size()));
  }

  static DeviceCarry none(SensingDefinition definition, EpochNumber epoch) {
    return new DeviceCarry(
        0, epoch, 0, 0, SeriesState.none(definition), List.of(), List.of(), Optional.empty());
  }

  Carry encode() {
    if (silent >= MAX_SILENT) {
      return Carry.NONE;
    }
    CanonicalWriter out = new CanonicalWriter(1024);
    int version = certified.isPresent() ? VERSION_CERTIFIED : VERSION;
    out.u8(version).u64(cell).u32(since.value()).u32(streak).u8(silent);
    series.write(out);
    out.u8(tail.size());
    for (List<Long> reading : tail) {
      out.u8(reading.size());
      reading.forEach(value -> Varint.write(out, value));
    }
    out.u16(grams.size());
    grams.forEach(gram -> out.u32(Integer.toUnsignedLong(gram)));
    certified.ifPresent(known -> out.hash(known.maker()).hash(known.device()));
    return new Carry(out.toBytes());
  }

  /** Reads what {@link #encode} wrote, under the same definition. */
  static DeviceCarry decode(Carry carry, SensingDefinition definition, EpochNumber epoch) {
    if (carry.isEmpty()) {
      return none(definition, epoch);
    }
    try {
      CanonicalReader in = new CanonicalReader(carry.content());
      int version = in.u8();
      if (version != VERSION && version != VERSION_CERTIFIED) {
        return none(definition, epoch);
      }
      long cell = in.u64();
      EpochNumber since = new EpochNumber(in.u32());
      long streak = in.u32();
      int silent = in.u8();
      SeriesState series = SeriesState.read(in, definition);
      List<List<Long>> tail = new ArrayList<>();
      for (int left = in.u8(); left > 0; left--) {
        List<Long> reading = new ArrayList<>();
        for (int values = in.u8(); values > 0; values--) {
          reading.add(Varint.read(in));
        }
        tail.add(reading);
      }
      List<Integer> grams = new ArrayList<>();
      for (int left = in.u16(); left > 0; left--) {
        grams.add((int) in.u32());
      }
      Optional<Certified> certified =
          version == VERSION ? Optional.empty() : Optional.of(new Certified(in.hash(), in.hash()));
      in.end();
      return new DeviceCarry(cell, since, streak, silent, series, tail, grams, certified);
    } catch (Malformed e) {
      return none(definition, epoch);
    }
  }
}
