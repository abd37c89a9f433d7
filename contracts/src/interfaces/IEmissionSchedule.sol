// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

/// @title The declining schedule under which new tokens may be minted
/// @notice Period k = epoch / periodEpochs has rate(0) = initialRate and rate(k + 1) = floor(rate(k) * declineBps / 10000)
/// tokens per epoch. Immutable: sums never exceed `hardCap`. What is not earned in its epoch is never minted.
interface IEmissionSchedule {
    /// @notice Parameters; all are fixed.
    /// @param initialRate tokens per epoch in the first period
    /// @param periodEpochs epochs of a period, 1 to 1,000,000
    /// @param declineBps 0 to 9,999
    /// @param hardCap at least initialRate * periodEpochs * 10000 / (10000 - declineBps)
    /// @param bootstrapBps share for bootstrap
    /// @param operatorsBps share for verifiers while their share of payments is small
    /// @param treasuryBps share for the treasury, at most 2,000; the three sum to at most 10,000
    /// @param treasury who gets it; not zero
    struct Schedule {
        uint128 initialRate;
        uint64 periodEpochs;
        uint16 declineBps;
        uint128 hardCap;
        uint16 bootstrapBps;
        uint16 operatorsBps;
        uint16 treasuryBps;
        address treasury;
    }

    /// @notice A constructor argument outside the bounds that the code allows.
    error InvalidSchedule();

    /// @notice Stores the rates of the next `count` periods, so that views need not go through them again. By anybody;
    /// it changes no answer.
    function computeAhead(uint256 count) external;

    /// @notice The schedule.
    function schedule() external view returns (Schedule memory);

    /// @notice Tokens per epoch in this epoch.
    function rateOf(uint64 epoch) external view returns (uint256);

    /// @notice Sum of the rates of the epochs `first` to `last`, both included; 0 if last < first.
    function scheduled(uint64 first, uint64 last) external view returns (uint256);

    /// @notice Bootstrap's share of all epochs up to and including `epoch`: floor(scheduled(0, epoch) * bootstrapBps /
    /// 10000).
    function bootstrapUpTo(uint64 epoch) external view returns (uint256);

    /// @notice The operators' share of the epochs `first` to `last`, rounded down once.
    function operatorsBetween(uint64 first, uint64 last) external view returns (uint256);

    /// @notice The treasury's share of the epochs `first` to `last`, rounded down once.
    function treasuryBetween(uint64 first, uint64 last) external view returns (uint256);
}
