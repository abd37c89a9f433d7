// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IResults} from "../src/interfaces/IResults.sol";
import {Deployment} from "./Deployment.sol";

/// @title Results that are submitted, disputed and voided
abstract contract Disputes is Deployment {
    uint8 internal constant OPEN = 1;
    uint8 internal constant UPHELD = 2;
    uint8 internal constant REJECTED = 3;

    string internal constant REASON = "the root pays devices that never answered";
    bytes32 internal constant EVIDENCE = keccak256("recomputed epoch");

    address internal disputer;

    function setUp() public virtual override {
        super.setUp();
        disputer = accountOf("disputer");
    }

    /// @dev Submits a result of the next epoch that differs from others by its root alone.
    function submitRoot(string memory root) internal returns (IResults.Result memory result) {
        return submitTotals(root, new IResults.Total[](0));
    }

    function submitTotals(string memory root, IResults.Total[] memory totals)
        internal
        returns (IResults.Result memory result)
    {
        result = nextResult(keccak256(bytes(root)), totals);
        uint256 deadline = clock.commitDeadlineOf(result.epoch);
        if (block.timestamp < deadline) vm.warp(deadline);
        results.submit(result, signatures(results.resultDigest(result), 3));
    }

    function openDispute(uint64 epoch) internal returns (uint256 id) {
        fund(disputer, council.bond(), address(council));
        vm.prank(disputer);
        return council.dispute(epoch, EVIDENCE, REASON);
    }

    function voteBy(uint256 member, uint256 id, bool forVoid) internal {
        vm.prank(councillors()[member]);
        council.vote(id, forVoid, REASON);
    }

    /// @dev Disputes and voids a pending result.
    function voidResult(uint64 epoch) internal returns (uint256 id) {
        id = openDispute(epoch);
        voteBy(0, id, true);
        voteBy(1, id, true);
    }

    function signResult(uint256 key, IResults.Result memory result) internal view returns (bytes memory) {
        return sign(key, results.resultDigest(result));
    }
}
