// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {HashTree} from "../src/libraries/HashTree.sol";
import {SignedTypes} from "../src/libraries/SignedTypes.sol";
import {Test} from "./support/Test.sol";

/// @notice Promises of test/vectors/promises.json, which the Java protocol checks too.
contract HashTreeTest is Test {
    string private json;

    function setUp() public {
        json = vm.readFile("./test/vectors/promises.json");
    }

    function test_everyPathOfTheVectorsLeadsToTheBatchAndNoOtherDoes() public view {
        uint256 count = vm.parseJsonUint(json, ".count");
        uint256 paths = 0;
        for (uint256 i = 0; i < count; ++i) {
            string memory at = string.concat(".batches[", vm.toString(i), "]");
            uint256 size = vm.parseJsonUint(json, string.concat(at, ".size"));
            bytes32 batch = vm.parseJsonBytes32(json, string.concat(at, ".batch"));
            for (uint256 index = 0; index < size; ++index) {
                string memory row = string.concat(at, ".reports[", vm.toString(index), "]");
                bytes32 report = vm.parseJsonBytes32(json, string.concat(row, ".report"));
                bytes32[] memory path = vm.parseJsonBytes32Array(json, string.concat(row, ".path"));
                _checkPath(report, index, size, path, batch);
                ++paths;
            }
        }
        vm.assertEq(paths, 32);
    }

    function test_promisesHashLikeTheVectors() public view {
        bytes32 deployment = vm.parseJsonBytes32(json, ".deployment");
        address gateway = vm.parseJsonAddress(json, ".gateway");
        for (uint256 i = 0; i < vm.parseJsonUint(json, ".count"); ++i) {
            string memory at = string.concat(".batches[", vm.toString(i), "]");
            uint64 slot = uint64(vm.parseJsonUint(json, string.concat(at, ".slot")));
            uint64 epoch = uint64(vm.parseJsonUint(json, string.concat(at, ".epoch")));
            bytes32 batch = vm.parseJsonBytes32(json, string.concat(at, ".batch"));
            bytes32 report = vm.parseJsonBytes32(json, string.concat(at, ".reports[0].report"));
            vm.assertEq(
                SignedTypes.hashPromise(deployment, gateway, slot, batch),
                vm.parseJsonBytes32(json, string.concat(at, ".structHash"))
            );
            vm.assertEq(
                SignedTypes.hashBrokenPromise(deployment, epoch, gateway, report),
                vm.parseJsonBytes32(json, string.concat(at, ".broken"))
            );
        }
    }

    /// @dev Nobody gets to a root from a place outside the batch.
    function testFuzz_aPlaceOutsideTheBatchFitsNoPath(bytes32 leaf, uint32 size, uint32 beyond, bytes32[] memory path)
        public
        view
    {
        (bool fits,) = this.rootFrom(leaf, uint256(size) + beyond, size, path);
        vm.assertFalse(fits);
    }

    function rootFrom(bytes32 leaf, uint256 index, uint256 size, bytes32[] calldata path)
        external
        pure
        returns (bool, bytes32)
    {
        return HashTree.rootFrom(leaf, index, size, path);
    }

    function _checkPath(bytes32 report, uint256 index, uint256 size, bytes32[] memory path, bytes32 batch)
        private
        view
    {
        bytes32 leaf = HashTree.leaf(report);
        (bool fits, bytes32 root) = this.rootFrom(leaf, index, size, path);
        vm.assertTrue(fits);
        vm.assertEq(root, batch);

        for (uint256 other = 0; other <= size; ++other) {
            if (other == index) continue;
            (fits, root) = this.rootFrom(leaf, other, size, path);
            vm.assertFalse(fits && root == batch);
        }
        bytes32[] memory longer = new bytes32[](path.length + 1);
        for (uint256 i = 0; i < path.length; ++i) {
            longer[i] = path[i];
        }
        (fits,) = this.rootFrom(leaf, index, size, longer);
        vm.assertFalse(fits);
        if (path.length == 0) return;
        bytes32[] memory shorter = new bytes32[](path.length - 1);
        for (uint256 i = 0; i < shorter.length; ++i) {
            shorter[i] = path[i];
        }
        (fits,) = this.rootFrom(leaf, index, size, shorter);
        vm.assertFalse(fits);
    }
}
