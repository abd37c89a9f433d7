// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC721} from "@openzeppelin/contracts/token/ERC721/IERC721.sol";
import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {DeviceRegistry} from "../src/DeviceRegistry.sol";
import {IDeviceRegistry} from "../src/interfaces/IDeviceRegistry.sol";
import {SmartAccount} from "./support/SmartAccount.sol";
import {Test} from "./support/Test.sol";

/// @dev Says yes to ERC-1271 in a wrong way.
contract SloppyAccount {
    function isValidSignature(bytes32, bytes calldata) external pure returns (bool) {
        return true;
    }
}

contract DeviceRegistryTest is Test {
    uint256 private constant P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551;
    uint256 private constant P256_FIELD = 0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF;
    uint256 private constant SECP256K1_ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;
    bytes private constant ED25519_KEY = hex"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    bytes private constant EVEN_KEY = hex"02000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";
    bytes private constant ODD_KEY = hex"03000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    address private constant OPENSSL_REGISTRY = 0x4614ad80e2588c120b5E6894CF1DB3E0cAa1CF6d;
    bytes private constant OPENSSL_KEY = hex"0290b7bd4bd88bd19189dfc89fab191d5b589b73b0f4d38090124dbb3198253956";
    bytes32 private constant OPENSSL_Y = 0x6c1ac13e07de9e004d53795a5e6b705c3ba67dd524f9a4669f3b89bb5d0d1416;
    bytes32 private constant OPENSSL_R = 0x20149855acce905ed3d689e48a1055108cc58d0e90051acedb7b18a98f8d8f84;
    bytes32 private constant OPENSSL_S = 0x016ba61846f4bbfa39b6efc55d67da5dc92463ae4c5acfb772ef329d58e5b838;

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

    function test_anybodyBringsARegistrationThatItsOwnerSigned() public {
        bytes memory signature = _registration("owner", owner, 0, block.timestamp);
        vm.expectEmit(address(registry));
        emit IDeviceRegistry.DeviceRegistered(1, owner, 7, 1, ED25519_KEY, 99, "udp://here");
        vm.assertEq(_registerFor(owner, block.timestamp, signature), 1);
        vm.assertEq(registry.ownerOf(1), owner);
        vm.assertEq(registry.registrationNonce(owner), 1);
        vm.assertEq(registry.registrationNonce(address(this)), 0);
        _registerFor(owner, block.timestamp, _registration("owner", owner, 1, block.timestamp));
        vm.assertEq(registry.ownerOf(2), owner);
    }

    function test_A37_aRegistrationCountsOnceInTimeAndInItsDeploymentOnly() public {
        uint256 deadline = block.timestamp + 10;
        bytes memory signature = _registration("owner", owner, 0, deadline);
        vm.chainId(4242);
        _expectInvalidAuthorisation(owner, deadline, signature);
        vm.chainId(31337);
        DeviceRegistry other = new DeviceRegistry();
        vm.expectRevert(IDeviceRegistry.InvalidAuthorisation.selector);
        other.registerFor(owner, 7, 1, ED25519_KEY, 99, "udp://here", deadline, signature);
        vm.warp(deadline + 1);
        _expectInvalidAuthorisation(owner, deadline, signature);
        vm.warp(deadline);
        _registerFor(owner, deadline, signature);
        _expectInvalidAuthorisation(owner, deadline, signature);
        _expectInvalidAuthorisation(owner, deadline, _registration("owner", owner, 2, deadline));
        vm.assertEq(registry.deviceCount(), 1);
    }

    function test_aRegistrationSaysEverythingThatIsRegistered() public {
        bytes memory signature = _registration("owner", owner, 0, block.timestamp);
        uint256 deadline = block.timestamp;
        bytes4 refusal = IDeviceRegistry.InvalidAuthorisation.selector;
        vm.expectRevert(refusal);
        registry.registerFor(address(this), 7, 1, ED25519_KEY, 99, "udp://here", deadline, signature);
        vm.expectRevert(refusal);
        registry.registerFor(owner, 8, 1, ED25519_KEY, 99, "udp://here", deadline, signature);
        vm.expectRevert(refusal);
        registry.registerFor(owner, 7, 2, EVEN_KEY, 99, "udp://here", deadline, signature);
        vm.expectRevert(refusal);
        registry.registerFor(owner, 7, 1, bytes.concat(keccak256("key")), 99, "udp://here", deadline, signature);
        vm.expectRevert(refusal);
        registry.registerFor(owner, 7, 1, ED25519_KEY, 98, "udp://here", deadline, signature);
        vm.expectRevert(refusal);
        registry.registerFor(owner, 7, 1, ED25519_KEY, 99, "udp://there", deadline, signature);
        vm.expectRevert(refusal);
        registry.registerFor(owner, 7, 1, ED25519_KEY, 99, "udp://here", deadline + 1, signature);
        registry.registerFor(owner, 7, 1, ED25519_KEY, 99, "udp://here", deadline, signature);
    }

    function test_aMalleatedOrForeignSignatureRegistersNothing() public {
        bytes memory signature = _registration("owner", owner, 0, block.timestamp);
        (bytes32 r, bytes32 s) = abi.decode(signature, (bytes32, bytes32));
        uint8 v = uint8(signature[64]);
        bytes memory high = abi.encodePacked(r, SECP256K1_ORDER - uint256(s), v == 27 ? uint8(28) : uint8(27));
        _expectInvalidAuthorisation(owner, block.timestamp, high);
        bytes32 compact = bytes32(uint256(s) | (uint256(v - 27) << 255)); // ERC-2098
        _expectInvalidAuthorisation(owner, block.timestamp, abi.encodePacked(r, compact));
        _expectInvalidAuthorisation(owner, block.timestamp, abi.encodePacked(r, s, v - 27));
        _expectInvalidAuthorisation(owner, block.timestamp, "");
        _expectInvalidAuthorisation(address(0), block.timestamp, new bytes(65));
        _expectInvalidAuthorisation(owner, block.timestamp, _registration("other", owner, 0, block.timestamp));
        vm.assertEq(registry.registrationNonce(owner), 0);
    }

    function test_aSmartAccountRegistersByErc1271() public {
        SmartAccount wallet = new SmartAccount(owner);
        bytes memory signature = _registration("owner", address(wallet), 0, block.timestamp);
        wallet.setSigner(accountOf("other"));
        _expectInvalidAuthorisation(address(wallet), block.timestamp, signature);
        wallet.setSigner(owner);
        _registerFor(address(wallet), block.timestamp, signature);
        vm.assertEq(registry.ownerOf(1), address(wallet));
        _expectInvalidAuthorisation(address(wallet), block.timestamp, signature);
        _expectInvalidAuthorisation(address(new SloppyAccount()), block.timestamp, signature);
    }

    function test_registrationsForOthersKeepToTheSameRules() public {
        bytes memory signature = _registration("owner", owner, 0, block.timestamp);
        bytes memory unknown = _signed("owner", owner, 4, 0, block.timestamp);
        vm.expectRevert(abi.encodeWithSelector(IDeviceRegistry.UnknownKeyType.selector, 4));
        registry.registerFor(owner, 7, 4, ED25519_KEY, 99, "udp://here", block.timestamp, unknown);
        vm.assertEq(registry.registrationNonce(owner), 0);
        _registerFor(owner, block.timestamp, signature);
    }

    function testFuzz_possessionOfAP256KeyIsProvedOnChain(uint256 secret) public {
        secret = bound(secret, 1, P256_ORDER - 1);
        (uint256 x, uint256 y) = vm.publicKeyP256(secret);
        _registerP256(x, y);
        vm.assertFalse(registry.possessionProved(1));
        (bytes32 r, bytes32 s) = _possession(secret, 1, owner);
        vm.expectEmit(address(registry));
        emit IDeviceRegistry.PossessionProved(1, owner, registry.device(1).key);
        registry.provePossession(1, bytes32(y), r, s);
        vm.assertTrue(registry.possessionProved(1));
    }

    /// @dev Key and signature made with OpenSSL 3.0, ECDSA with SHA-256 over the encoded statement.
    function test_possessionIsProvedByASignatureOfOpenSsl() public {
        vm.prank(address(0xabcdef));
        DeviceRegistry fixedPlace = new DeviceRegistry();
        vm.assertEq(address(fixedPlace), OPENSSL_REGISTRY);
        vm.prank(address(0xabcdef));
        fixedPlace.register(1, 2, OPENSSL_KEY, 0, "");
        fixedPlace.provePossession(1, OPENSSL_Y, OPENSSL_R, OPENSSL_S);
        vm.assertTrue(fixedPlace.possessionProved(1));
    }

    function test_aPossessionNotProvedIsRefused() public {
        uint256 secret = 4711;
        (uint256 x, uint256 y) = vm.publicKeyP256(secret);
        _registerP256(x, y);
        _registerP256(x, y);
        (bytes32 r, bytes32 s) = _possession(secret, 1, owner);
        _expectNotProved(1, bytes32(P256_FIELD - y), r, s);
        _expectNotProved(1, bytes32(y + 2), r, s);
        _expectNotProved(1, 0, r, s);
        _expectNotProved(1, bytes32(y), s, r);
        _expectNotProved(1, bytes32(y), r, bytes32(P256_ORDER - uint256(s)));
        _expectNotProved(1, bytes32(y), 0, s);
        _expectNotProved(1, bytes32(y), r, 0);
        _expectNotProved(2, bytes32(y), r, s);
        (r, s) = _possession(secret, 1, address(this));
        _expectNotProved(1, bytes32(y), r, s);
        // The negated secret has the same x and the other y.
        (r, s) = _possession(P256_ORDER - secret, 1, owner);
        _expectNotProved(1, bytes32(P256_FIELD - y), r, s);
        (r, s) = _possession(secret + 1, 1, owner);
        _expectNotProved(1, bytes32(y), r, s);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, 3));
        registry.provePossession(3, bytes32(y), r, s);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, 3));
        registry.possessionProved(3);
    }

    function test_A37_aProofOfPossessionStaysInItsDeployment() public {
        (uint256 x, uint256 y) = vm.publicKeyP256(4711);
        _registerP256(x, y);
        (bytes32 r, bytes32 s) = _possession(4711, 1, owner);
        vm.chainId(4242);
        _expectNotProved(1, bytes32(y), r, s);
        vm.chainId(31337);
        registry.provePossession(1, bytes32(y), r, s);
    }

    function test_keysOfOtherCurvesProveNothing() public {
        (uint256 x, uint256 y) = vm.publicKeyP256(4711);
        (bytes32 r, bytes32 s) = _possession(4711, 1, owner);
        vm.startPrank(owner);
        registry.register(1, 1, bytes.concat(bytes32(x)), 0, "");
        _expectNotProved(1, bytes32(y), r, s);
        registry.setKey(1, 3, bytes.concat(_prefix(y), bytes32(x)));
        _expectNotProved(1, bytes32(y), r, s);
        registry.setKey(1, 2, bytes.concat(_prefix(y), bytes32(x)));
        registry.provePossession(1, bytes32(y), r, s);
    }

    function test_A06_aProvedPossessionLapsesWithTheKeyAndWithTheOwner() public {
        (uint256 x, uint256 y) = vm.publicKeyP256(4711);
        _registerP256(x, y);
        bytes memory key = registry.device(1).key;
        (bytes32 r, bytes32 s) = _possession(4711, 1, owner);
        registry.provePossession(1, bytes32(y), r, s);
        vm.startPrank(owner);
        registry.setEndpoint(1, "elsewhere");
        vm.assertTrue(registry.possessionProved(1));
        registry.setKey(1, 2, key);
        vm.assertFalse(registry.possessionProved(1));
        registry.provePossession(1, bytes32(y), r, s);
        registry.transferFrom(owner, address(this), 1);
        vm.stopPrank();
        vm.assertFalse(registry.possessionProved(1));
        _expectNotProved(1, bytes32(y), r, s);
        registry.transferFrom(address(this), owner, 1);
        vm.assertFalse(registry.possessionProved(1));
    }

    function _registration(string memory signer, address owner_, uint256 nonce, uint256 deadline)
        private
        view
        returns (bytes memory)
    {
        return _signed(signer, owner_, 1, nonce, deadline);
    }

    /// @dev A signed registration of ED25519_KEY in network 7.
    function _signed(string memory signer, address owner_, uint8 keyType, uint256 nonce, uint256 deadline)
        private
        view
        returns (bytes memory)
    {
        bytes32 structHash = keccak256(
            abi.encode(
                keccak256(
                    "Registration(address owner,uint32 network,uint8 keyType,bytes key,uint64 cell,string endpoint,uint256 nonce,uint256 deadline)"
                ),
                owner_,
                7,
                keyType,
                keccak256(ED25519_KEY),
                99,
                keccak256("udp://here"),
                nonce,
                deadline
            )
        );
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", registry.domainSeparator(), structHash));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(keyOf(signer), digest);
        return abi.encodePacked(r, s, v);
    }

    function _registerFor(address owner_, uint256 deadline, bytes memory signature) private returns (uint256) {
        return registry.registerFor(owner_, 7, 1, ED25519_KEY, 99, "udp://here", deadline, signature);
    }

    function _expectInvalidAuthorisation(address owner_, uint256 deadline, bytes memory signature) private {
        vm.expectRevert(IDeviceRegistry.InvalidAuthorisation.selector);
        _registerFor(owner_, deadline, signature);
    }

    function _registerP256(uint256 x, uint256 y) private {
        vm.prank(owner);
        registry.register(1, 2, bytes.concat(_prefix(y), bytes32(x)), 0, "");
    }

    /// @dev What a device signs, with low s.
    function _possession(uint256 secret, uint256 deviceId, address owner_) private view returns (bytes32 r, bytes32 s) {
        bytes memory statement = abi.encode("groundwork possession", registry.deployment(), deviceId, owner_);
        (r, s) = vm.signP256(secret, sha256(statement));
        if (uint256(s) > P256_ORDER / 2) s = bytes32(P256_ORDER - uint256(s));
    }

    function _expectNotProved(uint256 deviceId, bytes32 y, bytes32 r, bytes32 s) private {
        vm.expectRevert(abi.encodeWithSelector(IDeviceRegistry.PossessionNotProved.selector, deviceId));
        registry.provePossession(deviceId, y, r, s);
    }

    function _prefix(uint256 y) private pure returns (bytes1) {
        return y % 2 == 0 ? bytes1(0x02) : bytes1(0x03);
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
