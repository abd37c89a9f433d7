// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IDeviceRegistry} from "./interfaces/IDeviceRegistry.sol";
import {IEpochClock} from "./interfaces/IEpochClock.sol";
import {INetworkRegistry} from "./interfaces/INetworkRegistry.sol";
import {ISessions} from "./interfaces/ISessions.sol";

contract Sessions is ISessions {
    using SafeCast for uint256;

    bytes32 private constant AUTHORISATION_TYPEHASH = keccak256(
        "SessionAuthorisation(address account,address key,uint32 network,uint128 limit,uint64 lastEpoch,uint256 deadline)"
    );

    IDeviceRegistry private immutable _registry;
    INetworkRegistry private immutable _networks;
    IEpochClock private immutable _clock;

    mapping(address account => mapping(address key => mapping(uint32 network => Session))) private _sessions;

    constructor(IDeviceRegistry registry, INetworkRegistry networks, IEpochClock clock) {
        _registry = registry;
        _networks = networks;
        _clock = clock;
    }

    /// @inheritdoc ISessions
    function authorise(address key, uint32 network, uint128 limit, uint64 lastEpoch) external {
        _authorise(msg.sender, key, network, limit, lastEpoch);
    }

    /// @inheritdoc ISessions
    function authoriseFor(
        address account,
        address key,
        uint32 network,
        uint128 limit,
        uint64 lastEpoch,
        uint256 deadline,
        bytes calldata signature
    ) external {
        require(block.timestamp <= deadline, InvalidAuthorisation());
        // Needs no nonce: a key is authorised once.
        bytes32 digest = MessageHashUtils.toTypedDataHash(
            _registry.domainSeparator(),
            keccak256(abi.encode(AUTHORISATION_TYPEHASH, account, key, network, limit, lastEpoch, deadline))
        );
        require(SignatureChecker.isValidSignatureNowCalldata(account, digest, signature), InvalidAuthorisation());
        _authorise(account, key, network, limit, lastEpoch);
    }

    /// @inheritdoc ISessions
    function revoke(address key, uint32 network) external {
        Session storage item = _sessions[msg.sender][key][network];
        require(item.authorisedAt != 0 && item.revokedIn == type(uint64).max, NoSession(msg.sender, key, network));
        uint64 epoch = _clock.epochAt(block.timestamp);
        item.revokedIn = epoch;
        emit SessionRevoked(msg.sender, key, network, epoch);
    }

    /// @inheritdoc ISessions
    function session(address account, address key, uint32 network) external view returns (Session memory) {
        return _sessions[account][key][network];
    }

    function _authorise(address account, address key, uint32 network, uint128 limit, uint64 lastEpoch) private {
        require(key != address(0) && key != account && limit > 0, InvalidSession());
        require(_networks.exists(network), InvalidSession());
        require(_clock.openingOf(lastEpoch) > block.timestamp, InvalidSession());
        Session storage item = _sessions[account][key][network];
        require(item.authorisedAt == 0, KeyUsed(account, key, network));
        _sessions[account][key][network] = Session(limit, lastEpoch, type(uint64).max, block.timestamp.toUint48());
        emit SessionAuthorised(account, key, network, limit, lastEpoch);
    }
}
