// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {ICredits} from "./interfaces/ICredits.sol";
import {IDeviceRegistry} from "./interfaces/IDeviceRegistry.sol";
import {IEpochClock} from "./interfaces/IEpochClock.sol";
import {IOperators} from "./interfaces/IOperators.sol";
import {IResults} from "./interfaces/IResults.sol";
import {MoneyLeaf} from "./libraries/MoneyLeaf.sol";
import {PaymentRule} from "./libraries/PaymentRule.sol";
import {SignedTypes} from "./libraries/SignedTypes.sol";

contract Results is IResults {
    uint256 public constant MAX_INDEXES_PER_GATEWAY = 4;
    uint256 public constant MAX_TOTALS = 384;

    uint8 private constant VERIFIER = 1;
    uint8 private constant GATEWAY = 2;

    /// @dev Inputs of one epoch.
    struct Inputs {
        bytes32 hash;
        mapping(address gateway => uint256) counts;
        mapping(address gateway => mapping(bytes32 index => bool)) committed;
    }

    IEpochClock private immutable _clock;
    IDeviceRegistry private immutable _registry;
    IOperators private immutable _operators;
    ICredits private immutable _credits;
    uint64 private immutable _firstEpoch;
    uint16 private immutable _mBurnBps;
    uint16 private immutable _mOpsBps;

    uint64 private _lastEpoch;
    mapping(uint64 epoch => Accepted) private _accepted;
    mapping(uint64 epoch => Inputs) private _inputs;
    mapping(uint8 kind => mapping(uint32 network => uint256)) private _authorised;

    constructor(
        IEpochClock clock,
        IDeviceRegistry registry,
        IOperators operators,
        ICredits credits,
        uint64 firstEpoch_,
        uint16 mBurnBps_,
        uint16 mOpsBps_
    ) {
        require(PaymentRule.sharesAllowed(mBurnBps_, mOpsBps_), InvalidResultParameters());
        require(operators.results() == address(this) && credits.results() == address(this), WrongWiring());
        _clock = clock;
        _registry = registry;
        _operators = operators;
        _credits = credits;
        _firstEpoch = firstEpoch_;
        _mBurnBps = mBurnBps_;
        _mOpsBps = mOpsBps_;
    }

    /// @inheritdoc IResults
    function commitIndex(uint64 epoch, address gateway, bytes32 index, bytes[] calldata signatures) external {
        require(block.timestamp >= _clock.closeOf(epoch), EpochStillOpen(epoch));
        require(block.timestamp < _clock.commitDeadlineOf(epoch), CommitDeadlinePassed(epoch));
        require(index != 0, InvalidIndex());
        uint256 opening = _clock.openingOf(epoch);
        require(_operators.stakeAt(GATEWAY, gateway, opening) > 0, GatewayNotStaked(gateway));
        Inputs storage inputs = _inputs[epoch];
        require(!inputs.committed[gateway][index], IndexAlreadyCommitted(epoch, gateway, index));
        require(inputs.counts[gateway] < MAX_INDEXES_PER_GATEWAY, TooManyIndexes(epoch, gateway));

        (, uint256 signed, uint256 total) = _verify(indexDigest(epoch, gateway, index), signatures, opening);
        require(3 * signed > total, QuorumNotReached(signed, total));

        inputs.committed[gateway][index] = true;
        inputs.counts[gateway] += 1;
        inputs.hash = keccak256(abi.encode(inputs.hash, gateway, index));
        emit IndexCommitted(epoch, gateway, index, inputs.hash, signed);
    }

    /// @inheritdoc IResults
    function submit(Result calldata result_, bytes[] calldata signatures) external {
        uint64 epoch = result_.epoch;
        _checkHeader(result_);
        bytes32 resultHash = SignedTypes.hashResult(result_);
        (address[] memory signers, uint256 signed, uint256 total) =
            _verify(_digest(resultHash), signatures, _clock.openingOf(epoch));
        require(3 * signed > 2 * total, QuorumNotReached(signed, total));

        _lastEpoch = epoch;
        _accepted[epoch] = Accepted(resultHash, result_.closeBlock, result_.carryRoot, result_.moneyRoot);
        _settle(result_.totals);
        emit ResultAccepted(epoch, resultHash, result_, signers, signed, total);
    }

    /// @inheritdoc IResults
    function inputsOf(uint64 epoch) external view returns (bytes32) {
        return _inputs[epoch].hash;
    }

    /// @inheritdoc IResults
    function indexCount(uint64 epoch, address gateway) external view returns (uint256) {
        return _inputs[epoch].counts[gateway];
    }

    /// @inheritdoc IResults
    function isCommitted(uint64 epoch, address gateway, bytes32 index) external view returns (bool) {
        return _inputs[epoch].committed[gateway][index];
    }

    /// @inheritdoc IResults
    function authorised(uint8 kind, uint32 network) external view returns (uint256) {
        return _authorised[kind][network];
    }

    /// @inheritdoc IResults
    function latest() external view returns (uint64 epoch, bytes32 resultHash, bytes32 moneyRoot) {
        Accepted storage last = _accepted[_lastEpoch];
        return (_lastEpoch, last.resultHash, last.moneyRoot);
    }

    /// @inheritdoc IResults
    function result(uint64 epoch) external view returns (Accepted memory) {
        return _accepted[epoch];
    }

    /// @inheritdoc IResults
    function firstEpoch() external view returns (uint64) {
        return _firstEpoch;
    }

    /// @inheritdoc IResults
    function mBurnBps() external view returns (uint16) {
        return _mBurnBps;
    }

    /// @inheritdoc IResults
    function mOpsBps() external view returns (uint16) {
        return _mOpsBps;
    }

    /// @inheritdoc IResults
    function hashResult(Result calldata result_) external pure returns (bytes32) {
        return SignedTypes.hashResult(result_);
    }

    /// @inheritdoc IResults
    function resultDigest(Result calldata result_) external view returns (bytes32) {
        return _digest(SignedTypes.hashResult(result_));
    }

    /// @inheritdoc IResults
    function indexDigest(uint64 epoch, address gateway, bytes32 index) public view returns (bytes32) {
        return _digest(SignedTypes.hashIndex(_registry.deployment(), epoch, gateway, index));
    }

    /// @inheritdoc IResults
    function nextEpoch() public view returns (uint64) {
        if (_accepted[_lastEpoch].resultHash != 0) return _lastEpoch + 1;
        uint256 joined = _operators.firstJoinedAt(VERIFIER);
        if (joined <= _clock.openingOf(_firstEpoch)) return _firstEpoch;
        uint64 epoch = _clock.epochAt(joined);
        return joined <= _clock.openingOf(epoch) ? epoch : epoch + 1;
    }

    function _checkHeader(Result calldata result_) private view {
        bytes32 deployment = _registry.deployment();
        require(result_.deployment == deployment, WrongDeployment(result_.deployment));
        uint64 epoch = nextEpoch();
        require(result_.epoch == epoch, WrongEpoch(result_.epoch, epoch));
        require(result_.attempt == 0, WrongAttempt(result_.attempt));
        require(block.timestamp >= _clock.commitDeadlineOf(epoch), CommitDeadlineNotPassed(epoch));
        bytes32 parent = _accepted[_lastEpoch].resultHash;
        require(result_.parent == parent, WrongParent(result_.parent, parent));
        bytes32 inputs = _inputs[epoch].hash;
        require(result_.inputs == inputs, WrongInputs(result_.inputs, inputs));
    }

    /// @dev Recovers the signers, who must be distinct verifiers with stake at the opening, and adds their stake up.
    function _verify(bytes32 digest, bytes[] calldata signatures, uint256 opening)
        private
        view
        returns (address[] memory signers, uint256 signed, uint256 total)
    {
        total = _operators.totalAt(VERIFIER, opening);
        signers = new address[](signatures.length);
        address previous = address(0);
        for (uint256 i = 0; i < signatures.length; ++i) {
            (address signer, ECDSA.RecoverError failure,) = ECDSA.tryRecoverCalldata(digest, signatures[i]);
            require(failure == ECDSA.RecoverError.NoError, InvalidSignature(i));
            require(signer > previous, SignersNotAscending(previous, signer));
            uint256 stake = _operators.stakeAt(VERIFIER, signer, opening);
            require(stake > 0, SignerNotStaked(signer));
            signed += stake;
            signers[i] = signer;
            previous = signer;
        }
    }

    /// @dev Totals ascend by (kind, network), so each kind is one run that ascends by network; the three runs are merged
    /// by network.
    function _settle(Total[] calldata totals) private {
        require(totals.length <= MAX_TOTALS, TooManyTotals(totals.length));
        uint256 payment = 0;
        uint256 charge = _runEnd(totals, payment, MoneyLeaf.PAYMENT);
        uint256 basis = _runEnd(totals, charge, MoneyLeaf.CHARGE);
        uint256 paymentEnd = charge;
        uint256 chargeEnd = basis;
        uint256 basisEnd = _runEnd(totals, basis, MoneyLeaf.BASIS);
        if (basisEnd < totals.length) _revertAt(totals, basisEnd);

        while (payment < paymentEnd || charge < chargeEnd || basis < basisEnd) {
            uint32 network = type(uint32).max;
            if (payment < paymentEnd && totals[payment].network < network) network = totals[payment].network;
            if (charge < chargeEnd && totals[charge].network < network) network = totals[charge].network;
            if (basis < basisEnd && totals[basis].network < network) network = totals[basis].network;

            uint256 paid = 0;
            uint256 charged = 0;
            uint256 consumed = 0;
            if (payment < paymentEnd && totals[payment].network == network) paid = totals[payment++].amount;
            if (charge < chargeEnd && totals[charge].network == network) charged = totals[charge++].amount;
            if (basis < basisEnd && totals[basis].network == network) consumed = totals[basis++].amount;
            _settleNetwork(network, paid, charged, consumed);
        }
    }

    function _settleNetwork(uint32 network, uint256 paid, uint256 charged, uint256 consumed) private {
        uint256 limit = PaymentRule.paymentLimit(consumed, uint256(_mBurnBps) + _mOpsBps);
        require(paid <= limit, PaymentExceedsBasis(network, paid, limit));
        _authorised[MoneyLeaf.PAYMENT][network] += paid;
        _authorised[MoneyLeaf.CHARGE][network] += charged;
        _authorised[MoneyLeaf.BASIS][network] += consumed;
        _credits.settle(network, charged, consumed);
    }

    function _digest(bytes32 structHash) private view returns (bytes32) {
        return MessageHashUtils.toTypedDataHash(_registry.domainSeparator(), structHash);
    }

    /// @dev End of the run of a kind that starts at `start`, ascending by network.
    function _runEnd(Total[] calldata totals, uint256 start, uint8 kind) private pure returns (uint256 end) {
        end = start;
        while (end < totals.length && totals[end].kind == kind) {
            require(end == start || totals[end].network > totals[end - 1].network, TotalsNotAscending(end));
            ++end;
        }
    }

    /// @dev The total stands in none of the three runs: its kind is unknown, or it comes too late.
    function _revertAt(Total[] calldata totals, uint256 position) private pure {
        uint8 kind = totals[position].kind;
        require(kind >= MoneyLeaf.PAYMENT && kind <= MoneyLeaf.BASIS, UnknownKind(kind));
        revert TotalsNotAscending(position);
    }
}
