// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

/// @title Claims of payments
/// @notice Pays what the final money root says in sum, less what was paid before. Leaves are those of OpenZeppelin's
/// StandardMerkleTree over (uint8 kind, uint32 network, bytes32 subject, uint256 cumulative), here of a kind that pays
/// tokens (1, 4, 5, 6, 7) and with the account as subject: bytes32(uint256(uint160(account))).
///
/// Tokens are minted to this contract in the order of final results, by `fund`, within a window: never more than
/// `windowBps` of the verifiers' bonded stake per `windowSlots`, with linear decay. Claims pay out what is funded; what
/// is not funded yet stays owed.
interface IClaims {
    /// @notice Tokens were paid to an account; `claimed` is the sum so far.
    event Claimed(uint8 kind, address indexed account, uint32 indexed network, uint256 amount, uint256 claimed);

    /// @notice Tokens were minted for claims; `windowUsed` of the window's room is used now.
    event Funded(uint256 amount, uint256 fundedTotal, uint256 windowUsed);

    /// @notice The cumulative amount is not above what was claimed.
    error NothingToClaim(address account, uint32 network);

    /// @notice Nothing is funded now: the window has no room. Later it has.
    error NotFunded();

    /// @notice The kind pays no tokens.
    error NotPayable(uint8 kind);

    /// @notice A constructor argument outside the bounds that the code allows.
    error InvalidClaimParameters();

    /// @notice The proof does not lead from the leaf to the final money root.
    error InvalidProof();

    /// @notice Claims of the network would exceed what accepted results authorised.
    error ExceedsAuthorised(uint8 kind, uint32 network, uint256 wanted, uint256 authorised);

    /// @notice Arrays of different lengths, or more of them than allowed.
    error InvalidBatch();

    /// @notice The token names another minter.
    error WrongWiring();

    /// @notice Pays cumulative - claimed to the account, or what is funded of it. By anybody.
    /// @return amount paid
    function claim(uint8 kind, address account, uint32 network, uint256 cumulative, bytes32[] calldata proof)
        external
        returns (uint256 amount);

    /// @notice The same for several kinds and networks. Those with nothing left to claim are passed over; reverts
    /// NothingToClaim if that is all of them.
    /// @return amount paid in all
    function claimMany(
        address account,
        uint8[] calldata kinds,
        uint32[] calldata networks,
        uint256[] calldata cumulatives,
        bytes32[][] calldata proofs
    ) external returns (uint256 amount);

    /// @notice Mints what final results authorised and the window has room for. By anybody; `claim` calls it when it
    /// needs to.
    /// @return amount minted
    function fund() external returns (uint256 amount);

    /// @notice Minted so far.
    function fundedTotal() external view returns (uint256);

    /// @notice What `fund` could mint now if enough were authorised.
    function windowRoom() external view returns (uint256);

    /// @notice Share of the verifiers' bonded stake that may be minted per window, in 1/10000.
    function windowBps() external view returns (uint16);

    /// @notice Length of the window.
    function windowSlots() external view returns (uint32);

    /// @notice Claimed by an account of a kind in a network so far.
    function claimed(uint8 kind, address account, uint32 network) external view returns (uint256);

    /// @notice Claimed by everybody of a kind in a network so far.
    function claimedTotal(uint8 kind, uint32 network) external view returns (uint256);
}
