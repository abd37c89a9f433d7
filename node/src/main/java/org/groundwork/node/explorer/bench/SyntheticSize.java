package org.groundwork.node.explorer.bench;

/**
 * How large a made-up deployment is.
 *
 * @param owners accounts among which devices are spread
 * @param payers customers
 * @param charges pieces of evidence of an epoch
 * @param relations pairs of payer and seller of an epoch
 */
public record SyntheticSize(
    int devices, int epochs, int owners, int payers, int charges, int relations) {
  public SyntheticSize {
    if (devices < 1 || epochs < 1 || owners < 1 || payers < 1 || relations < 1) {
      throw new IllegalArgumentException("a deployment without anything");
    }
  }

  /** A twentieth as many owners as devices, a tenth as many charges. */
  public static SyntheticSize of(int devices, int epochs) {
    return new SyntheticSize(
        devices,
        epochs,
        Math.max(1, devices / 20),
        200,
        Math.max(1, devices / 10),
        Math.clamp(devices / 10, 1, 5_000));
  }

  long owner(long device) {
    return device * 31 % owners;
  }
}
