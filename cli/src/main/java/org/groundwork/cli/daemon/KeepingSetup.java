package org.groundwork.cli.daemon;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.groundwork.networks.storage.customer.Budget;
import org.groundwork.protocol.Credits;

/**
 * How a customer's gateway keeps what it stored: a second configuration file beside {@link
 * CustomerSetup}, which need not be there.
 *
 * @param monthlyDollars most that a month may cost, such as "12.50"; "0" for no limit
 * @param warnPercent of it, from which on warnings are given
 * @param metadataSeconds time between two snapshots of the metadata into the network; 0 for never
 * @param auditSeconds time between two audits; 0 for never
 * @param auditStripes stripes of an audit
 * @param trashDays how long what nothing uses is kept before it is deleted
 * @param cacheMib most of what was read that is kept on this disk, in MiB; with 0 nothing is, and
 *     all that was stored is read from providers
 */
public record KeepingSetup(
    String monthlyDollars,
    int warnPercent,
    long metadataSeconds,
    long auditSeconds,
    int auditStripes,
    int trashDays,
    int cacheMib) {
  public static final String FILE = "keeping.json";

  /**
   * No budget, snapshots every five minutes, an audit of one stripe an hour, a week of trash, 4 GiB
   * of what was read.
   */
  public static final KeepingSetup DEFAULT = new KeepingSetup("0", 80, 300, 3600, 1, 7, 4096);

  public KeepingSetup {
    if (cacheMib < 0) {
      throw new IllegalArgumentException("cache_mib is 0 or more, not " + cacheMib);
    }
  }

  /** What a customer's folder says; what it does not say is as in {@link #DEFAULT}. */
  static KeepingSetup read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    return Files.exists(file) ? ConfigFile.read(file, DEFAULT) : DEFAULT;
  }

  /** The same, but all is read from providers. */
  public KeepingSetup withoutCache() {
    return new KeepingSetup(
        monthlyDollars, warnPercent, metadataSeconds, auditSeconds, auditStripes, trashDays, 0);
  }

  Budget.Limits limits() throws IOException {
    try {
      return new Budget.Limits(
          new Credits(
              new BigDecimal(monthlyDollars).movePointRight(Credits.DECIMALS).toBigIntegerExact()),
          warnPercent);
    } catch (ArithmeticException | IllegalArgumentException e) {
      throw new IOException(
          FILE + " says no budget with \"" + monthlyDollars + "\" and " + warnPercent + "%", e);
    }
  }
}
