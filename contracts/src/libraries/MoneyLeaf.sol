// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

/// @title Leaves of the money tree
/// @notice As OpenZeppelin's StandardMerkleTree hashes (uint8 kind, uint32 network, bytes32 subject, uint256 cumulative):
/// twice, so that no inner node passes for a leaf.
library MoneyLeaf {
    /// @dev Tokens paid; the subject is an account.
    uint8 internal constant PAYMENT = 1;

    /// @dev Credits charged; the subject is a reservation's id.
    uint8 internal constant CHARGE = 2;

    /// @dev Basis consumed; a total only, no leaves.
    uint8 internal constant BASIS = 3;

    function hash(uint8 kind, uint32 network, bytes32 subject, uint256 cumulative) internal pure returns (bytes32) {
        return keccak256(bytes.concat(keccak256(abi.encode(kind, network, subject, cumulative))));
    }

    /// @notice The subject that stands for an account.
    function subjectOf(address account) internal pure returns (bytes32) {
        return bytes32(uint256(uint160(account)));
    }
}
