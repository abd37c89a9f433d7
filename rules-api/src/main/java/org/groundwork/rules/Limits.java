package org.groundwork.rules;

/**
 * How much rules may say; part of the protocol, for all networks alike. Rules that say more stop
 * the verifier: they are broken, whatever a device sent.
 */
public final class Limits {
  /** Of one device in one epoch: the records that are looked at. */
  public static final int MAX_RECORDS = 1 << 16;

  /** Of one device in one epoch: the faults, the claims, and the slashes. */
  public static final int MAX_DEVICE_OUTPUTS = 1 << 16;

  /** About one group in one epoch: the claims that are looked at; the surplus is not. */
  public static final int MAX_CLAIMS = 1 << 16;

  /** Of one group in one epoch: the scores, and the amendments. */
  public static final int MAX_GROUP_OUTPUTS = 1 << 17;

  /** Of one claim, in bytes. */
  public static final int MAX_FACT = 1 << 16;

  private Limits() {}
}
