package org.groundwork.protocol;

/**
 * Evidence of demand: what a payer owes a seller in one session, counted from its start. Only the
 * highest one counts.
 *
 * @param session chosen by the payer, new for each session
 * @param cumulative credits since the session's start
 */
public record Voucher(
    DeploymentId deployment,
    NetworkId network,
    AccountId payer,
    AccountId seller,
    ReservationId reservation,
    Hash session,
    Credits cumulative) {
  private static final String TYPE =
      "Voucher(bytes32 deployment,uint32 network,address payer,address seller,"
          + "bytes32 reservation,bytes32 session,uint256 cumulative)";

  public Hash structHash() {
    return new TypedData(TYPE)
        .word(deployment.hash())
        .word(network.value())
        .word(payer)
        .word(seller)
        .word(reservation.hash())
        .word(session)
        .word(cumulative.value())
        .structHash();
  }

  public void write(CanonicalWriter out) {
    out.hash(deployment.hash())
        .u32(network.value())
        .account(payer)
        .account(seller)
        .hash(reservation.hash())
        .hash(session)
        .u256(cumulative.value());
  }

  public static Voucher read(CanonicalReader in) throws Malformed {
    try {
      return new Voucher(
          new DeploymentId(in.hash()),
          in.network(),
          in.account(),
          in.account(),
          new ReservationId(in.hash()),
          in.hash(),
          new Credits(in.u256()));
    } catch (IllegalArgumentException e) {
      throw new Malformed("not a voucher: " + e.getMessage());
    }
  }
}
