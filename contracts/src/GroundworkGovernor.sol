// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Governor} from "@openzeppelin/contracts/governance/Governor.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {GovernorCountingSimple} from "@openzeppelin/contracts/governance/extensions/GovernorCountingSimple.sol";
import {GovernorPreventLateQuorum} from "@openzeppelin/contracts/governance/extensions/GovernorPreventLateQuorum.sol";
import {GovernorSettings} from "@openzeppelin/contracts/governance/extensions/GovernorSettings.sol";
import {GovernorTimelockControl} from "@openzeppelin/contracts/governance/extensions/GovernorTimelockControl.sol";
import {GovernorVotes} from "@openzeppelin/contracts/governance/extensions/GovernorVotes.sol";
import {
    GovernorVotesQuorumFraction
} from "@openzeppelin/contracts/governance/extensions/GovernorVotesQuorumFraction.sol";
import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";

/// @title Votes of token holders
/// @notice Proposals are decided by the votes that were delegated at their snapshot, in seconds of the token's clock, and
/// executed by the timelock. A quorum that is reached late prolongs the vote. Every setting has floor and ceiling here,
/// also for proposals that change it.
contract GroundworkGovernor is
    Governor,
    GovernorSettings,
    GovernorCountingSimple,
    GovernorVotes,
    GovernorVotesQuorumFraction,
    GovernorTimelockControl,
    GovernorPreventLateQuorum
{
    /// @notice Settings at deployment.
    /// @param votingDelay seconds from proposal to snapshot
    /// @param votingPeriod seconds of the vote
    /// @param proposalThreshold votes that a proposer needs
    /// @param quorumPercent of the supply at the snapshot: votes for and abstentions
    /// @param lateQuorumExtension seconds that a vote lasts at least after its quorum; at most `votingPeriod`
    struct Parameters {
        uint48 votingDelay;
        uint32 votingPeriod;
        uint256 proposalThreshold;
        uint256 quorumPercent;
        uint48 lateQuorumExtension;
    }

    uint48 public constant MAX_VOTING_DELAY = 30 days;
    uint32 public constant MIN_VOTING_PERIOD = 1 seconds;
    uint32 public constant MAX_VOTING_PERIOD = 30 days;
    uint256 public constant MIN_QUORUM_PERCENT = 1;
    uint256 public constant MAX_QUORUM_PERCENT = 50;
    uint48 public constant MIN_LATE_QUORUM_EXTENSION = 1 seconds;
    uint48 public constant MAX_LATE_QUORUM_EXTENSION = 30 days;

    /// @dev Of the supply at deployment.
    uint256 private constant MAX_THRESHOLD_PERCENT = 1;

    uint256 private immutable _maxProposalThreshold;

    /// @notice A setting outside the bounds that the code allows.
    error InvalidGovernorParameters();

    /// @notice The timelock names another governor.
    error WrongWiring();

    /// @dev The threshold is set last: its ceiling is not known to the constructors of the bases.
    constructor(IVotes token_, TimelockController timelock_, Parameters memory parameters)
        Governor("Groundwork")
        GovernorSettings(parameters.votingDelay, parameters.votingPeriod, 0)
        GovernorVotes(token_)
        GovernorVotesQuorumFraction(parameters.quorumPercent)
        GovernorTimelockControl(timelock_)
        GovernorPreventLateQuorum(parameters.lateQuorumExtension)
    {
        _maxProposalThreshold =
            IERC20(address(token_)).totalSupply() * MAX_THRESHOLD_PERCENT / 100;
        _setProposalThreshold(parameters.proposalThreshold);
        require(timelock_.hasRole(timelock_.PROPOSER_ROLE(), address(this)), WrongWiring());
    }

    /// @notice Ceiling of the proposal threshold: 1% of the supply at deployment.
    function maxProposalThreshold() public view returns (uint256) {
        return _maxProposalThreshold;
    }

    /// @inheritdoc Governor
    function state(uint256 proposalId) public view override(Governor, GovernorTimelockControl) returns (ProposalState) {
        return super.state(proposalId);
    }

    /// @inheritdoc Governor
    function proposalNeedsQueuing(uint256 proposalId)
        public
        view
        override(Governor, GovernorTimelockControl)
        returns (bool)
    {
        return super.proposalNeedsQueuing(proposalId);
    }

    /// @inheritdoc Governor
    function proposalThreshold() public view override(Governor, GovernorSettings) returns (uint256) {
        return super.proposalThreshold();
    }

    /// @inheritdoc GovernorPreventLateQuorum
    function proposalDeadline(uint256 proposalId)
        public
        view
        override(Governor, GovernorPreventLateQuorum)
        returns (uint256)
    {
        return super.proposalDeadline(proposalId);
    }

    function _setVotingDelay(uint48 value) internal override {
        require(value <= MAX_VOTING_DELAY, InvalidGovernorParameters());
        super._setVotingDelay(value);
    }

    function _setVotingPeriod(uint32 value) internal override {
        require(value >= MIN_VOTING_PERIOD && value <= MAX_VOTING_PERIOD, InvalidGovernorParameters());
        super._setVotingPeriod(value);
    }

    function _setProposalThreshold(uint256 value) internal override {
        require(value <= maxProposalThreshold(), InvalidGovernorParameters());
        super._setProposalThreshold(value);
    }

    function _updateQuorumNumerator(uint256 value) internal override {
        require(value >= MIN_QUORUM_PERCENT && value <= MAX_QUORUM_PERCENT, InvalidGovernorParameters());
        super._updateQuorumNumerator(value);
    }

    function _setLateQuorumVoteExtension(uint48 value) internal override {
        require(value >= MIN_LATE_QUORUM_EXTENSION && value <= MAX_LATE_QUORUM_EXTENSION, InvalidGovernorParameters());
        super._setLateQuorumVoteExtension(value);
    }

    function _tallyUpdated(uint256 proposalId) internal override(Governor, GovernorPreventLateQuorum) {
        super._tallyUpdated(proposalId);
    }

    function _queueOperations(
        uint256 proposalId,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(Governor, GovernorTimelockControl) returns (uint48) {
        return super._queueOperations(proposalId, targets, values, calldatas, descriptionHash);
    }

    function _executeOperations(
        uint256 proposalId,
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(Governor, GovernorTimelockControl) {
        super._executeOperations(proposalId, targets, values, calldatas, descriptionHash);
    }

    function _cancel(
        address[] memory targets,
        uint256[] memory values,
        bytes[] memory calldatas,
        bytes32 descriptionHash
    ) internal override(Governor, GovernorTimelockControl) returns (uint256) {
        return super._cancel(targets, values, calldatas, descriptionHash);
    }

    function _executor() internal view override(Governor, GovernorTimelockControl) returns (address) {
        return super._executor();
    }
}
