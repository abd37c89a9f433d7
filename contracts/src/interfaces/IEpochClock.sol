// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

/// @title Slots and epochs of a deployment
/// @notice Slot s covers [genesis + s * slotSeconds, genesis + (s + 1) * slotSeconds). Slots are numbered from genesis
/// over all epochs. Epoch e covers [openingOf(e), closeOf(e)). Indexes are committed in [closeOf(e),
/// commitDeadlineOf(e)); results are submitted from commitDeadlineOf(e) on.
interface IEpochClock {
    /// @notice A schedule outside the bounds that the code allows.
    error InvalidSchedule();

    /// @notice The moment lies before genesis and belongs to no slot.
    error BeforeGenesis(uint256 timestamp);

    /// @notice Start of slot 0 and epoch 0, in unix seconds.
    function genesis() external view returns (uint64);

    /// @notice Length of a slot in seconds.
    function slotSeconds() external view returns (uint32);

    /// @notice Slots of one epoch.
    function slotsPerEpoch() external view returns (uint32);

    /// @notice Slots after the close of an epoch in which its indexes may be committed.
    function commitSlots() external view returns (uint32);

    /// @notice The slot of a moment; reverts BeforeGenesis.
    function slotAt(uint256 timestamp) external view returns (uint64);

    /// @notice The epoch of a moment; before genesis it is epoch 0, the next to come.
    function epochAt(uint256 timestamp) external view returns (uint64);

    /// @notice First second of an epoch: the moment of its snapshot of stakes.
    function openingOf(uint64 epoch) external view returns (uint256);

    /// @notice First second after an epoch.
    function closeOf(uint64 epoch) external view returns (uint256);

    /// @notice First second in which indexes of the epoch are refused and its result may be submitted.
    function commitDeadlineOf(uint64 epoch) external view returns (uint256);
}
