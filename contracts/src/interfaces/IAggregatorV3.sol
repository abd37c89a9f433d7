// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

/// @title The shape of a Chainlink AggregatorV3 price feed
interface IAggregatorV3 {
    /// @notice Decimals of the answer.
    function decimals() external view returns (uint8);

    /// @notice The newest answer; updatedAt is in unix seconds.
    function latestRoundData()
        external
        view
        returns (uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredInRound);
}
