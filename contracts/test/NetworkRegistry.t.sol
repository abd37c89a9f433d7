// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {NetworkRegistry} from "../src/NetworkRegistry.sol";
import {INetworkRegistry} from "../src/interfaces/INetworkRegistry.sol";
import {Deployment} from "./Deployment.sol";

contract NetworkRegistryTest is Deployment {
    bytes32 private constant RULES = keccak256("rules");
    bytes32 private constant NEXT = keccak256("next rules");

    INetworkRegistry.Bootstrap private none;

    function test_theFounderCreatesNetworks() public {
        bytes memory parameters = '{"slots":60}';
        INetworkRegistry.Bootstrap memory bootstrap = bootstrapOf(5e18, 10, 20);
        vm.expectEmit(address(networks));
        emit INetworkRegistry.NetworkCreated(3, "storage", RULES, parameters, bootstrap);
        vm.assertEq(networks.create("storage", RULES, parameters, bootstrap), 3);
        vm.assertEq(networks.create("sensing", RULES, "", none), 4);

        INetworkRegistry.Network memory network = networks.network(3);
        vm.assertEq(network.kind, "storage");
        vm.assertEq(network.rulesHash, RULES);
        vm.assertEq(network.parametersHash, keccak256(parameters));
        vm.assertEq(networks.networkCount(), 4);
        vm.assertTrue(networks.exists(4));
        vm.assertEq(abi.encode(networks.bootstrapOf(3)), abi.encode(bootstrap));
        vm.assertEq(abi.encode(networks.bootstrapOf(4)), abi.encode(none));
    }

    function test_refusesWhatIsNoNetwork() public {
        vm.expectRevert(INetworkRegistry.InvalidNetwork.selector);
        networks.create(0, RULES, "", none);
        vm.expectRevert(INetworkRegistry.InvalidNetwork.selector);
        networks.create("storage", 0, "", none);
        networks.create("storage", RULES, new bytes(16 * 1024), none);
        vm.expectRevert(abi.encodeWithSelector(INetworkRegistry.ParametersTooLong.selector, 16 * 1024 + 1));
        networks.create("storage", RULES, new bytes(16 * 1024 + 1), none);
    }

    function test_unknownNetworks() public {
        vm.assertFalse(networks.exists(0));
        vm.assertFalse(networks.exists(3));
        vm.expectRevert(abi.encodeWithSelector(INetworkRegistry.UnknownNetwork.selector, 0));
        networks.network(0);
        vm.expectRevert(abi.encodeWithSelector(INetworkRegistry.UnknownNetwork.selector, 3));
        networks.network(3);
        vm.assertEq(networks.bootstrapBudget(3, 1_000), 0);
    }

    function test_theFoundersRightEnds() public {
        vm.assertEq(networks.foundingEnds(), GENESIS + 7 days);
        vm.warp(GENESIS + 7 days - 1);
        networks.create("storage", RULES, "", none);
        vm.warp(GENESIS + 7 days);
        vm.expectRevert(abi.encodeWithSelector(INetworkRegistry.NotAllowed.selector, address(this)));
        networks.create("storage", RULES, "", none);
        vm.prank(address(timelock));
        networks.create("storage", RULES, "", none);
    }

    function test_theFounderCreatesForAtMostSevenDaysAfterGenesis() public {
        new NetworkRegistry(address(this), address(this), GENESIS + 7 days, clock, operators);
        vm.expectRevert(INetworkRegistry.FoundingTooLong.selector);
        new NetworkRegistry(address(this), address(this), GENESIS + 7 days + 1, clock, operators);
    }

    function test_strangersCreateNothing() public {
        address stranger = accountOf("stranger");
        vm.expectRevert(abi.encodeWithSelector(INetworkRegistry.NotAllowed.selector, stranger));
        vm.prank(stranger);
        networks.create("storage", RULES, "", none);
    }

    function test_ownershipMovesInTwoSteps() public {
        address next = accountOf("next");
        vm.prank(address(timelock));
        networks.transferOwnership(next);
        vm.assertEq(networks.owner(), address(timelock));
        vm.prank(next);
        networks.acceptOwnership();
        vm.prank(next);
        networks.create("storage", RULES, "", none);
    }

    // ---- bootstrap

    function test_bootstrapKeepsToItsBounds() public {
        uint128 most = networks.MAX_BOOTSTRAP();
        uint64 longest = networks.MAX_BOOTSTRAP_EPOCHS();
        _expectInvalid(INetworkRegistry.Bootstrap(most + 1, 0, 1, 1, 1, 0));
        _expectInvalid(INetworkRegistry.Bootstrap(1, 1, 1, 1, 1, 0));
        _expectInvalid(INetworkRegistry.Bootstrap(1, 2, 1, 1, 1, 0));
        _expectInvalid(INetworkRegistry.Bootstrap(1, 0, longest + 1, 1, 1, 0));
        _expectInvalid(INetworkRegistry.Bootstrap(1, 0, 1, 0, 1, 0));
        _expectInvalid(INetworkRegistry.Bootstrap(1, 0, 1, 10_001, 1, 0));
        _expectInvalid(INetworkRegistry.Bootstrap(1, 0, 1, 1, 0, 0));
        networks.create("storage", RULES, "", INetworkRegistry.Bootstrap(most, 0, longest, 10_000, 1, 0));
        networks.create("storage", RULES, "", INetworkRegistry.Bootstrap(1, 0, 1, 1, 1, type(uint128).max));
    }

    function test_aNetworkWithoutBootstrapHasNoneOfItsParts() public {
        _expectInvalid(INetworkRegistry.Bootstrap(0, 1, 0, 0, 0, 0));
        _expectInvalid(INetworkRegistry.Bootstrap(0, 0, 1, 0, 0, 0));
        _expectInvalid(INetworkRegistry.Bootstrap(0, 0, 0, 1, 0, 0));
        _expectInvalid(INetworkRegistry.Bootstrap(0, 0, 0, 0, 1, 0));
        _expectInvalid(INetworkRegistry.Bootstrap(0, 0, 0, 0, 0, 1));
    }

    function test_theBudgetFallsInAStraightLine() public {
        // 10, 8, 6, 4, 2 from epoch 3 to epoch 7.
        uint32 id = networks.create("storage", RULES, "", bootstrapOf(10, 3, 8));
        vm.assertEq(networks.bootstrapBudget(id, 0), 0);
        vm.assertEq(networks.bootstrapBudget(id, 2), 0);
        vm.assertEq(networks.bootstrapBudget(id, 3), 10);
        vm.assertEq(networks.bootstrapBudget(id, 4), 18);
        vm.assertEq(networks.bootstrapBudget(id, 5), 24);
        vm.assertEq(networks.bootstrapBudget(id, 6), 28);
        vm.assertEq(networks.bootstrapBudget(id, 7), 30);
        vm.assertEq(networks.bootstrapBudget(id, 8), 30);
        vm.assertEq(networks.bootstrapBudget(id, type(uint64).max), 30);
    }

    function testFuzz_A33_budgetsNeverGrowAndEndAtZero(uint128 initial, uint64 start, uint64 length, uint64 at) public {
        initial = uint128(bound(initial, 1, networks.MAX_BOOTSTRAP()));
        length = uint64(bound(length, 1, networks.MAX_BOOTSTRAP_EPOCHS()));
        start = uint64(bound(start, 0, type(uint64).max - length - 2));
        at = uint64(bound(at, 1, length));
        uint32 id = networks.create("storage", RULES, "", bootstrapOf(initial, start, start + length));
        uint256 before = at == 1 ? 0 : networks.bootstrapBudget(id, start + at - 2);
        uint256 one = networks.bootstrapBudget(id, start + at - 1) - before;
        uint256 two = networks.bootstrapBudget(id, start + at) - before - one;
        vm.assertLe(one, initial);
        // Sums are rounded down, so one epoch may differ from the line by less than a unit.
        vm.assertLe(two, one + 1);
        vm.assertEq(networks.bootstrapBudget(id, start + length), uint256(initial) * (uint256(length) + 1) / 2);
    }

    // ---- rules

    function test_rulesChangeWhenMoreThanTwoThirdsOfTheWeightRunThem() public {
        _propose(NEXT, '{"v":2}');
        address[] memory signers = _signalReady(3);
        vm.warp(clock.openingOf(5) + 7);
        vm.expectEmit(address(networks));
        emit INetworkRegistry.RulesActivated(NETWORK, NEXT, 6, keccak256('{"v":2}'));
        vm.prank(accountOf("anybody"));
        networks.activateRules(NETWORK, NEXT, signers);
        vm.assertEq(networks.network(NETWORK).rulesHash, NEXT);
        vm.assertEq(networks.network(NETWORK).parametersHash, keccak256('{"v":2}'));
        vm.assertEq(networks.network(OTHER_NETWORK).rulesHash, RULES);
        vm.expectRevert(abi.encodeWithSelector(INetworkRegistry.NotProposed.selector, NETWORK, NEXT));
        networks.activateRules(NETWORK, NEXT, signers);
    }

    function test_beforeGenesisTheNextOpeningIsThatOfEpochZero() public {
        vm.warp(GENESIS - 1);
        _propose(NEXT, "");
        address[] memory signers = _signalReady(3);
        vm.expectEmit(address(networks));
        emit INetworkRegistry.RulesActivated(NETWORK, NEXT, 0, keccak256(""));
        networks.activateRules(NETWORK, NEXT, signers);
    }

    function test_twoOfFourVerifiersChangeNoRules() public {
        _propose(NEXT, "");
        address[] memory signers = _signalReady(2);
        vm.expectRevert(abi.encodeWithSelector(INetworkRegistry.NotReady.selector, 2 * STAKE, 4 * STAKE));
        networks.activateRules(NETWORK, NEXT, signers);
        // A verifier who did not say so counts for nothing.
        signers = _signers(3);
        vm.expectRevert(abi.encodeWithSelector(INetworkRegistry.NotReady.selector, 2 * STAKE, 4 * STAKE));
        networks.activateRules(NETWORK, NEXT, signers);
    }

    function test_exactlyTwoThirdsChangeNoRules() public {
        join(VERIFIER, accountOf("fifth"), accountOf("fifth"), STAKE);
        join(VERIFIER, accountOf("sixth"), accountOf("sixth"), STAKE);
        _propose(NEXT, "");
        address[] memory signers = _signalReady(4);
        vm.expectRevert(abi.encodeWithSelector(INetworkRegistry.NotReady.selector, 4 * STAKE, 6 * STAKE));
        networks.activateRules(NETWORK, NEXT, signers);
    }

    function test_aSignerCountsOnce() public {
        _propose(NEXT, "");
        address[] memory signers = _signalReady(3);
        signers[2] = signers[1];
        vm.expectRevert(abi.encodeWithSelector(INetworkRegistry.SignersNotAscending.selector, signers[1], signers[1]));
        networks.activateRules(NETWORK, NEXT, signers);
    }

    function test_onlyVerifiersAreReadyAndOnlyForWhatIsProposed() public {
        _propose(NEXT, "");
        vm.expectRevert(abi.encodeWithSelector(INetworkRegistry.NotVerifier.selector, gateway));
        vm.prank(gateway);
        networks.signalReady(NETWORK, NEXT);
        vm.expectRevert(abi.encodeWithSelector(INetworkRegistry.NotProposed.selector, NETWORK, RULES));
        networks.signalReady(NETWORK, RULES);
        vm.expectRevert(abi.encodeWithSelector(INetworkRegistry.NotProposed.selector, OTHER_NETWORK, NEXT));
        networks.signalReady(OTHER_NETWORK, NEXT);
        vm.expectRevert(abi.encodeWithSelector(INetworkRegistry.NotProposed.selector, OTHER_NETWORK, 0));
        networks.activateRules(OTHER_NETWORK, 0, new address[](0));
    }

    function test_aNewProposalForgetsWhoWasReady() public {
        _propose(NEXT, "");
        address[] memory signers = _signalReady(3);
        _propose(NEXT, "other parameters");
        vm.expectRevert(abi.encodeWithSelector(INetworkRegistry.NotReady.selector, 0, 4 * STAKE));
        networks.activateRules(NETWORK, NEXT, signers);
    }

    function test_weightThatLeftDoesNotCount() public {
        _propose(NEXT, "");
        address[] memory signers = _signalReady(3);
        vm.prank(signers[0]);
        operators.leave(VERIFIER);
        vm.expectRevert(abi.encodeWithSelector(INetworkRegistry.NotReady.selector, 2 * STAKE, 3 * STAKE));
        networks.activateRules(NETWORK, NEXT, signers);
    }

    function test_onlyTheOwnerProposesRules() public {
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, address(this)));
        networks.proposeRules(NETWORK, NEXT, "");
        vm.startPrank(address(timelock));
        vm.expectRevert(abi.encodeWithSelector(INetworkRegistry.UnknownNetwork.selector, 3));
        networks.proposeRules(3, NEXT, "");
        vm.expectRevert(INetworkRegistry.InvalidNetwork.selector);
        networks.proposeRules(NETWORK, 0, "");
        vm.expectRevert(abi.encodeWithSelector(INetworkRegistry.ParametersTooLong.selector, 16 * 1024 + 1));
        networks.proposeRules(NETWORK, NEXT, new bytes(16 * 1024 + 1));
        vm.expectEmit(address(networks));
        emit INetworkRegistry.RulesProposed(NETWORK, NEXT, "p");
        networks.proposeRules(NETWORK, NEXT, "p");
        vm.stopPrank();
    }

    function _propose(bytes32 rulesHash, bytes memory parameters) private {
        vm.prank(address(timelock));
        networks.proposeRules(NETWORK, rulesHash, parameters);
    }

    function _signers(uint256 count) private view returns (address[] memory signers) {
        signers = new address[](count);
        for (uint256 i = 0; i < count; ++i) {
            signers[i] = vm.addr(verifierKeys[i]);
        }
    }

    /// @dev The first `count` verifiers say that they are ready.
    function _signalReady(uint256 count) private returns (address[] memory signers) {
        signers = _signers(count);
        for (uint256 i = 0; i < count; ++i) {
            vm.expectEmit(address(networks));
            emit INetworkRegistry.RulesReady(NETWORK, NEXT, signers[i]);
            vm.prank(signers[i]);
            networks.signalReady(NETWORK, NEXT);
        }
    }

    function _expectInvalid(INetworkRegistry.Bootstrap memory bootstrap) private {
        vm.expectRevert(INetworkRegistry.InvalidBootstrap.selector);
        networks.create("storage", RULES, "", bootstrap);
    }
}
