// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

/// @title Stakes of devices
/// @notice Deposited for a device by anybody, paid out to the holder of its ERC-721 token. Leaves after a number of final
/// epochs, against the device's own SLASH leaf (kind 8, its network, subject bytes32(deviceId)).
interface IDeviceStakes {
    /// @notice A device's stake.
    /// @param amount tokens
    /// @param releaseEpoch withdrawable once this epoch is final; 0 as long as it stays
    struct DeviceStake {
        uint128 amount;
        uint64 releaseEpoch;
    }

    event DeviceStaked(uint256 indexed deviceId, address indexed from, uint256 amount, uint256 stake);
    event DeviceStakeLeaving(uint256 indexed deviceId, uint64 releaseEpoch);
    event DeviceStakeWithdrawn(uint256 indexed deviceId, address indexed owner, uint256 amount);
    event DeviceStakeSlashed(uint256 indexed deviceId, uint256 amount, uint256 left);

    error InvalidStakeParameters();
    error NothingAdded();
    error NotDeviceOwner(uint256 deviceId, address caller);

    /// @notice The stake is leaving already.
    error Leaving(uint256 deviceId);

    /// @notice The stake was not asked to leave, or there is none.
    error NotLeaving(uint256 deviceId);

    error ExitNotReady(uint64 releaseEpoch);
    error InvalidProof();
    error NothingToSlash();

    /// @notice Adds to a device's stake by transferFrom. The device must exist and its stake not be leaving.
    function stake(uint256 deviceId, uint256 amount) external;

    /// @notice Announces the exit. Device's owner only. From the next opening on the stake does not count.
    function leave(uint256 deviceId) external;

    /// @notice Pays out to the device's owner of now; burns first what the leaf asks for beyond what was taken. Owner only.
    function withdraw(uint256 deviceId, uint256 cumulative, bytes32[] calldata proof) external;

    /// @notice Burns what the SLASH leaf of the final root asks for beyond what was taken. By anybody.
    function slashByResult(uint256 deviceId, uint256 cumulative, bytes32[] calldata proof) external;

    /// @notice A device's stake.
    function stakeOf(uint256 deviceId) external view returns (DeviceStake memory);

    /// @notice Taken from a device by SLASH leaves so far.
    function slashedByResults(uint256 deviceId) external view returns (uint256);

    /// @notice Final epochs between leaving and withdrawing.
    function exitEpochs() external view returns (uint32);
}
