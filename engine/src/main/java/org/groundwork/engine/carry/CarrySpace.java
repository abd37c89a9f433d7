package org.groundwork.engine.carry;

/** Who keeps an entry. The numbers are part of the protocol. */
public enum CarrySpace {
  /** Device → the key and the owner of its last accepted Hello. */
  ACTIVATION(0),
  /** Device → what its network's rules keep about it. */
  DEVICE(1),
  /** Group → what its network's rules keep about it. */
  GROUP(2),
  /** Account → tokens paid to it, ever. */
  PAID(3),
  /** Reservation → credits charged to it. */
  RESERVATION(4),
  /** Reservation, deal → credits that the deal has charged. */
  DEAL(5),
  /** Reservation, session → credits that the session has charged. */
  SESSION(6),
  /** Kind of money (u8), account → tokens earned of that kind, ever. */
  EARNED(7),
  /** One byte, 0 → the verifiers' pool of a network, paid in the next result. */
  POOL(8),
  /** Subject of a SLASH leaf → tokens to take of its stake, ever. */
  SLASHED(9),
  /** Device → the epoch in which it was admitted to its network's bootstrap. */
  ADMITTED(10),
  /** Device, epoch → an award of bootstrap that is not payable yet. */
  AWARD(11),
  /** Account, session key → credits that vouchers of the key have charged. */
  SESSION_KEY(12);

  private static final CarrySpace[] ALL = values();
  private final int number;

  CarrySpace(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  /**
   * The space with this number.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static CarrySpace of(int number) {
    if (number >= ALL.length) {
      throw new IllegalArgumentException("no carry space " + number);
    }
    return ALL[number];
  }
}
