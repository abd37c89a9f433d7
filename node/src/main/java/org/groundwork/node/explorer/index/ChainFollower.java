package org.groundwork.node.explorer.index;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.groundwork.node.explorer.database.Database;
import org.groundwork.node.explorer.database.Sql;
import org.groundwork.protocol.Hash;
import org.groundwork.settlement.Failure;
import org.groundwork.settlement.SettlementException;
import org.groundwork.settlement.abi.ContractEvent;
import org.groundwork.settlement.chain.ChainBlock;
import org.groundwork.settlement.rpc.LogEntry;

/**
 * Follows the chain's final blocks. Each step is one transaction, so that it goes on where it was;
 * when a block that was indexed is not on the chain any more, it goes back to the last that is.
 */
public final class ChainFollower {
  private static final String SYNCED = "synced";

  /** Most blocks of one step; fewer where they hold many events, which stand in memory. */
  private static final long MAX_WINDOW = 2000;

  private static final int MANY_EVENTS = 50_000;

  /** How many blocks without events are remembered, to find the last common one. */
  private static final long REMEMBERED = 256;

  private final Database database;
  private final ChainSource chain;
  private final EventCodec codec;
  private final long firstBlock;
  private long window = 64;

  /**
   * A follower.
   *
   * @param firstBlock no event is older
   */
  public ChainFollower(Database database, ChainSource chain, EventCodec codec, long firstBlock) {
    this.database = database;
    this.chain = chain;
    this.codec = codec;
    this.firstBlock = firstBlock;
  }

  /** What a step did. */
  public record Step(boolean more, boolean rewound, int events) {}

  /** The block up to which all is indexed; empty before the first. */
  public static Optional<ChainBlock> synced(Sql sql) throws SQLException {
    Optional<String> note = Database.meta(sql, SYNCED);
    return note.map(text -> {
      List<String> parts = List.of(text.split(" ", -1));
      return new ChainBlock(
          Long.parseLong(parts.get(0)), Hash.fromHex(parts.get(1)), Long.parseLong(parts.get(2)));
    });
  }

  /** Reads at most one window of blocks. */
  public Step step() throws IOException {
    Optional<ChainBlock> synced = database.read(ChainFollower::synced);
    ChainBlock head = chain.head();
    if (synced.isPresent() && !isStill(synced.get(), head)) {
      goBack(synced.get(), head);
      return new Step(true, true, 0);
    }
    long from = synced.map(block -> block.number() + 1).orElse(firstBlock);
    if (from > head.number()) {
      return new Step(false, false, 0);
    }
    long to = Math.min(head.number(), from + window - 1);
    List<LogEntry> logs = chain.logs(from, to);
    Map<Long, ChainBlock> blocks = new HashMap<>();
    List<Placed> events = new ArrayList<>();
    for (LogEntry log : logs) {
      ChainBlock block = block(log.blockNumber(), blocks);
      if (!block.hash().equals(log.blockHash())) {
        throw reorganised();
      }
      codec.decode(log, block.timestamp()).filter(ChainFollower::matters).ifPresent(events::add);
    }
    ChainBlock last = block(to, blocks);
    boolean there = synced.isEmpty() || isStill(synced.get(), head);
    if (!there || !chain.block(to).map(ChainBlock::hash).equals(Optional.of(last.hash()))) {
      throw reorganised();
    }
    database.change(sql -> write(sql, events, blocks, last));
    window =
        events.size() > MANY_EVENTS ? Math.max(1, window / 2) : Math.min(MAX_WINDOW, 2 * window);
    return new Step(to < head.number(), false, events.size());
  }

  private static SettlementException reorganised() {
    return new SettlementException(
        Failure.CHAIN_REORGANISED, "The chain changed while it was read; try again.");
  }

  private ChainBlock block(long number, Map<Long, ChainBlock> known) throws SettlementException {
    ChainBlock block = known.get(number);
    if (block == null) {
      block = chain.block(number).orElseThrow(ChainFollower::reorganised);
      known.put(number, block);
    }
    return block;
  }

  private boolean isStill(ChainBlock known, ChainBlock head) throws SettlementException {
    return known.number() <= head.number()
        && chain.block(known.number()).map(ChainBlock::hash).equals(Optional.of(known.hash()));
  }

  /** Approvals and the like say nothing that a page shows. */
  private static boolean matters(Placed placed) {
    return switch (placed.event()) {
      case ContractEvent.DeviceApproval _,
          ContractEvent.DeviceApprovalForAll _,
          ContractEvent.TokensApproved _,
          ContractEvent.DelegateVotesChanged _,
          ContractEvent.SigningDomainChanged _,
          ContractEvent.SlotRecorded _,
          ContractEvent.FeedAnswered _ ->
          false;
      // The first transfer mints the device's token; its registration says the same and more.
      case ContractEvent.DeviceMoved e -> !e.from().equals(org.groundwork.protocol.AccountId.ZERO);
      default -> true;
    };
  }

  private void write(Sql sql, List<Placed> events, Map<Long, ChainBlock> blocks, ChainBlock last)
      throws SQLException {
    try (Sql.Batch rows =
            sql.batch(
                "INSERT INTO event(place, at, tx, contract, title, topics, payload)"
                    + " VALUES (?, ?, ?, ?, ?, ?, ?)");
        Sql.Batch subjects = sql.batch("INSERT INTO event_subject(subject, place) VALUES (?, ?)");
        Sql.Batch headers =
            sql.batch("INSERT INTO block(number, hash, at, events) VALUES (?, ?, ?, ?)");
        ChainRows tables = new ChainRows(sql, codec)) {
      for (Placed placed : events) {
        rows.add(
            placed.place(),
            placed.at(),
            placed.transaction().toHex(),
            placed.contract(),
            placed.title(),
            EventCodec.topics(placed.log()),
            placed.log().data().toArray());
        for (String subject :
            EventFields.subjects(placed.event(), account -> codec.name(account).isPresent())) {
          subjects.add(subject, placed.place());
        }
        tables.apply(placed);
      }
      for (ChainBlock block : blocks.values()) {
        headers.add(
            block.number(),
            block.hash().toHex(),
            block.timestamp(),
            block.number() != last.number());
      }
      rows.flush();
      subjects.flush();
      headers.flush();
      tables.flush();
    }
    sql.run("DELETE FROM block WHERE events = FALSE AND number < ?", last.number() - REMEMBERED);
    note(sql, last);
  }

  private static void note(Sql sql, ChainBlock block) throws SQLException {
    Database.put(
        sql, SYNCED, block.number() + " " + block.hash().toHex() + " " + block.timestamp());
  }

  /** To the newest remembered block that is still on the chain. */
  private void goBack(ChainBlock synced, ChainBlock head) throws IOException {
    List<ChainBlock> remembered =
        database.read(sql ->
            sql.list(
                "SELECT number, hash, at FROM block WHERE number < ? ORDER BY number DESC",
                row -> new ChainBlock(row.number(1), Hash.fromHex(row.text(2)), row.number(3)),
                synced.number()));
    Optional<ChainBlock> common = Optional.empty();
    for (ChainBlock block : remembered) {
      if (isStill(block, head)) {
        common = Optional.of(block);
        break;
      }
    }
    Optional<ChainBlock> last = common;
    database.change(sql -> {
      rewind(sql, last.map(block -> Place.after(block.number())).orElse(0L));
      if (last.isPresent()) {
        note(sql, last.get());
      } else {
        sql.run("DELETE FROM meta WHERE item = ?", SYNCED);
      }
    });
  }

  /** Forgets all that stands at or behind a place. */
  private void rewind(Sql sql, long place) throws SQLException {
    CurrentState.forget(sql);
    List<String> devices =
        sql.list(
            "SELECT DISTINCT subject FROM event_subject WHERE place >= ? AND subject LIKE"
                + " 'device:%'",
            row -> row.text(1), place);
    for (String table :
        List.of(
            "event",
            "event_subject",
            "purchase",
            "claim",
            "reservation",
            "price",
            "link",
            "network",
            "rules",
            "device")) {
      sql.run("DELETE FROM " + table + " WHERE place >= ?", place);
    }
    sql.run("DELETE FROM block WHERE number >= ?", Place.block(place));
    sql.run("UPDATE reservation SET released_place = NULL WHERE released_place >= ?", place);
    sql.run(
        "UPDATE rules SET active_epoch = NULL, active_place = NULL WHERE active_place >= ?", place);
    ResultRows.rewind(sql, place);
    replay(sql, devices);
  }

  /** Devices that changed are made again from what is left; so are all operators and holds. */
  private void replay(Sql sql, List<String> devices) throws SQLException {
    try (ChainRows tables = new ChainRows(sql, codec)) {
      for (String device : devices) {
        sql.run("DELETE FROM device WHERE id = ?", Long.parseLong(device.substring(7)));
        List<Placed> events =
            sql.list(
                "SELECT e.place, e.at, e.tx, e.contract, e.topics, e.payload FROM event_subject s"
                    + " JOIN event e ON e.place = s.place WHERE s.subject = ? ORDER BY s.place",
                codec::read,
                device);
        for (Placed placed : events) {
          if (placed.title().startsWith("Device")) {
            tables.apply(placed);
          }
        }
      }
      tables.flush();
    }
    sql.run("DELETE FROM operator");
    sql.run("UPDATE result SET held = FALSE");
    List<Placed> events =
        sql.list(
            "SELECT "
                + EventCodec.COLUMNS
                + " FROM event WHERE title IN ('OperatorJoined',"
                + " 'StakeAdded', 'OperatorEndpointChanged', 'OperatorLeft', 'WeightChanged',"
                + " 'StakeSlashed', 'StakeWithdrawn', 'ResultHeld') ORDER BY place",
            codec::read);
    for (Placed placed : events) {
      if (!(placed.event() instanceof ContractEvent.ResultHeld) || !ResultRows.apply(sql, placed)) {
        OperatorRows.apply(sql, placed.event());
      }
    }
  }
}
