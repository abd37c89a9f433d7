// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

/// @title Claims of payments
/// @notice Pays what the latest money root says in sum, less what was paid before. Leaves are those of OpenZeppelin's
/// StandardMerkleTree over (uint8 kind, uint32 network, bytes32 subject, uint256 cumulative), here with kind PAYMENT and
/// the account as subject: bytes32(uint256(uint160(account))).
interface IClaims {
    /// @notice Tokens were minted for an account.
    event Claimed(address indexed account, uint32 indexed network, uint256 amount, uint256 cumulative);

    /// @notice The cumulative amount is not above what was claimed.
    error NothingToClaim(address account, uint32 network);

    /// @notice The proof does not lead from the leaf to the latest money root.
    error InvalidProof();

    /// @notice Claims of the network would exceed what accepted results authorised.
    error ExceedsAuthorised(uint32 network, uint256 wanted, uint256 authorised);

    /// @notice Arrays of different lengths, or more of them than allowed.
    error InvalidBatch();

    /// @notice The token names another minter.
    error WrongWiring();

    /// @notice Mints cumulative - claimed to the account. By anybody.
    /// @return amount minted
    function claim(address account, uint32 network, uint256 cumulative, bytes32[] calldata proof)
        external
        returns (uint256 amount);

    /// @notice The same for several networks. Networks with nothing left to claim are passed over; reverts
    /// NothingToClaim if that is all of them.
    /// @return amount minted in all
    function claimMany(
        address account,
        uint32[] calldata networks,
        uint256[] calldata cumulatives,
        bytes32[][] calldata proofs
    ) external returns (uint256 amount);

    /// @notice Claimed by an account in a network so far.
    function claimed(address account, uint32 network) external view returns (uint256);

    /// @notice Claimed by everybody in a network so far.
    function claimedTotal(uint32 network) external view returns (uint256);
}
