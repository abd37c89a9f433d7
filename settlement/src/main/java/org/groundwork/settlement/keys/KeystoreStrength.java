package org.groundwork.settlement.keys;

/** How much work each guess of a password costs. */
public enum KeystoreStrength {
  /** About a second and 256 MiB, for keys worth something. */
  STANDARD(1 << 18, 1),
  /** Some milliseconds and 4 MiB, for tests and networks on one machine. */
  LIGHT(1 << 12, 1);

  private final int n;
  private final int p;

  KeystoreStrength(int n, int p) {
    this.n = n;
    this.p = p;
  }

  int n() {
    return n;
  }

  int p() {
    return p;
  }
}
