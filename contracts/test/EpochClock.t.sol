// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {EpochClock} from "../src/EpochClock.sol";
import {IEpochClock} from "../src/interfaces/IEpochClock.sol";
import {Test} from "./support/Test.sol";

contract EpochClockTest is Test {
    uint64 private constant GENESIS = 1_000_000;
    EpochClock private clock;

    function setUp() public {
        clock = new EpochClock(GENESIS, 60, 10, 3);
    }

    function test_knowsItsSchedule() public view {
        vm.assertEq(clock.genesis(), GENESIS);
        vm.assertEq(clock.slotSeconds(), 60);
        vm.assertEq(clock.slotsPerEpoch(), 10);
        vm.assertEq(clock.commitSlots(), 3);
    }

    function test_slotsAreNumberedOverAllEpochs() public view {
        vm.assertEq(clock.slotAt(GENESIS), 0);
        vm.assertEq(clock.slotAt(GENESIS + 59), 0);
        vm.assertEq(clock.slotAt(GENESIS + 60), 1);
        vm.assertEq(clock.slotAt(GENESIS + 600), 10);
    }

    function test_epochsFollowEachOther() public view {
        vm.assertEq(clock.epochAt(GENESIS + 599), 0);
        vm.assertEq(clock.epochAt(GENESIS + 600), 1);
        vm.assertEq(clock.openingOf(1), GENESIS + 600);
        vm.assertEq(clock.closeOf(1), GENESIS + 1200);
        vm.assertEq(clock.commitDeadlineOf(1), GENESIS + 1380);
    }

    function test_beforeGenesisThereIsNoSlotAndEpochZeroIsNext() public {
        vm.assertEq(clock.epochAt(GENESIS - 1), 0);
        vm.expectRevert(abi.encodeWithSelector(IEpochClock.BeforeGenesis.selector, GENESIS - 1));
        clock.slotAt(GENESIS - 1);
    }

    function testFuzz_everyMomentLiesInItsEpoch(uint40 offset) public view {
        uint256 moment = uint256(GENESIS) + offset;
        uint64 epoch = clock.epochAt(moment);
        vm.assertLe(clock.openingOf(epoch), moment);
        vm.assertGt(clock.closeOf(epoch), moment);
        vm.assertEq(clock.closeOf(epoch), clock.openingOf(epoch + 1));
        vm.assertEq(clock.slotAt(moment) / 10, epoch);
    }

    function test_refusesSchedulesOutOfBounds() public {
        uint32 maxSeconds = clock.MAX_SLOT_SECONDS();
        uint32 maxSlots = clock.MAX_SLOTS_PER_EPOCH();
        uint32 maxCommit = clock.MAX_COMMIT_SLOTS();
        _expectInvalid(0, 1, 1, 1);
        _expectInvalid(uint64(type(uint48).max) + 1, 1, 1, 1);
        _expectInvalid(1, 0, 1, 1);
        _expectInvalid(1, maxSeconds + 1, 1, 1);
        _expectInvalid(1, 1, 0, 1);
        _expectInvalid(1, 1, maxSlots + 1, 1);
        _expectInvalid(1, 1, 1, 0);
        _expectInvalid(1, 1, 1, maxCommit + 1);
        new EpochClock(1, maxSeconds, maxSlots, maxCommit);
        new EpochClock(type(uint48).max, 1, 1, 1);
    }

    function _expectInvalid(uint64 genesis, uint32 slotSeconds, uint32 slotsPerEpoch, uint32 commitSlots) private {
        vm.expectRevert(IEpochClock.InvalidSchedule.selector);
        new EpochClock(genesis, slotSeconds, slotsPerEpoch, commitSlots);
    }
}
