// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {IERC20Permit} from "@openzeppelin/contracts/token/ERC20/extensions/IERC20Permit.sol";

/// @title The token of a deployment
/// @notice ERC-20 with permit, votes (timestamp clock, ERC-6372) and burn. Supply grows by claims alone.
interface IGroundworkToken is IERC20, IERC20Permit {
    /// @notice Somebody else than the minter asked to mint.
    error NotMinter(address caller);

    /// @notice The minter may not be the zero address.
    error InvalidMinter();

    /// @notice The only account that may mint: the Claims contract, for ever.
    function minter() external view returns (address);

    /// @notice Creates tokens. Only for the minter.
    function mint(address to, uint256 amount) external;

    /// @notice Burns the caller's tokens.
    function burn(uint256 amount) external;

    /// @notice Burns tokens of an account out of the caller's allowance.
    function burnFrom(address account, uint256 amount) external;
}
