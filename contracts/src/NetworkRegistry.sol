// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {IEpochClock} from "./interfaces/IEpochClock.sol";
import {INetworkRegistry} from "./interfaces/INetworkRegistry.sol";
import {IOperators} from "./interfaces/IOperators.sol";

contract NetworkRegistry is INetworkRegistry, Ownable2Step {
    uint256 public constant MAX_PARAMETERS_BYTES = 16 * 1024;
    uint256 public constant MAX_FOUNDING_SECONDS = 7 days;
    uint128 public constant MAX_BOOTSTRAP = 1e26;
    uint64 public constant MAX_BOOTSTRAP_EPOCHS = 10_000_000;
    uint16 public constant BPS = 10_000;

    uint8 private constant VERIFIER = 1;

    /// @dev Rules proposed and not active yet; `number` counts the network's proposals, so that readiness for one is not
    /// readiness for a later one.
    struct Proposal {
        bytes32 rulesHash;
        bytes32 parametersHash;
        uint64 number;
    }

    address private immutable _founder;
    uint256 private immutable _foundingEnds;
    IEpochClock private immutable _clock;
    IOperators private immutable _operators;

    uint32 private _count;
    mapping(uint32 networkId => Network) private _networks;
    mapping(uint32 networkId => Bootstrap) private _bootstraps;
    mapping(uint32 networkId => Proposal) private _proposals;
    mapping(uint32 networkId => mapping(uint64 number => mapping(address signer => bool))) private _ready;

    constructor(address owner, address founder_, uint256 foundingEnds_, IEpochClock clock, IOperators operators)
        Ownable(owner)
    {
        require(foundingEnds_ <= uint256(clock.genesis()) + MAX_FOUNDING_SECONDS, FoundingTooLong());
        _founder = founder_;
        _foundingEnds = foundingEnds_;
        _clock = clock;
        _operators = operators;
    }

    /// @inheritdoc INetworkRegistry
    function create(bytes32 kind, bytes32 rulesHash, bytes calldata parameters, Bootstrap calldata bootstrap)
        external
        returns (uint32 networkId)
    {
        bool founding = msg.sender == _founder && block.timestamp < _foundingEnds;
        require(founding || msg.sender == owner(), NotAllowed(msg.sender));
        require(kind != 0, InvalidNetwork());
        _checkRules(rulesHash, parameters);
        _checkBootstrap(bootstrap);
        networkId = ++_count;
        _networks[networkId] = Network(kind, rulesHash, keccak256(parameters));
        if (bootstrap.initial > 0) _bootstraps[networkId] = bootstrap;
        emit NetworkCreated(networkId, kind, rulesHash, parameters, bootstrap);
    }

    /// @inheritdoc INetworkRegistry
    function proposeRules(uint32 networkId, bytes32 rulesHash, bytes calldata parameters) external onlyOwner {
        require(exists(networkId), UnknownNetwork(networkId));
        _checkRules(rulesHash, parameters);
        Proposal storage proposal = _proposals[networkId];
        proposal.rulesHash = rulesHash;
        proposal.parametersHash = keccak256(parameters);
        proposal.number += 1;
        emit RulesProposed(networkId, rulesHash, parameters);
    }

    /// @inheritdoc INetworkRegistry
    function signalReady(uint32 networkId, bytes32 rulesHash) external {
        Proposal storage proposal = _proposed(networkId, rulesHash);
        require(_operators.stakeAt(VERIFIER, msg.sender, block.timestamp) > 0, NotVerifier(msg.sender));
        _ready[networkId][proposal.number][msg.sender] = true;
        emit RulesReady(networkId, rulesHash, msg.sender);
    }

    /// @inheritdoc INetworkRegistry
    function activateRules(uint32 networkId, bytes32 rulesHash, address[] calldata signers) external {
        Proposal storage proposal = _proposed(networkId, rulesHash);
        uint256 ready = _readyWeight(_ready[networkId][proposal.number], signers);
        uint256 total = _operators.totalAt(VERIFIER, block.timestamp);
        require(3 * ready > 2 * total, NotReady(ready, total));

        bytes32 parametersHash = proposal.parametersHash;
        _networks[networkId].rulesHash = rulesHash;
        _networks[networkId].parametersHash = parametersHash;
        proposal.rulesHash = 0;
        emit RulesActivated(networkId, rulesHash, _nextOpening(), parametersHash);
    }

    /// @inheritdoc INetworkRegistry
    function bootstrapOf(uint32 networkId) external view returns (Bootstrap memory) {
        return _bootstraps[networkId];
    }

    /// @inheritdoc INetworkRegistry
    function bootstrapBudget(uint32 networkId, uint64 epoch) external view returns (uint256) {
        Bootstrap storage bootstrap = _bootstraps[networkId];
        (uint256 initial, uint256 start, uint256 end) = (bootstrap.initial, bootstrap.start, bootstrap.end);
        if (initial == 0 || epoch < start) return 0;
        uint256 duration = end - start;
        uint256 counted = Math.min(epoch, end - 1) - start + 1;
        return initial * (counted * duration - counted * (counted - 1) / 2) / duration;
    }

    /// @inheritdoc INetworkRegistry
    function founder() external view returns (address) {
        return _founder;
    }

    /// @inheritdoc INetworkRegistry
    function foundingEnds() external view returns (uint256) {
        return _foundingEnds;
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

    /// @dev Weight of now of those signers who said that they are ready.
    function _readyWeight(mapping(address signer => bool) storage ready, address[] calldata signers)
        private
        view
        returns (uint256 weight)
    {
        address previous = address(0);
        for (uint256 i = 0; i < signers.length; ++i) {
            address signer = signers[i];
            require(signer > previous, SignersNotAscending(previous, signer));
            if (ready[signer]) weight += _operators.stakeAt(VERIFIER, signer, block.timestamp);
            previous = signer;
        }
    }

    function _proposed(uint32 networkId, bytes32 rulesHash) private view returns (Proposal storage proposal) {
        proposal = _proposals[networkId];
        require(rulesHash != 0 && proposal.rulesHash == rulesHash, NotProposed(networkId, rulesHash));
    }

    function _nextOpening() private view returns (uint64) {
        uint64 current = _clock.epochAt(block.timestamp);
        return block.timestamp < _clock.genesis() ? current : current + 1;
    }

    function _checkRules(bytes32 rulesHash, bytes calldata parameters) private pure {
        require(rulesHash != 0, InvalidNetwork());
        require(parameters.length <= MAX_PARAMETERS_BYTES, ParametersTooLong(parameters.length));
    }

    function _checkBootstrap(Bootstrap calldata its) private pure {
        if (its.initial == 0) {
            bool none = its.start == 0 && its.end == 0 && its.maxCellBps == 0;
            require(none && its.maxAdmissions == 0 && its.deviceStake == 0, InvalidBootstrap());
            return;
        }
        require(its.initial <= MAX_BOOTSTRAP, InvalidBootstrap());
        require(its.start < its.end && its.end - its.start <= MAX_BOOTSTRAP_EPOCHS, InvalidBootstrap());
        require(its.maxCellBps > 0 && its.maxCellBps <= BPS && its.maxAdmissions > 0, InvalidBootstrap());
    }
}
