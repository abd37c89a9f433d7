// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IPossessionCourt} from "../src/interfaces/IPossessionCourt.sol";
import {ISlashing} from "../src/interfaces/ISlashing.sol";
import {BlockHeader} from "../src/libraries/BlockHeader.sol";
import {StorageReports} from "../src/libraries/StorageReports.sol";
import {Courtroom} from "./Courtroom.sol";

/// @notice A device shows that it answered a slot, and anybody records the blocks that this needs.
contract ClearingTest is Courtroom {
    uint8 private constant ENTRIES = 20;
    bytes32 private seed;
    bytes32 private holding;
    bytes[] private deals;

    function setUp() public override {
        super.setUp();
        seed = recordSlot();
        deals.push(encode(termsOf(1e18)));
        deals.push(encode(termsOf(2e18)));
        holding = holdingOf(idOf(termsOf(1e18)), idOf(termsOf(2e18)));
    }

    function test_aRightAnswerThatAGatewayPromisedIsRecordedOnce() public {
        bytes memory body = _body();
        ISlashing.GatewayPromise memory given = _promised(SLOT + 2, body);
        vm.expectEmit(address(court));
        emit IPossessionCourt.Cleared(device, SLOT, holding, SLOT + 2, ENTRIES, gateway, sha256(body));
        court.clear(gateway, given, body, deals);
        IPossessionCourt.Clearing memory found = court.clearing(device, SLOT, holding);
        vm.assertEq(found.promised, SLOT + 2);
        vm.assertEq(found.entries, ENTRIES);
        _refuses(given, body, abi.encodeWithSelector(IPossessionCourt.AlreadyCleared.selector, device, SLOT, holding));
    }

    function test_aSlotWhoseBlockNobodyRecordedIsNotCleared() public {
        bytes memory payload = answerOf(seed, holding, 2, ENTRIES);
        payload[8] = bytes1(uint8(SLOT + 1));
        bytes memory body = bodyOf(payload);
        _refuses(
            _promised(SLOT + 2, body), body, abi.encodeWithSelector(IPossessionCourt.SlotNotRecorded.selector, SLOT + 1)
        );
    }

    function test_anAnswerToAnotherSeedShowsNothing() public {
        bytes memory body = bodyOf(answerOf(keccak256("another seed"), holding, 2, ENTRIES));
        ISlashing.GatewayPromise memory given = _promised(SLOT, body);
        vm.expectRevert();
        court.clear(gateway, given, body, deals);
    }

    function test_everyEntryMustBeRight() public {
        bytes memory payload = answerOf(seed, holding, 2, ENTRIES);
        for (uint256 i = 0; i < ENTRIES; ++i) {
            bytes memory changed = bytes.concat(payload);
            // The leaf of entry i: after the head, whole entries, length and leaf's number and height.
            changed[42 + i * 139 + 2 + 9] ^= 0x01;
            bytes memory body = bodyOf(changed);
            ISlashing.GatewayPromise memory given = _promised(SLOT, body);
            vm.expectRevert();
            court.clear(gateway, given, body, deals);
        }
    }

    function test_aPieceThatTheDeviceSaysItLostClearsNobody() public {
        bytes memory lost = bytes.concat(hex"02", bytes8(SLOT), holding, hex"01", hex"0000");
        bytes memory body = bodyOf(lost);
        ISlashing.GatewayPromise memory given = _promised(SLOT, body);
        vm.expectRevert();
        court.clear(gateway, given, body, deals);
    }

    function test_thePromiseMustBeAGatewaysForThisReport() public {
        bytes memory body = _body();
        ISlashing.GatewayPromise memory given = _promised(SLOT, body);
        given.slot = SLOT + 1;
        _refuses(given, body, abi.encodeWithSelector(IPossessionCourt.InvalidSignature.selector));
        given = _promised(SLOT, bodyOf(hex"02"));
        _refuses(given, body, abi.encodeWithSelector(IPossessionCourt.Foreign.selector));
        given = _promised(SLOT, body);
        given.index = 2;
        _refuses(given, body, abi.encodeWithSelector(IPossessionCourt.InvalidPath.selector));
        given = promised(keyOf("nobody"), SLOT, body);
        vm.expectRevert(abi.encodeWithSelector(IPossessionCourt.NotGateway.selector, accountOf("nobody")));
        court.clear(accountOf("nobody"), given, body, deals);
        given = _promised(SLOT - 1, body);
        _refuses(given, body, abi.encodeWithSelector(IPossessionCourt.AnswerBeforeSlot.selector, SLOT, SLOT - 1));
    }

    function test_theDealsMustBeThoseOfTheAnswer() public {
        bytes memory body = _body();
        ISlashing.GatewayPromise memory given = _promised(SLOT, body);
        deals[0] = encode(termsOf(2e18));
        deals[1] = encode(termsOf(1e18));
        bytes32 swapped = holdingOf(idOf(termsOf(2e18)), idOf(termsOf(1e18)));
        _refuses(given, body, abi.encodeWithSelector(IPossessionCourt.HoldingDiffers.selector, holding, swapped));
        delete deals;
        _refuses(given, body, abi.encodeWithSelector(IPossessionCourt.HoldingDiffers.selector, holding, bytes32(0)));
        for (uint256 i = 0; i < 1_001; ++i) {
            deals.push("");
        }
        _refuses(given, body, abi.encodeWithSelector(IPossessionCourt.HoldingDiffers.selector, holding, bytes32(0)));
    }

    function test_dealsOfOthersAndOfOtherTimesAreNoHolding() public {
        Terms memory deal = termsOf(1e18);
        deal.device = device + 1;
        _refusesDeal(deal, abi.encodeWithSelector(IPossessionCourt.Foreign.selector));
        deal = termsOf(1e18);
        deal.network = OTHER_NETWORK;
        _refusesDeal(deal, abi.encodeWithSelector(IPossessionCourt.Foreign.selector));
        deal = termsOf(1e18);
        deal.startSlot = SLOT + 1;
        _refusesDeal(deal, abi.encodeWithSelector(IPossessionCourt.NotRunning.selector, idOf(deal)));
        deal.startSlot = SLOT - 1;
        deal.endSlot = SLOT;
        _refusesDeal(deal, abi.encodeWithSelector(IPossessionCourt.NotRunning.selector, idOf(deal)));
        deal = termsOf(1e18);
        deal.terms = hex"0155";
        _refusesDeal(deal, abi.encodeWithSelector(IPossessionCourt.NotAPiece.selector, idOf(deal)));
        deal = termsOf(1e18);
        deal.endSlot = deal.startSlot;
        _refusesDeal(deal, abi.encodeWithSelector(StorageReports.MalformedReport.selector));
    }

    function test_aBodyOfAnotherDeploymentOrWithMoreBytesIsRefused() public {
        bytes memory body = bodyOf(1, keccak256("elsewhere"), answerOf(seed, holding, 2, ENTRIES));
        _refuses(_promised(SLOT, body), body, abi.encodeWithSelector(IPossessionCourt.Foreign.selector));
        body = bodyOf(bytes.concat(answerOf(seed, holding, 2, ENTRIES), hex"00"));
        _refuses(_promised(SLOT, body), body, abi.encodeWithSelector(StorageReports.MalformedReport.selector));
        body = bodyOf(bytes.concat(hex"02", bytes8(SLOT), holding, hex"00"));
        _refuses(_promised(SLOT, body), body, abi.encodeWithSelector(StorageReports.MalformedReport.selector));
        body = bodyOf(bytes.concat(hex"02", bytes8(SLOT), holding, hex"01", hex"0001"));
        _refuses(_promised(SLOT, body), body, abi.encodeWithSelector(StorageReports.MalformedReport.selector));
    }

    // ---- the blocks of slots

    function test_onlyTheFirstBlockOfASlotIsRecorded() public {
        uint256 start = GENESIS + uint256(SLOT + 1) * SLOT_SECONDS;
        _refusesBlock(start - 2, start - 1);
        _refusesBlock(start, start + 1);
        (bytes memory parent, bytes memory header) = _chain(992, start - 1, start + 3);
        vm.expectEmit(address(court));
        emit IPossessionCourt.SlotRecorded(SLOT + 1, 992, keccak256(header));
        court.recordSlot(SLOT + 1, parent, header);
        vm.assertEq(court.slotBlock(SLOT + 1), keccak256(header));
        court.recordSlot(SLOT + 1, parent, header);
    }

    function test_onlyBlocksOfThisChainAreRecorded() public {
        uint256 start = GENESIS + uint256(SLOT + 1) * SLOT_SECONDS;
        (bytes memory parent, bytes memory header) = _chain(992, start - 1, start);
        vm.setBlockhash(992, keccak256("another block"));
        bytes memory refusal = abi.encodeWithSelector(IPossessionCourt.UnknownBlock.selector, 992);
        vm.expectRevert(refusal);
        court.recordSlot(SLOT + 1, parent, header);
        vm.setBlockhash(992, keccak256(header));
        bytes memory other = headerOf(keccak256("x"), 991, start - 1);
        vm.expectRevert(refusal);
        court.recordSlot(SLOT + 1, other, header);
        vm.expectRevert(BlockHeader.MalformedHeader.selector);
        court.recordSlot(SLOT + 1, parent, hex"f90001");
        vm.roll(992 + 257);
        vm.expectRevert(refusal);
        court.recordSlot(SLOT + 1, parent, header);
    }

    /// @dev EIP-2935, as a contract that tells one hash.
    function test_olderBlocksAreAskedOfTheHistoryContract() public {
        uint256 start = GENESIS + uint256(SLOT + 1) * SLOT_SECONDS;
        (bytes memory parent, bytes memory header) = _chain(992, start - 1, start);
        vm.roll(992 + 8_000);
        address history = 0x0000F90827F1C53a10cb7A02335B175320002935;
        vm.etch(history, hex"00");
        vm.mockCall(history, abi.encode(uint256(992)), abi.encode(keccak256(header)));
        court.recordSlot(SLOT + 1, parent, header);
        vm.assertEq(court.slotBlock(SLOT + 1), keccak256(header));
    }

    function testFuzz_noHeaderMakesTheReaderReadBeyondIt(bytes calldata header) public {
        vm.expectRevert();
        court.recordSlot(SLOT, header, bytes.concat(hex"f90100", header));
    }

    function _chain(uint256 number, uint256 before, uint256 timestamp)
        private
        returns (bytes memory parent, bytes memory header)
    {
        parent = headerOf(keccak256("older"), number - 1, before);
        header = headerOf(keccak256(parent), number, timestamp);
        vm.setBlockhash(number, keccak256(header));
    }

    function _refusesBlock(uint256 before, uint256 timestamp) private {
        (bytes memory parent, bytes memory header) = _chain(992, before, timestamp);
        vm.expectRevert(abi.encodeWithSelector(IPossessionCourt.NotFirstOfSlot.selector, SLOT + 1));
        court.recordSlot(SLOT + 1, parent, header);
    }

    function _body() private view returns (bytes memory) {
        return bodyOf(answerOf(seed, holding, 2, ENTRIES));
    }

    function _promised(uint64 slot, bytes memory body) private view returns (ISlashing.GatewayPromise memory) {
        return promised(keyOf("gateway"), slot, body);
    }

    function _refuses(ISlashing.GatewayPromise memory given, bytes memory body, bytes memory refusal) private {
        vm.expectRevert(refusal);
        court.clear(gateway, given, body, deals);
    }

    function _refusesDeal(Terms memory deal, bytes memory refusal) private {
        delete deals;
        deals.push(encode(deal));
        bytes memory body = bodyOf(answerOf(seed, keccak256("any"), 1, 1));
        _refuses(_promised(SLOT, body), body, refusal);
    }
}
