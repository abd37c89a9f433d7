// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {Checkpoints} from "@openzeppelin/contracts/utils/structs/Checkpoints.sol";
import {EnumerableSet} from "@openzeppelin/contracts/utils/structs/EnumerableSet.sol";
import {IEpochClock} from "./interfaces/IEpochClock.sol";
import {IOperators} from "./interfaces/IOperators.sol";
import {IResults} from "./interfaces/IResults.sol";

contract Operators is IOperators {
    using Checkpoints for Checkpoints.Trace208;
    using EnumerableSet for EnumerableSet.AddressSet;
    using SafeCast for uint256;
    using SafeERC20 for IERC20;

    uint8 public constant VERIFIER = 1;
    uint8 public constant GATEWAY = 2;

    uint256 public constant MAX_MEMBERS = 128;
    uint256 public constant MAX_ENDPOINT_BYTES = 256;
    uint256 public constant MIN_STAKE = 1e18;
    uint256 public constant MAX_STAKE_MINIMUM = 1e26;
    uint32 public constant MIN_EXIT_EPOCHS = 1;
    uint32 public constant MAX_EXIT_EPOCHS = 10_000;

    /// @dev What is kept of an operator in one role, besides its weight.
    struct Record {
        address signer;
        string endpoint;
        Exit exit;
    }

    /// @dev One role. Operators in `active` have their weight under their signer in `stakes`.
    struct Set {
        EnumerableSet.AddressSet active;
        Checkpoints.Trace208 total;
        mapping(address operator => Record) records;
        mapping(address signer => address) operatorOf;
        mapping(address signer => Checkpoints.Trace208) stakes;
    }

    IERC20 private immutable _token;
    IEpochClock private immutable _clock;
    IResults private immutable _results;
    uint256 private immutable _minVerifierStake;
    uint256 private immutable _minGatewayStake;
    uint32 private immutable _exitEpochs;

    mapping(uint8 role => Set) private _sets;

    constructor(
        IERC20 token,
        IEpochClock clock,
        IResults results_,
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
        require(record.exit.amount == 0, ExitPending(role, msg.sender));
        require(set.active.add(msg.sender), AlreadyMember(role, msg.sender));
        require(set.active.length() <= MAX_MEMBERS, SetFull(role));

        set.operatorOf[signer] = msg.sender;
        record.signer = signer;
        record.endpoint = endpoint;
        _setWeight(set, signer, amount);
        _token.safeTransferFrom(msg.sender, address(this), amount);
        emit OperatorJoined(role, msg.sender, signer, amount, endpoint);
    }

    /// @inheritdoc IOperators
    function addStake(uint8 role, uint256 amount) external {
        Set storage set = _activeSet(role, msg.sender);
        require(amount > 0, NothingAdded());
        address signer = set.records[msg.sender].signer;
        uint256 stake = set.stakes[signer].latest() + amount;
        _setWeight(set, signer, stake);
        _token.safeTransferFrom(msg.sender, address(this), amount);
        emit StakeAdded(role, msg.sender, signer, stake);
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
        Set storage set = _activeSet(role, msg.sender);
        Record storage record = set.records[msg.sender];
        uint64 releaseEpoch = _clock.epochAt(block.timestamp) + _exitEpochs;

        record.exit = Exit(set.stakes[record.signer].latest(), releaseEpoch);
        set.active.remove(msg.sender);
        _setWeight(set, record.signer, 0);
        emit OperatorLeft(role, msg.sender, record.signer, releaseEpoch);
    }

    /// @inheritdoc IOperators
    function withdraw(uint8 role) external {
        _checkRole(role);
        Record storage record = _sets[role].records[msg.sender];
        Exit memory exit = record.exit;
        require(exit.amount > 0, NoExit(role, msg.sender));
        (uint64 epoch, bytes32 resultHash,) = _results.latest();
        require(resultHash != 0 && epoch >= exit.releaseEpoch, ExitNotReady(exit.releaseEpoch));

        delete _sets[role].records[msg.sender];
        _token.safeTransfer(msg.sender, exit.amount);
        emit StakeWithdrawn(role, msg.sender, exit.amount);
    }

    /// @inheritdoc IOperators
    function stakeAt(uint8 role, address signer, uint256 timestamp) external view returns (uint256) {
        _checkRole(role);
        return _sets[role].stakes[signer].upperLookupRecent(timestamp.toUint48());
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
        return _sets[role].records[operator].exit;
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
    function minimumStake(uint8 role) public view returns (uint256) {
        _checkRole(role);
        return role == VERIFIER ? _minVerifierStake : _minGatewayStake;
    }

    function _setWeight(Set storage set, address signer, uint256 weight) private {
        uint48 moment = block.timestamp.toUint48();
        (uint208 before,) = set.stakes[signer].push(moment, weight.toUint208());
        set.total.push(moment, (set.total.latest() - before + weight).toUint208());
    }

    function _activeSet(uint8 role, address operator) private view returns (Set storage set) {
        _checkRole(role);
        set = _sets[role];
        require(set.active.contains(operator), NotMember(role, operator));
    }

    function _member(Set storage set, address operator) private view returns (Member memory) {
        Record storage record = set.records[operator];
        return Member(operator, record.signer, set.stakes[record.signer].latest(), record.endpoint);
    }

    function _checkRole(uint8 role) private pure {
        require(role == VERIFIER || role == GATEWAY, UnknownRole(role));
    }

    function _checkEndpoint(string calldata endpoint) private pure {
        uint256 length = bytes(endpoint).length;
        require(length <= MAX_ENDPOINT_BYTES, EndpointTooLong(length));
    }
}
