// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Council} from "../src/Council.sol";
import {ICouncil} from "../src/interfaces/ICouncil.sol";
import {IResults} from "../src/interfaces/IResults.sol";
import {MoneyLeaf} from "../src/libraries/MoneyLeaf.sol";
import {Disputes} from "./Disputes.sol";

contract CouncilTest is Disputes {
    uint256 private constant DECISION = uint256(SLOTS_PER_EPOCH) * SLOT_SECONDS;

    // ---- seats

    function test_theCouncilIsThatOfTheConstructor() public view {
        (address[] memory members, uint48 until) = council.council();
        vm.assertEq(keccak256(abi.encode(members)), keccak256(abi.encode(councillors())));
        vm.assertEq(until, GENESIS - 1_000 + 365 days);
        vm.assertEq(council.bond(), BOND);
        vm.assertEq(council.councilSlots(), SLOTS_PER_EPOCH);
        vm.assertEq(council.owner(), address(timelock));
        vm.assertEq(council.disputeCount(), 0);
    }

    function test_theConstructorHoldsTheBounds() public {
        _refused(1e18 - 1, 1);
        _refused(1e24 + 1, 1);
        _refused(1e18, 0);
        _refused(1e18, 100_001);
        _new(1e18, 1);
        _new(1e24, 100_000);
    }

    function test_theOwnerElectsThreeToFifteenForATerm() public {
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, address(this)));
        council.elect(_candidates(3), 1 hours);
        _electionRefused(_candidates(2), 1 hours);
        _electionRefused(_candidates(16), 1 hours);
        _electionRefused(_candidates(3), 1 hours - 1);
        _electionRefused(_candidates(3), 366 days + 1);
        _elect(_candidates(3), 1 hours);
        vm.expectEmit(address(council));
        emit ICouncil.CouncilElected(_candidates(15), uint48(block.timestamp + 366 days));
        _elect(_candidates(15), 366 days);
        (address[] memory members, uint48 until) = council.council();
        vm.assertEq(members.length, 15);
        vm.assertEq(members[14], _candidates(15)[14]);
        vm.assertEq(until, block.timestamp + 366 days);
    }

    function test_aSeatIsForOneKnownAccountThatIsNoVerifier() public {
        address[] memory list = _candidates(4);
        list[3] = list[1];
        _memberRefused(list, list[1]);
        list[3] = address(0);
        _memberRefused(list, address(0));
        list[3] = vm.addr(verifierKeys[0]);
        _memberRefused(list, list[3]);
        list[3] = gateway;
        _elect(list, 1 hours);
    }

    function test_theOwnerSetsTheBondWithinItsBounds() public {
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, address(this)));
        council.setBond(1e18);
        vm.startPrank(address(timelock));
        vm.expectRevert(ICouncil.InvalidCouncilParameters.selector);
        council.setBond(1e18 - 1);
        vm.expectRevert(ICouncil.InvalidCouncilParameters.selector);
        council.setBond(1e24 + 1);
        council.setBond(1e18);
        vm.expectEmit(address(council));
        emit ICouncil.DisputeBondSet(1e24);
        council.setBond(1e24);
        vm.stopPrank();
        vm.assertEq(council.bond(), 1e24);
    }

    // ---- disputes

    function test_aDisputeTakesTheBondAndHoldsTheResult() public {
        bytes32 hash = results.hashResult(submitRoot("wrong"));
        fund(disputer, BOND, address(council));
        vm.expectEmit(address(council));
        emit ICouncil.DisputeOpened(1, 0, hash, disputer, BOND, EVIDENCE, REASON);
        vm.prank(disputer);
        uint256 id = council.dispute(0, EVIDENCE, REASON);
        vm.assertEq(id, 1);
        vm.assertEq(council.disputeCount(), 1);
        vm.assertEq(council.disputeIdOf(hash), 1);
        vm.assertEq(token.balanceOf(address(council)), BOND);
        ICouncil.Dispute memory item = council.disputeOf(1);
        vm.assertEq(item.epoch, 0);
        vm.assertEq(item.resultHash, hash);
        vm.assertEq(item.disputer, disputer);
        vm.assertEq(item.bond, BOND);
        vm.assertEq(item.deadline, block.timestamp + DECISION);
        vm.assertEq(item.members, COUNCILLORS);
        vm.assertEq(item.state, OPEN);
        vm.assertTrue(results.isHeld(0));
        makeFinal();
        (, bytes32 finalHash,) = results.finalised();
        vm.assertEq(finalHash, 0);
    }

    function test_refusesDisputesWithoutReasonOrWindow() public {
        vm.expectRevert(abi.encodeWithSelector(ICouncil.NotDisputable.selector, 0));
        council.dispute(0, EVIDENCE, REASON);
        submitRoot("root");
        vm.expectRevert(ICouncil.InvalidReason.selector);
        council.dispute(0, EVIDENCE, "");
        vm.expectRevert(ICouncil.InvalidReason.selector);
        council.dispute(0, EVIDENCE, string(new bytes(1_025)));
        vm.warp(block.timestamp + uint256(DISPUTE_SLOTS) * SLOT_SECONDS);
        vm.expectRevert(abi.encodeWithSelector(ICouncil.NotDisputable.selector, 0));
        council.dispute(0, EVIDENCE, REASON);
        vm.warp(block.timestamp - 1);
        openDispute(0);
    }

    function test_voidResultsAreNotDisputed() public {
        vm.warp(clock.commitDeadlineOf(1));
        submitRoot("wrong");
        submitRoot("child");
        voidResult(0);
        fund(disputer, BOND, address(council));
        vm.prank(disputer);
        vm.expectRevert(abi.encodeWithSelector(IResults.NotPending.selector, 1));
        council.dispute(1, EVIDENCE, REASON);
    }

    function test_aResultIsDisputedOnce() public {
        bytes32 hash = results.hashResult(submitRoot("root"));
        uint256 id = openDispute(0);
        vm.expectRevert(abi.encodeWithSelector(ICouncil.AlreadyDisputed.selector, hash));
        council.dispute(0, EVIDENCE, REASON);
        voteBy(0, id, false);
        voteBy(1, id, false);
        vm.expectRevert(abi.encodeWithSelector(ICouncil.AlreadyDisputed.selector, hash));
        council.dispute(0, EVIDENCE, REASON);
    }

    /// @dev The whole way of a wrong result: its sums and its descendants' go, and the epochs are computed anew.
    function test_anUpheldDisputeVoidsTheResultAndItsDescendantsWhichAreComputedAnew() public {
        IResults.Total[] memory totals = new IResults.Total[](1);
        totals[0] = IResults.Total(MoneyLeaf.TREASURY, 0, 5e18);
        vm.warp(clock.commitDeadlineOf(2));
        submitTotals("good", totals);
        IResults.Result memory wrong = submitTotals("wrong", totals);
        IResults.Result memory child = submitTotals("child", totals);
        vm.assertEq(results.authorised(MoneyLeaf.TREASURY, 0), 15e18);

        uint256 id = openDispute(1);
        vm.expectEmit(address(council));
        emit ICouncil.CouncilVoted(id, councillors()[0], true, REASON);
        voteBy(0, id, true);
        vm.assertFalse(results.isVoided(results.hashResult(wrong)));
        vm.expectEmit(address(council));
        emit ICouncil.DisputeClosed(id, 1, results.hashResult(wrong), true);
        voteBy(2, id, true);
        vm.assertEq(council.disputeOf(id).state, UPHELD);
        vm.assertEq(council.disputeOf(id).votesFor, 2);
        vm.assertEq(token.balanceOf(disputer), BOND);
        vm.assertTrue(results.isVoided(results.hashResult(wrong)));
        vm.assertFalse(results.isVoided(results.hashResult(child)));
        vm.assertEq(results.attempt(), 1);

        IResults.Result memory tooEarly = nextResult(keccak256("right"), totals);
        vm.expectRevert(abi.encodeWithSelector(IResults.RollbackPending.selector, 1));
        results.submit(tooEarly, new bytes[](0));
        vm.expectRevert(abi.encodeWithSelector(IResults.NotHead.selector, results.hashResult(wrong)));
        results.rollback(wrong);
        results.rollback(child);
        results.rollback(wrong);
        vm.assertEq(results.authorised(MoneyLeaf.TREASURY, 0), 5e18);

        vm.assertEq(submitTotals("right", totals).attempt, 1);
        vm.assertEq(submitTotals("right child", totals).attempt, 1);
        makeFinal();
        (uint64 epoch,, bytes32 root) = results.finalised();
        vm.assertEq(epoch, 2);
        vm.assertEq(root, keccak256("right child"));
        vm.assertEq(results.finalMintable(), 15e18);
    }

    function test_aRejectedDisputeBurnsTheBondAndLetsTheResultGo() public {
        bytes32 hash = results.hashResult(submitRoot("right"));
        uint256 id = openDispute(0);
        uint256 supply = token.totalSupply();
        voteBy(0, id, false);
        vm.assertTrue(results.isHeld(0));
        vm.expectEmit(address(council));
        emit ICouncil.DisputeClosed(id, 0, hash, false);
        voteBy(1, id, false);
        vm.assertFalse(results.isHeld(0));
        vm.assertEq(council.disputeOf(id).state, REJECTED);
        vm.assertEq(token.totalSupply(), supply - BOND);
        vm.assertEq(token.balanceOf(disputer), 0);
        vm.assertEq(token.balanceOf(address(council)), 0);
        vm.assertFalse(results.isVoided(hash));
        makeFinal();
        (, bytes32 finalHash,) = results.finalised();
        vm.assertEq(finalHash, hash);
    }

    function test_aDisputeThatNobodyDecidesExpiresAndBurnsTheBond() public {
        bytes32 hash = results.hashResult(submitRoot("right"));
        uint256 id = openDispute(0);
        voteBy(0, id, true);
        uint256 supply = token.totalSupply();
        vm.warp(block.timestamp + DECISION);
        vm.expectRevert(abi.encodeWithSelector(ICouncil.StillOpen.selector, id));
        council.expire(id);
        vm.warp(block.timestamp + 1);
        vm.expectRevert(abi.encodeWithSelector(ICouncil.NotOpen.selector, id));
        voteBy(1, id, true);
        vm.prank(accountOf("anybody"));
        council.expire(id);
        vm.assertEq(council.disputeOf(id).state, REJECTED);
        vm.assertEq(token.totalSupply(), supply - BOND);
        vm.expectRevert(abi.encodeWithSelector(ICouncil.NotOpen.selector, id));
        council.expire(id);
        vm.assertEq(results.finalise(1), 1);
        (, bytes32 finalHash,) = results.finalised();
        vm.assertEq(finalHash, hash);
    }

    function test_theLastSecondStillCounts() public {
        submitRoot("wrong");
        uint256 id = openDispute(0);
        voteBy(0, id, true);
        vm.warp(block.timestamp + DECISION);
        voteBy(1, id, true);
        vm.assertEq(council.disputeOf(id).state, UPHELD);
    }

    function test_refusesVotesThatDoNotCount() public {
        submitRoot("root");
        uint256 id = openDispute(0);
        address stranger = accountOf("stranger");
        vm.prank(stranger);
        vm.expectRevert(abi.encodeWithSelector(ICouncil.NotMember.selector, stranger));
        council.vote(id, true, REASON);
        vm.startPrank(councillors()[0]);
        vm.expectRevert(ICouncil.InvalidReason.selector);
        council.vote(id, true, "");
        vm.expectRevert(ICouncil.InvalidReason.selector);
        council.vote(id, true, string(new bytes(1_025)));
        vm.expectRevert(abi.encodeWithSelector(ICouncil.NotOpen.selector, id + 1));
        council.vote(id + 1, true, REASON);
        council.vote(id, true, string(new bytes(1_024)));
        vm.expectRevert(abi.encodeWithSelector(ICouncil.AlreadyVoted.selector, id, councillors()[0]));
        council.vote(id, true, REASON);
        vm.stopPrank();
        voteBy(1, id, true);
        vm.expectRevert(abi.encodeWithSelector(ICouncil.NotOpen.selector, id));
        voteBy(2, id, true);
    }

    /// @dev The first side that cannot be overtaken decides, whatever the seats and the order of the votes.
    function testFuzz_moreThanHalfOfTheSeatsVoid(uint8 seats, uint16 votes) public {
        uint256 count = bound(seats, 3, 15);
        address[] memory members = _candidates(count);
        _elect(members, 365 days);
        submitRoot("root");
        uint256 id = openDispute(0);
        uint256 votesFor = 0;
        uint256 votesAgainst = 0;
        for (uint256 i = 0; i < count; ++i) {
            bool forVoid = votes >> i & 1 == 1;
            vm.prank(members[i]);
            council.vote(id, forVoid, REASON);
            forVoid ? ++votesFor : ++votesAgainst;
            uint8 state = council.disputeOf(id).state;
            if (votesFor > count - votesFor) {
                vm.assertEq(state, UPHELD);
                break;
            } else if (count - votesAgainst <= votesAgainst) {
                vm.assertEq(state, REJECTED);
                break;
            }
            vm.assertEq(state, OPEN);
        }
        vm.assertTrue(council.disputeOf(id).state != OPEN);
        vm.assertEq(token.balanceOf(address(council)), 0);
    }

    // ---- descendants

    function test_aDisputeWhoseResultWentWithItsParentGivesTheBondBack() public {
        vm.warp(clock.commitDeadlineOf(1));
        IResults.Result memory parent = submitRoot("wrong");
        IResults.Result memory child = submitRoot("child");
        uint256 id = openDispute(1);
        voidResult(0);
        vm.expectRevert(abi.encodeWithSelector(ICouncil.NotOpen.selector, id));
        voteBy(0, id, false);
        results.rollback(child);
        results.rollback(parent);
        submitRoot("right");
        submitRoot("right child");
        vm.assertFalse(results.isHeld(1));
        vm.expectRevert(abi.encodeWithSelector(ICouncil.NotOpen.selector, id));
        voteBy(0, id, false);

        uint256 balance = token.balanceOf(disputer);
        uint256 second = openDispute(1);
        council.expire(id);
        vm.assertEq(council.disputeOf(id).state, UPHELD);
        vm.assertEq(token.balanceOf(disputer), balance + BOND);
        vm.assertTrue(results.isHeld(1));
        vm.assertFalse(results.isVoided(results.hashResult(child)));
        vm.assertEq(council.disputeOf(second).state, OPEN);
    }

    function test_aParentIsVoidedAlsoWhileItsDescendantsAreRolledBack() public {
        vm.warp(clock.commitDeadlineOf(1));
        IResults.Result memory parent = submitRoot("wrong");
        IResults.Result memory child = submitRoot("child");
        uint256 id = openDispute(0);
        voidResult(1);
        voteBy(0, id, true);
        voteBy(1, id, true);
        vm.assertEq(results.attempt(), 2);
        results.rollback(child);
        results.rollback(parent);
        vm.assertEq(submitRoot("right").attempt, 2);
    }

    // ---- terms

    /// @dev No power without an end: after the term only newly elected members decide.
    function test_A49_aTermEnds() public {
        _elect(councillors(), 2 hours);
        vm.warp(clock.commitDeadlineOf(0));
        (, uint48 until) = council.council();
        submitRoot("wrong");
        uint256 id = openDispute(0);
        vm.warp(until - 1);
        voteBy(0, id, true);
        vm.warp(until);
        vm.expectRevert(abi.encodeWithSelector(ICouncil.NotMember.selector, councillors()[1]));
        voteBy(1, id, true);
        address[] memory members = _candidates(3);
        _elect(members, 1 hours);
        vm.expectRevert(abi.encodeWithSelector(ICouncil.NotMember.selector, councillors()[1]));
        voteBy(1, id, true);
        vm.prank(members[0]);
        council.vote(id, true, REASON);
        vm.assertEq(council.disputeOf(id).state, UPHELD);
    }

    function test_openDisputesKeepTheirSeats() public {
        submitRoot("wrong");
        uint256 id = openDispute(0);
        address[] memory members = _candidates(15);
        _elect(members, 1 days);
        vm.prank(members[0]);
        council.vote(id, true, REASON);
        vm.assertEq(council.disputeOf(id).state, OPEN);
        vm.prank(members[1]);
        council.vote(id, true, REASON);
        vm.assertEq(council.disputeOf(id).state, UPHELD);
    }

    // ---- no verifiers

    function test_aMemberThatBecomesAnOperatorLosesItsVote() public {
        address member = councillors()[0];
        vm.warp(GENESIS + 1);
        join(VERIFIER, member, accountOf("signer"), STAKE);
        submitRoot("wrong");
        uint256 id = openDispute(0);
        vm.expectRevert(abi.encodeWithSelector(ICouncil.NotMember.selector, member));
        voteBy(0, id, true);
        vm.prank(member);
        operators.leave(VERIFIER);
        vm.expectRevert(abi.encodeWithSelector(ICouncil.NotMember.selector, member));
        voteBy(0, id, true);
        address[] memory list = councillors();
        _memberRefused(list, member);
    }

    /// @dev A verifier that names a member as its signer, unasked, silences nobody.
    function test_whoIsNamedAsSignerKeepsItsVoteUntilItIsShownToSign() public {
        address member = councillors()[0];
        vm.warp(GENESIS + 1);
        join(VERIFIER, accountOf("operator"), member, STAKE);
        _elect(councillors(), 1 days);
        IResults.Result memory result = submitRoot("wrong");
        uint256 id = openDispute(0);
        voteBy(0, id, true);

        bytes memory signed = signResult(keyOf("councillor 1"), result);
        join(VERIFIER, accountOf("other operator"), councillors()[1], STAKE);
        vm.expectEmit(address(council));
        emit ICouncil.SignerShown(councillors()[1], results.hashResult(result));
        vm.assertEq(council.showSigner(result, signed), councillors()[1]);
        vm.expectRevert(abi.encodeWithSelector(ICouncil.NotMember.selector, councillors()[1]));
        voteBy(1, id, true);
        _memberRefused(councillors(), councillors()[1]);

        vm.prank(accountOf("other operator"));
        operators.leave(VERIFIER);
        voteBy(1, id, true);
        vm.assertEq(council.disputeOf(id).state, UPHELD);
    }

    function test_aSignerIsShownByItsSignatureAlone() public {
        IResults.Result memory result = submitRoot("root");
        bytes memory signed = signResult(verifierKeys[0], result);
        signed[64] = 0x05;
        vm.expectRevert(ICouncil.InvalidSignature.selector);
        council.showSigner(result, signed);
        vm.expectRevert(ICouncil.InvalidSignature.selector);
        council.showSigner(result, "");
    }

    function _new(uint256 bond, uint32 slots) private {
        new Council(token, clock, operators, results, address(timelock), bond, slots, councillors(), 1 days);
    }

    function _refused(uint256 bond, uint32 slots) private {
        vm.expectRevert(ICouncil.InvalidCouncilParameters.selector);
        _new(bond, slots);
    }

    function _elect(address[] memory members, uint32 term) private {
        vm.prank(address(timelock));
        council.elect(members, term);
    }

    function _electionRefused(address[] memory members, uint32 term) private {
        vm.expectRevert(ICouncil.InvalidCouncilParameters.selector);
        _elect(members, term);
    }

    function _memberRefused(address[] memory members, address member) private {
        vm.expectRevert(abi.encodeWithSelector(ICouncil.InvalidMember.selector, member));
        _elect(members, 1 hours);
    }

    function _candidates(uint256 count) private pure returns (address[] memory list) {
        list = new address[](count);
        for (uint256 i = 0; i < count; ++i) {
            list[i] = accountOf(string.concat("candidate ", vm.toString(i)));
        }
    }
}
