// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

/// @title Session keys with limits
/// @notice An account, also a smart account (ERC-1271), lets another key sign vouchers for it: for one network, up to a
/// number of credits over all its vouchers, until an epoch. Evidence by a session key counts from the epoch that opens
/// after the authorisation, and up to and including the one in which it is revoked.
interface ISessions {
    /// @notice An authorisation.
    /// @param limit credits that vouchers of this key may charge in all
    /// @param lastEpoch last epoch whose evidence counts
    /// @param revokedIn epoch in which it was revoked; type(uint64).max if it was not
    /// @param authorisedAt timestamp
    struct Session {
        uint128 limit;
        uint64 lastEpoch;
        uint64 revokedIn;
        uint48 authorisedAt;
    }

    /// @notice A key may sign for an account.
    event SessionAuthorised(
        address indexed account, address indexed key, uint32 indexed network, uint256 limit, uint64 lastEpoch
    );
    /// @notice From the epoch after this one on the key may not.
    event SessionRevoked(address indexed account, address indexed key, uint32 indexed network, uint64 epoch);

    /// @notice No key, the account's own, no credits, an unknown network, or a last epoch that has opened already.
    error InvalidSession();

    /// @notice The key was authorised for this account and network before; use a new key.
    error KeyUsed(address account, address key, uint32 network);

    /// @notice The key was never authorised, or is revoked already.
    error NoSession(address account, address key, uint32 network);

    /// @notice The signature is not the account's, or is too old.
    error InvalidAuthorisation();

    /// @notice Authorises a key for the caller.
    function authorise(address key, uint32 network, uint128 limit, uint64 lastEpoch) external;

    /// @notice The same for an account that signed EIP-712 `SessionAuthorisation(address account,address key,uint32
    /// network,uint128 limit,uint64 lastEpoch,uint256 deadline)` in the registry's domain (EOA or ERC-1271).
    function authoriseFor(
        address account,
        address key,
        uint32 network,
        uint128 limit,
        uint64 lastEpoch,
        uint256 deadline,
        bytes calldata signature
    ) external;

    /// @notice Revokes a key of the caller.
    function revoke(address key, uint32 network) external;

    /// @notice A session; zeros if there is none.
    function session(address account, address key, uint32 network) external view returns (Session memory);
}
