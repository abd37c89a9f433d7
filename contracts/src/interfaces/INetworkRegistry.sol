// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

/// @title Networks of a deployment
interface INetworkRegistry {
    /// @notice What the chain keeps of a network.
    /// @param kind resource kind, as ASCII bytes padded with zeros (for instance "storage")
    /// @param rulesHash hash of module, version, parameters and conformance vectors
    /// @param parametersHash keccak256 of the parameters carried by NetworkCreated
    struct Network {
        bytes32 kind;
        bytes32 rulesHash;
        bytes32 parametersHash;
    }

    /// @notice Bootstrap of a network, fixed at its creation; all zero for none.
    /// @param initial tokens for the epoch `start`; at most MAX_BOOTSTRAP
    /// @param start first epoch
    /// @param end first epoch without bootstrap; the budget falls to it in a straight line
    /// @param maxCellBps most that one cell gets of an epoch's budget, in 1/10000; at least 1
    /// @param maxAdmissions new devices per epoch; at least 1
    /// @param deviceStake least stake of a device that takes part
    struct Bootstrap {
        uint128 initial;
        uint64 start;
        uint64 end;
        uint16 maxCellBps;
        uint32 maxAdmissions;
        uint128 deviceStake;
    }

    /// @notice A network was created.
    event NetworkCreated(
        uint32 indexed networkId, bytes32 indexed kind, bytes32 rulesHash, bytes parameters, Bootstrap bootstrap
    );

    /// @notice The owner proposed the next rules of a network; verifiers may say that they run them.
    event RulesProposed(uint32 indexed networkId, bytes32 indexed rulesHash, bytes parameters);

    /// @notice A verifier runs these rules.
    event RulesReady(uint32 indexed networkId, bytes32 indexed rulesHash, address indexed signer);

    /// @notice From the opening of this epoch on a network follows these rules.
    event RulesActivated(uint32 indexed networkId, bytes32 indexed rulesHash, uint64 epoch, bytes32 parametersHash);

    /// @notice The founder's right would last longer than allowed.
    error FoundingTooLong();

    /// @notice A kind or rules hash of zero.
    error InvalidNetwork();

    /// @notice The parameters are longer than allowed.
    error ParametersTooLong(uint256 length);

    /// @notice A bootstrap budget outside the bounds that the code allows.
    error InvalidBootstrap();

    /// @notice Neither the owner nor, while founding lasts, the founder.
    error NotAllowed(address caller);

    /// @notice No rules are proposed, or others.
    error NotProposed(uint32 networkId, bytes32 rulesHash);

    /// @notice The caller is no verifier's signer with weight.
    error NotVerifier(address caller);

    /// @notice Too little weight runs the proposed rules.
    error NotReady(uint256 ready, uint256 total);

    /// @notice Signers are not strictly ascending.
    error SignersNotAscending(address previous, address next);

    /// @notice No network has this id.
    error UnknownNetwork(uint32 networkId);

    /// @notice Creates a network. Only for the owner, and for the founder before `foundingEnds()`.
    /// @return networkId 1 for the first network, then counting up
    function create(bytes32 kind, bytes32 rulesHash, bytes calldata parameters, Bootstrap calldata bootstrap)
        external
        returns (uint32 networkId);

    /// @notice Proposes the next rules of a network, in place of those proposed before. Only for the owner.
    function proposeRules(uint32 networkId, bytes32 rulesHash, bytes calldata parameters) external;

    /// @notice Says that the caller, a verifier's signer, runs the proposed rules.
    function signalReady(uint32 networkId, bytes32 rulesHash) external;

    /// @notice Activates the proposed rules from the next opening on, when verifiers with more than 2/3 of the weight
    /// of now run them. By anybody; `signers` ascend strictly.
    function activateRules(uint32 networkId, bytes32 rulesHash, address[] calldata signers) external;

    /// @notice Bootstrap of a network; zeros if it has none.
    function bootstrapOf(uint32 networkId) external view returns (Bootstrap memory);

    /// @notice Bootstrap budget of a network from its start up to and including an epoch.
    function bootstrapBudget(uint32 networkId, uint64 epoch) external view returns (uint256);

    /// @notice Who may create networks before `foundingEnds()`, besides the owner.
    function founder() external view returns (address);

    /// @notice When the founder's right ends.
    function foundingEnds() external view returns (uint256);

    /// @notice A network; reverts UnknownNetwork.
    function network(uint32 networkId) external view returns (Network memory);

    /// @notice Whether a network has this id.
    function exists(uint32 networkId) external view returns (bool);

    /// @notice Networks created so far; ids are 1 to this.
    function networkCount() external view returns (uint32);
}
