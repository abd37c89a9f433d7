// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

/// @title Fields of block headers that are known by their hash
/// @notice RLP of the yellow paper. Only bytes whose keccak256 is a block's hash are read, so that their form is not
/// checked any further.
library BlockHeader {
    uint256 private constant PARENT = 0;
    uint256 private constant NUMBER = 8;
    uint256 private constant TIMESTAMP = 11;
    uint256 private constant MAX_BYTES = 2048;

    /// @dev EIP-2935: the hashes of the last 8,191 blocks, on chains that have it.
    address private constant HISTORY = 0x0000F90827F1C53a10cb7A02335B175320002935;

    error MalformedHeader();

    function fields(bytes calldata header) internal pure returns (bytes32 parent, uint256 number, uint256 timestamp) {
        require(header.length > 3 && header.length <= MAX_BYTES && header[0] == 0xf9, MalformedHeader());
        uint256 at = 3;
        for (uint256 field = 0; field <= TIMESTAMP; ++field) {
            (uint256 start, uint256 length) = _item(header, at);
            if (field == PARENT) parent = bytes32(_number(header, start, length));
            if (field == NUMBER) number = _number(header, start, length);
            if (field == TIMESTAMP) timestamp = _number(header, start, length);
            at = start + length;
        }
    }

    /// @notice The hash of a block that is not too old for this chain to tell; 0 otherwise.
    function hashOf(uint256 number) internal view returns (bytes32 found) {
        found = blockhash(number);
        if (found != 0 || number >= block.number) return found;
        (bool success, bytes memory told) = HISTORY.staticcall(abi.encode(number));
        if (success && told.length == 32) found = bytes32(told);
    }

    function _item(bytes calldata header, uint256 at) private pure returns (uint256 start, uint256 length) {
        require(at < header.length, MalformedHeader());
        uint256 first = uint8(header[at]);
        if (first < 0x80) return (at, 1);
        require(first < 0xc0, MalformedHeader());
        if (first < 0xb8) return (at + 1, first - 0x80);
        uint256 size = first - 0xb7;
        return (at + 1 + size, _number(header, at + 1, size));
    }

    function _number(bytes calldata header, uint256 start, uint256 length) private pure returns (uint256) {
        require(length <= 32 && start + length <= header.length, MalformedHeader());
        if (length == 0) return 0;
        return uint256(bytes32(header[start:])) >> (8 * (32 - length));
    }
}
