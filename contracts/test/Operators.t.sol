// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {Operators} from "../src/Operators.sol";
import {IOperators} from "../src/interfaces/IOperators.sol";
import {IResults} from "../src/interfaces/IResults.sol";
import {Deployment} from "./Deployment.sol";

contract OperatorsTest is Deployment {
    address private operator;
    address private signer;

    function setUp() public override {
        super.setUp();
        operator = accountOf("operator");
        signer = accountOf("signer");
    }

    function test_joinsASetWithStake() public {
        fund(operator, STAKE, address(operators));
        vm.expectEmit(address(operators));
        emit IOperators.OperatorJoined(VERIFIER, operator, signer, STAKE, "http://here");
        vm.prank(operator);
        operators.join(VERIFIER, signer, "http://here", STAKE);

        IOperators.Member memory member = operators.member(VERIFIER, operator);
        vm.assertEq(member.operator, operator);
        vm.assertEq(member.signer, signer);
        vm.assertEq(member.stake, STAKE);
        vm.assertEq(member.endpoint, "http://here");
        vm.assertEq(operators.members(VERIFIER).length, VERIFIERS + 1);
        vm.assertEq(operators.members(VERIFIER)[VERIFIERS].signer, signer);
        vm.assertEq(operators.members(GATEWAY).length, 1);
        vm.assertEq(operators.operatorOf(VERIFIER, signer), operator);
        vm.assertEq(operators.operatorOf(GATEWAY, signer), address(0));
        vm.assertEq(token.balanceOf(address(operators)), (VERIFIERS + 2) * STAKE);
        vm.assertEq(operators.minimumStake(VERIFIER), STAKE);
        vm.assertEq(operators.minimumStake(GATEWAY), STAKE / 10);
        vm.assertEq(operators.exitEpochs(), EXIT_EPOCHS);
        vm.assertEq(operators.results(), address(results));
    }

    function test_oneSignerMayServeBothRoles() public {
        join(VERIFIER, operator, signer, STAKE);
        join(GATEWAY, operator, signer, STAKE);
        vm.assertEq(operators.stakeAt(GATEWAY, signer, block.timestamp), STAKE);
    }

    function test_weightsAreThoseOfTheMoment() public {
        uint256 before = operators.totalAt(VERIFIER, block.timestamp);
        vm.warp(GENESIS + 100);
        join(VERIFIER, operator, signer, STAKE);
        vm.warp(GENESIS + 200);
        fund(operator, STAKE, address(operators));
        vm.expectEmit(address(operators));
        emit IOperators.StakeAdded(VERIFIER, operator, signer, 2 * STAKE);
        vm.prank(operator);
        operators.addStake(VERIFIER, STAKE);
        vm.warp(GENESIS + 300);

        vm.assertEq(operators.stakeAt(VERIFIER, signer, GENESIS + 99), 0);
        vm.assertEq(operators.stakeAt(VERIFIER, signer, GENESIS + 100), STAKE);
        vm.assertEq(operators.stakeAt(VERIFIER, signer, GENESIS + 199), STAKE);
        vm.assertEq(operators.stakeAt(VERIFIER, signer, GENESIS + 200), 2 * STAKE);
        vm.assertEq(operators.totalAt(VERIFIER, GENESIS + 99), before);
        vm.assertEq(operators.totalAt(VERIFIER, GENESIS + 250), before + 2 * STAKE);
        vm.assertEq(operators.firstJoinedAt(VERIFIER), GENESIS - 1_000);
        vm.assertEq(new Operators(token, clock, results, address(slashing), STAKE, STAKE, 1).firstJoinedAt(VERIFIER), 0);
    }

    function test_refusesToJoin() public {
        fund(operator, 10 * STAKE, address(operators));
        vm.startPrank(operator);
        vm.expectRevert(abi.encodeWithSelector(IOperators.StakeTooLow.selector, STAKE - 1, STAKE));
        operators.join(VERIFIER, signer, "", STAKE - 1);
        vm.expectRevert(abi.encodeWithSelector(IOperators.StakeTooLow.selector, STAKE / 10 - 1, STAKE / 10));
        operators.join(GATEWAY, signer, "", STAKE / 10 - 1);
        vm.expectRevert(IOperators.InvalidSigner.selector);
        operators.join(VERIFIER, address(0), "", STAKE);
        vm.expectRevert(abi.encodeWithSelector(IOperators.EndpointTooLong.selector, 257));
        operators.join(VERIFIER, signer, string(new bytes(257)), STAKE);
        address taken = vm.addr(verifierKeys[0]);
        vm.expectRevert(abi.encodeWithSelector(IOperators.SignerTaken.selector, VERIFIER, taken));
        operators.join(VERIFIER, taken, "", STAKE);
        operators.join(VERIFIER, signer, "", STAKE);
        vm.expectRevert(abi.encodeWithSelector(IOperators.AlreadyMember.selector, VERIFIER, operator));
        operators.join(VERIFIER, signer, "", STAKE);
        vm.expectRevert(
            abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, operators, 9 * STAKE, 10 * STAKE)
        );
        operators.join(GATEWAY, signer, "", 10 * STAKE);
        vm.stopPrank();
    }

    function test_unknownRoles() public {
        for (uint8 role = 0; role < 4; role += 3) {
            bytes memory failure = abi.encodeWithSelector(IOperators.UnknownRole.selector, role);
            vm.expectRevert(failure);
            operators.join(role, signer, "", STAKE);
            vm.expectRevert(failure);
            operators.addStake(role, 1);
            vm.expectRevert(failure);
            operators.setEndpoint(role, "");
            vm.expectRevert(failure);
            operators.leave(role);
            vm.expectRevert(failure);
            operators.withdraw(role, 0, new bytes32[](0));
            vm.expectRevert(failure);
            operators.stakeAt(role, signer, 0);
            vm.expectRevert(failure);
            operators.totalAt(role, 0);
            vm.expectRevert(failure);
            operators.members(role);
            vm.expectRevert(failure);
            operators.member(role, operator);
            vm.expectRevert(failure);
            operators.firstJoinedAt(role);
            vm.expectRevert(failure);
            operators.operatorOf(role, signer);
            vm.expectRevert(failure);
            operators.exitOf(role, operator);
            vm.expectRevert(failure);
            operators.minimumStake(role);
            vm.expectRevert(failure);
            operators.restore(role);
            vm.expectRevert(failure);
            operators.bonded(role);
            vm.expectRevert(failure);
            operators.slashable(role, operator);
            vm.expectRevert(failure);
            operators.slashedByResults(role, operator);
            vm.expectRevert(failure);
            operators.slashByResult(role, operator, 1, new bytes32[](0));
            vm.expectRevert(failure);
            vm.prank(address(slashing));
            operators.seize(role, operator, 1);
        }
    }

    function test_onlyMembersChange() public {
        bytes memory failure = abi.encodeWithSelector(IOperators.NotMember.selector, VERIFIER, address(this));
        vm.expectRevert(failure);
        operators.addStake(VERIFIER, 1);
        vm.expectRevert(failure);
        operators.setEndpoint(VERIFIER, "");
        vm.expectRevert(failure);
        operators.leave(VERIFIER);
        vm.expectRevert(failure);
        operators.member(VERIFIER, address(this));
        join(VERIFIER, operator, signer, STAKE);
        vm.startPrank(operator);
        vm.expectRevert(IOperators.NothingAdded.selector);
        operators.addStake(VERIFIER, 0);
        vm.expectRevert(abi.encodeWithSelector(IOperators.EndpointTooLong.selector, 257));
        operators.setEndpoint(VERIFIER, string(new bytes(257)));
        vm.expectEmit(address(operators));
        emit IOperators.OperatorEndpointChanged(VERIFIER, operator, "http://there");
        operators.setEndpoint(VERIFIER, "http://there");
        vm.stopPrank();
        vm.assertEq(operators.member(VERIFIER, operator).endpoint, "http://there");
    }

    function test_aLeaverCountsInTheOpenEpochAndNotInTheNext() public {
        join(VERIFIER, operator, signer, STAKE);
        vm.warp(GENESIS + 1);
        vm.expectEmit(address(operators));
        emit IOperators.OperatorLeft(VERIFIER, operator, signer, EXIT_EPOCHS);
        vm.prank(operator);
        operators.leave(VERIFIER);
        vm.assertEq(operators.stakeAt(VERIFIER, signer, clock.openingOf(0)), STAKE);
        vm.assertEq(operators.totalAt(VERIFIER, clock.openingOf(0)), (VERIFIERS + 1) * STAKE);
        vm.assertEq(operators.stakeAt(VERIFIER, signer, clock.openingOf(1)), 0);
        vm.assertEq(operators.totalAt(VERIFIER, clock.openingOf(1)), VERIFIERS * STAKE);
        vm.assertEq(operators.members(VERIFIER).length, VERIFIERS);
        vm.assertEq(operators.exitOf(VERIFIER, operator).amount, STAKE);
        vm.assertEq(operators.exitOf(VERIFIER, operator).releaseEpoch, EXIT_EPOCHS);
    }

    function test_stakeLeavesAfterAcceptedEpochsAndNeverByTime() public {
        join(VERIFIER, operator, signer, STAKE);
        vm.startPrank(operator);
        vm.expectRevert(abi.encodeWithSelector(IOperators.NoExit.selector, VERIFIER, operator));
        operators.withdraw(VERIFIER, 0, new bytes32[](0));
        operators.leave(VERIFIER);
        vm.warp(GENESIS + 1_000 * uint256(EPOCH_SECONDS));
        bytes memory failure = abi.encodeWithSelector(IOperators.ExitNotReady.selector, EXIT_EPOCHS);
        vm.expectRevert(failure);
        operators.withdraw(VERIFIER, 0, new bytes32[](0));
        vm.stopPrank();
        for (uint256 i = 0; i < EXIT_EPOCHS; ++i) {
            _settleSlash(operator, 0);
            vm.expectRevert(failure);
            vm.prank(operator);
            operators.withdraw(VERIFIER, 0, new bytes32[](0));
        }
        _settleSlash(operator, 0);
        vm.expectEmit(address(operators));
        emit IOperators.StakeWithdrawn(VERIFIER, operator, STAKE);
        vm.prank(operator);
        operators.withdraw(VERIFIER, 0, new bytes32[](0));
        vm.assertEq(token.balanceOf(operator), STAKE);
        vm.expectRevert(abi.encodeWithSelector(IOperators.NoExit.selector, VERIFIER, operator));
        vm.prank(operator);
        operators.withdraw(VERIFIER, 0, new bytes32[](0));
    }

    function test_rejoinsOnlyAfterWithdrawing() public {
        join(VERIFIER, operator, signer, STAKE);
        vm.prank(operator);
        operators.leave(VERIFIER);
        fund(operator, STAKE, address(operators));
        vm.expectRevert(abi.encodeWithSelector(IOperators.ExitPending.selector, VERIFIER, operator));
        vm.prank(operator);
        operators.join(VERIFIER, signer, "", STAKE);
        for (uint256 i = 0; i <= EXIT_EPOCHS; ++i) {
            _settleSlash(operator, 0);
        }
        vm.prank(operator);
        operators.withdraw(VERIFIER, 0, new bytes32[](0));
        vm.prank(operator);
        operators.join(VERIFIER, signer, "", STAKE);
        vm.assertEq(operators.stakeAt(VERIFIER, signer, block.timestamp), STAKE);
        // The signer stays bound to its operator, also after it left.
        vm.prank(operator);
        operators.leave(VERIFIER);
        address other = accountOf("other");
        fund(other, STAKE, address(operators));
        vm.expectRevert(abi.encodeWithSelector(IOperators.SignerTaken.selector, VERIFIER, signer));
        vm.prank(other);
        operators.join(VERIFIER, signer, "", STAKE);
    }

    // ---- stake and weight

    function test_stakeAndWeightPartWaysWhenEpochsAreSkipped() public {
        join(VERIFIER, operator, signer, STAKE);
        vm.startPrank(address(results));
        vm.assertTrue(operators.markPresent(0, vm.addr(verifierKeys[0])));
        vm.assertFalse(operators.markPresent(0, vm.addr(verifierKeys[0])));
        vm.expectEmit(address(operators));
        emit IOperators.WeightChanged(VERIFIER, operator, signer, STAKE / 2);
        operators.decay(0);
        vm.stopPrank();
        vm.assertEq(operators.member(VERIFIER, operator).stake, STAKE);
        vm.assertEq(operators.member(VERIFIER, operator).weight, STAKE / 2);
        vm.assertEq(operators.bonded(VERIFIER), 5 * STAKE);
        vm.assertEq(operators.totalAt(VERIFIER, block.timestamp), 3 * STAKE);
        vm.assertEq(operators.stakeAt(VERIFIER, vm.addr(verifierKeys[0]), block.timestamp), STAKE);
        vm.assertEq(operators.stakeAt(GATEWAY, gateway, block.timestamp), STAKE);

        // New stake counts in full; the old one only after restoring.
        fund(operator, STAKE, address(operators));
        vm.startPrank(operator);
        operators.addStake(VERIFIER, STAKE);
        vm.assertEq(operators.member(VERIFIER, operator).weight, 3 * STAKE / 2);
        operators.restore(VERIFIER);
        vm.assertEq(operators.member(VERIFIER, operator).weight, 2 * STAKE);
        vm.expectRevert(IOperators.NothingToRestore.selector);
        operators.restore(VERIFIER);
        vm.stopPrank();
    }

    function test_onlyResultsMarksAndDecays() public {
        bytes memory failure = abi.encodeWithSelector(IOperators.NotResults.selector, address(this));
        vm.expectRevert(failure);
        operators.markPresent(0, signer);
        vm.expectRevert(failure);
        operators.decay(0);
        vm.expectRevert(abi.encodeWithSelector(IOperators.NotSlashing.selector, address(this)));
        operators.seize(VERIFIER, operator, 1);
    }

    // ---- slashing

    function test_seizedStakeGoesToTheSlashingContract() public {
        join(VERIFIER, operator, signer, 3 * STAKE);
        vm.expectEmit(address(operators));
        emit IOperators.StakeSlashed(VERIFIER, operator, STAKE, 2 * STAKE, false);
        _seize(STAKE, STAKE);
        vm.assertEq(token.balanceOf(address(slashing)), STAKE);
        vm.assertEq(operators.member(VERIFIER, operator).stake, 2 * STAKE);
        vm.assertEq(operators.member(VERIFIER, operator).weight, 2 * STAKE);
        vm.assertEq(operators.bonded(VERIFIER), (VERIFIERS + 2) * STAKE);
        vm.assertEq(operators.totalAt(VERIFIER, block.timestamp), (VERIFIERS + 2) * STAKE);
        vm.assertEq(operators.slashedByResults(VERIFIER, operator), 0);
    }

    function test_aSlashLeavesASmallerWeightAsItIs() public {
        join(VERIFIER, operator, signer, 4 * STAKE);
        vm.prank(address(results));
        operators.decay(0);
        _seize(STAKE, STAKE);
        vm.assertEq(operators.member(VERIFIER, operator).weight, 2 * STAKE);
        _seize(3 * STAKE / 2, 3 * STAKE / 2);
        vm.assertEq(operators.member(VERIFIER, operator).weight, 3 * STAKE / 2);
    }

    function test_whoIsLeftWithLessThanTheMinimumLeaves() public {
        join(VERIFIER, operator, signer, STAKE);
        vm.expectEmit(address(operators));
        emit IOperators.OperatorLeft(VERIFIER, operator, signer, EXIT_EPOCHS);
        _seize(1, 1);
        vm.assertEq(operators.members(VERIFIER).length, VERIFIERS);
        vm.assertEq(operators.bonded(VERIFIER), VERIFIERS * STAKE);
        vm.assertEq(operators.stakeAt(VERIFIER, signer, block.timestamp), 0);
        vm.assertEq(operators.exitOf(VERIFIER, operator).amount, STAKE - 1);
        // What is leaving can still be taken.
        vm.assertEq(operators.slashable(VERIFIER, operator), STAKE - 1);
        _seize(type(uint256).max, STAKE - 1);
        vm.assertEq(operators.slashable(VERIFIER, operator), 0);
        vm.assertEq(operators.exitOf(VERIFIER, operator).releaseEpoch, 0);
        _seize(1, 0);
        // Nothing is left to wait for.
        join(VERIFIER, operator, signer, STAKE);
    }

    function test_slashLeavesBurnWhatTheyAskForBeyondWhatWasTaken() public {
        join(GATEWAY, operator, signer, 5 * STAKE);
        _settleSlash(GATEWAY, operator, STAKE);
        uint256 supply = token.totalSupply();
        vm.expectEmit(address(operators));
        emit IOperators.StakeSlashed(GATEWAY, operator, STAKE, 4 * STAKE, true);
        vm.prank(accountOf("anybody"));
        operators.slashByResult(GATEWAY, operator, STAKE, new bytes32[](0));
        vm.assertEq(token.totalSupply(), supply - STAKE);
        vm.assertEq(operators.slashedByResults(GATEWAY, operator), STAKE);
        vm.expectRevert(IOperators.NothingToSlash.selector);
        operators.slashByResult(GATEWAY, operator, STAKE, new bytes32[](0));
        vm.expectRevert(IOperators.InvalidProof.selector);
        operators.slashByResult(GATEWAY, operator, 2 * STAKE, new bytes32[](0));
        vm.expectRevert(IOperators.InvalidProof.selector);
        operators.slashByResult(VERIFIER, operator, STAKE, new bytes32[](0));

        _settleSlash(GATEWAY, operator, 9 * STAKE);
        operators.slashByResult(GATEWAY, operator, 9 * STAKE, new bytes32[](0));
        vm.assertEq(operators.slashedByResults(GATEWAY, operator), 5 * STAKE);
        vm.expectRevert(IOperators.NothingToSlash.selector);
        operators.slashByResult(GATEWAY, operator, 9 * STAKE, new bytes32[](0));
        // The debt stays: whoever comes back pays it.
        join(GATEWAY, operator, signer, 2 * STAKE);
        operators.slashByResult(GATEWAY, operator, 9 * STAKE, new bytes32[](0));
        vm.assertEq(operators.slashedByResults(GATEWAY, operator), 7 * STAKE);
    }

    function test_A46_aSlashLeafOfAPendingResultBurnsNothing() public {
        join(GATEWAY, operator, signer, STAKE);
        settle(slashLeaf(GATEWAY, operator, STAKE), new IResults.Total[](0));
        vm.expectRevert(IOperators.InvalidProof.selector);
        operators.slashByResult(GATEWAY, operator, STAKE, new bytes32[](0));
    }

    function test_stakeNeverLeavesBeforeItsLastLiability() public {
        join(GATEWAY, operator, signer, STAKE);
        vm.warp(GENESIS + 1);
        vm.prank(operator);
        operators.leave(GATEWAY);
        for (uint256 i = 0; i < EXIT_EPOCHS; ++i) {
            _settleSlash(GATEWAY, operator, 0);
        }
        // The release epoch is accepted, and asks for a part of the stake; a pending result frees nothing.
        settle(slashLeaf(GATEWAY, operator, STAKE / 4), new IResults.Total[](0));
        vm.startPrank(operator);
        vm.expectRevert(abi.encodeWithSelector(IOperators.ExitNotReady.selector, EXIT_EPOCHS));
        operators.withdraw(GATEWAY, 0, new bytes32[](0));
        makeFinal();
        // The leaf of an older root, or somebody else's, does not do.
        vm.expectRevert(IOperators.InvalidProof.selector);
        operators.withdraw(GATEWAY, 0, new bytes32[](0));
        uint256 supply = token.totalSupply();
        vm.expectEmit(address(operators));
        emit IOperators.StakeWithdrawn(GATEWAY, operator, STAKE * 3 / 4);
        operators.withdraw(GATEWAY, STAKE / 4, new bytes32[](0));
        vm.stopPrank();
        vm.assertEq(token.balanceOf(operator), STAKE * 3 / 4);
        vm.assertEq(token.totalSupply(), supply - STAKE / 4);
    }

    function test_A34_theExitOfAStakeIsNeitherMovedNorShortened() public {
        join(VERIFIER, operator, signer, STAKE);
        vm.prank(operator);
        operators.leave(VERIFIER);
        vm.warp(GENESIS + 5 * uint256(EPOCH_SECONDS));
        bytes memory failure = abi.encodeWithSelector(IOperators.NotMember.selector, VERIFIER, operator);
        vm.startPrank(operator);
        vm.expectRevert(failure);
        operators.leave(VERIFIER);
        vm.expectRevert(failure);
        operators.addStake(VERIFIER, 1);
        vm.expectRevert(failure);
        operators.restore(VERIFIER);
        vm.stopPrank();
        vm.expectRevert(abi.encodeWithSelector(IOperators.NoExit.selector, VERIFIER, signer));
        vm.prank(signer);
        operators.withdraw(VERIFIER, 0, new bytes32[](0));
        vm.assertEq(operators.exitOf(VERIFIER, operator).releaseEpoch, EXIT_EPOCHS);
    }

    function testFuzz_everyTokenHeldIsSomebodysStake(uint256[5] memory moves) public {
        join(VERIFIER, operator, signer, 10 * STAKE);
        for (uint256 i = 0; i < moves.length; ++i) {
            uint256 move = moves[i] % 5;
            bool active =
                operators.exitOf(VERIFIER, operator).amount == 0 && operators.slashable(VERIFIER, operator) > 0;
            if (move == 0 && active) {
                vm.prank(operator);
                operators.leave(VERIFIER);
            } else if (move == 1) {
                vm.prank(address(slashing));
                operators.seize(VERIFIER, operator, (moves[i] >> 8) % (3 * STAKE));
            } else if (move == 2 && active) {
                vm.prank(address(results));
                operators.decay(0);
            } else if (move == 3 && operators.slashable(VERIFIER, operator) == 0) {
                join(VERIFIER, operator, signer, STAKE + (moves[i] >> 8) % STAKE);
            } else if (move == 4 && active) {
                uint256 weight = operators.member(VERIFIER, operator).weight;
                uint256 stake = operators.member(VERIFIER, operator).stake;
                vm.assertLe(weight, stake);
                if (weight < stake) {
                    vm.prank(operator);
                    operators.restore(VERIFIER);
                }
            }
            uint256 exiting = operators.exitOf(VERIFIER, operator).amount;
            vm.assertEq(
                token.balanceOf(address(operators)),
                operators.bonded(VERIFIER) + operators.bonded(GATEWAY) + exiting,
                "held = bonded + leaving"
            );
            uint256 weights = operators.stakeAt(VERIFIER, signer, block.timestamp);
            for (uint256 v = 0; v < VERIFIERS; ++v) {
                weights += operators.stakeAt(VERIFIER, vm.addr(verifierKeys[v]), block.timestamp);
            }
            vm.assertEq(operators.totalAt(VERIFIER, block.timestamp), weights, "total = weights");
        }
    }

    function _seize(uint256 amount, uint256 taken) private {
        vm.prank(address(slashing));
        vm.assertEq(operators.seize(VERIFIER, operator, amount), taken);
    }

    function test_aSetHoldsAtMost128Members() public {
        for (uint256 i = 1; i < operators.MAX_MEMBERS(); ++i) {
            address member = accountOf(string.concat("gateway ", vm.toString(i)));
            join(GATEWAY, member, member, STAKE / 10);
        }
        fund(operator, STAKE, address(operators));
        vm.expectRevert(abi.encodeWithSelector(IOperators.SetFull.selector, GATEWAY));
        vm.prank(operator);
        operators.join(GATEWAY, signer, "", STAKE);
        vm.prank(gateway);
        operators.leave(GATEWAY);
        vm.prank(operator);
        operators.join(GATEWAY, signer, "", STAKE);
        vm.assertEq(operators.members(GATEWAY).length, 128);
    }

    function testFuzz_theTotalIsTheSumOfItsSigners(uint256[4] memory moves) public {
        for (uint256 i = 0; i < moves.length; ++i) {
            vm.warp(block.timestamp + moves[i] % 3);
            address member = accountOf(string.concat("member ", vm.toString(moves[i] % 4)));
            uint256 amount = STAKE + moves[i] % 1e18;
            fund(member, amount, address(operators));
            vm.startPrank(member);
            if (operators.stakeAt(VERIFIER, member, block.timestamp) > 0) {
                if (moves[i] % 5 == 0) operators.leave(VERIFIER);
                else operators.addStake(VERIFIER, amount);
            } else if (operators.exitOf(VERIFIER, member).amount == 0) {
                operators.join(VERIFIER, member, "", amount);
            }
            vm.stopPrank();
            uint256 sum = VERIFIERS * STAKE;
            for (uint256 m = 0; m < 4; ++m) {
                address of_ = accountOf(string.concat("member ", vm.toString(m)));
                sum += operators.stakeAt(VERIFIER, of_, block.timestamp);
            }
            vm.assertEq(operators.totalAt(VERIFIER, block.timestamp), sum);
        }
    }

    function test_refusesParametersOutOfBounds() public {
        uint256 floor = operators.MIN_STAKE();
        uint256 ceiling = operators.MAX_STAKE_MINIMUM();
        uint32 most = operators.MAX_EXIT_EPOCHS();
        _expectInvalid(floor - 1, floor, 1);
        _expectInvalid(ceiling + 1, floor, 1);
        _expectInvalid(floor, floor - 1, 1);
        _expectInvalid(floor, ceiling + 1, 1);
        _expectInvalid(floor, floor, 0);
        _expectInvalid(floor, floor, most + 1);
        new Operators(token, clock, results, address(slashing), ceiling, floor, most);
        new Operators(token, clock, results, address(slashing), floor, ceiling, 1);
    }

    /// @dev A final root whose only leaf is the operator's SLASH leaf.
    function _settleSlash(address of_, uint256 cumulative) private {
        _settleSlash(VERIFIER, of_, cumulative);
    }

    function _settleSlash(uint8 role, address of_, uint256 cumulative) private {
        settleFinal(slashLeaf(role, of_, cumulative), new IResults.Total[](0));
    }

    function _expectInvalid(uint256 verifierStake, uint256 gatewayStake, uint32 exitEpochs) private {
        vm.expectRevert(IOperators.InvalidOperatorParameters.selector);
        new Operators(token, clock, results, address(slashing), verifierStake, gatewayStake, exitEpochs);
    }
}
