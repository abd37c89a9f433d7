// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC721Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {DeviceStakes} from "../src/DeviceStakes.sol";
import {IDeviceStakes} from "../src/interfaces/IDeviceStakes.sol";
import {IResults} from "../src/interfaces/IResults.sol";
import {MoneyLeaf} from "../src/libraries/MoneyLeaf.sol";
import {Deployment} from "./Deployment.sol";

contract DeviceStakesTest is Deployment {
    uint256 private constant DEPOSIT = 50e18;

    address private owner;
    address private sponsor;
    uint256 private device;

    function setUp() public override {
        super.setUp();
        owner = accountOf("owner");
        sponsor = accountOf("sponsor");
        vm.prank(owner);
        device = registry.register(NETWORK, 1, abi.encodePacked(keccak256("key")), 0, "");
    }

    function test_anybodyStakesForADevice() public {
        fund(sponsor, DEPOSIT, address(deviceStakes));
        vm.expectEmit(address(deviceStakes));
        emit IDeviceStakes.DeviceStaked(device, sponsor, DEPOSIT, DEPOSIT);
        vm.prank(sponsor);
        deviceStakes.stake(device, DEPOSIT);
        _stake(1);
        vm.assertEq(deviceStakes.stakeOf(device).amount, DEPOSIT + 1);
        vm.assertEq(deviceStakes.stakeOf(device).releaseEpoch, 0);
        vm.assertEq(token.balanceOf(address(deviceStakes)), DEPOSIT + 1);
        vm.assertEq(deviceStakes.exitEpochs(), EXIT_EPOCHS);
    }

    function test_refusesStakesOfNothingAndForNothing() public {
        vm.expectRevert(IDeviceStakes.NothingAdded.selector);
        deviceStakes.stake(device, 0);
        vm.expectRevert(abi.encodeWithSelector(IERC721Errors.ERC721NonexistentToken.selector, device + 1));
        deviceStakes.stake(device + 1, 1);
    }

    function test_theOwnerAloneLetsTheStakeLeave() public {
        vm.prank(owner);
        vm.expectRevert(abi.encodeWithSelector(IDeviceStakes.NotLeaving.selector, device));
        deviceStakes.leave(device);
        _stake(DEPOSIT);
        vm.prank(sponsor);
        vm.expectRevert(abi.encodeWithSelector(IDeviceStakes.NotDeviceOwner.selector, device, sponsor));
        deviceStakes.leave(device);
        vm.expectEmit(address(deviceStakes));
        emit IDeviceStakes.DeviceStakeLeaving(device, EXIT_EPOCHS);
        _leave();
        vm.assertEq(deviceStakes.stakeOf(device).releaseEpoch, EXIT_EPOCHS);
        vm.expectRevert(abi.encodeWithSelector(IDeviceStakes.Leaving.selector, device));
        _leave();
        fund(sponsor, 1, address(deviceStakes));
        vm.prank(sponsor);
        vm.expectRevert(abi.encodeWithSelector(IDeviceStakes.Leaving.selector, device));
        deviceStakes.stake(device, 1);
    }

    function test_stakeNeverLeavesBeforeItsLastLiability() public {
        _stake(DEPOSIT);
        vm.expectRevert(abi.encodeWithSelector(IDeviceStakes.NotLeaving.selector, device));
        _withdraw(0, new bytes32[](0));
        _leave();
        vm.expectRevert(abi.encodeWithSelector(IDeviceStakes.ExitNotReady.selector, EXIT_EPOCHS));
        _withdraw(0, new bytes32[](0));
        for (uint64 epoch = 0; epoch < EXIT_EPOCHS; ++epoch) {
            bytes32[] memory early = _settleLeaf(0);
            vm.expectRevert(abi.encodeWithSelector(IDeviceStakes.ExitNotReady.selector, EXIT_EPOCHS));
            _withdraw(0, proofOf(early, _leaf(0)));
        }
        // Accepted is not final.
        bytes32[] memory tree = pair(_leaf(5e18), keccak256("other"));
        settle(tree[0], new IResults.Total[](0));
        vm.expectRevert(abi.encodeWithSelector(IDeviceStakes.ExitNotReady.selector, EXIT_EPOCHS));
        _withdraw(5e18, proofOf(tree, _leaf(5e18)));
        makeFinal();

        // What the last epoch slashed is due first; an older or smaller leaf does not pass.
        vm.expectRevert(IDeviceStakes.InvalidProof.selector);
        _withdraw(0, proofOf(tree, _leaf(5e18)));
        uint256 supply = token.totalSupply();
        vm.expectEmit(address(deviceStakes));
        emit IDeviceStakes.DeviceStakeWithdrawn(device, owner, DEPOSIT - 5e18);
        _withdraw(5e18, proofOf(tree, _leaf(5e18)));
        vm.assertEq(token.balanceOf(owner), DEPOSIT - 5e18);
        vm.assertEq(token.totalSupply(), supply - 5e18);
        vm.assertEq(deviceStakes.slashedByResults(device), 5e18);
        vm.assertEq(token.balanceOf(address(deviceStakes)), 0);
        vm.expectRevert(abi.encodeWithSelector(IDeviceStakes.NotLeaving.selector, device));
        _withdraw(5e18, proofOf(tree, _leaf(5e18)));

        // The device may be staked for again.
        _stake(DEPOSIT);
        vm.assertEq(deviceStakes.stakeOf(device).releaseEpoch, 0);
    }

    function test_theStakeGoesToTheOwnerOfNow() public {
        _stake(DEPOSIT);
        _leave();
        address buyer = accountOf("buyer");
        vm.prank(owner);
        registry.transferFrom(owner, buyer, device);
        bytes32[] memory tree = _settleLeaf(0);
        for (uint64 epoch = 0; epoch < EXIT_EPOCHS; ++epoch) {
            tree = _settleLeaf(0);
        }
        bytes32[] memory proof = proofOf(tree, _leaf(0));
        vm.expectRevert(abi.encodeWithSelector(IDeviceStakes.NotDeviceOwner.selector, device, owner));
        _withdraw(0, proof);
        vm.prank(buyer);
        deviceStakes.withdraw(device, 0, proof);
        vm.assertEq(token.balanceOf(buyer), DEPOSIT);
    }

    function test_aFinalLeafBurnsStakeOnce() public {
        _stake(DEPOSIT);
        bytes32[] memory tree = pair(_leaf(20e18), keccak256("other"));
        settle(tree[0], new IResults.Total[](0));
        bytes32[] memory proof = proofOf(tree, _leaf(20e18));
        vm.expectRevert(IDeviceStakes.InvalidProof.selector);
        deviceStakes.slashByResult(device, 20e18, proof);
        makeFinal();
        vm.expectRevert(IDeviceStakes.InvalidProof.selector);
        deviceStakes.slashByResult(device, 20e18 + 1, proof);
        uint256 supply = token.totalSupply();
        vm.expectEmit(address(deviceStakes));
        emit IDeviceStakes.DeviceStakeSlashed(device, 20e18, DEPOSIT - 20e18);
        vm.prank(accountOf("anybody"));
        deviceStakes.slashByResult(device, 20e18, proof);
        vm.assertEq(token.totalSupply(), supply - 20e18);
        vm.assertEq(deviceStakes.stakeOf(device).amount, DEPOSIT - 20e18);
        vm.expectRevert(IDeviceStakes.NothingToSlash.selector);
        deviceStakes.slashByResult(device, 20e18, proof);
    }

    /// @dev The leaf of one network, or of an operator, slashes no device of another.
    function test_A37_aLeafOfAnotherNetworkSlashesNothing() public {
        _stake(DEPOSIT);
        bytes32 other = MoneyLeaf.hash(MoneyLeaf.SLASH, OTHER_NETWORK, bytes32(device), 20e18);
        bytes32[] memory tree = pair(other, MoneyLeaf.hash(MoneyLeaf.SLASH, 0, bytes32(device), 20e18));
        settleFinal(tree[0], new IResults.Total[](0));
        bytes32[] memory proof = proofOf(tree, other);
        vm.expectRevert(IDeviceStakes.InvalidProof.selector);
        deviceStakes.slashByResult(device, 20e18, proof);
    }

    function test_whatStakeCouldNotPayIsOwedByLaterStake() public {
        _stake(10e18);
        bytes32[] memory tree = _settleLeaf(25e18);
        bytes32[] memory proof = proofOf(tree, _leaf(25e18));
        deviceStakes.slashByResult(device, 25e18, proof);
        vm.assertEq(deviceStakes.slashedByResults(device), 10e18);
        vm.expectRevert(IDeviceStakes.NothingToSlash.selector);
        deviceStakes.slashByResult(device, 25e18, proof);
        _stake(20e18);
        deviceStakes.slashByResult(device, 25e18, proof);
        vm.assertEq(deviceStakes.slashedByResults(device), 25e18);
        vm.assertEq(deviceStakes.stakeOf(device).amount, 5e18);
    }

    function test_theConstructorHoldsTheBounds() public {
        vm.expectRevert(IDeviceStakes.InvalidStakeParameters.selector);
        new DeviceStakes(token, registry, clock, results, 0);
        vm.expectRevert(IDeviceStakes.InvalidStakeParameters.selector);
        new DeviceStakes(token, registry, clock, results, 10_001);
        vm.assertEq(new DeviceStakes(token, registry, clock, results, 1).exitEpochs(), 1);
        vm.assertEq(new DeviceStakes(token, registry, clock, results, 10_000).exitEpochs(), 10_000);
    }

    /// @dev Every token staked is burned or paid out; no more is burned than the last leaf says.
    function testFuzz_whatIsStakedIsBurnedOrPaidOut(uint96 staked, uint128 first, uint128 second) public {
        uint256 amount = bound(staked, 1, 1e26);
        uint256 early = bound(first, 0, 2e26);
        uint256 late = bound(second, early, 3e26);
        uint256 supply = token.totalSupply();
        _stake(amount);
        _leave();
        bytes32[] memory tree = _settleLeaf(early);
        if (early > 0) deviceStakes.slashByResult(device, early, proofOf(tree, _leaf(early)));
        for (uint64 epoch = 0; epoch < EXIT_EPOCHS; ++epoch) {
            tree = _settleLeaf(late);
        }
        _withdraw(late, proofOf(tree, _leaf(late)));
        uint256 burned = late < amount ? late : amount;
        vm.assertEq(token.balanceOf(owner), amount - burned);
        vm.assertEq(token.totalSupply(), supply - burned);
        vm.assertEq(deviceStakes.slashedByResults(device), burned);
        vm.assertEq(token.balanceOf(address(deviceStakes)), 0);
    }

    function _stake(uint256 amount) private {
        fund(sponsor, amount, address(deviceStakes));
        vm.prank(sponsor);
        deviceStakes.stake(device, amount);
    }

    function _leave() private {
        vm.prank(owner);
        deviceStakes.leave(device);
    }

    function _withdraw(uint256 cumulative, bytes32[] memory proof) private {
        vm.prank(owner);
        deviceStakes.withdraw(device, cumulative, proof);
    }

    function _leaf(uint256 cumulative) private view returns (bytes32) {
        return MoneyLeaf.hash(MoneyLeaf.SLASH, NETWORK, bytes32(device), cumulative);
    }

    /// @dev Settles the next epoch with the device's SLASH leaf, and makes it final.
    function _settleLeaf(uint256 cumulative) private returns (bytes32[] memory tree) {
        tree = pair(_leaf(cumulative), keccak256("other"));
        settleFinal(tree[0], new IResults.Total[](0));
    }
}
