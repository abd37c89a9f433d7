package org.groundwork.settlement;

import java.util.Locale;

/** The closed set of what can go wrong on the way to the chain and back. */
public enum Failure {
  /** No answer: the endpoint cannot be reached. */
  RPC_UNREACHABLE,
  /** No complete answer within the deadline. */
  RPC_TIMEOUT,
  /** An answer that is not JSON-RPC, or says something impossible. */
  RPC_BAD_ANSWER,
  /** An answer above the size that is read. */
  RPC_TOO_LARGE,
  /** The endpoint answered with an error of its own. */
  RPC_REFUSED,
  /** A contract reverted. */
  CONTRACT_REVERTED,
  /** Only tried, as asked. */
  NOT_SENT,
  /** The deployment does without the contract that this needs. */
  CONTRACT_ABSENT,
  /** A transaction is not in a block within the deadline. */
  TRANSACTION_PENDING,
  /** Nothing may be started twice on one folder. */
  FOLDER_IN_USE,
  /** A file or folder of ours cannot be read or written. */
  FILE_UNUSABLE,
  /** Another program listens on the port. */
  PORT_IN_USE,
  /** Anvil is not installed or does not start. */
  ANVIL_MISSING,
  ANVIL_FAILED,
  /** The local chain's journal is damaged. */
  JOURNAL_CORRUPT,
  /** A replay of the local chain's journal gave other blocks than before. */
  REPLAY_DIFFERS,
  KEYSTORE_WRONG_PASSWORD,
  KEYSTORE_UNREADABLE,
  KEYSTORE_EXISTS,
  KEYSTORE_MISSING,
  PASSWORD_MISSING,
  /** Parameters of a deployment that the contracts would refuse. */
  PARAMETERS_REFUSED,
  /** The deployer's account was used by somebody else in the middle of a deployment. */
  DEPLOYER_NONCE_USED,
  /** A deployment step did not give the expected code. */
  DEPLOYMENT_FAILED,
  /** The chain is not the one of the deployment file. */
  DEPLOYMENT_MISMATCH,
  DEPLOYMENT_UNREADABLE,
  /** A part of the chain that was read before is gone. */
  CHAIN_REORGANISED,
  INTERRUPTED;

  /** The stable name, for instance {@code rpc-timeout}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
