// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ReentrancyGuard} from "@openzeppelin/contracts/utils/ReentrancyGuard.sol";
import {Credits} from "../src/Credits.sol";
import {DeviceRegistry} from "../src/DeviceRegistry.sol";
import {EpochClock} from "../src/EpochClock.sol";
import {GroundworkToken} from "../src/GroundworkToken.sol";
import {PriceOracle} from "../src/PriceOracle.sol";
import {StablePurchase} from "../src/StablePurchase.sol";
import {ICredits} from "../src/interfaces/ICredits.sol";
import {IGroundworkToken} from "../src/interfaces/IGroundworkToken.sol";
import {INetworkRegistry} from "../src/interfaces/INetworkRegistry.sol";
import {IPriceOracle} from "../src/interfaces/IPriceOracle.sol";
import {IResults} from "../src/interfaces/IResults.sol";
import {IStablePurchase} from "../src/interfaces/IStablePurchase.sol";
import {TestFeed} from "../src/local/TestFeed.sol";
import {CallingCoin, Coin, FeeCoin, SilentCoin} from "./support/Coins.sol";
import {IUniswapV2Pair, Uniswap} from "./support/Uniswap.sol";

/// @dev Takes `takes` coins of each swap, pays `pays` tokens, and believes in no minimum.
contract LyingRouter {
    uint256 public takes;
    uint256 public pays;

    function behave(uint256 takes_, uint256 pays_) external {
        (takes, pays) = (takes_, pays_);
    }

    function swapExactTokensForTokensSupportingFeeOnTransferTokens(
        uint256,
        uint256,
        address[] calldata path,
        address to,
        uint256
    ) external {
        IERC20(path[0]).transferFrom(msg.sender, address(this), takes);
        IERC20(path[1]).transfer(to, pays);
    }

    function grab(IERC20 coin, address from, uint256 amount) external {
        coin.transferFrom(from, address(this), amount);
    }
}

/// @dev Borrows tokens from a pair, buys credits with a part of them while the pool is empty, and pays in coins.
contract FlashBuyer {
    Credits private immutable _credits;
    IERC20 private immutable _token;
    IERC20 private immutable _coin;
    uint256 private _burn;

    constructor(Credits credits, IERC20 token, IERC20 coin) {
        (_credits, _token, _coin) = (credits, token, coin);
    }

    function attack(IUniswapV2Pair pair, uint256 borrow, uint256 burn) external {
        _burn = burn;
        bool first = pair.token0() == address(_token);
        pair.swap(first ? borrow : 0, first ? 0 : borrow, address(this), "flash");
    }

    function uniswapV2Call(address, uint256 amount0, uint256 amount1, bytes calldata) external {
        _token.approve(address(_credits), _burn);
        _credits.buy(_burn, 0);
        _token.transfer(msg.sender, amount0 + amount1 - _burn);
        _coin.transfer(msg.sender, _coin.balanceOf(address(this)));
    }
}

contract StablePurchaseTest is Uniswap {
    uint256 private constant NOW = 1_800_000_000;
    uint256 private constant SUPPLY = 1_000_000_000e18;

    TestFeed private feedA;
    TestFeed private feedB;
    PriceOracle private oracle;
    GroundworkToken private token;
    Credits private credits;
    Coin private coin;
    StablePurchase private purchase;
    address private buyer;

    /// @dev A token for two dollars, at the feeds and in a pool of a million dollars.
    function setUp() public {
        vm.warp(NOW);
        EpochClock clock = new EpochClock(uint64(NOW), 60, 60, 5);
        feedA = new TestFeed(8, 2e8, address(this));
        feedB = new TestFeed(8, 2e8, address(this));
        oracle = new PriceOracle(clock, feedA, feedB, 1 hours, 500, 4, 120);
        oracle.checkpoint();
        token = new GroundworkToken("Groundwork", "GRND", address(1), address(this), SUPPLY);
        credits = _credits(token, clock);
        deployUniswap();
        coin = new Coin(1e18);
        _pool(address(coin), 1_000_000e6, token);
        purchase = new StablePurchase(credits, token, address(uniswap));
        buyer = accountOf("buyer");
    }

    function test_buysCreditsWithWhatThePoolReallyGave() public {
        uint256 out = _quote(address(coin), 1_000e6);
        _give(coin, 1_000e6);
        vm.expectEmit(address(credits));
        emit ICredits.CreditsBought(buyer, out, out * 2, 2e8, address(purchase));
        vm.expectEmit(address(purchase));
        emit IStablePurchase.CreditsBoughtWithStable(buyer, address(coin), 1_000e6, out, out * 2);
        vm.assertEq(_buy(coin, 1_000e6, out, out * 2), out * 2);

        vm.assertGt(out, 498e18);
        _expectBought(out, out * 2);
        vm.assertEq(token.totalSupply(), SUPPLY - out);
        vm.assertEq(coin.balanceOf(buyer), 0);
        _expectNothingRemains(coin);
        vm.assertEq(purchase.router(), address(uniswap));
    }

    function test_A25_aSandwichFailsAtTheMinimumAndCostsTheBuyerNothing() public {
        uint256 out = _quote(address(coin), 1_000e6);
        _give(coin, 1_000e6);
        coin.approve(address(uniswap), 50_000e6);
        uniswap.swapExactTokensForTokens(50_000e6, 0, pathOf(address(coin), address(token)), address(this), NOW);

        vm.expectRevert("UniswapV2Router: INSUFFICIENT_OUTPUT_AMOUNT");
        _buy(coin, 1_000e6, out * 99 / 100, 0);
        uint256 less = _quote(address(coin), 1_000e6);
        vm.expectRevert(abi.encodeWithSelector(ICredits.TooFewCredits.selector, less * 2, out * 2));
        _buy(coin, 1_000e6, 0, out * 2);
        vm.assertEq(coin.balanceOf(buyer), 1_000e6);
        _expectBought(0, 0);
    }

    function test_A25_aPushedPoolChangesHowManyTokensBurnButNotWhatACreditCosts() public {
        // Tokens for half the price: the buyer gets more tokens, and burns all of them.
        token.approve(address(uniswap), 250_000e18);
        uniswap.swapExactTokensForTokens(250_000e18, 0, pathOf(address(token), address(coin)), address(this), NOW);
        uint256 out = _quote(address(coin), 1_000e6);
        vm.assertGt(out, 1_000e18);
        _give(coin, 1_000e6);
        _buy(coin, 1_000e6, 0, 0);
        _expectBought(out, out * 2);
        vm.assertEq(token.totalSupply(), SUPPLY - out);
        vm.assertEq(oracle.buyPrice(), 2e8);
    }

    function test_A25_aFlashSwapBuysAtTheOraclesLowPriceAndPaysForWhatItBurned() public {
        IUniswapV2Pair pair = IUniswapV2Pair(factory.getPair(address(coin), address(token)));
        FlashBuyer attacker = new FlashBuyer(credits, token, coin);
        // The fee on 400,000 and the 1,000 burned, against a pool of 500,000 at two dollars.
        coin.transfer(address(attacker), 4_500e6);
        attacker.attack(pair, 400_000e18, 1_000e18);
        (uint256 balance, uint256 basis) = credits.account(address(attacker));
        vm.assertEq(balance, 2_000e18);
        vm.assertEq(basis, 1_000e18);
        vm.assertEq(token.totalSupply(), SUPPLY - 1_000e18);

        FlashBuyer poor = new FlashBuyer(credits, token, coin);
        vm.expectRevert("UniswapV2: K");
        poor.attack(pair, 400_000e18, 1_000e18);
    }

    function test_A25_theLowEdgeOfTheFeedsSells() public {
        vm.warp(NOW + 60);
        feedA.set(1.96e8);
        feedB.set(2e8);
        oracle.checkpoint();
        uint256 out = _quote(address(coin), 1_000e6);
        _give(coin, 1_000e6);
        vm.assertEq(_buy(coin, 1_000e6, 0, 0), Math.mulDiv(out, 1.96e8, 1e8));
    }

    function test_A28_whileBuyingIsDormantNobodySwapsEither() public {
        _give(coin, 1_000e6);
        feedA.set(3e8);
        vm.warp(NOW + 60);
        oracle.checkpoint();
        vm.expectRevert(IPriceOracle.PriceDormant.selector);
        _buy(coin, 1_000e6, 0, 0);
        vm.assertEq(coin.balanceOf(buyer), 1_000e6);
    }

    function test_nothingIsBoughtAfterTheDeadline() public {
        _give(coin, 1_000e6);
        vm.warp(NOW + 1);
        vm.expectRevert(abi.encodeWithSelector(IStablePurchase.Expired.selector, NOW));
        vm.prank(buyer);
        purchase.buy(address(coin), 1_000e6, 0, 0, NOW);
        vm.warp(NOW);
        vm.prank(buyer);
        purchase.buy(address(coin), 1_000e6, 0, 0, NOW);
    }

    function test_A47_aCoinThatTakesAFeeCountsByWhatArrives() public {
        FeeCoin fee = new FeeCoin(1e30);
        _pool(address(fee), 1_000_000e18, token);
        fee.transfer(buyer, 2_000e18);
        vm.prank(buyer);
        fee.approve(address(purchase), 1_000e18);
        // A hundredth on the way here, and another on the way to the pool.
        uint256 out = _quote(address(fee), 980.1e18);
        vm.expectEmit(address(purchase));
        emit IStablePurchase.CreditsBoughtWithStable(buyer, address(fee), 990e18, out, out * 2);
        _buy(fee, 1_000e18, out, out * 2);
        _expectBought(out, out * 2);
        _expectNothingRemains(fee);
    }

    function test_A47_aTokenThatTakesAFeeIsBurnedByWhatArrives() public {
        FeeCoin feeToken = new FeeCoin(SUPPLY);
        Credits feeCredits = _credits(IERC20(address(feeToken)), new EpochClock(uint64(NOW), 60, 60, 5));
        StablePurchase feePurchase = new StablePurchase(feeCredits, feeToken, address(uniswap));
        _pool(address(coin), 1_000_000e6, feeToken);
        uint256 out = uniswap.getAmountsOut(1_000e6, pathOf(address(coin), address(feeToken)))[1];
        uint256 arrives = out - out / 100;
        uint256 supply = feeToken.totalSupply();
        coin.transfer(buyer, 1_000e6);
        vm.startPrank(buyer);
        coin.approve(address(feePurchase), 1_000e6);
        vm.expectRevert("UniswapV2Router: INSUFFICIENT_OUTPUT_AMOUNT");
        feePurchase.buy(address(coin), 1_000e6, arrives + 1, 0, NOW);
        feePurchase.buy(address(coin), 1_000e6, arrives, 0, NOW);
        vm.stopPrank();
        (uint256 balance, uint256 basis) = feeCredits.account(buyer);
        vm.assertEq(basis, arrives);
        vm.assertEq(balance, arrives * 2);
        vm.assertEq(feeToken.totalSupply(), supply - out);
        vm.assertEq(feeToken.balanceOf(address(feePurchase)), 0);
    }

    function test_aCoinWithoutAnswersBuysToo() public {
        SilentCoin silent = new SilentCoin(1e18);
        silent.approve(address(uniswap), 1_000_000e6);
        token.approve(address(uniswap), 500_000e18);
        uniswap.addLiquidity(address(silent), address(token), 1_000_000e6, 500_000e18, 0, 0, address(this), NOW);
        for (uint256 i = 0; i < 2; ++i) {
            silent.transfer(buyer, 1_000e6);
            vm.startPrank(buyer);
            silent.approve(address(purchase), 1_000e6);
            purchase.buy(address(silent), 1_000e6, 0, 0, NOW);
            vm.stopPrank();
        }
        vm.assertEq(silent.balanceOf(address(purchase)), 0);
        vm.assertEq(silent.allowance(address(purchase), address(uniswap)), 0);
        (uint256 balance,) = credits.account(buyer);
        vm.assertGt(balance, 1_980e18);
    }

    function test_aCoinCannotReenterAPurchase() public {
        CallingCoin calling = new CallingCoin(1e30);
        _pool(address(calling), 1_000_000e18, token);
        _give(calling, 1_000e18);
        bytes memory again = abi.encodeCall(IStablePurchase.buy, (address(calling), 1, 0, 0, NOW));
        calling.callOnMove(address(purchase), again);
        vm.expectRevert(ReentrancyGuard.ReentrancyGuardReentrantCall.selector);
        _buy(calling, 1_000e18, 0, 0);
        _expectBought(0, 0);
    }

    function test_aCoinThatBuysCreditsMeanwhileGetsNothingOfThePurchase() public {
        CallingCoin calling = new CallingCoin(1e30);
        _pool(address(calling), 1_000_000e18, token);
        uint256 out = _quote(address(calling), 1_000e18);
        _give(calling, 1_000e18);
        token.transfer(address(purchase), 7e18);
        calling.callOnMove(address(this), abi.encodeCall(this.buyWithTheAllowanceOf, (address(purchase))));
        _buy(calling, 1_000e18, 0, 0);
        vm.assertTrue(calling.called());
        _expectBought(out, out * 2);
        vm.assertEq(token.balanceOf(address(purchase)), 7e18);
    }

    /// @dev Tries, in the middle of a purchase, what a thief would.
    function buyWithTheAllowanceOf(address victim) external {
        vm.assertEq(token.allowance(victim, address(credits)), 0);
        try token.transferFrom(victim, address(this), 1) {
            revert("stolen");
        } catch {}
    }

    function test_aRouterThatPaysNothingBuysNothing() public {
        (LyingRouter router, StablePurchase lied) = _lyingPurchase();
        router.behave(1_000e6, 0);
        vm.expectRevert(ICredits.NothingBought.selector);
        _buyWith(lied, 1_000e6, 0);
        vm.expectRevert(abi.encodeWithSelector(IStablePurchase.TooFewTokens.selector, 0, 1));
        _buyWith(lied, 1_000e6, 1);
        vm.assertEq(coin.balanceOf(buyer), 1_000e6);
    }

    function test_aRouterThatPaysLessThanTheMinimumIsFoundOut() public {
        (LyingRouter router, StablePurchase lied) = _lyingPurchase();
        router.behave(1_000e6, 500e18 - 1);
        vm.expectRevert(abi.encodeWithSelector(IStablePurchase.TooFewTokens.selector, 500e18 - 1, 500e18));
        _buyWith(lied, 1_000e6, 500e18);
        router.behave(1_000e6, 500e18);
        vm.assertEq(_buyWith(lied, 1_000e6, 500e18), 1_000e18);
        _expectBought(500e18, 1_000e18);
    }

    function test_whatARouterLeavesReturnsAndItsAllowanceEnds() public {
        (LyingRouter router, StablePurchase lied) = _lyingPurchase();
        router.behave(600e6, 500e18);
        vm.expectEmit(address(lied));
        emit IStablePurchase.CreditsBoughtWithStable(buyer, address(coin), 600e6, 500e18, 1_000e18);
        _buyWith(lied, 1_000e6, 500e18);
        vm.assertEq(coin.balanceOf(buyer), 400e6);
        vm.assertEq(coin.balanceOf(address(lied)), 0);
        vm.assertEq(coin.allowance(address(lied), address(router)), 0);
        coin.transfer(address(lied), 5);
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, address(router), 0, 5));
        router.grab(coin, address(lied), 5);
    }

    function test_aRouterTakesNoMoreThanThePurchase() public {
        (LyingRouter router, StablePurchase lied) = _lyingPurchase();
        coin.transfer(address(lied), 5);
        router.behave(1_000e6 + 1, 500e18);
        vm.expectRevert(
            abi.encodeWithSelector(
                IERC20Errors.ERC20InsufficientAllowance.selector, address(router), 1_000e6, 1_000e6 + 1
            )
        );
        _buyWith(lied, 1_000e6, 0);
    }

    function test_whatStoodThereBeforeBelongsToNoBuyer() public {
        token.transfer(address(purchase), 3e18);
        coin.transfer(address(purchase), 5e6);
        uint256 out = _quote(address(coin), 1_000e6);
        _give(coin, 1_000e6);
        _buy(coin, 1_000e6, out, 0);
        _expectBought(out, out * 2);
        vm.assertEq(token.balanceOf(address(purchase)), 3e18);
        vm.assertEq(coin.balanceOf(address(purchase)), 5e6);
        vm.assertEq(coin.balanceOf(buyer), 0);
    }

    function test_refusesNothingAndMoreThanThereIs() public {
        _give(coin, 1_000e6);
        vm.expectRevert(IStablePurchase.InvalidPurchase.selector);
        _buy(coin, 0, 0, 0);
        vm.expectRevert(
            abi.encodeWithSelector(
                IERC20Errors.ERC20InsufficientAllowance.selector, address(purchase), 1_000e6, type(uint256).max
            )
        );
        _buy(coin, type(uint256).max, 0, 0);
        vm.expectRevert(IStablePurchase.InvalidPurchase.selector);
        vm.prank(buyer);
        purchase.buy(address(token), 1, 0, 0, NOW);
        Coin unknown = new Coin(1e18);
        _give(unknown, 1_000e6);
        vm.expectRevert(); // no pair
        _buy(unknown, 1_000e6, 0, 0);
    }

    function test_aPoolBuysUpToWhatItCanHold() public {
        Coin large = new Coin(type(uint112).max);
        _pool(address(large), 1, token);
        uint256 amount = uint256(type(uint112).max) - 1;
        _give(large, amount);
        _buy(large, amount, 0, 0);
        (, uint256 basis) = credits.account(buyer);
        vm.assertLt(500_000e18 - basis, 1e18);
        _expectNothingRemains(large);
    }

    function test_refusesAWiringToNothing() public {
        vm.expectRevert(IStablePurchase.InvalidPurchase.selector);
        new StablePurchase(ICredits(address(1)), token, address(uniswap));
        vm.expectRevert(IStablePurchase.InvalidPurchase.selector);
        new StablePurchase(credits, IERC20(address(1)), address(uniswap));
        vm.expectRevert(IStablePurchase.InvalidPurchase.selector);
        new StablePurchase(credits, token, address(1));
    }

    function testFuzz_A25_creditsAreTokensReallyBurnedAtTheLowPrice(uint256 amount, uint256 push, bool up) public {
        amount = bound(amount, 1, 10_000_000e6);
        push = bound(push, 100, 10_000_000e6);
        address[] memory path = up ? pathOf(address(coin), address(token)) : pathOf(address(token), address(coin));
        IERC20(path[0]).approve(address(uniswap), type(uint256).max);
        uint256 swapped = up ? push : push * 5e11;
        uniswap.swapExactTokensForTokens(swapped, 0, path, address(this), NOW);
        _give(coin, amount);
        uint256 supply = token.totalSupply();
        vm.prank(buyer);
        try purchase.buy(address(coin), amount, 0, 0, NOW) returns (uint256 bought) {
            uint256 burned = supply - token.totalSupply();
            vm.assertEq(bought, burned * 2);
            _expectBought(burned, bought);
            _expectNothingRemains(coin);
        } catch {
            vm.assertEq(coin.balanceOf(buyer), amount);
            vm.assertEq(token.totalSupply(), supply);
        }
    }

    function _credits(IERC20 token_, EpochClock clock) private returns (Credits) {
        return new Credits(
            IGroundworkToken(address(token_)),
            oracle,
            new DeviceRegistry(),
            INetworkRegistry(address(0)),
            clock,
            IResults(address(0))
        );
    }

    /// @dev Half a million tokens against coins.
    function _pool(address coin_, uint256 amount, IERC20 token_) private {
        IERC20(coin_).approve(address(uniswap), amount);
        token_.approve(address(uniswap), 500_000e18);
        uniswap.addLiquidity(coin_, address(token_), amount, 500_000e18, 0, 0, address(this), NOW);
    }

    function _lyingPurchase() private returns (LyingRouter router, StablePurchase lied) {
        router = new LyingRouter();
        lied = new StablePurchase(credits, token, address(router));
        token.transfer(address(router), 1_000e18);
        coin.transfer(buyer, 1_000e6);
        vm.prank(buyer);
        coin.approve(address(lied), type(uint256).max);
    }

    function _quote(address coin_, uint256 amount) private view returns (uint256) {
        return uniswap.getAmountsOut(amount, pathOf(coin_, address(token)))[1];
    }

    /// @dev Until exactly `amount` of the coin is the buyer's, and allowed.
    function _give(IERC20 coin_, uint256 amount) private {
        coin_.transfer(buyer, amount);
        vm.prank(buyer);
        coin_.approve(address(purchase), amount);
    }

    function _buy(IERC20 coin_, uint256 amount, uint256 minTokens, uint256 minCredits) private returns (uint256) {
        vm.prank(buyer);
        return purchase.buy(address(coin_), amount, minTokens, minCredits, NOW + 1 hours);
    }

    function _buyWith(StablePurchase other, uint256 amount, uint256 minTokens) private returns (uint256) {
        vm.prank(buyer);
        return other.buy(address(coin), amount, minTokens, 0, NOW);
    }

    function _expectBought(uint256 burned, uint256 bought) private view {
        (uint256 balance, uint256 basis) = credits.account(buyer);
        vm.assertEq(balance, bought);
        vm.assertEq(basis, burned);
    }

    function _expectNothingRemains(IERC20 coin_) private view {
        vm.assertEq(coin_.balanceOf(address(purchase)), 0);
        vm.assertEq(coin_.allowance(address(purchase), address(uniswap)), 0);
        vm.assertEq(token.balanceOf(address(purchase)), 0);
        vm.assertEq(token.allowance(address(purchase), address(credits)), 0);
    }
}
