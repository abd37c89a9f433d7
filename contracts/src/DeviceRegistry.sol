// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {P256} from "@openzeppelin/contracts/utils/cryptography/P256.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {IDeviceRegistry} from "./interfaces/IDeviceRegistry.sol";

contract DeviceRegistry is IDeviceRegistry, ERC721, EIP712 {
    uint256 public constant MAX_ENDPOINT_BYTES = 256;

    uint8 private constant ED25519 = 1;
    uint8 private constant SECP256R1 = 2;
    uint8 private constant SECP256K1 = 3;

    bytes32 private constant REGISTRATION_TYPEHASH = keccak256(
        "Registration(address owner,uint32 network,uint8 keyType,bytes key,uint64 cell,string endpoint,uint256 nonce,uint256 deadline)"
    );

    /// @dev What is kept of a device besides its owner.
    struct Record {
        uint32 network;
        uint8 keyType;
        uint64 cell;
        bool possessionProved;
        bytes key;
        string endpoint;
    }

    uint64 private _count;
    mapping(uint256 deviceId => Record) private _records;
    mapping(address owner => uint256) private _registrationNonces;

    constructor() ERC721("Groundwork Device", "GWDEV") EIP712("Groundwork", "1") {}

    /// @inheritdoc IDeviceRegistry
    function register(uint32 network, uint8 keyType, bytes calldata key, uint64 cell, string calldata endpoint)
        external
        returns (uint256 deviceId)
    {
        return _register(msg.sender, network, keyType, key, cell, endpoint);
    }

    /// @inheritdoc IDeviceRegistry
    function registerFor(
        address owner,
        uint32 network,
        uint8 keyType,
        bytes calldata key,
        uint64 cell,
        string calldata endpoint,
        uint256 deadline,
        bytes calldata signature
    ) external returns (uint256 deviceId) {
        require(block.timestamp <= deadline, InvalidAuthorisation());
        bytes32 digest = _useRegistration(owner, network, keyType, key, cell, endpoint, deadline);
        require(SignatureChecker.isValidSignatureNowCalldata(owner, digest, signature), InvalidAuthorisation());
        return _register(owner, network, keyType, key, cell, endpoint);
    }

    /// @inheritdoc IDeviceRegistry
    function provePossession(uint256 deviceId, bytes32 y, bytes32 r, bytes32 s) external {
        address owner = _requireOwned(deviceId);
        Record storage record = _records[deviceId];
        bytes memory key = record.key;
        require(record.keyType == SECP256R1, PossessionNotProved(deviceId));
        require(uint8(key[0]) == 2 + (uint256(y) & 1), PossessionNotProved(deviceId));
        bytes32 digest = sha256(abi.encode("groundwork possession", deployment(), deviceId, owner));
        require(P256.verify(digest, r, s, _xOf(key), y), PossessionNotProved(deviceId));
        record.possessionProved = true;
        emit PossessionProved(deviceId, owner, key);
    }

    /// @inheritdoc IDeviceRegistry
    function setKey(uint256 deviceId, uint8 keyType, bytes calldata key) external {
        _checkOwner(deviceId);
        _checkKey(keyType, key);
        Record storage record = _records[deviceId];
        record.keyType = keyType;
        record.key = key;
        record.possessionProved = false;
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

    /// @inheritdoc IDeviceRegistry
    function possessionProved(uint256 deviceId) external view returns (bool) {
        _requireOwned(deviceId);
        return _records[deviceId].possessionProved;
    }

    /// @inheritdoc IDeviceRegistry
    function registrationNonce(address owner) external view returns (uint256) {
        return _registrationNonces[owner];
    }

    /// @inheritdoc IDeviceRegistry
    function deployment() public view returns (bytes32) {
        return keccak256(abi.encode("groundwork/1", block.chainid, address(this)));
    }

    function _update(address to, uint256 deviceId, address auth) internal override returns (address from) {
        from = super._update(to, deviceId, auth);
        _records[deviceId].possessionProved = false;
    }

    function _register(
        address owner,
        uint32 network,
        uint8 keyType,
        bytes calldata key,
        uint64 cell,
        string calldata endpoint
    ) private returns (uint256 deviceId) {
        _checkKey(keyType, key);
        _checkEndpoint(endpoint);
        deviceId = ++_count;
        _records[deviceId] = Record(network, keyType, cell, false, key, endpoint);
        _mint(owner, deviceId);
        emit DeviceRegistered(deviceId, owner, network, keyType, key, cell, endpoint);
    }

    /// @dev The EIP-712 digest with the owner's next nonce, which is used up. Encoded in halves for want of stack.
    function _useRegistration(
        address owner,
        uint32 network,
        uint8 keyType,
        bytes calldata key,
        uint64 cell,
        string calldata endpoint,
        uint256 deadline
    ) private returns (bytes32 digest) {
        bytes memory head = abi.encode(REGISTRATION_TYPEHASH, owner, network, keyType, keccak256(key));
        bytes memory tail = abi.encode(cell, keccak256(bytes(endpoint)), _registrationNonces[owner]++, deadline);
        return _hashTypedDataV4(keccak256(bytes.concat(head, tail)));
    }

    function _checkOwner(uint256 deviceId) private view {
        require(_requireOwned(deviceId) == msg.sender, NotDeviceOwner(deviceId, msg.sender));
    }

    /// @dev The x coordinate of a compressed key.
    function _xOf(bytes memory key) private pure returns (bytes32 x) {
        assembly ("memory-safe") {
            x := mload(add(key, 0x21))
        }
    }

    function _checkEndpoint(string calldata endpoint) private pure {
        uint256 length = bytes(endpoint).length;
        require(length <= MAX_ENDPOINT_BYTES, EndpointTooLong(length));
    }

    function _checkKey(uint8 keyType, bytes calldata key) private pure {
        if (keyType == ED25519) {
            require(key.length == 32, InvalidKey(keyType, key));
        } else if (keyType == SECP256R1 || keyType == SECP256K1) {
            require(key.length == 33 && (key[0] == 0x02 || key[0] == 0x03), InvalidKey(keyType, key));
        } else {
            revert UnknownKeyType(keyType);
        }
    }
}
