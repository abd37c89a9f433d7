// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {Attestations} from "../src/Attestations.sol";
import {GroundworkToken} from "../src/GroundworkToken.sol";
import {IAttestations} from "../src/interfaces/IAttestations.sol";
import {Test} from "./support/Test.sol";

contract AttestationsTest is Test {
    uint256 private constant MINIMUM = 100e18;
    uint32 private constant LIABILITY = 30 days;
    bytes32 private constant SUBJECT = keccak256("device 7");
    bytes32 private constant SCHEMA = keccak256("site visit");
    bytes32 private constant CONTENT = keccak256("report.pdf");

    GroundworkToken private token;
    Attestations private attestations;
    address private auditor;
    address private owner;
    uint48 private expires;

    function setUp() public {
        vm.warp(1_800_000_000);
        owner = accountOf("owner");
        auditor = accountOf("auditor");
        token = new GroundworkToken("Groundwork", "GRND", address(1), address(this), 1e27);
        attestations = new Attestations(token, owner, MINIMUM, LIABILITY);
        token.transfer(auditor, 10 * MINIMUM);
        vm.prank(auditor);
        token.approve(address(attestations), type(uint256).max);
        expires = uint48(block.timestamp + 90 days);
    }

    function test_anAuditorAttestsAsLongAsItsStakeStands() public {
        vm.expectEmit(address(attestations));
        emit IAttestations.AuditorStaked(auditor, MINIMUM);
        _stake(MINIMUM);
        bytes32 expected = keccak256(
            abi.encode(block.chainid, address(attestations), auditor, SUBJECT, SCHEMA, CONTENT, uint256(expires))
        );
        vm.expectEmit(address(attestations));
        emit IAttestations.Attested(expected, auditor, SUBJECT, SCHEMA, CONTENT, expires);
        bytes32 id = _attest();
        vm.assertEq(id, expected);
        IAttestations.Attestation memory item = attestations.attestation(id);
        vm.assertEq(item.auditor, auditor);
        vm.assertEq(item.subject, SUBJECT);
        vm.assertEq(item.schema, SCHEMA);
        vm.assertEq(item.content, CONTENT);
        vm.assertEq(item.expires, expires);
        vm.assertTrue(attestations.isValid(id));
        vm.assertEq(attestations.stakeOf(auditor), MINIMUM);

        vm.prank(owner);
        attestations.slash(auditor, 1, "never went there");
        vm.assertFalse(attestations.isValid(id));
        _stake(1);
        vm.assertTrue(attestations.isValid(id));
    }

    function test_anAttestationExpires() public {
        _stake(MINIMUM);
        bytes32 id = _attest();
        vm.warp(expires - 1);
        vm.assertTrue(attestations.isValid(id));
        vm.warp(expires);
        vm.assertFalse(attestations.isValid(id));
        vm.assertFalse(attestations.isValid(keccak256("unknown")));
    }

    function test_refusesAttestationsThatCannotBe() public {
        vm.expectRevert(abi.encodeWithSelector(IAttestations.StakeTooLow.selector, 0, MINIMUM));
        _attest();
        _stake(MINIMUM - 1);
        vm.expectRevert(abi.encodeWithSelector(IAttestations.StakeTooLow.selector, MINIMUM - 1, MINIMUM));
        _attest();
        _stake(1);
        vm.startPrank(auditor);
        vm.expectRevert(IAttestations.InvalidAttestation.selector);
        attestations.attest(0, SCHEMA, CONTENT, expires);
        vm.expectRevert(IAttestations.InvalidAttestation.selector);
        attestations.attest(SUBJECT, 0, CONTENT, expires);
        vm.expectRevert(IAttestations.InvalidAttestation.selector);
        attestations.attest(SUBJECT, SCHEMA, CONTENT, uint48(block.timestamp));
        vm.expectRevert(IAttestations.InvalidAttestation.selector);
        attestations.attest(SUBJECT, SCHEMA, CONTENT, uint48(block.timestamp + 366 days + 1));
        attestations.attest(SUBJECT, SCHEMA, CONTENT, uint48(block.timestamp + 366 days));
        bytes32 id = attestations.attest(SUBJECT, SCHEMA, CONTENT, expires);
        vm.expectRevert(abi.encodeWithSelector(IAttestations.AlreadyAttested.selector, id));
        attestations.attest(SUBJECT, SCHEMA, CONTENT, expires);
        vm.stopPrank();
    }

    function test_onlyTheAuditorRevokesOnceAndWithAReason() public {
        _stake(MINIMUM);
        bytes32 id = _attest();
        vm.expectRevert(abi.encodeWithSelector(IAttestations.NotAuditor.selector, id, address(this)));
        attestations.revoke(id, "mine");
        vm.startPrank(auditor);
        vm.expectRevert(IAttestations.InvalidReason.selector);
        attestations.revoke(id, "");
        vm.expectRevert(IAttestations.InvalidReason.selector);
        attestations.revoke(id, string(new bytes(1_025)));
        vm.expectEmit(address(attestations));
        emit IAttestations.AttestationRevoked(id, "moved");
        attestations.revoke(id, "moved");
        vm.assertFalse(attestations.isValid(id));
        vm.expectRevert(abi.encodeWithSelector(IAttestations.AlreadyRevoked.selector, id));
        attestations.revoke(id, "moved");
        vm.stopPrank();
    }

    /// @dev Whoever attested long terms and revoked them stays liable to their ends.
    function test_stakeLeavesOnlyAfterTheLastLiability() public {
        _stake(MINIMUM);
        bytes32 id = _attest();
        vm.startPrank(auditor);
        attestations.attest(SUBJECT, SCHEMA, CONTENT, uint48(block.timestamp + 1 days));
        attestations.revoke(id, "moved");
        uint48 until = expires + LIABILITY;
        vm.warp(until - 1);
        vm.expectRevert(abi.encodeWithSelector(IAttestations.StillLiable.selector, until));
        attestations.withdraw();
        vm.warp(until);
        vm.expectEmit(address(attestations));
        emit IAttestations.AuditorWithdrawn(auditor, MINIMUM);
        attestations.withdraw();
        vm.assertEq(token.balanceOf(auditor), 10 * MINIMUM);
        vm.assertEq(attestations.stakeOf(auditor), 0);
        vm.expectRevert(abi.encodeWithSelector(IAttestations.NothingStaked.selector, auditor));
        attestations.withdraw();
        vm.stopPrank();
    }

    function test_whoNeverAttestedMayLeaveAtOnce() public {
        _stake(MINIMUM);
        vm.prank(auditor);
        attestations.withdraw();
        vm.assertEq(token.balanceOf(auditor), 10 * MINIMUM);
    }

    function test_A49_theOwnerSlashesWithAReason() public {
        _stake(MINIMUM);
        uint256 supply = token.totalSupply();
        vm.expectRevert(abi.encodeWithSelector(Ownable.OwnableUnauthorizedAccount.selector, address(this)));
        attestations.slash(auditor, 1, "reason");
        vm.startPrank(owner);
        vm.expectRevert(IAttestations.InvalidReason.selector);
        attestations.slash(auditor, 1, "");
        vm.expectRevert(abi.encodeWithSelector(IAttestations.NothingStaked.selector, auditor));
        attestations.slash(auditor, 0, "reason");
        vm.expectRevert(abi.encodeWithSelector(IAttestations.NothingStaked.selector, owner));
        attestations.slash(owner, 1, "reason");
        vm.expectEmit(address(attestations));
        emit IAttestations.AuditorSlashed(auditor, MINIMUM, "reason");
        attestations.slash(auditor, 2 * MINIMUM, "reason");
        vm.stopPrank();
        vm.assertEq(token.totalSupply(), supply - MINIMUM);
        vm.assertEq(attestations.stakeOf(auditor), 0);
    }

    function test_addingNothingIsRefused() public {
        vm.expectRevert(IAttestations.NothingAdded.selector);
        _stake(0);
    }

    function test_theConstructorHoldsTheBounds() public {
        vm.assertEq(attestations.minimumStake(), MINIMUM);
        vm.assertEq(attestations.liabilitySeconds(), LIABILITY);
        _refused(1e18 - 1, 1);
        _refused(1e26 + 1, 1);
        _refused(1e18, 0);
        _refused(1e18, 366 days + 1);
        new Attestations(token, owner, 1e18, 1);
        new Attestations(token, owner, 1e26, 366 days);
    }

    /// @dev The contract holds what the auditors have staked, whatever order they stake, are slashed and leave in.
    function testFuzz_holdsExactlyTheStakes(uint96 first, uint96 second, uint128 slashed) public {
        address other = accountOf("other");
        uint256 a = bound(first, 1, 5 * MINIMUM);
        uint256 b = bound(second, 1, 5 * MINIMUM);
        token.transfer(other, b);
        _stake(a);
        vm.startPrank(other);
        token.approve(address(attestations), b);
        attestations.stake(b);
        vm.stopPrank();
        uint256 amount = bound(slashed, 1, type(uint128).max);
        vm.prank(owner);
        attestations.slash(auditor, amount, "reason");
        vm.assertEq(attestations.stakeOf(auditor), amount > a ? 0 : a - amount);
        vm.assertEq(token.balanceOf(address(attestations)), attestations.stakeOf(auditor) + b);
        vm.prank(other);
        attestations.withdraw();
        vm.assertEq(token.balanceOf(other), b);
        vm.assertEq(token.balanceOf(address(attestations)), attestations.stakeOf(auditor));
    }

    function _refused(uint256 minimum, uint32 liability) private {
        vm.expectRevert(IAttestations.InvalidAttestationParameters.selector);
        new Attestations(token, owner, minimum, liability);
    }

    function _stake(uint256 amount) private {
        vm.prank(auditor);
        attestations.stake(amount);
    }

    function _attest() private returns (bytes32) {
        vm.prank(auditor);
        return attestations.attest(SUBJECT, SCHEMA, CONTENT, expires);
    }
}
