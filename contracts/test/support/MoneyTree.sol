// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";

/// @title OpenZeppelin's StandardMerkleTree over ready leaf hashes
/// @notice The tree is a heap of 2n - 1 nodes with the root first; sorted leaves fill it from the end.
library MoneyTree {
    function build(bytes32[] memory leaves) internal pure returns (bytes32[] memory tree) {
        bytes32[] memory sorted = _sorted(leaves);
        uint256 size = 2 * sorted.length - 1;
        tree = new bytes32[](size);
        for (uint256 i = 0; i < sorted.length; ++i) {
            tree[size - 1 - i] = sorted[i];
        }
        for (uint256 i = size - sorted.length; i > 0; --i) {
            tree[i - 1] = Hashes.commutativeKeccak256(tree[2 * i - 1], tree[2 * i]);
        }
    }

    function proofOf(bytes32[] memory tree, bytes32 leaf) internal pure returns (bytes32[] memory proof) {
        uint256 position = tree.length;
        for (uint256 i = tree.length / 2; i < tree.length; ++i) {
            if (tree[i] == leaf) position = i;
        }
        require(position < tree.length, "no such leaf");
        uint256 depth = 0;
        for (uint256 i = position; i > 0; i = (i - 1) / 2) {
            ++depth;
        }
        proof = new bytes32[](depth);
        for (uint256 i = 0; position > 0; ++i) {
            proof[i] = tree[position % 2 == 0 ? position - 1 : position + 1];
            position = (position - 1) / 2;
        }
    }

    function _sorted(bytes32[] memory leaves) private pure returns (bytes32[] memory sorted) {
        sorted = new bytes32[](leaves.length);
        for (uint256 i = 0; i < leaves.length; ++i) {
            uint256 j = i;
            for (; j > 0 && sorted[j - 1] > leaves[i]; --j) {
                sorted[j] = sorted[j - 1];
            }
            sorted[j] = leaves[i];
        }
    }
}
