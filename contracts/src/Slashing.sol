// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ICouncil} from "./interfaces/ICouncil.sol";
import {IDeviceRegistry} from "./interfaces/IDeviceRegistry.sol";
import {IEpochClock} from "./interfaces/IEpochClock.sol";
import {IGroundworkToken} from "./interfaces/IGroundworkToken.sol";
import {IOperators} from "./interfaces/IOperators.sol";
import {IResults} from "./interfaces/IResults.sol";
import {ISlashing} from "./interfaces/ISlashing.sol";
import {HashTree} from "./libraries/HashTree.sol";
import {Reason} from "./libraries/Reason.sol";
import {SignedTypes} from "./libraries/SignedTypes.sol";

contract Slashing is ISlashing, Ownable {
    using SafeCast for uint256;
    using SafeERC20 for IGroundworkToken;

    uint32 public constant MIN_APPEAL_SLOTS = 1;
    uint32 public constant MAX_APPEAL_SLOTS = 100_000;

    /// @dev Divisors: of the stake for a void result and for a broken promise, of what is taken for the reporter.
    uint256 public constant VOID_DIVISOR = 2;
    uint256 public constant PROMISE_DIVISOR = 10;
    uint256 public constant SHARE_DIVISOR = 4;

    /// @dev As in the protocol's `Promise`.
    uint32 public constant MAX_BATCH = 1 << 20;

    uint8 public constant PENDING = 1;
    uint8 public constant BURNED = 2;
    uint8 public constant PARDONED = 3;

    uint8 private constant VERIFIER = 1;
    uint8 private constant GATEWAY = 2;

    IGroundworkToken private immutable _token;
    IEpochClock private immutable _clock;
    IDeviceRegistry private immutable _registry;
    IOperators private immutable _operators;
    IResults private immutable _results;
    ICouncil private immutable _council;
    uint32 private immutable _appealSlots;

    uint256 private _count;
    mapping(uint256 id => Seizure) private _seizures;
    mapping(bytes32 offence => mapping(address signer => bool)) private _punished;

    constructor(
        IGroundworkToken token,
        IEpochClock clock,
        IDeviceRegistry registry,
        IOperators operators,
        IResults results,
        ICouncil council,
        address owner,
        uint32 appealSlots_
    ) Ownable(owner) {
        require(appealSlots_ >= MIN_APPEAL_SLOTS && appealSlots_ <= MAX_APPEAL_SLOTS, InvalidSlashingParameters());
        _token = token;
        _clock = clock;
        _registry = registry;
        _operators = operators;
        _results = results;
        _council = council;
        _appealSlots = appealSlots_;
    }

    /// @inheritdoc ISlashing
    function equivocation(
        IResults.Result calldata first,
        bytes calldata firstSignature,
        IResults.Result calldata second,
        bytes calldata secondSignature
    ) external {
        bytes32 offence = _contradiction(first, second);
        address signer = _recover(SignedTypes.hashResult(first), firstSignature);
        require(_recover(SignedTypes.hashResult(second), secondSignature) == signer, InvalidSignature());

        (address operator, uint256 slashed) = _punish(VERIFIER, offence, signer, 1);
        uint256 share = slashed / SHARE_DIVISOR;
        emit EquivocationProved(first.epoch, operator, signer, slashed, msg.sender, share);
        _burn(slashed, share, msg.sender);
    }

    /// @inheritdoc ISlashing
    function signedVoid(IResults.Result calldata result, bytes calldata signature) external returns (uint256 id) {
        bytes32 resultHash = SignedTypes.hashResult(result);
        require(_results.isVoided(resultHash), NotVoided(resultHash));
        address signer = _recover(resultHash, signature);

        (address operator, uint256 taken) = _punish(VERIFIER, resultHash, signer, VOID_DIVISOR);
        uint48 ripeAt = (block.timestamp + uint256(_appealSlots) * _clock.slotSeconds()).toUint48();
        id = ++_count;
        address disputer = _council.disputeOf(_council.disputeIdOf(resultHash)).disputer;
        _seizures[id] = Seizure(operator, taken.toUint128(), ripeAt, disputer, PENDING);
        emit SignerOfVoidSeized(id, resultHash, operator, signer, taken, ripeAt);
    }

    /// @inheritdoc ISlashing
    function execute(uint256 id) external {
        Seizure storage item = _seizures[id];
        require(item.state == PENDING && block.timestamp >= item.ripeAt, NotPendingSeizure(id));
        item.state = BURNED;
        emit SeizureClosed(id, item.operator, false, "");
        _burn(item.amount, item.amount / SHARE_DIVISOR, item.disputer);
    }

    /// @inheritdoc ISlashing
    function pardon(uint256 id, string calldata reason) external onlyOwner {
        require(Reason.isGiven(reason), InvalidReason());
        Seizure storage item = _seizures[id];
        require(item.state == PENDING, NotPendingSeizure(id));
        item.state = PARDONED;
        emit SeizureClosed(id, item.operator, true, reason);
        _token.safeTransfer(item.operator, item.amount);
    }

    /// @inheritdoc ISlashing
    function brokenPromise(address gateway, GatewayPromise calldata given, bytes[] calldata signatures) external {
        uint64 epoch = given.slot / _clock.slotsPerEpoch();
        require(block.timestamp >= _clock.commitDeadlineOf(epoch), CommitDeadlineNotPassed(epoch));
        require(_recover(_promiseHash(gateway, given), given.signature) == gateway, InvalidSignature());
        bytes32 offence = SignedTypes.hashBrokenPromise(_registry.deployment(), epoch, gateway, given.report);
        (, uint256 signed, uint256 total) =
            _results.verifySigners(_digest(offence), signatures, _clock.openingOf(epoch));
        require(3 * signed > 2 * total, QuorumNotReached(signed, total));

        (address operator, uint256 slashed) = _punish(GATEWAY, offence, gateway, PROMISE_DIVISOR);
        emit PromiseBroken(epoch, operator, gateway, given.report, slashed);
        _token.burn(slashed);
    }

    /// @inheritdoc ISlashing
    function seizure(uint256 id) external view returns (Seizure memory) {
        return _seizures[id];
    }

    /// @inheritdoc ISlashing
    function seizureCount() external view returns (uint256) {
        return _count;
    }

    /// @inheritdoc ISlashing
    function appealSlots() external view returns (uint32) {
        return _appealSlots;
    }

    /// @inheritdoc ISlashing
    function brokenPromiseDigest(uint64 epoch, address gateway, bytes32 report) external view returns (bytes32) {
        return _digest(SignedTypes.hashBrokenPromise(_registry.deployment(), epoch, gateway, report));
    }

    /// @dev Takes a part of the signer's operator's stake to this contract, once for an offence.
    function _punish(uint8 role, bytes32 offence, address signer, uint256 divisor)
        private
        returns (address operator, uint256 taken)
    {
        require(!_punished[offence][signer], AlreadySlashed(offence, signer));
        operator = _operators.operatorOf(role, signer);
        uint256 amount = _operators.slashable(role, operator) / divisor;
        require(amount > 0, NothingToSlash(signer));
        _punished[offence][signer] = true;
        taken = _operators.seize(role, operator, amount);
    }

    function _burn(uint256 amount, uint256 share, address reporter) private {
        _token.burn(amount - share);
        _token.safeTransfer(reporter, share);
    }

    /// @dev What two contradicting results have in common. Results of another deployment bind nobody here.
    function _contradiction(IResults.Result calldata first, IResults.Result calldata second)
        private
        view
        returns (bytes32)
    {
        bytes32 deployment = _registry.deployment();
        require(
            first.deployment == deployment && second.deployment == deployment && first.epoch == second.epoch
                && first.attempt == second.attempt && first.closeBlock == second.closeBlock
                && SignedTypes.hashResult(first) != SignedTypes.hashResult(second),
            NoContradiction()
        );
        return keccak256(abi.encode(deployment, first.epoch, first.attempt, first.closeBlock));
    }

    function _promiseHash(address gateway, GatewayPromise calldata given) private view returns (bytes32) {
        (bool fits, bytes32 batch) = HashTree.rootFrom(HashTree.leaf(given.report), given.index, given.size, given.path);
        require(fits && given.size <= MAX_BATCH, InvalidPath());
        return SignedTypes.hashPromise(_registry.deployment(), gateway, given.slot, batch);
    }

    function _recover(bytes32 structHash, bytes calldata signature) private view returns (address signer) {
        ECDSA.RecoverError failure;
        (signer, failure,) = ECDSA.tryRecoverCalldata(_digest(structHash), signature);
        require(failure == ECDSA.RecoverError.NoError, InvalidSignature());
    }

    function _digest(bytes32 structHash) private view returns (bytes32) {
        return MessageHashUtils.toTypedDataHash(_registry.domainSeparator(), structHash);
    }
}
