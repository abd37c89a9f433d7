// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";
import {INetworkRegistry} from "./interfaces/INetworkRegistry.sol";

contract NetworkRegistry is INetworkRegistry, Ownable2Step {
    uint256 public constant MAX_PARAMETERS_BYTES = 16 * 1024;

    uint32 private _count;
    mapping(uint32 networkId => Network) private _networks;

    constructor(address owner) Ownable(owner) {}

    /// @inheritdoc INetworkRegistry
    function create(bytes32 kind, bytes32 rulesHash, bytes calldata parameters)
        external
        onlyOwner
        returns (uint32 networkId)
    {
        require(kind != 0 && rulesHash != 0, InvalidNetwork());
        require(parameters.length <= MAX_PARAMETERS_BYTES, ParametersTooLong(parameters.length));
        networkId = ++_count;
        _networks[networkId] = Network(kind, rulesHash, keccak256(parameters));
        emit NetworkCreated(networkId, kind, rulesHash, parameters);
    }

    /// @inheritdoc INetworkRegistry
    function network(uint32 networkId) external view returns (Network memory) {
        require(exists(networkId), UnknownNetwork(networkId));
        return _networks[networkId];
    }

    /// @inheritdoc INetworkRegistry
    function networkCount() external view returns (uint32) {
        return _count;
    }

    /// @inheritdoc INetworkRegistry
    function exists(uint32 networkId) public view returns (bool) {
        return networkId != 0 && networkId <= _count;
    }
}
