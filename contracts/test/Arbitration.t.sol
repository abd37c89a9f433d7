// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Arbitration} from "./Arbitration.sol";
import {Test} from "./support/Test.sol";

/// @notice Whatever is disputed, voided and rolled back in whatever order: no sum keeps a trace of it, no bond is lost,
/// nothing final is void, and there is always a way on.
contract ArbitrationTest is Test {
    struct FuzzSelector {
        address addr;
        bytes4[] selectors;
    }

    Arbitration private arbitration;

    function setUp() public {
        arbitration = new Arbitration();
        arbitration.start();
    }

    function targetContracts() external view returns (address[] memory list) {
        list = new address[](1);
        list[0] = address(arbitration);
    }

    function targetSelectors() external view returns (FuzzSelector[] memory list) {
        bytes4[] memory actions = new bytes4[](12);
        actions[0] = Arbitration.wait.selector;
        actions[1] = Arbitration.submitSome.selector;
        actions[2] = Arbitration.dispute.selector;
        actions[3] = Arbitration.dispute.selector;
        actions[4] = Arbitration.dispute.selector;
        actions[5] = Arbitration.vote.selector;
        actions[6] = Arbitration.vote.selector;
        actions[7] = Arbitration.expire.selector;
        actions[8] = Arbitration.rollback.selector;
        actions[9] = Arbitration.finalise.selector;
        actions[10] = Arbitration.seize.selector;
        actions[11] = Arbitration.close.selector;
        list = new FuzzSelector[](1);
        list[0] = FuzzSelector(address(arbitration), actions);
    }

    function invariant_booksBalanceAndNothingFinalIsVoid() external {
        arbitration.check();
    }

    function afterInvariant() external {
        arbitration.settleDown();
    }

    /// @dev A canary: a fixed order does all that the random ones are meant to do.
    function test_aRoundReachesEveryAction() external {
        arbitration.submitSome(1);
        arbitration.dispute(0);
        arbitration.vote(0, 3, 3);
        arbitration.check();
        arbitration.seize(0, 0);
        arbitration.seize(0, 1);
        arbitration.close(1, true);
        arbitration.wait(61);
        arbitration.close(0, false);
        arbitration.rollback();
        arbitration.submitSome(1);
        arbitration.dispute(0);
        arbitration.wait(61);
        arbitration.expire(0);
        arbitration.finalise(1);
        arbitration.check();
        string[8] memory actions = ["dispute", "vote", "void", "expire", "rollback", "seize", "pardon", "execute"];
        uint256[8] memory times = [uint256(2), 2, 1, 1, 1, 2, 1, 1];
        for (uint256 i = 0; i < actions.length; ++i) {
            vm.assertEq(arbitration.done(actions[i]), times[i], actions[i]);
        }
        arbitration.settleDown();
    }
}
