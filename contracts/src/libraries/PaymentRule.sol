// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";

/// @title The rule that turns burned tokens into payments
/// @notice Pure and the same in every implementation. All values are unsigned integers, every division rounds down, and
/// products are taken in full width (512 bits) before dividing:
///
/// - basisConsumed(C, B, cOld, cNew) = floor(B * cNew / C) - floor(B * cOld / C), for 0 < C, cOld <= cNew <= C.
///   Summed over the charges of a reservation it telescopes to floor(B * charged / C), never above B.
/// - payment(b, c, p, m) = min( floor(b * (10000 - m) / 10000), floor(c * ((10000 - m) * 10^8) / (10000 * p)) )
///   with b tokens of basis (18 decimals), c credits (18 decimals, dollars), p = priceHigh (8 decimals, dollars per token,
///   p > 0), m in 1/10000. Whatever p is, payments never exceed (1 - m) of the basis consumed.
///
/// Amounts of the protocol are below 2^128, so that no quotient overflows; a quotient of 2^256 or more reverts.
library PaymentRule {
    uint256 internal constant BPS = 10_000;
    uint256 internal constant PRICE_UNIT = 1e8;

    /// @dev Bounds of the shares kept back, in 1/10000.
    uint16 internal constant MIN_BURN_BPS = 500;
    uint16 internal constant MAX_BURN_BPS = 5_000;
    uint16 internal constant MAX_OPS_BPS = 3_000;

    /// @notice The arguments break cOld <= cNew <= C or C > 0.
    error InvalidCharge(uint256 credits, uint256 chargedOld, uint256 chargedNew);

    /// @notice A share above the whole.
    error InvalidShare(uint256 mBps);

    /// @notice A price of zero, or too high for the formula.
    error InvalidPrice(uint256 price);

    /// @notice Basis that a reservation consumes when its cumulative charge grows from chargedOld to chargedNew.
    function basisConsumed(uint256 credits, uint256 basis, uint256 chargedOld, uint256 chargedNew)
        internal
        pure
        returns (uint256)
    {
        require(
            credits > 0 && chargedOld <= chargedNew && chargedNew <= credits,
            InvalidCharge(credits, chargedOld, chargedNew)
        );
        return Math.mulDiv(basis, chargedNew, credits) - Math.mulDiv(basis, chargedOld, credits);
    }

    /// @notice Tokens paid for a charge of `charge` credits that consumed `basis` tokens.
    function payment(uint256 basis, uint256 charge, uint256 priceHigh, uint256 mBps) internal pure returns (uint256) {
        require(mBps <= BPS, InvalidShare(mBps));
        require(priceHigh > 0 && priceHigh <= type(uint256).max / BPS, InvalidPrice(priceHigh));
        return Math.min(paymentLimit(basis, mBps), Math.mulDiv(charge, (BPS - mBps) * PRICE_UNIT, BPS * priceHigh));
    }

    /// @notice The most that may be paid for `basis` tokens consumed, at any price.
    function paymentLimit(uint256 basis, uint256 mBps) internal pure returns (uint256) {
        require(mBps <= BPS, InvalidShare(mBps));
        return Math.mulDiv(basis, BPS - mBps, BPS);
    }

    /// @notice Whether the shares lie between floor and ceiling.
    function sharesAllowed(uint16 mBurnBps, uint16 mOpsBps) internal pure returns (bool) {
        return mBurnBps >= MIN_BURN_BPS && mBurnBps <= MAX_BURN_BPS && mOpsBps <= MAX_OPS_BPS;
    }
}
