// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Ownable2Step} from "@openzeppelin/contracts/access/Ownable2Step.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IAggregatorV3} from "./interfaces/IAggregatorV3.sol";
import {IPostedPrice, MAX_CHANGE_BPS, MIN_CHANGE_BPS} from "./interfaces/IPostedPrice.sol";

contract PostedPrice is IPostedPrice, Ownable2Step {
    using SafeCast for uint256;

    uint8 public constant PRICE_DECIMALS = 8;

    /// @dev The least price at which the least change is still a unit.
    uint256 public constant MIN_PRICE = 1_000;

    /// @dev A million dollars.
    uint256 public constant MAX_PRICE = 1e14;

    uint256 private constant BPS = 10_000;

    uint16 private immutable _maxChangeBps;

    uint64 private _price;
    uint48 private _postedAt;
    uint32 private _round;

    /// @dev The price when the present day began, and that moment.
    uint64 private _anchor;
    uint48 private _anchoredAt;

    constructor(address owner, uint256 price, uint16 maxChangeBps_) Ownable(owner) {
        require(price >= MIN_PRICE && price <= MAX_PRICE, InvalidPostedPrice());
        require(maxChangeBps_ >= MIN_CHANGE_BPS && maxChangeBps_ <= MAX_CHANGE_BPS, InvalidPostedPrice());
        _maxChangeBps = maxChangeBps_;
        _startDay(price);
        _set(price);
    }

    /// @inheritdoc IPostedPrice
    function post(uint256 price) external onlyOwner {
        (uint256 lowest, uint256 highest) = bounds();
        require(price >= lowest && price <= highest, ChangeTooLarge(price, lowest, highest));
        if (_dayIsOver()) _startDay(_price);
        _set(price);
    }

    /// @inheritdoc IAggregatorV3
    function latestRoundData() external view returns (uint80, int256, uint256, uint256, uint80) {
        return (_round, uint256(_price).toInt256(), _postedAt, _postedAt, _round);
    }

    /// @inheritdoc IPostedPrice
    function maxChangeBps() external view returns (uint16) {
        return _maxChangeBps;
    }

    /// @inheritdoc IAggregatorV3
    function decimals() external pure returns (uint8) {
        return PRICE_DECIMALS;
    }

    /// @inheritdoc IPostedPrice
    function bounds() public view returns (uint256 lowest, uint256 highest) {
        uint256 anchor = _dayIsOver() ? _price : _anchor;
        lowest = Math.max(Math.ceilDiv(anchor * (BPS - _maxChangeBps), BPS), MIN_PRICE);
        highest = Math.min(anchor * (BPS + _maxChangeBps) / BPS, MAX_PRICE);
    }

    function _dayIsOver() private view returns (bool) {
        return block.timestamp >= uint256(_anchoredAt) + 1 days;
    }

    function _startDay(uint256 price) private {
        _anchor = price.toUint64();
        _anchoredAt = block.timestamp.toUint48();
    }

    function _set(uint256 price) private {
        _price = price.toUint64();
        _postedAt = block.timestamp.toUint48();
        ++_round;
        emit PricePosted(price, _anchor, _anchoredAt);
    }
}
