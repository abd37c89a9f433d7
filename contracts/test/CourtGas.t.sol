// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {ISlashing} from "../src/interfaces/ISlashing.sol";
import {Courtroom} from "./Courtroom.sol";

/// @notice Gas of what payers and providers pay for in the court; compared with snapshots/gas.json.
/// forge-config: default.isolate = true
/// forge-config: deep.isolate = true
contract CourtGasTest is Courtroom {
    function test_gasOfSummonses() public {
        uint256 id = summon(termsOf(1e18));
        vm.assertLt(vm.snapshotGasLastCall("gas", "PossessionCourt.summon, Ed25519"), 1_500_000);
        vm.roll(court.summonsOf(id).drawBlock + 1);
        court.draw(id);
        vm.snapshotGasLastCall("gas", "PossessionCourt.draw");
        bytes[] memory proofs = proofsFor(id);
        court.answer(id, proofs);
        vm.snapshotGasLastCall("gas", "PossessionCourt.answer, 8 leaves of height 3");
    }

    function test_gasOfClearing() public {
        uint256 start = GENESIS + uint256(SLOT) * SLOT_SECONDS;
        bytes memory parent = headerOf(keccak256("older"), 989, start - 2);
        bytes memory header = headerOf(keccak256(parent), 990, start);
        vm.setBlockhash(990, keccak256(header));
        court.recordSlot(SLOT, parent, header);
        vm.snapshotGasLastCall("gas", "PossessionCourt.recordSlot");
        bytes32 seed = keccak256(abi.encode(registry.deployment(), NETWORK, SLOT, keccak256(header)));
        bytes[] memory deals = new bytes[](2);
        (deals[0], deals[1]) = (encode(termsOf(1e18)), encode(termsOf(2e18)));
        bytes memory body = bodyOf(answerOf(seed, holdingOf(idOf(termsOf(1e18)), idOf(termsOf(2e18))), 2, 20));
        ISlashing.GatewayPromise memory given = promised(keyOf("gateway"), SLOT, body);
        court.clear(gateway, given, body, deals);
        vm.snapshotGasLastCall("gas", "PossessionCourt.clear, 20 leaves of height 3, 2 deals");
    }
}
