// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {MoneyLeaf} from "../src/libraries/MoneyLeaf.sol";
import {MoneyTree} from "./support/MoneyTree.sol";
import {Test} from "./support/Test.sol";

/// @notice Trees made by npm's @openzeppelin/merkle-tree, verified by OpenZeppelin's MerkleProof and rebuilt by the
/// tree that the other tests use.
contract MerkleVectorsTest is Test {
    uint256 private constant VECTORS = 12;
    string private json;

    function setUp() public {
        json = vm.readFile("./test/vectors/standard_v1_vectors.json");
    }

    function test_everyProofOfTheStandardVectorsHolds() public view {
        uint256 proofs = 0;
        for (uint256 i = 0; i < VECTORS; ++i) {
            string memory vector = string.concat("$[", vm.toString(i), "]");
            proofs += _checkProofs(vector);
        }
        vm.assertFalse(vm.keyExistsJson(json, string.concat("$[", vm.toString(VECTORS), "]")));
        vm.assertEq(proofs, 52);
    }

    function test_treesAreBuiltLikeTheStandardOnes() public view {
        uint256 trees = 0;
        for (uint256 i = 0; i < VECTORS; ++i) {
            string memory vector = string.concat("$[", vm.toString(i), "]");
            bool sorted = vm.parseJsonBool(json, string.concat(vector, ".sortLeaves"));
            if (!sorted || !vm.keyExistsJson(json, string.concat(vector, ".leafHashes"))) continue;
            bytes32[] memory tree =
                MoneyTree.build(vm.parseJsonBytes32Array(json, string.concat(vector, ".leafHashes")));
            vm.assertEq(tree[0], vm.parseJsonBytes32(json, string.concat(vector, ".root")));
            ++trees;
        }
        vm.assertEq(trees, 9);
    }

    function test_moneyLeavesHashLikeTheNpmPackage() public view {
        string memory money = vm.readFile("./test/vectors/money_tree.json");
        bytes32 root = vm.parseJsonBytes32(money, ".root");
        uint256 count = vm.parseJsonUint(money, ".count");
        bytes32[] memory leaves = new bytes32[](count);
        for (uint256 i = 0; i < count; ++i) {
            string memory at = string.concat(".leaves[", vm.toString(i), "]");
            uint8 kind = uint8(vm.parseJsonUint(money, string.concat(at, ".kind")));
            uint32 network = uint32(vm.parseJsonUint(money, string.concat(at, ".network")));
            bytes32 subject = vm.parseJsonBytes32(money, string.concat(at, ".subject"));
            uint256 cumulative = vm.parseJsonUint(money, string.concat(at, ".cumulative"));
            bytes32[] memory proof = vm.parseJsonBytes32Array(money, string.concat(at, ".proof"));
            leaves[i] = MoneyLeaf.hash(kind, network, subject, cumulative);
            vm.assertEq(leaves[i], vm.parseJsonBytes32(money, string.concat(at, ".hash")));
            vm.assertTrue(MerkleProof.verify(proof, root, leaves[i]));
            vm.assertFalse(MerkleProof.verify(proof, root, MoneyLeaf.hash(kind, network, subject, cumulative + 1)));
        }
        vm.assertEq(count, 15);
        vm.assertEq(MoneyTree.build(leaves)[0], root);
    }

    function testFuzz_theTreeProvesEachOfItsLeaves(bytes32[] memory leaves) public pure {
        vm.assume(leaves.length > 0 && leaves.length < 40);
        bytes32[] memory tree = MoneyTree.build(leaves);
        for (uint256 i = 0; i < leaves.length; ++i) {
            vm.assertTrue(MerkleProof.verify(MoneyTree.proofOf(tree, leaves[i]), tree[0], leaves[i]));
        }
    }

    function _checkProofs(string memory vector) private view returns (uint256 count) {
        bytes32 root = vm.parseJsonBytes32(json, string.concat(vector, ".root"));
        string[] memory encoding = vm.parseJsonStringArray(json, string.concat(vector, ".leafEncoding"));
        for (;; ++count) {
            string memory item = string.concat(vector, ".proofs[", vm.toString(count), "]");
            if (!vm.keyExistsJson(json, item)) return count;
            uint256 index = vm.parseJsonUint(json, string.concat(item, ".index"));
            bytes memory encoded = _encode(encoding, string.concat(vector, ".values[", vm.toString(index), "]"));
            bytes32 leaf = keccak256(bytes.concat(keccak256(encoded)));
            vm.assertTrue(MerkleProof.verify(vm.parseJsonBytes32Array(json, string.concat(item, ".proof")), root, leaf));
        }
    }

    /// @dev The three leaf shapes of the vectors, told apart by their first type.
    function _encode(string[] memory encoding, string memory value) private view returns (bytes memory) {
        bytes32 shape = keccak256(bytes(encoding[0]));
        if (shape == keccak256("address")) {
            return abi.encode(_address(value, "[0]"), _uint(value, "[1]"));
        }
        if (shape == keccak256("bytes32")) {
            return abi.encode(
                vm.parseJsonBytes32(json, string.concat(value, "[0]")),
                _address(value, "[1]"),
                uint64(_uint(value, "[2]")),
                _uint(value, "[3]")
            );
        }
        return abi.encode(
            vm.parseJsonString(json, string.concat(value, "[0]")),
            vm.parseJsonBytes(json, string.concat(value, "[1]")),
            vm.parseJsonBool(json, string.concat(value, "[2]")),
            vm.parseJsonInt(json, string.concat(value, "[3]"))
        );
    }

    function _address(string memory value, string memory column) private view returns (address) {
        return vm.parseJsonAddress(json, string.concat(value, column));
    }

    function _uint(string memory value, string memory column) private view returns (uint256) {
        return vm.parseJsonUint(json, string.concat(value, column));
    }
}
