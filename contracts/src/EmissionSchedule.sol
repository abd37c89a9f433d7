// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IEmissionSchedule} from "./interfaces/IEmissionSchedule.sol";

contract EmissionSchedule is IEmissionSchedule {
    using SafeCast for uint256;

    uint256 public constant BPS = 10_000;
    uint64 public constant MAX_PERIOD_EPOCHS = 1_000_000;
    uint16 public constant MAX_TREASURY_BPS = 2_000;

    /// @dev A period's rate, and the sum of the rates of all epochs before it.
    struct Period {
        uint128 rate;
        uint128 sumBefore;
    }

    uint128 private immutable _initialRate;
    uint64 private immutable _periodEpochs;
    uint16 private immutable _declineBps;
    uint128 private immutable _hardCap;
    uint16 private immutable _bootstrapBps;
    uint16 private immutable _operatorsBps;
    uint16 private immutable _treasuryBps;
    address private immutable _treasury;

    /// @dev Periods computed ahead; never empty. Later ones are computed from the last.
    Period[] private _periods;

    constructor(Schedule memory schedule_) {
        require(
            schedule_.periodEpochs > 0 && schedule_.periodEpochs <= MAX_PERIOD_EPOCHS && schedule_.declineBps < BPS,
            InvalidSchedule()
        );
        require(
            uint256(schedule_.initialRate) * schedule_.periodEpochs * BPS
                <= schedule_.hardCap * (BPS - schedule_.declineBps),
            InvalidSchedule()
        );
        require(schedule_.treasury != address(0) && schedule_.treasuryBps <= MAX_TREASURY_BPS, InvalidSchedule());
        require(
            uint256(schedule_.bootstrapBps) + schedule_.operatorsBps + schedule_.treasuryBps <= BPS, InvalidSchedule()
        );
        _initialRate = schedule_.initialRate;
        _periodEpochs = schedule_.periodEpochs;
        _declineBps = schedule_.declineBps;
        _hardCap = schedule_.hardCap;
        _bootstrapBps = schedule_.bootstrapBps;
        _operatorsBps = schedule_.operatorsBps;
        _treasuryBps = schedule_.treasuryBps;
        _treasury = schedule_.treasury;
        _periods.push(Period(schedule_.initialRate, 0));
    }

    /// @inheritdoc IEmissionSchedule
    function computeAhead(uint256 count) external {
        uint256 known = _periods.length;
        Period memory period = _periods[known - 1];
        for (uint256 i = 0; i < count && period.rate > 0; ++i) {
            _advance(period);
            _periods.push(period);
        }
    }

    /// @inheritdoc IEmissionSchedule
    function schedule() external view returns (Schedule memory) {
        return Schedule(
            _initialRate, _periodEpochs, _declineBps, _hardCap, _bootstrapBps, _operatorsBps, _treasuryBps, _treasury
        );
    }

    /// @inheritdoc IEmissionSchedule
    function rateOf(uint64 epoch) external view returns (uint256) {
        return _periodOf(epoch).rate;
    }

    /// @inheritdoc IEmissionSchedule
    function bootstrapUpTo(uint64 epoch) external view returns (uint256) {
        return _sumUpTo(epoch) * _bootstrapBps / BPS;
    }

    /// @inheritdoc IEmissionSchedule
    function operatorsBetween(uint64 first, uint64 last) external view returns (uint256) {
        return scheduled(first, last) * _operatorsBps / BPS;
    }

    /// @inheritdoc IEmissionSchedule
    function treasuryBetween(uint64 first, uint64 last) external view returns (uint256) {
        return scheduled(first, last) * _treasuryBps / BPS;
    }

    /// @inheritdoc IEmissionSchedule
    function scheduled(uint64 first, uint64 last) public view returns (uint256) {
        if (last < first) return 0;
        return _sumUpTo(last) - (first == 0 ? 0 : _sumUpTo(first - 1));
    }

    function _sumUpTo(uint64 epoch) private view returns (uint256) {
        Period memory period = _periodOf(epoch);
        return period.sumBefore + (epoch % _periodEpochs + 1) * uint256(period.rate);
    }

    function _periodOf(uint64 epoch) private view returns (Period memory period) {
        uint256 wanted = epoch / _periodEpochs;
        uint256 known = _periods.length - 1;
        if (wanted <= known) return _periods[wanted];
        period = _periods[known];
        for (; known < wanted && period.rate > 0; ++known) {
            _advance(period);
        }
    }

    function _advance(Period memory period) private view {
        // Sums stay below the hard cap, which fits 128 bits.
        period.sumBefore = (period.sumBefore + uint256(period.rate) * _periodEpochs).toUint128();
        period.rate = (uint256(period.rate) * _declineBps / BPS).toUint128();
    }
}
