// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {DeviceRegistry} from "../src/DeviceRegistry.sol";
import {EpochClock} from "../src/EpochClock.sol";
import {Sessions} from "../src/Sessions.sol";
import {INetworkRegistry} from "../src/interfaces/INetworkRegistry.sol";
import {ISessions} from "../src/interfaces/ISessions.sol";
import {SmartAccount} from "./support/SmartAccount.sol";
import {Test} from "./support/Test.sol";

/// @dev Knows the networks 1 and 2.
contract TwoNetworks {
    function exists(uint32 network) external pure returns (bool) {
        return network == 1 || network == 2;
    }
}

contract SessionsTest is Test {
    uint64 private constant GENESIS = 1_000_000;
    uint64 private constant EPOCH_SECONDS = 600;
    uint64 private constant NEVER = type(uint64).max;

    DeviceRegistry private registry;
    Sessions private sessions;
    address private account;
    address private key;

    function setUp() public {
        vm.warp(GENESIS);
        registry = new DeviceRegistry();
        sessions =
            new Sessions(registry, INetworkRegistry(address(new TwoNetworks())), new EpochClock(GENESIS, 60, 10, 3));
        account = accountOf("account");
        key = accountOf("session key");
    }

    function test_anAccountAuthorisesAKey() public {
        vm.expectEmit(address(sessions));
        emit ISessions.SessionAuthorised(account, key, 1, 5e18, 3);
        vm.prank(account);
        sessions.authorise(key, 1, 5e18, 3);
        _expectSession(account, 1, 5e18, 3, NEVER);
        vm.assertEq(sessions.session(account, key, 1).authorisedAt, GENESIS);
        // For this account and network alone.
        _expectNone(account, 2);
        _expectNone(key, 1);
    }

    function test_aKeyIsAuthorisedOnceSoThatItsLimitHoldsForEver() public {
        _authorise(1, 5e18, 3);
        _expectKeyUsed();
        vm.prank(account);
        sessions.revoke(key, 1);
        _expectKeyUsed();
        vm.warp(GENESIS + 9 * EPOCH_SECONDS);
        _expectKeyUsed();
        vm.prank(account);
        sessions.authorise(key, 2, 5e18, 30);
        sessions.authorise(key, 1, 5e18, 30);
    }

    function test_theLastEpochMustNotHaveOpened() public {
        vm.warp(GENESIS + 2 * EPOCH_SECONDS);
        _expectInvalid(key, 1, 1, 2);
        _authorise(1, 1, 3);
        vm.warp(GENESIS + 2 * EPOCH_SECONDS - 1);
        _authorise(2, 1, 2);
    }

    function test_beforeGenesisTheFirstEpochIsToCome() public {
        vm.warp(GENESIS - 1);
        _authorise(1, 1, 0);
        _expectSession(account, 1, 1, 0, NEVER);
    }

    function test_refusesSessionsOfNothing() public {
        _expectInvalid(address(0), 1, 1, 3);
        _expectInvalid(account, 1, 1, 3);
        _expectInvalid(key, 1, 0, 3);
        _expectInvalid(key, 0, 1, 3);
        _expectInvalid(key, 3, 1, 3);
        _authorise(1, type(uint128).max, type(uint64).max);
        _expectSession(account, 1, type(uint128).max, type(uint64).max, NEVER);
    }

    function test_revokingKeepsTheEpochInWhichItHappened() public {
        _authorise(1, 5e18, 9);
        vm.warp(GENESIS + 4 * EPOCH_SECONDS);
        vm.expectEmit(address(sessions));
        emit ISessions.SessionRevoked(account, key, 1, 4);
        vm.prank(account);
        sessions.revoke(key, 1);
        _expectSession(account, 1, 5e18, 9, 4);
        vm.warp(GENESIS + 5 * EPOCH_SECONDS);
        _expectNoSession(account, 1);
        _expectSession(account, 1, 5e18, 9, 4);
    }

    function test_onlyTheAccountRevokes() public {
        _authorise(1, 5e18, 9);
        _expectNoSession(address(this), 1);
        _expectNoSession(key, 1);
        _expectNoSession(account, 2);
        _expectSession(account, 1, 5e18, 9, NEVER);
    }

    function test_anybodyBringsTheAuthorisationOfAnAccount() public {
        sessions.authoriseFor(account, key, 1, 5e18, 3, GENESIS, _signed("account", account, 1, GENESIS));
        _expectSession(account, 1, 5e18, 3, NEVER);
    }

    function test_aSmartAccountAuthorisesByErc1271() public {
        SmartAccount wallet = new SmartAccount(account);
        bytes memory signature = _signed("account", address(wallet), 1, GENESIS);
        wallet.setSigner(accountOf("other"));
        _expectInvalidAuthorisation(address(wallet), 1, 5e18, 3, GENESIS, signature);
        wallet.setSigner(account);
        sessions.authoriseFor(address(wallet), key, 1, 5e18, 3, GENESIS, signature);
        _expectSession(address(wallet), 1, 5e18, 3, NEVER);
        _expectNone(account, 1);
    }

    function test_A37_anAuthorisationCountsOnceAndOnlyForWhatItSays() public {
        bytes memory signature = _signed("account", account, 1, GENESIS + 10);
        _expectInvalidAuthorisation(account, 2, 5e18, 3, GENESIS + 10, signature);
        _expectInvalidAuthorisation(account, 1, 6e18, 3, GENESIS + 10, signature);
        _expectInvalidAuthorisation(account, 1, 5e18, 4, GENESIS + 10, signature);
        _expectInvalidAuthorisation(account, 1, 5e18, 3, GENESIS + 11, signature);
        _expectInvalidAuthorisation(accountOf("other"), 1, 5e18, 3, GENESIS + 10, signature);
        _expectInvalidAuthorisation(account, 1, 5e18, 3, GENESIS + 10, _malleated(signature));
        vm.chainId(4242);
        _expectInvalidAuthorisation(account, 1, 5e18, 3, GENESIS + 10, signature);
        vm.chainId(31337);
        vm.warp(GENESIS + 11);
        _expectInvalidAuthorisation(account, 1, 5e18, 3, GENESIS + 10, signature);
        vm.warp(GENESIS + 10);
        sessions.authoriseFor(account, key, 1, 5e18, 3, GENESIS + 10, signature);
        vm.expectRevert(abi.encodeWithSelector(ISessions.KeyUsed.selector, account, key, 1));
        sessions.authoriseFor(account, key, 1, 5e18, 3, GENESIS + 10, signature);
        vm.prank(account);
        sessions.revoke(key, 1);
        vm.expectRevert(abi.encodeWithSelector(ISessions.KeyUsed.selector, account, key, 1));
        sessions.authoriseFor(account, key, 1, 5e18, 3, GENESIS + 10, signature);
    }

    function test_anAuthorisationByAKeyIsNotOneByItsAccount() public {
        bytes memory signature = _signed("session key", account, 1, GENESIS);
        _expectInvalidAuthorisation(account, 1, 5e18, 3, GENESIS, signature);
        _expectInvalidAuthorisation(account, 1, 5e18, 3, GENESIS, "");
    }

    /// @dev An authorisation of 5 credits until epoch 3.
    function _signed(string memory signer, address account_, uint32 network, uint256 deadline)
        private
        view
        returns (bytes memory)
    {
        bytes32 structHash = keccak256(
            abi.encode(
                keccak256(
                    "SessionAuthorisation(address account,address key,uint32 network,uint128 limit,uint64 lastEpoch,uint256 deadline)"
                ),
                account_,
                key,
                network,
                5e18,
                3,
                deadline
            )
        );
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", registry.domainSeparator(), structHash));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(keyOf(signer), digest);
        return abi.encodePacked(r, s, v);
    }

    function _malleated(bytes memory signature) private pure returns (bytes memory) {
        (bytes32 r, bytes32 s) = abi.decode(signature, (bytes32, bytes32));
        uint256 n = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141;
        return abi.encodePacked(r, n - uint256(s), signature[64] == 0x1b ? uint8(28) : uint8(27));
    }

    function _authorise(uint32 network, uint128 limit, uint64 lastEpoch) private {
        vm.prank(account);
        sessions.authorise(key, network, limit, lastEpoch);
    }

    function _expectSession(address account_, uint32 network, uint128 limit, uint64 lastEpoch, uint64 revokedIn)
        private
        view
    {
        ISessions.Session memory item = sessions.session(account_, key, network);
        vm.assertEq(item.limit, limit);
        vm.assertEq(item.lastEpoch, lastEpoch);
        vm.assertEq(item.revokedIn, revokedIn);
        vm.assertGt(item.authorisedAt, 0);
    }

    function _expectNone(address account_, uint32 network) private view {
        ISessions.Session memory item = sessions.session(account_, key, network);
        vm.assertEq(abi.encode(item), abi.encode(ISessions.Session(0, 0, 0, 0)));
    }

    function _expectKeyUsed() private {
        vm.expectRevert(abi.encodeWithSelector(ISessions.KeyUsed.selector, account, key, 1));
        vm.prank(account);
        sessions.authorise(key, 1, 6e18, 30);
    }

    function _expectInvalid(address key_, uint32 network, uint128 limit, uint64 lastEpoch) private {
        vm.expectRevert(ISessions.InvalidSession.selector);
        vm.prank(account);
        sessions.authorise(key_, network, limit, lastEpoch);
    }

    function _expectNoSession(address account_, uint32 network) private {
        vm.expectRevert(abi.encodeWithSelector(ISessions.NoSession.selector, account_, key, network));
        vm.prank(account_);
        sessions.revoke(key, network);
    }

    function _expectInvalidAuthorisation(
        address account_,
        uint32 network,
        uint128 limit,
        uint64 lastEpoch,
        uint256 deadline,
        bytes memory signature
    ) private {
        vm.expectRevert(ISessions.InvalidAuthorisation.selector);
        sessions.authoriseFor(account_, key, network, limit, lastEpoch, deadline, signature);
    }
}
