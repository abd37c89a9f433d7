// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC20Errors} from "@openzeppelin/contracts/interfaces/draft-IERC6093.sol";
import {Votes} from "@openzeppelin/contracts/governance/utils/Votes.sol";
import {GroundworkToken} from "../src/GroundworkToken.sol";
import {IGroundworkToken} from "../src/interfaces/IGroundworkToken.sol";
import {Test} from "./support/Test.sol";

contract GroundworkTokenTest is Test {
    GroundworkToken private token;
    address private minter;
    address private holder;

    function setUp() public {
        vm.warp(1_000);
        minter = accountOf("minter");
        holder = accountOf("holder");
        token = new GroundworkToken("Groundwork", "GRND", minter, holder, 100e18);
    }

    function test_startsWithTheGenesisSupply() public view {
        vm.assertEq(token.name(), "Groundwork");
        vm.assertEq(token.symbol(), "GRND");
        vm.assertEq(token.decimals(), 18);
        vm.assertEq(token.totalSupply(), 100e18);
        vm.assertEq(token.balanceOf(holder), 100e18);
        vm.assertEq(token.minter(), minter);
    }

    function test_onlyTheMinterMints() public {
        vm.prank(minter);
        token.mint(holder, 1);
        vm.assertEq(token.totalSupply(), 100e18 + 1);
        vm.expectRevert(abi.encodeWithSelector(IGroundworkToken.NotMinter.selector, holder));
        vm.prank(holder);
        token.mint(holder, 1);
    }

    function test_refusesToHaveNoMinter() public {
        vm.expectRevert(IGroundworkToken.InvalidMinter.selector);
        new GroundworkToken("Groundwork", "GRND", address(0), holder, 1);
    }

    function test_burnsOwnAndAllowedTokens() public {
        vm.prank(holder);
        token.burn(1e18);
        vm.prank(holder);
        token.approve(address(this), 2e18);
        token.burnFrom(holder, 2e18);
        vm.assertEq(token.totalSupply(), 97e18);
        vm.expectRevert(abi.encodeWithSelector(IERC20Errors.ERC20InsufficientAllowance.selector, address(this), 0, 1));
        token.burnFrom(holder, 1);
    }

    function test_A43_votesCountAtPastSecondsOnly() public {
        vm.prank(holder);
        token.delegate(holder);
        vm.warp(2_000);
        vm.prank(holder);
        token.transfer(address(this), 40e18);
        vm.assertEq(token.CLOCK_MODE(), "mode=timestamp");
        vm.assertEq(token.clock(), 2_000);
        vm.assertEq(token.getPastVotes(holder, 1_999), 100e18);
        vm.assertEq(token.getVotes(holder), 60e18);
        vm.expectRevert(abi.encodeWithSelector(Votes.ERC5805FutureLookup.selector, 2_000, 2_000));
        token.getPastVotes(holder, 2_000);
    }

    function test_permitGivesAnAllowance() public {
        bytes32 typehash =
            keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
        bytes32 hash = keccak256(abi.encode(typehash, holder, address(this), 5e18, 0, 3_000));
        bytes32 digest = keccak256(abi.encodePacked("\x19\x01", token.DOMAIN_SEPARATOR(), hash));
        (uint8 v, bytes32 r, bytes32 s) = vm.sign(keyOf("holder"), digest);
        token.permit(holder, address(this), 5e18, 3_000, v, r, s);
        vm.assertEq(token.allowance(holder, address(this)), 5e18);
        vm.assertEq(token.nonces(holder), 1);
    }
}
