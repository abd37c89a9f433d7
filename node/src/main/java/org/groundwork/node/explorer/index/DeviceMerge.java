package org.groundwork.node.explorer.index;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import org.groundwork.node.explorer.database.Sql;
import org.groundwork.protocol.Malformed;

/**
 * Writes an epoch's device blocks: what the epoch before said, what {@code devices.json} says, and
 * awards, all ascending by device, with one block in memory at a time.
 */
final class DeviceMerge {
  private final Sql sql;
  private final long epoch;
  private final ReasonCodes codes;
  private final SortedMap<Integer, NetworkTally> tallies;
  private final List<DeviceEntry> pending = new ArrayList<>(DeviceBlock.DEVICES);

  DeviceMerge(Sql sql, long epoch, ReasonCodes codes, SortedMap<Integer, NetworkTally> tallies) {
    this.sql = sql;
    this.epoch = epoch;
    this.codes = codes;
    this.tallies = tallies;
  }

  /** What is known of devices from the last indexed epoch. */
  private static final class Previous implements AutoCloseable {
    private final Sql.Rows rows;
    private final Deque<DeviceEntry> ready = new ArrayDeque<>();

    Previous(Sql sql, long epoch) throws SQLException {
      rows =
          sql.rows(
              "SELECT id, payload FROM device_block WHERE id >= ? AND id < ? ORDER BY id",
              DeviceBlock.first(epoch),
              DeviceBlock.first(epoch + 1));
    }

    Optional<DeviceEntry> next() throws SQLException, Malformed {
      while (ready.isEmpty()) {
        Optional<Sql.Row> row = rows.next();
        if (row.isEmpty()) {
          return Optional.empty();
        }
        ready.addAll(
            DeviceBlock.decode(row.get().bytes(2), DeviceBlock.firstDevice(row.get().number(1))));
      }
      return Optional.of(ready.removeFirst());
    }

    @Override
    public void close() throws SQLException {
      rows.close();
    }
  }

  void run(OptionalLong before, DeviceLines lines, SortedMap<Long, Tally> bootstrap)
      throws SQLException, Malformed {
    // Without an epoch before it, the rows of this one, of which there are none yet.
    try (Previous previous = new Previous(sql, before.orElse(epoch));
        Sql.Batch blocks = sql.batch("INSERT INTO device_block(id, payload) VALUES (?, ?)")) {
      Iterator<Map.Entry<Long, Tally>> awards = bootstrap.entrySet().iterator();
      Optional<DeviceEntry> old = previous.next();
      Optional<DeviceLines.Line> line = lines.next();
      Optional<Map.Entry<Long, Tally>> award = next(awards);
      while (old.isPresent() || line.isPresent() || award.isPresent()) {
        long device =
            Math.min(
                old.map(DeviceEntry::device).orElse(Long.MAX_VALUE),
                Math.min(
                    line.map(DeviceLines.Line::device).orElse(Long.MAX_VALUE),
                    award.map(Map.Entry::getKey).orElse(Long.MAX_VALUE)));
        Optional<DeviceEntry> known = old.filter(entry -> entry.device() == device);
        Optional<DeviceLines.Line> said = line.filter(each -> each.device() == device);
        Optional<Map.Entry<Long, Tally>> got = award.filter(each -> each.getKey() == device);
        add(blocks, entry(device, known, said, got.map(Map.Entry::getValue)));
        old = known.isPresent() ? previous.next() : old;
        line = said.isPresent() ? lines.next() : line;
        award = got.isPresent() ? next(awards) : award;
      }
      write(blocks);
      blocks.flush();
    }
  }

  private static Optional<Map.Entry<Long, Tally>> next(Iterator<Map.Entry<Long, Tally>> iterator) {
    return iterator.hasNext() ? Optional.of(iterator.next()) : Optional.empty();
  }

  private DeviceEntry entry(
      long device,
      Optional<DeviceEntry> known,
      Optional<DeviceLines.Line> said,
      Optional<Tally> award)
      throws SQLException {
    Tally now =
        said.isPresent() ? tally(said.get(), award.orElse(Tally.NONE)) : award.orElse(Tally.NONE);
    Tally before = known.isPresent() ? known.get().total() : Tally.NONE;
    long last = known.isPresent() ? known.get().lastEpoch() : -1;
    List<DeviceEntry.Reason> reasons = List.of();
    if (said.isPresent()) {
      tallies.computeIfAbsent(said.get().network(), _ -> new NetworkTally()).add(said.get());
      last = epoch;
      reasons = reasons(said.get());
    }
    return new DeviceEntry(device, last, said.isPresent(), now, before.plus(now), reasons);
  }

  private static Tally tally(DeviceLines.Line line, Tally award) {
    return new Tally(
        line.accepted(),
        line.rejected(),
        line.faults(),
        line.charged(),
        line.paid(),
        award.awarded(),
        award.vested(),
        award.forfeited());
  }

  private List<DeviceEntry.Reason> reasons(DeviceLines.Line line) throws SQLException {
    List<DeviceEntry.Reason> reasons = new ArrayList<>(line.counts().size());
    for (DeviceLines.Count count : line.counts()) {
      reasons.add(new DeviceEntry.Reason(codes.number(count.code()), count.fault(), count.count()));
    }
    return reasons;
  }

  private void add(Sql.Batch blocks, DeviceEntry entry) throws SQLException {
    if (!pending.isEmpty() && !DeviceBlock.together(pending.getFirst().device(), entry.device())) {
      write(blocks);
    }
    pending.add(entry);
  }

  private void write(Sql.Batch blocks) throws SQLException {
    if (!pending.isEmpty()) {
      blocks.add(DeviceBlock.id(epoch, pending.getFirst().device()), DeviceBlock.encode(pending));
      pending.clear();
    }
  }
}
