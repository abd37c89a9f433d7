// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

/// @title The Merkle tree hash of RFC 6962 with SHA-256
/// @notice The same as `HashTree` of the Java protocol; gateways sign the root of each batch of promises.
library HashTree {
    bytes1 private constant LEAF = 0x00;
    bytes1 private constant NODE = 0x01;

    function leaf(bytes32 content) internal pure returns (bytes32) {
        return sha256(abi.encodePacked(LEAF, content));
    }

    /// @notice The root to which an audit path (RFC 6962, section 2.1.1) leads from the leaf at `index` of `size`.
    /// @return fits whether the path has the length of that place
    /// @return root meaningless if it does not fit
    function rootFrom(bytes32 leafHash, uint256 index, uint256 size, bytes32[] calldata path)
        internal
        pure
        returns (bool fits, bytes32 root)
    {
        if (index >= size) return (false, 0);
        root = leafHash;
        uint256 used = 0;
        uint256 at = index;
        for (uint256 width = size; width > 1; width = (width + 1) / 2) {
            if (at ^ 1 < width) {
                if (used == path.length) return (false, 0);
                bytes32 sibling = path[used++];
                root = at % 2 == 0 ? _node(root, sibling) : _node(sibling, root);
            }
            at /= 2;
        }
        fits = used == path.length;
    }

    function _node(bytes32 left, bytes32 right) private pure returns (bytes32) {
        return sha256(abi.encodePacked(NODE, left, right));
    }
}
