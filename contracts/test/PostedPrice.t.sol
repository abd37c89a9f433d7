// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {PostedPrice} from "../src/PostedPrice.sol";
import {IPostedPrice} from "../src/interfaces/IPostedPrice.sol";
import {Test} from "./support/Test.sol";

contract PostedPriceTest is Test {
    uint256 private constant START = 1_000_000;
    PostedPrice private posted;

    function setUp() public {
        vm.warp(START);
        posted = new PostedPrice(address(this), 2e8, 1_000);
    }

    function test_answersLikeAFeedWithEightDecimals() public {
        vm.warp(START + 5);
        posted.post(2.1e8);
        vm.warp(START + 9);
        (uint80 round, int256 answer, uint256 startedAt, uint256 updatedAt, uint80 answeredIn) =
            posted.latestRoundData();
        vm.assertEq(posted.decimals(), 8);
        vm.assertEq(uint256(answer), 2.1e8);
        vm.assertEq(startedAt, START + 5);
        vm.assertEq(updatedAt, START + 5);
        vm.assertEq(round, 2);
        vm.assertEq(answeredIn, 2);
        vm.assertEq(posted.maxChangeBps(), 1_000);
    }

    function test_A44_withinADayThePriceStaysWithinTheBoundAroundItsStart() public {
        _expectBounds(1.8e8, 2.2e8);
        vm.expectEmit(address(posted));
        emit IPostedPrice.PricePosted(2.2e8, 2e8, START);
        posted.post(2.2e8);
        _expectBounds(1.8e8, 2.2e8);
        _expectTooLarge(2.2e8 + 1, 1.8e8, 2.2e8);
        posted.post(1.8e8);
        vm.warp(START + 1 days - 1);
        _expectTooLarge(1.8e8 - 1, 1.8e8, 2.2e8);
        posted.post(2e8);
    }

    function test_A44_theNextDayBeginsWithTheFirstPostAfterTheLastAndFromThePriceThen() public {
        posted.post(2.2e8);
        vm.warp(START + 1 days);
        _expectBounds(1.98e8, 2.42e8);
        vm.warp(START + 5 days);
        _expectBounds(1.98e8, 2.42e8);
        vm.expectEmit(address(posted));
        emit IPostedPrice.PricePosted(2.42e8, 2.2e8, START + 5 days);
        posted.post(2.42e8);
        vm.warp(START + 6 days - 1);
        _expectBounds(1.98e8, 2.42e8);
        vm.warp(START + 6 days);
        _expectBounds(2.178e8, 2.662e8);
    }

    function test_boundsAreRoundedInwards() public {
        IPostedPrice odd = new PostedPrice(address(this), 100_009, 10);
        (uint256 lowest, uint256 highest) = odd.bounds();
        vm.assertEq(lowest, 99_909); // 99,908.991
        vm.assertEq(highest, 100_109); // 100,109.009
    }

    function test_thePriceKeepsToItsFloorAndCeiling() public {
        IPostedPrice cheap = new PostedPrice(address(this), 1_000, 10);
        (uint256 lowest, uint256 highest) = cheap.bounds();
        vm.assertEq(lowest, 1_000);
        vm.assertEq(highest, 1_001);
        IPostedPrice dear = new PostedPrice(address(this), 1e14, 2_000);
        (lowest, highest) = dear.bounds();
        vm.assertEq(lowest, 0.8e14);
        vm.assertEq(highest, 1e14);
    }

    function test_refusesParametersOutOfBounds() public {
        _expectInvalid(999, 10);
        _expectInvalid(1e14 + 1, 10);
        _expectInvalid(0, 10);
        _expectInvalid(2e8, 9);
        _expectInvalid(2e8, 2_001);
    }

    function test_onlyTheOwnerPosts() public {
        address stranger = accountOf("stranger");
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, stranger));
        vm.prank(stranger);
        posted.post(2e8);
    }

    function testFuzz_A44_noPostsOfADayLeaveItsBounds(uint256[8] memory prices, uint32[8] memory pauses) public {
        uint256 price = 2e8;
        uint256 anchor = price;
        uint256 day = START;
        for (uint256 i = 0; i < prices.length; ++i) {
            vm.warp(block.timestamp + pauses[i] % 1 days);
            if (block.timestamp >= day + 1 days) (anchor, day) = (price, block.timestamp);
            uint256 wanted = bound(prices[i], price / 2, price * 2);
            bool allowed = wanted * 10 >= anchor * 9 && wanted * 10 <= anchor * 11 && wanted >= 1_000;
            try posted.post(wanted) {
                vm.assertTrue(allowed);
                price = wanted;
            } catch {
                vm.assertFalse(allowed);
                // A refused post begins no day.
                posted.post(price);
            }
            (, int256 answer,,,) = posted.latestRoundData();
            vm.assertEq(uint256(answer), price);
        }
    }

    function _expectBounds(uint256 lowest, uint256 highest) private view {
        (uint256 low, uint256 high) = posted.bounds();
        vm.assertEq(low, lowest);
        vm.assertEq(high, highest);
    }

    function _expectTooLarge(uint256 price, uint256 lowest, uint256 highest) private {
        vm.expectRevert(abi.encodeWithSelector(IPostedPrice.ChangeTooLarge.selector, price, lowest, highest));
        posted.post(price);
    }

    function _expectInvalid(uint256 price, uint16 maxChangeBps) private {
        vm.expectRevert(IPostedPrice.InvalidPostedPrice.selector);
        new PostedPrice(address(this), price, maxChangeBps);
    }
}
