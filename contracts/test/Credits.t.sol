// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {ICredits} from "../src/interfaces/ICredits.sol";
import {IPriceOracle} from "../src/interfaces/IPriceOracle.sol";
import {IResults} from "../src/interfaces/IResults.sol";
import {MoneyLeaf} from "../src/libraries/MoneyLeaf.sol";
import {PaymentRule} from "../src/libraries/PaymentRule.sol";
import {Deployment} from "./Deployment.sol";

contract CreditsTest is Deployment {
    address private payer;
    address private seller;

    function setUp() public override {
        super.setUp();
        payer = accountOf("payer");
        seller = accountOf("seller");
        setPrices(2e8, 2.02e8);
    }

    function test_buyingBurnsTokensAtTheLowPrice() public {
        fund(payer, 10e18, address(credits));
        vm.expectEmit(address(credits));
        emit ICredits.CreditsBought(payer, 10e18, 20e18, 2e8, payer);
        vm.prank(payer);
        vm.assertEq(credits.buy(10e18, 20e18), 20e18);
        (uint256 free, uint256 basis) = credits.account(payer);
        vm.assertEq(free, 20e18);
        vm.assertEq(basis, 10e18);
        vm.assertEq(token.totalSupply(), SUPPLY - 10e18);
        vm.assertEq(token.balanceOf(payer), 0);
        vm.assertEq(credits.sums().issuedCredits, 20e18);
        vm.assertEq(credits.sums().issuedBasis, 10e18);
        vm.assertEq(credits.results(), address(results));
    }

    function test_creditsAreRoundedDown() public {
        nextSlot();
        setPrices(1.99999999e8, 2e8);
        vm.assertEq(buy(payer, 3), 5);
    }

    function test_aPurchaseKeepsToItsBounds() public {
        fund(payer, 10e18, address(credits));
        vm.startPrank(payer);
        vm.expectRevert(abi.encodeWithSelector(ICredits.TooFewCredits.selector, 20e18, 20e18 + 1));
        credits.buy(10e18, 20e18 + 1);
        vm.expectRevert(ICredits.NothingBought.selector);
        credits.buy(0, 0);
        vm.expectRevert(
            abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, credits, 10e18, 10e18 + 1)
        );
        credits.buy(10e18 + 1, 0);
        vm.stopPrank();
    }

    function test_A28_dormantPricesStopBuyingAndNothingElse() public {
        buy(payer, 10e18);
        bytes32 id = reserve(payer, seller, 20e18, 0);
        nextSlot();
        setPrices(1e8, 2e8);
        fund(payer, 1e18, address(credits));
        vm.expectRevert(IPriceOracle.PriceDormant.selector);
        vm.prank(payer);
        credits.buy(1e18, 0);
        bytes32 leaf = _chargeLeaf(id, 4e18);
        settleFinal(leaf, totalsOf(NETWORK, 1e18, 4e18, 2e18));
        credits.release(id, 4e18, new bytes32[](0));
    }

    function test_buysWithAPermit() public {
        token.transfer(payer, 10e18);
        (uint8 v, bytes32 r, bytes32 s) = _permit(10e18, block.timestamp);
        vm.prank(payer);
        vm.assertEq(credits.buyWithPermit(10e18, 0, block.timestamp, v, r, s), 20e18);
    }

    function test_aPermitSentAheadByAStrangerDoesNoHarm() public {
        token.transfer(payer, 10e18);
        (uint8 v, bytes32 r, bytes32 s) = _permit(10e18, block.timestamp);
        token.permit(payer, address(credits), 10e18, block.timestamp, v, r, s);
        vm.prank(payer);
        vm.assertEq(credits.buyWithPermit(10e18, 0, block.timestamp, v, r, s), 20e18);
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, credits, 0, 1));
        vm.prank(payer);
        credits.buyWithPermit(1, 0, block.timestamp, v, r, s);
    }

    function test_somebodyElseMayPay() public {
        address friend = accountOf("friend");
        fund(friend, 10e18, address(credits));
        vm.expectEmit(address(credits));
        emit ICredits.CreditsBought(payer, 10e18, 20e18, 2e8, friend);
        vm.prank(friend);
        vm.assertEq(credits.buyFor(payer, 10e18, 20e18), 20e18);
        (uint256 free, uint256 basis) = credits.account(payer);
        vm.assertEq(free, 20e18);
        vm.assertEq(basis, 10e18);
        (free,) = credits.account(friend);
        vm.assertEq(free, 0);
        vm.expectRevert(abi.encodeWithSelector(ICredits.TooFewCredits.selector, 2, 3));
        vm.prank(friend);
        credits.buyFor(payer, 1, 3);
        vm.expectRevert(ICredits.InvalidBuyer.selector);
        vm.prank(friend);
        credits.buyFor(address(0), 1, 0);
    }

    function test_unsettlingTakesASettlementBack() public {
        buy(payer, 10e18);
        reserve(payer, seller, 10e18, 0);
        ICredits.NetworkSums memory before = credits.networkSums(NETWORK);
        vm.startPrank(address(results));
        credits.settle(NETWORK, 4e18, 2e18);
        vm.expectEmit(address(credits));
        emit ICredits.NetworkUnsettled(NETWORK, 4e18, 2e18);
        credits.unsettle(NETWORK, 4e18, 2e18);
        vm.stopPrank();
        vm.assertEq(abi.encode(credits.networkSums(NETWORK)), abi.encode(before));
        vm.expectRevert(abi.encodeWithSelector(ICredits.NotResults.selector, address(this)));
        credits.unsettle(NETWORK, 0, 0);
    }

    function test_reservesCreditsWithTheirShareOfTheBasis() public {
        buy(payer, 10e18);
        bytes32 expected = keccak256(abi.encode(registry.deployment(), payer, 0));
        vm.assertEq(credits.reservationId(payer, 0), expected);
        vm.expectEmit(address(credits));
        emit ICredits.CreditsReserved(expected, payer, seller, NETWORK, 5e18, 2.5e18, 7);
        vm.assertEq(reserve(payer, seller, 5e18, 7), expected);

        ICredits.Reservation memory item = credits.reservation(expected);
        vm.assertEq(item.payer, payer);
        vm.assertEq(item.seller, seller);
        vm.assertEq(item.network, NETWORK);
        vm.assertEq(item.lastEpoch, 7);
        vm.assertEq(item.credits, 5e18);
        vm.assertEq(item.basis, 2.5e18);
        vm.assertFalse(item.released);
        (uint256 free, uint256 basis) = credits.account(payer);
        vm.assertEq(free, 15e18);
        vm.assertEq(basis, 7.5e18);
        vm.assertEq(credits.networkSums(NETWORK).reservedCredits, 5e18);
        vm.assertEq(credits.networkSums(NETWORK).reservedBasis, 2.5e18);
        vm.assertEq(credits.reservationCount(payer), 1);
        vm.assertNotEq(reserve(payer, seller, 5e18, 7), expected);
    }

    function test_basisIsAveragedOverPurchases() public {
        buy(payer, 10e18); // 20 credits
        nextSlot();
        for (uint256 i = 0; i < HISTORY; ++i) {
            nextSlot();
            setPrices(4e8, 4e8);
        }
        buy(payer, 10e18); // 40 credits
        reserve(payer, seller, 30e18, 0);
        (uint256 free, uint256 basis) = credits.account(payer);
        vm.assertEq(free, 30e18);
        vm.assertEq(basis, 10e18);
    }

    function test_refusesReservationsThatCannotBe() public {
        buy(payer, 10e18);
        vm.startPrank(payer);
        vm.expectRevert(ICredits.InvalidReservation.selector);
        credits.reserve(NETWORK, seller, 0, 0);
        vm.expectRevert(ICredits.InvalidReservation.selector);
        credits.reserve(NETWORK, address(0), 1, 0);
        vm.expectRevert(abi.encodeWithSelector(ICredits.UnknownNetwork.selector, 3));
        credits.reserve(3, seller, 1, 0);
        vm.expectRevert(abi.encodeWithSelector(ICredits.InsufficientCredits.selector, 20e18, 20e18 + 1));
        credits.reserve(NETWORK, seller, 20e18 + 1, 0);
        vm.warp(GENESIS + EPOCH_SECONDS);
        vm.expectRevert(abi.encodeWithSelector(ICredits.EpochOver.selector, 0, 1));
        credits.reserve(NETWORK, seller, 1, 0);
        vm.stopPrank();
        vm.expectRevert(abi.encodeWithSelector(ICredits.InsufficientCredits.selector, 0, 1));
        credits.reserve(NETWORK, seller, 1, 1);
    }

    function test_releasesWhatIsUnspent() public {
        buy(payer, 10e18);
        bytes32 id = reserve(payer, seller, 10e18, 1);
        settleFinal(_chargeLeaf(id, 3e18), totalsOf(NETWORK, 1e18, 3e18, 1.5e18));
        vm.expectRevert(abi.encodeWithSelector(ICredits.NotSettledYet.selector, 1));
        credits.release(id, 3e18, new bytes32[](0));

        settleFinal(_chargeLeaf(id, 4e18), totalsOf(NETWORK, 0, 1e18, 0.5e18));
        vm.expectRevert(ICredits.InvalidProof.selector);
        credits.release(id, 3e18, new bytes32[](0));
        vm.expectEmit(address(credits));
        emit ICredits.ReservationReleased(id, payer, 4e18, 6e18, 3e18);
        credits.release(id, 4e18, new bytes32[](0));
        (uint256 free, uint256 basis) = credits.account(payer);
        vm.assertEq(free, 16e18);
        vm.assertEq(basis, 8e18);
        vm.assertTrue(credits.reservation(id).released);
        ICredits.NetworkSums memory sums = credits.networkSums(NETWORK);
        vm.assertEq(sums.reservedCredits, 0);
        vm.assertEq(sums.reservedBasis, 0);
        vm.assertEq(sums.chargedCredits, 4e18);
        vm.assertEq(sums.consumedBasis, 2e18);
        vm.expectRevert(abi.encodeWithSelector(ICredits.AlreadyReleased.selector, id));
        credits.release(id, 4e18, new bytes32[](0));
    }

    function test_anUnusedReservationReturnsWhole() public {
        buy(payer, 10e18);
        bytes32 id = reserve(payer, seller, 10e18, 0);
        vm.expectRevert(abi.encodeWithSelector(ICredits.NotSettledYet.selector, 0));
        credits.release(id, 0, new bytes32[](0));
        settleFinal(_chargeLeaf(id, 0), new IResults.Total[](0));
        credits.release(id, 0, new bytes32[](0));
        (uint256 free, uint256 basis) = credits.account(payer);
        vm.assertEq(free, 20e18);
        vm.assertEq(basis, 10e18);
    }

    function test_A37_theLeafOfAnotherNetworkOrKindReleasesNothing() public {
        buy(payer, 10e18);
        bytes32 id = reserve(payer, seller, 10e18, 2);
        settleFinal(MoneyLeaf.hash(MoneyLeaf.CHARGE, OTHER_NETWORK, id, 0), new IResults.Total[](0));
        settleFinal(MoneyLeaf.hash(MoneyLeaf.PAYMENT, NETWORK, id, 0), new IResults.Total[](0));
        settleFinal(MoneyLeaf.hash(MoneyLeaf.CHARGE, OTHER_NETWORK, id, 0), new IResults.Total[](0));
        vm.expectRevert(ICredits.InvalidProof.selector);
        credits.release(id, 0, new bytes32[](0));
        settleFinal(MoneyLeaf.hash(MoneyLeaf.PAYMENT, NETWORK, id, 0), new IResults.Total[](0));
        vm.expectRevert(ICredits.InvalidProof.selector);
        credits.release(id, 0, new bytes32[](0));
    }

    function test_aChargeAboveItsReservationReleasesNothing() public {
        buy(payer, 10e18);
        bytes32 id = reserve(payer, seller, 10e18, 0);
        reserve(payer, seller, 10e18, 0);
        settleFinal(_chargeLeaf(id, 11e18), totalsOf(NETWORK, 0, 11e18, 5e18));
        vm.expectRevert(abi.encodeWithSelector(PaymentRule.InvalidCharge.selector, 10e18, 0, 11e18));
        credits.release(id, 11e18, new bytes32[](0));
    }

    function test_moreThanIsReservedNeitherReturnsNorSettles() public {
        buy(payer, 10e18);
        bytes32 id = reserve(payer, seller, 10e18, 0);
        // The totals charge everything, the leaf says nothing was charged.
        settleFinal(_chargeLeaf(id, 0), totalsOf(NETWORK, 0, 10e18, 0));
        vm.expectRevert(abi.encodeWithSelector(ICredits.ExceedsReserved.selector, NETWORK, 0, 10e18));
        credits.release(id, 0, new bytes32[](0));

        vm.startPrank(address(results));
        vm.expectRevert(abi.encodeWithSelector(ICredits.ExceedsReserved.selector, NETWORK, 0, 1));
        credits.settle(NETWORK, 1, 0);
        vm.stopPrank();
        reserve(payer, seller, 1e18, 1);
        vm.startPrank(address(results));
        vm.expectRevert(abi.encodeWithSelector(ICredits.ExceedsReserved.selector, NETWORK, 5.5e18, 5.5e18 + 1));
        credits.settle(NETWORK, 1e18, 5.5e18 + 1);
        vm.expectRevert(abi.encodeWithSelector(ICredits.BasisWithoutCharge.selector, NETWORK));
        credits.settle(NETWORK, 0, 1);
        vm.stopPrank();
    }

    function test_onlyResultsSettles() public {
        vm.expectRevert(abi.encodeWithSelector(ICredits.NotResults.selector, address(this)));
        credits.settle(NETWORK, 0, 0);
    }

    function test_unknownReservations() public {
        vm.expectRevert(abi.encodeWithSelector(ICredits.UnknownReservation.selector, bytes32(uint256(1))));
        credits.reservation(bytes32(uint256(1)));
        vm.expectRevert(abi.encodeWithSelector(ICredits.UnknownReservation.selector, bytes32(uint256(1))));
        credits.release(bytes32(uint256(1)), 0, new bytes32[](0));
    }

    function test_creditsCannotBeForgedOrMoved() public {
        buy(payer, 10e18);
        bytes4[6] memory selectors = [
            bytes4(keccak256("transfer(address,uint256)")),
            bytes4(keccak256("transferFrom(address,address,uint256)")),
            bytes4(keccak256("approve(address,uint256)")),
            bytes4(keccak256("mint(address,uint256)")),
            bytes4(keccak256("withdraw(uint256)")),
            bytes4(keccak256("redeem(uint256)"))
        ];
        for (uint256 i = 0; i < selectors.length; ++i) {
            vm.prank(payer);
            (bool success,) = address(credits).call(abi.encodePacked(selectors[i], new bytes(96)));
            vm.assertFalse(success);
        }
        vm.assertEq(token.balanceOf(address(credits)), 0);
    }

    function testFuzz_A23_payingOneselfAlwaysLoses(uint64 tokens, uint64 charge, uint32 buyPrice, uint32 settlePrice)
        public
    {
        uint256 spent = bound(tokens, 1e9, type(uint64).max);
        nextSlot();
        _steadyPrice(bound(buyPrice, 1e4, 1e9));
        uint256 bought = buy(payer, spent);
        bytes32 id = reserve(payer, payer, bought, 0);
        _steadyPrice(bound(settlePrice, 1e4, 1e9));

        uint256 charged = bound(charge, 0, bought);
        uint256 consumed = PaymentRule.basisConsumed(bought, spent, 0, charged);
        uint256 payment = PaymentRule.payment(consumed, charged, oracle.priceHigh(), M_BPS);
        bytes32 paid = paymentLeaf(payer, NETWORK, payment);
        bytes32[] memory tree = pair(paid, _chargeLeaf(id, charged));
        settleFinal(tree[0], totalsOf(NETWORK, payment, charged, consumed));
        if (payment > 0) claims.claim(MoneyLeaf.PAYMENT, payer, NETWORK, payment, proofOf(tree, paid));

        vm.assertLe(token.balanceOf(payer) * 10_000, consumed * (10_000 - M_BPS));
        credits.release(id, charged, proofOf(tree, _chargeLeaf(id, charged)));
        (uint256 free, uint256 basis) = credits.account(payer);
        vm.assertEq(free, bought - charged);
        vm.assertEq(basis, spent - consumed);
    }

    function _steadyPrice(uint256 price) private {
        for (uint256 i = 0; i < HISTORY; ++i) {
            nextSlot();
            setPrices(price, price);
        }
    }

    function _chargeLeaf(bytes32 id, uint256 charged) private pure returns (bytes32) {
        return MoneyLeaf.hash(MoneyLeaf.CHARGE, NETWORK, id, charged);
    }

    function _permit(uint256 value, uint256 deadline) private view returns (uint8, bytes32, bytes32) {
        bytes32 typehash =
            keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
        bytes32 hash = keccak256(abi.encode(typehash, payer, address(credits), value, token.nonces(payer), deadline));
        return vm.sign(keyOf("payer"), keccak256(abi.encodePacked("\x19\x01", token.DOMAIN_SEPARATOR(), hash)));
    }
}
