// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {GroundworkGovernor} from "../../src/GroundworkGovernor.sol";
import {Test} from "./Test.sol";

/// @title Proposals of one call each, from the proposal to its execution
abstract contract Ballot is Test {
    uint8 internal constant AGAINST = 0;
    uint8 internal constant FOR = 1;

    /// @dev One call, as the governor's functions take it.
    struct Motion {
        GroundworkGovernor governor;
        address[] targets;
        uint256[] values;
        bytes[] calls;
        string description;
        uint256 id;
    }

    function motion(GroundworkGovernor governor, address target, bytes memory call)
        internal
        pure
        returns (Motion memory item)
    {
        item.governor = governor;
        item.targets = new address[](1);
        item.targets[0] = target;
        item.values = new uint256[](1);
        item.calls = new bytes[](1);
        item.calls[0] = call;
        item.description = string.concat("motion ", vm.toString(uint256(keccak256(call))));
    }

    function propose(Motion memory item, address proposer) internal {
        vm.prank(proposer);
        item.id = item.governor.propose(item.targets, item.values, item.calls, item.description);
    }

    /// @dev To the first second in which votes count.
    function openVote(Motion memory item) internal {
        vm.warp(item.governor.proposalSnapshot(item.id) + 1);
    }

    function castVote(Motion memory item, address voter, uint8 support) internal returns (uint256) {
        vm.prank(voter);
        return item.governor.castVote(item.id, support);
    }

    function closeVote(Motion memory item) internal {
        vm.warp(item.governor.proposalDeadline(item.id) + 1);
    }

    function queue(Motion memory item) internal {
        item.governor.queue(item.targets, item.values, item.calls, keccak256(bytes(item.description)));
    }

    function execute(Motion memory item) internal {
        item.governor.execute(item.targets, item.values, item.calls, keccak256(bytes(item.description)));
    }

    /// @dev Proposed and carried by one voter, queued, and waited for: `execute` is next.
    function carry(Motion memory item, address voter) internal {
        propose(item, voter);
        openVote(item);
        castVote(item, voter, FOR);
        closeVote(item);
        queue(item);
        vm.warp(item.governor.proposalEta(item.id));
    }
}
