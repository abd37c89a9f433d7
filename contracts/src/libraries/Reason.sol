// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

/// @title Reasons that decisions give on chain
library Reason {
    uint256 internal constant MAX_BYTES = 1_024;

    function isGiven(string calldata reason) internal pure returns (bool) {
        uint256 length = bytes(reason).length;
        return length > 0 && length <= MAX_BYTES;
    }
}
