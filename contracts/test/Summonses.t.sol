// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IPossessionCourt} from "../src/interfaces/IPossessionCourt.sol";
import {Courtroom} from "./Courtroom.sol";

/// @notice Anything that payers and providers may do in the court, in any order.
contract Courthouse is Courtroom {
    uint256 private answered;
    uint256 private faults;

    function summonOne(uint256 cap) external {
        bytes memory body = opening(termsOf(bound(cap, 1, 4)));
        bytes memory signature = signed(body);
        vm.prank(payer);
        try court.summon(body, EDDSA, deviceKey, signature) {} catch {}
    }

    function drawOne(uint256 which) external {
        uint256 id = _some(which);
        if (court.summonsOf(id).state == 1) draw(id);
    }

    function answerOne(uint256 which) external {
        uint256 id = _some(which);
        IPossessionCourt.Summons memory item = court.summonsOf(id);
        if (item.state != 2 || block.timestamp > item.deadline) return;
        court.answer(id, proofsFor(id));
        ++answered;
    }

    function showOne(uint256 which) external {
        try court.showFault(_some(which)) {
            ++faults;
        } catch {}
    }

    function dismissOne(uint256 which) external {
        uint256 id = _some(which);
        bytes32 typeHash = keccak256("DealEnd(bytes32 deployment,bytes32 deal)");
        bytes32 ended = keccak256(abi.encode(typeHash, registry.deployment(), court.summonsOf(id).deal));
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", registry.domainSeparator(), ended));
        try court.dismiss(id, sign(keyOf("payer"), digest)) {} catch {}
    }

    function wait(uint256 slots) external {
        vm.warp(block.timestamp + bound(slots, 1, 20) * SLOT_SECONDS);
    }

    function check() external view {
        uint256 open = 0;
        for (uint256 id = 1; id <= court.summonsCount(); ++id) {
            uint8 state = court.summonsOf(id).state;
            if (state == 1 || state == 2) ++open;
        }
        vm.assertEq(token.balanceOf(address(court)), open * COURT_BOND, "a bond for each open summons");
        (uint64 a, uint64 f) = court.recordOf(device);
        vm.assertEq(a, answered, "answers");
        vm.assertEq(f, faults, "faults");
        uint256 all = token.balanceOf(payer) + token.balanceOf(seller) + open * COURT_BOND;
        vm.assertEq(all, 100 * COURT_BOND, "bonds of payer, seller and court");
    }

    function _some(uint256 which) private view returns (uint256) {
        return 1 + which % (court.summonsCount() + 1);
    }
}

contract SummonsesTest {
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    Courthouse private house;

    function setUp() public {
        house = new Courthouse();
        house.setUp();
    }

    function targetContracts() external view returns (address[] memory list) {
        list = new address[](1);
        list[0] = address(house);
    }

    function targetSelectors() external view returns (FuzzSelector[] memory list) {
        bytes4[] memory actions = new bytes4[](7);
        actions[0] = Courthouse.summonOne.selector;
        actions[1] = Courthouse.drawOne.selector;
        actions[2] = Courthouse.drawOne.selector;
        actions[3] = Courthouse.answerOne.selector;
        actions[4] = Courthouse.showOne.selector;
        actions[5] = Courthouse.dismissOne.selector;
        actions[6] = Courthouse.wait.selector;
        list = new FuzzSelector[](1);
        list[0] = FuzzSelector(address(house), actions);
    }

    /// @dev Each summons costs a signature of Ed25519 to make and one to check.
    /// forge-config: default.invariant.runs = 20
    /// forge-config: deep.invariant.runs = 500
    function invariant_theCourtHoldsTheBondsOfOpenSummonsesAndNothingElse() external view {
        house.check();
    }
}
