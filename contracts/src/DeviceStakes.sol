// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IDeviceRegistry} from "./interfaces/IDeviceRegistry.sol";
import {IDeviceStakes} from "./interfaces/IDeviceStakes.sol";
import {IEpochClock} from "./interfaces/IEpochClock.sol";
import {IGroundworkToken} from "./interfaces/IGroundworkToken.sol";
import {IResults} from "./interfaces/IResults.sol";
import {MoneyLeaf} from "./libraries/MoneyLeaf.sol";

contract DeviceStakes is IDeviceStakes {
    using SafeCast for uint256;
    using SafeERC20 for IGroundworkToken;

    uint32 public constant MIN_EXIT_EPOCHS = 1;
    uint32 public constant MAX_EXIT_EPOCHS = 10_000;

    IGroundworkToken private immutable _token;
    IDeviceRegistry private immutable _registry;
    IEpochClock private immutable _clock;
    IResults private immutable _results;
    uint32 private immutable _exitEpochs;

    mapping(uint256 deviceId => DeviceStake) private _stakes;
    mapping(uint256 deviceId => uint256) private _slashed;

    constructor(
        IGroundworkToken token,
        IDeviceRegistry registry,
        IEpochClock clock,
        IResults results,
        uint32 exitEpochs_
    ) {
        require(exitEpochs_ >= MIN_EXIT_EPOCHS && exitEpochs_ <= MAX_EXIT_EPOCHS, InvalidStakeParameters());
        _token = token;
        _registry = registry;
        _clock = clock;
        _results = results;
        _exitEpochs = exitEpochs_;
    }

    /// @inheritdoc IDeviceStakes
    function stake(uint256 deviceId, uint256 amount) external {
        require(amount > 0, NothingAdded());
        _registry.ownerOf(deviceId);
        DeviceStake storage item = _stakes[deviceId];
        require(item.releaseEpoch == 0, Leaving(deviceId));
        item.amount += amount.toUint128();
        _token.safeTransferFrom(msg.sender, address(this), amount);
        emit DeviceStaked(deviceId, msg.sender, amount, item.amount);
    }

    /// @inheritdoc IDeviceStakes
    function leave(uint256 deviceId) external {
        _checkOwner(deviceId);
        DeviceStake storage item = _stakes[deviceId];
        require(item.releaseEpoch == 0, Leaving(deviceId));
        require(item.amount > 0, NotLeaving(deviceId));
        item.releaseEpoch = _clock.epochAt(block.timestamp) + _exitEpochs;
        emit DeviceStakeLeaving(deviceId, item.releaseEpoch);
    }

    /// @inheritdoc IDeviceStakes
    function withdraw(uint256 deviceId, uint256 cumulative, bytes32[] calldata proof) external {
        _checkOwner(deviceId);
        uint64 releaseEpoch = _stakes[deviceId].releaseEpoch;
        require(releaseEpoch > 0, NotLeaving(deviceId));
        // Before the first final result its epoch reads 0, and no stake is released then.
        (uint64 epoch,, bytes32 root) = _results.finalised();
        require(epoch >= releaseEpoch, ExitNotReady(releaseEpoch));
        _checkLeaf(deviceId, cumulative, proof, root);

        _slash(deviceId, cumulative);
        uint256 amount = _stakes[deviceId].amount;
        delete _stakes[deviceId];
        _token.safeTransfer(msg.sender, amount);
        emit DeviceStakeWithdrawn(deviceId, msg.sender, amount);
    }

    /// @inheritdoc IDeviceStakes
    function slashByResult(uint256 deviceId, uint256 cumulative, bytes32[] calldata proof) external {
        (,, bytes32 root) = _results.finalised();
        _checkLeaf(deviceId, cumulative, proof, root);
        require(_slash(deviceId, cumulative) > 0, NothingToSlash());
    }

    /// @inheritdoc IDeviceStakes
    function stakeOf(uint256 deviceId) external view returns (DeviceStake memory) {
        return _stakes[deviceId];
    }

    /// @inheritdoc IDeviceStakes
    function slashedByResults(uint256 deviceId) external view returns (uint256) {
        return _slashed[deviceId];
    }

    /// @inheritdoc IDeviceStakes
    function exitEpochs() external view returns (uint32) {
        return _exitEpochs;
    }

    /// @dev Burns what is owed as far as there is stake; the rest stays owed by stake that comes later.
    function _slash(uint256 deviceId, uint256 cumulative) private returns (uint256 taken) {
        DeviceStake storage item = _stakes[deviceId];
        taken = Math.min(Math.saturatingSub(cumulative, _slashed[deviceId]), item.amount);
        if (taken == 0) return 0;
        _slashed[deviceId] += taken;
        item.amount -= taken.toUint128();
        _token.burn(taken);
        emit DeviceStakeSlashed(deviceId, taken, item.amount);
    }

    function _checkOwner(uint256 deviceId) private view {
        require(_registry.ownerOf(deviceId) == msg.sender, NotDeviceOwner(deviceId, msg.sender));
    }

    function _checkLeaf(uint256 deviceId, uint256 cumulative, bytes32[] calldata proof, bytes32 root) private view {
        uint32 network = _registry.device(deviceId).network;
        bytes32 leaf = MoneyLeaf.hash(MoneyLeaf.SLASH, network, bytes32(deviceId), cumulative);
        require(MerkleProof.verifyCalldata(proof, root, leaf), InvalidProof());
    }
}
