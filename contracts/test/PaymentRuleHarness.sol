// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {PaymentRule} from "../src/libraries/PaymentRule.sol";

/// @title The payment rule, callable in batches
/// @notice For tests that compare another implementation with this one.
contract PaymentRuleHarness {
    /// @notice One charge of a reservation of `credits` with `basis`, priced at `priceHigh`, with `mBps` kept back.
    struct Case {
        uint256 credits;
        uint256 basis;
        uint256 chargedOld;
        uint256 chargedNew;
        uint256 priceHigh;
        uint256 mBps;
    }

    /// @notice For each case the basis consumed and the payment for it.
    function evaluate(Case[] calldata cases)
        external
        pure
        returns (uint256[] memory consumed, uint256[] memory payments)
    {
        consumed = new uint256[](cases.length);
        payments = new uint256[](cases.length);
        for (uint256 i = 0; i < cases.length; ++i) {
            Case calldata item = cases[i];
            consumed[i] = PaymentRule.basisConsumed(item.credits, item.basis, item.chargedOld, item.chargedNew);
            payments[i] = PaymentRule.payment(consumed[i], item.chargedNew - item.chargedOld, item.priceHigh, item.mBps);
        }
    }

    /// @notice The same with one array per field, for clients that encode no structs.
    function evaluateArrays(
        uint256[] calldata credits,
        uint256[] calldata basis,
        uint256[] calldata chargedOld,
        uint256[] calldata chargedNew,
        uint256[] calldata priceHigh,
        uint256[] calldata mBps
    ) external pure returns (uint256[] memory consumed, uint256[] memory payments) {
        consumed = new uint256[](credits.length);
        payments = new uint256[](credits.length);
        for (uint256 i = 0; i < credits.length; ++i) {
            consumed[i] = PaymentRule.basisConsumed(credits[i], basis[i], chargedOld[i], chargedNew[i]);
            payments[i] = PaymentRule.payment(consumed[i], chargedNew[i] - chargedOld[i], priceHigh[i], mBps[i]);
        }
    }

    function basisConsumed(uint256 credits, uint256 basis, uint256 chargedOld, uint256 chargedNew)
        external
        pure
        returns (uint256)
    {
        return PaymentRule.basisConsumed(credits, basis, chargedOld, chargedNew);
    }

    function payment(uint256 basis, uint256 charge, uint256 priceHigh, uint256 mBps) external pure returns (uint256) {
        return PaymentRule.payment(basis, charge, priceHigh, mBps);
    }

    function paymentLimit(uint256 basis, uint256 mBps) external pure returns (uint256) {
        return PaymentRule.paymentLimit(basis, mBps);
    }
}
