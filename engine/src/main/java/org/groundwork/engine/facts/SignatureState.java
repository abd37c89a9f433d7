package org.groundwork.engine.facts;

/** What a record's signature is worth. The numbers stand in facts files. */
public enum SignatureState {
  /** No key with the claimed hash was known when the facts were established. */
  KEY_UNKNOWN(0),
  /** Good under the key with the claimed hash. */
  GOOD(1),
  /** Not good under the key with the claimed hash. */
  BAD(2);

  private final int number;

  SignatureState(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  /** The state with this number. */
  public static SignatureState of(int number) {
    return switch (number) {
      case 0 -> KEY_UNKNOWN;
      case 1 -> GOOD;
      case 2 -> BAD;
      default -> throw new IllegalStateException("no state of a signature: " + number);
    };
  }
}
