package org.groundwork.protocol;

/**
 * A {@link ScopeDeal} with its cells as their hash: all that a charge needs, in few bytes.
 *
 * @param nonce chosen by the payer, new for each deal
 * @param reservation made for the network's {@link NetworkPool}
 * @param cells as {@link ScopeDeal#hash} hashes them
 * @param rate credits a cell and epoch
 * @param cap most credits that the deal may charge in all
 * @param firstEpoch first epoch that may be charged
 * @param lastEpoch last epoch that may
 */
public record ScopeTerms(
    DeploymentId deployment,
    NetworkId network,
    Hash nonce,
    AccountId payer,
    ReservationId reservation,
    Hash cells,
    Credits rate,
    Credits cap,
    EpochNumber firstEpoch,
    EpochNumber lastEpoch) {
  static final String TYPE =
      "ScopeDeal(bytes32 deployment,uint32 network,bytes32 nonce,address payer,"
          + "bytes32 reservation,uint64[] cells,uint256 rate,uint256 cap,uint64 firstEpoch,"
          + "uint64 lastEpoch)";

  public ScopeTerms {
    if (firstEpoch.compareTo(lastEpoch) > 0) {
      throw new IllegalArgumentException("epochs " + firstEpoch + " to " + lastEpoch);
    }
  }

  /** The EIP-712 struct hash of the deal; its identity. */
  public Hash id() {
    return new TypedData(TYPE)
        .word(deployment.hash())
        .word(network.value())
        .word(nonce)
        .word(payer)
        .word(reservation.hash())
        .word(cells)
        .word(rate.value())
        .word(cap.value())
        .word(firstEpoch.value())
        .word(lastEpoch.value())
        .structHash();
  }

  /** The account for which the reservation must be made. */
  public AccountId pool() {
    return NetworkPool.of(deployment, network);
  }

  /** Whether the deal is for this epoch. */
  public boolean covers(EpochNumber epoch) {
    return firstEpoch.compareTo(epoch) <= 0 && epoch.compareTo(lastEpoch) <= 0;
  }

  public void write(CanonicalWriter out) {
    out.hash(deployment.hash())
        .u32(network.value())
        .hash(nonce)
        .account(payer)
        .hash(reservation.hash())
        .hash(cells)
        .u256(rate.value())
        .u256(cap.value())
        .u64(firstEpoch.value())
        .u64(lastEpoch.value());
  }

  public static ScopeTerms read(CanonicalReader in) throws Malformed {
    try {
      return new ScopeTerms(
          new DeploymentId(in.hash()),
          in.network(),
          in.hash(),
          in.account(),
          new ReservationId(in.hash()),
          in.hash(),
          new Credits(in.u256()),
          new Credits(in.u256()),
          new EpochNumber(in.count()),
          new EpochNumber(in.count()));
    } catch (IllegalArgumentException e) {
      throw new Malformed("not the terms of a scope: " + e.getMessage());
    }
  }
}
