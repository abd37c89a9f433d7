// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Deployment} from "./Deployment.sol";

/// @notice The order of README.md gives contracts that know each other.
contract DeploymentTest is Deployment {
    function test_theContractsKnowEachOther() public view {
        vm.assertEq(token.minter(), address(claims));
        vm.assertEq(credits.results(), address(results));
        vm.assertEq(operators.results(), address(results));
        (address first, address second) = oracle.feeds();
        vm.assertEq(first, address(feedA));
        vm.assertEq(second, address(feedB));
        vm.assertEq(networks.owner(), address(timelock));
        vm.assertEq(networks.founder(), address(this));
        vm.assertEq(council.owner(), address(timelock));
        vm.assertEq(slashing.owner(), address(timelock));
        vm.assertEq(attestations.owner(), address(timelock));
        vm.assertEq(governor.timelock(), address(timelock));
        vm.assertTrue(timelock.hasRole(timelock.PROPOSER_ROLE(), address(governor)));
        vm.assertEq(clock.genesis(), GENESIS);
    }

    function test_theGenesisSupplyAndTheStakesAreWhereTheyBelong() public view {
        uint256 staked = (VERIFIERS + 1) * STAKE;
        vm.assertEq(token.totalSupply(), SUPPLY);
        vm.assertEq(token.balanceOf(address(this)), SUPPLY - staked);
        vm.assertEq(token.balanceOf(address(operators)), staked);
        vm.assertEq(operators.totalAt(VERIFIER, clock.openingOf(0)), VERIFIERS * STAKE);
        vm.assertEq(results.nextEpoch(), 0);
    }
}
