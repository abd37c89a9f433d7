// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Economy} from "./Economy.sol";
import {Test} from "./support/Test.sol";

abstract contract EconomyInvariants is Test {
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    Economy internal economy;

    function setUp() public {
        economy = new Economy();
        economy.start();
    }

    function targetContracts() external view returns (address[] memory list) {
        list = new address[](1);
        list[0] = address(economy);
    }

    function targetSelectors() external view returns (FuzzSelector[] memory list) {
        list = new FuzzSelector[](1);
        list[0] = FuzzSelector(address(economy), _actions());
    }

    function invariant_A23_A24_A28_A29_A30_A42_booksBalance() external view {
        _check();
    }

    function _check() internal view virtual {
        economy.check();
    }

    function _actions() internal pure virtual returns (bytes4[] memory);
}

/// @notice Honest verifiers: everything balances, and no settlement, claim or release ever fails.
contract HonestEconomyTest is EconomyInvariants {
    /// @dev One campaign checks both: the books, and that what is reserved is what is open.
    function _check() internal view override {
        economy.check();
        economy.checkReservations();
    }

    /// @dev A canary: one round in a fixed order does all that the random ones are meant to do.
    function test_aRoundReachesEveryAction() external {
        economy.buyCredits(0, 100e18);
        economy.reserveCredits(0, 1, 50e18, 0);
        economy.movePrices(3e8, 100, 1);
        economy.charge(0, 20e18);
        economy.settleEpoch();
        economy.claimPayments(1);
        economy.releaseReservation(0);
        economy.claimShares(4);
        economy.claimShares(2);
        economy.claimShares(3);
        economy.fundClaims(60);
        economy.skipEpoch(false, true);
        economy.voidResults(1e18, 1e18, 2);
        economy.moveStake(0);
        economy.moveStake(0);
        economy.slashStake(1e18);
        for (uint256 i = 0; i < 8; ++i) {
            economy.settleEpoch();
        }
        economy.slashStake(0);
        economy.moveStake(0);
        economy.claimShares(1);
        vm.assertEq(economy.done("claimShares"), 4, "claimShares");
        vm.assertEq(economy.done("moveStake"), 3, "moveStake");
        vm.assertEq(economy.done("settleEpoch"), 9, "settleEpoch");
        economy.check();
        economy.checkReservations();
        string[11] memory actions = [
            "buyCredits",
            "reserveCredits",
            "movePrices",
            "charge",
            "claimPayments",
            "releaseReservation",
            "fundClaims",
            "skipEpoch",
            "voidResults",
            "slashStake",
            "withdraw"
        ];
        for (uint256 i = 0; i < actions.length; ++i) {
            vm.assertEq(economy.done(actions[i]), 1, actions[i]);
        }
    }

    function _actions() internal pure override returns (bytes4[] memory list) {
        list = new bytes4[](15);
        list[0] = Economy.movePrices.selector;
        list[1] = Economy.buyCredits.selector;
        list[2] = Economy.reserveCredits.selector;
        list[3] = Economy.reserveCredits.selector;
        list[4] = Economy.charge.selector;
        list[5] = Economy.charge.selector;
        list[6] = Economy.settleEpoch.selector;
        list[7] = Economy.claimPayments.selector;
        list[8] = Economy.releaseReservation.selector;
        list[9] = Economy.claimShares.selector;
        list[10] = Economy.fundClaims.selector;
        list[11] = Economy.skipEpoch.selector;
        list[12] = Economy.voidResults.selector;
        list[13] = Economy.moveStake.selector;
        list[14] = Economy.slashStake.selector;
    }
}

/// @notice Verifiers that sign anything: whatever is accepted, nothing is minted that was not burned for.
contract ForgedEconomyTest is EconomyInvariants {
    function test_someForgeriesAreAcceptedAndSomeRefused() external {
        economy.buyCredits(0, 100e18);
        economy.reserveCredits(0, 0, 100e18, 2);
        economy.forgeResult(80e18, 100e18, 99e18, 0, false);
        economy.check();
        economy.forgeResult(4e18, 50e18, 5e18, 0, false);
        economy.check();
        vm.assertEq(economy.done("forgeRefused"), 1, "refused");
        vm.assertEq(economy.done("forgeResult"), 1, "accepted");
    }

    function _actions() internal pure override returns (bytes4[] memory list) {
        list = new bytes4[](13);
        list[0] = Economy.movePrices.selector;
        list[1] = Economy.buyCredits.selector;
        list[2] = Economy.reserveCredits.selector;
        list[3] = Economy.charge.selector;
        list[4] = Economy.settleEpoch.selector;
        list[5] = Economy.claimPayments.selector;
        list[6] = Economy.releaseReservation.selector;
        list[7] = Economy.forgeResult.selector;
        list[8] = Economy.claimShares.selector;
        list[9] = Economy.fundClaims.selector;
        list[10] = Economy.skipEpoch.selector;
        list[11] = Economy.moveStake.selector;
        list[12] = Economy.slashStake.selector;
    }
}
