package org.groundwork.engine.facts;

/** What a record's signature is worth. The numbers stand in facts files. */
public enum SignatureState {
  /** No key with the claimed hash was known when the facts were established. */
  KEY_UNKNOWN,
  /** Good under the key with the claimed hash. */
  GOOD,
  /** Not good under the key with the claimed hash. */
  BAD;

  private static final SignatureState[] ALL = values();

  static SignatureState of(int number) {
    return ALL[number];
  }
}
