// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Checkpoints} from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";
import {EnumerableSet} from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";
import {IEpochClock} from "./interfaces/IEpochClock.sol";
import {IGroundworkToken} from "./interfaces/IGroundworkToken.sol";
import {IOperators} from "./interfaces/IOperators.sol";
import {IResults} from "./interfaces/IResults.sol";
import {MoneyLeaf} from "./libraries/MoneyLeaf.sol";

contract Operators is IOperators {
    using Checkpoints for Checkpoints.Trace208;
    using EnumerableSet for EnumerableSet.AddressSet;
    using SafeCast for uint256;
    using SafeERC20 for IGroundworkToken;

    uint8 public constant VERIFIER = 1;
    uint8 public constant GATEWAY = 2;

    uint256 public constant MAX_MEMBERS = 128;
    uint256 public constant MAX_ENDPOINT_BYTES = 256;
    uint256 public constant MIN_STAKE = 1e18;
    uint256 public constant MAX_STAKE_MINIMUM = 1e26;
    uint32 public constant MIN_EXIT_EPOCHS = 1;
    uint32 public constant MAX_EXIT_EPOCHS = 10_000;

    /// @dev What is kept of an operator in one role, besides its weight. Stake is bonded while it is a member, and moves to
    /// the exit when it leaves.
    struct Record {
        address signer;
        uint64 releaseEpoch;
        uint128 stake;
        uint128 exiting;
        string endpoint;
    }

    /// @dev One role. Operators in `active` have their weight under their signer in `weights`.
    struct Set {
        EnumerableSet.AddressSet active;
        Checkpoints.Trace208 total;
        uint256 bonded;
        mapping(address operator => Record) records;
        mapping(address operator => uint256) slashedByResults;
        mapping(address signer => address) operatorOf;
        mapping(address signer => Checkpoints.Trace208) weights;
    }

    IGroundworkToken private immutable _token;
    IEpochClock private immutable _clock;
    IResults private immutable _results;
    address private immutable _slashing;
    uint256 private immutable _minVerifierStake;
    uint256 private immutable _minGatewayStake;
    uint32 private immutable _exitEpochs;

    mapping(uint8 role => Set) private _sets;
    mapping(uint64 epoch => mapping(address signer => bool)) private _present;

    constructor(
        IGroundworkToken token,
        IEpochClock clock,
        IResults results_,
        address slashing,
        uint256 minVerifierStake,
        uint256 minGatewayStake,
        uint32 exitEpochs_
    ) {
        require(minVerifierStake >= MIN_STAKE && minVerifierStake <= MAX_STAKE_MINIMUM, InvalidOperatorParameters());
        require(minGatewayStake >= MIN_STAKE && minGatewayStake <= MAX_STAKE_MINIMUM, InvalidOperatorParameters());
        require(exitEpochs_ >= MIN_EXIT_EPOCHS && exitEpochs_ <= MAX_EXIT_EPOCHS, InvalidOperatorParameters());
        _token = token;
        _clock = clock;
        _results = results_;
        _slashing = slashing;
        _minVerifierStake = minVerifierStake;
        _minGatewayStake = minGatewayStake;
        _exitEpochs = exitEpochs_;
    }

    /// @inheritdoc IOperators
    function join(uint8 role, address signer, string calldata endpoint, uint256 amount) external {
        uint256 minimum = minimumStake(role);
        require(amount >= minimum, StakeTooLow(amount, minimum));
        require(signer != address(0), InvalidSigner());
        _checkEndpoint(endpoint);

        Set storage set = _sets[role];
        address owner = set.operatorOf[signer];
        require(owner == address(0) || owner == msg.sender, SignerTaken(role, signer));
        Record storage record = set.records[msg.sender];
        require(record.exiting == 0, ExitPending(role, msg.sender));
        require(set.active.add(msg.sender), AlreadyMember(role, msg.sender));
        require(set.active.length() <= MAX_MEMBERS, SetFull(role));

        set.operatorOf[signer] = msg.sender;
        record.signer = signer;
        record.endpoint = endpoint;
        record.stake = amount.toUint128();
        set.bonded += amount;
        _token.safeTransferFrom(msg.sender, address(this), amount);
        emit OperatorJoined(role, msg.sender, signer, amount, endpoint);
        _setWeight(set, role, msg.sender, signer, amount);
    }

    /// @inheritdoc IOperators
    function addStake(uint8 role, uint256 amount) external {
        Set storage set = _activeSet(role, msg.sender);
        require(amount > 0, NothingAdded());
        Record storage record = set.records[msg.sender];
        address signer = record.signer;
        uint128 stake = (record.stake + amount).toUint128();
        record.stake = stake;
        set.bonded += amount;
        _token.safeTransferFrom(msg.sender, address(this), amount);
        emit StakeAdded(role, msg.sender, signer, stake);
        _setWeight(set, role, msg.sender, signer, set.weights[signer].latest() + amount);
    }

    /// @inheritdoc IOperators
    function setEndpoint(uint8 role, string calldata endpoint) external {
        Set storage set = _activeSet(role, msg.sender);
        _checkEndpoint(endpoint);
        set.records[msg.sender].endpoint = endpoint;
        emit OperatorEndpointChanged(role, msg.sender, endpoint);
    }

    /// @inheritdoc IOperators
    function leave(uint8 role) external {
        _leave(_activeSet(role, msg.sender), role, msg.sender);
    }

    /// @inheritdoc IOperators
    function restore(uint8 role) external {
        Set storage set = _activeSet(role, msg.sender);
        Record storage record = set.records[msg.sender];
        (address signer, uint256 stake) = (record.signer, record.stake);
        require(set.weights[signer].latest() < stake, NothingToRestore());
        _setWeight(set, role, msg.sender, signer, stake);
    }

    /// @inheritdoc IOperators
    function withdraw(uint8 role, uint256 cumulative, bytes32[] calldata proof) external {
        _checkRole(role);
        Set storage set = _sets[role];
        Record storage record = set.records[msg.sender];
        require(record.exiting > 0, NoExit(role, msg.sender));
        (uint64 epoch, bytes32 resultHash, bytes32 root) = _results.finalised();
        require(resultHash != 0 && epoch >= record.releaseEpoch, ExitNotReady(record.releaseEpoch));
        _checkProof(root, role, msg.sender, cumulative, proof);
        if (cumulative > set.slashedByResults[msg.sender]) _slashByResult(set, role, msg.sender, cumulative);

        uint256 amount = record.exiting;
        delete set.records[msg.sender];
        _token.safeTransfer(msg.sender, amount);
        emit StakeWithdrawn(role, msg.sender, amount);
    }

    /// @inheritdoc IOperators
    function slashByResult(uint8 role, address operator, uint256 cumulative, bytes32[] calldata proof) external {
        _checkRole(role);
        (,, bytes32 root) = _results.finalised();
        _checkProof(root, role, operator, cumulative, proof);
        Set storage set = _sets[role];
        require(cumulative > set.slashedByResults[operator] && slashable(role, operator) > 0, NothingToSlash());
        _slashByResult(set, role, operator, cumulative);
    }

    /// @inheritdoc IOperators
    function seize(uint8 role, address operator, uint256 amount) external returns (uint256 taken) {
        require(msg.sender == _slashing, NotSlashing(msg.sender));
        _checkRole(role);
        taken = _take(_sets[role], role, operator, amount, false);
        _token.safeTransfer(msg.sender, taken);
    }

    /// @inheritdoc IOperators
    function markPresent(uint64 epoch, address signer) external returns (bool added) {
        require(msg.sender == address(_results), NotResults(msg.sender));
        added = !_present[epoch][signer];
        _present[epoch][signer] = true;
    }

    /// @inheritdoc IOperators
    function decay(uint64 epoch) external {
        require(msg.sender == address(_results), NotResults(msg.sender));
        Set storage set = _sets[VERIFIER];
        uint48 opening = _clock.openingOf(epoch).toUint48();
        uint256 count = set.active.length();
        for (uint256 i = 0; i < count; ++i) {
            address operator = set.active.at(i);
            address signer = set.records[operator].signer;
            // Who had no weight at the opening could not say that it was present.
            if (_present[epoch][signer] || set.weights[signer].upperLookupRecent(opening) == 0) continue;
            _setWeight(set, VERIFIER, operator, signer, set.weights[signer].latest() / 2);
        }
    }

    /// @inheritdoc IOperators
    function stakeAt(uint8 role, address signer, uint256 timestamp) external view returns (uint256) {
        _checkRole(role);
        return _sets[role].weights[signer].upperLookupRecent(timestamp.toUint48());
    }

    /// @inheritdoc IOperators
    function totalAt(uint8 role, uint256 timestamp) external view returns (uint256) {
        _checkRole(role);
        return _sets[role].total.upperLookupRecent(timestamp.toUint48());
    }

    /// @inheritdoc IOperators
    function firstJoinedAt(uint8 role) external view returns (uint256) {
        _checkRole(role);
        Checkpoints.Trace208 storage total = _sets[role].total;
        return total.length() == 0 ? 0 : total.at(0)._key;
    }

    /// @inheritdoc IOperators
    function bonded(uint8 role) external view returns (uint256) {
        _checkRole(role);
        return _sets[role].bonded;
    }

    /// @inheritdoc IOperators
    function slashedByResults(uint8 role, address operator) external view returns (uint256) {
        _checkRole(role);
        return _sets[role].slashedByResults[operator];
    }

    /// @inheritdoc IOperators
    function members(uint8 role) external view returns (Member[] memory list) {
        _checkRole(role);
        Set storage set = _sets[role];
        list = new Member[](set.active.length());
        for (uint256 i = 0; i < list.length; ++i) {
            list[i] = _member(set, set.active.at(i));
        }
    }

    /// @inheritdoc IOperators
    function member(uint8 role, address operator) external view returns (Member memory) {
        return _member(_activeSet(role, operator), operator);
    }

    /// @inheritdoc IOperators
    function operatorOf(uint8 role, address signer) external view returns (address) {
        _checkRole(role);
        return _sets[role].operatorOf[signer];
    }

    /// @inheritdoc IOperators
    function exitOf(uint8 role, address operator) external view returns (Exit memory) {
        _checkRole(role);
        Record storage record = _sets[role].records[operator];
        return record.exiting == 0 ? Exit(0, 0) : Exit(record.exiting, record.releaseEpoch);
    }

    /// @inheritdoc IOperators
    function exitEpochs() external view returns (uint32) {
        return _exitEpochs;
    }

    /// @inheritdoc IOperators
    function results() external view returns (address) {
        return address(_results);
    }

    /// @inheritdoc IOperators
    function slashable(uint8 role, address operator) public view returns (uint256) {
        _checkRole(role);
        Record storage record = _sets[role].records[operator];
        return uint256(record.stake) + record.exiting;
    }

    /// @inheritdoc IOperators
    function minimumStake(uint8 role) public view returns (uint256) {
        _checkRole(role);
        return role == VERIFIER ? _minVerifierStake : _minGatewayStake;
    }

    function _leave(Set storage set, uint8 role, address operator) private {
        Record storage record = set.records[operator];
        uint64 releaseEpoch = _clock.epochAt(block.timestamp) + _exitEpochs;
        set.bonded -= record.stake;
        record.exiting = record.stake;
        record.stake = 0;
        record.releaseEpoch = releaseEpoch;
        set.active.remove(operator);
        emit OperatorLeft(role, operator, record.signer, releaseEpoch);
        _setWeight(set, role, operator, record.signer, 0);
    }

    function _slashByResult(Set storage set, uint8 role, address operator, uint256 cumulative) private {
        uint256 taken = _take(set, role, operator, cumulative - set.slashedByResults[operator], true);
        set.slashedByResults[operator] += taken;
        _token.burn(taken);
    }

    /// @dev Takes up to `amount` from what is bonded, or else from what is leaving. A member who is left with less than the
    /// minimum leaves.
    function _take(Set storage set, uint8 role, address operator, uint256 amount, bool byResult)
        private
        returns (uint256 taken)
    {
        Record storage record = set.records[operator];
        bool active = set.active.contains(operator);
        uint256 stake = active ? record.stake : record.exiting;
        taken = Math.min(amount, stake);
        uint128 left = (stake - taken).toUint128();
        emit StakeSlashed(role, operator, taken, left, byResult);
        if (!active) {
            record.exiting = left;
            return taken;
        }
        record.stake = left;
        set.bonded -= taken;
        uint256 weight = set.weights[record.signer].latest();
        if (left < minimumStake(role)) _leave(set, role, operator);
        else if (left < weight) _setWeight(set, role, operator, record.signer, left);
    }

    function _setWeight(Set storage set, uint8 role, address operator, address signer, uint256 weight) private {
        uint48 moment = block.timestamp.toUint48();
        (uint208 before,) = set.weights[signer].push(moment, weight.toUint208());
        set.total.push(moment, (set.total.latest() - before + weight).toUint208());
        emit WeightChanged(role, operator, signer, weight);
    }

    function _activeSet(uint8 role, address operator) private view returns (Set storage set) {
        _checkRole(role);
        set = _sets[role];
        require(set.active.contains(operator), NotMember(role, operator));
    }

    function _member(Set storage set, address operator) private view returns (Member memory) {
        Record storage record = set.records[operator];
        uint256 weight = set.weights[record.signer].latest();
        return Member(operator, record.signer, record.stake, weight, record.endpoint);
    }

    function _checkRole(uint8 role) private pure {
        require(role == VERIFIER || role == GATEWAY, UnknownRole(role));
    }

    function _checkEndpoint(string calldata endpoint) private pure {
        uint256 length = bytes(endpoint).length;
        require(length <= MAX_ENDPOINT_BYTES, EndpointTooLong(length));
    }

    function _checkProof(bytes32 root, uint8 role, address operator, uint256 cumulative, bytes32[] calldata proof)
        private
        pure
    {
        bytes32 leaf = MoneyLeaf.hash(MoneyLeaf.SLASH, 0, MoneyLeaf.operatorSubject(role, operator), cumulative);
        require(MerkleProof.verifyCalldata(proof, root, leaf), InvalidProof());
    }
}
