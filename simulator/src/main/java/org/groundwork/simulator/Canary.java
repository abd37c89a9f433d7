package org.groundwork.simulator;

/**
 * Bugs that a test asks for, to see that the simulation finds each. None of them is in the system.
 */
public enum Canary {
  /** The gateways' disks say that they forced what they did not. */
  FORGETFUL_DISK,
  /** The chain takes final blocks back. */
  FINAL_BLOCKS_TAKEN_BACK,
  /** One honest verifier judges by other rules. */
  OTHER_RULES,
  /** One honest verifier also signs something else. */
  SECOND_STATEMENT,
  /** A device has its customer's key, and signs vouchers for itself. */
  STOLEN_KEY,
  /** The contract forgets what it paid for claims. */
  CLAIMS_FORGOTTEN,
  /** The chain takes no results, without saying so. */
  RESULTS_IGNORED,
  /** A task throws what is not I/O. */
  BROKEN_STEP
}
