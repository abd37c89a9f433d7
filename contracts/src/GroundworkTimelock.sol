// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {TimelockController} from "@openzeppelin/contracts/governance/TimelockController.sol";

/// @title The owner of everything that has an owner
/// @notice What the governor decided waits here for the delay, and is then executed by anybody. The governor alone
/// proposes and cancels; nobody is administrator but the timelock itself.
contract GroundworkTimelock is TimelockController {
    uint256 public constant MIN_DELAY = 1 seconds;
    uint256 public constant MAX_DELAY = 30 days;

    /// @notice The delay is outside the bounds that the code allows.
    error InvalidDelay(uint256 delay);

    /// @notice The governor may not be the zero address: it would let everybody propose.
    error InvalidGovernor();

    constructor(uint256 minDelay, address governor)
        TimelockController(minDelay, _one(governor), _one(address(0)), address(0))
    {
        require(governor != address(0), InvalidGovernor());
        _checkDelay(minDelay);
    }

    /// @inheritdoc TimelockController
    function updateDelay(uint256 newDelay) public override {
        _checkDelay(newDelay);
        super.updateDelay(newDelay);
    }

    function _checkDelay(uint256 delay) private pure {
        require(delay >= MIN_DELAY && delay <= MAX_DELAY, InvalidDelay(delay));
    }

    function _one(address account) private pure returns (address[] memory list) {
        list = new address[](1);
        list[0] = account;
    }
}
