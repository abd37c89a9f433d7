// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ReentrancyGuard} from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";
import {ICredits} from "./interfaces/ICredits.sol";
import {IStablePurchase} from "./interfaces/IStablePurchase.sol";

/// @dev The part of Uniswap V2's Router02 that is used; the other swaps refuse coins that take a fee.
interface IRouter {
    function swapExactTokensForTokensSupportingFeeOnTransferTokens(
        uint256 amountIn,
        uint256 amountOutMin,
        address[] calldata path,
        address to,
        uint256 deadline
    ) external;
}

contract StablePurchase is IStablePurchase, ReentrancyGuard {
    using SafeERC20 for IERC20;

    ICredits private immutable _credits;
    IERC20 private immutable _token;
    IRouter private immutable _router;

    constructor(ICredits credits, IERC20 token, address router_) {
        require(address(credits).code.length > 0, InvalidPurchase());
        require(address(token).code.length > 0, InvalidPurchase());
        require(router_.code.length > 0, InvalidPurchase());
        _credits = credits;
        _token = token;
        _router = IRouter(router_);
    }

    /// @inheritdoc IStablePurchase
    function buy(address stable, uint256 amount, uint256 minTokens, uint256 minCredits, uint256 deadline)
        external
        nonReentrant
        returns (uint256 credits)
    {
        require(block.timestamp <= deadline, Expired(deadline));
        require(amount > 0 && stable != address(_token), InvalidPurchase());

        // What stood here before is nobody's and stays.
        uint256 stableBefore = IERC20(stable).balanceOf(address(this));
        IERC20(stable).safeTransferFrom(msg.sender, address(this), amount);
        uint256 arrived = IERC20(stable).balanceOf(address(this)) - stableBefore;
        uint256 tokens = _swap(IERC20(stable), arrived, minTokens, deadline);
        uint256 left = IERC20(stable).balanceOf(address(this)) - stableBefore;
        if (left > 0) IERC20(stable).safeTransfer(msg.sender, left);

        _token.forceApprove(address(_credits), tokens);
        credits = _credits.buyFor(msg.sender, tokens, minCredits);
        emit CreditsBoughtWithStable(msg.sender, stable, arrived - left, tokens, credits);
    }

    /// @inheritdoc IStablePurchase
    function router() external view returns (address) {
        return address(_router);
    }

    /// @dev Believes the balance, not the router.
    function _swap(IERC20 stable, uint256 amount, uint256 minTokens, uint256 deadline)
        private
        returns (uint256 tokens)
    {
        uint256 tokensBefore = _token.balanceOf(address(this));
        address[] memory path = new address[](2);
        (path[0], path[1]) = (address(stable), address(_token));
        stable.forceApprove(address(_router), amount);
        _router.swapExactTokensForTokensSupportingFeeOnTransferTokens(amount, minTokens, path, address(this), deadline);
        stable.forceApprove(address(_router), 0);
        tokens = _token.balanceOf(address(this)) - tokensBefore;
        require(tokens >= minTokens, TooFewTokens(tokens, minTokens));
    }
}
