// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {EmissionSchedule} from "../src/EmissionSchedule.sol";
import {IEmissionSchedule} from "../src/interfaces/IEmissionSchedule.sol";
import {Test} from "./support/Test.sol";

contract EmissionScheduleTest is Test {
    function test_aPeriodHasItsRateAndTheNextOneLess() public {
        EmissionSchedule emission = new EmissionSchedule(_schedule(1_000, 10, 9_000));
        vm.assertEq(emission.rateOf(0), 1_000);
        vm.assertEq(emission.rateOf(9), 1_000);
        vm.assertEq(emission.rateOf(10), 900);
        vm.assertEq(emission.rateOf(20), 810);
        // floor(floor(729 * 0.9)): every period is rounded down on its own.
        vm.assertEq(emission.rateOf(40), 656);
        vm.assertEq(emission.scheduled(0, 0), 1_000);
        vm.assertEq(emission.scheduled(0, 9), 10_000);
        vm.assertEq(emission.scheduled(0, 10), 10_900);
        vm.assertEq(emission.scheduled(8, 21), 2 * 1_000 + 10 * 900 + 2 * 810);
        vm.assertEq(emission.scheduled(5, 4), 0);
        vm.assertEq(emission.scheduled(5, 5), 1_000);
    }

    function test_everyLineGetsItsShareRoundedDownOnce() public {
        EmissionSchedule emission = new EmissionSchedule(_schedule(999, 10, 9_000));
        vm.assertEq(emission.bootstrapUpTo(0), 499);
        vm.assertEq(emission.bootstrapUpTo(1), 999);
        vm.assertEq(emission.operatorsBetween(0, 0), 299);
        vm.assertEq(emission.operatorsBetween(0, 9), 2_997);
        vm.assertEq(emission.treasuryBetween(3, 3), 199);
        vm.assertEq(emission.treasuryBetween(3, 2), 0);
    }

    function test_keepsItsParameters() public {
        IEmissionSchedule.Schedule memory schedule = _schedule(7, 10, 9_000);
        vm.assertEq(abi.encode(new EmissionSchedule(schedule).schedule()), abi.encode(schedule));
    }

    function test_refusesSchedulesOutOfBounds() public {
        IEmissionSchedule.Schedule memory its = _schedule(1_000, 10, 9_000);
        its.periodEpochs = 0;
        _expectInvalid(its);
        its = _schedule(1_000, 1_000_001, 9_000);
        _expectInvalid(its);
        its = _schedule(1_000, 10, 9_000);
        its.declineBps = 10_000;
        _expectInvalid(its);
        its = _schedule(1_000, 10, 9_000);
        its.hardCap = 100_000 - 1;
        _expectInvalid(its);
        its = _schedule(1_000, 10, 9_000);
        its.treasury = address(0);
        _expectInvalid(its);
        its = _schedule(1_000, 10, 9_000);
        (its.treasuryBps, its.operatorsBps) = (2_001, 0);
        _expectInvalid(its);
        its = _schedule(1_000, 10, 9_000);
        its.bootstrapBps = 5_001;
        _expectInvalid(its);
        its = _schedule(1_000, 1_000_000, 9_999);
        its.hardCap = 1_000 * 1_000_000 * 10_000;
        new EmissionSchedule(its);
    }

    function test_A33_theSupplyEndsBelowTheCapAndNothingIsEmittedAfterwards() public {
        EmissionSchedule emission = new EmissionSchedule(_schedule(1_000e18, 24, 9_000));
        uint64 last = type(uint64).max;
        vm.assertEq(emission.rateOf(last), 0);
        vm.assertLe(emission.scheduled(0, last), 240_000e18);
        // Every period's rate is rounded down; that costs next to nothing.
        vm.assertGt(emission.scheduled(0, last), 240_000e18 - 1e6);
    }

    function test_computingAheadStopsWhenNothingIsLeft() public {
        EmissionSchedule emission = new EmissionSchedule(_schedule(100, 1, 5_000));
        uint256 sum = emission.scheduled(0, 1_000);
        emission.computeAhead(1_000_000);
        vm.assertEq(sum, 100 + 50 + 25 + 12 + 6 + 3 + 1);
        vm.assertEq(emission.scheduled(0, 1_000), sum);
    }

    function testFuzz_A33_computingAheadChangesNoAnswer(uint128 rate, uint16 decline, uint16 ahead, uint16 epoch)
        public
    {
        IEmissionSchedule.Schedule memory its = _schedule(uint128(bound(rate, 0, 1e24)), 7, uint16(decline % 10_000));
        EmissionSchedule plain = new EmissionSchedule(its);
        EmissionSchedule computed = new EmissionSchedule(its);
        computed.computeAhead(ahead % 50);
        uint64 at = epoch % 500;
        vm.assertEq(plain.rateOf(at), computed.rateOf(at));
        vm.assertEq(plain.scheduled(0, at), computed.scheduled(0, at));
    }

    function testFuzz_sumsAddUpFallAndStayBelowTheCap(uint128 rate, uint16 decline, uint64 a, uint64 b) public {
        EmissionSchedule emission =
            new EmissionSchedule(_schedule(uint128(bound(rate, 0, 1e24)), 7, uint16(decline % 10_000)));
        (a, b) = (a % 700, b % 700);
        (uint64 first, uint64 last) = a < b ? (a, b) : (b, a);
        uint256 sum = emission.scheduled(0, last);
        vm.assertEq(
            sum, (first == 0 ? 0 : emission.scheduled(0, first - 1)) + emission.scheduled(first, last), "sums add up"
        );
        vm.assertLe(emission.rateOf(last), emission.rateOf(first), "rates fall");
        vm.assertLe(sum, emission.schedule().hardCap, "below the cap");
        // Shares that are rounded down apart never exceed the share of the whole.
        vm.assertLe(
            (first == 0 ? 0 : emission.operatorsBetween(0, first - 1)) + emission.operatorsBetween(first, last),
            emission.operatorsBetween(0, last)
        );
    }

    function testFuzz_theSumIsThatOfItsEpochs(uint32 rate, uint16 decline, uint8 period, uint8 last) public {
        EmissionSchedule emission = new EmissionSchedule(_schedule(rate, uint64(period % 9) + 1, decline % 10_000));
        uint64 end = last % 60;
        uint256 sum = 0;
        for (uint64 epoch = 0; epoch <= end; ++epoch) {
            sum += emission.rateOf(epoch);
        }
        vm.assertEq(emission.scheduled(0, end), sum);
    }

    /// @dev With the smallest cap that the parameters allow.
    function _schedule(uint128 rate, uint64 period, uint16 decline)
        private
        pure
        returns (IEmissionSchedule.Schedule memory)
    {
        uint256 cap = (uint256(rate) * period * 10_000 + 10_000 - decline - 1) / (10_000 - decline);
        return
            IEmissionSchedule.Schedule(rate, period, decline, uint128(cap), 5_000, 3_000, 2_000, accountOf("treasury"));
    }

    function _expectInvalid(IEmissionSchedule.Schedule memory its) private {
        vm.expectRevert(IEmissionSchedule.InvalidSchedule.selector);
        new EmissionSchedule(its);
    }
}
