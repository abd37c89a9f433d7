package org.groundwork.networks.storage.bench;

/**
 * A measured rate beside the limit that was measured in turns with it.
 *
 * @param rate what we reach, per second
 * @param limit what the machine allows, per second, in the same unit
 * @param ratio rate / limit
 */
public record BenchResult(double rate, double limit, double ratio, String unit) {
  static BenchResult of(double rate, double limit, String unit) {
    return new BenchResult(rate, limit, rate / limit, unit);
  }
}
