// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

/// @title Pieces, challenges of a seed, and the proof that a leaf is held
/// @notice The same as `PieceCid`, `Challenges` and `PieceProofs` of the storage network: piece commitments of FRC-0069,
/// challenges as Filecoin's PDPVerifier draws them.
library PossessionProof {
    uint256 internal constant MIN_HEIGHT = 2;
    uint256 internal constant MAX_HEIGHT = 50;

    /// @dev Leaf index (8), number of siblings (1), leaf (32); siblings follow.
    uint256 private constant PROOF_HEAD = 41;

    /// @dev CIDv1, codec raw, multihash fr32-sha2-256-trunc254-padded-binary-tree.
    bytes4 private constant CID_PREFIX = 0x01559120;
    uint256 private constant MIN_DIGEST = 34;
    uint256 private constant MAX_DIGEST = 42;

    /// @param root of the tree
    /// @param height of the tree, 2 to 50
    /// @param leaves that hold data, at least 1; only these are challenged
    /// @param rawSize bytes of data
    struct Piece {
        bytes32 root;
        uint256 height;
        uint256 leaves;
        uint256 rawSize;
    }

    /// @notice Reads a piece CID v2 and nothing else.
    /// @return valid whether the bytes are the canonical bytes of one; the piece is meaningless if not
    function parse(bytes calldata cid) internal pure returns (bool valid, Piece memory piece) {
        if (cid.length < 5 || bytes4(cid) != CID_PREFIX) return (false, piece);
        (bool read, uint256 digest, uint256 at) = _varint(cid, 4);
        if (!read || digest != cid.length - at || digest < MIN_DIGEST || digest > MAX_DIGEST) return (false, piece);
        uint256 padding;
        (read, padding, at) = _varint(cid, at);
        if (!read || cid.length - at != 33) return (false, piece);
        uint256 height = uint8(cid[at]);
        if (height < MIN_HEIGHT || height > MAX_HEIGHT) return (false, piece);
        uint256 expanded = 128 * padding / 127;
        if (expanded >= uint256(32) << height) return (false, piece);
        piece.root = bytes32(cid[at + 1:]);
        piece.height = height;
        piece.leaves = (uint256(1) << height) - expanded / 32;
        piece.rawSize = capacity(height) - padding;
        return (true, piece);
    }

    /// @notice Raw bytes under a full tree.
    function capacity(uint256 height) internal pure returns (uint256) {
        return uint256(127) << (height - MIN_HEIGHT);
    }

    /// @notice The leaf that challenge `index` asks for, below `range`.
    /// @param holding number or name of what is challenged
    function challenge(bytes32 seed, bytes32 holding, uint64 index, uint256 range) internal pure returns (uint256) {
        return uint256(keccak256(abi.encodePacked(seed, holding, index))) % range;
    }

    /// @notice Whether `proof`, as `PieceProof.encode` writes it, shows the leaf at `leafIndex` of the piece.
    function verify(Piece memory piece, uint256 leafIndex, bytes calldata proof) internal view returns (bool) {
        if (proof.length != PROOF_HEAD + 32 * piece.height) return false;
        if (uint64(bytes8(proof)) != leafIndex || uint8(proof[8]) != piece.height) return false;
        return rootFrom(bytes32(proof[9:]), leafIndex, proof[PROOF_HEAD:]) == piece.root;
    }

    /// @notice The root to which a leaf and its siblings, bottom-up, lead: SHA-256 with the two highest bits of the last
    /// byte cleared.
    function rootFrom(bytes32 leaf, uint256 index, bytes calldata siblings) internal view returns (bytes32 node) {
        node = leaf;
        assembly ("memory-safe") {
            let end := add(siblings.offset, siblings.length)
            for { let at := siblings.offset } lt(at, end) { at := add(at, 0x20) } {
                let right := and(index, 1)
                mstore(shl(5, right), node)
                mstore(shl(5, xor(right, 1)), calldataload(at))
                // The precompile fails only for want of gas, and then so does everything after it.
                if iszero(staticcall(gas(), 2, 0, 0x40, 0, 0x20)) { revert(0, 0) }
                node := and(mload(0), not(0xc0))
                index := shr(1, index)
            }
        }
    }

    /// @dev Unsigned LEB128 of at most nine bytes, none more than needed.
    function _varint(bytes calldata data, uint256 from) private pure returns (bool read, uint256 value, uint256 at) {
        at = from;
        for (uint256 count = 0; count < 9; ++count) {
            if (at == data.length) return (false, 0, at);
            uint256 next = uint8(data[at++]);
            value |= (next & 0x7f) << (7 * count);
            if (next < 0x80) return (next != 0 || count == 0, value, at);
        }
        return (false, 0, at);
    }
}
