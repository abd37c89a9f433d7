// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {NetworkRegistry} from "../src/NetworkRegistry.sol";
import {INetworkRegistry} from "../src/interfaces/INetworkRegistry.sol";
import {Test} from "./support/Test.sol";

contract NetworkRegistryTest is Test {
    NetworkRegistry private networks;

    function setUp() public {
        networks = new NetworkRegistry(address(this));
    }

    function test_createsNetworks() public {
        bytes memory parameters = '{"slots":60}';
        vm.expectEmit(address(networks));
        emit INetworkRegistry.NetworkCreated(1, "storage", keccak256("rules"), parameters);
        vm.assertEq(networks.create("storage", keccak256("rules"), parameters), 1);
        vm.assertEq(networks.create("sensing", keccak256("rules"), ""), 2);

        INetworkRegistry.Network memory network = networks.network(1);
        vm.assertEq(network.kind, "storage");
        vm.assertEq(network.rulesHash, keccak256("rules"));
        vm.assertEq(network.parametersHash, keccak256(parameters));
        vm.assertEq(networks.networkCount(), 2);
        vm.assertTrue(networks.exists(2));
    }

    function test_refusesWhatIsNoNetwork() public {
        vm.expectRevert(INetworkRegistry.InvalidNetwork.selector);
        networks.create(0, keccak256("rules"), "");
        vm.expectRevert(INetworkRegistry.InvalidNetwork.selector);
        networks.create("storage", 0, "");
        networks.create("storage", keccak256("rules"), new bytes(16 * 1024));
        vm.expectRevert(abi.encodeWithSelector(INetworkRegistry.ParametersTooLong.selector, 16 * 1024 + 1));
        networks.create("storage", keccak256("rules"), new bytes(16 * 1024 + 1));
    }

    function test_unknownNetworks() public {
        vm.assertFalse(networks.exists(0));
        vm.assertFalse(networks.exists(1));
        vm.expectRevert(abi.encodeWithSelector(INetworkRegistry.UnknownNetwork.selector, 0));
        networks.network(0);
        vm.expectRevert(abi.encodeWithSelector(INetworkRegistry.UnknownNetwork.selector, 1));
        networks.network(1);
    }

    function test_onlyTheOwnerCreatesAndOwnershipMovesInTwoSteps() public {
        address next = accountOf("next");
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, next));
        vm.prank(next);
        networks.create("storage", keccak256("rules"), "");
        networks.transferOwnership(next);
        vm.assertEq(networks.owner(), address(this));
        vm.prank(next);
        networks.acceptOwnership();
        vm.prank(next);
        networks.create("storage", keccak256("rules"), "");
    }
}
