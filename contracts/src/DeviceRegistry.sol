// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {IDeviceRegistry} from "./interfaces/IDeviceRegistry.sol";

contract DeviceRegistry is IDeviceRegistry, ERC721, EIP712 {
    uint256 public constant MAX_ENDPOINT_BYTES = 256;

    uint8 private constant ED25519 = 1;
    uint8 private constant P256 = 2;
    uint8 private constant SECP256K1 = 3;

    /// @dev What is kept of a device besides its owner.
    struct Record {
        uint32 network;
        uint8 keyType;
        uint64 cell;
        bytes key;
        string endpoint;
    }

    uint64 private _count;
    mapping(uint256 deviceId => Record) private _records;

    constructor() ERC721("Groundwork Device", "GWDEV") EIP712("Groundwork", "1") {}

    /// @inheritdoc IDeviceRegistry
    function register(uint32 network, uint8 keyType, bytes calldata key, uint64 cell, string calldata endpoint)
        external
        returns (uint256 deviceId)
    {
        _checkKey(keyType, key);
        _checkEndpoint(endpoint);
        deviceId = ++_count;
        _records[deviceId] = Record(network, keyType, cell, key, endpoint);
        _mint(msg.sender, deviceId);
        emit DeviceRegistered(deviceId, msg.sender, network, keyType, key, cell, endpoint);
    }

    /// @inheritdoc IDeviceRegistry
    function setKey(uint256 deviceId, uint8 keyType, bytes calldata key) external {
        _checkOwner(deviceId);
        _checkKey(keyType, key);
        Record storage record = _records[deviceId];
        record.keyType = keyType;
        record.key = key;
        emit DeviceKeyChanged(deviceId, keyType, key);
    }

    /// @inheritdoc IDeviceRegistry
    function setEndpoint(uint256 deviceId, string calldata endpoint) external {
        _checkOwner(deviceId);
        _checkEndpoint(endpoint);
        _records[deviceId].endpoint = endpoint;
        emit DeviceEndpointChanged(deviceId, endpoint);
    }

    /// @inheritdoc IDeviceRegistry
    function deployment() external view returns (bytes32) {
        return keccak256(abi.encode("groundwork/1", block.chainid, address(this)));
    }

    /// @inheritdoc IDeviceRegistry
    function domainSeparator() external view returns (bytes32) {
        return _domainSeparatorV4();
    }

    /// @inheritdoc IDeviceRegistry
    function device(uint256 deviceId) external view returns (Device memory) {
        address owner = _requireOwned(deviceId);
        Record storage record = _records[deviceId];
        return Device(owner, record.network, record.keyType, record.key, record.cell, record.endpoint);
    }

    /// @inheritdoc IDeviceRegistry
    function deviceCount() external view returns (uint64) {
        return _count;
    }

    function _checkOwner(uint256 deviceId) private view {
        require(_requireOwned(deviceId) == msg.sender, NotDeviceOwner(deviceId, msg.sender));
    }

    function _checkEndpoint(string calldata endpoint) private pure {
        uint256 length = bytes(endpoint).length;
        require(length <= MAX_ENDPOINT_BYTES, EndpointTooLong(length));
    }

    function _checkKey(uint8 keyType, bytes calldata key) private pure {
        if (keyType == ED25519) {
            require(key.length == 32, InvalidKey(keyType, key));
        } else if (keyType == P256 || keyType == SECP256K1) {
            require(key.length == 33 && (key[0] == 0x02 || key[0] == 0x03), InvalidKey(keyType, key));
        } else {
            revert UnknownKeyType(keyType);
        }
    }
}
