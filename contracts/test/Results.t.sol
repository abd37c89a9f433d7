// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";
import {Results} from "../src/Results.sol";
import {ICredits} from "../src/interfaces/ICredits.sol";
import {IOperators} from "../src/interfaces/IOperators.sol";
import {IResults} from "../src/interfaces/IResults.sol";
import {MoneyLeaf} from "../src/libraries/MoneyLeaf.sol";
import {Deployment} from "./Deployment.sol";

contract ResultsTest is Deployment {
    bytes32 private constant ROOT = keccak256("root");
    bytes32 private constant INDEX = keccak256("index");
    uint256 private constant ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;

    address private payer;

    function setUp() public override {
        super.setUp();
        payer = accountOf("payer");
    }

    // ---- indexes

    function test_commitsACertifiedIndex() public {
        vm.warp(clock.closeOf(0));
        bytes[] memory signed = signatures(results.indexDigest(0, gateway, INDEX), 2);
        bytes32 inputs = keccak256(abi.encode(bytes32(0), gateway, INDEX));
        vm.expectEmit(address(results));
        emit IResults.IndexCommitted(0, gateway, INDEX, inputs, 2 * STAKE);
        vm.prank(accountOf("anybody"));
        results.commitIndex(0, gateway, INDEX, signed);
        vm.assertEq(results.inputsOf(0), inputs);
        vm.assertEq(results.indexCount(0, gateway), 1);
        vm.assertTrue(results.isCommitted(0, gateway, INDEX));
        vm.assertFalse(results.isCommitted(1, gateway, INDEX));

        _commit(keccak256("second"));
        vm.assertEq(results.inputsOf(0), keccak256(abi.encode(inputs, gateway, keccak256("second"))));
    }

    function test_theIndexDigestIsStandardEip712() public view {
        bytes32 hash = keccak256(
            abi.encode(
                keccak256("IndexCertificate(bytes32 deployment,uint64 epoch,address gateway,bytes32 index)"),
                registry.deployment(),
                5,
                gateway,
                INDEX
            )
        );
        vm.assertEq(results.indexDigest(5, gateway, INDEX), _typed(hash));
    }

    function test_indexesAreCommittedBetweenCloseAndDeadline() public {
        bytes[] memory signed = signatures(results.indexDigest(0, gateway, INDEX), 2);
        vm.warp(clock.closeOf(0) - 1);
        vm.expectRevert(abi.encodeWithSelector(IResults.EpochStillOpen.selector, 0));
        results.commitIndex(0, gateway, INDEX, signed);
        vm.warp(clock.commitDeadlineOf(0));
        vm.expectRevert(abi.encodeWithSelector(IResults.CommitDeadlinePassed.selector, 0));
        results.commitIndex(0, gateway, INDEX, signed);
        vm.warp(clock.commitDeadlineOf(0) - 1);
        results.commitIndex(0, gateway, INDEX, signed);
    }

    function test_anIndexNeedsMoreThanAThirdOfTheStake() public {
        vm.warp(clock.closeOf(0));
        bytes32 digest = results.indexDigest(0, gateway, INDEX);
        bytes[] memory one = signatures(digest, 1);
        vm.expectRevert(abi.encodeWithSelector(IResults.QuorumNotReached.selector, STAKE, 4 * STAKE));
        results.commitIndex(0, gateway, INDEX, one);
        vm.expectRevert(abi.encodeWithSelector(IResults.SignerNotStaked.selector, accountOf("stranger")));
        results.commitIndex(0, gateway, INDEX, _single("stranger", digest));
    }

    function test_exactlyAThirdIsNotEnough() public {
        _joinAt(GENESIS + 10, "fifth", STAKE);
        _joinAt(GENESIS + 10, "sixth", STAKE);
        vm.warp(clock.closeOf(1));
        bytes32 digest = results.indexDigest(1, gateway, INDEX);
        vm.expectRevert(abi.encodeWithSelector(IResults.QuorumNotReached.selector, 2 * STAKE, 6 * STAKE));
        results.commitIndex(1, gateway, INDEX, signatures(digest, 2));
        results.commitIndex(1, gateway, INDEX, signatures(digest, 3));
    }

    function test_refusesIndexesThatCannotBe() public {
        vm.warp(clock.closeOf(0));
        address stranger = accountOf("stranger");
        vm.expectRevert(abi.encodeWithSelector(IResults.GatewayNotStaked.selector, stranger));
        results.commitIndex(0, stranger, INDEX, new bytes[](0));
        vm.expectRevert(IResults.InvalidIndex.selector);
        results.commitIndex(0, gateway, 0, new bytes[](0));
        for (uint256 i = 0; i < results.MAX_INDEXES_PER_GATEWAY(); ++i) {
            _commit(keccak256(abi.encode(i)));
        }
        vm.expectRevert(
            abi.encodeWithSelector(
                IResults.IndexAlreadyCommitted.selector, 0, gateway, keccak256(abi.encode(uint256(0)))
            )
        );
        results.commitIndex(0, gateway, keccak256(abi.encode(uint256(0))), new bytes[](0));
        vm.expectRevert(abi.encodeWithSelector(IResults.TooManyIndexes.selector, 0, gateway));
        results.commitIndex(0, gateway, INDEX, new bytes[](0));
    }

    function test_aGatewayThatJoinedAfterTheOpeningHasNoSay() public {
        vm.warp(GENESIS + 1);
        address late = accountOf("late gateway");
        join(GATEWAY, late, late, STAKE);
        vm.warp(clock.closeOf(0));
        vm.expectRevert(abi.encodeWithSelector(IResults.GatewayNotStaked.selector, late));
        results.commitIndex(0, late, INDEX, new bytes[](0));
    }

    // ---- results

    function test_acceptsAnEmptyEpoch() public {
        vm.assertEq(results.nextEpoch(), 0);
        settleEmpty();
        (uint64 epoch, bytes32 hash, bytes32 root) = results.latest();
        vm.assertEq(epoch, 0);
        vm.assertEq(root, keccak256("empty"));
        vm.assertEq(results.result(0).resultHash, hash);
        vm.assertEq(results.nextEpoch(), 1);
        vm.assertEq(results.firstEpoch(), 0);
        vm.assertEq(results.mBurnBps(), M_BURN_BPS);
        vm.assertEq(results.mOpsBps(), M_OPS_BPS);
    }

    function test_acceptsResultsOverInputsInAChain() public {
        vm.warp(clock.closeOf(0));
        _commit(INDEX);
        vm.warp(clock.commitDeadlineOf(0));
        IResults.Result memory first = nextResult(ROOT, new IResults.Total[](0));
        bytes32 hash = results.hashResult(first);
        bytes[] memory signed = signatures(results.resultDigest(first), 3);
        address[] memory signers = new address[](3);
        for (uint256 i = 0; i < 3; ++i) {
            signers[i] = vm.addr(verifierKeys[i]);
        }
        vm.expectEmit(address(results));
        emit IResults.ResultAccepted(0, hash, first, signers, 3 * STAKE, 4 * STAKE);
        vm.prank(accountOf("anybody"));
        results.submit(first, signed);

        IResults.Accepted memory accepted = results.result(0);
        vm.assertEq(accepted.resultHash, hash);
        vm.assertEq(accepted.first, 0);
        vm.assertEq(accepted.mintable, 0);
        vm.assertEq(accepted.acceptedAt, block.timestamp);
        vm.assertEq(accepted.moneyRoot, ROOT);
        vm.assertEq(nextResult(ROOT, new IResults.Total[](0)).parent, hash);
        settleEmpty();
        vm.assertEq(results.nextEpoch(), 2);
        vm.assertEq(results.result(2).resultHash, 0);
    }

    function test_theResultDigestIsStandardEip712() public view {
        IResults.Result memory result = nextResult(ROOT, totalsOf(7, 1, 2, 3));
        bytes32 totalType = keccak256("Total(uint8 kind,uint32 network,uint256 amount)");
        bytes32 totals = keccak256(
            bytes.concat(
                keccak256(abi.encode(totalType, 1, 7, 1)),
                keccak256(abi.encode(totalType, 2, 7, 2)),
                keccak256(abi.encode(totalType, 3, 7, 3))
            )
        );
        bytes32 resultType = keccak256(
            bytes.concat(
                "Result(bytes32 deployment,uint64 epoch,uint32 attempt,bytes32 closeBlock,bytes32 parent,bytes32 inputs,",
                "bytes32 rules,bytes32 carryRoot,bytes32 moneyRoot,Total[] totals)",
                "Total(uint8 kind,uint32 network,uint256 amount)"
            )
        );
        bytes memory head = abi.encode(resultType, result.deployment, result.epoch, result.attempt);
        bytes memory body =
            abi.encode(result.closeBlock, result.parent, result.inputs, result.rules, result.carryRoot, ROOT, totals);
        vm.assertEq(results.hashResult(result), keccak256(bytes.concat(head, body)));
        vm.assertEq(results.resultDigest(result), _typed(results.hashResult(result)));
    }

    function test_A35_twoOfFourVerifiersSettleNothing() public {
        IResults.Result memory result = _ready();
        bytes32 digest = results.resultDigest(result);
        vm.expectRevert(abi.encodeWithSelector(IResults.QuorumNotReached.selector, 2 * STAKE, 4 * STAKE));
        results.submit(result, signatures(digest, 2));
        vm.expectRevert(abi.encodeWithSelector(IResults.QuorumNotReached.selector, 0, 4 * STAKE));
        results.submit(result, new bytes[](0));
        results.submit(result, signatures(digest, 3));
    }

    function test_A35_exactlyTwoThirdsAreNotEnough() public {
        _joinAt(GENESIS + 10, "fifth", STAKE);
        _joinAt(GENESIS + 10, "sixth", STAKE);
        settleEmpty();
        IResults.Result memory result = _ready();
        bytes32 digest = results.resultDigest(result);
        vm.expectRevert(abi.encodeWithSelector(IResults.QuorumNotReached.selector, 4 * STAKE, 6 * STAKE));
        results.submit(result, signatures(digest, 4));
    }

    function test_A35_oneSignerCountsOnce() public {
        IResults.Result memory result = _ready();
        bytes32 digest = results.resultDigest(result);
        bytes[] memory signed = signatures(digest, 3);
        signed[2] = signed[1];
        address twice = vm.addr(verifierKeys[1]);
        vm.expectRevert(abi.encodeWithSelector(IResults.SignersNotAscending.selector, twice, twice));
        results.submit(result, signed);
        signed = signatures(digest, 3);
        (signed[1], signed[2]) = (signed[2], signed[1]);
        vm.expectRevert(
            abi.encodeWithSelector(
                IResults.SignersNotAscending.selector, vm.addr(verifierKeys[2]), vm.addr(verifierKeys[1])
            )
        );
        results.submit(result, signed);
    }

    function test_A35_strangersAndLateStakeDoNotCount() public {
        IResults.Result memory result = _ready();
        bytes32 digest = results.resultDigest(result);
        vm.expectRevert(abi.encodeWithSelector(IResults.SignerNotStaked.selector, accountOf("stranger")));
        results.submit(result, _single("stranger", digest));
        join(VERIFIER, accountOf("late"), accountOf("late"), 100 * STAKE);
        vm.expectRevert(abi.encodeWithSelector(IResults.SignerNotStaked.selector, accountOf("late")));
        results.submit(result, _single("late", digest));
    }

    function test_malformedSignaturesAreRefused() public {
        IResults.Result memory result = _ready();
        bytes[] memory signed = signatures(results.resultDigest(result), 3);
        bytes memory good = signed[1];
        signed[1] = new bytes(64);
        _expectInvalidSignature(result, signed);
        signed[1] = bytes.concat(good, hex"00");
        _expectInvalidSignature(result, signed);
        signed[1] = new bytes(65);
        _expectInvalidSignature(result, signed);
        // The same signature with the high s.
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(verifierKeys[1], results.resultDigest(result));
        signed[1] = abi.encodePacked(r, bytes32(ORDER - uint256(s)), v == 27 ? uint8(28) : uint8(27));
        _expectInvalidSignature(result, signed);
        signed[1] = good;
        results.submit(result, signed);
    }

    function test_A37_aResultOfAnotherDeploymentOrChainIsRefused() public {
        IResults.Result memory result = _ready();
        bytes32 ours = result.deployment;
        result.deployment = keccak256("another");
        bytes[] memory signed = signatures(results.resultDigest(result), 3);
        vm.expectRevert(abi.encodeWithSelector(IResults.WrongDeployment.selector, result.deployment));
        results.submit(result, signed);
        result.deployment = ours;
        signed = signatures(results.resultDigest(result), 3);
        vm.chainId(4242);
        vm.expectRevert(abi.encodeWithSelector(IResults.WrongDeployment.selector, ours));
        results.submit(result, signed);
        result.deployment = registry.deployment();
        // Signed for the old chain: recovers other addresses.
        vm.expectRevert();
        results.submit(result, signed);
        results.submit(result, signatures(results.resultDigest(result), 3));
    }

    function test_A32_anEpochIsSettledOnce() public {
        IResults.Result memory result = _ready();
        bytes[] memory signed = signatures(results.resultDigest(result), 3);
        results.submit(result, signed);
        vm.expectRevert(abi.encodeWithSelector(IResults.WrongEpoch.selector, 0, 1));
        results.submit(result, signed);
    }

    function test_A41_aSecondResultOfAnEpochIsRefused() public {
        settleEmpty();
        IResults.Result memory other = nextResult(keccak256("other"), new IResults.Total[](0));
        other.epoch = 0;
        other.parent = 0;
        bytes[] memory signed = signatures(results.resultDigest(other), 4);
        vm.expectRevert(abi.encodeWithSelector(IResults.WrongEpoch.selector, 0, 1));
        results.submit(other, signed);
    }

    function test_headersMustFit() public {
        settleEmpty();
        IResults.Result memory result = _ready();
        result.epoch = 2;
        _expectHeaderError(result, abi.encodeWithSelector(IResults.WrongEpoch.selector, 2, 1));
        result = _ready();
        result.attempt = 1;
        _expectHeaderError(result, abi.encodeWithSelector(IResults.WrongAttempt.selector, 1, 0));
        result = _ready();
        bytes32 parent = result.parent;
        result.parent = 0;
        _expectHeaderError(result, abi.encodeWithSelector(IResults.WrongParent.selector, 0, parent));
        result = _ready();
        result.inputs = INDEX;
        _expectHeaderError(result, abi.encodeWithSelector(IResults.WrongInputs.selector, INDEX, 0));
    }

    function test_resultsWaitForTheCommitDeadline() public {
        IResults.Result memory result = nextResult(ROOT, new IResults.Total[](0));
        bytes[] memory signed = signatures(results.resultDigest(result), 3);
        vm.warp(clock.commitDeadlineOf(0) - 1);
        vm.expectRevert(abi.encodeWithSelector(IResults.CommitDeadlineNotPassed.selector, 0));
        results.submit(result, signed);
        vm.warp(clock.commitDeadlineOf(0));
        results.submit(result, signed);
    }

    // ---- totals

    function test_totalsRaiseWhatIsAuthorisedAndSettleCredits() public {
        _reserveEverything(100e18);
        settle(ROOT, totalsOf(NETWORK, 8e18, 20e18, 10e18));
        settle(ROOT, totalsOf(NETWORK, 4e18, 10e18, 5e18));
        vm.assertEq(results.authorised(MoneyLeaf.PAYMENT, NETWORK), 12e18);
        vm.assertEq(results.authorised(MoneyLeaf.CHARGE, NETWORK), 30e18);
        vm.assertEq(results.authorised(MoneyLeaf.BASIS, NETWORK), 15e18);
        vm.assertEq(results.authorised(MoneyLeaf.PAYMENT, OTHER_NETWORK), 0);
        ICredits.NetworkSums memory sums = credits.networkSums(NETWORK);
        vm.assertEq(sums.chargedCredits, 30e18);
        vm.assertEq(sums.consumedBasis, 15e18);
        vm.assertEq(sums.reservedCredits, 200e18 - 30e18);
    }

    function test_A24_paymentsStayBelowTheShareOfTheBurn() public {
        _reserveEverything(100e18);
        _expectTotalsError(
            totalsOf(NETWORK, 8e18 + 1, 20e18, 10e18),
            abi.encodeWithSelector(IResults.PaymentExceedsBasis.selector, NETWORK, 8e18 + 1, 8e18)
        );
        _expectTotalsError(
            totalsOf(NETWORK, 1, 20e18, 0), abi.encodeWithSelector(IResults.PaymentExceedsBasis.selector, NETWORK, 1, 0)
        );
        settle(ROOT, totalsOf(NETWORK, 8e18, 20e18, 10e18));
    }

    function test_noSignatureChargesMoreThanWasReserved() public {
        _reserveEverything(10e18);
        _expectTotalsError(
            totalsOf(NETWORK, 0, 20e18 + 1, 0),
            abi.encodeWithSelector(ICredits.ExceedsReserved.selector, NETWORK, 20e18, 20e18 + 1)
        );
        _expectTotalsError(
            totalsOf(NETWORK, 0, 20e18, 10e18 + 1),
            abi.encodeWithSelector(ICredits.ExceedsReserved.selector, NETWORK, 10e18, 10e18 + 1)
        );
        _expectTotalsError(
            totalsOf(OTHER_NETWORK, 0, 1, 0),
            abi.encodeWithSelector(ICredits.ExceedsReserved.selector, OTHER_NETWORK, 0, 1)
        );
        _expectTotalsError(
            totalsOf(NETWORK, 0, 0, 1), abi.encodeWithSelector(ICredits.BasisWithoutCharge.selector, NETWORK)
        );
    }

    function test_totalsOfSeveralNetworksAreMatchedByNetwork() public {
        _reserveEverything(100e18);
        // Nothing is free any more; the second network gets its own purchase.
        buy(payer, 50e18);
        vm.prank(payer);
        credits.reserve(OTHER_NETWORK, payer, 100e18, 0);

        IResults.Total[] memory totals = new IResults.Total[](5);
        totals[0] = IResults.Total(MoneyLeaf.PAYMENT, OTHER_NETWORK, 4e18);
        totals[1] = IResults.Total(MoneyLeaf.CHARGE, NETWORK, 6e18);
        totals[2] = IResults.Total(MoneyLeaf.CHARGE, OTHER_NETWORK, 10e18);
        totals[3] = IResults.Total(MoneyLeaf.BASIS, NETWORK, 3e18);
        totals[4] = IResults.Total(MoneyLeaf.BASIS, OTHER_NETWORK, 5e18);
        settle(ROOT, totals);
        vm.assertEq(results.authorised(MoneyLeaf.PAYMENT, NETWORK), 0);
        vm.assertEq(results.authorised(MoneyLeaf.PAYMENT, OTHER_NETWORK), 4e18);
        vm.assertEq(credits.networkSums(NETWORK).chargedCredits, 6e18);
        vm.assertEq(credits.networkSums(OTHER_NETWORK).consumedBasis, 5e18);

        // The basis of another network covers nothing.
        totals[0].network = NETWORK;
        totals[0].amount = 2.4e18 + 1;
        _expectTotalsError(
            totals, abi.encodeWithSelector(IResults.PaymentExceedsBasis.selector, NETWORK, 2.4e18 + 1, 2.4e18)
        );
    }

    function test_A42_operatorsGetNoMoreThanWhatWasKeptBack() public {
        _reserveEverything(100e18);
        _expectTotalsError(
            _withOperations(1e18 + 1),
            abi.encodeWithSelector(IResults.OperationsExceedShare.selector, NETWORK, 1e18 + 1, 1e18)
        );
        settle(ROOT, _withOperations(0.4e18));
        // What is not paid at once may be paid later: its tokens were burned.
        settle(ROOT, _withOperations(1.6e18));
        _expectTotalsError(
            _withOperations(1e18 + 1),
            abi.encodeWithSelector(IResults.OperationsExceedShare.selector, NETWORK, 3e18 + 1, 3e18)
        );
        vm.assertEq(results.authorised(MoneyLeaf.OPERATIONS, NETWORK), 2e18);
    }

    function test_A42_bootstrapWaitsForVestingAndKeepsToTheBudget() public {
        for (uint64 epoch = 0; epoch < VESTING_EPOCHS; ++epoch) {
            _expectTotalsError(
                _single(MoneyLeaf.BOOTSTRAP, NETWORK, 1),
                abi.encodeWithSelector(IResults.BootstrapExceedsBudget.selector, NETWORK, 1, 0)
            );
            settleEmpty();
        }
        // 40 tokens for epoch 0, then 39.6, 39.2 and so on.
        _expectTotalsError(
            _single(MoneyLeaf.BOOTSTRAP, NETWORK, 40e18 + 1),
            abi.encodeWithSelector(IResults.BootstrapExceedsBudget.selector, NETWORK, 40e18 + 1, 40e18)
        );
        settle(ROOT, _single(MoneyLeaf.BOOTSTRAP, NETWORK, 30e18));
        _expectTotalsError(
            _single(MoneyLeaf.BOOTSTRAP, NETWORK, 49.6e18 + 1),
            abi.encodeWithSelector(IResults.BootstrapExceedsBudget.selector, NETWORK, 79.6e18 + 1, 79.6e18)
        );
        settle(ROOT, _single(MoneyLeaf.BOOTSTRAP, NETWORK, 49.6e18));
        vm.assertEq(results.authorised(MoneyLeaf.BOOTSTRAP, NETWORK), 79.6e18);
    }

    function test_A42_bootstrapOfAllNetworksKeepsToItsShareOfTheSchedule() public {
        uint256 paid = 0;
        for (uint64 epoch = 0; epoch < 40; ++epoch) {
            if (epoch < VESTING_EPOCHS) {
                settleEmpty();
                continue;
            }
            IResults.Total[] memory totals = new IResults.Total[](2);
            uint256 all = 0;
            for (uint32 id = NETWORK; id <= OTHER_NETWORK; ++id) {
                uint256 budget = networks.bootstrapBudget(id, epoch - VESTING_EPOCHS);
                totals[id - 1] =
                    IResults.Total(MoneyLeaf.BOOTSTRAP, id, budget - results.authorised(MoneyLeaf.BOOTSTRAP, id));
                all += budget;
            }
            uint256 limit = emission.bootstrapUpTo(epoch - VESTING_EPOCHS);
            if (all > limit) {
                _expectTotalsError(
                    totals, abi.encodeWithSelector(IResults.BootstrapExceedsBudget.selector, 0, all, limit)
                );
                ++paid;
                settleEmpty();
            } else {
                settle(ROOT, totals);
            }
        }
        vm.assertGt(paid, 0);
    }

    function test_A42_dutyAndTreasuryKeepToTheirShareOfTheEpoch() public {
        _expectTotalsError(
            _single(MoneyLeaf.DUTY, 0, 30e18 + 1),
            abi.encodeWithSelector(IResults.EmissionExceedsSchedule.selector, MoneyLeaf.DUTY, 30e18 + 1, 30e18)
        );
        _expectTotalsError(
            _single(MoneyLeaf.TREASURY, 0, 20e18 + 1),
            abi.encodeWithSelector(IResults.EmissionExceedsSchedule.selector, MoneyLeaf.TREASURY, 20e18 + 1, 20e18)
        );
        settle(ROOT, _single(MoneyLeaf.DUTY, 0, 10e18));
        // What was not earned is gone.
        _expectTotalsError(
            _single(MoneyLeaf.DUTY, 0, 30e18 + 1),
            abi.encodeWithSelector(IResults.EmissionExceedsSchedule.selector, MoneyLeaf.DUTY, 30e18 + 1, 30e18)
        );
        settle(ROOT, _single(MoneyLeaf.TREASURY, 0, 20e18));
        vm.assertEq(results.result(1).mintable, 30e18);
    }

    function test_dutyAndTreasuryBelongToNetworkZero() public {
        for (uint8 kind = MoneyLeaf.DUTY; kind <= MoneyLeaf.TREASURY; ++kind) {
            _expectTotalsError(
                _single(kind, NETWORK, 0), abi.encodeWithSelector(IResults.WrongNetwork.selector, kind, NETWORK)
            );
        }
        IResults.Total[] memory twice = new IResults.Total[](2);
        twice[0] = twice[1] = IResults.Total(MoneyLeaf.DUTY, 0, 1);
        _expectTotalsError(twice, abi.encodeWithSelector(IResults.TotalsNotAscending.selector, 1));
    }

    function test_onlyTokensAreMintable() public {
        _reserveEverything(100e18);
        IResults.Total[] memory totals = _withOperations(1e18);
        totals[0].amount = 8e18;
        settle(ROOT, totals);
        vm.assertEq(results.result(0).mintable, 9e18);
    }

    /// @dev The root is one word: what a result costs does not depend on the leaves under it.
    function test_aResultCostsTheSameOverTenAndOverAMillionLeaves() public {
        bytes32 leaf = paymentLeaf(payer, NETWORK, 8e18);
        _reserveEverything(100e18);
        settle(ROOT, new IResults.Total[](0));
        IResults.Total[] memory totals = totalsOf(NETWORK, 8e18, 20e18, 10e18);
        vm.warp(clock.commitDeadlineOf(1));
        uint256 snapshot = vm.snapshotState();
        (bytes32 ten,) = _rootAbove(leaf, 4);
        uint256 small = _gasOfSubmit(ten, totals);
        vm.revertToState(snapshot);
        (bytes32 million, bytes32[] memory proof) = _rootAbove(leaf, 20);
        vm.assertEq(_gasOfSubmit(million, totals), small);
        makeFinal();
        claims.claim(MoneyLeaf.PAYMENT, payer, NETWORK, 8e18, proof);
        vm.assertEq(token.balanceOf(payer), 8e18);
    }

    function test_totalsMustAscend() public {
        IResults.Total[] memory totals = new IResults.Total[](2);
        totals[0] = IResults.Total(MoneyLeaf.CHARGE, NETWORK, 0);
        totals[1] = IResults.Total(MoneyLeaf.CHARGE, NETWORK, 0);
        _expectTotalsError(totals, abi.encodeWithSelector(IResults.TotalsNotAscending.selector, 1));
        totals[0].network = OTHER_NETWORK;
        _expectTotalsError(totals, abi.encodeWithSelector(IResults.TotalsNotAscending.selector, 1));
        totals[1] = IResults.Total(MoneyLeaf.PAYMENT, OTHER_NETWORK, 0);
        _expectTotalsError(totals, abi.encodeWithSelector(IResults.TotalsNotAscending.selector, 1));
        totals[1] = IResults.Total(8, OTHER_NETWORK, 0);
        _expectTotalsError(totals, abi.encodeWithSelector(IResults.UnknownKind.selector, 8));
        totals[0] = IResults.Total(0, NETWORK, 0);
        _expectTotalsError(totals, abi.encodeWithSelector(IResults.UnknownKind.selector, 0));
    }

    function test_totalsAreBounded() public {
        uint256 most = results.MAX_TOTALS();
        _expectTotalsError(_manyTotals(most + 1), abi.encodeWithSelector(IResults.TooManyTotals.selector, most + 1));
        settle(ROOT, _manyTotals(most));
    }

    // ---- beginnings

    function test_theFirstEpochOpensAfterTheFirstVerifierJoined() public {
        vm.warp(GENESIS - 1);
        deploy();
        vm.assertEq(results.nextEpoch(), 0);
        vm.warp(GENESIS + 10);
        joinOperators();
        vm.assertEq(results.nextEpoch(), 1);
        vm.warp(clock.commitDeadlineOf(1));
        settleEmpty();
        vm.assertEq(results.nextEpoch(), 2);
    }

    function test_aVerifierThatJoinsAtAnOpeningCountsInThatEpoch() public {
        vm.warp(GENESIS - 1);
        deploy();
        vm.warp(clock.openingOf(3));
        joinOperators();
        vm.assertEq(results.nextEpoch(), 3);
        settleEmpty();
        vm.assertEq(results.nextEpoch(), 4);
    }

    function test_withoutVerifiersNothingIsAccepted() public {
        vm.warp(GENESIS - 1);
        deploy();
        IResults.Result memory result = _ready();
        vm.expectRevert(abi.encodeWithSelector(IResults.QuorumNotReached.selector, 0, 0));
        results.submit(result, new bytes[](0));
    }

    function test_theFirstEpochMayBeLater() public {
        uint256 next = vm.getNonce(address(this));
        address self = vm.computeCreateAddress(address(this), next);
        vm.mockCall(address(operators), abi.encodeCall(IOperators.results, ()), abi.encode(self));
        vm.mockCall(address(credits), abi.encodeCall(ICredits.results, ()), abi.encode(self));
        Results.Parameters memory its = parametersOf();
        its.firstEpoch = 9;
        Results later = new Results(wiringOf(), its);
        vm.assertEq(later.firstEpoch(), 9);
        vm.assertEq(later.nextEpoch(), 9);
    }

    function test_refusesSharesAndWiringOutOfBounds() public {
        _expectInvalid(Results.Parameters(0, 499, 0, 1, 1, 1));
        _expectInvalid(Results.Parameters(0, 5_001, 0, 1, 1, 1));
        _expectInvalid(Results.Parameters(0, 500, 3_001, 1, 1, 1));
        _expectInvalid(Results.Parameters(0, 500, 0, 0, 1, 1));
        _expectInvalid(Results.Parameters(0, 500, 0, 100_001, 1, 1));
        _expectInvalid(Results.Parameters(0, 500, 0, 1, 0, 1));
        _expectInvalid(Results.Parameters(0, 500, 0, 1, 1_001, 1));
        _expectInvalid(Results.Parameters(0, 500, 0, 1, 1, 0));
        _expectInvalid(Results.Parameters(0, 500, 0, 1, 1, 100_001));
        vm.expectRevert(IResults.WrongWiring.selector);
        new Results(wiringOf(), parametersOf());
        address self = vm.computeCreateAddress(address(this), vm.getNonce(address(this)));
        vm.mockCall(address(operators), abi.encodeCall(IOperators.results, ()), abi.encode(self));
        vm.expectRevert(IResults.WrongWiring.selector);
        new Results(wiringOf(), parametersOf());
    }

    // ---- helpers

    function _withOperations(uint256 amount) private pure returns (IResults.Total[] memory totals) {
        totals = new IResults.Total[](4);
        totals[0] = IResults.Total(MoneyLeaf.PAYMENT, NETWORK, 0);
        totals[1] = IResults.Total(MoneyLeaf.CHARGE, NETWORK, 20e18);
        totals[2] = IResults.Total(MoneyLeaf.BASIS, NETWORK, 10e18);
        totals[3] = IResults.Total(MoneyLeaf.OPERATIONS, NETWORK, amount);
    }

    function _single(uint8 kind, uint32 network, uint256 amount) private pure returns (IResults.Total[] memory totals) {
        totals = new IResults.Total[](1);
        totals[0] = IResults.Total(kind, network, amount);
    }

    function _rootAbove(bytes32 leaf, uint256 depth) private pure returns (bytes32 root, bytes32[] memory proof) {
        proof = new bytes32[](depth);
        root = leaf;
        for (uint256 i = 0; i < depth; ++i) {
            proof[i] = keccak256(abi.encode("sibling", i));
            root = Hashes.commutativeKeccak256(root, proof[i]);
        }
    }

    function _gasOfSubmit(bytes32 root, IResults.Total[] memory totals) private returns (uint256) {
        IResults.Result memory result = nextResult(root, totals);
        bytes[] memory signed = signatures(results.resultDigest(result), 4);
        results.submit(result, signed);
        return vm.lastCallGas().gasTotalUsed;
    }

    function _ready() private returns (IResults.Result memory result) {
        result = nextResult(ROOT, new IResults.Total[](0));
        uint256 deadline = clock.commitDeadlineOf(result.epoch);
        if (block.timestamp < deadline) vm.warp(deadline);
    }

    function _commit(bytes32 index) private {
        results.commitIndex(0, gateway, index, signatures(results.indexDigest(0, gateway, index), 2));
    }

    function _joinAt(uint256 moment, string memory name, uint256 stake) private {
        if (block.timestamp < moment) vm.warp(moment);
        join(VERIFIER, accountOf(name), accountOf(name), stake);
    }

    function _single(string memory name, bytes32 digest) private pure returns (bytes[] memory list) {
        list = new bytes[](1);
        list[0] = sign(keyOf(name), digest);
    }

    function _reserveEverything(uint256 tokens) private {
        setPrices(2e8, 2e8);
        uint256 bought = buy(payer, tokens);
        reserve(payer, payer, bought, 0);
    }

    function _typed(bytes32 hash) private view returns (bytes32) {
        return keccak256(abi.encodePacked("\x19\x01", registry.domainSeparator(), hash));
    }

    function _manyTotals(uint256 count) private pure returns (IResults.Total[] memory totals) {
        totals = new IResults.Total[](count);
        for (uint256 i = 0; i < count; ++i) {
            totals[i] = IResults.Total(MoneyLeaf.CHARGE, uint32(i), 0);
        }
    }

    function _expectInvalidSignature(IResults.Result memory result, bytes[] memory signed) private {
        vm.expectRevert(abi.encodeWithSelector(IResults.InvalidSignature.selector, 1));
        results.submit(result, signed);
    }

    function _expectHeaderError(IResults.Result memory result, bytes memory failure) private {
        bytes[] memory signed = signatures(results.resultDigest(result), 3);
        vm.expectRevert(failure);
        results.submit(result, signed);
    }

    function _expectTotalsError(IResults.Total[] memory totals, bytes memory failure) private {
        IResults.Result memory result = _ready();
        result.totals = totals;
        _expectHeaderError(result, failure);
    }

    function _expectInvalid(Results.Parameters memory its) private {
        vm.expectRevert(IResults.InvalidResultParameters.selector);
        new Results(wiringOf(), its);
    }
}
