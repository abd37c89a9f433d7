// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {EpochClock} from "../src/EpochClock.sol";
import {PostedPrice} from "../src/PostedPrice.sol";
import {PriceOracle} from "../src/PriceOracle.sol";
import {IAggregatorV3} from "../src/interfaces/IAggregatorV3.sol";
import {IEpochClock} from "../src/interfaces/IEpochClock.sol";
import {IPostedPrice} from "../src/interfaces/IPostedPrice.sol";
import {IPriceOracle} from "../src/interfaces/IPriceOracle.sol";
import {TestFeed} from "../src/local/TestFeed.sol";
import {Test} from "./support/Test.sol";

/// @dev Burns all the gas it gets.
contract GreedyFeed {
    function decimals() external pure returns (uint8) {
        return 8;
    }

    function latestRoundData() external pure returns (uint80, int256, uint256, uint256, uint80) {
        while (true) {}
        return (0, 0, 0, 0, 0);
    }
}

/// @dev Answers more than any caller could want to copy.
contract LongFeed {
    function decimals() external pure returns (uint8) {
        return 8;
    }

    function latestRoundData() external view {
        uint256 updatedAt = block.timestamp;
        assembly {
            mstore(0x20, 200000000)
            mstore(0x60, updatedAt)
            return(0, 0x4000)
        }
    }
}

contract PriceOracleTest is Test {
    uint64 private constant GENESIS = 1_000_000;
    EpochClock private clock;
    TestFeed private feedA;
    TestFeed private feedB;
    PriceOracle private oracle;

    function setUp() public {
        vm.warp(GENESIS);
        clock = new EpochClock(GENESIS, 60, 10, 3);
        feedA = new TestFeed(8, 2e8, address(this));
        feedB = new TestFeed(8, 2e8, address(this));
        oracle = _oracle(feedA, feedB);
    }

    function test_knowsItsParameters() public view {
        (address first, address second) = oracle.feeds();
        vm.assertEq(first, address(feedA));
        vm.assertEq(second, address(feedB));
        vm.assertEq(oracle.maxAge(), 600);
        vm.assertEq(oracle.maxDeviationBps(), 500);
        vm.assertEq(oracle.history(), 3);
        vm.assertEq(oracle.maxQuietSlots(), 5);
    }

    function test_recordsTheExtremesOfTheFeeds() public {
        feedB.set(2.1e8);
        vm.expectEmit(address(oracle));
        emit IPriceOracle.PriceCheckpointed(0, 2e8, 2.1e8);
        vm.assertTrue(oracle.checkpoint());
        vm.assertEq(oracle.buyPrice(), 2e8);
        vm.assertEq(oracle.priceHigh(), 2.1e8);
        (bool attempted, uint64 slot, IPriceOracle.Doubt doubt) = oracle.lastAttempt();
        vm.assertTrue(attempted);
        vm.assertEq(slot, 0);
        vm.assertTrue(doubt == IPriceOracle.Doubt.None);
    }

    function test_A48_theFirstCallOfASlotCountsAndLaterOnesChangeNothing() public {
        oracle.checkpoint();
        feedA.set(3e8);
        feedB.set(3e8);
        vm.assertFalse(oracle.checkpoint());
        vm.assertEq(oracle.priceHigh(), 2e8);
        vm.warp(GENESIS + 60);
        vm.assertTrue(oracle.checkpoint());
        vm.assertEq(oracle.priceHigh(), 3e8);
        vm.assertEq(oracle.buyPrice(), 2e8);
    }

    function test_A25_theLowEdgeSellsAndTheHighEdgeBoundsOverTheHistory() public {
        _checkpointAt(0, 2e8);
        _checkpointAt(1, 1e8);
        _checkpointAt(2, 4e8);
        vm.assertEq(oracle.buyPrice(), 1e8);
        vm.assertEq(oracle.priceHigh(), 4e8);
        _checkpointAt(3, 3e8);
        _checkpointAt(4, 3e8);
        vm.assertEq(oracle.buyPrice(), 3e8);
        vm.assertEq(oracle.priceHigh(), 4e8);

        IPriceOracle.Checkpoint[] memory kept = oracle.checkpoints();
        vm.assertEq(kept.length, 3);
        vm.assertEq(kept[0].slot, 2);
        vm.assertEq(kept[0].high, 4e8);
        vm.assertEq(kept[2].slot, 4);
    }

    function test_A25_feedsThatDifferTooMuchMakeBuyingDormantOnly() public {
        feedB.set(2.1e8); // exactly 5%
        oracle.checkpoint();
        vm.warp(GENESIS + 60);
        feedB.set(2.1e8 + 1);
        _expectDoubt(1, IPriceOracle.Doubt.Apart);
        vm.expectRevert(IPriceOracle.PriceDormant.selector);
        oracle.buyPrice();
        vm.assertEq(oracle.priceHigh(), 2.1e8);
        _checkpointAt(2, 2e8);
        vm.assertEq(oracle.buyPrice(), 2e8);
    }

    function test_A27_staleOrFutureAnswersAreDoubtful() public {
        feedA.setAt(2e8, GENESIS - 600);
        oracle.checkpoint();
        vm.assertEq(oracle.buyPrice(), 2e8);
        vm.warp(GENESIS + 60);
        feedA.setAt(2e8, GENESIS + 60 - 601);
        _expectDoubt(1, IPriceOracle.Doubt.Stale);
        vm.warp(GENESIS + 120);
        feedA.set(2e8);
        feedB.setAt(2e8, GENESIS + 121);
        _expectDoubt(2, IPriceOracle.Doubt.Stale);
    }

    function test_answersThatAreNoPricesAreDoubtful() public {
        feedA.set(0);
        _expectDoubt(0, IPriceOracle.Doubt.NotPositive);
        vm.warp(GENESIS + 60);
        feedA.set(-1);
        _expectDoubt(1, IPriceOracle.Doubt.NotPositive);
        vm.warp(GENESIS + 120);
        feedA.set(type(int256).max);
        _expectDoubt(2, IPriceOracle.Doubt.Unreadable);
        vm.warp(GENESIS + 180);
        feedA.set(type(int192).max);
        feedB.set(type(int192).max);
        _expectDoubt(3, IPriceOracle.Doubt.Unreadable);
        vm.expectRevert(IPriceOracle.NoPrice.selector);
        oracle.priceHigh();
        _checkpointAt(4, int256(uint256(type(uint96).max)));
        vm.assertEq(oracle.priceHigh(), type(uint96).max);
    }

    function test_feedsThatCannotBeReadAreDoubtful() public {
        vm.mockCallRevert(address(feedB), abi.encodeCall(IAggregatorV3.latestRoundData, ()), "broken");
        _expectDoubt(0, IPriceOracle.Doubt.Unreadable);
        vm.clearMockedCalls();
        vm.warp(GENESIS + 60);
        vm.mockCall(address(feedB), abi.encodeCall(IAggregatorV3.latestRoundData, ()), new bytes(159));
        _expectDoubt(1, IPriceOracle.Doubt.Unreadable);
        vm.clearMockedCalls();
        vm.warp(GENESIS + 120);
        vm.etch(address(feedB), "");
        _expectDoubt(2, IPriceOracle.Doubt.Unreadable);
        vm.warp(GENESIS + 180);
        vm.etch(address(feedB), address(new GreedyFeed()).code);
        _expectDoubt(3, IPriceOracle.Doubt.Unreadable);
        vm.warp(GENESIS + 240);
        vm.etch(address(feedB), address(new LongFeed()).code);
        feedA.set(2e8);
        oracle.checkpoint();
        vm.assertEq(oracle.buyPrice(), 2e8);
    }

    function test_A26_starvingAFeedOfGasCannotMakeBuyingDormant() public {
        vm.etch(address(feedB), address(new GreedyFeed()).code);
        for (uint256 gasLimit = 30_000; gasLimit < 460_000; gasLimit += 10_000) {
            try oracle.checkpoint{gas: gasLimit}() {
                vm.assertGe(gasLimit, oracle.CHECKPOINT_GAS());
            } catch {}
        }
        (bool attempted,,) = oracle.lastAttempt();
        vm.assertFalse(attempted);
        (bool success, bytes memory answer) =
            address(oracle).call{gas: 400_000}(abi.encodeCall(IPriceOracle.checkpoint, ()));
        vm.assertFalse(success);
        vm.assertEq(bytes4(answer), IPriceOracle.NotEnoughGas.selector);
    }

    function test_buyingIsDormantWithoutARecentCheckpoint() public {
        vm.expectRevert(IPriceOracle.PriceDormant.selector);
        oracle.buyPrice();
        oracle.checkpoint();
        vm.warp(GENESIS + 5 * 60 + 59);
        vm.assertEq(oracle.buyPrice(), 2e8);
        vm.warp(GENESIS + 6 * 60);
        vm.expectRevert(IPriceOracle.PriceDormant.selector);
        oracle.buyPrice();
        vm.assertEq(oracle.priceHigh(), 2e8);
    }

    function test_beforeGenesisThereIsNothingToCheckpoint() public {
        vm.warp(GENESIS - 1);
        vm.expectRevert(abi.encodeWithSelector(IEpochClock.BeforeGenesis.selector, GENESIS - 1));
        oracle.checkpoint();
    }

    function test_answersAreNormalisedAgainstTheBuyer() public {
        TestFeed fine = new TestFeed(18, 2e18 + 1, address(this));
        TestFeed coarse = new TestFeed(0, 2, address(this));
        PriceOracle mixed = _oracle(fine, coarse);
        mixed.checkpoint();
        vm.assertEq(mixed.buyPrice(), 2e8);
        vm.assertEq(mixed.priceHigh(), 2e8 + 1);
        fine.set(9);
        vm.warp(GENESIS + 60);
        vm.expectEmit(address(mixed));
        emit IPriceOracle.PriceDoubted(1, IPriceOracle.Doubt.NotPositive);
        mixed.checkpoint();
    }

    function testFuzz_lowNeverExceedsHighAndDeviationIsBounded(uint96 a, uint96 b) public {
        feedA.set(int256(uint256(a)));
        feedB.set(int256(uint256(b)));
        oracle.checkpoint();
        (,, IPriceOracle.Doubt doubt) = oracle.lastAttempt();
        uint256 low = a < b ? a : b;
        uint256 high = a < b ? b : a;
        bool valid = low > 0 && (high - low) * 10_000 <= low * 500;
        vm.assertEq(doubt == IPriceOracle.Doubt.None, valid);
        if (!valid) return;
        vm.assertEq(oracle.buyPrice(), low);
        vm.assertEq(oracle.priceHigh(), high);
    }

    function test_refusesParametersOutOfBounds() public {
        _expectInvalid(feedA, feedA, 600, 500, 3, 5);
        _expectInvalid(feedA, feedB, 9, 500, 3, 5);
        _expectInvalid(feedA, feedB, 2 days + 1, 500, 3, 5);
        _expectInvalid(feedA, feedB, 600, 9, 3, 5);
        _expectInvalid(feedA, feedB, 600, 2_001, 3, 5);
        _expectInvalid(feedA, feedB, 600, 500, 0, 5);
        _expectInvalid(feedA, feedB, 600, 500, 17, 5);
        _expectInvalid(feedA, feedB, 600, 500, 3, 0);
        _expectInvalid(feedA, feedB, 600, 500, 3, 1_441);
        new PriceOracle(clock, feedA, feedB, 10, 10, 1, 1);
        new PriceOracle(clock, feedA, feedB, 2 days, 2_000, 16, 1_440);
        new PriceOracle(clock, new TestFeed(18, 1, address(this)), new TestFeed(18, 1, address(this)), 10, 10, 1, 1);
        TestFeed tooFine = new TestFeed(19, 1, address(this));
        _expectInvalid(tooFine, feedB, 600, 500, 3, 5);
        _expectInvalid(feedA, tooFine, 600, 500, 3, 5);
    }

    function test_onlyItsOwnerSetsATestFeed() public {
        address stranger = accountOf("stranger");
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, stranger));
        vm.prank(stranger);
        feedA.set(1);
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, stranger));
        vm.prank(stranger);
        feedA.setAt(1, 1);
    }

    function test_A25_aPostedPriceStandsAloneAndMovesNoFasterThanItsOwnerMay() public {
        PostedPrice posted = new PostedPrice(address(this), 2e8, 1_000);
        PriceOracle single = _posted(posted);
        (address first, address second) = single.feeds();
        vm.assertEq(first, address(posted));
        vm.assertEq(second, address(0));
        single.checkpoint();
        posted.post(2.2e8);
        vm.warp(GENESIS + 60);
        single.checkpoint();
        vm.assertEq(single.buyPrice(), 2e8);
        vm.assertEq(single.priceHigh(), 2.2e8);
        vm.expectRevert(abi.encodeWithSelector(IPostedPrice.ChangeTooLarge.selector, 10e8, 1.8e8, 2.2e8));
        posted.post(10e8);
    }

    function test_A27_anOldPostMakesBuyingDormantOnly() public {
        PostedPrice posted = new PostedPrice(address(this), 2e8, 1_000);
        PriceOracle single = _posted(posted);
        single.checkpoint();
        vm.warp(GENESIS + 90 days + 1);
        vm.assertTrue(single.checkpoint());
        (,, IPriceOracle.Doubt doubt) = single.lastAttempt();
        vm.assertTrue(doubt == IPriceOracle.Doubt.Stale);
        vm.expectRevert(IPriceOracle.PriceDormant.selector);
        single.buyPrice();
        vm.assertEq(single.priceHigh(), 2e8);
        posted.post(2.2e8);
        vm.warp(GENESIS + 90 days + 61);
        single.checkpoint();
        vm.assertEq(single.buyPrice(), 2e8);
    }

    function test_A28_aPostedPriceThatBreaksMakesBuyingDormantOnly() public {
        PostedPrice posted = new PostedPrice(address(this), 2e8, 1_000);
        PriceOracle single = _posted(posted);
        single.checkpoint();
        vm.etch(address(posted), address(new GreedyFeed()).code);
        vm.warp(GENESIS + 60);
        vm.assertTrue(single.checkpoint());
        (,, IPriceOracle.Doubt doubt) = single.lastAttempt();
        vm.assertTrue(doubt == IPriceOracle.Doubt.Unreadable);
        vm.expectRevert(IPriceOracle.PriceDormant.selector);
        single.buyPrice();
        vm.assertEq(single.priceHigh(), 2e8);
    }

    function test_A26_onlyAPriceWithABoundedChangeStandsAlone() public {
        IAggregatorV3 none = IAggregatorV3(address(0));
        PostedPrice posted = new PostedPrice(address(this), 2e8, 10);
        bytes memory query = abi.encodeCall(IPostedPrice.maxChangeBps, ());
        uint16[2] memory allowed = [uint16(10), 2_000];
        for (uint256 i = 0; i < allowed.length; ++i) {
            vm.mockCall(address(posted), query, abi.encode(allowed[i]));
            new PriceOracle(clock, posted, none, 90 days, 500, 3, 5);
        }
        uint16[3] memory refused = [uint16(0), 9, 2_001];
        for (uint256 i = 0; i < refused.length; ++i) {
            vm.mockCall(address(posted), query, abi.encode(refused[i]));
            vm.expectRevert(IPriceOracle.InvalidOracleParameters.selector);
            new PriceOracle(clock, posted, none, 600, 500, 3, 5);
        }
        vm.clearMockedCalls();
        vm.expectRevert(IPriceOracle.InvalidOracleParameters.selector);
        new PriceOracle(clock, feedA, none, 600, 500, 3, 5);
        vm.expectRevert(IPriceOracle.InvalidOracleParameters.selector);
        new PriceOracle(clock, posted, none, 90 days + 1, 500, 3, 5);
        vm.expectRevert(); // no contract at zero
        new PriceOracle(clock, none, posted, 600, 500, 3, 5);
        vm.expectRevert();
        new PriceOracle(clock, none, none, 600, 500, 3, 5);
    }

    function test_A27_theFeedsArePinned() public {
        TestFeed other = new TestFeed(8, 1e8, address(this));
        other.set(5e8);
        oracle.checkpoint();
        vm.assertEq(oracle.buyPrice(), 2e8);
        (address first, address second) = oracle.feeds();
        vm.assertEq(first, address(feedA));
        vm.assertEq(second, address(feedB));
    }

    function test_A28_afterACrashOfBothFeedsTheHighEdgeStillStands() public {
        oracle.checkpoint();
        vm.etch(address(feedA), "");
        vm.etch(address(feedB), address(new GreedyFeed()).code);
        for (uint64 slot = 1; slot < 5; ++slot) {
            vm.warp(GENESIS + slot * 60);
            _expectDoubt(slot, IPriceOracle.Doubt.Unreadable);
            vm.expectRevert(IPriceOracle.PriceDormant.selector);
            oracle.buyPrice();
            vm.assertEq(oracle.priceHigh(), 2e8);
        }
    }

    function _posted(PostedPrice posted) private returns (PriceOracle) {
        return new PriceOracle(clock, posted, IAggregatorV3(address(0)), 90 days, 500, 3, 5);
    }

    function _oracle(TestFeed a, TestFeed b) private returns (PriceOracle) {
        return new PriceOracle(clock, a, b, 600, 500, 3, 5);
    }

    function _checkpointAt(uint64 slot, int256 price) private {
        vm.warp(GENESIS + slot * 60);
        feedA.set(price);
        feedB.set(price);
        vm.assertTrue(oracle.checkpoint());
    }

    function _expectDoubt(uint64 slot, IPriceOracle.Doubt reason) private {
        vm.expectEmit(address(oracle));
        emit IPriceOracle.PriceDoubted(slot, reason);
        vm.assertTrue(oracle.checkpoint());
    }

    function _expectInvalid(TestFeed a, TestFeed b, uint32 age, uint16 deviation, uint8 history, uint32 quiet) private {
        vm.expectRevert(IPriceOracle.InvalidOracleParameters.selector);
        new PriceOracle(clock, a, b, age, deviation, history, quiet);
    }
}
