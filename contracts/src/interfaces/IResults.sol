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
    /// @notice The increase of one kind in one network by one result. Kinds: 1 PAYMENT (tokens), 2 CHARGE (credits),
    /// 3 BASIS (tokens of basis consumed; has no leaves in the money tree), 4 OPERATIONS (tokens), 5 BOOTSTRAP (tokens),
    /// 6 DUTY (tokens; network 0), 7 TREASURY (tokens; network 0). Kind 8, SLASH, has leaves and no total.
    struct Total {
        uint8 kind;
        uint32 network;
        uint256 amount;
    }

    /// @notice What verifiers sign.
    /// @param deployment identity of the deployment
    /// @param epoch the epoch
    /// @param attempt the deployment's count of voidings so far
    /// @param closeBlock hash of the epoch's close block
    /// @param parent EIP-712 struct hash of the previous accepted result; 0 for the first
    /// @param inputs coveredInputs(): of the epoch, and of skipped epochs before it
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
    /// @param resultHash EIP-712 struct hash
    /// @param moneyRoot root of the cumulative money leaves
    /// @param mintable sum of kinds 1, 4, 5, 6, 7 that this and all results before it authorised
    /// @param first first epoch covered: the epoch itself, or the first of the skipped ones before it
    /// @param acceptedAt timestamp of acceptance
    struct Accepted {
        bytes32 resultHash;
        bytes32 moneyRoot;
        uint128 mintable;
        uint64 first;
        uint48 acceptedAt;
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

    /// @notice A verifier's signature of presence was posted for an epoch without a result.
    event VerifierPresent(uint64 indexed epoch, address indexed signer);

    /// @notice An epoch has no result of its own; the next result covers it.
    event EpochSkipped(uint64 indexed epoch);

    /// @notice A dispute holds a pending result, or lets it go.
    event ResultHeld(uint64 indexed epoch, bytes32 indexed resultHash, bool held);

    /// @notice The results from this epoch on are void and have to be rolled back; `attempt` is the new one.
    event ResultsVoided(uint64 indexed fromEpoch, bytes32 indexed resultHash, uint32 attempt);

    /// @notice A void result's sums were taken out again.
    event ResultRolledBack(uint64 indexed epoch, bytes32 indexed resultHash);

    /// @notice A result is final, with all before it.
    event ResultFinal(uint64 indexed epoch, bytes32 indexed resultHash, bytes32 moneyRoot);

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
    error WrongAttempt(uint32 attempt, uint32 expected);

    /// @notice Void results have to be rolled back first.
    error RollbackPending(uint64 fromEpoch);

    /// @notice No result is void.
    error NothingToRollBack();

    /// @notice The result is not the last accepted one.
    error NotHead(bytes32 resultHash);

    /// @notice Only the council may do this.
    error NotCouncil(address caller);

    /// @notice The epoch has no result that is still pending.
    error NotPending(uint64 epoch);

    /// @notice The epoch cannot be skipped yet, or is not the next one.
    error SkipNotAllowed(uint64 epoch);

    /// @notice Presence of this epoch is not taken now.
    error PresenceNotAsked(uint64 epoch);

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

    /// @notice Operators' share above what was kept back of the basis consumed, cumulative.
    error OperationsExceedShare(uint32 network, uint256 wanted, uint256 limit);

    /// @notice Bootstrap above the network's vested budget or above bootstrap's share of the schedule, cumulative.
    error BootstrapExceedsBudget(uint32 network, uint256 wanted, uint256 limit);

    /// @notice Kind 6 or 7 above its share of the schedule for the covered epochs.
    error EmissionExceedsSchedule(uint8 kind, uint256 amount, uint256 limit);

    /// @notice Kinds 6 and 7 belong to network 0.
    error WrongNetwork(uint8 kind, uint32 network);

    /// @notice Adds a certified index to the inputs of a closed epoch, before its commit deadline. By anybody, with
    /// signatures of more than 1/3 of the verifiers' stake. `gateway` is the gateway's signer.
    function commitIndex(uint64 epoch, address gateway, bytes32 index, bytes[] calldata signatures) external;

    /// @notice Accepts the result of the next epoch. By anybody, with signatures of more than 2/3 of the verifiers'
    /// stake.
    function submit(Result calldata result, bytes[] calldata signatures) external;

    /// @notice Posts signatures of presence, EIP-712 `Presence(bytes32 deployment,uint64 epoch)`, of verifiers with
    /// stake at the opening. Only for nextEpoch(), from its commit deadline on. Signers ascend strictly; who is present
    /// already is passed over.
    function present(uint64 epoch, bytes[] calldata signatures) external;

    /// @notice Gives nextEpoch() up, `skipEpochs()` epochs after its commit deadline. By anybody. Halves the weight of
    /// verifiers who are not present.
    function skip(uint64 epoch) external;

    /// @notice Moves the final head on over at most `max` results whose dispute window passed. By anybody.
    /// @return moved how many became final
    function finalise(uint256 max) external returns (uint256 moved);

    /// @notice Holds a pending result, so that neither it nor a later one becomes final, or lets it go. Council only.
    function hold(uint64 epoch, bool held) external;

    /// @notice Voids a pending result and its descendants. Council only.
    function voidFrom(uint64 epoch) external;

    /// @notice Takes the sums of the last accepted result out again; it must be void. By anybody.
    function rollback(Result calldata result) external;

    /// @notice The last final result; zeros before the first.
    function finalised() external view returns (uint64 epoch, bytes32 resultHash, bytes32 moneyRoot);

    /// @notice What a claim needs: the final money root, and authorised(kind, network).
    function claimTerms(uint8 kind, uint32 network) external view returns (bytes32 moneyRoot, uint256 authorised);

    /// @notice Tokens that final results authorised to be minted, ever.
    function finalMintable() external view returns (uint256);

    /// @notice The deployment's count of voidings.
    function attempt() external view returns (uint32);

    /// @notice The first epoch whose results are void and not rolled back yet; `pending` false if there is none.
    function voided() external view returns (bool pending, uint64 fromEpoch);

    /// @notice Whether the council voided exactly this result (not one of its ancestors).
    function isVoided(bytes32 resultHash) external view returns (bool);

    /// @notice Whether a dispute holds the epoch's result.
    function isHeld(uint64 epoch) external view returns (bool);

    /// @notice The first epoch that the next result covers: nextEpoch(), or the first of the skipped ones before it.
    function coveredFrom() external view returns (uint64);

    /// @notice inputsOf(coveredFrom()), then for each further epoch up to nextEpoch()
    /// keccak256(abi.encode(bytes32 previous, bytes32 inputsOf)).
    function coveredInputs() external view returns (bytes32);

    /// @notice Slots in which a result may be disputed.
    function disputeSlots() external view returns (uint32);

    /// @notice Epochs after the commit deadline until an epoch may be skipped.
    function skipEpochs() external view returns (uint32);

    /// @notice Epochs until an award of bootstrap becomes payable.
    function vestingEpochs() external view returns (uint32);

    /// @notice Signers' stake and the whole stake of verifiers at a moment, for signatures over a digest; reverts as
    /// submit does for wrong ones.
    function verifySigners(bytes32 digest, bytes[] calldata signatures, uint256 timestamp)
        external
        view
        returns (address[] memory signers, uint256 signed, uint256 total);

    /// @notice EIP-712 digest that verifiers sign to be present.
    function presenceDigest(uint64 epoch) external view returns (bytes32);

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

    /// @notice The epoch whose result is accepted next: the one after the last accepted or skipped, or, before the first,
    /// the first epoch not before `firstEpoch()` that opened when a verifier had joined already. After a rollback it is the
    /// epoch of the result that was taken out.
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
