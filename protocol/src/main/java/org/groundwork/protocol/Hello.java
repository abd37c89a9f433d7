package org.groundwork.protocol;

/**
 * The report that makes a device active: its key signs over deployment, device (both in the body),
 * owner and a nonce. Moving owner or key needs a new one.
 */
public record Hello(AccountId owner, long nonce) {
  /** The first payload byte of a Hello, in every network. */
  public static final int TYPE = 0;

  public Bytes encode() {
    return new CanonicalWriter().u8(TYPE).account(owner).u64(nonce).toBytes();
  }

  public static Hello decode(Bytes payload) throws Malformed {
    CanonicalReader in = new CanonicalReader(payload);
    if (in.u8() != TYPE) {
      throw new Malformed("not a Hello");
    }
    Hello hello = new Hello(in.account(), in.u64());
    in.end();
    return hello;
  }
}
