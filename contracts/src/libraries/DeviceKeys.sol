// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {DeviceSignature} from "./DeviceSignature.sol";

/// @title `DeviceSignature` as a contract of its own
/// @notice Without state. Its creator would be too large for one contract with it.
contract DeviceKeys {
    function verify(uint8 keyType, bytes calldata key, bytes calldata message, bytes calldata signature)
        external
        view
        returns (bool)
    {
        return DeviceSignature.verify(keyType, key, message, signature);
    }
}
