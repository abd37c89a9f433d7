// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";

/// @title Devices of a deployment, and the identity of the deployment itself
/// @notice A device is an ERC-721 token. Registration is free-form: whether a key is really held is shown by the
/// device's first accepted Hello, off chain, so one key may appear on many devices. The registry's address stands in
/// the EIP-712 domain of everything signed in the deployment, and in `deployment()`.
interface IDeviceRegistry is IERC721 {
    /// @notice What is registered of a device.
    /// @param owner holder of the ERC-721 token
    /// @param network id of its network
    /// @param keyType 1 Ed25519, 2 P-256, 3 secp256k1
    /// @param key public key: 32 bytes for Ed25519, 33 bytes compressed for the others
    /// @param cell public H3 cell as an integer, as coarse as the owner likes; 0 tells nothing
    /// @param endpoint where the device is reached
    struct Device {
        address owner;
        uint32 network;
        uint8 keyType;
        bytes key;
        uint64 cell;
        string endpoint;
    }

    /// @notice A device was registered.
    event DeviceRegistered(
        uint256 indexed deviceId,
        address indexed owner,
        uint32 indexed network,
        uint8 keyType,
        bytes key,
        uint64 cell,
        string endpoint
    );

    /// @notice A device's key was replaced; it needs a new Hello.
    event DeviceKeyChanged(uint256 indexed deviceId, uint8 keyType, bytes key);

    /// @notice A device's endpoint was replaced.
    event DeviceEndpointChanged(uint256 indexed deviceId, string endpoint);

    /// @notice The key type is none of 1, 2, 3.
    error UnknownKeyType(uint8 keyType);

    /// @notice The key has a wrong length or prefix for its type.
    error InvalidKey(uint8 keyType, bytes key);

    /// @notice The endpoint is longer than allowed.
    error EndpointTooLong(uint256 length);

    /// @notice The caller does not own the device.
    error NotDeviceOwner(uint256 deviceId, address caller);

    /// @notice keccak256(abi.encode("groundwork/1", block.chainid, address(this))).
    function deployment() external view returns (bytes32);

    /// @notice EIP-712 domain separator {name "Groundwork", version "1", chainId, verifyingContract this}, computed
    /// anew when the chain id changes. `eip712Domain()` (ERC-5267) of this contract describes it.
    function domainSeparator() external view returns (bytes32);

    /// @notice Registers a device for the caller.
    /// @return deviceId 1 for the first device, then counting up; fits 64 bits
    function register(uint32 network, uint8 keyType, bytes calldata key, uint64 cell, string calldata endpoint)
        external
        returns (uint256 deviceId);

    /// @notice Replaces the key of the caller's device.
    function setKey(uint256 deviceId, uint8 keyType, bytes calldata key) external;

    /// @notice Replaces the endpoint of the caller's device.
    function setEndpoint(uint256 deviceId, string calldata endpoint) external;

    /// @notice A device; reverts ERC721NonexistentToken for an unknown id.
    function device(uint256 deviceId) external view returns (Device memory);

    /// @notice Devices registered so far; ids are 1 to this.
    function deviceCount() external view returns (uint64);

    /// @notice A device's owner had its possession of a P-256 key checked on chain.
    event PossessionProved(uint256 indexed deviceId, address indexed owner, bytes key);

    /// @notice The signature, or the key's y coordinate, is wrong, or the key is not P-256.
    error PossessionNotProved(uint256 deviceId);

    /// @notice The signature is not the owner's, or is too old.
    error InvalidAuthorisation();

    /// @notice Registers for an owner who signed EIP-712 `Registration(address owner,uint32 network,uint8 keyType,bytes
    /// key,uint64 cell,string endpoint,uint256 nonce,uint256 deadline)` (EOA or ERC-1271).
    function registerFor(
        address owner,
        uint32 network,
        uint8 keyType,
        bytes calldata key,
        uint64 cell,
        string calldata endpoint,
        uint256 deadline,
        bytes calldata signature
    ) external returns (uint256 deviceId);

    /// @notice Checks on chain that a P-256 device's key signed sha256(abi.encode("groundwork possession",
    /// deployment(), deviceId, owner)); low s. `y` completes the compressed key. Recorded until key or owner change.
    function provePossession(uint256 deviceId, bytes32 y, bytes32 r, bytes32 s) external;

    /// @notice Whether the present owner's possession of the present key was checked on chain.
    function possessionProved(uint256 deviceId) external view returns (bool);

    /// @notice The next nonce of an owner for registerFor.
    function registrationNonce(address owner) external view returns (uint256);
}
