// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";
import {IResults} from "../src/interfaces/IResults.sol";
import {MoneyLeaf} from "../src/libraries/MoneyLeaf.sol";
import {Deployment} from "./Deployment.sol";

/// @notice Gas of the transactions that users and operators pay for; compared with snapshots/gas.json.
/// forge-config: default.isolate = true
/// forge-config: deep.isolate = true
contract GasTest is Deployment {
    uint256 private constant FULL_SET = 128;
    address private payer;

    function setUp() public override {
        super.setUp();
        payer = accountOf("payer");
        setPrices(2e8, 2e8);
        buy(payer, 1_000e18);
    }

    function test_gasOfDevices() public {
        bytes memory key = bytes.concat(hex"02", keccak256("key"));
        registry.register(NETWORK, 3, key, 42, "udp://device.example:1700");
        vm.snapshotGasLastCall("gas", "DeviceRegistry.register");
    }

    function test_gasOfCredits() public {
        fund(payer, 10e18, address(credits));
        vm.prank(payer);
        credits.buy(10e18, 0);
        vm.snapshotGasLastCall("gas", "Credits.buy");
        bytes32 id = reserve(payer, payer, 10e18, 0);
        vm.snapshotGasLastCall("gas", "Credits.reserve");
        bytes32 leaf = MoneyLeaf.hash(MoneyLeaf.CHARGE, NETWORK, id, 4e18);
        (bytes32 root, bytes32[] memory proof) = _deepProof(leaf);
        settleFinal(root, totalsOf(NETWORK, 1e18, 4e18, 2e18));
        credits.release(id, 4e18, proof);
        vm.snapshotGasLastCall("gas", "Credits.release, a million leaves");
    }

    function test_gasOfPrices() public {
        for (uint256 i = 0; i < HISTORY; ++i) {
            nextSlot();
            oracle.checkpoint();
        }
        nextSlot();
        oracle.checkpoint();
        vm.snapshotGasLastCall("gas", "PriceOracle.checkpoint");
    }

    function test_gasOfOperators() public {
        address operator = accountOf("operator");
        join(VERIFIER, operator, operator, STAKE);
        vm.snapshotGasLastCall("gas", "Operators.join");
        vm.prank(operator);
        operators.leave(VERIFIER);
        vm.snapshotGasLastCall("gas", "Operators.leave");
    }

    function test_gasOfResults() public {
        reserve(payer, payer, 1_000e18, 0);
        vm.warp(clock.closeOf(0));
        bytes32 index = keccak256("index");
        results.commitIndex(0, gateway, index, signatures(results.indexDigest(0, gateway, index), 2));
        vm.snapshotGasLastCall("gas", "Results.commitIndex, 2 of 4 verifiers");
        settle(keccak256("root"), totalsOf(NETWORK, 1e18, 4e18, 2e18));
        vm.snapshotGasLastCall("gas", "Results.submit, 3 of 4 verifiers, 1 network, first");
        settle(keccak256("root"), totalsOf(NETWORK, 1e18, 4e18, 2e18));
        vm.snapshotGasLastCall("gas", "Results.submit, 3 of 4 verifiers, 1 network");
        settleEmpty();
        vm.snapshotGasLastCall("gas", "Results.submit, 3 of 4 verifiers, empty");
    }

    function test_gasOfALargeSet() public {
        uint256[] memory keys = _fillTheSet();
        vm.warp(clock.commitDeadlineOf(0));
        IResults.Result memory result = nextResult(keccak256("root"), new IResults.Total[](0));
        bytes32 digest = results.resultDigest(result);
        bytes[] memory list = new bytes[](86);
        for (uint256 i = 0; i < list.length; ++i) {
            list[i] = sign(keys[i], digest);
        }
        results.submit(result, list);
        vm.snapshotGasLastCall("gas", "Results.submit, 86 of 128 verifiers, empty");
    }

    function test_gasOfClaims() public {
        reserve(payer, payer, 1_000e18, 0);
        (bytes32 root, bytes32[] memory proof) = _deepProof(paymentLeaf(payer, NETWORK, 1e18));
        settleFinal(root, totalsOf(NETWORK, 1e18, 4e18, 2e18));
        claims.claim(MoneyLeaf.PAYMENT, payer, NETWORK, 1e18, proof);
        vm.snapshotGasLastCall("gas", "Claims.claim, a million leaves, first");
        (root, proof) = _deepProof(paymentLeaf(payer, NETWORK, 2e18));
        settleFinal(root, totalsOf(NETWORK, 1e18, 4e18, 2e18));
        claims.claim(MoneyLeaf.PAYMENT, payer, NETWORK, 2e18, proof);
        vm.snapshotGasLastCall("gas", "Claims.claim, a million leaves");
    }

    function _fillTheSet() private returns (uint256[] memory keys) {
        keys = new uint256[](FULL_SET);
        for (uint256 i = 0; i < FULL_SET; ++i) {
            uint256 key = i < VERIFIERS ? verifierKeys[i] : keyOf(string.concat("verifier ", vm.toString(i)));
            address signer = vm.addr(key);
            if (i >= VERIFIERS) join(VERIFIER, signer, signer, STAKE);
            uint256 j = i;
            for (; j > 0 && vm.addr(keys[j - 1]) > signer; --j) {
                keys[j] = keys[j - 1];
            }
            keys[j] = key;
        }
    }

    function _deepProof(bytes32 leaf) private pure returns (bytes32 root, bytes32[] memory proof) {
        proof = new bytes32[](20);
        root = leaf;
        for (uint256 i = 0; i < proof.length; ++i) {
            proof[i] = keccak256(abi.encode("sibling", i));
            root = Hashes.commutativeKeccak256(root, proof[i]);
        }
    }
}
