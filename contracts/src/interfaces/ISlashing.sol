// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IResults} from "./IResults.sol";

/// @title Slashing by proof
/// @notice Takes stake from operators who signed what they must not. A reporter's share, at most a quarter, is paid only
/// for equivocation proved on chain and for upheld disputes; the rest is burned.
interface ISlashing {
    /// @notice Stake of a signer of a void result that is burned after `appealSlots`.
    /// @param operator the operator
    /// @param amount tokens held here
    /// @param ripeAt timestamp from which it may be burned
    /// @param disputer who gets a quarter
    /// @param state 1 pending, 2 burned, 3 pardoned
    struct Seizure {
        address operator;
        uint128 amount;
        uint48 ripeAt;
        address disputer;
        uint8 state;
    }

    /// @notice A gateway's promise, as EIP-712 statement over the root of its batch (see `Promise` in the protocol).
    /// @param slot the slot of the promise
    /// @param report hash of the report's body
    /// @param index the report's place in the batch
    /// @param size reports in the batch
    /// @param path RFC 6962 path (SHA-256) from the report to the root
    /// @param signature of the gateway's signer
    struct GatewayPromise {
        uint64 slot;
        bytes32 report;
        uint32 index;
        uint32 size;
        bytes32[] path;
        bytes signature;
    }

    event EquivocationProved(
        uint64 indexed epoch,
        address indexed operator,
        address indexed signer,
        uint256 slashed,
        address reporter,
        uint256 share
    );
    event SignerOfVoidSeized(
        uint256 indexed id,
        bytes32 indexed resultHash,
        address indexed operator,
        address signer,
        uint256 amount,
        uint48 ripeAt
    );
    event SeizureClosed(uint256 indexed id, address indexed operator, bool pardoned, string reason);
    event PromiseBroken(
        uint64 indexed epoch, address indexed operator, address indexed signer, bytes32 report, uint256 slashed
    );

    /// @notice A constructor argument outside the bounds that the code allows.
    error InvalidSlashingParameters();

    /// @notice The two results do not contradict each other.
    error NoContradiction();

    /// @notice A signature is malformed or of somebody else.
    error InvalidSignature();

    /// @notice The signer belongs to no operator, or nothing is left to slash.
    error NothingToSlash(address signer);

    /// @notice This offence was punished before.
    error AlreadySlashed(bytes32 offence, address signer);

    /// @notice The council did not void this result.
    error NotVoided(bytes32 resultHash);

    /// @notice The seizure is not pending, or not ripe.
    error NotPendingSeizure(uint256 id);

    /// @notice The path does not lead from the report to a root of such a batch.
    error InvalidPath();

    /// @notice Too little weight signed.
    error QuorumNotReached(uint256 signed, uint256 total);

    /// @notice The epoch's inputs are not complete yet.
    error CommitDeadlineNotPassed(uint64 epoch);

    /// @notice The reason is empty or longer than 1,024 bytes.
    error InvalidReason();

    /// @notice Two results of one (deployment, epoch, attempt, close block) by one signer: all of the stake, at once. The
    /// caller gets a quarter.
    function equivocation(
        IResults.Result calldata first,
        bytes calldata firstSignature,
        IResults.Result calldata second,
        bytes calldata secondSignature
    ) external;

    /// @notice A signature under a result that the council voided: half of the stake is held until `appealSlots` passed.
    function signedVoid(IResults.Result calldata result, bytes calldata signature) external returns (uint256 id);

    /// @notice Burns a ripe seizure, less the disputer's quarter. By anybody.
    function execute(uint256 id) external;

    /// @notice Gives a seizure back to its operator before it is executed. Owner only.
    function pardon(uint256 id, string calldata reason) external;

    /// @notice A promise whose report stands in no input of its epoch, as verifiers with more than 2/3 of the weight at the
    /// epoch's opening sign: EIP-712 `BrokenPromise(bytes32 deployment,uint64 epoch,address gateway,bytes32 report)`. A
    /// tenth of the gateway's stake is burned. `gateway` is the gateway's signer.
    function brokenPromise(address gateway, GatewayPromise calldata given, bytes[] calldata signatures) external;

    /// @notice A seizure.
    function seizure(uint256 id) external view returns (Seizure memory);

    /// @notice Seizures so far; ids count from 1.
    function seizureCount() external view returns (uint256);

    /// @notice Slots in which a seizure can be pardoned.
    function appealSlots() external view returns (uint32);

    /// @notice EIP-712 digest that verifiers sign about a broken promise.
    function brokenPromiseDigest(uint64 epoch, address gateway, bytes32 report) external view returns (bytes32);
}
