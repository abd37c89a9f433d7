package org.groundwork.settlement.abi;

/** Why a price checkpoint was not valid; in the order of the contract. */
public enum PriceDoubt {
  NONE,
  UNREADABLE,
  NOT_POSITIVE,
  STALE,
  APART
}
