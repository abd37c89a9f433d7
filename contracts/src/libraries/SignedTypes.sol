// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IResults} from "../interfaces/IResults.sol";

/// @title EIP-712 struct hashes of what verifiers sign
library SignedTypes {
    bytes32 internal constant INDEX_CERTIFICATE_TYPEHASH =
        keccak256("IndexCertificate(bytes32 deployment,uint64 epoch,address gateway,bytes32 index)");

    bytes32 internal constant PRESENCE_TYPEHASH = keccak256("Presence(bytes32 deployment,uint64 epoch)");

    bytes32 internal constant TOTAL_TYPEHASH = keccak256("Total(uint8 kind,uint32 network,uint256 amount)");

    bytes32 internal constant RESULT_TYPEHASH = keccak256(
        "Result(bytes32 deployment,uint64 epoch,uint32 attempt,bytes32 closeBlock,bytes32 parent,bytes32 inputs,bytes32 rules,bytes32 carryRoot,bytes32 moneyRoot,Total[] totals)Total(uint8 kind,uint32 network,uint256 amount)"
    );

    bytes32 internal constant PROMISE_TYPEHASH =
        keccak256("Promise(bytes32 deployment,address gateway,uint64 slot,bytes32 batch)");

    bytes32 internal constant BROKEN_PROMISE_TYPEHASH =
        keccak256("BrokenPromise(bytes32 deployment,uint64 epoch,address gateway,bytes32 report)");

    function hashIndex(bytes32 deployment, uint64 epoch, address gateway, bytes32 index)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(INDEX_CERTIFICATE_TYPEHASH, deployment, epoch, gateway, index));
    }

    function hashPresence(bytes32 deployment, uint64 epoch) internal pure returns (bytes32) {
        return keccak256(abi.encode(PRESENCE_TYPEHASH, deployment, epoch));
    }

    function hashResult(IResults.Result calldata result) internal pure returns (bytes32) {
        return keccak256(
            abi.encode(
                RESULT_TYPEHASH,
                result.deployment,
                result.epoch,
                result.attempt,
                result.closeBlock,
                result.parent,
                result.inputs,
                result.rules,
                result.carryRoot,
                result.moneyRoot,
                _hashTotals(result.totals)
            )
        );
    }

    function hashPromise(bytes32 deployment, address gateway, uint64 slot, bytes32 batch)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(PROMISE_TYPEHASH, deployment, gateway, slot, batch));
    }

    function hashBrokenPromise(bytes32 deployment, uint64 epoch, address gateway, bytes32 report)
        internal
        pure
        returns (bytes32)
    {
        return keccak256(abi.encode(BROKEN_PROMISE_TYPEHASH, deployment, epoch, gateway, report));
    }

    function _hashTotals(IResults.Total[] calldata totals) private pure returns (bytes32) {
        bytes32[] memory hashes = new bytes32[](totals.length);
        for (uint256 i = 0; i < totals.length; ++i) {
            hashes[i] = keccak256(abi.encode(TOTAL_TYPEHASH, totals[i].kind, totals[i].network, totals[i].amount));
        }
        return keccak256(abi.encodePacked(hashes));
    }
}
