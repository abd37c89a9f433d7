// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {P256} from "@openzeppelin/contracts/utils/cryptography/P256.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {Ed25519} from "./Ed25519.sol";

/// @title What keys of devices sign
/// @notice The same signatures count as for `SignatureVerifiers` of the Java protocol.
library DeviceSignature {
    uint8 internal constant ED25519 = 1;
    uint8 internal constant SECP256R1 = 2;
    uint8 internal constant SECP256K1 = 3;

    uint256 private constant R1_P = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffff;
    uint256 private constant R1_B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b;
    uint256 private constant R1_N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551;
    uint256 private constant K1_P = 0xfffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f;
    uint256 private constant K1_N = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;

    /// @notice A key's hash, as reports name it: SHA-256 of the type's code, then the key's bytes.
    function keyHash(uint8 keyType, bytes memory key) internal pure returns (bytes32) {
        return sha256(bytes.concat(bytes1(keyType), key));
    }

    /// @notice Whether a key signed a message; false for keys and signatures of a wrong shape.
    function verify(uint8 keyType, bytes memory key, bytes memory message, bytes calldata signature)
        internal
        view
        returns (bool)
    {
        if (signature.length != 64) return false;
        bytes32 r = bytes32(signature);
        bytes32 s = bytes32(signature[32:]);
        if (keyType == ED25519) return key.length == 32 && Ed25519.verify(bytes32(key), r, s, message);
        if (key.length != 33 || (key[0] != 0x02 && key[0] != 0x03)) return false;
        bool odd = key[0] == 0x03;
        uint256 x = _xOf(key);
        if (keyType == SECP256R1) return _verifyR1(x, odd, sha256(message), r, s);
        return keyType == SECP256K1 && _verifyK1(x, odd, keccak256(message), r, s);
    }

    /// @dev A high s counts: the library wants the low one of the two.
    function _verifyR1(uint256 x, bool odd, bytes32 digest, bytes32 r, bytes32 s) private view returns (bool) {
        if (x >= R1_P || uint256(s) >= R1_N) return false;
        uint256 square = addmod(mulmod(addmod(mulmod(x, x, R1_P), R1_P - 3, R1_P), x, R1_P), R1_B, R1_P);
        uint256 y = _root(square, odd, R1_P);
        uint256 low = uint256(s) > R1_N / 2 ? R1_N - uint256(s) : uint256(s);
        return mulmod(y, y, R1_P) == square && P256.verify(digest, r, bytes32(low), bytes32(x), bytes32(y));
    }

    function _verifyK1(uint256 x, bool odd, bytes32 digest, bytes32 r, bytes32 s) private view returns (bool) {
        if (x >= K1_P || uint256(s) > K1_N / 2) return false;
        uint256 square = addmod(mulmod(mulmod(x, x, K1_P), x, K1_P), 7, K1_P);
        uint256 y = _root(square, odd, K1_P);
        if (mulmod(y, y, K1_P) != square) return false;
        address account = address(uint160(uint256(keccak256(abi.encode(x, y)))));
        return ecrecover(digest, 27, r, s) == account || ecrecover(digest, 28, r, s) == account;
    }

    /// @dev Of both roots the odd or the even one, if there are any; both fields have p = 3 mod 4.
    function _root(uint256 square, bool odd, uint256 p) private view returns (uint256 y) {
        y = Math.modExp(square, (p >> 2) + 1, p);
        if ((y & 1 == 1) != odd) y = p - y;
    }

    function _xOf(bytes memory key) private pure returns (uint256 x) {
        assembly ("memory-safe") {
            x := mload(add(key, 0x21))
        }
    }
}
