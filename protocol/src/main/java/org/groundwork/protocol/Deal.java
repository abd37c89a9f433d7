package org.groundwork.protocol;

/**
 * Evidence of demand, signed once by both sides: the payer as EIP-712, the device by reporting it.
 * Proven slots charge, failed slots cost nothing.
 *
 * @param seller the account that is paid: the device's owner
 * @param rate credits a proven slot
 * @param cap most credits that the deal may charge in all
 * @param startSlot first slot that may be charged
 * @param endSlot first slot that may not
 * @param terms what the network needs to know, in its own encoding
 */
public record Deal(
    DeploymentId deployment,
    NetworkId network,
    DeviceId device,
    AccountId payer,
    AccountId seller,
    ReservationId reservation,
    Credits rate,
    Credits cap,
    SlotNumber startSlot,
    SlotNumber endSlot,
    Bytes terms) {
  public static final int MAX_TERMS = 1024;

  private static final String TYPE =
      "Deal(bytes32 deployment,uint32 network,uint64 device,address payer,address seller,"
          + "bytes32 reservation,uint256 rate,uint256 cap,uint64 startSlot,uint64 endSlot,"
          + "bytes terms)";

  public Deal {
    if (startSlot.compareTo(endSlot) >= 0 || terms.size() > MAX_TERMS) {
      throw new IllegalArgumentException("a deal ends after it starts, with short terms");
    }
  }

  /** The EIP-712 struct hash; the deal's identity. */
  public Hash id() {
    return new TypedData(TYPE)
        .word(deployment.hash())
        .word(network.value())
        .word(device.value())
        .word(payer)
        .word(seller)
        .word(reservation.hash())
        .word(rate.value())
        .word(cap.value())
        .word(startSlot.value())
        .word(endSlot.value())
        .bytes(terms)
        .structHash();
  }

  public void write(CanonicalWriter out) {
    out.hash(deployment.hash())
        .u32(network.value())
        .u64(device.value())
        .account(payer)
        .account(seller)
        .hash(reservation.hash())
        .u256(rate.value())
        .u256(cap.value())
        .u64(startSlot.value())
        .u64(endSlot.value())
        .bytes(terms);
  }

  public static Deal read(CanonicalReader in) throws Malformed {
    try {
      return new Deal(
          new DeploymentId(in.hash()),
          in.network(),
          new DeviceId(in.count()),
          in.account(),
          in.account(),
          new ReservationId(in.hash()),
          new Credits(in.u256()),
          new Credits(in.u256()),
          new SlotNumber(in.count()),
          new SlotNumber(in.count()),
          in.bytes(MAX_TERMS));
    } catch (IllegalArgumentException e) {
      throw new Malformed("not a deal: " + e.getMessage());
    }
  }
}
