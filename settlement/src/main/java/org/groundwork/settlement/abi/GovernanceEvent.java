package org.groundwork.settlement.abi;

import java.math.BigInteger;
import java.util.List;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;

/** What OpenZeppelin's governor and timelock say has happened. */
public sealed interface GovernanceEvent extends ContractEvent.Governance {
  /** Governor. Times are Unix seconds; votes are tokens with 18 decimals. */
  @Solidity(
      "ProposalCreated(uint256 proposalId, address proposer, address[] targets, uint256[] values,"
          + " string[] signatures, bytes[] calldatas, uint256 voteStart, uint256 voteEnd,"
          + " string description)")
  record ProposalCreated(
      BigInteger proposalId,
      AccountId proposer,
      List<AccountId> targets,
      List<BigInteger> values,
      List<String> signatures,
      List<Bytes> calldatas,
      long voteStart,
      long voteEnd,
      String description)
      implements GovernanceEvent {
    public ProposalCreated {
      targets = List.copyOf(targets);
      values = List.copyOf(values);
      signatures = List.copyOf(signatures);
      calldatas = List.copyOf(calldatas);
    }
  }

  @Solidity("ProposalCanceled(uint256 proposalId)")
  record ProposalCanceled(BigInteger proposalId) implements GovernanceEvent {}

  @Solidity("ProposalExecuted(uint256 proposalId)")
  record ProposalExecuted(BigInteger proposalId) implements GovernanceEvent {}

  @Solidity("ProposalQueued(uint256 proposalId, uint256 etaSeconds)")
  record ProposalQueued(BigInteger proposalId, long etaSeconds) implements GovernanceEvent {}

  @Solidity("ProposalExtended(uint256 indexed proposalId, uint64 extendedDeadline)")
  record ProposalExtended(BigInteger proposalId, long extendedDeadline)
      implements GovernanceEvent {}

  @Solidity(
      "VoteCast(address indexed voter, uint256 proposalId, uint8 support, uint256 weight,"
          + " string reason)")
  record VoteCast(
      AccountId voter, BigInteger proposalId, int support, BigInteger weight, String reason)
      implements GovernanceEvent {}

  @Solidity(
      "VoteCastWithParams(address indexed voter, uint256 proposalId, uint8 support,"
          + " uint256 weight, string reason, bytes params)")
  record VoteCastWithParams(
      AccountId voter,
      BigInteger proposalId,
      int support,
      BigInteger weight,
      String reason,
      Bytes params)
      implements GovernanceEvent {}

  @Solidity("VotingDelaySet(uint256 oldVotingDelay, uint256 newVotingDelay)")
  record VotingDelaySet(long oldVotingDelay, long newVotingDelay) implements GovernanceEvent {}

  @Solidity("VotingPeriodSet(uint256 oldVotingPeriod, uint256 newVotingPeriod)")
  record VotingPeriodSet(long oldVotingPeriod, long newVotingPeriod) implements GovernanceEvent {}

  @Solidity("ProposalThresholdSet(uint256 oldProposalThreshold, uint256 newProposalThreshold)")
  record ProposalThresholdSet(BigInteger oldProposalThreshold, BigInteger newProposalThreshold)
      implements GovernanceEvent {}

  @Solidity("QuorumNumeratorUpdated(uint256 oldQuorumNumerator, uint256 newQuorumNumerator)")
  record QuorumNumeratorUpdated(long oldQuorumNumerator, long newQuorumNumerator)
      implements GovernanceEvent {}

  @Solidity("LateQuorumVoteExtensionSet(uint64 oldVoteExtension, uint64 newVoteExtension)")
  record LateQuorumVoteExtensionSet(long oldVoteExtension, long newVoteExtension)
      implements GovernanceEvent {}

  @Solidity("TimelockChange(address oldTimelock, address newTimelock)")
  record TimelockChange(AccountId oldTimelock, AccountId newTimelock) implements GovernanceEvent {}

  /** Timelock. */
  @Solidity(
      "CallScheduled(bytes32 indexed id, uint256 indexed index, address target, uint256 value,"
          + " bytes data, bytes32 predecessor, uint256 delay)")
  record CallScheduled(
      Hash id,
      long index,
      AccountId target,
      BigInteger value,
      Bytes data,
      Hash predecessor,
      long delay)
      implements GovernanceEvent {}

  @Solidity(
      "CallExecuted(bytes32 indexed id, uint256 indexed index, address target, uint256 value,"
          + " bytes data)")
  record CallExecuted(Hash id, long index, AccountId target, BigInteger value, Bytes data)
      implements GovernanceEvent {}

  @Solidity("CallSalt(bytes32 indexed id, bytes32 salt)")
  record CallSalt(Hash id, Hash salt) implements GovernanceEvent {}

  @Solidity("Cancelled(bytes32 indexed id)")
  record Cancelled(Hash id) implements GovernanceEvent {}

  @Solidity("MinDelayChange(uint256 oldDuration, uint256 newDuration)")
  record MinDelayChange(long oldDuration, long newDuration) implements GovernanceEvent {}

  @Solidity(
      "RoleAdminChanged(bytes32 indexed role, bytes32 indexed previousAdminRole,"
          + " bytes32 indexed newAdminRole)")
  record RoleAdminChanged(Hash role, Hash previousAdminRole, Hash newAdminRole)
      implements GovernanceEvent {}

  @Solidity("RoleGranted(bytes32 indexed role, address indexed account, address indexed sender)")
  record RoleGranted(Hash role, AccountId account, AccountId sender) implements GovernanceEvent {}

  @Solidity("RoleRevoked(bytes32 indexed role, address indexed account, address indexed sender)")
  record RoleRevoked(Hash role, AccountId account, AccountId sender) implements GovernanceEvent {}
}
