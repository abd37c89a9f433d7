// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

/// @title Staked sets of verifiers and gateways
/// @notice Role 1 is VERIFIER, role 2 is GATEWAY. An operator account joins a role once, with a signer: the key of its
/// node. A signer belongs to one operator per role, for ever. Weights are checkpointed by timestamp; the weights of an
/// epoch are those at its opening.
interface IOperators {
    /// @notice A member of a set.
    /// @param stake tokens bonded
    /// @param weight what counts in a quorum: the stake, or less for a verifier who was absent when epochs were skipped
    struct Member {
        address operator;
        address signer;
        uint256 stake;
        uint256 weight;
        string endpoint;
    }

    /// @notice Stake on its way out.
    /// @param amount tokens that will be paid out
    /// @param releaseEpoch withdrawable once the result of this epoch, or a later one, is final
    struct Exit {
        uint256 amount;
        uint64 releaseEpoch;
    }

    /// @notice An operator joined a set.
    event OperatorJoined(
        uint8 indexed role, address indexed operator, address indexed signer, uint256 stake, string endpoint
    );

    /// @notice A member's stake grew to `stake`.
    event StakeAdded(uint8 indexed role, address indexed operator, address indexed signer, uint256 stake);

    /// @notice A member's endpoint was replaced.
    event OperatorEndpointChanged(uint8 indexed role, address indexed operator, string endpoint);

    /// @notice A member left its set.
    event OperatorLeft(uint8 indexed role, address indexed operator, address indexed signer, uint64 releaseEpoch);

    /// @notice The weight of a member changed: by joining, adding, leaving, slashing, absence or return.
    event WeightChanged(uint8 indexed role, address indexed operator, address indexed signer, uint256 weight);

    /// @notice Stake was taken from a member or a former one; `left` of it remains bonded. `resultSlash` when a final
    /// result's leaf asked for it (burned), otherwise it went to the Slashing contract.
    event StakeSlashed(uint8 indexed role, address indexed operator, uint256 amount, uint256 left, bool resultSlash);

    /// @notice Stake of a former member was paid out.
    event StakeWithdrawn(uint8 indexed role, address indexed operator, uint256 amount);

    /// @notice A constructor argument outside the bounds that the code allows.
    error InvalidOperatorParameters();

    /// @notice The role is neither 1 nor 2.
    error UnknownRole(uint8 role);

    /// @notice The signer may not be the zero address.
    error InvalidSigner();

    /// @notice The signer belongs to another operator.
    error SignerTaken(uint8 role, address signer);

    /// @notice The operator is a member already.
    error AlreadyMember(uint8 role, address operator);

    /// @notice The operator is no member.
    error NotMember(uint8 role, address operator);

    /// @notice The set is full.
    error SetFull(uint8 role);

    /// @notice The stake is below the minimum of the role.
    error StakeTooLow(uint256 stake, uint256 minimum);

    /// @notice An amount of zero.
    error NothingAdded();

    /// @notice The endpoint is longer than allowed.
    error EndpointTooLong(uint256 length);

    /// @notice The operator's former stake must be withdrawn first.
    error ExitPending(uint8 role, address operator);

    /// @notice The operator has no stake on its way out.
    error NoExit(uint8 role, address operator);

    /// @notice The result of the release epoch is not final yet.
    error ExitNotReady(uint64 releaseEpoch);

    /// @notice Only the Slashing contract may do this.
    error NotSlashing(address caller);

    /// @notice Only the Results contract may do this.
    error NotResults(address caller);

    /// @notice The proof does not lead from the SLASH leaf to the final money root.
    error InvalidProof();

    /// @notice The leaf asks for no more than was taken before.
    error NothingToSlash();

    /// @notice The weight is the whole stake already.
    error NothingToRestore();

    /// @notice Joins a set with a stake taken from the caller by transferFrom (allowance needed).
    function join(uint8 role, address signer, string calldata endpoint, uint256 amount) external;

    /// @notice Adds to the caller's stake.
    function addStake(uint8 role, uint256 amount) external;

    /// @notice Replaces the endpoint of the caller.
    function setEndpoint(uint8 role, string calldata endpoint) external;

    /// @notice Leaves a set: the weight is gone for every epoch that opens from now on.
    function leave(uint8 role) external;

    /// @notice Pays out the caller's former stake once enough epochs are final, against the caller's own SLASH leaf of
    /// the final root. What the leaf asks for beyond what was taken is burned first.
    function withdraw(uint8 role, uint256 cumulative, bytes32[] calldata proof) external;

    /// @notice Burns what the SLASH leaf of a final root asks for beyond what was taken before. By anybody.
    function slashByResult(uint8 role, address operator, uint256 cumulative, bytes32[] calldata proof) external;

    /// @notice Takes stake from a member or former member and sends it to the caller, the Slashing contract. A member who
    /// is left with less than the minimum leaves.
    /// @return taken amount, or all that there was
    function seize(uint8 role, address operator, uint256 amount) external returns (uint256 taken);

    /// @notice Marks verifiers as present in an epoch without a result. Results only.
    /// @return added whether the signer was not marked before
    function markPresent(uint64 epoch, address signer) external returns (bool added);

    /// @notice Halves the weights of the verifiers who are not marked in this epoch. Results only.
    function decay(uint64 epoch) external;

    /// @notice Gives the caller the weight of the whole stake back, for epochs that open from now on.
    function restore(uint8 role) external;

    /// @notice Tokens bonded in a role by members, without those on their way out.
    function bonded(uint8 role) external view returns (uint256);

    /// @notice Tokens of an operator that can be slashed now: bonded or on their way out.
    function slashable(uint8 role, address operator) external view returns (uint256);

    /// @notice Taken from an operator by SLASH leaves so far.
    function slashedByResults(uint8 role, address operator) external view returns (uint256);

    /// @notice Weight of a signer at a moment in the past or present.
    function stakeAt(uint8 role, address signer, uint256 timestamp) external view returns (uint256);

    /// @notice Weight of a whole set at a moment in the past or present.
    function totalAt(uint8 role, uint256 timestamp) external view returns (uint256);

    /// @notice When somebody first joined the set; 0 if nobody has.
    function firstJoinedAt(uint8 role) external view returns (uint256);

    /// @notice The members of a set now, in no particular order.
    function members(uint8 role) external view returns (Member[] memory);

    /// @notice A member now; reverts NotMember.
    function member(uint8 role, address operator) external view returns (Member memory);

    /// @notice The operator to which a signer belongs; zero if to none.
    function operatorOf(uint8 role, address signer) external view returns (address);

    /// @notice Stake of an operator on its way out; zeros if none.
    function exitOf(uint8 role, address operator) external view returns (Exit memory);

    /// @notice Least stake of a role.
    function minimumStake(uint8 role) external view returns (uint256);

    /// @notice Epochs that must be final after the one in which a member left.
    function exitEpochs() external view returns (uint32);

    /// @notice The Results contract, whose final epochs count.
    function results() external view returns (address);
}
