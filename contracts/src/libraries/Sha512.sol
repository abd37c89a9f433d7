// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

/// @title SHA-512 (FIPS 180-4)
library Sha512 {
    /// @dev Offsets in the working memory: constants (80 words of 8 bytes), schedule (80 words of 32), state (8 of 32).
    uint256 private constant SCHEDULE = 0x280;
    uint256 private constant STATE = 0xc80;
    uint256 private constant SIZE = 0xd80;

    bytes private constant CONSTANTS = hex"428a2f98d728ae227137449123ef65cdb5c0fbcfec4d3b2fe9b5dba58189dbbc3956c25bf348b538"
        hex"59f111f1b605d019923f82a4af194f9bab1c5ed5da6d8118d807aa98a303024212835b0145706fbe"
        hex"243185be4ee4b28c550c7dc3d5ffb4e272be5d74f27b896f80deb1fe3b1696b19bdc06a725c71235"
        hex"c19bf174cf692694e49b69c19ef14ad2efbe4786384f25e30fc19dc68b8cd5b5240ca1cc77ac9c65"
        hex"2de92c6f592b02754a7484aa6ea6e4835cb0a9dcbd41fbd476f988da831153b5983e5152ee66dfab"
        hex"a831c66d2db43210b00327c898fb213fbf597fc7beef0ee4c6e00bf33da88fc2d5a79147930aa725"
        hex"06ca6351e003826f142929670a0e6e7027b70a8546d22ffc2e1b21385c26c9264d2c6dfc5ac42aed"
        hex"53380d139d95b3df650a73548baf63de766a0abb3c77b2a881c2c92e47edaee692722c851482353b"
        hex"a2bfe8a14cf10364a81a664bbc423001c24b8b70d0f89791c76c51a30654be30d192e819d6ef5218"
        hex"d69906245565a910f40e35855771202a106aa07032bbd1b819a4c116b8d2d0c81e376c085141ab53"
        hex"2748774cdf8eeb9934b0bcb5e19b48a8391c0cb3c5c95a634ed8aa4ae3418acb5b9cca4f7763e373"
        hex"682e6ff3d6b2b8a3748f82ee5defb2fc78a5636f43172f6084c87814a1f0ab728cc702081a6439ec"
        hex"90befffa23631e28a4506cebde82bde9bef9a3f7b2c67915c67178f2e372532bca273eceea26619c"
        hex"d186b8c721c0c207eada7dd6cde0eb1ef57d4f7fee6ed17806f067aa72176fba0a637dc5a2c898a6"
        hex"113f9804bef90dae1b710b35131c471b28db77f523047d8432caab7b40c724933c9ebe0a15c9bebc"
        hex"431d67c49c100d4c4cc5d4becb3e42b6597f299cfc657e2a5fcb6fab3ad6faec6c44198c4a475817";

    /// @notice The first and the last 32 bytes of the hash.
    function hash(bytes memory message) internal pure returns (bytes32 first, bytes32 last) {
        bytes memory padded = _pad(message);
        bytes memory work = bytes.concat(CONSTANTS, new bytes(SIZE - SCHEDULE));
        assembly ("memory-safe") {
            let state := add(work, add(0x20, STATE))
            mstore(add(state, 0x00), 0x6a09e667f3bcc908)
            mstore(add(state, 0x20), 0xbb67ae8584caa73b)
            mstore(add(state, 0x40), 0x3c6ef372fe94f82b)
            mstore(add(state, 0x60), 0xa54ff53a5f1d36f1)
            mstore(add(state, 0x80), 0x510e527fade682d1)
            mstore(add(state, 0xa0), 0x9b05688c2b3e6c1f)
            mstore(add(state, 0xc0), 0x1f83d9abfb41bd6b)
            mstore(add(state, 0xe0), 0x5be0cd19137e2179)
        }
        for (uint256 at = 0; at < padded.length; at += 128) {
            _compress(work, padded, at);
        }
        assembly ("memory-safe") {
            let state := add(work, add(0x20, STATE))
            for { let i := 0 } lt(i, 4) { i := add(i, 1) } {
                first := or(shl(64, first), mload(add(state, shl(5, i))))
                last := or(shl(64, last), mload(add(state, shl(5, add(i, 4)))))
            }
        }
    }

    function _pad(bytes memory message) private pure returns (bytes memory) {
        uint256 zeros = (239 - message.length % 128) % 128;
        return bytes.concat(message, bytes1(0x80), new bytes(zeros), bytes16(uint128(8 * message.length)));
    }

    /// @dev A 64-bit word beside itself makes of a rotation a shift; results are cut to 64 bits where they are stored.
    function _compress(bytes memory work, bytes memory padded, uint256 at) private pure {
        assembly ("memory-safe") {
            let base := add(work, 0x20)
            {
                let w := add(base, SCHEDULE)
                let source := add(add(padded, 0x20), at)
                for { let i := 0 } lt(i, 16) { i := add(i, 1) } {
                    mstore(add(w, shl(5, i)), shr(192, mload(add(source, shl(3, i)))))
                }
                let end := add(w, 0xa00)
                for { w := add(w, 0x200) } lt(w, end) { w := add(w, 0x20) } {
                    let x := mload(sub(w, 0x1e0))
                    let xx := or(x, shl(64, x))
                    let sum := and(xor(xor(shr(1, xx), shr(8, xx)), shr(7, x)), 0xffffffffffffffff)
                    x := mload(sub(w, 0x40))
                    xx := or(x, shl(64, x))
                    sum := add(sum, and(xor(xor(shr(19, xx), shr(61, xx)), shr(6, x)), 0xffffffffffffffff))
                    sum := add(add(sum, mload(sub(w, 0x200))), mload(sub(w, 0xe0)))
                    mstore(w, and(sum, 0xffffffffffffffff))
                }
            }
            let a := mload(add(base, 0xc80))
            let b := mload(add(base, 0xca0))
            let c := mload(add(base, 0xcc0))
            let d := mload(add(base, 0xce0))
            let e := mload(add(base, 0xd00))
            let f := mload(add(base, 0xd20))
            let g := mload(add(base, 0xd40))
            let h := mload(add(base, 0xd60))
            for { let i := 0 } lt(i, 80) { i := add(i, 1) } {
                let xx := or(e, shl(64, e))
                let t := and(xor(xor(shr(14, xx), shr(18, xx)), shr(41, xx)), 0xffffffffffffffff)
                t := add(add(t, h), xor(g, and(e, xor(f, g))))
                t := add(t, shr(192, mload(add(base, shl(3, i)))))
                t := add(t, mload(add(add(base, SCHEDULE), shl(5, i))))
                h := g
                g := f
                f := e
                e := and(add(d, t), 0xffffffffffffffff)
                d := c
                xx := or(a, shl(64, a))
                t := add(t, and(xor(xor(shr(28, xx), shr(34, xx)), shr(39, xx)), 0xffffffffffffffff))
                t := add(t, or(and(a, b), and(c, or(a, b))))
                c := b
                b := a
                a := and(t, 0xffffffffffffffff)
            }
            base := add(base, STATE)
            mstore(base, and(add(mload(base), a), 0xffffffffffffffff))
            base := add(base, 0x20)
            mstore(base, and(add(mload(base), b), 0xffffffffffffffff))
            base := add(base, 0x20)
            mstore(base, and(add(mload(base), c), 0xffffffffffffffff))
            base := add(base, 0x20)
            mstore(base, and(add(mload(base), d), 0xffffffffffffffff))
            base := add(base, 0x20)
            mstore(base, and(add(mload(base), e), 0xffffffffffffffff))
            base := add(base, 0x20)
            mstore(base, and(add(mload(base), f), 0xffffffffffffffff))
            base := add(base, 0x20)
            mstore(base, and(add(mload(base), g), 0xffffffffffffffff))
            base := add(base, 0x20)
            mstore(base, and(add(mload(base), h), 0xffffffffffffffff))
        }
    }
}
