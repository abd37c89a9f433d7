// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IAccessControl} from "@openzeppelin/contracts/access/IAccessControl.sol";
import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";
import {GroundworkGovernor} from "../src/GroundworkGovernor.sol";
import {GroundworkTimelock} from "../src/GroundworkTimelock.sol";
import {GroundworkToken} from "../src/GroundworkToken.sol";
import {Ballot} from "./support/Ballot.sol";

/// @notice Governor and timelock alone; what they decide about the other contracts is in Decisions.t.sol.
contract GovernanceTest is Ballot {
    uint256 private constant SUPPLY = 1_000_000e18;
    uint48 private constant VOTING_DELAY = 1 hours;
    uint32 private constant VOTING_PERIOD = 3 days;
    uint256 private constant THRESHOLD = 1_000e18;
    uint256 private constant QUORUM_PERCENT = 4;
    uint48 private constant EXTENSION = 1 days;
    uint256 private constant DELAY = 2 days;

    GroundworkToken private token;
    GroundworkTimelock private timelock;
    GroundworkGovernor private governor;
    address private holder;
    address private attacker;

    function setUp() public {
        vm.warp(1_800_000_000);
        holder = accountOf("holder");
        attacker = accountOf("attacker");
        token = new GroundworkToken("Groundwork", "GRND", address(1), address(this), SUPPLY);
        (timelock, governor) = _deployed(_parameters());
        token.transfer(holder, SUPPLY / 10);
        vm.prank(holder);
        token.delegate(holder);
        vm.warp(block.timestamp + 1);
    }

    // ---- roles and settings

    function test_theGovernorAloneProposesAndCancelsAndAnybodyExecutes() public {
        vm.assertTrue(timelock.hasRole(timelock.PROPOSER_ROLE(), address(governor)));
        vm.assertTrue(timelock.hasRole(timelock.CANCELLER_ROLE(), address(governor)));
        vm.assertTrue(timelock.hasRole(timelock.EXECUTOR_ROLE(), address(0)));
        vm.assertFalse(timelock.hasRole(timelock.DEFAULT_ADMIN_ROLE(), address(this)));
        vm.assertFalse(timelock.hasRole(timelock.DEFAULT_ADMIN_ROLE(), address(governor)));
        vm.assertTrue(timelock.hasRole(timelock.DEFAULT_ADMIN_ROLE(), address(timelock)));
        vm.assertFalse(timelock.hasRole(timelock.PROPOSER_ROLE(), address(0)));
        bytes32 role = timelock.PROPOSER_ROLE();
        vm.expectRevert(
            abi.encodeWithSelector(IAccessControl.AccessControlUnauthorizedAccount.selector, address(this), role)
        );
        timelock.schedule(address(token), 0, "", 0, 0, DELAY);
    }

    function test_theSettingsAreThoseOfTheConstructor() public view {
        vm.assertEq(governor.name(), "Groundwork");
        vm.assertEq(governor.CLOCK_MODE(), "mode=timestamp");
        vm.assertEq(governor.clock(), block.timestamp);
        vm.assertEq(governor.votingDelay(), VOTING_DELAY);
        vm.assertEq(governor.votingPeriod(), VOTING_PERIOD);
        vm.assertEq(governor.proposalThreshold(), THRESHOLD);
        vm.assertEq(governor.maxProposalThreshold(), SUPPLY / 100);
        vm.assertEq(governor.quorum(block.timestamp - 1), SUPPLY * QUORUM_PERCENT / 100);
        vm.assertEq(governor.lateQuorumVoteExtension(), EXTENSION);
        vm.assertEq(governor.timelock(), address(timelock));
        vm.assertEq(timelock.getMinDelay(), DELAY);
        vm.assertLt(address(governor).code.length, 24_576);
    }

    function test_theConstructorHoldsTheBounds() public {
        GroundworkGovernor.Parameters memory given = _parameters();
        given.votingDelay = 30 days + 1;
        _refused(given);
        given = _parameters();
        given.votingPeriod = 0;
        _refused(given);
        given.votingPeriod = 30 days + 1;
        _refused(given);
        given = _parameters();
        given.proposalThreshold = SUPPLY / 100 + 1;
        _refused(given);
        given = _parameters();
        given.quorumPercent = 0;
        _refused(given);
        given.quorumPercent = 51;
        _refused(given);
        given = _parameters();
        given.lateQuorumExtension = 0;
        _refused(given);
        given.lateQuorumExtension = 30 days + 1;
        _refused(given);
        _deployed(GroundworkGovernor.Parameters(30 days, 30 days, SUPPLY / 100, 50, 30 days));
        _deployed(GroundworkGovernor.Parameters(0, 1, 0, 1, 1));
        vm.expectRevert(GroundworkGovernor.WrongWiring.selector);
        new GroundworkGovernor(token, timelock, _parameters());
    }

    function test_votesMoveSettingsOnlyWithinTheirBounds() public {
        _setting(abi.encodeCall(governor.setVotingDelay, (30 days)));
        _settingRefused(abi.encodeCall(governor.setVotingDelay, (30 days + 1)));
        _setting(abi.encodeCall(governor.setVotingDelay, (0)));
        _setting(abi.encodeCall(governor.setVotingPeriod, (30 days)));
        _settingRefused(abi.encodeCall(governor.setVotingPeriod, (30 days + 1)));
        _settingRefused(abi.encodeCall(governor.setVotingPeriod, (0)));
        _setting(abi.encodeCall(governor.setLateQuorumVoteExtension, (30 days)));
        _settingRefused(abi.encodeCall(governor.setLateQuorumVoteExtension, (30 days + 1)));
        _settingRefused(abi.encodeCall(governor.setLateQuorumVoteExtension, (0)));
        _setting(abi.encodeCall(governor.setProposalThreshold, (SUPPLY / 100)));
        _settingRefused(abi.encodeCall(governor.setProposalThreshold, (SUPPLY / 100 + 1)));
        _setting(abi.encodeCall(governor.updateQuorumNumerator, (1)));
        _settingRefused(abi.encodeCall(governor.updateQuorumNumerator, (0)));
        _settingRefused(abi.encodeCall(governor.updateQuorumNumerator, (51)));
        vm.assertEq(governor.votingDelay(), 0);
        vm.assertEq(governor.votingPeriod(), 30 days);
        vm.assertEq(governor.lateQuorumVoteExtension(), 30 days);
        vm.assertEq(governor.proposalThreshold(), SUPPLY / 100);
        vm.assertEq(governor.quorumNumerator(), 1);
    }

    function test_nobodyMovesSettingsWithoutAVote() public {
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorOnlyExecutor.selector, address(this)));
        governor.setVotingDelay(0);
        vm.expectRevert(abi.encodeWithSelector(TimelockController.TimelockUnauthorizedCaller.selector, address(this)));
        timelock.updateDelay(1);
    }

    function test_theDelayStaysWithinItsBounds() public {
        _delayRefused(0);
        _delayRefused(30 days + 1);
        vm.expectRevert(GroundworkTimelock.InvalidGovernor.selector);
        new GroundworkTimelock(DELAY, address(0));
        new GroundworkTimelock(1, address(governor));
        new GroundworkTimelock(30 days, address(governor));

        Motion memory item = motion(governor, address(timelock), abi.encodeCall(timelock.updateDelay, (0)));
        carry(item, holder);
        vm.expectRevert(abi.encodeWithSelector(GroundworkTimelock.InvalidDelay.selector, 0));
        execute(item);
        item = motion(governor, address(timelock), abi.encodeCall(timelock.updateDelay, (30 days + 1)));
        carry(item, holder);
        vm.expectRevert(abi.encodeWithSelector(GroundworkTimelock.InvalidDelay.selector, 30 days + 1));
        execute(item);
        item = motion(governor, address(timelock), abi.encodeCall(timelock.updateDelay, (30 days)));
        carry(item, holder);
        execute(item);
        vm.assertEq(timelock.getMinDelay(), 30 days);
    }

    // ---- votes

    function test_whatCarriesWaitsForTheDelayAndIsExecutedByAnybody() public {
        Motion memory item = _motion();
        token.transfer(address(timelock), 7e18);
        propose(item, holder);
        openVote(item);
        castVote(item, holder, FOR);
        closeVote(item);
        queue(item);
        vm.warp(block.timestamp + DELAY - 1);
        bytes32 id = timelock.hashOperationBatch(
            item.targets, item.values, item.calls, 0, bytes20(address(governor)) ^ keccak256(bytes(item.description))
        );
        vm.expectRevert(
            abi.encodeWithSelector(
                TimelockController.TimelockUnexpectedOperationState.selector,
                id,
                1 << uint8(TimelockController.OperationState.Ready)
            )
        );
        execute(item);
        vm.warp(block.timestamp + 1);
        vm.prank(attacker);
        execute(item);
        vm.assertEq(token.balanceOf(holder), SUPPLY / 10 + 7e18);
        vm.assertEq(uint256(governor.state(item.id)), uint256(IGovernor.ProposalState.Executed));
    }

    function test_withoutQuorumNothingCarries() public {
        address small = accountOf("small");
        token.transfer(small, SUPPLY * QUORUM_PERCENT / 100 - 1);
        vm.prank(small);
        token.delegate(small);
        vm.warp(block.timestamp + 1);
        Motion memory item = _motion();
        propose(item, small);
        openVote(item);
        castVote(item, small, FOR);
        closeVote(item);
        vm.assertEq(uint256(governor.state(item.id)), uint256(IGovernor.ProposalState.Defeated));
    }

    /// @dev Borrowed in one block: votes are those of a past second.
    function test_A43_borrowedTokensNeitherProposeNorVote() public {
        token.transfer(attacker, SUPPLY / 2);
        vm.startPrank(attacker);
        token.delegate(attacker);
        Motion memory stolen = motion(governor, address(token), abi.encodeCall(token.transfer, (attacker, 1)));
        vm.expectRevert(
            abi.encodeWithSelector(IGovernor.GovernorInsufficientProposerVotes.selector, attacker, 0, THRESHOLD)
        );
        governor.propose(stolen.targets, stolen.values, stolen.calls, stolen.description);
        token.transfer(address(this), SUPPLY / 2);
        vm.stopPrank();

        Motion memory item = _motion();
        propose(item, holder);
        openVote(item);
        token.transfer(attacker, SUPPLY / 2);
        vm.assertEq(castVote(item, attacker, AGAINST), 0);
        vm.prank(attacker);
        token.transfer(address(this), SUPPLY / 2);
        castVote(item, holder, FOR);
        closeVote(item);
        vm.assertEq(uint256(governor.state(item.id)), uint256(IGovernor.ProposalState.Succeeded));
    }

    /// @dev Without a voting delay the snapshot is the proposal's own second: what is returned in it does not count.
    function test_A43_aSnapshotInTheSecondOfTheLoanSeesItReturned() public {
        _setting(abi.encodeCall(governor.setVotingDelay, (0)));
        vm.prank(attacker);
        token.delegate(attacker);
        vm.warp(block.timestamp + 1);
        Motion memory item = _motion();
        token.transfer(attacker, SUPPLY / 2);
        propose(item, holder);
        vm.prank(attacker);
        token.transfer(address(this), SUPPLY / 2);
        vm.assertEq(governor.proposalSnapshot(item.id), block.timestamp);
        openVote(item);
        vm.assertEq(castVote(item, attacker, AGAINST), 0);
    }

    /// @dev A whale that waits for the last second gives the others a day.
    function test_A43_aQuorumReachedLateProlongsTheVote() public {
        address others = accountOf("others");
        token.transfer(others, SUPPLY / 5);
        vm.prank(others);
        token.delegate(others);
        vm.warp(block.timestamp + 1);
        Motion memory item = _motion();
        propose(item, holder);
        uint256 deadline = governor.proposalDeadline(item.id);
        vm.warp(deadline);
        castVote(item, holder, FOR);
        vm.assertEq(governor.proposalDeadline(item.id), deadline + EXTENSION);
        vm.warp(deadline + EXTENSION);
        castVote(item, others, AGAINST);
        closeVote(item);
        vm.assertEq(uint256(governor.state(item.id)), uint256(IGovernor.ProposalState.Defeated));
    }

    function test_A43_aQuorumReachedEarlyProlongsNothing() public {
        Motion memory item = _motion();
        propose(item, holder);
        uint256 deadline = governor.proposalDeadline(item.id);
        openVote(item);
        castVote(item, holder, FOR);
        vm.assertEq(governor.proposalDeadline(item.id), deadline);
    }

    /// @dev One token, two votes: after voting the tokens or their delegation move on.
    function test_A34_votesOfTheSnapshotDoNotMoveWithTokensOrDelegates() public {
        Motion memory item = _motion();
        propose(item, holder);
        openVote(item);
        castVote(item, holder, FOR);
        vm.prank(holder);
        token.delegate(attacker);
        vm.assertEq(castVote(item, attacker, AGAINST), 0);
        vm.prank(holder);
        token.transfer(attacker, SUPPLY / 10);
        address second = accountOf("second");
        vm.prank(attacker);
        token.delegate(second);
        vm.assertEq(castVote(item, second, AGAINST), 0);
        vm.expectRevert(abi.encodeWithSelector(IGovernor.GovernorAlreadyCastVote.selector, holder));
        castVote(item, holder, AGAINST);
        (uint256 votesAgainst, uint256 votesFor,) = governor.proposalVotes(item.id);
        vm.assertEq(votesAgainst, 0);
        vm.assertEq(votesFor, SUPPLY / 10);
        closeVote(item);
        vm.assertEq(uint256(governor.state(item.id)), uint256(IGovernor.ProposalState.Succeeded));
    }

    function test_aProposerWithdrawsWhatIsNotVotedOnYet() public {
        Motion memory item = _motion();
        propose(item, holder);
        vm.prank(holder);
        governor.cancel(item.targets, item.values, item.calls, keccak256(bytes(item.description)));
        vm.assertEq(uint256(governor.state(item.id)), uint256(IGovernor.ProposalState.Canceled));
    }

    function _motion() private view returns (Motion memory) {
        return motion(governor, address(token), abi.encodeCall(token.transfer, (holder, 7e18)));
    }

    function _setting(bytes memory call) private {
        Motion memory item = motion(governor, address(governor), call);
        carry(item, holder);
        execute(item);
    }

    function _settingRefused(bytes memory call) private {
        Motion memory item = motion(governor, address(governor), call);
        carry(item, holder);
        vm.expectRevert(GroundworkGovernor.InvalidGovernorParameters.selector);
        execute(item);
    }

    function _deployed(GroundworkGovernor.Parameters memory given)
        private
        returns (GroundworkTimelock owner, GroundworkGovernor made)
    {
        owner = new GroundworkTimelock(DELAY, vm.computeCreateAddress(address(this), vm.getNonce(address(this)) + 1));
        made = new GroundworkGovernor(token, owner, given);
    }

    function _refused(GroundworkGovernor.Parameters memory given) private {
        vm.expectRevert(GroundworkGovernor.InvalidGovernorParameters.selector);
        new GroundworkGovernor(token, timelock, given);
    }

    function _delayRefused(uint256 delay) private {
        vm.expectRevert(abi.encodeWithSelector(GroundworkTimelock.InvalidDelay.selector, delay));
        new GroundworkTimelock(delay, address(governor));
    }

    function _parameters() private pure returns (GroundworkGovernor.Parameters memory) {
        return GroundworkGovernor.Parameters(VOTING_DELAY, VOTING_PERIOD, THRESHOLD, QUORUM_PERCENT, EXTENSION);
    }
}
