// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {DeviceRegistry} from "../src/DeviceRegistry.sol";
import {IDeviceRegistry} from "../src/interfaces/IDeviceRegistry.sol";
import {Test} from "./support/Test.sol";

contract DeviceRegistryTest is Test {
    bytes private constant ED25519_KEY = hex"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    bytes private constant EVEN_KEY = hex"02000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    bytes private constant ODD_KEY = hex"03000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    DeviceRegistry private registry;
    address private owner;

    function setUp() public {
        registry = new DeviceRegistry();
        owner = accountOf("owner");
    }

    function test_registersADevice() public {
        vm.expectEmit(address(registry));
        emit IERC721.Transfer(address(0), owner, 1);
        vm.expectEmit(address(registry));
        emit IDeviceRegistry.DeviceRegistered(1, owner, 7, 1, ED25519_KEY, 99, "udp://here");
        vm.prank(owner);
        vm.assertEq(registry.register(7, 1, ED25519_KEY, 99, "udp://here"), 1);

        IDeviceRegistry.Device memory device = registry.device(1);
        vm.assertEq(device.owner, owner);
        vm.assertEq(device.network, 7);
        vm.assertEq(device.keyType, 1);
        vm.assertEq(device.key, ED25519_KEY);
        vm.assertEq(device.cell, 99);
        vm.assertEq(device.endpoint, "udp://here");
        vm.assertEq(registry.ownerOf(1), owner);
        vm.assertEq(registry.deviceCount(), 1);
        vm.assertEq(registry.name(), "Groundwork Device");
    }

    function test_oneKeyMayStandOnManyDevices() public {
        vm.assertEq(registry.register(1, 2, EVEN_KEY, 0, ""), 1);
        vm.assertEq(registry.register(1, 2, EVEN_KEY, 0, ""), 2);
        vm.assertEq(registry.register(1, 3, ODD_KEY, 0, ""), 3);
    }

    function test_refusesMalformedKeys() public {
        _expectInvalidKey(1, EVEN_KEY);
        _expectInvalidKey(1, "");
        _expectInvalidKey(2, ED25519_KEY);
        _expectInvalidKey(3, bytes.concat(hex"04", ED25519_KEY));
        _expectInvalidKey(3, bytes.concat(hex"00", ED25519_KEY));
        _expectInvalidKey(2, bytes.concat(EVEN_KEY, hex"00"));
        vm.expectRevert(abi.encodeWithSelector(IDeviceRegistry.UnknownKeyType.selector, 0));
        registry.register(1, 0, ED25519_KEY, 0, "");
        vm.expectRevert(abi.encodeWithSelector(IDeviceRegistry.UnknownKeyType.selector, 4));
        registry.register(1, 4, EVEN_KEY, 0, "");
    }

    function test_refusesLongEndpoints() public {
        string memory longest = string(new bytes(256));
        registry.register(1, 1, ED25519_KEY, 0, longest);
        vm.expectRevert(abi.encodeWithSelector(IDeviceRegistry.EndpointTooLong.selector, 257));
        registry.register(1, 1, ED25519_KEY, 0, string(new bytes(257)));
        vm.expectRevert(abi.encodeWithSelector(IDeviceRegistry.EndpointTooLong.selector, 257));
        registry.setEndpoint(1, string(new bytes(257)));
    }

    function test_theOwnerReplacesKeyAndEndpoint() public {
        registry.register(1, 1, ED25519_KEY, 0, "");
        vm.expectEmit(address(registry));
        emit IDeviceRegistry.DeviceKeyChanged(1, 3, ODD_KEY);
        registry.setKey(1, 3, ODD_KEY);
        vm.expectEmit(address(registry));
        emit IDeviceRegistry.DeviceEndpointChanged(1, "there");
        registry.setEndpoint(1, "there");
        vm.assertEq(registry.device(1).key, ODD_KEY);
        vm.assertEq(registry.device(1).keyType, 3);
        vm.assertEq(registry.device(1).endpoint, "there");
        vm.expectRevert(abi.encodeWithSelector(IDeviceRegistry.InvalidKey.selector, 1, ODD_KEY));
        registry.setKey(1, 1, ODD_KEY);
    }

    function test_devicesCannotBeForged() public {
        vm.prank(owner);
        registry.register(1, 1, ED25519_KEY, 0, "");
        vm.expectRevert(abi.encodeWithSelector(IDeviceRegistry.NotDeviceOwner.selector, 1, address(this)));
        registry.setKey(1, 1, ED25519_KEY);
        vm.expectRevert(abi.encodeWithSelector(IDeviceRegistry.NotDeviceOwner.selector, 1, address(this)));
        registry.setEndpoint(1, "");
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721InsufficientApproval.selector, address(this), 1));
        registry.transferFrom(owner, address(this), 1);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, 2));
        registry.device(2);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, 2));
        registry.setKey(2, 1, ED25519_KEY);
    }

    function test_A06_aSoldDeviceObeysItsNewOwner() public {
        registry.register(1, 1, ED25519_KEY, 0, "");
        registry.transferFrom(address(this), owner, 1);
        vm.assertEq(registry.device(1).owner, owner);
        vm.expectRevert(abi.encodeWithSelector(IDeviceRegistry.NotDeviceOwner.selector, 1, address(this)));
        registry.setEndpoint(1, "");
        vm.prank(owner);
        registry.setEndpoint(1, "new");
    }

    function test_A37_theIdentityOfTheDeploymentFollowsChainAndAddress() public {
        bytes32 deployment = registry.deployment();
        bytes32 separator = registry.domainSeparator();
        vm.assertEq(deployment, keccak256(abi.encode("groundwork/1", block.chainid, address(registry))));
        vm.assertEq(separator, _separator(block.chainid));
        vm.chainId(4242);
        vm.assertEq(registry.deployment(), keccak256(abi.encode("groundwork/1", 4242, address(registry))));
        vm.assertEq(registry.domainSeparator(), _separator(4242));
        vm.assertNotEq(registry.deployment(), deployment);
        vm.assertNotEq(registry.domainSeparator(), separator);
        vm.assertNotEq(registry.domainSeparator(), new DeviceRegistry().domainSeparator());
    }

    function _separator(uint256 chainId) private view returns (bytes32) {
        return keccak256(
            abi.encode(
                keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                keccak256("Groundwork"),
                keccak256("1"),
                chainId,
                address(registry)
            )
        );
    }

    function _expectInvalidKey(uint8 keyType, bytes memory key) private {
        vm.expectRevert(abi.encodeWithSelector(IDeviceRegistry.InvalidKey.selector, keyType, key));
        registry.register(1, keyType, key, 0, "");
    }
}
