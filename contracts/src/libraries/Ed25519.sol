// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Sha512} from "./Sha512.sol";

/// @title Ed25519 (RFC 8032), as strict as `SignaturePredicate` of the Java protocol
/// @notice S is below the group's order; the y of A and of R is canonical and not of small order; A is a point; and
/// S B = R + (k mod L) A without the cofactor, decided on the encoding of R.
library Ed25519 {
    uint256 private constant P = 0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed;
    uint256 private constant TWO_P = 0xffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffda;
    uint256 private constant L = 0x1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed;
    uint256 private constant D = 0x52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3;
    uint256 private constant TWO_D = 0x2406d9dc56dffce7198e80f2eef3d13000e0149a8283b156ebd69b9426b2f159;
    uint256 private constant BASE_X = 0x216936d3cd6e53fec0a4e231fdd6dc5c692cc7609525a7b2c9562d608f25d51a;
    uint256 private constant BASE_Y = 0x6666666666666666666666666666666666666666666666666666666666666658;

    /// @dev 2^256 mod L, a square root of -1, (P - 5) / 8, and the y of a point of order eight.
    uint256 private constant TWO_256 = 0x0ffffffffffffffffffffffffffffffec6ef5bf4737dcf70d6ec31748d98951d;
    uint256 private constant ROOT = 0x2b8324804fc1df0b2b4d00993dfbd7a72f431806ad2fe478c4ee1b274a0ea0b0;
    uint256 private constant EXPONENT = 0x0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffd;
    uint256 private constant ORDER_EIGHT = 0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7;

    uint256 private constant WITHOUT_SIGN = type(uint256).max >> 1;

    /// @notice Whether `key` signed the message.
    /// @param r first 32 bytes of the signature
    /// @param s last 32 bytes of it
    function verify(bytes32 key, bytes32 r, bytes32 s, bytes memory message) internal view returns (bool) {
        uint256 scalar = _reversed(uint256(s));
        if (scalar >= L || !_isOfLargeOrder(r) || !_isOfLargeOrder(key)) return false;
        (bool onCurve, uint256 x, uint256 y) = _decompress(_reversed(uint256(key)));
        if (!onCurve) return false;
        (bytes32 first, bytes32 last) = Sha512.hash(bytes.concat(r, key, message));
        uint256 k = addmod(_reversed(uint256(first)), mulmod(_reversed(uint256(last)), TWO_256, L), L);
        return _combine(scalar, k, P - x, y) == _reversed(uint256(r));
    }

    function _isOfLargeOrder(bytes32 encoded) private pure returns (bool) {
        uint256 y = _reversed(uint256(encoded)) & WITHOUT_SIGN;
        return y > 1 && y < P - 1 && y != ORDER_EIGHT && y != P - ORDER_EIGHT;
    }

    /// @dev RFC 8032, section 5.1.3. x is never 0: those points are of small order.
    function _decompress(uint256 encoded) private view returns (bool onCurve, uint256 x, uint256 y) {
        y = encoded & WITHOUT_SIGN;
        uint256 square = mulmod(y, y, P);
        uint256 u = addmod(square, P - 1, P);
        uint256 v = addmod(mulmod(D, square, P), 1, P);
        uint256 v3 = mulmod(mulmod(v, v, P), v, P);
        uint256 power = Math.modExp(mulmod(u, mulmod(mulmod(v3, v3, P), v, P), P), EXPONENT, P);
        x = mulmod(mulmod(u, v3, P), power, P);
        uint256 found = mulmod(v, mulmod(x, x, P), P);
        if (found != u) {
            if (found != P - u) return (false, 0, 0);
            x = mulmod(x, ROOT, P);
        }
        if (x & 1 != encoded >> 255) x = P - x;
        onCurve = true;
    }

    /// @dev The encoding of s B + k A, both scalars at once, bit by bit from the highest. Points are extended coordinates
    /// (Hisil, Wong, Carter, Dawson 2008, a = -1); what is added is B, A or B + A as (y - x, y + x, 2 d x y). The formulae
    /// are complete on this curve.
    function _combine(uint256 s, uint256 k, uint256 x, uint256 y) private view returns (uint256) {
        uint256[9] memory table;
        _precompute(table, 0, BASE_X, BASE_Y);
        _precompute(table, 3, x, y);
        (x, y) = _sum(x, y);
        _precompute(table, 6, x, y);
        uint256[4] memory point = [0, uint256(1), 1, 0];
        _multiply(point, table, s, k);
        (x, y) = _affine(point);
        return y | (x & 1) << 255;
    }

    /// @dev B plus a point, in affine coordinates; the denominators are never 0.
    function _sum(uint256 x, uint256 y) private view returns (uint256, uint256) {
        uint256 xx = mulmod(BASE_X, x, P);
        uint256 yy = mulmod(BASE_Y, y, P);
        uint256 cross = mulmod(D, mulmod(xx, yy, P), P);
        uint256 up = addmod(1, cross, P);
        uint256 down = addmod(1, P - cross, P);
        uint256 inverse = Math.modExp(mulmod(up, down, P), P - 2, P);
        uint256 sumX = addmod(mulmod(BASE_X, y, P), mulmod(BASE_Y, x, P), P);
        return (mulmod(sumX, mulmod(inverse, down, P), P), mulmod(addmod(yy, xx, P), mulmod(inverse, up, P), P));
    }

    function _precompute(uint256[9] memory table, uint256 at, uint256 x, uint256 y) private pure {
        table[at] = addmod(y, P - x, P);
        table[at + 1] = addmod(y, x, P);
        table[at + 2] = mulmod(TWO_D, mulmod(x, y, P), P);
    }

    function _affine(uint256[4] memory point) private view returns (uint256 x, uint256 y) {
        uint256 inverse = Math.modExp(point[2], P - 2, P);
        x = mulmod(point[0], inverse, P);
        y = mulmod(point[1], inverse, P);
    }

    /// @dev Sums of two numbers below P are left as they are where a product reduces them.
    function _multiply(uint256[4] memory point, uint256[9] memory table, uint256 s, uint256 k) private pure {
        assembly ("memory-safe") {
            for { let bit := 253 } bit {} {
                bit := sub(bit, 1)
                {
                    let x := mload(point)
                    let y := mload(add(point, 0x20))
                    let z := mload(add(point, 0x40))
                    let a := mulmod(x, x, P)
                    let b := mulmod(y, y, P)
                    let h := sub(TWO_P, add(a, b))
                    let e := addmod(mulmod(add(x, y), add(x, y), P), h, P)
                    let g := add(b, sub(P, a))
                    z := mulmod(z, z, P)
                    let f := addmod(g, sub(TWO_P, add(z, z)), P)
                    mstore(point, mulmod(e, f, P))
                    mstore(add(point, 0x20), mulmod(g, h, P))
                    mstore(add(point, 0x40), mulmod(f, g, P))
                    mstore(add(point, 0x60), mulmod(e, h, P))
                }
                let which := or(and(shr(bit, s), 1), shl(1, and(shr(bit, k), 1)))
                if which {
                    let entry := add(table, mul(sub(which, 1), 0x60))
                    let x := mload(point)
                    let y := mload(add(point, 0x20))
                    let z := mload(add(point, 0x40))
                    let a := mulmod(add(y, sub(P, x)), mload(entry), P)
                    let b := mulmod(add(y, x), mload(add(entry, 0x20)), P)
                    let c := mulmod(mload(add(point, 0x60)), mload(add(entry, 0x40)), P)
                    let e := add(b, sub(P, a))
                    let f := addmod(add(z, z), sub(P, c), P)
                    let g := addmod(add(z, z), c, P)
                    let h := add(b, a)
                    mstore(point, mulmod(e, f, P))
                    mstore(add(point, 0x20), mulmod(g, h, P))
                    mstore(add(point, 0x40), mulmod(f, g, P))
                    mstore(add(point, 0x60), mulmod(e, h, P))
                }
            }
        }
    }

    function _reversed(uint256 word) private pure returns (uint256 v) {
        v = word;
        v = ((v >> 8) & 0x00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff)
            | ((v & 0x00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff) << 8);
        v = ((v >> 16) & 0x0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff)
            | ((v & 0x0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff0000ffff) << 16);
        v = ((v >> 32) & 0x00000000ffffffff00000000ffffffff00000000ffffffff00000000ffffffff)
            | ((v & 0x00000000ffffffff00000000ffffffff00000000ffffffff00000000ffffffff) << 32);
        v = ((v >> 64) & 0x0000000000000000ffffffffffffffff0000000000000000ffffffffffffffff)
            | ((v & 0x0000000000000000ffffffffffffffff0000000000000000ffffffffffffffff) << 64);
        v = (v >> 128) | (v << 128);
    }
}
