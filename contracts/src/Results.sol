// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ICredits} from "./interfaces/ICredits.sol";
import {IDeviceRegistry} from "./interfaces/IDeviceRegistry.sol";
import {IEmissionSchedule} from "./interfaces/IEmissionSchedule.sol";
import {IEpochClock} from "./interfaces/IEpochClock.sol";
import {INetworkRegistry} from "./interfaces/INetworkRegistry.sol";
import {IOperators} from "./interfaces/IOperators.sol";
import {IResults} from "./interfaces/IResults.sol";
import {MoneyLeaf} from "./libraries/MoneyLeaf.sol";
import {PaymentRule} from "./libraries/PaymentRule.sol";
import {SignedTypes} from "./libraries/SignedTypes.sol";

contract Results is IResults {
    using SafeCast for uint256;

    uint256 public constant MAX_INDEXES_PER_GATEWAY = 4;
    uint256 public constant MAX_TOTALS = 642;
    uint32 public constant MAX_DISPUTE_SLOTS = 100_000;
    uint32 public constant MAX_SKIP_EPOCHS = 1_000;
    uint32 public constant MAX_VESTING_EPOCHS = 100_000;

    uint8 private constant VERIFIER = 1;
    uint8 private constant GATEWAY = 2;

    /// @dev The contracts that Results works with.
    struct Wiring {
        IEpochClock clock;
        IDeviceRegistry registry;
        IOperators operators;
        ICredits credits;
        INetworkRegistry networks;
        IEmissionSchedule emission;
        address council;
    }

    /// @dev What is fixed of a deployment's results.
    struct Parameters {
        uint64 firstEpoch;
        uint16 mBurnBps;
        uint16 mOpsBps;
        uint32 disputeSlots;
        uint32 skipEpochs;
        uint32 vestingEpochs;
    }

    /// @dev Inputs of one epoch. `fold` is set when the epoch is skipped: over all inputs from the first epoch that the
    /// next result covers up to this one.
    struct Inputs {
        bytes32 hash;
        bytes32 fold;
        mapping(address gateway => uint256) counts;
        mapping(address gateway => mapping(bytes32 index => bool)) committed;
    }

    /// @dev Where the chain of results stands. `last` is the last accepted result if `any`, `next` the epoch to come if
    /// `begun`, `finalEpoch` the last final result if `anyFinal`.
    struct Head {
        uint64 last;
        uint64 next;
        uint64 finalEpoch;
        uint32 attempt;
        bool begun;
        bool any;
        bool anyFinal;
        bool voidPending;
    }

    IEpochClock private immutable _clock;
    IDeviceRegistry private immutable _registry;
    IOperators private immutable _operators;
    ICredits private immutable _credits;
    INetworkRegistry private immutable _networks;
    IEmissionSchedule private immutable _emission;
    address private immutable _council;
    uint64 private immutable _firstEpoch;
    uint16 private immutable _mBurnBps;
    uint16 private immutable _mOpsBps;
    uint32 private immutable _disputeSlots;
    uint32 private immutable _skipEpochs;
    uint32 private immutable _vestingEpochs;
    uint256 private immutable _disputeSeconds;

    Head private _head;

    /// @dev First epoch ever covered, once begun; first epoch of void results, while they are pending.
    uint64 private _origin;
    uint64 private _voidFrom;

    uint256 private _bootstrapTotal;
    mapping(uint64 epoch => Accepted) private _accepted;
    mapping(uint64 epoch => Inputs) private _inputs;
    mapping(uint8 kind => mapping(uint32 network => uint256)) private _authorised;
    mapping(bytes32 resultHash => bool) private _held;
    mapping(bytes32 resultHash => bool) private _voided;

    constructor(Wiring memory wiring, Parameters memory parameters) {
        require(PaymentRule.sharesAllowed(parameters.mBurnBps, parameters.mOpsBps), InvalidResultParameters());
        _checkBounds(parameters.disputeSlots, MAX_DISPUTE_SLOTS);
        _checkBounds(parameters.skipEpochs, MAX_SKIP_EPOCHS);
        _checkBounds(parameters.vestingEpochs, MAX_VESTING_EPOCHS);
        require(wiring.operators.results() == address(this) && wiring.credits.results() == address(this), WrongWiring());
        _clock = wiring.clock;
        _registry = wiring.registry;
        _operators = wiring.operators;
        _credits = wiring.credits;
        _networks = wiring.networks;
        _emission = wiring.emission;
        _council = wiring.council;
        _firstEpoch = parameters.firstEpoch;
        _mBurnBps = parameters.mBurnBps;
        _mOpsBps = parameters.mOpsBps;
        _disputeSlots = parameters.disputeSlots;
        _skipEpochs = parameters.skipEpochs;
        _vestingEpochs = parameters.vestingEpochs;
        _disputeSeconds = uint256(parameters.disputeSlots) * wiring.clock.slotSeconds();
    }

    modifier onlyCouncil() {
        require(msg.sender == _council, NotCouncil(msg.sender));
        _;
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

        (, uint256 signed, uint256 total) = verifySigners(indexDigest(epoch, gateway, index), signatures, opening);
        require(3 * signed > total, QuorumNotReached(signed, total));

        inputs.committed[gateway][index] = true;
        inputs.counts[gateway] += 1;
        inputs.hash = keccak256(abi.encode(inputs.hash, gateway, index));
        emit IndexCommitted(epoch, gateway, index, inputs.hash, signed);
    }

    /// @inheritdoc IResults
    function submit(Result calldata result_, bytes[] calldata signatures) external {
        uint64 epoch = result_.epoch;
        _requireNothingVoid();
        Head memory head = _head;
        uint64 first = coveredFrom();
        Accepted memory parent = _lastAccepted(head);
        _checkHeader(result_, head.attempt, parent.resultHash);
        bytes32 resultHash = SignedTypes.hashResult(result_);
        (address[] memory signers, uint256 signed, uint256 total) =
            verifySigners(_digest(resultHash), signatures, _clock.openingOf(epoch));
        require(3 * signed > 2 * total, QuorumNotReached(signed, total));

        if (!head.begun) _origin = epoch;
        (head.begun, head.any, head.last, head.next) = (true, true, epoch, epoch + 1);
        _head = head;
        uint256 mintable = parent.mintable + _book(result_.totals, first, epoch);
        _accepted[epoch] =
            Accepted(resultHash, result_.moneyRoot, mintable.toUint128(), first, block.timestamp.toUint48());
        emit ResultAccepted(epoch, resultHash, result_, signers, signed, total);
    }

    /// @inheritdoc IResults
    function present(uint64 epoch, bytes[] calldata signatures) external {
        _requireNothingVoid();
        require(epoch == nextEpoch() && block.timestamp >= _clock.commitDeadlineOf(epoch), PresenceNotAsked(epoch));
        (address[] memory signers,,) = verifySigners(presenceDigest(epoch), signatures, _clock.openingOf(epoch));
        for (uint256 i = 0; i < signers.length; ++i) {
            if (_operators.markPresent(epoch, signers[i])) emit VerifierPresent(epoch, signers[i]);
        }
    }

    /// @inheritdoc IResults
    function skip(uint64 epoch) external {
        _requireNothingVoid();
        require(epoch == nextEpoch() && _operators.firstJoinedAt(VERIFIER) > 0, SkipNotAllowed(epoch));
        require(block.timestamp >= _clock.commitDeadlineOf(epoch + _skipEpochs), SkipNotAllowed(epoch));
        _inputs[epoch].fold = coveredInputs();
        if (!_head.begun) {
            _origin = epoch;
            _head.begun = true;
        }
        _head.next = epoch + 1;
        _operators.decay(epoch);
        emit EpochSkipped(epoch);
    }

    /// @inheritdoc IResults
    function finalise(uint256 max) external returns (uint256 moved) {
        Head memory head = _head;
        uint64 epoch = head.anyFinal ? head.finalEpoch + 1 : _origin;
        for (; moved < max && head.any && epoch <= head.last; ++epoch) {
            if (head.voidPending && epoch >= _voidFrom) break;
            Accepted storage accepted = _accepted[epoch];
            bytes32 resultHash = accepted.resultHash;
            if (resultHash == 0) continue; // Skipped: a later result covers it.
            if (_held[resultHash] || _mayBeDisputed(accepted)) break;
            (head.anyFinal, head.finalEpoch) = (true, epoch);
            ++moved;
            emit ResultFinal(epoch, resultHash, accepted.moneyRoot);
        }
        if (moved > 0) _head = head;
    }

    /// @inheritdoc IResults
    function hold(uint64 epoch, bool held) external onlyCouncil {
        Accepted storage accepted = _pending(epoch);
        bytes32 resultHash = accepted.resultHash;
        require(!held || _mayBeDisputed(accepted), NotPending(epoch));
        _held[resultHash] = held;
        emit ResultHeld(epoch, resultHash, held);
    }

    /// @inheritdoc IResults
    function voidFrom(uint64 epoch) external onlyCouncil {
        Accepted storage accepted = _pending(epoch);
        bytes32 resultHash = accepted.resultHash;
        require(_held[resultHash] || _mayBeDisputed(accepted), NotPending(epoch));
        uint32 attempt_ = _head.attempt + 1;
        _head.attempt = attempt_;
        _head.voidPending = true;
        _voidFrom = epoch;
        _voided[resultHash] = true;
        emit ResultsVoided(epoch, resultHash, attempt_);
    }

    /// @inheritdoc IResults
    function rollback(Result calldata result_) external {
        Head memory head = _head;
        require(head.voidPending, NothingToRollBack());
        uint64 epoch = head.last;
        Accepted storage accepted = _accepted[epoch];
        bytes32 resultHash = SignedTypes.hashResult(result_);
        require(accepted.resultHash == resultHash, NotHead(resultHash));

        // The epoch is next again; epochs that were skipped before it stay so. The result before ended where this began.
        uint64 first = accepted.first;
        head.next = epoch;
        head.any = first != _origin;
        head.last = head.any ? first - 1 : 0;
        if (epoch == _voidFrom) head.voidPending = false;
        _head = head;
        delete _accepted[epoch];
        delete _held[resultHash];
        _unbook(result_.totals);
        emit ResultRolledBack(epoch, resultHash);
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
    function claimTerms(uint8 kind, uint32 network) external view returns (bytes32 moneyRoot, uint256 authorised_) {
        return (_lastFinal().moneyRoot, _authorised[kind][network]);
    }

    /// @inheritdoc IResults
    function latest() external view returns (uint64 epoch, bytes32 resultHash, bytes32 moneyRoot) {
        epoch = _head.last;
        Accepted storage last = _accepted[epoch];
        return (epoch, last.resultHash, last.moneyRoot);
    }

    /// @inheritdoc IResults
    function finalised() external view returns (uint64 epoch, bytes32 resultHash, bytes32 moneyRoot) {
        Accepted storage last = _lastFinal();
        return (_head.finalEpoch, last.resultHash, last.moneyRoot);
    }

    /// @inheritdoc IResults
    function finalMintable() external view returns (uint256) {
        return _lastFinal().mintable;
    }

    /// @inheritdoc IResults
    function result(uint64 epoch) external view returns (Accepted memory) {
        return _accepted[epoch];
    }

    /// @inheritdoc IResults
    function attempt() external view returns (uint32) {
        return _head.attempt;
    }

    /// @inheritdoc IResults
    function voided() external view returns (bool pending, uint64 fromEpoch) {
        pending = _head.voidPending;
        return (pending, pending ? _voidFrom : 0);
    }

    /// @inheritdoc IResults
    function isVoided(bytes32 resultHash) external view returns (bool) {
        return _voided[resultHash];
    }

    /// @inheritdoc IResults
    function isHeld(uint64 epoch) external view returns (bool) {
        return _held[_accepted[epoch].resultHash];
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
    function disputeSlots() external view returns (uint32) {
        return _disputeSlots;
    }

    /// @inheritdoc IResults
    function skipEpochs() external view returns (uint32) {
        return _skipEpochs;
    }

    /// @inheritdoc IResults
    function vestingEpochs() external view returns (uint32) {
        return _vestingEpochs;
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
    function presenceDigest(uint64 epoch) public view returns (bytes32) {
        return _digest(SignedTypes.hashPresence(_registry.deployment(), epoch));
    }

    /// @inheritdoc IResults
    function nextEpoch() public view returns (uint64) {
        if (_head.begun) return _head.next;
        uint256 joined = _operators.firstJoinedAt(VERIFIER);
        if (joined <= _clock.openingOf(_firstEpoch)) return _firstEpoch;
        uint64 epoch = _clock.epochAt(joined);
        return joined <= _clock.openingOf(epoch) ? epoch : epoch + 1;
    }

    /// @inheritdoc IResults
    function coveredFrom() public view returns (uint64) {
        if (_head.any) return _head.last + 1;
        return _head.begun ? _origin : nextEpoch();
    }

    /// @inheritdoc IResults
    function coveredInputs() public view returns (bytes32) {
        uint64 epoch = nextEpoch();
        bytes32 hash = _inputs[epoch].hash;
        return coveredFrom() == epoch ? hash : keccak256(abi.encode(_inputs[epoch - 1].fold, hash));
    }

    /// @inheritdoc IResults
    function verifySigners(bytes32 digest, bytes[] calldata signatures, uint256 timestamp)
        public
        view
        returns (address[] memory signers, uint256 signed, uint256 total)
    {
        total = _operators.totalAt(VERIFIER, timestamp);
        signers = new address[](signatures.length);
        address previous = address(0);
        for (uint256 i = 0; i < signatures.length; ++i) {
            (address signer, ECDSA.RecoverError failure,) = ECDSA.tryRecoverCalldata(digest, signatures[i]);
            require(failure == ECDSA.RecoverError.NoError, InvalidSignature(i));
            require(signer > previous, SignersNotAscending(previous, signer));
            uint256 stake = _operators.stakeAt(VERIFIER, signer, timestamp);
            require(stake > 0, SignerNotStaked(signer));
            signed += stake;
            signers[i] = signer;
            previous = signer;
        }
    }

    function _checkHeader(Result calldata result_, uint32 attempt_, bytes32 parent) private view {
        bytes32 deployment = _registry.deployment();
        require(result_.deployment == deployment, WrongDeployment(result_.deployment));
        uint64 epoch = nextEpoch();
        require(result_.epoch == epoch, WrongEpoch(result_.epoch, epoch));
        require(result_.attempt == attempt_, WrongAttempt(result_.attempt, attempt_));
        require(block.timestamp >= _clock.commitDeadlineOf(epoch), CommitDeadlineNotPassed(epoch));
        require(result_.parent == parent, WrongParent(result_.parent, parent));
        bytes32 inputs = coveredInputs();
        require(result_.inputs == inputs, WrongInputs(result_.inputs, inputs));
    }

    function _requireNothingVoid() private view {
        require(!_head.voidPending, RollbackPending(_voidFrom));
    }

    /// @dev An accepted result that is neither final nor void.
    function _pending(uint64 epoch) private view returns (Accepted storage accepted) {
        accepted = _accepted[epoch];
        bool isFinal = _head.anyFinal && epoch <= _head.finalEpoch;
        bool isVoid = _head.voidPending && epoch >= _voidFrom;
        require(accepted.resultHash != 0 && !isFinal && !isVoid, NotPending(epoch));
    }

    function _mayBeDisputed(Accepted storage accepted) private view returns (bool) {
        return block.timestamp < accepted.acceptedAt + _disputeSeconds;
    }

    function _lastFinal() private view returns (Accepted storage) {
        // Before the first, epoch 0 may have a result that is pending; the last epoch of all never has one.
        return _accepted[_head.anyFinal ? _head.finalEpoch : type(uint64).max];
    }

    function _lastAccepted(Head memory head) private view returns (Accepted memory accepted) {
        if (head.any) accepted = _accepted[head.last];
    }

    /// @dev Adds the totals to what is authorised, checks every bound, and settles the credits.
    /// @return mintable tokens that they add
    function _book(Total[] calldata totals, uint64 first, uint64 epoch) private returns (uint256 mintable) {
        require(totals.length <= MAX_TOTALS, TooManyTotals(totals.length));
        uint256[9] memory starts = _runs(totals);
        for (uint256 i = 0; i < totals.length; ++i) {
            (uint8 kind, uint256 amount) = (totals[i].kind, totals[i].amount);
            _authorised[kind][totals[i].network] += amount;
            if (MoneyLeaf.isPayable(kind)) mintable += amount;
        }
        _settleCredits(totals, starts, true);
        _checkOperations(totals[starts[MoneyLeaf.OPERATIONS]:starts[MoneyLeaf.BOOTSTRAP]]);
        _checkBootstrap(totals[starts[MoneyLeaf.BOOTSTRAP]:starts[MoneyLeaf.DUTY]], epoch);
        if (starts[MoneyLeaf.DUTY] < starts[MoneyLeaf.TREASURY]) {
            _checkEmission(totals[starts[MoneyLeaf.DUTY]], _emission.operatorsBetween(first, epoch));
        }
        if (starts[MoneyLeaf.TREASURY] < totals.length) {
            _checkEmission(totals[starts[MoneyLeaf.TREASURY]], _emission.treasuryBetween(first, epoch));
        }
    }

    /// @dev Takes out what `_book` added.
    function _unbook(Total[] calldata totals) private {
        for (uint256 i = 0; i < totals.length; ++i) {
            (uint8 kind, uint256 amount) = (totals[i].kind, totals[i].amount);
            _authorised[kind][totals[i].network] -= amount;
            if (kind == MoneyLeaf.BOOTSTRAP) _bootstrapTotal -= amount;
        }
        _settleCredits(totals, _runs(totals), false);
    }

    /// @dev The runs of payments, charges and basis ascend by network; they are merged by network.
    function _settleCredits(Total[] calldata totals, uint256[9] memory starts, bool settling) private {
        uint256 payment = starts[MoneyLeaf.PAYMENT];
        uint256 charge = starts[MoneyLeaf.CHARGE];
        uint256 basis = starts[MoneyLeaf.BASIS];
        (uint256 paymentEnd, uint256 chargeEnd, uint256 basisEnd) = (charge, basis, starts[MoneyLeaf.OPERATIONS]);
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
            if (settling) {
                uint256 limit = PaymentRule.paymentLimit(consumed, uint256(_mBurnBps) + _mOpsBps);
                require(paid <= limit, PaymentExceedsBasis(network, paid, limit));
                _credits.settle(network, charged, consumed);
            } else {
                _credits.unsettle(network, charged, consumed);
            }
        }
    }

    function _checkOperations(Total[] calldata totals) private view {
        for (uint256 i = 0; i < totals.length; ++i) {
            uint32 network = totals[i].network;
            uint256 wanted = _authorised[MoneyLeaf.OPERATIONS][network];
            uint256 limit = Math.mulDiv(_authorised[MoneyLeaf.BASIS][network], _mOpsBps, PaymentRule.BPS);
            require(wanted <= limit, OperationsExceedShare(network, wanted, limit));
        }
    }

    function _checkBootstrap(Total[] calldata totals, uint64 epoch) private {
        if (totals.length == 0) return;
        // Nothing is vested in the first epochs.
        bool vested = epoch >= _vestingEpochs;
        uint64 upTo = vested ? epoch - _vestingEpochs : 0;
        uint256 sum = _bootstrapTotal;
        for (uint256 i = 0; i < totals.length; ++i) {
            uint32 network = totals[i].network;
            uint256 wanted = _authorised[MoneyLeaf.BOOTSTRAP][network];
            uint256 budget = vested ? _networks.bootstrapBudget(network, upTo) : 0;
            require(wanted <= budget, BootstrapExceedsBudget(network, wanted, budget));
            sum += totals[i].amount;
        }
        uint256 limit = vested ? _emission.bootstrapUpTo(upTo) : 0;
        require(sum <= limit, BootstrapExceedsBudget(0, sum, limit));
        _bootstrapTotal = sum;
    }

    function _digest(bytes32 structHash) private view returns (bytes32) {
        return MessageHashUtils.toTypedDataHash(_registry.domainSeparator(), structHash);
    }

    function _checkEmission(Total calldata total, uint256 limit) private pure {
        require(total.amount <= limit, EmissionExceedsSchedule(total.kind, total.amount, limit));
    }

    function _checkBounds(uint32 value, uint32 most) private pure {
        require(value > 0 && value <= most, InvalidResultParameters());
    }

    /// @dev Totals ascend by (kind, network), so each kind is one run that ascends by network: that of kind k is from
    /// starts[k] to starts[k + 1].
    function _runs(Total[] calldata totals) private pure returns (uint256[9] memory starts) {
        uint256 position = 0;
        for (uint8 kind = MoneyLeaf.PAYMENT; kind <= MoneyLeaf.TREASURY; ++kind) {
            starts[kind] = position;
            while (position < totals.length && totals[position].kind == kind) {
                uint32 network = totals[position].network;
                require(kind < MoneyLeaf.DUTY || network == 0, WrongNetwork(kind, network));
                require(
                    position == starts[kind] || network > totals[position - 1].network, TotalsNotAscending(position)
                );
                ++position;
            }
        }
        starts[MoneyLeaf.SLASH] = position;
        if (position == totals.length) return starts;
        // The total stands in no run: its kind is unknown, or it comes too late.
        uint8 other = totals[position].kind;
        require(other >= MoneyLeaf.PAYMENT && other <= MoneyLeaf.TREASURY, UnknownKind(other));
        revert TotalsNotAscending(position);
    }
}
