// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {PossessionCourt} from "../src/PossessionCourt.sol";
import {IPossessionCourt} from "../src/interfaces/IPossessionCourt.sol";
import {DeviceSignature} from "../src/libraries/DeviceSignature.sol";
import {StorageReports} from "../src/libraries/StorageReports.sol";
import {Courtroom} from "./Courtroom.sol";

/// @notice Summonses. Clearing is in Clearing.t.sol.
contract PossessionCourtTest is Courtroom {
    function test_theConstructorHoldsTheBounds() public {
        (uint256 bond, uint32 slots, uint16 challenges) = court.terms();
        vm.assertEq(bond, COURT_BOND);
        vm.assertEq(slots, COURT_SLOTS);
        vm.assertEq(challenges, COURT_CHALLENGES);
        _refusesTerms(1e18 - 1, 1, 1);
        _refusesTerms(1e24 + 1, 1, 1);
        _refusesTerms(1e18, 0, 1);
        _refusesTerms(1e18, 100_001, 1);
        _refusesTerms(1e18, 1, 0);
        _refusesTerms(1e18, 1, 257);
        new PossessionCourt(token, registry, clock, operators, credits, 1e24, 100_000, 256);
    }

    function test_aProviderThatHoldsClearsItselfAndKeepsTheBond() public {
        StoredDeal memory deal = _deal();
        vm.expectEmit(address(court));
        emit IPossessionCourt.Summoned(1, device, deal.id, payer, COURT_BOND, 1_004);
        uint256 id = summon(deal.terms);
        vm.assertEq(court.newestOf(deal.id), id);
        vm.assertEq(token.balanceOf(address(court)), COURT_BOND);
        draw(id);
        bytes[] memory proofs = proofsFor(id);
        vm.expectEmit(address(court));
        emit IPossessionCourt.Answered(id, device, deal.id, seller, COURT_BOND);
        court.answer(id, proofs);
        _expectEnd(id, 3, seller);
        _expectRecord(1, 0);
        // An answer counts once, and what was answered is no fault.
        _refusesState(id, 3);
        court.answer(id, proofs);
        vm.warp(block.timestamp + 1 days);
        _refusesState(id, 3);
        court.showFault(id);
    }

    function test_aProviderThatStaysSilentIsShownFaultyByAnybody() public {
        uint256 id = summon(_deal().terms);
        draw(id);
        uint256 deadline = court.summonsOf(id).deadline;
        vm.assertEq(deadline, block.timestamp + uint256(COURT_SLOTS) * SLOT_SECONDS);
        vm.warp(deadline);
        vm.expectRevert(abi.encodeWithSelector(IPossessionCourt.StillTime.selector, id, deadline));
        court.showFault(id);
        vm.warp(deadline + 1);
        bytes[] memory proofs = proofsFor(id);
        vm.expectRevert(abi.encodeWithSelector(IPossessionCourt.TooLate.selector, id, deadline));
        court.answer(id, proofs);
        vm.expectEmit(address(court));
        emit IPossessionCourt.FaultShown(id, device, _deal().id);
        court.showFault(id);
        _expectEnd(id, 4, payer);
        _expectRecord(0, 1);
        _refusesState(id, 4);
        court.showFault(id);
        // A fault is a fault: the same deal is not tried again.
        _refusesSummons(_deal().terms, abi.encodeWithSelector(IPossessionCourt.AlreadySummoned.selector, _deal().id));
    }

    function test_onlyTheLeavesThatWereDrawnCount() public {
        uint256 id = summon(_deal().terms);
        draw(id);
        bytes[] memory proofs = proofsFor(id);
        for (uint64 i = 0; i < proofs.length; ++i) {
            bytes memory right = proofs[i];
            uint256 leaf = court.leafOf(id, i);
            proofs[i] = proofOf((leaf + 1) % 8);
            vm.expectRevert(abi.encodeWithSelector(IPossessionCourt.WrongProof.selector, i, leaf));
            court.answer(id, proofs);
            proofs[i] = right;
        }
        bytes[] memory fewer = new bytes[](7);
        vm.expectRevert(abi.encodeWithSelector(IPossessionCourt.WrongCount.selector, 7, 8));
        court.answer(id, fewer);
        court.answer(id, proofs);
    }

    function test_anOpenSummonsIsNotAskedTwiceAndAnAnsweredOneMayBe() public {
        StoredDeal memory deal = _deal();
        bytes memory refusal = abi.encodeWithSelector(IPossessionCourt.AlreadySummoned.selector, deal.id);
        uint256 id = summon(deal.terms);
        _refusesSummons(deal.terms, refusal);
        draw(id);
        _refusesSummons(deal.terms, refusal);
        bytes[] memory old = proofsFor(id);
        court.answer(id, old);
        id = summon(deal.terms);
        draw(id);
        // What was shown before is of other leaves.
        vm.expectRevert();
        court.answer(id, old);
        court.answer(id, proofsFor(id));
    }

    function test_nothingIsDrawnBeforeItsBlockAndAForgottenBlockIsReplaced() public {
        uint256 id = summon(_deal().terms);
        bytes memory early = abi.encodeWithSelector(IPossessionCourt.NotDrawnYet.selector, id, 1_004);
        vm.expectRevert(early);
        court.draw(id);
        vm.roll(1_004);
        vm.expectRevert(early);
        court.draw(id);
        vm.roll(1_004 + 257);
        vm.expectEmit(address(court));
        emit IPossessionCourt.DrawnAnew(id, 1_265);
        court.draw(id);
        vm.assertEq(court.summonsOf(id).state, 1);
        draw(id);
        vm.assertEq(court.summonsOf(id).state, 2);
        _refusesState(id, 2);
        court.draw(id);
    }

    function test_aSummonsThatTheDealWouldNotOutliveLapses() public {
        uint256 id = summon(_deal().terms);
        vm.warp(GENESIS + uint256(END - COURT_SLOTS) * SLOT_SECONDS);
        court.draw(id);
        _expectEnd(id, 6, payer);
        _expectRecord(0, 0);
    }

    function test_onlyTheDealsPayerSummons() public {
        bytes memory body = opening(_deal().terms);
        bytes memory signature = signed(body);
        vm.expectRevert(abi.encodeWithSelector(IPossessionCourt.NotPayer.selector, address(this)));
        court.summon(body, EDDSA, deviceKey, signature);
    }

    function test_onlyARunningDealIsSummoned() public {
        Terms memory deal = termsOf(1e18);
        deal.startSlot = SLOT + 1;
        _refusesNotRunning(deal);
        deal.startSlot = SLOT;
        deal.endSlot = SLOT + COURT_SLOTS;
        _refusesNotRunning(deal);
        deal.endSlot = SLOT + COURT_SLOTS + 1;
        summon(deal);
    }

    function test_onlyADealWithItsReservationIsSummoned() public {
        bytes memory refusal = abi.encodeWithSelector(IPossessionCourt.NotReserved.selector, reservation);
        Terms memory deal = termsOf(100e18 + 1);
        _refusesSummons(deal, refusal);
        deal = termsOf(1e18);
        deal.seller = accountOf("another seller");
        _refusesSummons(deal, refusal);
        summon(termsOf(100e18));
    }

    function test_onlyTheDevicesOwnSignatureIsAnAcceptance() public {
        bytes memory body = opening(_deal().terms);
        bytes memory signature = signed(body);
        signature[40] ^= 0x01;
        _refuses(body, EDDSA, deviceKey, signature, abi.encodeWithSelector(IPossessionCourt.InvalidSignature.selector));

        // Another key, rightly used, is not the one that the body names.
        (bytes32 other, bytes32 secret) = vm.createEd25519Key("other");
        signature = vm.signEd25519("groundwork/report/1\n", body, secret);
        _refuses(
            body,
            EDDSA,
            bytes.concat(other),
            signature,
            abi.encodeWithSelector(IPossessionCourt.InvalidSignature.selector)
        );

        // A body that names a key which was never the device's.
        bytes memory registered = deviceKey;
        (deviceKey, deviceSecret) = (bytes.concat(other), secret);
        body = opening(_deal().terms);
        bytes32 keyHash = DeviceSignature.keyHash(EDDSA, deviceKey);
        _refuses(
            body,
            EDDSA,
            deviceKey,
            signed(body),
            abi.encodeWithSelector(IPossessionCourt.UnknownKey.selector, device, keyHash)
        );
        deviceKey = registered;
    }

    function test_aKeyThatWasNotedCountsAfterItWasReplaced() public {
        bytes memory body = opening(_deal().terms);
        bytes memory signature = signed(body);
        bytes32 keyHash = DeviceSignature.keyHash(EDDSA, deviceKey);
        vm.assertFalse(court.isNoted(device, keyHash));
        uint256 before = vm.snapshotState();
        _replaceKey();
        _refuses(
            body,
            EDDSA,
            deviceKey,
            signature,
            abi.encodeWithSelector(IPossessionCourt.UnknownKey.selector, device, keyHash)
        );
        vm.revertToState(before);
        vm.expectEmit(address(court));
        emit IPossessionCourt.KeyNoted(device, keyHash);
        court.noteKey(device);
        court.noteKey(device);
        vm.assertTrue(court.isNoted(device, keyHash));
        _replaceKey();
        vm.prank(payer);
        court.summon(body, EDDSA, deviceKey, signature);
    }

    function test_keysOfBothOtherTypesAreRead() public {
        Terms memory deal = termsOf(1e18);
        _setKey(K1, _compressed(K1_PUBLIC_X, K1_PUBLIC_ODD));
        (bytes memory body, bytes memory message) = _openingBy(deal, K1);
        (, bytes32 r, bytes32 s) = vm.sign(1, keccak256(message));
        bytes memory key = deviceKey;
        vm.prank(payer);
        uint256 id = court.summon(body, K1, key, abi.encode(r, s));
        draw(id);
        court.answer(id, proofsFor(id));

        (uint256 x, uint256 y) = vm.publicKeyP256(5);
        _setKey(2, _compressed(x, y & 1 == 1));
        (body, message) = _openingBy(deal, 2);
        (r, s) = vm.signP256(5, sha256(message));
        uint256 order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551;
        key = deviceKey;
        _refuses(body, 2, key, abi.encode(s, r), abi.encodeWithSelector(IPossessionCourt.InvalidSignature.selector));
        uint256 fresh = vm.snapshotState();
        vm.prank(payer);
        court.summon(body, 2, key, abi.encode(r, s));
        vm.revertToState(fresh);
        // Secure elements make high ones, and Java takes them.
        vm.prank(payer);
        court.summon(body, 2, key, abi.encode(r, bytes32(order - uint256(s))));
    }

    function test_onlyTermsThatTheRulesTakeAreSummoned() public {
        Terms memory deal = termsOf(1e18);
        bytes memory cid = deal.terms;
        deal.terms = bytes.concat(cid, hex"00");
        _refusesSummons(deal, abi.encodeWithSelector(IPossessionCourt.NotAPiece.selector, idOf(deal)));
        // A tree higher than its data needs, and one of more than 32 GiB.
        deal.terms = bytes.concat(hex"01559120227f03", bytes32(uint256(1)));
        _refusesSummons(deal, abi.encodeWithSelector(IPossessionCourt.NotAPiece.selector, idOf(deal)));
        deal.terms = bytes.concat(hex"0155912022001f", bytes32(uint256(1)));
        _refusesSummons(deal, abi.encodeWithSelector(IPossessionCourt.NotAPiece.selector, idOf(deal)));
        deal.terms = bytes.concat(hex"0155912022001e", bytes32(uint256(1)));
        summon(deal);
    }

    function test_reportsOfOthersAndOfOtherKindsAreNoAcceptance() public {
        Terms memory deal = termsOf(1e18);
        bytes memory payload = bytes.concat(hex"01", encode(deal), bytes4(uint32(65)), new bytes(65));
        bytes memory foreign = abi.encodeWithSelector(IPossessionCourt.Foreign.selector);
        bytes memory malformed = abi.encodeWithSelector(StorageReports.MalformedReport.selector);
        _refusesBody(bodyOf(1, keccak256("elsewhere"), payload), foreign);
        _refusesBody(bodyOf(2, registry.deployment(), payload), foreign);
        _refusesBody(bodyOf(4, registry.deployment(), payload), malformed);
        _refusesBody(bodyOf(bytes.concat(payload, hex"00")), malformed);
        _refusesBody(bytes.concat(bodyOf(payload), hex"00"), malformed);
        _refusesBody(bodyOf(bytes.concat(hex"04", encode(deal), bytes4(uint32(65)), new bytes(65))), malformed);
        _refusesBody(bodyOf(hex"01"), malformed);
        deal.device = device + 1;
        _refusesBody(opening(deal), foreign);
        deal.device = device;
        deal.network = OTHER_NETWORK;
        _refusesBody(opening(deal), foreign);
    }

    function test_aDealThatItsPayerEndedIsDismissed() public {
        uint256 id = summon(_deal().terms);
        bytes32 ended = keccak256(
            abi.encode(keccak256("DealEnd(bytes32 deployment,bytes32 deal)"), registry.deployment(), _deal().id)
        );
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", registry.domainSeparator(), ended));
        bytes memory wrong = sign(keyOf("seller"), digest);
        vm.expectRevert(IPossessionCourt.InvalidSignature.selector);
        court.dismiss(id, wrong);
        court.dismiss(id, sign(keyOf("payer"), digest));
        _expectEnd(id, 5, seller);
        _expectRecord(0, 0);
        bytes memory again = sign(keyOf("payer"), digest);
        _refusesState(id, 5);
        court.dismiss(id, again);
    }

    // ---- helpers

    uint256 private constant K1_PUBLIC_X = 0x79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798;
    bool private constant K1_PUBLIC_ODD = false;

    struct StoredDeal {
        Terms terms;
        bytes32 id;
    }

    function _deal() private view returns (StoredDeal memory) {
        return StoredDeal(termsOf(1e18), idOf(termsOf(1e18)));
    }

    function _compressed(uint256 x, bool odd) private pure returns (bytes memory) {
        return abi.encodePacked(odd ? bytes1(0x03) : bytes1(0x02), x);
    }

    function _setKey(uint8 keyType, bytes memory key) private {
        vm.prank(seller);
        registry.setKey(device, keyType, key);
        deviceKey = key;
    }

    function _replaceKey() private {
        vm.prank(seller);
        registry.setKey(device, EDDSA, bytes.concat(keccak256("new key")));
    }

    function _openingBy(Terms memory deal, uint8 keyType) private view returns (bytes memory body, bytes memory) {
        bytes memory payload = bytes.concat(hex"01", encode(deal), bytes4(uint32(65)), new bytes(65));
        bytes32 keyHash = DeviceSignature.keyHash(keyType, deviceKey);
        bytes memory head = abi.encodePacked(uint8(1), registry.deployment(), NETWORK, device, keyHash, uint64(7));
        body = bytes.concat(head, bytes4(uint32(payload.length)), payload);
        return (body, bytes.concat("groundwork/report/1\n", body));
    }

    function _expectEnd(uint256 id, uint8 state, address to) private view {
        vm.assertEq(court.summonsOf(id).state, state);
        vm.assertEq(token.balanceOf(address(court)), 0);
        vm.assertEq(token.balanceOf(to), to == payer ? 100 * COURT_BOND : COURT_BOND);
    }

    function _expectRecord(uint64 answered, uint64 faults) private view {
        (uint64 a, uint64 f) = court.recordOf(device);
        vm.assertEq(a, answered);
        vm.assertEq(f, faults);
    }

    function _refusesTerms(uint256 bond, uint32 slots, uint16 challenges) private {
        vm.expectRevert(IPossessionCourt.InvalidCourtParameters.selector);
        new PossessionCourt(token, registry, clock, operators, credits, bond, slots, challenges);
    }

    function _refusesState(uint256 id, uint8 state) private {
        vm.expectRevert(abi.encodeWithSelector(IPossessionCourt.WrongState.selector, id, state));
    }

    function _refusesNotRunning(Terms memory deal) private {
        _refusesSummons(deal, abi.encodeWithSelector(IPossessionCourt.NotRunning.selector, idOf(deal)));
    }

    function _refusesSummons(Terms memory deal, bytes memory refusal) private {
        _refusesBody(opening(deal), refusal);
    }

    function _refusesBody(bytes memory body, bytes memory refusal) private {
        _refuses(body, EDDSA, deviceKey, signed(body), refusal);
    }

    function _refuses(bytes memory body, uint8 keyType, bytes memory key, bytes memory signature, bytes memory refusal)
        private
    {
        vm.prank(payer);
        vm.expectRevert(refusal);
        court.summon(body, keyType, key, signature);
    }
}
