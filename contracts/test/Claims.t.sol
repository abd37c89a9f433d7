// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {Claims} from "../src/Claims.sol";
import {IClaims} from "../src/interfaces/IClaims.sol";
import {IResults} from "../src/interfaces/IResults.sol";
import {MoneyLeaf} from "../src/libraries/MoneyLeaf.sol";
import {Deployment} from "./Deployment.sol";

contract ClaimsTest is Deployment {
    uint256 private constant WINDOW_CAP = VERIFIERS * STAKE * WINDOW_BPS / 10_000;

    address private provider;
    address private other;

    function setUp() public override {
        super.setUp();
        provider = accountOf("provider");
        other = accountOf("other");
        setPrices(2e8, 2e8);
        address payer = accountOf("payer");
        uint256 bought = buy(payer, 100_000e18);
        vm.startPrank(payer);
        credits.reserve(NETWORK, provider, bought / 2, 10);
        credits.reserve(OTHER_NETWORK, provider, bought / 2, 10);
        vm.stopPrank();
    }

    function test_claimsWhatIsNew() public {
        bytes32[] memory tree = _settlePayments(10e18, 5e18, 15e18);
        vm.expectEmit(address(claims));
        emit IClaims.Claimed(MoneyLeaf.PAYMENT, provider, NETWORK, 10e18, 10e18);
        vm.prank(other);
        vm.assertEq(claims.claim(MoneyLeaf.PAYMENT, provider, NETWORK, 10e18, _proof(tree, provider, 10e18)), 10e18);
        vm.assertEq(token.balanceOf(provider), 10e18);
        vm.assertEq(claims.claimed(MoneyLeaf.PAYMENT, provider, NETWORK), 10e18);
        vm.assertEq(claims.claimedTotal(MoneyLeaf.PAYMENT, NETWORK), 10e18);

        tree = _settlePayments(12e18, 5e18, 2e18);
        vm.assertEq(claims.claim(MoneyLeaf.PAYMENT, provider, NETWORK, 12e18, _proof(tree, provider, 12e18)), 2e18);
        vm.assertEq(claims.claim(MoneyLeaf.PAYMENT, other, NETWORK, 5e18, _proof(tree, other, 5e18)), 5e18);
        vm.assertEq(claims.claimedTotal(MoneyLeaf.PAYMENT, NETWORK), results.authorised(MoneyLeaf.PAYMENT, NETWORK));
    }

    function test_A32_theSameLeafPaysOnce() public {
        bytes32[] memory tree = _settlePayments(10e18, 5e18, 15e18);
        bytes32[] memory proof = _proof(tree, provider, 10e18);
        claims.claim(MoneyLeaf.PAYMENT, provider, NETWORK, 10e18, proof);
        vm.expectRevert(abi.encodeWithSelector(IClaims.NothingToClaim.selector, provider, NETWORK));
        claims.claim(MoneyLeaf.PAYMENT, provider, NETWORK, 10e18, proof);
    }

    function test_A36_aLoweredCumulativePaysNothingAndTakesNothing() public {
        bytes32[] memory tree = _settlePayments(10e18, 5e18, 15e18);
        claims.claim(MoneyLeaf.PAYMENT, provider, NETWORK, 10e18, _proof(tree, provider, 10e18));
        tree = _settlePayments(4e18, 5e18, 0);
        bytes32[] memory proof = _proof(tree, provider, 4e18);
        vm.expectRevert(abi.encodeWithSelector(IClaims.NothingToClaim.selector, provider, NETWORK));
        claims.claim(MoneyLeaf.PAYMENT, provider, NETWORK, 4e18, proof);
        vm.assertEq(claims.claimed(MoneyLeaf.PAYMENT, provider, NETWORK), 10e18);
        vm.assertEq(token.balanceOf(provider), 10e18);
    }

    function test_A37_aLeafIsForOneAccountNetworkKindAndRoot() public {
        bytes32[] memory tree = _settlePayments(10e18, 5e18, 15e18);
        bytes32[] memory proof = _proof(tree, provider, 10e18);
        vm.expectRevert(IClaims.InvalidProof.selector);
        claims.claim(MoneyLeaf.PAYMENT, other, NETWORK, 10e18, proof);
        vm.expectRevert(IClaims.InvalidProof.selector);
        claims.claim(MoneyLeaf.PAYMENT, provider, OTHER_NETWORK, 10e18, proof);
        vm.expectRevert(IClaims.InvalidProof.selector);
        claims.claim(MoneyLeaf.PAYMENT, provider, NETWORK, 10e18 + 1, proof);
        settleEmpty();
        makeFinal();
        vm.expectRevert(IClaims.InvalidProof.selector);
        claims.claim(MoneyLeaf.PAYMENT, provider, NETWORK, 10e18, proof);
        bytes32 charge = MoneyLeaf.hash(MoneyLeaf.CHARGE, NETWORK, MoneyLeaf.subjectOf(provider), 1e18);
        settleFinal(charge, new IResults.Total[](0));
        vm.expectRevert(IClaims.InvalidProof.selector);
        claims.claim(MoneyLeaf.PAYMENT, provider, NETWORK, 1e18, new bytes32[](0));
    }

    function test_A37_anotherDeploymentDoesNotKnowTheRoot() public {
        bytes32[] memory tree = _settlePayments(10e18, 5e18, 15e18);
        bytes32[] memory proof = _proof(tree, provider, 10e18);
        vm.warp(GENESIS - 1);
        deploy();
        vm.expectRevert(IClaims.InvalidProof.selector);
        claims.claim(MoneyLeaf.PAYMENT, provider, NETWORK, 10e18, proof);
    }

    function test_A38_aLeafThatIsHashedOncePaysNothing() public {
        bytes32 single =
            keccak256(abi.encode(MoneyLeaf.PAYMENT, NETWORK, MoneyLeaf.subjectOf(provider), uint256(10e18)));
        settleFinal(single, totalsOf(NETWORK, 10e18, 30e18, 15e18));
        vm.expectRevert(IClaims.InvalidProof.selector);
        claims.claim(MoneyLeaf.PAYMENT, provider, NETWORK, 10e18, new bytes32[](0));
    }

    function test_A39_twoLeavesOfOneAccountPayTheLargerOnce() public {
        bytes32[] memory tree = pair(paymentLeaf(provider, NETWORK, 10e18), paymentLeaf(provider, NETWORK, 5e18));
        settleFinal(tree[0], totalsOf(NETWORK, 15e18, 60e18, 30e18));
        bytes32[] memory small = _proof(tree, provider, 5e18);
        claims.claim(MoneyLeaf.PAYMENT, provider, NETWORK, 10e18, _proof(tree, provider, 10e18));
        vm.expectRevert(abi.encodeWithSelector(IClaims.NothingToClaim.selector, provider, NETWORK));
        claims.claim(MoneyLeaf.PAYMENT, provider, NETWORK, 5e18, small);
        vm.assertEq(token.balanceOf(provider), 10e18);
    }

    function test_A39_moreThanAuthorisedIsNotPaid() public {
        bytes32[] memory tree = _settlePayments(10e18, 5e18, 12e18);
        claims.claim(MoneyLeaf.PAYMENT, provider, NETWORK, 10e18, _proof(tree, provider, 10e18));
        bytes32[] memory proof = _proof(tree, other, 5e18);
        vm.expectRevert(
            abi.encodeWithSelector(IClaims.ExceedsAuthorised.selector, MoneyLeaf.PAYMENT, NETWORK, 15e18, 12e18)
        );
        claims.claim(MoneyLeaf.PAYMENT, other, NETWORK, 5e18, proof);
    }

    function test_A39_theZeroAddressIsNotPaid() public {
        settleFinal(paymentLeaf(address(0), NETWORK, 1e18), totalsOf(NETWORK, 1e18, 4e18, 2e18));
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InvalidReceiver.selector, address(0)));
        claims.claim(MoneyLeaf.PAYMENT, address(0), NETWORK, 1e18, new bytes32[](0));
    }

    function test_nothingIsClaimedBeforeTheFirstResult() public {
        vm.expectRevert(IClaims.InvalidProof.selector);
        claims.claim(MoneyLeaf.PAYMENT, provider, NETWORK, 1, new bytes32[](0));
        vm.expectRevert(abi.encodeWithSelector(IClaims.NothingToClaim.selector, provider, NETWORK));
        claims.claim(MoneyLeaf.PAYMENT, provider, NETWORK, 0, new bytes32[](0));
    }

    function test_claimsSeveralNetworksAtOnce() public {
        bytes32[] memory tree = pair(paymentLeaf(provider, NETWORK, 3e18), paymentLeaf(provider, OTHER_NETWORK, 4e18));
        IResults.Total[] memory totals = new IResults.Total[](6);
        for (uint32 i = 0; i < 2; ++i) {
            totals[i] = IResults.Total(MoneyLeaf.PAYMENT, NETWORK + i, 4e18);
            totals[2 + i] = IResults.Total(MoneyLeaf.CHARGE, NETWORK + i, 10e18);
            totals[4 + i] = IResults.Total(MoneyLeaf.BASIS, NETWORK + i, 5e18);
        }
        settleFinal(tree[0], totals);
        (uint8[] memory kinds, uint32[] memory ids, uint256[] memory sums, bytes32[][] memory proofs) = _batch(tree);
        // Somebody claims one of them ahead; the batch passes over it.
        claims.claim(MoneyLeaf.PAYMENT, provider, NETWORK, 3e18, proofs[0]);
        vm.assertEq(claims.claimMany(provider, kinds, ids, sums, proofs), 4e18);
        vm.assertEq(token.balanceOf(provider), 7e18);
        vm.expectRevert(abi.encodeWithSelector(IClaims.NothingToClaim.selector, provider, NETWORK));
        claims.claimMany(provider, kinds, ids, sums, proofs);
    }

    function test_onlyKindsOfTokensArePaid() public {
        uint8[5] memory kinds = [0, MoneyLeaf.CHARGE, MoneyLeaf.BASIS, MoneyLeaf.SLASH, 9];
        for (uint256 i = 0; i < kinds.length; ++i) {
            vm.expectRevert(abi.encodeWithSelector(IClaims.NotPayable.selector, kinds[i]));
            claims.claim(kinds[i], provider, NETWORK, 1, new bytes32[](0));
        }
    }

    function test_everyKindIsClaimedApart() public {
        bytes32 subject = MoneyLeaf.subjectOf(provider);
        IResults.Total[] memory totals = new IResults.Total[](2);
        totals[0] = IResults.Total(MoneyLeaf.DUTY, 0, 30e18);
        totals[1] = IResults.Total(MoneyLeaf.TREASURY, 0, 20e18);
        bytes32 duty = MoneyLeaf.hash(MoneyLeaf.DUTY, 0, subject, 30e18);
        bytes32 treasury = MoneyLeaf.hash(MoneyLeaf.TREASURY, 0, subject, 20e18);
        bytes32[] memory tree = pair(duty, treasury);
        settleFinal(tree[0], totals);
        bytes32[] memory proof = proofOf(tree, duty);
        vm.expectRevert(IClaims.InvalidProof.selector);
        claims.claim(MoneyLeaf.TREASURY, provider, 0, 30e18, proof);
        vm.expectEmit(address(claims));
        emit IClaims.Claimed(MoneyLeaf.DUTY, provider, 0, 30e18, 30e18);
        claims.claim(MoneyLeaf.DUTY, provider, 0, 30e18, proof);
        claims.claim(MoneyLeaf.TREASURY, provider, 0, 20e18, proofOf(tree, treasury));
        vm.assertEq(claims.claimed(MoneyLeaf.DUTY, provider, 0), 30e18);
        vm.assertEq(claims.claimed(MoneyLeaf.TREASURY, provider, 0), 20e18);
        vm.assertEq(claims.claimed(MoneyLeaf.PAYMENT, provider, 0), 0);
        vm.assertEq(token.balanceOf(provider), 50e18);
    }

    // ---- the window

    function test_A42_aStolenQuorumMintsNoMoreThanTheWindow() public {
        bytes32[] memory tree = _settlePayments(9_000e18, 1e18, 9_001e18);
        bytes32[] memory proof = _proof(tree, provider, 9_000e18);
        vm.assertEq(claims.windowRoom(), WINDOW_CAP);
        vm.expectEmit(address(claims));
        emit IClaims.Funded(WINDOW_CAP, WINDOW_CAP, WINDOW_CAP);
        // It is paid in parts: what is funded now, and the rest as room appears.
        vm.assertEq(claims.claim(MoneyLeaf.PAYMENT, provider, NETWORK, 9_000e18, proof), WINDOW_CAP);
        vm.expectRevert(IClaims.NotFunded.selector);
        claims.claim(MoneyLeaf.PAYMENT, provider, NETWORK, 9_000e18, proof);
        bytes32[] memory small = _proof(tree, other, 1e18);
        vm.expectRevert(IClaims.NotFunded.selector);
        claims.claim(MoneyLeaf.PAYMENT, other, NETWORK, 1e18, small);

        vm.warp(block.timestamp + WINDOW_SECONDS / 4);
        vm.assertEq(claims.windowRoom(), WINDOW_CAP / 4);
        vm.assertEq(claims.claim(MoneyLeaf.PAYMENT, provider, NETWORK, 9_000e18, proof), WINDOW_CAP / 4);
        vm.warp(block.timestamp + WINDOW_SECONDS);
        vm.assertEq(claims.claim(MoneyLeaf.PAYMENT, provider, NETWORK, 9_000e18, proof), WINDOW_CAP);
        vm.assertEq(claims.fundedTotal(), WINDOW_CAP * 9 / 4);
        vm.assertEq(token.balanceOf(provider), WINDOW_CAP * 9 / 4);
        vm.assertEq(claims.claimed(MoneyLeaf.PAYMENT, provider, NETWORK), WINDOW_CAP * 9 / 4);
        vm.assertEq(claims.claimedTotal(MoneyLeaf.PAYMENT, NETWORK), WINDOW_CAP * 9 / 4);
    }

    function test_theWindowFollowsTheBondedStake() public {
        address verifier = vm.addr(verifierKeys[0]);
        vm.warp(block.timestamp + 1);
        vm.prank(verifier);
        operators.leave(VERIFIER);
        vm.assertEq(claims.windowRoom(), WINDOW_CAP * 3 / 4);
        _settlePayments(9_000e18, 1e18, 9_001e18);
        vm.assertEq(claims.fund(), WINDOW_CAP * 3 / 4);
        vm.prank(vm.addr(verifierKeys[1]));
        operators.leave(VERIFIER);
        // More is used than fits now.
        vm.assertEq(claims.windowRoom(), 0);
        vm.assertEq(claims.fund(), 0);
    }

    function test_A32_fundingMintsOnceWhatFinalResultsAuthorised() public {
        vm.assertEq(claims.fund(), 0);
        _settlePayments(10e18, 5e18, 15e18);
        vm.assertEq(claims.fund(), 15e18);
        vm.assertEq(claims.fund(), 0);
        vm.assertEq(token.balanceOf(address(claims)), 15e18);
        vm.assertEq(claims.fundedTotal(), results.finalMintable());
    }

    function test_A48_callingWithoutEffectDoesNotSlowTheDecay() public {
        _settlePayments(10e18, 5e18, 15e18);
        claims.fund();
        for (uint256 i = 0; i < 10; ++i) {
            vm.warp(block.timestamp + WINDOW_SECONDS / 20);
            claims.fund();
        }
        vm.assertEq(claims.windowRoom(), WINDOW_CAP - 7.5e18);
    }

    function testFuzz_A42_fundingStaysWithinTheWindow(uint32[3] memory pauses, uint96[3] memory amounts) public {
        uint256 before = 0;
        uint256 start = block.timestamp;
        for (uint256 i = 0; i < pauses.length; ++i) {
            _settlePayments(1, 1, bound(amounts[i], 0, 2_000e18));
            vm.warp(block.timestamp + pauses[i] % (2 * WINDOW_SECONDS));
            uint256 room = claims.windowRoom();
            uint256 minted = claims.fund();
            vm.assertLe(minted, room);
            vm.assertLe(room, WINDOW_CAP);
            before += minted;
            // The cap at once, and as much again per window that passed.
            vm.assertLe(before, WINDOW_CAP + WINDOW_CAP * (block.timestamp - start) / WINDOW_SECONDS);
        }
        vm.assertLe(before, results.finalMintable());
        vm.assertEq(before, claims.fundedTotal());
    }

    function test_A47_aClaimThatCannotBePaidBlocksNobodyElse() public {
        bytes32[] memory tree = pair(paymentLeaf(address(0), NETWORK, 5e18), paymentLeaf(provider, NETWORK, 5e18));
        settleFinal(tree[0], totalsOf(NETWORK, 10e18, 40e18, 20e18));
        bytes32[] memory zero = proofOf(tree, paymentLeaf(address(0), NETWORK, 5e18));
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InvalidReceiver.selector, address(0)));
        claims.claim(MoneyLeaf.PAYMENT, address(0), NETWORK, 5e18, zero);
        vm.assertEq(claims.claim(MoneyLeaf.PAYMENT, provider, NETWORK, 5e18, _proof(tree, provider, 5e18)), 5e18);
    }

    function test_tokensSentHereAreNobodysAndHurtNobody() public {
        token.transfer(address(claims), 3e18);
        bytes32[] memory tree = _settlePayments(10e18, 5e18, 15e18);
        claims.claim(MoneyLeaf.PAYMENT, provider, NETWORK, 10e18, _proof(tree, provider, 10e18));
        claims.claim(MoneyLeaf.PAYMENT, other, NETWORK, 5e18, _proof(tree, other, 5e18));
        vm.assertEq(claims.fundedTotal(), 15e18);
        vm.assertEq(token.balanceOf(address(claims)), 3e18);
    }

    function test_aBatchPaysWhatIsFundedOfIt() public {
        bytes32[] memory tree =
            pair(paymentLeaf(provider, NETWORK, 1_500e18), paymentLeaf(provider, OTHER_NETWORK, 1_500e18));
        IResults.Total[] memory totals = new IResults.Total[](6);
        for (uint32 i = 0; i < 2; ++i) {
            totals[i] = IResults.Total(MoneyLeaf.PAYMENT, NETWORK + i, 1_500e18);
            totals[2 + i] = IResults.Total(MoneyLeaf.CHARGE, NETWORK + i, 4_000e18);
            totals[4 + i] = IResults.Total(MoneyLeaf.BASIS, NETWORK + i, 2_000e18);
        }
        settleFinal(tree[0], totals);
        (uint8[] memory kinds, uint32[] memory ids, uint256[] memory sums, bytes32[][] memory proofs) =
            (new uint8[](2), new uint32[](2), new uint256[](2), new bytes32[][](2));
        for (uint32 i = 0; i < 2; ++i) {
            (kinds[i], ids[i], sums[i]) = (MoneyLeaf.PAYMENT, NETWORK + i, 1_500e18);
            proofs[i] = proofOf(tree, paymentLeaf(provider, NETWORK + i, 1_500e18));
        }
        vm.assertEq(claims.claimMany(provider, kinds, ids, sums, proofs), WINDOW_CAP);
        vm.assertEq(claims.claimed(MoneyLeaf.PAYMENT, provider, OTHER_NETWORK), WINDOW_CAP - 1_500e18);
        vm.expectRevert(IClaims.NotFunded.selector);
        claims.claimMany(provider, kinds, ids, sums, proofs);
        vm.warp(block.timestamp + WINDOW_SECONDS);
        vm.assertEq(claims.claimMany(provider, kinds, ids, sums, proofs), 3_000e18 - WINDOW_CAP);
        vm.assertEq(token.balanceOf(provider), 3_000e18);
    }

    function test_refusesParametersOutOfBounds() public {
        _expectInvalid(0, 1);
        _expectInvalid(10_001, 1);
        _expectInvalid(1, 0);
        _expectInvalid(1, 100_001);
        vm.assertEq(claims.windowBps(), WINDOW_BPS);
        vm.assertEq(claims.windowSlots(), WINDOW_SLOTS);
    }

    function _expectInvalid(uint16 bps, uint32 slots) private {
        vm.mockCall(
            address(token),
            abi.encodeCall(token.minter, ()),
            abi.encode(vm.computeCreateAddress(address(this), vm.getNonce(address(this))))
        );
        vm.expectRevert(IClaims.InvalidClaimParameters.selector);
        new Claims(token, results, operators, clock, bps, slots);
    }

    function test_batchesMustFit() public {
        vm.expectRevert(IClaims.InvalidBatch.selector);
        claims.claimMany(provider, new uint8[](0), new uint32[](0), new uint256[](0), new bytes32[][](0));
        vm.expectRevert(IClaims.InvalidBatch.selector);
        claims.claimMany(provider, new uint8[](65), new uint32[](65), new uint256[](65), new bytes32[][](65));
        vm.expectRevert(IClaims.InvalidBatch.selector);
        claims.claimMany(provider, new uint8[](1), new uint32[](1), new uint256[](2), new bytes32[][](1));
        vm.expectRevert(IClaims.InvalidBatch.selector);
        claims.claimMany(provider, new uint8[](1), new uint32[](1), new uint256[](1), new bytes32[][](2));
        vm.expectRevert(IClaims.InvalidBatch.selector);
        claims.claimMany(provider, new uint8[](2), new uint32[](1), new uint256[](1), new bytes32[][](1));
    }

    function test_refusesATokenWithAnotherMinter() public {
        vm.expectRevert(IClaims.WrongWiring.selector);
        new Claims(token, results, operators, clock, WINDOW_BPS, WINDOW_SLOTS);
    }

    function test_claimsWithProofsOfTheNpmPackage() public {
        string memory json = vm.readFile("./test/vectors/money_tree.json");
        uint256 count = vm.parseJsonUint(json, ".count");
        uint256[3] memory sums;
        for (uint256 i = 0; i < count; ++i) {
            (uint8 kind, uint32 network,, uint256 cumulative,) = _leaf(json, i);
            if (kind == MoneyLeaf.PAYMENT) sums[network] += cumulative;
        }
        IResults.Total[] memory totals = new IResults.Total[](6);
        for (uint32 i = 0; i < 2; ++i) {
            totals[i] = IResults.Total(MoneyLeaf.PAYMENT, NETWORK + i, sums[NETWORK + i]);
            totals[2 + i] = IResults.Total(MoneyLeaf.CHARGE, NETWORK + i, 1);
            totals[4 + i] = IResults.Total(MoneyLeaf.BASIS, NETWORK + i, sums[NETWORK + i] * 2);
        }
        settleFinal(vm.parseJsonBytes32(json, ".root"), totals);
        uint256 paid = 0;
        for (uint256 i = 0; i < count; ++i) {
            (uint8 kind, uint32 network, address account, uint256 cumulative, bytes32[] memory proof) = _leaf(json, i);
            if (kind != MoneyLeaf.PAYMENT) continue;
            vm.warp(block.timestamp + WINDOW_SECONDS);
            paid += claims.claim(MoneyLeaf.PAYMENT, account, network, cumulative, proof);
        }
        vm.assertEq(paid, sums[NETWORK] + sums[OTHER_NETWORK]);
        vm.assertEq(claims.claimedTotal(MoneyLeaf.PAYMENT, NETWORK), sums[NETWORK]);
    }

    /// @dev A root with what provider and other earned in NETWORK so far, and `payment` more authorised.
    function _settlePayments(uint256 providers, uint256 others, uint256 payment)
        private
        returns (bytes32[] memory tree)
    {
        tree = pair(paymentLeaf(provider, NETWORK, providers), paymentLeaf(other, NETWORK, others));
        settleFinal(tree[0], totalsOf(NETWORK, payment, payment * 4, payment * 2));
    }

    function _proof(bytes32[] memory tree, address account, uint256 cumulative)
        private
        pure
        returns (bytes32[] memory)
    {
        return proofOf(tree, paymentLeaf(account, NETWORK, cumulative));
    }

    function _batch(bytes32[] memory tree)
        private
        view
        returns (uint8[] memory kinds, uint32[] memory ids, uint256[] memory sums, bytes32[][] memory proofs)
    {
        kinds = new uint8[](2);
        kinds[0] = kinds[1] = MoneyLeaf.PAYMENT;
        ids = new uint32[](2);
        sums = new uint256[](2);
        proofs = new bytes32[][](2);
        (ids[0], sums[0], proofs[0]) = (NETWORK, 3e18, _proof(tree, provider, 3e18));
        (ids[1], sums[1]) = (OTHER_NETWORK, 4e18);
        proofs[1] = proofOf(tree, paymentLeaf(provider, OTHER_NETWORK, 4e18));
    }

    function _leaf(string memory json, uint256 i)
        private
        pure
        returns (uint8 kind, uint32 network, address account, uint256 cumulative, bytes32[] memory proof)
    {
        string memory at = string.concat(".leaves[", vm.toString(i), "]");
        kind = uint8(vm.parseJsonUint(json, string.concat(at, ".kind")));
        network = uint32(vm.parseJsonUint(json, string.concat(at, ".network")));
        account = vm.parseJsonAddress(json, string.concat(at, ".account"));
        cumulative = vm.parseJsonUint(json, string.concat(at, ".cumulative"));
        proof = vm.parseJsonBytes32Array(json, string.concat(at, ".proof"));
    }
}
