package org.groundwork.node.explorer.index;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.groundwork.node.explorer.database.Database;
import org.groundwork.node.explorer.database.Sql;
import org.groundwork.protocol.Malformed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the results that stand on chain, one epoch a transaction. What was indexed of a result
 * that does not stand any more goes, with all epochs after it. While one epoch is written, the
 * files of the next are fetched and checked.
 */
public final class EpochFollower {
  private static final Logger LOG = LoggerFactory.getLogger(EpochFollower.class);

  private final Database database;
  private final EpochFiles files;
  private final EventCodec codec;
  private final long periodEpochs;
  private final int priceHistory;
  private Optional<Registrations> registrations = Optional.empty();
  private Optional<Ahead> ahead = Optional.empty();

  /** What is published of a result; empty if nobody has it any more. */
  private record Fetched(Optional<EpochFiles.Published> published, Optional<Payments> payments) {}

  /** Files that are being fetched. */
  private record Ahead(Accepted result, FutureTask<Fetched> task) {}

  public EpochFollower(
      Database database, EpochFiles files, EventCodec codec, long periodEpochs, int priceHistory) {
    this.database = database;
    this.files = files;
    this.codec = codec;
    this.periodEpochs = Math.max(1, periodEpochs);
    this.priceHistory = priceHistory;
  }

  /** The newest indexed epoch. */
  public static OptionalLong newest(Sql sql) throws SQLException {
    Optional<Long> newest =
        sql.first("SELECT MAX(epoch) FROM indexed", row -> row.optional(1).orElse(-1L));
    return newest.isPresent() && newest.get() >= 0
        ? OptionalLong.of(newest.get())
        : OptionalLong.empty();
  }

  /** Devices or results on chain changed: what was remembered of them goes. */
  void forget() {
    registrations = Optional.empty();
  }

  /**
   * Removes epochs whose result does not stand any more.
   *
   * @return whether there were any
   */
  boolean removeStale() throws IOException {
    Optional<Long> stale =
        database.read(sql ->
            sql.first(
                "SELECT MIN(i.epoch) FROM indexed i WHERE NOT EXISTS (SELECT 1 FROM result r"
                    + " WHERE r.epoch = i.epoch AND r.hash = i.hash AND r.void_place IS NULL"
                    + " AND r.rolled_place IS NULL)",
                row -> row.optional(1).orElse(-1L)));
    if (stale.isEmpty() || stale.get() < 0) {
      return false;
    }
    database.change(sql -> EpochWriter.rewind(sql, stale.get(), periodEpochs));
    return true;
  }

  /**
   * Indexes the next epoch.
   *
   * @return whether there was one
   * @throws IOException if its files cannot be had now
   */
  boolean step() throws IOException {
    OptionalLong newest = database.read(EpochFollower::newest);
    Optional<Accepted> next = database.read(sql -> Accepted.after(sql, codec, newest.orElse(-1)));
    if (next.isEmpty()) {
      return false;
    }
    Accepted result = next.get();
    Fetched fetched = fetched(result);
    if (fetched.published().isEmpty() && !result.isFinal()) {
      throw new IOException("Nobody has the files of epoch " + result.epoch() + " yet.");
    }
    ahead =
        database.read(sql -> Accepted.after(sql, codec, result.epoch().value())).map(this::begin);
    database.change(sql -> write(sql, result, newest, fetched));
    return true;
  }

  private Ahead begin(Accepted result) {
    FutureTask<Fetched> task = new FutureTask<>(() -> fetch(result));
    Thread.ofPlatform().daemon().name("explorer-ahead").start(task);
    return new Ahead(result, task);
  }

  /** What was fetched ahead, if it is of this result and came whole; otherwise fetched now. */
  private Fetched fetched(Accepted result) throws IOException {
    Optional<Ahead> begun = ahead.filter(each -> each.result().equals(result));
    ahead = Optional.empty();
    if (begun.isPresent()) {
      try {
        return begun.get().task().get();
      } catch (ExecutionException e) {
        LOG.debug("what was fetched ahead of epoch {} failed", result.epoch(), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("The explorer ends.");
      }
    }
    return fetch(result);
  }

  private Fetched fetch(Accepted result) throws IOException {
    AtomicReference<Optional<Payments>> payments = new AtomicReference<>(Optional.empty());
    Optional<EpochFiles.Published> published =
        files.files(
            result.epoch(),
            result.hash(),
            EpochWriter.wanted(result),
            found -> payments.set(Optional.of(EpochWriter.check(result, found))));
    return new Fetched(published, payments.get());
  }

  private void write(Sql sql, Accepted result, OptionalLong newest, Fetched fetched)
      throws SQLException, IOException {
    if (registrations.isEmpty()) {
      registrations = Optional.of(new Registrations(sql));
    }
    EpochWriter writer =
        new EpochWriter(sql, result, periodEpochs, priceHistory, registrations.get());
    try {
      if (fetched.published().isPresent()) {
        writer.write(newest, fetched.published().get(), fetched.payments().orElseThrow());
      } else {
        writer.writeWithoutFiles(newest, newest.isPresent() ? newest.getAsLong() + 1 : 0);
      }
    } catch (Malformed e) {
      throw new IOException("files of epoch " + result.epoch() + " cannot be read", e);
    }
  }
}
