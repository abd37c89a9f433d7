// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {PostedPrice} from "../src/PostedPrice.sol";
import {StablePurchase} from "../src/StablePurchase.sol";
import {IAggregatorV3} from "../src/interfaces/IAggregatorV3.sol";
import {IPostedPrice} from "../src/interfaces/IPostedPrice.sol";
import {IPriceOracle} from "../src/interfaces/IPriceOracle.sol";
import {IResults} from "../src/interfaces/IResults.sol";
import {MoneyLeaf} from "../src/libraries/MoneyLeaf.sol";
import {Deployment} from "./Deployment.sol";
import {Coin} from "./support/Coins.sol";
import {Uniswap} from "./support/Uniswap.sol";

/// @notice What prices do to a whole deployment.
contract PricesTest is Deployment, Uniswap {
    Coin private coin;
    StablePurchase private purchase;
    address private payer;
    address private provider;

    function setUp() public override {
        super.setUp();
        deployUniswap();
        coin = new Coin(1e18);
        coin.approve(address(uniswap), 1_000_000e6);
        token.approve(address(uniswap), 500_000e18);
        uniswap.addLiquidity(
            address(coin), address(token), 1_000_000e6, 500_000e18, 0, 0, address(this), block.timestamp
        );
        purchase = new StablePurchase(credits, token, address(uniswap)); // step 18
        payer = accountOf("payer");
        provider = accountOf("provider");
    }

    function test_A28_afterACrashOfAllPricesOnlyBuyingStops() public {
        setPrices(2e8, 2e8);
        buy(payer, 100e18);
        feedA.set(0);
        vm.etch(address(feedB), "");
        nextSlot();
        oracle.checkpoint();

        fund(payer, 1e18, address(credits));
        vm.expectRevert(IPriceOracle.PriceDormant.selector);
        vm.prank(payer);
        credits.buy(1e18, 0);
        bytes32 id = reserve(payer, provider, 200e18, 0);
        bytes32 charge = MoneyLeaf.hash(MoneyLeaf.CHARGE, NETWORK, id, 50e18);
        bytes32 payment = paymentLeaf(provider, NETWORK, 20e18);
        bytes32[] memory tree = pair(charge, payment);
        settleFinal(tree[0], totalsOf(NETWORK, 20e18, 50e18, 25e18));
        claims.claim(MoneyLeaf.PAYMENT, provider, NETWORK, 20e18, proofOf(tree, payment));
        credits.release(id, 50e18, proofOf(tree, charge));
        vm.assertEq(token.balanceOf(provider), 20e18);
        (uint256 free, uint256 basis) = credits.account(payer);
        vm.assertEq(free, 150e18);
        vm.assertEq(basis, 75e18);
    }

    function test_A25_aPriceHeldHighForAllCheckpointsPaysNoMoreThanWasBurned() public {
        for (uint256 i = 0; i < HISTORY; ++i) {
            setPrices(200e8, 200e8);
            nextSlot();
        }
        vm.assertEq(buy(payer, 10e18), 2_000e18);
        setPrices(2e8, 2e8);
        reserve(payer, provider, 2_000e18, 0);
        // At two dollars the charge would be worth 1,000 tokens.
        IResults.Result memory result = nextResult(keccak256("root"), totalsOf(NETWORK, 8e18 + 1, 2_000e18, 10e18));
        vm.warp(clock.commitDeadlineOf(0));
        bytes[] memory quorum = signatures(results.resultDigest(result), 3);
        vm.expectRevert(abi.encodeWithSelector(IResults.PaymentExceedsBasis.selector, NETWORK, 8e18 + 1, 8e18));
        results.submit(result, quorum);
        settle(keccak256("root"), totalsOf(NETWORK, 8e18, 2_000e18, 10e18));
    }

    function test_A25_aPushOfOneSlotSellsNoCreditTooCheap() public {
        setPrices(2e8, 2e8);
        nextSlot();
        setPrices(200e8, 200e8);
        vm.assertEq(buy(payer, 10e18), 20e18);
        vm.assertEq(oracle.priceHigh(), 200e8);
    }

    function test_creditsBoughtWithAStablecoinPayLikeOthers() public {
        setPrices(2e8, 2e8);
        coin.transfer(payer, 1_000e6);
        vm.startPrank(payer);
        coin.approve(address(purchase), 1_000e6);
        uint256 bought = purchase.buy(address(coin), 1_000e6, 498e18, 996e18, block.timestamp);
        credits.reserve(NETWORK, provider, bought, 0);
        vm.stopPrank();
        uint256 burned = SUPPLY - token.totalSupply();
        vm.assertEq(bought, burned * 2);
        bytes32 payment = paymentLeaf(provider, NETWORK, burned * 8 / 10);
        settleFinal(payment, totalsOf(NETWORK, burned * 8 / 10, bought, burned));
        claims.claim(MoneyLeaf.PAYMENT, provider, NETWORK, burned * 8 / 10, new bytes32[](0));
        vm.assertEq(token.balanceOf(provider), burned * 8 / 10);
    }
}

/// @notice A deployment with a posted price in place of feeds.
contract PostedDeploymentTest is Deployment {
    PostedPrice private posted;

    function deployFeeds() internal override returns (IAggregatorV3, IAggregatorV3, uint32 maxAge) {
        // The timelock is step 3; this comes before step 1.
        address owner = vm.computeCreateAddress(address(this), vm.getNonce(address(this)) + 3);
        posted = new PostedPrice(owner, 2e8, 1_000);
        return (posted, IAggregatorV3(address(0)), 30 days);
    }

    function test_theTimelockPostsAndNobodyElse() public {
        oracle.checkpoint();
        vm.assertEq(posted.owner(), address(timelock));
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, address(this)));
        posted.post(2.2e8);
        vm.prank(address(timelock));
        posted.post(1.8e8);
        nextSlot();
        oracle.checkpoint();
        vm.assertEq(buy(accountOf("payer"), 10e18), 18e18);
        vm.assertEq(oracle.priceHigh(), 2e8);
    }

    function test_A25_evenTheTimelockMovesThePriceSlowly() public {
        vm.expectRevert(abi.encodeWithSelector(IPostedPrice.ChangeTooLarge.selector, 2.2e8 + 1, 1.8e8, 2.2e8));
        vm.prank(address(timelock));
        posted.post(2.2e8 + 1);
    }

    function test_A27_aPriceThatNobodyPostsAnewEndsBuyingAndNothingElse() public {
        oracle.checkpoint();
        address payer = accountOf("payer");
        buy(payer, 10e18);
        vm.warp(GENESIS + 30 days);
        oracle.checkpoint();
        fund(payer, 1e18, address(credits));
        vm.expectRevert(IPriceOracle.PriceDormant.selector);
        vm.prank(payer);
        credits.buy(1e18, 0);
        vm.prank(payer);
        credits.reserve(NETWORK, accountOf("provider"), 20e18, type(uint64).max);
        settle(keccak256("root"), totalsOf(NETWORK, 8e18, 20e18, 10e18));
    }
}
