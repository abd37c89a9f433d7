// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {ICredits} from "../src/interfaces/ICredits.sol";
import {IClaims} from "../src/interfaces/IClaims.sol";
import {IOperators} from "../src/interfaces/IOperators.sol";
import {IResults} from "../src/interfaces/IResults.sol";
import {MoneyLeaf} from "../src/libraries/MoneyLeaf.sol";
import {Deployment} from "./Deployment.sol";

/// @notice From acceptance to finality: dispute windows, holds, voidings and rollbacks, presence and skipped epochs.
contract FinalityTest is Deployment {
    uint256 private constant WINDOW = uint256(DISPUTE_SLOTS) * SLOT_SECONDS;
    bytes32 private constant INDEX = keccak256("index");

    address private payer;

    function setUp() public override {
        super.setUp();
        payer = accountOf("payer");
        setPrices(2e8, 2e8);
        uint256 bought = buy(payer, 1_000e18);
        reserve(payer, payer, bought, 0);
    }

    // ---- finality

    function test_aResultIsFinalWhenItsDisputeWindowPassed() public {
        settle(keccak256("root"), _totals());
        IResults.Accepted memory accepted = results.result(0);
        vm.warp(accepted.acceptedAt + WINDOW - 1);
        vm.assertEq(results.finalise(10), 0);
        (, bytes32 none,) = results.finalised();
        vm.assertEq(none, 0);
        vm.assertEq(results.finalMintable(), 0);

        vm.warp(accepted.acceptedAt + WINDOW);
        vm.expectEmit(address(results));
        emit IResults.ResultFinal(0, accepted.resultHash, keccak256("root"));
        vm.prank(accountOf("anybody"));
        vm.assertEq(results.finalise(10), 1);
        (uint64 epoch, bytes32 hash, bytes32 root) = results.finalised();
        vm.assertEq(epoch, 0);
        vm.assertEq(hash, accepted.resultHash);
        vm.assertEq(root, keccak256("root"));
        vm.assertEq(results.finalMintable(), 58e18);
        vm.assertEq(results.finalise(10), 0);
    }

    function test_finalisingMovesOverAtMostSoManyResults() public {
        for (uint256 i = 0; i < 5; ++i) {
            settleEmpty();
        }
        vm.warp(block.timestamp + WINDOW);
        vm.assertEq(results.finalise(0), 0);
        vm.assertEq(results.finalise(2), 2);
        (uint64 epoch,,) = results.finalised();
        vm.assertEq(epoch, 1);
        vm.assertEq(results.finalise(10), 3);
        (epoch,,) = results.finalised();
        vm.assertEq(epoch, 4);
    }

    function test_finalisingNothingDoesNothing() public {
        vm.assertEq(results.finalise(10), 0);
    }

    function test_A46_nothingIsPaidReleasedOrWithdrawnBeforeFinality() public {
        bytes32 id = credits.reservationId(payer, 0);
        bytes32 charge = MoneyLeaf.hash(MoneyLeaf.CHARGE, NETWORK, id, 20e18);
        bytes32 payment = paymentLeaf(payer, NETWORK, 8e18);
        bytes32[] memory tree = pair(charge, payment);
        settle(tree[0], _totals());
        bytes32[] memory proof = proofOf(tree, payment);
        vm.expectRevert(IClaims.InvalidProof.selector);
        claims.claim(MoneyLeaf.PAYMENT, payer, NETWORK, 8e18, proof);
        vm.assertEq(claims.fund(), 0);
        bytes32[] memory chargeProof = proofOf(tree, charge);
        vm.expectRevert(abi.encodeWithSelector(ICredits.NotSettledYet.selector, 0));
        credits.release(id, 20e18, chargeProof);
        makeFinal();
        vm.assertEq(claims.claim(MoneyLeaf.PAYMENT, payer, NETWORK, 8e18, proof), 8e18);
        credits.release(id, 20e18, chargeProof);
    }

    function test_A48_whenFinaliseIsCalledChangesNothing() public {
        uint256 snapshot = vm.snapshotState();
        for (uint256 i = 0; i < 4; ++i) {
            settle(keccak256(abi.encode(i)), _totals());
            results.finalise(1);
            vm.warp(block.timestamp + WINDOW / 2);
            results.finalise(7);
        }
        makeFinal();
        (uint64 epoch, bytes32 hash,) = results.finalised();
        vm.revertToState(snapshot);
        for (uint256 i = 0; i < 4; ++i) {
            settle(keccak256(abi.encode(i)), _totals());
        }
        makeFinal();
        (uint64 again, bytes32 same,) = results.finalised();
        vm.assertEq(again, epoch);
        vm.assertEq(same, hash);
    }

    // ---- holds

    function test_aHeldResultHoldsItsDescendants() public {
        settleEmpty();
        settleEmpty();
        bytes32 hash = results.result(1).resultHash;
        vm.expectEmit(address(results));
        emit IResults.ResultHeld(1, hash, true);
        _hold(1, true);
        vm.assertTrue(results.isHeld(1));
        settleEmpty();
        vm.warp(block.timestamp + 10 * WINDOW);
        vm.assertEq(results.finalise(10), 1);
        vm.assertEq(results.finalise(10), 0);
        vm.expectEmit(address(results));
        emit IResults.ResultHeld(1, hash, false);
        _hold(1, false);
        vm.assertFalse(results.isHeld(1));
        vm.assertEq(results.finalise(10), 2);
    }

    function test_onlyWhatMayBeDisputedIsHeld() public {
        _expectNotPending(0);
        _hold(0, true);
        settleEmpty();
        vm.warp(block.timestamp + WINDOW);
        _expectNotPending(0);
        _hold(0, true);
        results.finalise(1);
        _expectNotPending(0);
        _hold(0, false);
    }

    function test_onlyTheCouncilHoldsAndVoids() public {
        settleEmpty();
        bytes memory failure = abi.encodeWithSelector(IResults.NotCouncil.selector, address(timelock));
        vm.startPrank(address(timelock));
        vm.expectRevert(failure);
        results.hold(0, true);
        vm.expectRevert(failure);
        results.voidFrom(0);
        vm.stopPrank();
    }

    // ---- voidings

    function test_onlyPendingResultsAreVoided() public {
        _expectNotPending(0);
        _void(0);
        settleEmpty();
        settleEmpty();
        makeFinal();
        _expectNotPending(1);
        _void(1);
        settleEmpty();
        vm.warp(block.timestamp + WINDOW);
        // Its window passed and nobody holds it: it is only waiting for somebody to say that it is final.
        _expectNotPending(2);
        _void(2);
    }

    function test_aHeldResultIsVoidedAlsoAfterItsWindow() public {
        settleEmpty();
        _hold(0, true);
        vm.warp(block.timestamp + 2 * WINDOW);
        _void(0);
        vm.assertTrue(results.isVoided(results.result(0).resultHash));
    }

    function test_aVoidResultTakesItsDescendantsAlong() public {
        vm.warp(clock.commitDeadlineOf(2));
        IResults.Result[3] memory chain;
        for (uint256 i = 0; i < 3; ++i) {
            chain[i] = nextResult(keccak256("root"), _totals());
            settle(keccak256("root"), _totals());
        }
        bytes32 hash = results.hashResult(chain[1]);
        vm.expectEmit(address(results));
        emit IResults.ResultsVoided(1, hash, 1);
        _void(1);
        (bool pending, uint64 from) = results.voided();
        vm.assertTrue(pending);
        vm.assertEq(from, 1);
        vm.assertEq(results.attempt(), 1);
        vm.assertTrue(results.isVoided(hash));
        vm.assertFalse(results.isVoided(results.hashResult(chain[2])));
        _expectNotPending(2);
        _void(2);

        // Nothing goes on until they are taken out, from the head.
        IResults.Result memory next = nextResult(keccak256("root"), _totals());
        bytes[] memory signed = signatures(results.resultDigest(next), 3);
        vm.expectRevert(abi.encodeWithSelector(IResults.RollbackPending.selector, 1));
        results.submit(next, signed);
        vm.expectRevert(abi.encodeWithSelector(IResults.RollbackPending.selector, 1));
        results.skip(3);
        vm.expectRevert(abi.encodeWithSelector(IResults.RollbackPending.selector, 1));
        results.present(3, new bytes[](0));
        vm.expectRevert(abi.encodeWithSelector(IResults.NotHead.selector, hash));
        results.rollback(chain[1]);

        vm.expectEmit(address(results));
        emit IResults.ResultRolledBack(2, results.hashResult(chain[2]));
        vm.prank(accountOf("anybody"));
        results.rollback(chain[2]);
        results.rollback(chain[1]);
        (pending, from) = results.voided();
        vm.assertFalse(pending);
        vm.assertEq(from, 0);
        vm.expectRevert(IResults.NothingToRollBack.selector);
        results.rollback(chain[0]);
        vm.assertEq(results.nextEpoch(), 1);
        vm.assertEq(nextResult(0, _totals()).parent, results.hashResult(chain[0]));
    }

    function test_aDisputeOfAnAncestorVoidsMore() public {
        vm.warp(clock.commitDeadlineOf(1));
        settleEmpty();
        settleEmpty();
        bytes32 second = results.result(1).resultHash;
        _void(1);
        _void(0);
        (, uint64 from) = results.voided();
        vm.assertEq(from, 0);
        vm.assertEq(results.attempt(), 2);
        vm.assertTrue(results.isVoided(second));
    }

    function test_resultsBeforeAVoidOneBecomeFinal() public {
        settleEmpty();
        settleEmpty();
        _void(1);
        vm.warp(block.timestamp + WINDOW);
        vm.assertEq(results.finalise(10), 1);
        (uint64 epoch,,) = results.finalised();
        vm.assertEq(epoch, 0);
    }

    function test_aNewAttemptSaysSo() public {
        IResults.Result memory first = nextResult(keccak256("root"), _totals());
        settle(keccak256("root"), _totals());
        _void(0);
        results.rollback(first);
        IResults.Result memory second = nextResult(keccak256("right root"), _totals());
        vm.assertEq(second.attempt, 1);
        vm.assertEq(second.closeBlock, first.closeBlock);
        bytes[] memory signed = signatures(results.resultDigest(first), 3);
        vm.expectRevert(abi.encodeWithSelector(IResults.WrongAttempt.selector, 0, 1));
        results.submit(first, signed);
        results.submit(second, signatures(results.resultDigest(second), 3));
        vm.assertEq(results.authorised(MoneyLeaf.PAYMENT, NETWORK), 8e18);
        vm.assertFalse(results.isHeld(0));
        makeFinal();
        (,, bytes32 root) = results.finalised();
        vm.assertEq(root, keccak256("right root"));
    }

    function testFuzz_A46_rolledBackResultsLeaveAllSumsExactlyAsBefore(uint96[7] memory amounts, uint8 depth) public {
        vm.warp(clock.commitDeadlineOf(9));
        for (uint256 i = 0; i < 3; ++i) {
            settle(keccak256("root"), _totals());
        }
        bytes memory before = _state();
        uint64 from = results.nextEpoch();
        uint256 count = 1 + depth % 3;
        IResults.Result[] memory chain = new IResults.Result[](count);
        for (uint256 i = 0; i < count; ++i) {
            chain[i] = nextResult(keccak256("root"), _randomTotals(amounts, i));
            settle(keccak256("root"), chain[i].totals);
        }
        vm.assertNotEq(keccak256(_state()), keccak256(before));
        _void(from);
        for (uint256 i = count; i > 0; --i) {
            results.rollback(chain[i - 1]);
        }
        vm.assertEq(_state(), before);
    }

    function test_A40_aRootWithoutDataIsVoidedBeforeAnybodyClaims() public {
        IResults.Result memory hidden = nextResult(paymentLeaf(payer, NETWORK, 8e18), _totals());
        settle(hidden.moneyRoot, _totals());
        address disputer = accountOf("disputer");
        fund(disputer, BOND, address(council));
        vm.prank(disputer);
        uint256 id = council.dispute(0, 0, "no inputs can be fetched");
        for (uint256 i = 0; i < 2; ++i) {
            vm.prank(councillors()[i]);
            council.vote(id, true, "not fetchable for me either");
        }
        vm.warp(block.timestamp + 10 * WINDOW);
        results.finalise(10);
        vm.expectRevert(IClaims.InvalidProof.selector);
        claims.claim(MoneyLeaf.PAYMENT, payer, NETWORK, 8e18, new bytes32[](0));
        results.rollback(hidden);
        vm.assertEq(results.authorised(MoneyLeaf.PAYMENT, NETWORK), 0);
        vm.assertEq(token.balanceOf(disputer), BOND);
    }

    // ---- skipped epochs

    function test_anEpochIsSkippedSoManyEpochsAfterItsDeadline() public {
        vm.warp(clock.commitDeadlineOf(SKIP_EPOCHS) - 1);
        _expectSkipNotAllowed(0);
        vm.warp(clock.commitDeadlineOf(SKIP_EPOCHS));
        _expectSkipNotAllowed(1);
        vm.expectEmit(address(results));
        emit IResults.EpochSkipped(0);
        vm.prank(accountOf("anybody"));
        results.skip(0);
        vm.assertEq(results.nextEpoch(), 1);
        vm.assertEq(results.coveredFrom(), 0);
        _expectSkipNotAllowed(0);
        _expectSkipNotAllowed(1);
    }

    function test_withoutAnyVerifierNothingIsSkipped() public {
        vm.warp(GENESIS - 1);
        deploy();
        vm.warp(clock.commitDeadlineOf(100));
        _expectSkipNotAllowed(0);
        joinOperators();
        vm.assertEq(results.nextEpoch(), 102);
    }

    function test_A32_theNextResultCoversSkippedEpochsOnce() public {
        settleEmpty();
        bytes32[] memory hashes = new bytes32[](3);
        for (uint64 epoch = 1; epoch <= 3; ++epoch) {
            vm.warp(clock.closeOf(epoch));
            bytes32 index = keccak256(abi.encode(epoch));
            results.commitIndex(epoch, gateway, index, signatures(results.indexDigest(epoch, gateway, index), 2));
            hashes[epoch - 1] = results.inputsOf(epoch);
        }
        vm.warp(clock.commitDeadlineOf(2 + SKIP_EPOCHS));
        results.skip(1);
        results.skip(2);
        vm.assertEq(results.coveredFrom(), 1);
        bytes32 folded = keccak256(abi.encode(keccak256(abi.encode(hashes[0], hashes[1])), hashes[2]));
        vm.assertEq(results.coveredInputs(), folded);

        // Three epochs of the operators' share, and not a unit more.
        IResults.Total[] memory totals = new IResults.Total[](1);
        totals[0] = IResults.Total(MoneyLeaf.DUTY, 0, 90e18 + 1);
        _expectTotalsError(
            totals, abi.encodeWithSelector(IResults.EmissionExceedsSchedule.selector, MoneyLeaf.DUTY, 90e18 + 1, 90e18)
        );
        totals[0].amount = 90e18;
        settle(keccak256("root"), totals);
        vm.assertEq(results.result(3).first, 1);
        vm.assertEq(results.result(2).resultHash, 0);
        vm.assertEq(results.coveredFrom(), 4);
        vm.assertEq(results.coveredInputs(), 0);
        totals[0].amount = 30e18 + 1;
        _expectTotalsError(
            totals, abi.encodeWithSelector(IResults.EmissionExceedsSchedule.selector, MoneyLeaf.DUTY, 30e18 + 1, 30e18)
        );
        makeFinal();
        (uint64 epoch,,) = results.finalised();
        vm.assertEq(epoch, 3);
    }

    function test_aResultMustBeOverAllCoveredInputs() public {
        vm.warp(clock.closeOf(0));
        results.commitIndex(0, gateway, INDEX, signatures(results.indexDigest(0, gateway, INDEX), 2));
        vm.warp(clock.commitDeadlineOf(SKIP_EPOCHS));
        results.skip(0);
        IResults.Result memory result = nextResult(0, new IResults.Total[](0));
        bytes32 covered = result.inputs;
        result.inputs = results.inputsOf(1);
        bytes[] memory signed = signatures(results.resultDigest(result), 3);
        vm.expectRevert(abi.encodeWithSelector(IResults.WrongInputs.selector, 0, covered));
        results.submit(result, signed);
        settleEmpty();
        vm.assertEq(results.result(1).first, 0);
    }

    function test_aVoidResultThatCoveredSkippedEpochsCoversThemAgain() public {
        settleEmpty();
        vm.warp(clock.commitDeadlineOf(1 + SKIP_EPOCHS));
        results.skip(1);
        bytes32 inputs = results.coveredInputs();
        IResults.Result memory result = nextResult(keccak256("root"), new IResults.Total[](0));
        settle(keccak256("root"), new IResults.Total[](0));
        _void(2);
        results.rollback(result);
        vm.assertEq(results.nextEpoch(), 2);
        vm.assertEq(results.coveredFrom(), 1);
        vm.assertEq(results.coveredInputs(), inputs);
        settleEmpty();
        vm.assertEq(results.result(2).first, 1);
        vm.assertEq(results.result(2).resultHash == results.hashResult(result), false);
    }

    function test_theFirstResultMayCoverSkippedEpochsAndBeVoided() public {
        vm.warp(clock.commitDeadlineOf(SKIP_EPOCHS));
        results.skip(0);
        IResults.Result memory result = nextResult(keccak256("root"), new IResults.Total[](0));
        settle(keccak256("root"), new IResults.Total[](0));
        _void(1);
        results.rollback(result);
        (, bytes32 hash,) = results.latest();
        vm.assertEq(hash, 0);
        vm.assertEq(results.nextEpoch(), 1);
        vm.assertEq(results.coveredFrom(), 0);
        settleEmpty();
        vm.assertEq(results.coveredFrom(), 2);
    }

    function test_anEpochThatWasSkippedAfterAVoidResultIsOpenAgain() public {
        IResults.Result memory result = nextResult(keccak256("root"), new IResults.Total[](0));
        settle(keccak256("root"), new IResults.Total[](0));
        _hold(0, true);
        vm.warp(clock.commitDeadlineOf(1 + SKIP_EPOCHS));
        results.skip(1);
        _void(0);
        results.rollback(result);
        vm.assertEq(results.nextEpoch(), 0);
        settleEmpty();
        vm.assertEq(results.nextEpoch(), 1);
        vm.assertEq(results.coveredFrom(), 1);
        settleEmpty();
    }

    // ---- presence

    function test_presenceIsAskedFromTheDeadlineOn() public {
        bytes[] memory signed = signatures(results.presenceDigest(0), 2);
        vm.warp(clock.commitDeadlineOf(0) - 1);
        vm.expectRevert(abi.encodeWithSelector(IResults.PresenceNotAsked.selector, 0));
        results.present(0, signed);
        vm.warp(clock.commitDeadlineOf(0));
        vm.expectRevert(abi.encodeWithSelector(IResults.PresenceNotAsked.selector, 1));
        results.present(1, signed);
        for (uint256 i = 0; i < 2; ++i) {
            vm.expectEmit(address(results));
            emit IResults.VerifierPresent(0, vm.addr(verifierKeys[i]));
        }
        results.present(0, signed);
        // Once more does no harm, and who is new is added.
        results.present(0, signatures(results.presenceDigest(0), 3));
    }

    function test_strangersAreNotPresent() public {
        vm.warp(clock.commitDeadlineOf(0));
        bytes[] memory signed = new bytes[](1);
        signed[0] = sign(keyOf("stranger"), results.presenceDigest(0));
        vm.expectRevert(abi.encodeWithSelector(IResults.SignerNotStaked.selector, accountOf("stranger")));
        results.present(0, signed);
    }

    function test_thePresenceDigestIsStandardEip712() public view {
        bytes32 hash = keccak256(
            abi.encode(keccak256("Presence(bytes32 deployment,uint64 epoch)"), registry.deployment(), uint64(7))
        );
        vm.assertEq(
            results.presenceDigest(7), keccak256(abi.encodePacked("\x19\x01", registry.domainSeparator(), hash))
        );
    }

    function test_absentVerifiersLoseWeightUntilTheOthersAreEnough() public {
        // Two of four verifiers are gone for good: no result is possible.
        vm.warp(clock.commitDeadlineOf(SKIP_EPOCHS));
        results.present(0, signatures(results.presenceDigest(0), 2));
        results.skip(0);
        address absent = vm.addr(verifierKeys[3]);
        vm.assertEq(operators.member(VERIFIER, absent).weight, STAKE / 2);
        vm.assertEq(operators.member(VERIFIER, absent).stake, STAKE);
        vm.assertEq(operators.member(VERIFIER, vm.addr(verifierKeys[0])).weight, STAKE);
        vm.assertEq(operators.totalAt(VERIFIER, clock.openingOf(1)), 4 * STAKE);
        vm.assertEq(operators.totalAt(VERIFIER, block.timestamp), 3 * STAKE);

        // The weights of the next opening count: epochs that are open already are skipped too.
        for (uint64 epoch = 1; epoch <= 3; ++epoch) {
            vm.warp(clock.commitDeadlineOf(epoch + SKIP_EPOCHS));
            results.present(epoch, signatures(results.presenceDigest(epoch), 2));
            results.skip(epoch);
        }
        // Epoch 4 opened with the weights after the skip of epoch 0: 2 of 3 stakes, exactly 2/3.
        IResults.Result memory result = nextResult(0, new IResults.Total[](0));
        bytes[] memory signed = signatures(results.resultDigest(result), 2);
        vm.warp(clock.commitDeadlineOf(4));
        vm.expectRevert(abi.encodeWithSelector(IResults.QuorumNotReached.selector, 2 * STAKE, 3 * STAKE));
        results.submit(result, signed);
        vm.warp(clock.commitDeadlineOf(4 + SKIP_EPOCHS));
        results.skip(4);
        result = nextResult(0, new IResults.Total[](0));
        results.submit(result, signatures(results.resultDigest(result), 2));
        vm.assertEq(results.result(5).first, 0);
    }

    function test_withNobodyPresentNothingChanges() public {
        vm.warp(clock.commitDeadlineOf(SKIP_EPOCHS));
        results.skip(0);
        vm.assertEq(operators.totalAt(VERIFIER, block.timestamp), 2 * STAKE);
        vm.warp(clock.commitDeadlineOf(8));
        for (uint64 epoch = 1; epoch <= 5; ++epoch) {
            results.skip(epoch);
        }
        settleEmpty();
    }

    function test_aVerifierOfLaterCannotBePresentAndLosesNothing() public {
        vm.warp(GENESIS + 1);
        address late = accountOf("late");
        join(VERIFIER, late, late, STAKE);
        vm.warp(clock.commitDeadlineOf(SKIP_EPOCHS));
        results.skip(0);
        vm.assertEq(operators.member(VERIFIER, late).weight, STAKE);
    }

    function test_whoReturnsGetsTheFullWeightFromTheNextOpeningOn() public {
        vm.warp(clock.commitDeadlineOf(SKIP_EPOCHS));
        results.skip(0);
        address signer = vm.addr(verifierKeys[0]);
        vm.expectEmit(address(operators));
        emit IOperators.WeightChanged(VERIFIER, signer, signer, STAKE);
        vm.prank(signer);
        operators.restore(VERIFIER);
        vm.assertEq(operators.stakeAt(VERIFIER, signer, block.timestamp - 1), STAKE);
        vm.assertEq(operators.stakeAt(VERIFIER, signer, clock.openingOf(4)), STAKE);
        vm.expectRevert(IOperators.NothingToRestore.selector);
        vm.prank(signer);
        operators.restore(VERIFIER);
    }

    function test_A31_withoutAnyWeightNothingIsAccepted() public {
        vm.warp(GENESIS + 1);
        for (uint256 i = 0; i < VERIFIERS; ++i) {
            vm.prank(vm.addr(verifierKeys[i]));
            operators.leave(VERIFIER);
        }
        settleEmpty();
        vm.warp(clock.commitDeadlineOf(1));
        IResults.Result memory result = nextResult(0, new IResults.Total[](0));
        vm.expectRevert(abi.encodeWithSelector(IResults.QuorumNotReached.selector, 0, 0));
        results.submit(result, new bytes[](0));
        vm.assertEq(claims.windowRoom(), 0);
        // Skipping goes on, so that a set that joins later can settle what lies between.
        vm.warp(clock.commitDeadlineOf(1 + SKIP_EPOCHS));
        results.skip(1);
    }

    // ---- helpers

    function _totals() private pure returns (IResults.Total[] memory totals) {
        totals = new IResults.Total[](6);
        totals[0] = IResults.Total(MoneyLeaf.PAYMENT, NETWORK, 8e18);
        totals[1] = IResults.Total(MoneyLeaf.CHARGE, NETWORK, 20e18);
        totals[2] = IResults.Total(MoneyLeaf.BASIS, NETWORK, 10e18);
        totals[3] = IResults.Total(MoneyLeaf.OPERATIONS, NETWORK, 1e18);
        totals[4] = IResults.Total(MoneyLeaf.DUTY, 0, 29e18);
        totals[5] = IResults.Total(MoneyLeaf.TREASURY, 0, 20e18);
    }

    /// @dev Totals of all kinds within their bounds.
    function _randomTotals(uint96[7] memory amounts, uint256 i) private view returns (IResults.Total[] memory totals) {
        totals = new IResults.Total[](7);
        uint256 basis = bound(amounts[2] >> i, 10, 100e18);
        totals[0] = IResults.Total(MoneyLeaf.PAYMENT, NETWORK, bound(amounts[0] >> i, 0, basis * 8 / 10));
        totals[1] = IResults.Total(MoneyLeaf.CHARGE, NETWORK, bound(amounts[1] >> i, 1, 200e18));
        totals[2] = IResults.Total(MoneyLeaf.BASIS, NETWORK, basis);
        totals[3] = IResults.Total(MoneyLeaf.OPERATIONS, NETWORK, bound(amounts[3] >> i, 0, basis / 10));
        uint64 next = results.nextEpoch();
        uint256 budget = next < VESTING_EPOCHS ? 0 : 30e18;
        totals[4] = IResults.Total(MoneyLeaf.BOOTSTRAP, NETWORK, bound(amounts[4] >> i, 0, budget));
        totals[5] = IResults.Total(MoneyLeaf.DUTY, 0, bound(amounts[5] >> i, 0, 30e18));
        totals[6] = IResults.Total(MoneyLeaf.TREASURY, 0, bound(amounts[6] >> i, 0, 20e18));
    }

    /// @dev Everything that a result changes, but for the count of voidings and the time.
    function _state() private view returns (bytes memory) {
        uint256[] memory sums = new uint256[](7);
        for (uint8 kind = 1; kind <= 7; ++kind) {
            sums[kind - 1] = results.authorised(kind, kind < 6 ? NETWORK : 0);
        }
        (uint64 epoch, bytes32 hash, bytes32 root) = results.latest();
        return abi.encode(
            sums,
            credits.networkSums(NETWORK),
            credits.sums(),
            abi.encode(epoch, hash, root, results.nextEpoch(), results.coveredFrom(), results.coveredInputs()),
            results.result(epoch),
            results.result(epoch + 1),
            results.finalMintable(),
            token.totalSupply()
        );
    }

    function _hold(uint64 epoch, bool held) private {
        vm.prank(address(council));
        results.hold(epoch, held);
    }

    function _void(uint64 epoch) private {
        vm.prank(address(council));
        results.voidFrom(epoch);
    }

    function _expectNotPending(uint64 epoch) private {
        vm.expectRevert(abi.encodeWithSelector(IResults.NotPending.selector, epoch));
    }

    function _expectSkipNotAllowed(uint64 epoch) private {
        vm.expectRevert(abi.encodeWithSelector(IResults.SkipNotAllowed.selector, epoch));
        results.skip(epoch);
    }

    function _expectTotalsError(IResults.Total[] memory totals, bytes memory failure) private {
        IResults.Result memory result = nextResult(keccak256("root"), totals);
        uint256 deadline = clock.commitDeadlineOf(result.epoch);
        if (block.timestamp < deadline) vm.warp(deadline);
        bytes[] memory signed = signatures(results.resultDigest(result), 3);
        vm.expectRevert(failure);
        results.submit(result, signed);
    }
}
