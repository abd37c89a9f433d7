// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IAggregatorV3} from "./IAggregatorV3.sol";

/// @dev Bounds of `maxChangeBps`.
uint16 constant MIN_CHANGE_BPS = 10;
uint16 constant MAX_CHANGE_BPS = 2_000;

/// @title A posted price, until feeds exist
/// @notice In the shape of a feed, with 8 decimals. The owner posts; within any day the price moves at most
/// `maxChangeBps` up or down from what it was when the day began (a day begins with the first post after the last day
/// ended; over a change of day it may move twice). A post is an answer as old as it is: it can become stale.
interface IPostedPrice is IAggregatorV3 {
    /// @notice A price was posted; `anchor` is the price when the present day began, at `anchoredAt`.
    event PricePosted(uint256 price, uint256 anchor, uint256 anchoredAt);

    /// @notice A constructor argument outside the bounds that the code allows.
    error InvalidPostedPrice();

    /// @notice Outside what may be posted now.
    error ChangeTooLarge(uint256 price, uint256 lowest, uint256 highest);

    /// @notice Posts a price. Owner only.
    function post(uint256 price) external;

    /// @notice What may be posted now.
    function bounds() external view returns (uint256 lowest, uint256 highest);

    /// @notice Most change per day, in 1/10000; 10 to 2,000.
    function maxChangeBps() external view returns (uint16);
}
