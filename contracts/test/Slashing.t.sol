// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {Slashing} from "../src/Slashing.sol";
import {IOperators} from "../src/interfaces/IOperators.sol";
import {IResults} from "../src/interfaces/IResults.sol";
import {ISlashing} from "../src/interfaces/ISlashing.sol";
import {Disputes} from "./Disputes.sol";

contract SlashingTest is Disputes {
    uint256 private constant APPEAL = uint256(SLOTS_PER_EPOCH) * SLOT_SECONDS;
    uint8 private constant PENDING = 1;
    uint8 private constant BURNED = 2;
    uint8 private constant PARDONED = 3;

    address private reporter;
    address private verifier;

    function setUp() public override {
        super.setUp();
        reporter = accountOf("reporter");
        verifier = vm.addr(verifierKeys[0]);
    }

    function test_theConstructorHoldsTheBounds() public {
        vm.assertEq(slashing.appealSlots(), SLOTS_PER_EPOCH);
        vm.assertEq(slashing.owner(), address(timelock));
        vm.assertEq(slashing.seizureCount(), 0);
        vm.expectRevert(ISlashing.InvalidSlashingParameters.selector);
        _new(0);
        vm.expectRevert(ISlashing.InvalidSlashingParameters.selector);
        _new(100_001);
        vm.assertEq(_new(1).appealSlots(), 1);
        vm.assertEq(_new(100_000).appealSlots(), 100_000);
    }

    // ---- equivocation

    function test_A41_twoResultsOfOneEpochCostAllOfTheStake() public {
        (IResults.Result memory first, IResults.Result memory second) = _contradiction();
        uint256 supply = token.totalSupply();
        vm.expectEmit(address(slashing));
        emit ISlashing.EquivocationProved(0, verifier, verifier, STAKE, reporter, STAKE / 4);
        _report(first, second);
        vm.assertEq(token.balanceOf(reporter), STAKE / 4);
        vm.assertEq(token.totalSupply(), supply - STAKE * 3 / 4);
        vm.assertEq(token.balanceOf(address(slashing)), 0);
        vm.assertEq(operators.slashable(VERIFIER, verifier), 0);
        vm.assertEq(operators.stakeAt(VERIFIER, verifier, block.timestamp), 0);
        vm.assertEq(operators.members(VERIFIER).length, VERIFIERS - 1);
    }

    /// @dev One pair costs one stake: what is staked later was not there to be lost.
    function test_A41_theSameContradictionIsPunishedOnce() public {
        (IResults.Result memory first, IResults.Result memory second) = _contradiction();
        _report(first, second);
        join(VERIFIER, verifier, verifier, STAKE);
        bytes32 offence = keccak256(abi.encode(first.deployment, first.epoch, first.attempt, first.closeBlock));
        IResults.Result memory third = first;
        third.moneyRoot = keccak256("third");
        bytes memory one = signResult(verifierKeys[0], second);
        bytes memory other = signResult(verifierKeys[0], third);
        vm.expectRevert(abi.encodeWithSelector(ISlashing.AlreadySlashed.selector, offence, verifier));
        slashing.equivocation(second, one, third, other);
    }

    function test_A41_leavingDoesNotHelp() public {
        vm.prank(verifier);
        operators.leave(VERIFIER);
        (IResults.Result memory first, IResults.Result memory second) = _contradiction();
        _report(first, second);
        vm.assertEq(operators.exitOf(VERIFIER, verifier).amount, 0);
        vm.assertEq(token.balanceOf(reporter), STAKE / 4);
    }

    function test_A41_eachPartOfTheStatementCounts() public {
        (IResults.Result memory first,) = _contradiction();
        for (uint256 i = 0; i < 5; ++i) {
            IResults.Result memory second = _copy(first);
            if (i == 0) second.parent = keccak256("other");
            if (i == 1) second.inputs = keccak256("other");
            if (i == 2) second.rules = keccak256("other");
            if (i == 3) second.carryRoot = keccak256("other");
            if (i == 4) second.totals = totalsOf(NETWORK, 0, 0, 0);
            address signer = vm.addr(verifierKeys[i % VERIFIERS]);
            if (i == 4) join(VERIFIER, signer, signer, STAKE);
            if (i == 4) second.closeBlock = first.closeBlock = keccak256("another block");
            _reportBy(i % VERIFIERS, first, second);
            vm.assertEq(operators.slashable(VERIFIER, signer), 0);
        }
    }

    function test_resultsThatMayBothBeSignedContradictNothing() public {
        (IResults.Result memory first, IResults.Result memory second) = _contradiction();
        _noContradiction(first, first);
        second.epoch = 1;
        _noContradiction(first, second);
        second.epoch = 0;
        second.attempt = 1;
        _noContradiction(first, second);
        second.attempt = 0;
        second.closeBlock = keccak256("other");
        _noContradiction(first, second);
        second.closeBlock = first.closeBlock;
        second.deployment = keccak256("other");
        _noContradiction(first, second);
        first.deployment = second.deployment;
        _noContradiction(first, second);
    }

    function test_bothSignaturesAreOfOneSigner() public {
        (IResults.Result memory first, IResults.Result memory second) = _contradiction();
        bytes memory one = signResult(verifierKeys[0], first);
        bytes memory other = signResult(verifierKeys[1], second);
        vm.expectRevert(ISlashing.InvalidSignature.selector);
        slashing.equivocation(first, one, second, other);
        vm.expectRevert(ISlashing.InvalidSignature.selector);
        slashing.equivocation(first, one, second, "");
        vm.expectRevert(ISlashing.InvalidSignature.selector);
        slashing.equivocation(first, "", second, one);
        vm.expectRevert(ISlashing.InvalidSignature.selector);
        slashing.equivocation(first, one, second, one);
    }

    function test_whoHasNoStakeHasNothingToLose() public {
        (IResults.Result memory first, IResults.Result memory second) = _contradiction();
        uint256 key = keyOf("stranger");
        bytes memory one = signResult(key, first);
        bytes memory other = signResult(key, second);
        vm.expectRevert(abi.encodeWithSelector(ISlashing.NothingToSlash.selector, vm.addr(key)));
        slashing.equivocation(first, one, second, other);
    }

    function testFuzz_A41_theReporterNeverGetsMoreThanAQuarter(uint96 more) public {
        uint256 stake = STAKE + bound(more, 1, 1e26);
        fund(verifier, stake - STAKE, address(operators));
        vm.prank(verifier);
        operators.addStake(VERIFIER, stake - STAKE);
        uint256 supply = token.totalSupply();
        (IResults.Result memory first, IResults.Result memory second) = _contradiction();
        _report(first, second);
        uint256 share = token.balanceOf(reporter);
        vm.assertLe(4 * share, stake);
        vm.assertGt(4 * (share + 1), stake);
        vm.assertEq(token.totalSupply(), supply - stake + share);
    }

    // ---- signatures under void results

    function test_aSignerOfAVoidResultLosesHalfAfterTheAppeal() public {
        (IResults.Result memory wrong, uint256 dispute) = _voided();
        bytes32 hash = results.hashResult(wrong);
        uint256 supply = token.totalSupply();
        uint48 ripeAt = uint48(block.timestamp + APPEAL);
        bytes memory signed = signResult(verifierKeys[0], wrong);
        vm.expectEmit(address(slashing));
        emit ISlashing.SignerOfVoidSeized(1, hash, verifier, verifier, STAKE / 2, ripeAt);
        vm.prank(reporter);
        uint256 id = slashing.signedVoid(wrong, signed);
        vm.assertEq(slashing.seizureCount(), 1);
        ISlashing.Seizure memory item = slashing.seizure(id);
        vm.assertEq(item.operator, verifier);
        vm.assertEq(item.amount, STAKE / 2);
        vm.assertEq(item.ripeAt, ripeAt);
        vm.assertEq(item.disputer, council.disputeOf(dispute).disputer);
        vm.assertEq(item.state, PENDING);
        vm.assertEq(operators.slashable(VERIFIER, verifier), STAKE / 2);
        vm.assertEq(operators.stakeAt(VERIFIER, verifier, block.timestamp), 0);
        vm.assertEq(token.balanceOf(address(slashing)), STAKE / 2);
        vm.assertEq(token.totalSupply(), supply);

        vm.warp(ripeAt - 1);
        vm.expectRevert(abi.encodeWithSelector(ISlashing.NotPendingSeizure.selector, id));
        slashing.execute(id);
        vm.warp(ripeAt);
        vm.expectEmit(address(slashing));
        emit ISlashing.SeizureClosed(id, verifier, false, "");
        vm.prank(accountOf("anybody"));
        slashing.execute(id);
        vm.assertEq(slashing.seizure(id).state, BURNED);
        vm.assertEq(token.balanceOf(disputer), BOND + STAKE / 8);
        vm.assertEq(token.balanceOf(reporter), 0);
        vm.assertEq(token.totalSupply(), supply - STAKE * 3 / 8);
        vm.assertEq(token.balanceOf(address(slashing)), 0);
        vm.expectRevert(abi.encodeWithSelector(ISlashing.NotPendingSeizure.selector, id));
        slashing.execute(id);
        vm.prank(address(timelock));
        vm.expectRevert(abi.encodeWithSelector(ISlashing.NotPendingSeizure.selector, id));
        slashing.pardon(id, REASON);
    }

    function test_A19_everySignerOfAVoidResultIsSeizedOnce() public {
        (IResults.Result memory wrong,) = _voided();
        bytes32 hash = results.hashResult(wrong);
        for (uint256 i = 0; i < 3; ++i) {
            slashing.signedVoid(wrong, signResult(verifierKeys[i], wrong));
        }
        vm.assertEq(token.balanceOf(address(slashing)), 3 * STAKE / 2);
        bytes memory again = signResult(verifierKeys[0], wrong);
        vm.expectRevert(abi.encodeWithSelector(ISlashing.AlreadySlashed.selector, hash, verifier));
        slashing.signedVoid(wrong, again);
    }

    /// @dev Who computed on from a wrong parent did nothing wrong.
    function test_signersOfDescendantsAreNotSlashed() public {
        vm.warp(clock.commitDeadlineOf(1));
        submitRoot("wrong");
        IResults.Result memory child = submitRoot("child");
        voidResult(0);
        bytes memory signed = signResult(verifierKeys[0], child);
        bytes32 hash = results.hashResult(child);
        vm.expectRevert(abi.encodeWithSelector(ISlashing.NotVoided.selector, hash));
        slashing.signedVoid(child, signed);
    }

    function test_onlyVoidResultsAndTheirSignersAreSeized() public {
        IResults.Result memory root = submitRoot("root");
        bytes memory signed = signResult(verifierKeys[0], root);
        bytes32 hash = results.hashResult(root);
        vm.expectRevert(abi.encodeWithSelector(ISlashing.NotVoided.selector, hash));
        slashing.signedVoid(root, signed);
        uint256 id = openDispute(0);
        voteBy(0, id, false);
        voteBy(1, id, false);
        vm.expectRevert(abi.encodeWithSelector(ISlashing.NotVoided.selector, hash));
        slashing.signedVoid(root, signed);

        makeFinal();
        IResults.Result memory wrong = submitRoot("wrong");
        voidResult(1);
        vm.expectRevert(ISlashing.InvalidSignature.selector);
        slashing.signedVoid(wrong, "");
        signed = signResult(keyOf("stranger"), wrong);
        vm.expectRevert(abi.encodeWithSelector(ISlashing.NothingToSlash.selector, accountOf("stranger")));
        slashing.signedVoid(wrong, signed);
    }

    function test_A49_theOwnerPardonsWithAReasonUntilItIsExecuted() public {
        (IResults.Result memory wrong,) = _voided();
        uint256 id = slashing.signedVoid(wrong, signResult(verifierKeys[0], wrong));
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, address(this)));
        slashing.pardon(id, REASON);
        vm.startPrank(address(timelock));
        vm.expectRevert(ISlashing.InvalidReason.selector);
        slashing.pardon(id, "");
        vm.expectRevert(ISlashing.InvalidReason.selector);
        slashing.pardon(id, string(new bytes(1_025)));
        vm.expectRevert(abi.encodeWithSelector(ISlashing.NotPendingSeizure.selector, id + 1));
        slashing.pardon(id + 1, REASON);
        vm.expectEmit(address(slashing));
        emit ISlashing.SeizureClosed(id, verifier, true, REASON);
        slashing.pardon(id, REASON);
        vm.expectRevert(abi.encodeWithSelector(ISlashing.NotPendingSeizure.selector, id));
        slashing.pardon(id, REASON);
        vm.stopPrank();
        vm.assertEq(slashing.seizure(id).state, PARDONED);
        vm.assertEq(token.balanceOf(verifier), STAKE / 2);
        vm.assertEq(token.balanceOf(address(slashing)), 0);
        vm.warp(block.timestamp + APPEAL);
        vm.expectRevert(abi.encodeWithSelector(ISlashing.NotPendingSeizure.selector, id));
        slashing.execute(id);
    }

    // ---- promises

    function test_aBrokenPromiseCostsATenthOfTheGatewaysStake() public {
        ISlashing.GatewayPromise memory given = _promise(keyOf("gateway"));
        bytes[] memory signed = _accused(given, 3);
        uint256 supply = token.totalSupply();
        vm.expectEmit(address(slashing));
        emit ISlashing.PromiseBroken(0, gateway, gateway, given.report, STAKE / 10);
        slashing.brokenPromise(gateway, given, signed);
        vm.assertEq(operators.slashable(GATEWAY, gateway), STAKE * 9 / 10);
        vm.assertEq(token.totalSupply(), supply - STAKE / 10);
        vm.assertEq(token.balanceOf(address(slashing)), 0);

        bytes32 offence = _brokenHash(given.report);
        vm.expectRevert(abi.encodeWithSelector(ISlashing.AlreadySlashed.selector, offence, gateway));
        slashing.brokenPromise(gateway, given, signed);
    }

    function test_theBrokenPromiseDigestIsStandardEip712() public view {
        bytes32 report = keccak256("report");
        vm.assertEq(
            slashing.brokenPromiseDigest(0, gateway, report),
            MessageHashUtils.toTypedDataHash(registry.domainSeparator(), _brokenHash(report))
        );
    }

    function test_aPromiseIsCalledBrokenByMoreThanTwoThirdsOfTheVerifiers() public {
        ISlashing.GatewayPromise memory given = _promise(keyOf("gateway"));
        bytes[] memory signed = _accused(given, 2);
        vm.expectRevert(abi.encodeWithSelector(ISlashing.QuorumNotReached.selector, 2 * STAKE, 4 * STAKE));
        slashing.brokenPromise(gateway, given, signed);
        signed = new bytes[](1);
        signed[0] = sign(keyOf("stranger"), slashing.brokenPromiseDigest(0, gateway, given.report));
        vm.expectRevert(abi.encodeWithSelector(IResults.SignerNotStaked.selector, accountOf("stranger")));
        slashing.brokenPromise(gateway, given, signed);
    }

    /// @dev Six equal stakes: four of them are exactly two thirds.
    function test_exactlyTwoThirdsDoNotCallAPromiseBroken() public {
        vm.warp(GENESIS + 1);
        join(VERIFIER, accountOf("fifth"), accountOf("fifth"), STAKE);
        join(VERIFIER, accountOf("sixth"), accountOf("sixth"), STAKE);
        ISlashing.GatewayPromise memory given = _promise(keyOf("gateway"));
        given.slot = SLOTS_PER_EPOCH;
        given.signature = sign(keyOf("gateway"), _promiseDigest(given.slot, _batch()));
        vm.warp(clock.commitDeadlineOf(1));
        bytes[] memory signed = signatures(slashing.brokenPromiseDigest(1, gateway, given.report), 4);
        vm.expectRevert(abi.encodeWithSelector(ISlashing.QuorumNotReached.selector, 4 * STAKE, 6 * STAKE));
        slashing.brokenPromise(gateway, given, signed);
    }

    function test_aPromiseCanBeKeptUntilTheCommitDeadline() public {
        ISlashing.GatewayPromise memory given = _promise(keyOf("gateway"));
        bytes[] memory signed = _accused(given, 3);
        vm.warp(clock.commitDeadlineOf(0) - 1);
        vm.expectRevert(abi.encodeWithSelector(ISlashing.CommitDeadlineNotPassed.selector, 0));
        slashing.brokenPromise(gateway, given, signed);
        vm.warp(clock.commitDeadlineOf(0));
        slashing.brokenPromise(gateway, given, signed);
    }

    function test_onlyAPromiseThatTheGatewaySignedBindsIt() public {
        ISlashing.GatewayPromise memory given = _promise(keyOf("gateway"));
        bytes[] memory signed = _accused(given, 3);
        given.signature = sign(verifierKeys[0], _promiseDigest(given.slot, _batch()));
        vm.expectRevert(ISlashing.InvalidSignature.selector);
        slashing.brokenPromise(gateway, given, signed);
        given = _promise(keyOf("gateway"));
        given.slot += 1;
        vm.expectRevert(ISlashing.InvalidSignature.selector);
        slashing.brokenPromise(gateway, given, signed);
        given.slot -= 1;
        given.index = 1;
        vm.expectRevert(ISlashing.InvalidSignature.selector);
        slashing.brokenPromise(gateway, given, signed);
        given.index = 0;
        given.report = keccak256("another report");
        vm.expectRevert(ISlashing.InvalidSignature.selector);
        slashing.brokenPromise(gateway, given, signed);
    }

    function test_aPathFitsItsPlaceInABatchThatMayBe() public {
        ISlashing.GatewayPromise memory given = _promise(keyOf("gateway"));
        bytes[] memory signed = _accused(given, 3);
        given.index = given.size;
        vm.expectRevert(ISlashing.InvalidPath.selector);
        slashing.brokenPromise(gateway, given, signed);
        given.index = 0;
        given.size = 5;
        vm.expectRevert(ISlashing.InvalidPath.selector);
        slashing.brokenPromise(gateway, given, signed);
        given.size = 0;
        vm.expectRevert(ISlashing.InvalidPath.selector);
        slashing.brokenPromise(gateway, given, signed);

        // The largest batch has paths of 20 hashes, one of twice the size would have 21.
        given.size = (1 << 20) + 1;
        given.path = new bytes32[](21);
        vm.expectRevert(ISlashing.InvalidPath.selector);
        slashing.brokenPromise(gateway, given, signed);
        given.size = 1 << 20;
        given.path = new bytes32[](20);
        vm.expectRevert(ISlashing.InvalidSignature.selector);
        slashing.brokenPromise(gateway, given, signed);
    }

    function test_aPromiseOfNoGatewayCostsNothing() public {
        ISlashing.GatewayPromise memory given = _promise(keyOf("stranger"));
        given.signature = sign(keyOf("stranger"), _promiseDigestOf(accountOf("stranger"), given.slot, _batch()));
        vm.warp(clock.commitDeadlineOf(0));
        bytes[] memory signed = signatures(slashing.brokenPromiseDigest(0, accountOf("stranger"), given.report), 3);
        vm.expectRevert(abi.encodeWithSelector(ISlashing.NothingToSlash.selector, accountOf("stranger")));
        slashing.brokenPromise(accountOf("stranger"), given, signed);
    }

    /// @dev A member who is left with too little leaves, and what is leaving can still be taken.
    function test_stakeOnItsWayOutPaysForOffencesToo() public {
        (IResults.Result memory wrong,) = _voided();
        slashing.signedVoid(wrong, signResult(verifierKeys[0], wrong));
        IOperators.Exit memory exit = operators.exitOf(VERIFIER, verifier);
        vm.assertEq(exit.amount, STAKE / 2);
        IResults.Result memory second = _copy(wrong);
        second.moneyRoot = keccak256("second");
        _report(wrong, second);
        vm.assertEq(operators.slashable(VERIFIER, verifier), 0);
        vm.assertEq(token.balanceOf(reporter), STAKE / 8);
    }

    function _new(uint32 appeal) private returns (Slashing) {
        return new Slashing(token, clock, registry, operators, results, council, address(timelock), appeal);
    }

    function _voided() private returns (IResults.Result memory wrong, uint256 dispute) {
        wrong = submitRoot("wrong");
        dispute = voidResult(0);
    }

    function _contradiction() private view returns (IResults.Result memory first, IResults.Result memory second) {
        first = nextResult(keccak256("one"), new IResults.Total[](0));
        second = nextResult(keccak256("other"), new IResults.Total[](0));
    }

    function _copy(IResults.Result memory result) private pure returns (IResults.Result memory) {
        return abi.decode(abi.encode(result), (IResults.Result));
    }

    function _report(IResults.Result memory first, IResults.Result memory second) private {
        bytes memory one = signResult(verifierKeys[0], first);
        bytes memory other = signResult(verifierKeys[0], second);
        vm.prank(reporter);
        slashing.equivocation(first, one, second, other);
    }

    function _reportBy(uint256 signer, IResults.Result memory first, IResults.Result memory second) private {
        slashing.equivocation(
            first, signResult(verifierKeys[signer], first), second, signResult(verifierKeys[signer], second)
        );
    }

    function _noContradiction(IResults.Result memory first, IResults.Result memory second) private {
        bytes memory one = signResult(verifierKeys[0], first);
        bytes memory other = signResult(verifierKeys[0], second);
        vm.expectRevert(ISlashing.NoContradiction.selector);
        slashing.equivocation(first, one, second, other);
    }

    /// @dev The first of three reports that were made durable together in slot 7, by RFC 6962.
    function _promise(uint256 key) private view returns (ISlashing.GatewayPromise memory given) {
        bytes32[] memory path = new bytes32[](2);
        path[0] = _leaf("report 1");
        path[1] = _leaf("report 2");
        given = ISlashing.GatewayPromise(7, keccak256("report 0"), 0, 3, path, sign(key, _promiseDigest(7, _batch())));
    }

    function _accused(ISlashing.GatewayPromise memory given, uint256 count) private returns (bytes[] memory) {
        vm.warp(clock.commitDeadlineOf(0));
        return signatures(slashing.brokenPromiseDigest(0, gateway, given.report), count);
    }

    function _batch() private pure returns (bytes32) {
        bytes32 left = sha256(abi.encodePacked(bytes1(0x01), _leaf("report 0"), _leaf("report 1")));
        return sha256(abi.encodePacked(bytes1(0x01), left, _leaf("report 2")));
    }

    function _leaf(string memory name) private pure returns (bytes32) {
        return sha256(abi.encodePacked(bytes1(0x00), keccak256(bytes(name))));
    }

    function _promiseDigest(uint64 slot, bytes32 batch) private view returns (bytes32) {
        return _promiseDigestOf(gateway, slot, batch);
    }

    function _promiseDigestOf(address signer, uint64 slot, bytes32 batch) private view returns (bytes32) {
        bytes32 typeHash = keccak256("Promise(bytes32 deployment,address gateway,uint64 slot,bytes32 batch)");
        bytes32 structHash = keccak256(abi.encode(typeHash, registry.deployment(), signer, slot, batch));
        return MessageHashUtils.toTypedDataHash(registry.domainSeparator(), structHash);
    }

    function _brokenHash(bytes32 report) private view returns (bytes32) {
        bytes32 typeHash = keccak256("BrokenPromise(bytes32 deployment,uint64 epoch,address gateway,bytes32 report)");
        return keccak256(abi.encode(typeHash, registry.deployment(), 0, gateway, report));
    }
}
