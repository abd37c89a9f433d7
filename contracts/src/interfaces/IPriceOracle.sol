// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

/// @title Price checkpoints
/// @notice Anybody records one checkpoint per slot from two pinned feeds, or from one posted price. Prices are US dollars per token with 8
/// decimals. The low edge sells credits and goes dormant when the feeds are doubtful; the high edge bounds payments and
/// never goes dormant.
interface IPriceOracle {
    /// @notice Why a checkpoint was not valid.
    enum Doubt {
        None,
        Unreadable,
        NotPositive,
        Stale,
        Apart
    }

    /// @notice A valid checkpoint.
    struct Checkpoint {
        uint64 slot;
        uint96 low;
        uint96 high;
    }

    /// @notice A valid checkpoint was recorded.
    event PriceCheckpointed(uint64 indexed slot, uint256 low, uint256 high);

    /// @notice The attempt of this slot was doubtful; buying is dormant until a later slot's valid checkpoint.
    event PriceDoubted(uint64 indexed slot, Doubt reason);

    /// @notice A constructor argument outside the bounds that the code allows.
    error InvalidOracleParameters();

    /// @notice Too little gas left to tell a failing feed from a starved one.
    error NotEnoughGas(uint256 left, uint256 needed);

    /// @notice No credits are sold now: there is no recent valid checkpoint, or the last attempt was doubtful.
    error PriceDormant();

    /// @notice There was never a valid checkpoint.
    error NoPrice();

    /// @notice Records the checkpoint of the current slot. The first call in a slot counts, be it valid or doubtful;
    /// later calls in the same slot change nothing and return quietly, so that keepers may race.
    /// @return recorded whether this call was the first of its slot
    function checkpoint() external returns (bool recorded);

    /// @notice The lowest low of the last valid checkpoints. Reverts PriceDormant.
    function buyPrice() external view returns (uint256);

    /// @notice The highest high of the last valid checkpoints. Reverts NoPrice only before the first one.
    function priceHigh() external view returns (uint256);

    /// @notice The last attempt, valid or not. Zero slot and `attempted` false before the first.
    function lastAttempt() external view returns (bool attempted, uint64 slot, Doubt doubt);

    /// @notice The kept valid checkpoints, oldest first; at most `history()` of them.
    function checkpoints() external view returns (Checkpoint[] memory);

    /// @notice The two feeds; the second is zero when the first is a posted price.
    function feeds() external view returns (address first, address second);

    /// @notice Oldest answer that is still fresh, in seconds.
    function maxAge() external view returns (uint32);

    /// @notice Largest distance between the feeds, in 1/10000 of the lower one.
    function maxDeviationBps() external view returns (uint16);

    /// @notice Valid checkpoints that count (K).
    function history() external view returns (uint8);

    /// @notice Slots that a valid checkpoint may be old before buying goes dormant.
    function maxQuietSlots() external view returns (uint32);
}
