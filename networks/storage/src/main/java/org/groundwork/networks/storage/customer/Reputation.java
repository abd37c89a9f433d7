package org.groundwork.networks.storage.customer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.groundwork.agent.DurableLog;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Malformed;

/**
 * How well providers did when this customer audited them: a beta reputation that forgets, as
 * Storj's satellite/reputation has it. After each audit {@code alpha = l * alpha + [good]} and
 * {@code beta = l * beta + [bad]}; the score is {@code alpha / (alpha + beta)}. What nobody can
 * tell apart from an accident (timeouts, odd answers) counts in a second score that forgets faster.
 *
 * <p>It chooses whom this customer trusts with new pieces, and never what anybody is paid. On disk
 * before it counts. Safe for many threads.
 */
final class Reputation implements AutoCloseable {
  private static final int VERSION = 1;
  private static final double START = 1000;
  private static final double MEMORY = 0.999;
  private static final double MEMORY_UNKNOWN = 0.95;
  private static final double TRUSTED = 0.96;
  private static final double TRUSTED_UNKNOWN = 0.6;

  /** The log is written anew when it has so many records for each provider. */
  private static final int RECORDS_EACH = 64;

  /**
   * A provider's standing.
   *
   * @param audits how many counted
   * @param contained timeouts in a row; the third is a failure
   */
  record Standing(
      double alpha, double beta, double knownAlpha, double knownBeta, long audits, int contained) {
    static final Standing NEW = new Standing(START, 0, 1, 0, 0, 0);
    private static final int MOST_CONTAINED = 3;

    double score() {
      return alpha / (alpha + beta);
    }

    double unknownScore() {
      return knownAlpha / (knownAlpha + knownBeta);
    }

    boolean isTrusted() {
      return score() >= TRUSTED && unknownScore() >= TRUSTED_UNKNOWN;
    }

    Standing after(Finding finding) {
      return switch (finding) {
        case GOOD -> counted(1, 0).known(1, 0);
        case ALTERED, DAMAGED, NOT_FOUND -> counted(0, 1).known(1, 0);
        case OFFLINE -> this; // seen when it is asked to store; no word about what it holds
        case TIMEOUT ->
            contained + 1 >= MOST_CONTAINED
                ? counted(0, 1)
                : new Standing(alpha, beta, knownAlpha, knownBeta, audits, contained + 1);
        case UNKNOWN -> known(0, 1);
      };
    }

    private Standing counted(int good, int bad) {
      return new Standing(
          MEMORY * alpha + good, MEMORY * beta + bad, knownAlpha, knownBeta, audits + 1, 0);
    }

    private Standing known(int good, int bad) {
      return new Standing(
          alpha,
          beta,
          MEMORY_UNKNOWN * knownAlpha + good,
          MEMORY_UNKNOWN * knownBeta + bad,
          audits,
          contained);
    }
  }

  private final DurableLog log;
  private final Map<DeviceId, Standing> standings = new TreeMap<>();
  private int records;

  Reputation(Path file) throws IOException {
    DurableLog.Opened opened = DurableLog.open(file);
    log = opened.log();
    try {
      for (Bytes record : opened.records()) {
        read(record);
      }
    } catch (Malformed e) {
      throw new IOException(file + " is damaged", e);
    }
    records = opened.records().size();
  }

  synchronized Standing of(DeviceId device) {
    return standings.getOrDefault(device, Standing.NEW);
  }

  synchronized Map<DeviceId, Standing> all() {
    return new TreeMap<>(standings);
  }

  synchronized void note(DeviceId device, Finding finding) throws IOException {
    Standing next = of(device).after(finding);
    log.append(write(device, next));
    log.force();
    standings.put(device, next);
    if (++records > RECORDS_EACH * standings.size()) {
      log.rewrite(
          standings.entrySet().stream()
              .map(entry -> write(entry.getKey(), entry.getValue()))
              .toList());
      records = standings.size();
    }
  }

  @Override
  public synchronized void close() throws IOException {
    log.close();
  }

  private static Bytes write(DeviceId device, Standing standing) {
    return new CanonicalWriter()
        .u8(VERSION)
        .u64(device.value())
        .u64(Double.doubleToLongBits(standing.alpha()))
        .u64(Double.doubleToLongBits(standing.beta()))
        .u64(Double.doubleToLongBits(standing.knownAlpha()))
        .u64(Double.doubleToLongBits(standing.knownBeta()))
        .u64(standing.audits())
        .u8(standing.contained())
        .toBytes();
  }

  private void read(Bytes record) throws Malformed {
    CanonicalReader in = new CanonicalReader(record);
    if (in.u8() != VERSION) {
      throw new Malformed("unknown version of a standing");
    }
    DeviceId device = new DeviceId(in.count());
    standings.put(
        device, new Standing(number(in), number(in), number(in), number(in), in.count(), in.u8()));
    in.end();
  }

  private static double number(CanonicalReader in) throws Malformed {
    double value = Double.longBitsToDouble(in.u64());
    if (!Double.isFinite(value) || value < 0) {
      throw new Malformed("not a weight: " + value);
    }
    return value;
  }
}
