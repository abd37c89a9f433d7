// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Hashes} from "@openzeppelin/contracts/utils/cryptography/Hashes.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
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
        (uint256 x, uint256 y) = vm.publicKeyP256(1);
        key = bytes.concat(y % 2 == 0 ? bytes1(0x02) : bytes1(0x03), bytes32(x));
        uint256 id = registry.register(NETWORK, 2, key, 42, "udp://device.example:1700");
        bytes32 digest = sha256(abi.encode("groundwork possession", registry.deployment(), id, address(this)));
        (bytes32 r, bytes32 s) = vm.signP256(1, digest);
        uint256 order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551;
        registry.provePossession(id, bytes32(y), r, bytes32(Math.min(uint256(s), order - uint256(s))));
        vm.snapshotGasLastCall("gas", "DeviceRegistry.provePossession, without a precompile");
    }

    function test_gasOfSessions() public {
        sessions.authorise(accountOf("session key"), NETWORK, 1e18, 1);
        vm.snapshotGasLastCall("gas", "Sessions.authorise");
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
        uint256[] memory keys = _fillTheSet(FULL_SET);
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

    function test_aFullResultOfSevenVerifiersStaysBelow400000() public {
        uint256[] memory keys = _fillTheSet(7);
        reserve(payer, payer, 1_000e18, 0);
        _submit(keys, nextResult(keccak256("root"), _allTotals()));
        vm.snapshotGasLastCall("gas", "Results.submit, 7 of 7 verifiers, 6 kinds, first");
        _submit(keys, nextResult(keccak256("root"), _allTotals()));
        uint256 gas = vm.snapshotGasLastCall("gas", "Results.submit, 7 of 7 verifiers, 6 kinds");
        vm.assertLt(gas, 400_000);
        makeFinal();
        vm.snapshotGasLastCall("gas", "Results.finalise, 2 results");
    }

    function test_gasOfSkips() public {
        vm.warp(clock.commitDeadlineOf(SKIP_EPOCHS));
        results.present(0, signatures(results.presenceDigest(0), 3));
        vm.snapshotGasLastCall("gas", "Results.present, 3 of 4 verifiers");
        results.skip(0);
        vm.snapshotGasLastCall("gas", "Results.skip, 3 of 4 verifiers present");
    }

    function test_gasOfARollback() public {
        reserve(payer, payer, 1_000e18, 0);
        settle(keccak256("root"), _allTotals());
        IResults.Result memory result = nextResult(keccak256("root"), _allTotals());
        settle(keccak256("root"), _allTotals());
        vm.prank(address(council));
        results.voidFrom(1);
        results.rollback(result);
        vm.snapshotGasLastCall("gas", "Results.rollback, 6 kinds");
    }

    function test_aClaimStaysBelow90000() public {
        reserve(payer, payer, 1_000e18, 0);
        (bytes32 root, bytes32[] memory proof) = _deepProof(paymentLeaf(payer, NETWORK, 1e18));
        settleFinal(root, totalsOf(NETWORK, 1e18, 4e18, 2e18));
        claims.claim(MoneyLeaf.PAYMENT, payer, NETWORK, 1e18, proof);
        vm.snapshotGasLastCall("gas", "Claims.claim, a million leaves, first, funds the claims");

        // The account's first claim ever out of what is funded, then the usual one.
        address seller = accountOf("seller");
        bytes32[] memory both = pair(paymentLeaf(payer, NETWORK, 2e18), paymentLeaf(seller, NETWORK, 1e18));
        (root, proof) = _deepProof(both[0], 19);
        settleFinal(root, totalsOf(NETWORK, 4e18, 16e18, 8e18));
        claims.fund();
        vm.snapshotGasLastCall("gas", "Claims.fund");
        bytes32[] memory path = _path(proofOf(both, paymentLeaf(seller, NETWORK, 1e18)), proof);
        claims.claim(MoneyLeaf.PAYMENT, seller, NETWORK, 1e18, path);
        vm.snapshotGasLastCall("gas", "Claims.claim, a million leaves, first");
        path = _path(proofOf(both, paymentLeaf(payer, NETWORK, 2e18)), proof);
        claims.claim(MoneyLeaf.PAYMENT, payer, NETWORK, 2e18, path);
        vm.assertLt(vm.snapshotGasLastCall("gas", "Claims.claim, a million leaves"), 90_000);
    }

    /// @dev Submits the result signed with all keys after its commit deadline.
    function _submit(uint256[] memory keys, IResults.Result memory result) private {
        uint256 deadline = clock.commitDeadlineOf(result.epoch);
        if (block.timestamp < deadline) vm.warp(deadline);
        bytes32 digest = results.resultDigest(result);
        bytes[] memory list = new bytes[](keys.length);
        for (uint256 i = 0; i < list.length; ++i) {
            list[i] = sign(keys[i], digest);
        }
        results.submit(result, list);
    }

    /// @dev Kinds 1, 2, 3, 4, 6 and 7 of one network.
    function _allTotals() private pure returns (IResults.Total[] memory totals) {
        totals = new IResults.Total[](6);
        totals[0] = IResults.Total(MoneyLeaf.PAYMENT, NETWORK, 8e18);
        totals[1] = IResults.Total(MoneyLeaf.CHARGE, NETWORK, 20e18);
        totals[2] = IResults.Total(MoneyLeaf.BASIS, NETWORK, 10e18);
        totals[3] = IResults.Total(MoneyLeaf.OPERATIONS, NETWORK, 1e18);
        totals[4] = IResults.Total(MoneyLeaf.DUTY, 0, 29e18);
        totals[5] = IResults.Total(MoneyLeaf.TREASURY, 0, 20e18);
    }

    /// @dev A proof that goes on with the nodes above.
    function _path(bytes32[] memory below, bytes32[] memory above) private pure returns (bytes32[] memory path) {
        path = new bytes32[](below.length + above.length);
        for (uint256 i = 0; i < path.length; ++i) {
            path[i] = i < below.length ? below[i] : above[i - below.length];
        }
    }

    /// @dev Lets verifiers join until there are `size` with equal stakes; their keys, ascending by address.
    function _fillTheSet(uint256 size) private returns (uint256[] memory keys) {
        keys = new uint256[](size);
        for (uint256 i = 0; i < size; ++i) {
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
        return _deepProof(leaf, 20);
    }

    /// @dev A root that lies `depth` levels above the leaf: over up to 2^depth leaves.
    function _deepProof(bytes32 leaf, uint256 depth) private pure returns (bytes32 root, bytes32[] memory proof) {
        proof = new bytes32[](depth);
        root = leaf;
        for (uint256 i = 0; i < proof.length; ++i) {
            proof[i] = keccak256(abi.encode("sibling", i));
            root = Hashes.commutativeKeccak256(root, proof[i]);
        }
    }
}
