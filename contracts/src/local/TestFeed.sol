// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";
import {IAggregatorV3} from "../interfaces/IAggregatorV3.sol";

/// @title A price feed for local chains, set by its owner
/// @notice Answers like a Chainlink feed. `set` stamps the answer with the time of the block; `setAt` with any time.
contract TestFeed is IAggregatorV3, Ownable2Step {
    /// @notice A new answer was set.
    event AnswerChanged(uint80 indexed roundId, int256 answer, uint256 updatedAt);

    uint8 private immutable _decimals;
    uint80 private _roundId;
    uint64 private _updatedAt;
    int256 private _answer;

    constructor(uint8 decimals_, int256 answer, address owner) Ownable(owner) {
        _decimals = decimals_;
        _set(answer, uint64(block.timestamp));
    }

    function set(int256 answer) external onlyOwner {
        _set(answer, uint64(block.timestamp));
    }

    function setAt(int256 answer, uint64 updatedAt) external onlyOwner {
        _set(answer, updatedAt);
    }

    /// @inheritdoc IAggregatorV3
    function decimals() external view returns (uint8) {
        return _decimals;
    }

    /// @inheritdoc IAggregatorV3
    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        return (_roundId, _answer, _updatedAt, _updatedAt, _roundId);
    }

    function _set(int256 answer, uint64 updatedAt) private {
        _answer = answer;
        _updatedAt = updatedAt;
        emit AnswerChanged(++_roundId, answer, updatedAt);
    }
}
