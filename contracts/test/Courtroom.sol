// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {ISlashing} from "../src/interfaces/ISlashing.sol";
import {DeviceSignature} from "../src/libraries/DeviceSignature.sol";
import {HashTree} from "../src/libraries/HashTree.sol";
import {PossessionProof} from "../src/libraries/PossessionProof.sol";
import {SignedTypes} from "../src/libraries/SignedTypes.sol";
import {Deployment} from "./Deployment.sol";

/// @title A device that holds two pieces for one payer
/// @notice Reports, deals, proofs and block headers as Java writes them.
abstract contract Courtroom is Deployment {
    bytes32 private constant DEAL_TYPEHASH = keccak256(
        "Deal(bytes32 deployment,uint32 network,uint64 device,address payer,address seller,bytes32 reservation,uint256 rate,uint256 cap,uint64 startSlot,uint64 endSlot,bytes terms)"
    );
    uint64 internal constant SLOT = 100;
    uint64 internal constant END = 5_000;
    uint8 internal constant EDDSA = 1;
    uint8 internal constant K1 = 3;

    /// @dev What a deal is made of, by name.
    struct Terms {
        bytes32 deployment;
        uint32 network;
        uint64 device;
        address payer;
        address seller;
        bytes32 reservation;
        uint256 rate;
        uint256 cap;
        uint64 startSlot;
        uint64 endSlot;
        bytes terms;
    }

    address internal payer;
    address internal seller;
    uint64 internal device;
    bytes internal deviceKey;
    bytes32 internal deviceSecret;
    bytes32 internal reservation;
    bytes32[] private _tree;

    function setUp() public virtual override {
        super.setUp();
        payer = accountOf("payer");
        seller = accountOf("seller");
        setPrices(2e8, 2e8);
        buy(payer, 1_000e18);
        reservation = reserve(payer, seller, 100e18, 200);
        bytes32 key;
        (key, deviceSecret) = vm.createEd25519Key("device");
        deviceKey = bytes.concat(key);
        vm.prank(seller);
        device = uint64(registry.register(NETWORK, EDDSA, deviceKey, 0, ""));
        vm.warp(GENESIS + uint256(SLOT) * SLOT_SECONDS + 5);
        vm.roll(1_000);
        fund(payer, 100 * COURT_BOND, address(court));
        // Eight leaves that all hold data, of 254 raw bytes; node i has the children 2i and 2i + 1.
        bytes32[] memory nodes = new bytes32[](16);
        for (uint256 i = 8; i < 16; ++i) {
            nodes[i] = keccak256(abi.encode("leaf", i)) & ~bytes32(uint256(0xc0));
        }
        for (uint256 i = 7; i > 0; --i) {
            nodes[i] = sha256(abi.encode(nodes[2 * i], nodes[2 * i + 1])) & ~bytes32(uint256(0xc0));
        }
        _tree = nodes;
    }

    function termsOf(uint256 cap) internal view returns (Terms memory) {
        bytes memory cid = bytes.concat(hex"01559120220003", _tree[1]);
        return Terms(registry.deployment(), NETWORK, device, payer, seller, reservation, 1e9, cap, SLOT - 10, END, cid);
    }

    function idOf(Terms memory deal) internal pure returns (bytes32) {
        bytes memory head = abi.encode(DEAL_TYPEHASH, deal.deployment, deal.network, deal.device, deal.payer);
        bytes memory middle = abi.encode(deal.seller, deal.reservation, deal.rate, deal.cap);
        bytes memory tail = abi.encode(deal.startSlot, deal.endSlot, keccak256(deal.terms));
        return keccak256(bytes.concat(head, middle, tail));
    }

    function encode(Terms memory deal) internal pure returns (bytes memory) {
        bytes memory head = abi.encodePacked(deal.deployment, deal.network, deal.device, deal.payer, deal.seller);
        bytes memory middle = abi.encodePacked(deal.reservation, deal.rate, deal.cap, deal.startSlot, deal.endSlot);
        return bytes.concat(head, middle, bytes4(uint32(deal.terms.length)), deal.terms);
    }

    /// @dev An encoded body with the registered key.
    function bodyOf(bytes memory payload) internal view returns (bytes memory) {
        return bodyOf(1, registry.deployment(), payload);
    }

    function bodyOf(uint8 form, bytes32 deployment, bytes memory payload) internal view returns (bytes memory) {
        bytes32 keyHash = DeviceSignature.keyHash(EDDSA, deviceKey);
        bytes memory head = abi.encodePacked(form, deployment, NETWORK, device, keyHash, uint64(7));
        return bytes.concat(head, bytes4(uint32(payload.length)), payload);
    }

    /// @dev The report that opens a deal; nobody here looks at the payer's signature in it.
    function opening(Terms memory deal) internal view returns (bytes memory) {
        return bodyOf(bytes.concat(hex"01", encode(deal), bytes4(uint32(65)), new bytes(65)));
    }

    function signed(bytes memory body) internal view returns (bytes memory) {
        return vm.signEd25519("groundwork/report/1\n", body, deviceSecret);
    }

    function proofOf(uint256 leaf) internal view returns (bytes memory) {
        uint256 node = 8 + leaf;
        return abi.encodePacked(
            uint64(leaf), uint8(3), _tree[node], _tree[node ^ 1], _tree[node / 2 ^ 1], _tree[node / 4 ^ 1]
        );
    }

    /// @dev An answer to SLOT for these deals, all of which are of the same piece.
    function answerOf(bytes32 seed, bytes32 holding, uint256 deals, uint64 count) internal view returns (bytes memory) {
        bytes memory entries;
        for (uint64 i = 0; i < count; ++i) {
            uint256 leaf = PossessionProof.challenge(seed, bytes32(uint256(device)), i, 8 * deals);
            bytes memory proof = proofOf(leaf % 8);
            entries = bytes.concat(entries, bytes2(uint16(proof.length)), proof);
        }
        return bytes.concat(hex"02", bytes8(SLOT), holding, bytes1(uint8(count)), entries);
    }

    function holdingOf(bytes32 first, bytes32 second) internal pure returns (bytes32) {
        return sha256(abi.encodePacked("groundwork/holding/1\n", first, second));
    }

    /// @dev A promise of the first of two reports that were made durable together.
    function promised(uint256 key, uint64 slot, bytes memory body)
        internal
        view
        returns (ISlashing.GatewayPromise memory given)
    {
        given.slot = slot;
        given.report = sha256(body);
        given.size = 2;
        given.path = new bytes32[](1);
        given.path[0] = HashTree.leaf(keccak256("another report"));
        bytes32 batch = sha256(abi.encodePacked(bytes1(0x01), HashTree.leaf(given.report), given.path[0]));
        bytes32 hashed = SignedTypes.hashPromise(registry.deployment(), vm.addr(key), slot, batch);
        given.signature = sign(key, keccak256(abi.encodePacked(hex"1901", registry.domainSeparator(), hashed)));
    }

    /// @dev A header as long as those of mainnet, of which only the fields that are read say something.
    function headerOf(bytes32 parent, uint256 number, uint256 timestamp) internal pure returns (bytes memory) {
        bytes memory word = bytes.concat(hex"a0", keccak256("field"));
        bytes memory head = bytes.concat(hex"a0", parent, word, hex"94", bytes20(keccak256("miner")), word, word, word);
        bytes memory bloom = bytes.concat(hex"b90100", new bytes(256));
        bytes memory numbers = abi.encodePacked(hex"80", hex"83", uint24(number), hex"84", uint32(30e6), hex"80");
        bytes memory fields =
            bytes.concat(head, bloom, numbers, abi.encodePacked(hex"84", uint32(timestamp)), hex"80", word, hex"8805");
        return abi.encodePacked(hex"f9", uint16(fields.length), fields);
    }

    /// @dev Records the block of SLOT; its seed in NETWORK.
    function recordSlot() internal returns (bytes32 seed) {
        uint256 start = GENESIS + uint256(SLOT) * SLOT_SECONDS;
        bytes memory parent = headerOf(keccak256("older"), 989, start - 2);
        bytes memory header = headerOf(keccak256(parent), 990, start);
        vm.setBlockhash(990, keccak256(header));
        court.recordSlot(SLOT, parent, header);
        return keccak256(abi.encode(registry.deployment(), NETWORK, SLOT, keccak256(header)));
    }

    function summon(Terms memory deal) internal returns (uint256) {
        bytes memory body = opening(deal);
        bytes memory signature = signed(body);
        vm.prank(payer);
        return court.summon(body, EDDSA, deviceKey, signature);
    }

    function draw(uint256 id) internal {
        vm.roll(court.summonsOf(id).drawBlock + 1);
        vm.setBlockhash(court.summonsOf(id).drawBlock, keccak256(abi.encode("draws", id)));
        court.draw(id);
    }

    function proofsFor(uint256 id) internal view returns (bytes[] memory proofs) {
        proofs = new bytes[](COURT_CHALLENGES);
        for (uint64 i = 0; i < proofs.length; ++i) {
            proofs[i] = proofOf(court.leafOf(id, i));
        }
    }
}
