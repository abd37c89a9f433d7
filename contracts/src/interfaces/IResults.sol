// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

/// @title Inputs and results of epochs
/// @notice Signatures are 65 bytes (r, s, v with low s) over EIP-712 digests in the domain of the DeviceRegistry:
/// `IndexCertificate(bytes32 deployment,uint64 epoch,address gateway,bytes32 index)` and
/// `Result(bytes32 deployment,uint64 epoch,uint32 attempt,bytes32 closeBlock,bytes32 parent,bytes32 inputs,
/// bytes32 rules,bytes32 carryRoot,bytes32 moneyRoot,Total[] totals)Total(uint8 kind,uint32 network,uint256 amount)`
/// (one line, no spaces after commas). Signers are verifiers with stake at the epoch's opening, in strictly ascending
/// order of their addresses.
interface IResults {
    /// @notice The increase of one kind in one network by one epoch. Kinds: 1 PAYMENT (tokens), 2 CHARGE (credits),
    /// 3 BASIS (tokens of basis consumed; has no leaves in the money tree).
    struct Total {
        uint8 kind;
        uint32 network;
        uint256 amount;
    }

    /// @notice What verifiers sign.
    /// @param deployment identity of the deployment
    /// @param epoch the epoch
    /// @param attempt 0 for now
    /// @param closeBlock hash of the epoch's close block
    /// @param parent EIP-712 struct hash of the previous accepted result; 0 for the first
    /// @param inputs inputsOf(epoch)
    /// @param rules hash of the rules applied
    /// @param carryRoot root of what is kept over epochs
    /// @param moneyRoot root of the cumulative money leaves
    /// @param totals increases by this epoch, strictly ascending by (kind, network)
    struct Result {
        bytes32 deployment;
        uint64 epoch;
        uint32 attempt;
        bytes32 closeBlock;
        bytes32 parent;
        bytes32 inputs;
        bytes32 rules;
        bytes32 carryRoot;
        bytes32 moneyRoot;
        Total[] totals;
    }

    /// @notice What the chain keeps of an accepted result.
    struct Accepted {
        bytes32 resultHash;
        bytes32 closeBlock;
        bytes32 carryRoot;
        bytes32 moneyRoot;
    }

    /// @notice A certified index of a gateway's segments is an input of the epoch now.
    event IndexCommitted(
        uint64 indexed epoch, address indexed gateway, bytes32 indexed index, bytes32 inputs, uint256 signedStake
    );

    /// @notice A result was accepted.
    event ResultAccepted(
        uint64 indexed epoch,
        bytes32 indexed resultHash,
        Result result,
        address[] signers,
        uint256 signedStake,
        uint256 totalStake
    );

    /// @notice A constructor argument outside the bounds that the code allows.
    error InvalidResultParameters();

    /// @notice Credits or Operators name another Results contract.
    error WrongWiring();

    /// @notice The epoch is still open.
    error EpochStillOpen(uint64 epoch);

    /// @notice The commit deadline of the epoch has passed.
    error CommitDeadlinePassed(uint64 epoch);

    /// @notice The commit deadline of the epoch has not passed yet.
    error CommitDeadlineNotPassed(uint64 epoch);

    /// @notice The gateway had no stake at the epoch's opening.
    error GatewayNotStaked(address gateway);

    /// @notice This index is committed already.
    error IndexAlreadyCommitted(uint64 epoch, address gateway, bytes32 index);

    /// @notice The gateway has committed as many indexes of the epoch as it may.
    error TooManyIndexes(uint64 epoch, address gateway);

    /// @notice The index may not be zero.
    error InvalidIndex();

    /// @notice A signature is malformed, has a high s or recovers nobody.
    error InvalidSignature(uint256 position);

    /// @notice Signers are not strictly ascending.
    error SignersNotAscending(address previous, address next);

    /// @notice A signer had no stake at the epoch's opening.
    error SignerNotStaked(address signer);

    /// @notice The signers' stake is not enough.
    error QuorumNotReached(uint256 signedStake, uint256 totalStake);

    /// @notice The result names another deployment.
    error WrongDeployment(bytes32 deployment);

    /// @notice The result is not for the next epoch.
    error WrongEpoch(uint64 epoch, uint64 expected);

    /// @notice The result is not for the current attempt.
    error WrongAttempt(uint32 attempt);

    /// @notice The result does not follow the last accepted one.
    error WrongParent(bytes32 parent, bytes32 expected);

    /// @notice The result is not over the committed inputs.
    error WrongInputs(bytes32 inputs, bytes32 expected);

    /// @notice More totals than allowed.
    error TooManyTotals(uint256 count);

    /// @notice Totals are not strictly ascending by (kind, network).
    error TotalsNotAscending(uint256 position);

    /// @notice A total of an unknown kind.
    error UnknownKind(uint8 kind);

    /// @notice Payments above the share of the basis consumed.
    error PaymentExceedsBasis(uint32 network, uint256 payment, uint256 limit);

    /// @notice Adds a certified index to the inputs of a closed epoch, before its commit deadline. By anybody, with
    /// signatures of more than 1/3 of the verifiers' stake. `gateway` is the gateway's signer.
    function commitIndex(uint64 epoch, address gateway, bytes32 index, bytes[] calldata signatures) external;

    /// @notice Accepts the result of the next epoch. By anybody, with signatures of more than 2/3 of the verifiers'
    /// stake.
    function submit(Result calldata result, bytes[] calldata signatures) external;

    /// @notice The running hash over the epoch's committed indexes in their order on chain: from 0, each step
    /// keccak256(abi.encode(bytes32 previous, address gateway, bytes32 index)).
    function inputsOf(uint64 epoch) external view returns (bytes32);

    /// @notice Indexes committed by a gateway in an epoch.
    function indexCount(uint64 epoch, address gateway) external view returns (uint256);

    /// @notice Whether this index is an input of the epoch.
    function isCommitted(uint64 epoch, address gateway, bytes32 index) external view returns (bool);

    /// @notice Sum of the accepted totals of a kind in a network.
    function authorised(uint8 kind, uint32 network) external view returns (uint256);

    /// @notice The last accepted result; zeros before the first.
    function latest() external view returns (uint64 epoch, bytes32 resultHash, bytes32 moneyRoot);

    /// @notice The accepted result of an epoch; zeros if there is none.
    function result(uint64 epoch) external view returns (Accepted memory);

    /// @notice The epoch whose result is accepted next: the one after the last, or, before the first, the first epoch
    /// not before `firstEpoch()` that opened when a verifier had joined already.
    function nextEpoch() external view returns (uint64);

    /// @notice Lower bound of the first epoch with a result.
    function firstEpoch() external view returns (uint64);

    /// @notice Share of the basis that is gone for ever, in 1/10000.
    function mBurnBps() external view returns (uint16);

    /// @notice Share of the basis kept back for operators, in 1/10000.
    function mOpsBps() external view returns (uint16);

    /// @notice EIP-712 struct hash of a result: the parent of the next one.
    function hashResult(Result calldata result) external pure returns (bytes32);

    /// @notice EIP-712 digest that verifiers sign for a result.
    function resultDigest(Result calldata result) external view returns (bytes32);

    /// @notice EIP-712 digest that verifiers sign for an index.
    function indexDigest(uint64 epoch, address gateway, bytes32 index) external view returns (bytes32);
}
