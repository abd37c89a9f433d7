// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {PaymentRule} from "../src/libraries/PaymentRule.sol";
import {PaymentRuleHarness} from "./PaymentRuleHarness.sol";
import {Test} from "./support/Test.sol";

contract PaymentRuleTest is Test {
    uint256 private constant BPS = 10_000;
    PaymentRuleHarness private rule;

    function setUp() public {
        rule = new PaymentRuleHarness();
    }

    function test_workedExamples() public view {
        // 10 dollars bought with 5 tokens at 2 dollars; 4 dollars charged.
        vm.assertEq(rule.basisConsumed(10e18, 5e18, 0, 4e18), 2e18);
        // The price stayed: both sides agree on 80% of 2 tokens.
        vm.assertEq(rule.payment(2e18, 4e18, 2e8, 2_000), 1.6e18);
        // The price doubled: the dollars decide.
        vm.assertEq(rule.payment(2e18, 4e18, 4e8, 2_000), 0.8e18);
        // The price fell: the burn decides.
        vm.assertEq(rule.payment(2e18, 4e18, 1e8, 2_000), 1.6e18);
        vm.assertEq(rule.paymentLimit(2e18, 2_000), 1.6e18);
        vm.assertEq(rule.payment(0, 4e18, 1e8, 0), 0);
        vm.assertEq(rule.payment(2e18, 0, 1e8, 0), 0);
    }

    function test_roundsDown() public view {
        vm.assertEq(rule.basisConsumed(3, 10, 0, 1), 3);
        vm.assertEq(rule.basisConsumed(3, 10, 1, 2), 3);
        vm.assertEq(rule.basisConsumed(3, 10, 2, 3), 4);
        vm.assertEq(rule.payment(9, 1e18, 1, 2_000), 7);
        vm.assertEq(rule.payment(1e18, 9, 3e8, 2_000), 2);
    }

    function test_refusesWhatIsNoCharge() public {
        vm.expectRevert(abi.encodeWithSelector(PaymentRule.InvalidCharge.selector, 0, 0, 0));
        rule.basisConsumed(0, 1, 0, 0);
        vm.expectRevert(abi.encodeWithSelector(PaymentRule.InvalidCharge.selector, 10, 0, 11));
        rule.basisConsumed(10, 1, 0, 11);
        vm.expectRevert(abi.encodeWithSelector(PaymentRule.InvalidCharge.selector, 10, 5, 4));
        rule.basisConsumed(10, 1, 5, 4);
        vm.expectRevert(abi.encodeWithSelector(PaymentRule.InvalidShare.selector, 10_001));
        rule.payment(1, 1, 1, 10_001);
        vm.expectRevert(abi.encodeWithSelector(PaymentRule.InvalidShare.selector, 10_001));
        rule.paymentLimit(1, 10_001);
        vm.expectRevert(abi.encodeWithSelector(PaymentRule.InvalidPrice.selector, 0));
        rule.payment(1, 1, 0, 1);
        vm.expectRevert(abi.encodeWithSelector(PaymentRule.InvalidPrice.selector, type(uint256).max));
        rule.payment(1, 1, type(uint256).max, 1);
    }

    function test_theSharesHaveAFloorAndACeiling() public pure {
        vm.assertTrue(PaymentRule.sharesAllowed(500, 0));
        vm.assertTrue(PaymentRule.sharesAllowed(5_000, 3_000));
        vm.assertFalse(PaymentRule.sharesAllowed(499, 0));
        vm.assertFalse(PaymentRule.sharesAllowed(5_001, 0));
        vm.assertFalse(PaymentRule.sharesAllowed(500, 3_001));
    }

    function test_theWholeMayBeKeptBackAndTheHighestPriceIsBounded() public view {
        vm.assertEq(rule.payment(1e18, 1e18, 1e8, 10_000), 0);
        vm.assertEq(rule.paymentLimit(1e18, 10_000), 0);
        vm.assertEq(rule.payment(1e18, 1e18, type(uint256).max / 10_000, 0), 0);
    }

    function testFuzz_A30_chargesTelescopeAndNeverConsumeMoreThanTheBasis(
        uint128 credits,
        uint128 basis,
        uint128[8] memory steps
    ) public view {
        vm.assume(credits > 0);
        uint256 charged = 0;
        uint256 consumed = 0;
        for (uint256 i = 0; i < steps.length; ++i) {
            uint256 next = charged + bound(steps[i], 0, credits - charged);
            consumed += rule.basisConsumed(credits, basis, charged, next);
            charged = next;
            vm.assertEq(consumed, uint256(basis) * charged / credits);
        }
        consumed += rule.basisConsumed(credits, basis, charged, credits);
        vm.assertEq(consumed, basis);
    }

    function testFuzz_A23_paymentsNeverExceedTheShareOfTheBurn(
        uint128 credits,
        uint128 basis,
        uint128[8] memory steps,
        uint96[8] memory prices,
        uint256 mBps
    ) public view {
        vm.assume(credits > 0);
        mBps = bound(mBps, 0, BPS);
        uint256 charged = 0;
        uint256 paid = 0;
        uint256 dollarsOnly = 0;
        for (uint256 i = 0; i < steps.length; ++i) {
            uint256 price = bound(prices[i], 1, type(uint96).max);
            uint256 next = charged + bound(steps[i], 0, credits - charged);
            uint256 consumed = rule.basisConsumed(credits, basis, charged, next);
            uint256 payment = rule.payment(consumed, next - charged, price, mBps);
            // Worth at the high edge never exceeds the charge, less m.
            dollarsOnly = payment * price;
            vm.assertLe(dollarsOnly * BPS, (next - charged) * (BPS - mBps) * 1e8);
            vm.assertLe(payment, rule.paymentLimit(consumed, mBps));
            paid += payment;
            charged = next;
        }
        vm.assertLe(paid * BPS, uint256(basis) * (BPS - mBps));
    }

    function testFuzz_batchesEqualSingleCalls(PaymentRuleHarness.Case[3] memory raw) public view {
        PaymentRuleHarness.Case[] memory cases = new PaymentRuleHarness.Case[](3);
        uint256[][6] memory columns;
        for (uint256 c = 0; c < 6; ++c) {
            columns[c] = new uint256[](3);
        }
        for (uint256 i = 0; i < 3; ++i) {
            PaymentRuleHarness.Case memory item = raw[i];
            item.credits = bound(item.credits, 1, type(uint128).max);
            item.basis = bound(item.basis, 0, type(uint128).max);
            item.chargedNew = bound(item.chargedNew, 0, item.credits);
            item.chargedOld = bound(item.chargedOld, 0, item.chargedNew);
            item.priceHigh = bound(item.priceHigh, 1, type(uint96).max);
            item.mBps = bound(item.mBps, 0, BPS);
            cases[i] = item;
            columns[0][i] = item.credits;
            columns[1][i] = item.basis;
            columns[2][i] = item.chargedOld;
            columns[3][i] = item.chargedNew;
            columns[4][i] = item.priceHigh;
            columns[5][i] = item.mBps;
        }
        (uint256[] memory consumed, uint256[] memory payments) = rule.evaluate(cases);
        (uint256[] memory consumed2, uint256[] memory payments2) =
            rule.evaluateArrays(columns[0], columns[1], columns[2], columns[3], columns[4], columns[5]);
        for (uint256 i = 0; i < 3; ++i) {
            PaymentRuleHarness.Case memory item = cases[i];
            vm.assertEq(consumed[i], rule.basisConsumed(item.credits, item.basis, item.chargedOld, item.chargedNew));
            vm.assertEq(
                payments[i], rule.payment(consumed[i], item.chargedNew - item.chargedOld, item.priceHigh, item.mBps)
            );
            vm.assertEq(consumed2[i], consumed[i]);
            vm.assertEq(payments2[i], payments[i]);
        }
    }
}
