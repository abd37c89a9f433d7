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

    /// @notice A network was created.
    event NetworkCreated(uint32 indexed networkId, bytes32 indexed kind, bytes32 rulesHash, bytes parameters);

    /// @notice A kind or rules hash of zero.
    error InvalidNetwork();

    /// @notice The parameters are longer than allowed.
    error ParametersTooLong(uint256 length);

    /// @notice No network has this id.
    error UnknownNetwork(uint32 networkId);

    /// @notice Creates a network. Only for the owner.
    /// @return networkId 1 for the first network, then counting up
    function create(bytes32 kind, bytes32 rulesHash, bytes calldata parameters) external returns (uint32 networkId);

    /// @notice A network; reverts UnknownNetwork.
    function network(uint32 networkId) external view returns (Network memory);

    /// @notice Whether a network has this id.
    function exists(uint32 networkId) external view returns (bool);

    /// @notice Networks created so far; ids are 1 to this.
    function networkCount() external view returns (uint32);
}
