// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {ICouncil} from "../src/interfaces/ICouncil.sol";
import {IResults} from "../src/interfaces/IResults.sol";
import {ISlashing} from "../src/interfaces/ISlashing.sol";
import {MoneyLeaf} from "../src/libraries/MoneyLeaf.sol";
import {Disputes} from "./Disputes.sol";

/// @title Results, disputes, votes and seizures that forge drives in random order
/// @notice Every step is taken only when the rules allow it, and then it may not fail.
contract Arbitration is Disputes {
    uint256 private constant AMOUNT = 1e18;

    mapping(uint64 epoch => bytes) private _submitted;
    bytes[] private _voided;
    mapping(uint256 id => mapping(uint256 member => bool)) private _voted;
    mapping(uint256 voided => mapping(uint256 signer => bool)) private _seized;
    uint256 private _standing;
    uint64 private _finalEpoch;
    mapping(string action => uint256) public done;

    function start() external {
        setUp();
        for (uint256 i = 0; i < VERIFIERS; ++i) {
            address verifier = vm.addr(verifierKeys[i]);
            fund(verifier, 1_000 * STAKE, address(operators));
            vm.prank(verifier);
            operators.addStake(VERIFIER, 1_000 * STAKE);
        }
    }

    function wait(uint8 slots) external {
        vm.warp(block.timestamp + bound(slots, 1, 64) * SLOT_SECONDS);
    }

    /// @dev After a pause the results of some epochs come at once, and are pending together.
    function submitSome(uint8 count) external {
        (bool pending,) = results.voided();
        if (pending) return;
        uint256 some = bound(count, 1, 4);
        uint256 deadline = clock.commitDeadlineOf(results.nextEpoch() + uint64(some) - 1);
        if (block.timestamp < deadline) vm.warp(deadline);
        for (uint256 i = 0; i < some; ++i) {
            _submit();
        }
    }

    function dispute(uint64 which) external {
        uint64 next = results.nextEpoch();
        if (next == 0) return;
        uint64 epoch = next - 1 - which % (next < 4 ? next : 4);
        IResults.Accepted memory accepted = results.result(epoch);
        (bool pending, uint64 from) = results.voided();
        if (accepted.resultHash == 0 || (pending && epoch >= from)) return;
        if (block.timestamp >= accepted.acceptedAt + uint256(DISPUTE_SLOTS) * SLOT_SECONDS) return;
        if (council.disputeIdOf(accepted.resultHash) != 0) return;
        openDispute(epoch);
        ++done["dispute"];
    }

    /// @dev Some members vote on a dispute, one after another, until it is decided.
    function vote(uint256 which, uint8 members, uint8 votes) external {
        if (council.disputeCount() == 0) return;
        uint256 id = _recent(which, council.disputeCount());
        for (uint256 seat = 0; seat < COUNCILLORS; ++seat) {
            if (members >> seat & 1 == 1) _vote(id, seat, votes >> seat & 1 == 1);
        }
    }

    function expire(uint256 which) external {
        if (council.disputeCount() > 0) _expire(_recent(which, council.disputeCount()));
    }

    function rollback() public {
        (bool pending,) = results.voided();
        if (!pending) return;
        (uint64 head,,) = results.latest();
        results.rollback(abi.decode(_submitted[head], (IResults.Result)));
        _standing -= AMOUNT;
        ++done["rollback"];
    }

    function finalise(uint8 max) external {
        results.finalise(max);
    }

    function seize(uint256 which, uint8 signer) external {
        if (_voided.length == 0) return;
        uint256 at = which % _voided.length;
        uint256 key = signer % VERIFIERS;
        if (_seized[at][key] || operators.slashable(VERIFIER, vm.addr(verifierKeys[key])) < 4 * STAKE) return;
        _seized[at][key] = true;
        IResults.Result memory result = abi.decode(_voided[at], (IResults.Result));
        slashing.signedVoid(result, signResult(verifierKeys[key], result));
        ++done["seize"];
    }

    function close(uint256 which, bool pardoned) external {
        if (slashing.seizureCount() == 0) return;
        uint256 id = _recent(which, slashing.seizureCount());
        ISlashing.Seizure memory item = slashing.seizure(id);
        if (item.state != 1) return;
        if (pardoned) {
            vm.prank(address(timelock));
            slashing.pardon(id, REASON);
            ++done["pardon"];
        } else if (block.timestamp >= item.ripeAt) {
            slashing.execute(id);
            ++done["execute"];
        }
    }

    function check() external {
        uint256 bonds = 0;
        for (uint256 id = 1; id <= council.disputeCount(); ++id) {
            ICouncil.Dispute memory item = council.disputeOf(id);
            if (item.state == OPEN) bonds += item.bond;
        }
        vm.assertEq(token.balanceOf(address(council)), bonds, "bonds");
        uint256 held = 0;
        for (uint256 id = 1; id <= slashing.seizureCount(); ++id) {
            ISlashing.Seizure memory item = slashing.seizure(id);
            if (item.state == 1) held += item.amount;
        }
        vm.assertEq(token.balanceOf(address(slashing)), held, "seizures");
        vm.assertEq(results.authorised(MoneyLeaf.TREASURY, 0), _standing, "authorised");
        vm.assertLe(results.finalMintable(), _standing, "mintable");
        (uint64 epoch, bytes32 hash,) = results.finalised();
        vm.assertGe(epoch, _finalEpoch);
        vm.assertFalse(results.isVoided(hash));
        _finalEpoch = epoch;
    }

    /// @dev From wherever it stands, everything can be closed, and the next result becomes final.
    function settleDown() external {
        vm.warp(block.timestamp + uint256(SLOTS_PER_EPOCH) * SLOT_SECONDS + 1);
        for (uint256 id = 1; id <= council.disputeCount(); ++id) {
            _expire(id);
        }
        for (uint256 i = 0; i < 1_000; ++i) {
            (bool pending,) = results.voided();
            if (!pending) break;
            rollback();
        }
        _submit();
        makeFinal();
        (uint64 last, bytes32 hash,) = results.latest();
        (uint64 epoch, bytes32 finalHash,) = results.finalised();
        vm.assertEq(epoch, last);
        vm.assertEq(finalHash, hash);
        vm.assertEq(results.finalMintable(), _standing);
        vm.assertEq(token.balanceOf(address(council)), 0);
    }

    /// @dev All verifiers sign whatever comes next.
    function _submit() private {
        IResults.Total[] memory totals = new IResults.Total[](1);
        totals[0] = IResults.Total(MoneyLeaf.TREASURY, 0, AMOUNT);
        IResults.Result memory result = nextResult(keccak256("root"), totals);
        uint256 deadline = clock.commitDeadlineOf(result.epoch);
        if (block.timestamp < deadline) vm.warp(deadline);
        results.submit(result, signatures(results.resultDigest(result), VERIFIERS));
        _submitted[result.epoch] = abi.encode(result);
        _standing += AMOUNT;
        ++done["submit"];
    }

    /// @dev One of the last four ids, which count from 1.
    function _recent(uint256 which, uint256 count) private pure returns (uint256) {
        return count - which % (count < 4 ? count : 4);
    }

    function _vote(uint256 id, uint256 seat, bool forVoid) private {
        ICouncil.Dispute memory item = council.disputeOf(id);
        if (item.state != OPEN || block.timestamp > item.deadline || _voted[id][seat] || _isMoot(item)) return;
        _voted[id][seat] = true;
        voteBy(seat, id, forVoid);
        ++done["vote"];
        if (!results.isVoided(item.resultHash)) return;
        _voided.push(_submitted[item.epoch]);
        ++done["void"];
    }

    function _expire(uint256 id) private {
        ICouncil.Dispute memory item = council.disputeOf(id);
        if (item.state != OPEN || (block.timestamp <= item.deadline && !_isMoot(item))) return;
        council.expire(id);
        ++done["expire"];
    }

    function _isMoot(ICouncil.Dispute memory item) private view returns (bool) {
        (bool pending, uint64 from) = results.voided();
        return results.result(item.epoch).resultHash != item.resultHash || (pending && item.epoch >= from);
    }
}
