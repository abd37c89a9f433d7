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

    /// @dev Tokens for gateways and verifiers out of what was kept back of the basis; the subject is an account.
    uint8 internal constant OPERATIONS = 4;

    /// @dev Tokens for verified capacity before demand exists; the subject is an account.
    uint8 internal constant BOOTSTRAP = 5;

    /// @dev Emission for verifiers, in network 0; the subject is an account.
    uint8 internal constant DUTY = 6;

    /// @dev Emission for the treasury, in network 0; the subject is its account.
    uint8 internal constant TREASURY = 7;

    /// @dev Tokens taken from stakes; no total, only leaves: role << 160 | operator in network 0, or a device's id.
    uint8 internal constant SLASH = 8;

    /// @notice Whether tokens are minted for leaves of this kind.
    function isPayable(uint8 kind) internal pure returns (bool) {
        return kind == PAYMENT || (kind >= OPERATIONS && kind <= TREASURY);
    }

    function hash(uint8 kind, uint32 network, bytes32 subject, uint256 cumulative) internal pure returns (bytes32) {
        return keccak256(bytes.concat(keccak256(abi.encode(kind, network, subject, cumulative))));
    }

    /// @notice The subject that stands for an account.
    function subjectOf(address account) internal pure returns (bytes32) {
        return bytes32(uint256(uint160(account)));
    }

    /// @notice The subject that stands for an operator in a role.
    function operatorSubject(uint8 role, address operator) internal pure returns (bytes32) {
        return bytes32(uint256(role) << 160 | uint160(operator));
    }
}
