// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IClaims} from "./interfaces/IClaims.sol";
import {IEpochClock} from "./interfaces/IEpochClock.sol";
import {IGroundworkToken} from "./interfaces/IGroundworkToken.sol";
import {IOperators} from "./interfaces/IOperators.sol";
import {IResults} from "./interfaces/IResults.sol";
import {MoneyLeaf} from "./libraries/MoneyLeaf.sol";

contract Claims is IClaims {
    using SafeCast for uint256;
    using SafeERC20 for IGroundworkToken;

    uint256 public constant MAX_BATCH = 64;
    uint16 public constant BPS = 10_000;
    uint32 public constant MAX_WINDOW_SLOTS = 100_000;

    uint8 private constant VERIFIER = 1;

    /// @dev What a leaf says.
    struct Leaf {
        uint8 kind;
        address account;
        uint32 network;
        uint256 cumulative;
    }

    /// @dev What was minted of late; decays to 0 in a straight line over the window since `updatedAt`.
    struct Window {
        uint128 used;
        uint48 updatedAt;
    }

    IGroundworkToken private immutable _token;
    IResults private immutable _results;
    IOperators private immutable _operators;
    uint16 private immutable _windowBps;
    uint32 private immutable _windowSlots;
    uint256 private immutable _windowSeconds;

    uint256 private _fundedTotal;
    Window private _window;
    mapping(address account => mapping(uint8 kind => mapping(uint32 network => uint256))) private _claimed;
    mapping(uint8 kind => mapping(uint32 network => uint256)) private _claimedTotals;

    constructor(
        IGroundworkToken token,
        IResults results,
        IOperators operators,
        IEpochClock clock,
        uint16 windowBps_,
        uint32 windowSlots_
    ) {
        require(token.minter() == address(this), WrongWiring());
        require(windowBps_ > 0 && windowBps_ <= BPS, InvalidClaimParameters());
        require(windowSlots_ > 0 && windowSlots_ <= MAX_WINDOW_SLOTS, InvalidClaimParameters());
        _token = token;
        _results = results;
        _operators = operators;
        _windowBps = windowBps_;
        _windowSlots = windowSlots_;
        _windowSeconds = uint256(windowSlots_) * clock.slotSeconds();
    }

    /// @inheritdoc IClaims
    function claim(uint8 kind, address account, uint32 network, uint256 cumulative, bytes32[] calldata proof)
        external
        returns (uint256 amount)
    {
        bool due;
        (amount, due) = _claim(Leaf(kind, account, network, cumulative), proof, 0);
        _pay(account, network, amount, due);
    }

    /// @inheritdoc IClaims
    function claimMany(
        address account,
        uint8[] calldata kinds,
        uint32[] calldata networks,
        uint256[] calldata cumulatives,
        bytes32[][] calldata proofs
    ) external returns (uint256 amount) {
        uint256 count = networks.length;
        require(count > 0 && count <= MAX_BATCH, InvalidBatch());
        require(kinds.length == count && cumulatives.length == count && proofs.length == count, InvalidBatch());
        bool anyDue = false;
        for (uint256 i = 0; i < count; ++i) {
            Leaf memory leaf = Leaf(kinds[i], account, networks[i], cumulatives[i]);
            (uint256 paid, bool due) = _claim(leaf, proofs[i], amount);
            amount += paid;
            anyDue = anyDue || due;
        }
        _pay(account, networks[0], amount, anyDue);
    }

    /// @inheritdoc IClaims
    function fundedTotal() external view returns (uint256) {
        return _fundedTotal;
    }

    /// @inheritdoc IClaims
    function windowRoom() external view returns (uint256) {
        return _room(_used());
    }

    /// @inheritdoc IClaims
    function windowBps() external view returns (uint16) {
        return _windowBps;
    }

    /// @inheritdoc IClaims
    function windowSlots() external view returns (uint32) {
        return _windowSlots;
    }

    /// @inheritdoc IClaims
    function claimed(uint8 kind, address account, uint32 network) external view returns (uint256) {
        return _claimed[account][kind][network];
    }

    /// @inheritdoc IClaims
    function claimedTotal(uint8 kind, uint32 network) external view returns (uint256) {
        return _claimedTotals[kind][network];
    }

    /// @inheritdoc IClaims
    function fund() public returns (uint256 amount) {
        uint256 used = _used();
        amount = Math.min(_results.finalMintable() - _fundedTotal, _room(used));
        // Nothing is written for nothing: calls without effect cannot slow the decay.
        if (amount == 0) return 0;
        used += amount;
        _fundedTotal += amount;
        _window = Window(used.toUint128(), block.timestamp.toUint48());
        _token.mint(address(this), amount);
        emit Funded(amount, _fundedTotal, used);
    }

    /// @dev Books a claim and returns what is to be paid: the rest that is due, or what is funded of it beyond `spent`.
    /// Nothing is due when nothing is left, whatever the proof.
    function _claim(Leaf memory leaf, bytes32[] calldata proof, uint256 spent)
        private
        returns (uint256 amount, bool due)
    {
        (uint8 kind, address account, uint32 network) = (leaf.kind, leaf.account, leaf.network);
        require(MoneyLeaf.isPayable(kind), NotPayable(kind));
        uint256 before = _claimed[account][kind][network];
        if (leaf.cumulative <= before) return (0, false);
        uint256 total = _claimedTotals[kind][network];
        uint256 rest = _checkLeaf(leaf, proof, before, total);

        amount = _funded(rest, spent);
        if (amount == 0) return (0, true);
        _claimedTotals[kind][network] = total + amount;
        _claimed[account][kind][network] = before + amount;
        emit Claimed(kind, account, network, amount, before + amount);
        return (amount, true);
    }

    /// @dev Returns what is due of a leaf that stands in the final root and within what is authorised.
    function _checkLeaf(Leaf memory leaf, bytes32[] calldata proof, uint256 before, uint256 total)
        private
        view
        returns (uint256 rest)
    {
        (bytes32 root, uint256 authorised) = _results.claimTerms(leaf.kind, leaf.network);
        bytes32 hash = MoneyLeaf.hash(leaf.kind, leaf.network, MoneyLeaf.subjectOf(leaf.account), leaf.cumulative);
        require(MerkleProof.verifyCalldata(proof, root, hash), InvalidProof());
        rest = leaf.cumulative - before;
        require(total + rest <= authorised, ExceedsAuthorised(leaf.kind, leaf.network, total + rest, authorised));
    }

    /// @dev What can be paid of `wanted`, when `spent` of the balance is promised already.
    function _funded(uint256 wanted, uint256 spent) private returns (uint256) {
        uint256 available = _token.balanceOf(address(this)) - spent;
        if (available < wanted) available += fund();
        return Math.min(available, wanted);
    }

    function _pay(address account, uint32 network, uint256 amount, bool due) private {
        require(due, NothingToClaim(account, network));
        require(amount > 0, NotFunded());
        _token.safeTransfer(account, amount);
    }

    /// @dev What counts of the window now, rounded up.
    function _used() private view returns (uint256) {
        uint256 elapsed = block.timestamp - _window.updatedAt;
        if (elapsed >= _windowSeconds) return 0;
        return Math.mulDiv(_window.used, _windowSeconds - elapsed, _windowSeconds, Math.Rounding.Ceil);
    }

    function _room(uint256 used) private view returns (uint256) {
        return Math.saturatingSub(_operators.bonded(VERIFIER) * _windowBps / BPS, used);
    }
}
