// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

/// @title The canonical bytes of reports, deals and answers
/// @notice The same as `ReportBody`, `Deal` and `SlotAnswer` in Java. All numbers are big-endian; what follows the end of
/// an encoding makes it malformed.
library StorageReports {
    uint8 internal constant DEAL = 1;
    uint8 internal constant PROOF = 2;

    uint256 internal constant MAX_TERMS = 1024;
    uint256 internal constant MAX_ENTRIES = 64;

    /// @dev Bytes of a body before its payload, of a deal before its terms, of an answer before its entries.
    uint256 private constant BODY_HEAD = 89;
    uint256 private constant DEAL_HEAD = 200;
    uint256 private constant ANSWER_HEAD = 42;
    uint256 private constant PAYER_SIGNATURE = 65;

    bytes32 private constant DEAL_TYPEHASH = keccak256(
        "Deal(bytes32 deployment,uint32 network,uint64 device,address payer,address seller,bytes32 reservation,uint256 rate,uint256 cap,uint64 startSlot,uint64 endSlot,bytes terms)"
    );

    /// @param form 1 binary, 2 and 3 JWS
    struct Body {
        uint8 form;
        bytes32 deployment;
        uint32 network;
        uint64 device;
        bytes32 keyHash;
    }

    struct Deal {
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
        bytes32 terms;
    }

    error MalformedReport();

    function body(bytes calldata encoded) internal pure returns (Body memory head, bytes calldata payload) {
        require(encoded.length > BODY_HEAD, MalformedReport());
        head.form = uint8(encoded[0]);
        head.deployment = bytes32(encoded[1:]);
        head.network = uint32(bytes4(encoded[33:]));
        head.device = uint64(bytes8(encoded[37:]));
        head.keyHash = bytes32(encoded[45:]);
        payload = encoded[BODY_HEAD:];
        require(head.form >= 1 && head.form <= 3, MalformedReport());
        require(uint32(bytes4(encoded[85:])) == payload.length, MalformedReport());
    }

    /// @notice The deal that a report of type DEAL opens.
    function openedDeal(bytes calldata payload) internal pure returns (Deal memory found, bytes calldata terms) {
        require(payload.length > 1 + DEAL_HEAD && uint8(payload[0]) == DEAL, MalformedReport());
        uint256 end = 1 + DEAL_HEAD + uint32(bytes4(payload[1 + DEAL_HEAD - 4:]));
        require(payload.length == end + 4 + PAYER_SIGNATURE, MalformedReport());
        require(uint32(bytes4(payload[end:])) == PAYER_SIGNATURE, MalformedReport());
        return deal(payload[1:end]);
    }

    function deal(bytes calldata encoded) internal pure returns (Deal memory found, bytes calldata terms) {
        require(encoded.length >= DEAL_HEAD && encoded.length <= DEAL_HEAD + MAX_TERMS, MalformedReport());
        require(uint32(bytes4(encoded[196:])) == encoded.length - DEAL_HEAD, MalformedReport());
        terms = encoded[DEAL_HEAD:];
        found.deployment = bytes32(encoded);
        found.network = uint32(bytes4(encoded[32:]));
        found.device = uint64(bytes8(encoded[36:]));
        found.payer = address(bytes20(encoded[44:]));
        found.seller = address(bytes20(encoded[64:]));
        found.reservation = bytes32(encoded[84:]);
        found.rate = uint256(bytes32(encoded[116:]));
        found.cap = uint256(bytes32(encoded[148:]));
        found.startSlot = uint64(bytes8(encoded[180:]));
        found.endSlot = uint64(bytes8(encoded[188:]));
        found.terms = keccak256(terms);
        require(found.startSlot < found.endSlot, MalformedReport());
    }

    /// @notice A deal's EIP-712 struct hash; its identity.
    function id(Deal memory item) internal pure returns (bytes32) {
        return keccak256(abi.encode(DEAL_TYPEHASH, item));
    }

    /// @notice An answer to a slot: its entries begin at `at`.
    function answer(bytes calldata payload)
        internal
        pure
        returns (uint64 slot, bytes32 holding, uint256 count, uint256 at)
    {
        require(payload.length >= ANSWER_HEAD && uint8(payload[0]) == PROOF, MalformedReport());
        slot = uint64(bytes8(payload[1:]));
        holding = bytes32(payload[9:]);
        count = uint8(payload[41]);
        require(count > 0 && count <= MAX_ENTRIES, MalformedReport());
        at = ANSWER_HEAD;
    }

    /// @notice One entry of an answer, and where the next one begins. It is empty if the device says that it lost the piece.
    function entry(bytes calldata payload, uint256 at) internal pure returns (bytes calldata found, uint256 next) {
        require(payload.length >= at + 2, MalformedReport());
        next = at + 2 + uint16(bytes2(payload[at:]));
        require(payload.length >= next, MalformedReport());
        found = payload[at + 2:next];
    }
}
