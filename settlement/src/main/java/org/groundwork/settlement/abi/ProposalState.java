package org.groundwork.settlement.abi;

/** Where a proposal stands; in the order of OpenZeppelin's governor. */
public enum ProposalState {
  PENDING,
  ACTIVE,
  CANCELED,
  DEFEATED,
  SUCCEEDED,
  QUEUED,
  EXPIRED,
  EXECUTED
}
