// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IEpochClock} from "./interfaces/IEpochClock.sol";

contract EpochClock is IEpochClock {
    using SafeCast for uint256;

    uint32 public constant MAX_SLOT_SECONDS = 1 hours;
    uint32 public constant MAX_SLOTS_PER_EPOCH = 10_000;
    uint32 public constant MAX_COMMIT_SLOTS = 10_000;

    uint64 private immutable _genesis;
    uint32 private immutable _slotSeconds;
    uint32 private immutable _slotsPerEpoch;
    uint32 private immutable _commitSlots;

    constructor(uint64 genesis_, uint32 slotSeconds_, uint32 slotsPerEpoch_, uint32 commitSlots_) {
        require(genesis_ > 0 && genesis_ <= type(uint48).max, InvalidSchedule());
        require(slotSeconds_ > 0 && slotSeconds_ <= MAX_SLOT_SECONDS, InvalidSchedule());
        require(slotsPerEpoch_ > 0 && slotsPerEpoch_ <= MAX_SLOTS_PER_EPOCH, InvalidSchedule());
        require(commitSlots_ > 0 && commitSlots_ <= MAX_COMMIT_SLOTS, InvalidSchedule());
        _genesis = genesis_;
        _slotSeconds = slotSeconds_;
        _slotsPerEpoch = slotsPerEpoch_;
        _commitSlots = commitSlots_;
    }

    /// @inheritdoc IEpochClock
    function genesis() external view returns (uint64) {
        return _genesis;
    }

    /// @inheritdoc IEpochClock
    function slotSeconds() external view returns (uint32) {
        return _slotSeconds;
    }

    /// @inheritdoc IEpochClock
    function slotsPerEpoch() external view returns (uint32) {
        return _slotsPerEpoch;
    }

    /// @inheritdoc IEpochClock
    function commitSlots() external view returns (uint32) {
        return _commitSlots;
    }

    /// @inheritdoc IEpochClock
    function slotAt(uint256 timestamp) public view returns (uint64) {
        require(timestamp >= _genesis, BeforeGenesis(timestamp));
        return ((timestamp - _genesis) / _slotSeconds).toUint64();
    }

    /// @inheritdoc IEpochClock
    function epochAt(uint256 timestamp) external view returns (uint64) {
        return timestamp < _genesis ? 0 : slotAt(timestamp) / _slotsPerEpoch;
    }

    /// @inheritdoc IEpochClock
    function openingOf(uint64 epoch) public view returns (uint256) {
        return _genesis + uint256(epoch) * _epochSeconds();
    }

    /// @inheritdoc IEpochClock
    function closeOf(uint64 epoch) public view returns (uint256) {
        return openingOf(epoch) + _epochSeconds();
    }

    /// @inheritdoc IEpochClock
    function commitDeadlineOf(uint64 epoch) external view returns (uint256) {
        return closeOf(epoch) + uint256(_commitSlots) * _slotSeconds;
    }

    function _epochSeconds() private view returns (uint256) {
        return uint256(_slotSeconds) * _slotsPerEpoch;
    }
}
