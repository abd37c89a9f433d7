package org.groundwork.protocol;

/** An account on the chain that settles: 20 bytes there, whatever the chain calls it. */
public record AccountId(Bytes bytes) implements Comparable<AccountId> {
  public static final int SIZE = 20;
  public static final AccountId ZERO = new AccountId(Bytes.wrap(new byte[SIZE]));

  public AccountId {
    if (bytes.size() != SIZE) {
      throw new IllegalArgumentException("an account has 20 bytes, not " + bytes.size());
    }
  }

  public static AccountId fromHex(String hex) {
    return new AccountId(Bytes.fromHex(hex));
  }

  /** The account as the subject of a money leaf: 12 zero bytes, then the account. */
  public Hash toSubject() {
    byte[] subject = new byte[Hash.SIZE];
    System.arraycopy(bytes.unsafeArray(), 0, subject, Hash.SIZE - SIZE, SIZE);
    return Hash.wrap(subject);
  }

  public String toHex() {
    return bytes.toHex();
  }

  @Override
  public int compareTo(AccountId other) {
    return bytes.compareTo(other.bytes);
  }

  @Override
  public String toString() {
    return bytes.toHex();
  }
}
