package org.groundwork.networks.storage.customer;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import org.groundwork.agent.DurableLog;
import org.groundwork.networks.storage.s3.ObjectStoreException;
import org.groundwork.networks.storage.wire.Prices;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Malformed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a customer lets a month cost: all that is stored, kept for a month of 30 days at its deals'
 * rates, and what was read in this month (UTC). At the limit nothing new is stored and nothing is
 * read; what is there is kept: renewals and repairs are never refused. Safe for many threads.
 */
public final class Budget implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Budget.class);
  private static final Duration MONTH = Duration.ofDays(30);
  private static final int VERSION = 1;
  private static final int PERCENT = 100;

  /**
   * A customer's limits.
   *
   * @param monthly most credits in a month; zero for no limit
   * @param warnPercent of it, from which on warnings are given
   */
  public record Limits(Credits monthly, int warnPercent) {
    public static final Limits NONE = new Limits(Credits.ZERO, 80);

    public Limits {
      if (warnPercent < 1 || warnPercent > PERCENT) {
        throw new IllegalArgumentException("a warning is due from 1 to 100 percent");
      }
    }
  }

  /** How far a month has come. */
  public enum Alarm {
    NONE,
    WARNING,
    LIMIT
  }

  /**
   * How much of the month's budget is used.
   *
   * @param storage what a month of all that is stored costs
   * @param egress what was paid for reading in this month
   */
  public record Status(
      YearMonth month, Credits storage, Credits egress, Limits limits, Alarm alarm) {
    public Credits total() {
      return storage.plus(egress);
    }
  }

  private final Limits limits;
  private final long monthSlots;
  private final InstantSource clock;
  private final DurableLog log;
  private Credits rate = Credits.ZERO;
  private YearMonth month;
  private Credits egress = Credits.ZERO;
  private Alarm told = Alarm.NONE;

  public Budget(Path file, Limits limits, EpochSchedule schedule, InstantSource clock)
      throws IOException {
    this.limits = limits;
    this.clock = clock;
    monthSlots = Math.max(1, MONTH.toSeconds() / schedule.slotSeconds());
    month = now();
    DurableLog.Opened opened = DurableLog.open(file);
    log = opened.log();
    try {
      for (Bytes record : opened.records()) {
        read(record);
      }
    } catch (Malformed e) {
      throw new IOException(file + " is damaged", e);
    }
    log.rewrite(List.of(record()));
  }

  /** Sets the rate of all that is stored. */
  synchronized void restart(Credits allRates) {
    rate = allRates;
    tell();
  }

  /** A deal runs from now on. */
  synchronized void stored(Credits dealRate) {
    rate = rate.plus(dealRate);
    tell();
  }

  /** A deal is over. */
  synchronized void ended(Credits dealRate) {
    rate = rate.minus(rate.min(dealRate));
  }

  /** Something was read and paid. */
  synchronized void read(Credits paid) throws IOException {
    turn();
    egress = egress.plus(paid);
    log.append(record());
    tell();
  }

  /**
   * Whether a further rate fits into the budget.
   *
   * @throws ObjectStoreException.ReservationExhausted if it does not
   */
  synchronized void requireStorage(Credits more) throws ObjectStoreException {
    turn();
    require(Prices.times(rate.plus(more), monthSlots).plus(egress));
  }

  /**
   * Whether there is anything left to read with.
   *
   * @throws ObjectStoreException.ReservationExhausted if there is not
   */
  synchronized void requireReading() throws ObjectStoreException {
    turn();
    require(Prices.times(rate, monthSlots).plus(egress));
  }

  public synchronized Status status() {
    turn();
    Credits storage = Prices.times(rate, monthSlots);
    return new Status(month, storage, egress, limits, alarm(storage.plus(egress)));
  }

  @Override
  public synchronized void close() throws IOException {
    log.force();
    log.close();
  }

  private void require(Credits total) throws ObjectStoreException {
    if (!limits.monthly().isZero() && total.compareTo(limits.monthly()) > 0) {
      throw new ObjectStoreException.ReservationExhausted(
          "The budget of "
              + limits.monthly()
              + " credits a month is used up (with this, "
              + total
              + "); raise it, delete something, or wait for the next month.");
    }
  }

  private Alarm alarm(Credits total) {
    if (limits.monthly().isZero()) {
      return Alarm.NONE;
    }
    if (total.compareTo(limits.monthly()) >= 0) {
      return Alarm.LIMIT;
    }
    BigInteger warnAt = limits.monthly().value().multiply(BigInteger.valueOf(limits.warnPercent()));
    return total.value().multiply(BigInteger.valueOf(PERCENT)).compareTo(warnAt) >= 0
        ? Alarm.WARNING
        : Alarm.NONE;
  }

  /** Says once for each step up that it was made. */
  private void tell() {
    Status status = status();
    if (status.alarm().compareTo(told) > 0) {
      LOG.warn(
          "Budget of {}: {} of {} credits are spoken for (storage {}, reading {})",
          month,
          status.total(),
          limits.monthly(),
          status.storage(),
          egress);
    }
    told = status.alarm();
  }

  private YearMonth now() {
    return YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC));
  }

  private void turn() {
    YearMonth now = now();
    if (!now.equals(month)) {
      month = now;
      egress = Credits.ZERO;
      told = Alarm.NONE;
    }
  }

  private Bytes record() {
    return new CanonicalWriter()
        .u8(VERSION)
        .u32(month.getYear())
        .u8(month.getMonthValue())
        .u256(egress.value())
        .toBytes();
  }

  private void read(Bytes encoded) throws Malformed {
    CanonicalReader in = new CanonicalReader(encoded);
    if (in.u8() != VERSION) {
      throw new Malformed("unknown version of a budget");
    }
    long year = in.u32();
    int number = in.u8();
    if (year > 9999 || number < 1 || number > 12) {
      throw new Malformed("no month " + year + "-" + number);
    }
    Credits paid = new Credits(in.u256());
    in.end();
    if (YearMonth.of((int) year, number).equals(month)) {
      egress = paid;
    }
  }
}
