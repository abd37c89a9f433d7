// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IAggregatorV3} from "./interfaces/IAggregatorV3.sol";
import {IEpochClock} from "./interfaces/IEpochClock.sol";
import {IPostedPrice, MAX_CHANGE_BPS, MIN_CHANGE_BPS} from "./interfaces/IPostedPrice.sol";
import {IPriceOracle} from "./interfaces/IPriceOracle.sol";

contract PriceOracle is IPriceOracle {
    using SafeCast for int256;
    using SafeCast for uint256;

    uint8 public constant PRICE_DECIMALS = 8;
    uint8 public constant MAX_FEED_DECIMALS = 18;
    uint32 public constant MIN_MAX_AGE = 10 seconds;
    uint32 public constant MAX_MAX_AGE = 2 days;

    /// @dev A posted price goes through a vote and a timelock.
    uint32 public constant MAX_POSTED_AGE = 90 days;
    uint16 public constant MIN_DEVIATION_BPS = 10;
    uint16 public constant MAX_DEVIATION_BPS = 2_000;
    uint8 public constant MAX_HISTORY = 16;
    uint32 public constant MAX_QUIET_SLOTS = 1_440;

    /// @dev Gas that a feed gets; a feed that needs more is unreadable.
    uint256 public constant FEED_GAS = 150_000;

    /// @dev Gas that must be left before the feeds are read: both feeds' share even after the 1/64 that EIP-150 keeps back.
    /// Otherwise a caller could starve a feed and make buying dormant at will.
    uint256 public constant CHECKPOINT_GAS = 450_000;

    uint256 private constant BPS = 10_000;

    IEpochClock private immutable _clock;
    address private immutable _feedA;
    address private immutable _feedB;
    uint8 private immutable _decimalsA;
    uint8 private immutable _decimalsB;
    uint32 private immutable _maxAge;
    uint16 private immutable _maxDeviationBps;
    uint8 private immutable _history;
    uint32 private immutable _maxQuietSlots;

    bool private _attempted;
    uint64 private _attemptSlot;
    Doubt private _attemptDoubt;

    /// @dev Valid checkpoints ever recorded; number n is kept at n % _history.
    uint64 private _recorded;
    mapping(uint256 position => Checkpoint) private _ring;

    constructor(
        IEpochClock clock_,
        IAggregatorV3 feedA,
        IAggregatorV3 feedB,
        uint32 maxAge_,
        uint16 maxDeviationBps_,
        uint8 history_,
        uint32 maxQuietSlots_
    ) {
        bool posted = address(feedB) == address(0);
        if (posted) _checkPosted(IPostedPrice(address(feedA)));
        require(address(feedA) != address(feedB), InvalidOracleParameters());
        require(maxAge_ >= MIN_MAX_AGE && maxAge_ <= (posted ? MAX_POSTED_AGE : MAX_MAX_AGE), InvalidOracleParameters());
        require(
            maxDeviationBps_ >= MIN_DEVIATION_BPS && maxDeviationBps_ <= MAX_DEVIATION_BPS, InvalidOracleParameters()
        );
        require(history_ > 0 && history_ <= MAX_HISTORY, InvalidOracleParameters());
        require(maxQuietSlots_ > 0 && maxQuietSlots_ <= MAX_QUIET_SLOTS, InvalidOracleParameters());
        _clock = clock_;
        _feedA = address(feedA);
        _feedB = address(feedB);
        _decimalsA = feedA.decimals();
        _decimalsB = posted ? 0 : feedB.decimals();
        require(_decimalsA <= MAX_FEED_DECIMALS && _decimalsB <= MAX_FEED_DECIMALS, InvalidOracleParameters());
        _maxAge = maxAge_;
        _maxDeviationBps = maxDeviationBps_;
        _history = history_;
        _maxQuietSlots = maxQuietSlots_;
    }

    /// @inheritdoc IPriceOracle
    function checkpoint() external returns (bool recorded) {
        uint64 slot = _clock.slotAt(block.timestamp);
        if (_attempted && _attemptSlot == slot) return false;
        require(gasleft() >= CHECKPOINT_GAS, NotEnoughGas(gasleft(), CHECKPOINT_GAS));

        (Doubt doubt, uint96 low, uint96 high) = _read();
        _attempted = true;
        _attemptSlot = slot;
        _attemptDoubt = doubt;
        if (doubt == Doubt.None) {
            _ring[_recorded++ % _history] = Checkpoint(slot, low, high);
            emit PriceCheckpointed(slot, low, high);
        } else {
            emit PriceDoubted(slot, doubt);
        }
        return true;
    }

    /// @inheritdoc IPriceOracle
    function buyPrice() external view returns (uint256 price) {
        require(_recorded > 0 && _attemptDoubt == Doubt.None, PriceDormant());
        // The last attempt was valid, so its slot is the newest checkpoint's.
        require(_clock.slotAt(block.timestamp) - _attemptSlot <= _maxQuietSlots, PriceDormant());
        price = type(uint256).max;
        for (uint256 i = 0; i < _kept(); ++i) {
            price = Math.min(price, _ring[i].low);
        }
    }

    /// @inheritdoc IPriceOracle
    function priceHigh() external view returns (uint256 price) {
        require(_recorded > 0, NoPrice());
        for (uint256 i = 0; i < _kept(); ++i) {
            price = Math.max(price, _ring[i].high);
        }
    }

    /// @inheritdoc IPriceOracle
    function lastAttempt() external view returns (bool attempted, uint64 slot, Doubt doubt) {
        return (_attempted, _attemptSlot, _attemptDoubt);
    }

    /// @inheritdoc IPriceOracle
    function checkpoints() external view returns (Checkpoint[] memory kept) {
        uint256 count = _kept();
        kept = new Checkpoint[](count);
        for (uint256 i = 0; i < count; ++i) {
            kept[i] = _ring[(_recorded - count + i) % _history];
        }
    }

    /// @inheritdoc IPriceOracle
    function feeds() external view returns (address first, address second) {
        return (_feedA, _feedB);
    }

    /// @inheritdoc IPriceOracle
    function maxAge() external view returns (uint32) {
        return _maxAge;
    }

    /// @inheritdoc IPriceOracle
    function maxDeviationBps() external view returns (uint16) {
        return _maxDeviationBps;
    }

    /// @inheritdoc IPriceOracle
    function history() external view returns (uint8) {
        return _history;
    }

    /// @inheritdoc IPriceOracle
    function maxQuietSlots() external view returns (uint32) {
        return _maxQuietSlots;
    }

    function _kept() private view returns (uint256) {
        return Math.min(_recorded, _history);
    }

    function _read() private view returns (Doubt doubt, uint96 low, uint96 high) {
        (Doubt doubtA, uint256 answerA) = _readFeed(_feedA);
        if (doubtA != Doubt.None) return (doubtA, 0, 0);
        uint256 floor = _normalise(answerA, _decimalsA, Math.Rounding.Floor);
        uint256 ceil = _normalise(answerA, _decimalsA, Math.Rounding.Ceil);
        if (_feedB != address(0)) {
            (Doubt doubtB, uint256 answerB) = _readFeed(_feedB);
            if (doubtB != Doubt.None) return (doubtB, 0, 0);
            floor = Math.min(floor, _normalise(answerB, _decimalsB, Math.Rounding.Floor));
            ceil = Math.max(ceil, _normalise(answerB, _decimalsB, Math.Rounding.Ceil));
        }
        if (floor == 0) return (Doubt.NotPositive, 0, 0);
        if (ceil > type(uint96).max) return (Doubt.Unreadable, 0, 0);
        if ((ceil - floor) * BPS > floor * _maxDeviationBps) return (Doubt.Apart, 0, 0);
        return (Doubt.None, floor.toUint96(), ceil.toUint96());
    }

    /// @dev Only a price whose change is bounded may stand alone.
    function _checkPosted(IPostedPrice price) private view {
        try price.maxChangeBps() returns (uint16 maxChangeBps) {
            require(maxChangeBps >= MIN_CHANGE_BPS && maxChangeBps <= MAX_CHANGE_BPS, InvalidOracleParameters());
        } catch {
            revert InvalidOracleParameters();
        }
    }

    /// @dev Never reverts: a feed that reverts, answers too little, or answers what no price can be, is unreadable.
    function _readFeed(address feed) private view returns (Doubt doubt, uint256 answer) {
        (bool success, int256 signedAnswer, uint256 updatedAt) = _latestRoundData(feed);
        if (!success || signedAnswer > type(int192).max) return (Doubt.Unreadable, 0);
        if (signedAnswer <= 0) return (Doubt.NotPositive, 0);
        if (updatedAt > block.timestamp || block.timestamp - updatedAt > _maxAge) return (Doubt.Stale, 0);
        return (Doubt.None, signedAnswer.toUint256());
    }

    /// @dev A plain `try` would still revert on a malformed answer and copy one of any length.
    function _latestRoundData(address feed) private view returns (bool success, int256 answer, uint256 updatedAt) {
        bytes memory query = abi.encodeCall(IAggregatorV3.latestRoundData, ());
        uint256[5] memory words;
        uint256 gasLimit = FEED_GAS;
        assembly ("memory-safe") {
            success := staticcall(gasLimit, feed, add(query, 0x20), mload(query), words, 0xa0)
            success := and(success, gt(returndatasize(), 0x9f))
        }
        return (success, int256(words[1]), words[3]);
    }

    function _normalise(uint256 answer, uint8 decimals, Math.Rounding rounding) private pure returns (uint256) {
        return Math.mulDiv(answer, 10 ** PRICE_DECIMALS, 10 ** decimals, rounding);
    }
}
