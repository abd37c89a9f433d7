// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Ed25519} from "../src/libraries/Ed25519.sol";
import {PossessionProof} from "../src/libraries/PossessionProof.sol";
import {Sha512} from "../src/libraries/Sha512.sol";
import {Test} from "./support/Test.sol";

/// @notice The vectors of the Java storage network: possession.json of bin/possession-vectors, and pdp-cases.json.
contract PossessionProofTest is Test {
    string private json;

    function setUp() public {
        json = vm.readFile("../networks/storage/src/test/resources/vectors/possession/possession.json");
    }

    function test_termsAreReadAsTheVectorsSay() public view {
        for (uint256 i = 0; i < _count(0); ++i) {
            string memory at = _at(".terms[", i);
            bool expected = vm.parseJsonBool(json, string.concat(at, ".valid"));
            (bool valid, PossessionProof.Piece memory piece) =
                this.parse(vm.parseJsonBytes(json, string.concat(at, ".cid")));
            vm.assertEq(valid, expected);
            if (!expected) continue;
            vm.assertEq(piece.height, vm.parseJsonUint(json, string.concat(at, ".height")));
            vm.assertEq(piece.leaves, vm.parseJsonUint(json, string.concat(at, ".leaves")));
            vm.assertEq(piece.rawSize, vm.parseJsonUint(json, string.concat(at, ".rawSize")));
            vm.assertEq(piece.root, vm.parseJsonBytes32(json, string.concat(at, ".root")));
        }
    }

    function test_challengesAreDrawnAsTheVectorsSay() public view {
        for (uint256 i = 0; i < _count(1); ++i) {
            string memory at = _at(".challenges[", i);
            uint256 drawn = PossessionProof.challenge(
                vm.parseJsonBytes32(json, string.concat(at, ".seed")),
                vm.parseJsonBytes32(json, string.concat(at, ".holding")),
                uint64(vm.parseJsonUint(json, string.concat(at, ".index"))),
                vm.parseJsonUint(json, string.concat(at, ".range"))
            );
            vm.assertEq(drawn, vm.parseJsonUint(json, string.concat(at, ".leaf")));
        }
    }

    function test_onlyTheRightProofsOfTheVectorsCount() public view {
        uint256 valid = 0;
        for (uint256 i = 0; i < _count(2); ++i) {
            string memory at = _at(".proofs[", i);
            (, PossessionProof.Piece memory piece) = this.parse(vm.parseJsonBytes(json, string.concat(at, ".cid")));
            bool shown = this.verify(
                piece,
                vm.parseJsonUint(json, string.concat(at, ".leaf")),
                vm.parseJsonBytes(json, string.concat(at, ".proof"))
            );
            vm.assertEq(shown, vm.parseJsonBool(json, string.concat(at, ".valid")));
            if (shown) ++valid;
        }
        vm.assertEq(valid, 9);
    }

    function test_PDPVerifiersChallengesAndProofsAreTheSame() public {
        json = vm.readFile("../networks/storage/src/test/resources/vectors/pdp/pdp-cases.json");
        for (uint256 i = 0; i < 16; ++i) {
            string memory at = _at(".challengeDerivation[", i);
            for (uint64 c = 0; c < 5; ++c) {
                uint256 drawn = PossessionProof.challenge(
                    vm.parseJsonBytes32(json, string.concat(at, ".seedHex")),
                    bytes32(vm.parseJsonUint(json, string.concat(at, ".dataSetId"))),
                    c,
                    vm.parseJsonUint(json, string.concat(at, ".challengeRange"))
                );
                string memory leaf = string.concat(at, ".challengedLeaf[", vm.toString(uint256(c)), "]");
                vm.assertEq(drawn, vm.parseJsonUint(json, leaf));
            }
        }
        for (uint256 i = 0; i < 9; ++i) {
            _checkPdpProofs(_at(".proofs[", i));
        }
        for (uint256 i = 0; i < 6; ++i) {
            string memory text = vm.parseJsonString(json, string.concat(_at(".invalidPieceCidV2[", i), ".hex"));
            (bool valid,) = this.parse(vm.parseBytes(text));
            vm.assertFalse(valid);
        }
    }

    /// @dev A proof of one leaf says nothing about any other, whatever is beside it.
    function testFuzz_aProofCountsForItsLeafAlone(
        bytes32 leaf,
        bytes32[3] memory siblings,
        uint256 index,
        uint256 other
    ) public view {
        index = bound(index, 0, 7);
        other = bound(other, 0, 7);
        bytes memory path = abi.encodePacked(siblings);
        bytes32 root = this.rootFrom(leaf, index, path);
        PossessionProof.Piece memory piece = PossessionProof.Piece(root, 3, 8, 254);
        bytes memory proof = abi.encodePacked(uint64(index), uint8(3), leaf, path);
        vm.assertTrue(this.verify(piece, index, proof));
        vm.assertEq(this.verify(piece, other, proof), index == other);
    }

    function testFuzz_noBytesMakeTheReaderOfTermsFail(bytes calldata tail, uint8 digest, uint8 height, bytes32 root)
        public
        view
    {
        bytes memory cid = bytes.concat(hex"01559120", bytes1(digest), tail, bytes1(height), root);
        (bool valid, PossessionProof.Piece memory piece) = this.parse(cid);
        if (valid) {
            vm.assertLe(piece.leaves, uint256(1) << piece.height);
            vm.assertGt(piece.leaves, 0);
        }
    }

    function test_signaturesOfEd25519CountAsTheVectorsSay() public view {
        uint256 valid = 0;
        for (uint256 i = 0; i < _count(3); ++i) {
            string memory at = _at(".signatures[", i);
            bool signed = _signed(
                vm.parseJsonBytes32(json, string.concat(at, ".key")),
                vm.parseJsonBytes(json, string.concat(at, ".message")),
                vm.parseJsonBytes(json, string.concat(at, ".signature"))
            );
            vm.assertEq(signed, vm.parseJsonBool(json, string.concat(at, ".valid")));
            if (signed) ++valid;
        }
        vm.assertEq(valid, 11);
    }

    /// @dev RFC 8032, section 7.1, TEST 1 to 3 and TEST SHA(abc).
    function test_signaturesOfRfc8032Count() public view {
        vm.assertTrue(
            _signed(
                0xd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a,
                "",
                hex"e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
            )
        );
        vm.assertTrue(
            _signed(
                0x3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c,
                hex"72",
                hex"92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
            )
        );
        vm.assertTrue(
            _signed(
                0xfc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025,
                hex"af82",
                hex"6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
            )
        );
        vm.assertTrue(
            _signed(
                0xec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf,
                hex"ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
                hex"dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704"
            )
        );
    }

    /// @dev FIPS 180-4's examples of one block and of two.
    function test_SHA512IsThatOfTheStandard() public pure {
        (bytes32 first, bytes32 last) = Sha512.hash("abc");
        vm.assertEq(first, 0xddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a);
        vm.assertEq(last, 0x2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f);
        (first, last) = Sha512.hash(
            "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu"
        );
        vm.assertEq(first, 0x8e959b75dae313da8cf4f72814fc143f8f7779c6eb9f7fa17299aeadb6889018);
        vm.assertEq(last, 0x501d289e4900f7e4331b99dec4b5433ac7d329eeb6dd26545e96e55b874be909);
    }

    function test_aSignatureOfEd25519StaysBelow600000Gas() public view {
        string memory at = ".signatures[63]";
        bytes32 key = vm.parseJsonBytes32(json, string.concat(at, ".key"));
        bytes memory message = vm.parseJsonBytes(json, string.concat(at, ".message"));
        bytes memory signature = vm.parseJsonBytes(json, string.concat(at, ".signature"));
        vm.assertEq(message.length, 300);
        vm.assertTrue(this.verifyEd25519(key, bytes32(signature), _last(signature), message));
        vm.assertLt(vm.lastCallGas().gasTotalUsed, 600_000);
    }

    /// @dev The signer is Rust's ed25519; another message and another key refuse what it signed.
    /// forge-config: default.fuzz.runs = 30
    /// forge-config: deep.fuzz.runs = 10000
    function testFuzz_signaturesOfAnotherLibraryCount(bytes32 salt, bytes calldata message, uint256 bit) public view {
        (bytes32 key, bytes32 secret) = vm.createEd25519Key(salt);
        bytes memory signature = vm.signEd25519("", message, secret);
        vm.assertTrue(Ed25519.verify(key, bytes32(signature), _last(signature), message));
        bytes32 flip = bytes32(uint256(1) << bit % 256);
        vm.assertFalse(Ed25519.verify(key ^ flip, bytes32(signature), _last(signature), message));
        vm.assertFalse(Ed25519.verify(key, bytes32(signature) ^ flip, _last(signature), message));
        vm.assertFalse(Ed25519.verify(key, bytes32(signature), _last(signature) ^ flip, message));
        vm.assertFalse(Ed25519.verify(key, bytes32(signature), _last(signature), bytes.concat(message, bytes1(0))));
    }

    function parse(bytes calldata cid) external pure returns (bool, PossessionProof.Piece memory) {
        return PossessionProof.parse(cid);
    }

    function verify(PossessionProof.Piece memory piece, uint256 leaf, bytes calldata proof)
        external
        view
        returns (bool)
    {
        return PossessionProof.verify(piece, leaf, proof);
    }

    function rootFrom(bytes32 leaf, uint256 index, bytes calldata siblings) external view returns (bytes32) {
        return PossessionProof.rootFrom(leaf, index, siblings);
    }

    function verifyEd25519(bytes32 key, bytes32 r, bytes32 s, bytes memory message) external view returns (bool) {
        return Ed25519.verify(key, r, s, message);
    }

    function _checkPdpProofs(string memory at) private view {
        string memory text = vm.parseJsonString(json, string.concat(at, ".pieceCidV2Hex"));
        (bool valid, PossessionProof.Piece memory piece) = this.parse(vm.parseBytes(text));
        vm.assertTrue(valid);
        vm.assertEq(piece.leaves, vm.parseJsonUint(json, string.concat(at, ".leafCount")));
        for (uint256 i = 0; vm.keyExistsJson(json, _in(at, ".proofs[", i)); ++i) {
            vm.assertTrue(_pdpProof(piece, _in(at, ".proofs[", i)));
        }
    }

    function _pdpProof(PossessionProof.Piece memory piece, string memory at) private view returns (bool) {
        uint256 leaf = vm.parseJsonUint(json, string.concat(at, ".leafOffset"));
        string[] memory path = vm.parseJsonStringArray(json, string.concat(at, ".proof"));
        bytes memory proof = abi.encodePacked(
            uint64(leaf), uint8(piece.height), vm.parseBytes(vm.parseJsonString(json, string.concat(at, ".leaf")))
        );
        // Beyond the piece's own height stands the proof of the data set's tree.
        for (uint256 i = 0; i < piece.height; ++i) {
            proof = bytes.concat(proof, vm.parseBytes(path[i]));
        }
        return this.verify(piece, leaf, proof);
    }

    function _signed(bytes32 key, bytes memory message, bytes memory signature) private view returns (bool) {
        return Ed25519.verify(key, bytes32(signature), _last(signature), message);
    }

    function _last(bytes memory signature) private pure returns (bytes32 s) {
        assembly {
            s := mload(add(signature, 0x40))
        }
    }

    function _count(uint256 which) private view returns (uint256) {
        return vm.parseJsonUint(json, string.concat(".counts[", vm.toString(which), "]"));
    }

    function _at(string memory list, uint256 i) private pure returns (string memory) {
        return string.concat(list, vm.toString(i), "]");
    }

    function _in(string memory at, string memory list, uint256 i) private pure returns (string memory) {
        return string.concat(at, list, vm.toString(i), "]");
    }
}
