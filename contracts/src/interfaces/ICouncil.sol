// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IResults} from "./IResults.sol";

/// @title The council, which may only void
/// @notice Elected by the owner for a term, without verifiers among it. It decides disputes of pending results; its
/// decisions, with reasons, stand on chain.
///
/// A verifier is an operator with stake in that role, bonded or on its way out, or a signer with weight that is shown to
/// have signed a result. To be named as signer is not enough: anybody can name anybody, and would silence the council.
interface ICouncil {
    /// @notice A dispute.
    /// @param epoch whose result is disputed
    /// @param resultHash the result
    /// @param disputer who gave the bond
    /// @param bond tokens
    /// @param deadline timestamp after which it has failed
    /// @param members seats when it was opened: more than half must vote for voiding
    /// @param votesFor votes for voiding
    /// @param votesAgainst votes against
    /// @param state 1 open, 2 upheld (the result is void), 3 rejected (by vote or by time)
    struct Dispute {
        uint64 epoch;
        bytes32 resultHash;
        address disputer;
        uint128 bond;
        uint48 deadline;
        uint8 members;
        uint8 votesFor;
        uint8 votesAgainst;
        uint8 state;
    }

    /// @notice The council was elected until a moment.
    event CouncilElected(address[] members, uint48 until);

    /// @notice The bond of a dispute was set.
    event DisputeBondSet(uint256 bond);

    /// @notice A result is disputed and held. `evidence` is the hash of a public file, or 0.
    event DisputeOpened(
        uint256 indexed id,
        uint64 indexed epoch,
        bytes32 indexed resultHash,
        address disputer,
        uint256 bond,
        bytes32 evidence,
        string reason
    );

    /// @notice A member voted.
    event CouncilVoted(uint256 indexed id, address indexed member, bool forVoid, string reason);

    /// @notice An account is shown to have signed a result: it has no vote and no seat while it is a verifier's signer.
    event SignerShown(address indexed signer, bytes32 indexed resultHash);

    /// @notice A dispute ended: the result is void, or the bond is burned.
    event DisputeClosed(uint256 indexed id, uint64 indexed epoch, bytes32 indexed resultHash, bool upheld);

    /// @notice A constructor or governance argument outside the bounds that the code allows.
    error InvalidCouncilParameters();

    /// @notice Duplicate, zero, or a verifier.
    error InvalidMember(address member);

    /// @notice The caller has no seat, or its term is over, or it became a verifier.
    error NotMember(address caller);

    /// @notice The reason is empty or longer than 1,024 bytes.
    error InvalidReason();

    /// @notice The result was disputed before.
    error AlreadyDisputed(bytes32 resultHash);

    /// @notice The dispute is not open (any more), or unknown, or its result went with a result before it.
    error NotOpen(uint256 id);

    /// @notice The member has voted.
    error AlreadyVoted(uint256 id, address member);

    /// @notice The dispute can still be decided.
    error StillOpen(uint256 id);

    /// @notice The epoch has no pending result whose dispute window is open.
    error NotDisputable(uint64 epoch);

    /// @notice A signature is malformed, has a high s or recovers nobody.
    error InvalidSignature();

    /// @notice Disputes the pending result of an epoch; takes the bond by transferFrom. The dispute window must still be
    /// open.
    function dispute(uint64 epoch, bytes32 evidence, string calldata reason) external returns (uint256 id);

    /// @notice Votes; when more than half of the seats agree, or can no longer agree, the dispute is closed at once.
    function vote(uint256 id, bool forVoid, string calldata reason) external;

    /// @notice Closes a dispute whose deadline passed: it is rejected. By anybody. At any time it closes a dispute whose
    /// result is void because one before it was voided: the disputer was right and gets the bond back.
    function expire(uint256 id) external;

    /// @notice Shows that the signer of a result acts for a verifier. By anybody.
    function showSigner(IResults.Result calldata result, bytes calldata signature) external returns (address signer);

    /// @notice Elects 3 to 15 members for `term` seconds, at most 366 days, in place of those before. Owner only. Open
    /// disputes go on with the seats that they were opened with; only present members may vote.
    function elect(address[] calldata members, uint32 term) external;

    /// @notice Sets the bond within its bounds. Owner only.
    function setBond(uint256 bond) external;

    /// @notice Members and the end of their term.
    function council() external view returns (address[] memory members, uint48 until);

    /// @notice A dispute.
    function disputeOf(uint256 id) external view returns (Dispute memory);

    /// @notice Disputes so far; ids count from 1.
    function disputeCount() external view returns (uint256);

    /// @notice The dispute of a result; 0 if none.
    function disputeIdOf(bytes32 resultHash) external view returns (uint256);

    /// @notice Tokens that a dispute takes.
    function bond() external view returns (uint256);

    /// @notice Slots that the council has to decide.
    function councilSlots() external view returns (uint32);
}
