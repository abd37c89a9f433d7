// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IGovernor} from "@openzeppelin/contracts/governance/IGovernor.sol";
import {ICouncil} from "../src/interfaces/ICouncil.sol";
import {INetworkRegistry} from "../src/interfaces/INetworkRegistry.sol";
import {IResults} from "../src/interfaces/IResults.sol";
import {Disputes} from "./Disputes.sol";
import {Ballot} from "./support/Ballot.sol";

/// @notice What token holders decide about a whole deployment: proposal, vote, queue, execution by anybody.
contract DecisionsTest is Disputes, Ballot {
    address private holder;

    function setUp() public override {
        super.setUp();
        holder = accountOf("holder");
        token.transfer(holder, SUPPLY / 10);
        vm.prank(holder);
        token.delegate(holder);
        vm.warp(GENESIS + 1);
    }

    function test_theTimelockOwnsWhateverHasAnOwner() public view {
        vm.assertEq(networks.owner(), address(timelock));
        vm.assertEq(council.owner(), address(timelock));
        vm.assertEq(slashing.owner(), address(timelock));
        vm.assertEq(attestations.owner(), address(timelock));
        vm.assertEq(governor.timelock(), address(timelock));
        vm.assertTrue(timelock.hasRole(timelock.PROPOSER_ROLE(), address(governor)));
    }

    function test_aVoteCreatesANetworkAlsoAfterTheFounder() public {
        vm.warp(networks.foundingEnds());
        vm.expectRevert(abi.encodeWithSelector(INetworkRegistry.NotAllowed.selector, address(this)));
        networks.create("compute", keccak256("rules"), "{}", bootstrapOf(0, 0, 0));

        INetworkRegistry.Bootstrap memory none;
        Motion memory item = motion(
            governor,
            address(networks),
            abi.encodeCall(networks.create, ("compute", keccak256("rules"), bytes("{}"), none))
        );
        carry(item, holder);
        vm.prank(accountOf("anybody"));
        execute(item);
        vm.assertEq(networks.networkCount(), 3);
        vm.assertEq(networks.network(3).kind, "compute");
    }

    function test_aVoteElectsACouncilThatDecidesDisputes() public {
        address[] memory members = new address[](3);
        for (uint256 i = 0; i < 3; ++i) {
            members[i] = accountOf(string.concat("elected ", vm.toString(i)));
        }
        Motion memory item =
            motion(governor, address(council), abi.encodeCall(council.elect, (members, uint32(30 days))));
        carry(item, holder);
        execute(item);
        (address[] memory seated, uint48 until) = council.council();
        vm.assertEq(keccak256(abi.encode(seated)), keccak256(abi.encode(members)));
        vm.assertEq(until, block.timestamp + 30 days);

        IResults.Result memory wrong = submitRoot("wrong");
        uint256 id = openDispute(0);
        vm.expectRevert(abi.encodeWithSelector(ICouncil.NotMember.selector, councillors()[0]));
        voteBy(0, id, false);
        for (uint256 i = 0; i < 2; ++i) {
            vm.prank(members[i]);
            council.vote(id, true, REASON);
        }
        vm.assertTrue(results.isVoided(results.hashResult(wrong)));
    }

    function test_aVoteSetsTheBondWithinItsBoundsOnly() public {
        Motion memory item = motion(governor, address(council), abi.encodeCall(council.setBond, (2 * BOND)));
        carry(item, holder);
        execute(item);
        vm.assertEq(council.bond(), 2 * BOND);

        item = motion(governor, address(council), abi.encodeCall(council.setBond, (1e24 + 1)));
        carry(item, holder);
        vm.expectRevert(ICouncil.InvalidCouncilParameters.selector);
        execute(item);
        vm.assertEq(uint256(governor.state(item.id)), uint256(IGovernor.ProposalState.Queued));
    }

    /// @dev A ban that can be appealed: token holders overrule the council's consequence, in time and with a reason.
    function test_A49_aVotePardonsASignerOfAVoidResult() public {
        IResults.Result memory wrong = submitRoot("wrong");
        voidResult(0);
        Motion memory item =
            motion(governor, address(slashing), abi.encodeCall(slashing.pardon, (1, "the feed was down for all")));
        carry(item, holder);
        address verifier = vm.addr(verifierKeys[0]);
        slashing.signedVoid(wrong, signResult(verifierKeys[0], wrong));
        execute(item);
        vm.assertEq(token.balanceOf(verifier), STAKE / 2);
        vm.assertEq(slashing.seizure(1).state, 3);
    }

    /// @dev Nothing that a vote can call mints: not the token, not claims.
    function test_noVoteMintsTokens() public {
        Motion memory item = motion(governor, address(token), abi.encodeCall(token.mint, (holder, 1)));
        carry(item, holder);
        vm.expectRevert(abi.encodeWithSignature("NotMinter(address)", address(timelock)));
        execute(item);
    }
}
