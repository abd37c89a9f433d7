// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

/// @title Buying credits with a stablecoin
/// @notice Swaps on a router of Uniswap V2's shape and burns what really came, in one transaction.
interface IStablePurchase {
    /// @notice A buyer swapped and burned; `stableSpent` is what arrived here less what returned.
    event CreditsBoughtWithStable(
        address indexed buyer, address indexed stable, uint256 stableSpent, uint256 tokensBurned, uint256 credits
    );

    /// @notice An amount of zero, the token in place of a stablecoin, or a constructor argument that is no contract.
    error InvalidPurchase();

    /// @notice Past the deadline.
    error Expired(uint256 deadline);

    /// @notice Fewer tokens came out than wanted.
    error TooFewTokens(uint256 received, uint256 wanted);

    /// @notice Takes `amount` of a stablecoin by transferFrom, swaps along [stable, token] with at least `minTokens` out,
    /// burns the tokens and credits the caller with at least `minCredits`. Nothing remains here; what the router leaves
    /// unspent returns to the caller. Coins that take a fee are counted by what arrives.
    function buy(address stable, uint256 amount, uint256 minTokens, uint256 minCredits, uint256 deadline)
        external
        returns (uint256 credits);

    /// @notice The router.
    function router() external view returns (address);
}
