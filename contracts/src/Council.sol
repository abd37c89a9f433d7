// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ICouncil} from "./interfaces/ICouncil.sol";
import {IEpochClock} from "./interfaces/IEpochClock.sol";
import {IGroundworkToken} from "./interfaces/IGroundworkToken.sol";
import {IOperators} from "./interfaces/IOperators.sol";
import {IResults} from "./interfaces/IResults.sol";
import {Reason} from "./libraries/Reason.sol";

contract Council is ICouncil, Ownable {
    using SafeCast for uint256;
    using SafeERC20 for IGroundworkToken;

    uint256 public constant MIN_BOND = 1e18;
    uint256 public constant MAX_BOND = 1e24;
    uint32 public constant MIN_COUNCIL_SLOTS = 1;
    uint32 public constant MAX_COUNCIL_SLOTS = 100_000;
    uint256 public constant MIN_MEMBERS = 3;
    uint256 public constant MAX_MEMBERS = 15;
    uint32 public constant MIN_TERM = 1 hours;
    uint32 public constant MAX_TERM = 366 days;

    uint8 public constant OPEN = 1;
    uint8 public constant UPHELD = 2;
    uint8 public constant REJECTED = 3;

    uint8 private constant VERIFIER = 1;

    IGroundworkToken private immutable _token;
    IEpochClock private immutable _clock;
    IOperators private immutable _operators;
    IResults private immutable _results;
    uint32 private immutable _councilSlots;

    address[] private _members;
    uint48 private _until;
    uint256 private _bond;

    uint256 private _count;
    mapping(uint256 id => Dispute) private _disputes;
    mapping(bytes32 resultHash => uint256) private _disputeIds;
    mapping(uint256 id => mapping(address member => bool)) private _voted;
    mapping(address account => bool) private _shown;

    constructor(
        IGroundworkToken token,
        IEpochClock clock,
        IOperators operators,
        IResults results,
        address owner,
        uint256 bond_,
        uint32 councilSlots_,
        address[] memory members,
        uint32 term
    ) Ownable(owner) {
        require(councilSlots_ >= MIN_COUNCIL_SLOTS && councilSlots_ <= MAX_COUNCIL_SLOTS, InvalidCouncilParameters());
        _token = token;
        _clock = clock;
        _operators = operators;
        _results = results;
        _councilSlots = councilSlots_;
        _setBond(bond_);
        _elect(members, term);
    }

    /// @inheritdoc ICouncil
    function dispute(uint64 epoch, bytes32 evidence, string calldata reason) external returns (uint256 id) {
        require(Reason.isGiven(reason), InvalidReason());
        bytes32 resultHash = _disputable(epoch);
        require(_disputeIds[resultHash] == 0, AlreadyDisputed(resultHash));
        id = ++_count;
        _disputeIds[resultHash] = id;
        uint256 bond_ = _bond;
        _disputes[id] = Dispute({
            epoch: epoch,
            resultHash: resultHash,
            disputer: msg.sender,
            bond: bond_.toUint128(),
            deadline: (block.timestamp + uint256(_councilSlots) * _clock.slotSeconds()).toUint48(),
            members: _members.length.toUint8(),
            votesFor: 0,
            votesAgainst: 0,
            state: OPEN
        });
        emit DisputeOpened(id, epoch, resultHash, msg.sender, bond_, evidence, reason);
        _results.hold(epoch, true);
        _token.safeTransferFrom(msg.sender, address(this), bond_);
    }

    /// @inheritdoc ICouncil
    function vote(uint256 id, bool forVoid, string calldata reason) external {
        require(Reason.isGiven(reason), InvalidReason());
        require(_isMember(msg.sender), NotMember(msg.sender));
        Dispute storage item = _disputes[id];
        require(item.state == OPEN && block.timestamp <= item.deadline && !_isMoot(item), NotOpen(id));
        require(!_voted[id][msg.sender], AlreadyVoted(id, msg.sender));

        _voted[id][msg.sender] = true;
        uint256 votes = forVoid ? ++item.votesFor : ++item.votesAgainst;
        emit CouncilVoted(id, msg.sender, forVoid, reason);
        if (forVoid && 2 * votes > item.members) {
            _close(id, true);
            _results.voidFrom(item.epoch);
        } else if (!forVoid && 2 * votes >= item.members) {
            _close(id, false);
            _results.hold(item.epoch, false);
        }
    }

    /// @inheritdoc ICouncil
    function expire(uint256 id) external {
        Dispute storage item = _disputes[id];
        require(item.state == OPEN, NotOpen(id));
        if (_isMoot(item)) {
            _close(id, true);
        } else {
            require(block.timestamp > item.deadline, StillOpen(id));
            _close(id, false);
            _results.hold(item.epoch, false);
        }
    }

    /// @inheritdoc ICouncil
    function showSigner(IResults.Result calldata result, bytes calldata signature) external returns (address signer) {
        ECDSA.RecoverError failure;
        (signer, failure,) = ECDSA.tryRecoverCalldata(_results.resultDigest(result), signature);
        require(failure == ECDSA.RecoverError.NoError, InvalidSignature());
        _shown[signer] = true;
        emit SignerShown(signer, _results.hashResult(result));
    }

    /// @inheritdoc ICouncil
    function elect(address[] calldata members, uint32 term) external onlyOwner {
        _elect(members, term);
    }

    /// @inheritdoc ICouncil
    function setBond(uint256 bond_) external onlyOwner {
        _setBond(bond_);
    }

    /// @inheritdoc ICouncil
    function council() external view returns (address[] memory members, uint48 until) {
        return (_members, _until);
    }

    /// @inheritdoc ICouncil
    function disputeOf(uint256 id) external view returns (Dispute memory) {
        return _disputes[id];
    }

    /// @inheritdoc ICouncil
    function disputeCount() external view returns (uint256) {
        return _count;
    }

    /// @inheritdoc ICouncil
    function disputeIdOf(bytes32 resultHash) external view returns (uint256) {
        return _disputeIds[resultHash];
    }

    /// @inheritdoc ICouncil
    function bond() external view returns (uint256) {
        return _bond;
    }

    /// @inheritdoc ICouncil
    function councilSlots() external view returns (uint32) {
        return _councilSlots;
    }

    /// @dev The result counts as upheld when it is void, whoever voided it.
    function _close(uint256 id, bool upheld) private {
        Dispute storage item = _disputes[id];
        item.state = upheld ? UPHELD : REJECTED;
        emit DisputeClosed(id, item.epoch, item.resultHash, upheld);
        if (upheld) _token.safeTransfer(item.disputer, item.bond);
        else _token.burn(item.bond);
    }

    function _setBond(uint256 bond_) private {
        require(bond_ >= MIN_BOND && bond_ <= MAX_BOND, InvalidCouncilParameters());
        _bond = bond_;
        emit DisputeBondSet(bond_);
    }

    function _elect(address[] memory members, uint32 term) private {
        uint256 count = members.length;
        require(count >= MIN_MEMBERS && count <= MAX_MEMBERS, InvalidCouncilParameters());
        require(term >= MIN_TERM && term <= MAX_TERM, InvalidCouncilParameters());
        for (uint256 i = 0; i < count; ++i) {
            address member = members[i];
            require(member != address(0) && !_isVerifier(member), InvalidMember(member));
            for (uint256 j = 0; j < i; ++j) {
                require(members[j] != member, InvalidMember(member));
            }
        }
        _members = members;
        _until = (block.timestamp + term).toUint48();
        emit CouncilElected(members, _until);
    }

    /// @dev Hash of the epoch's result if it can be disputed now. That it is pending is checked by `hold`.
    function _disputable(uint64 epoch) private view returns (bytes32) {
        IResults.Accepted memory accepted = _results.result(epoch);
        uint256 window = uint256(_results.disputeSlots()) * _clock.slotSeconds();
        require(accepted.resultHash != 0 && block.timestamp < accepted.acceptedAt + window, NotDisputable(epoch));
        return accepted.resultHash;
    }

    /// @dev Whether the result went with a result before it, and perhaps another one stands in its place.
    function _isMoot(Dispute storage item) private view returns (bool) {
        if (_results.result(item.epoch).resultHash != item.resultHash) return true;
        (bool pending, uint64 from) = _results.voided();
        return pending && item.epoch >= from;
    }

    function _isMember(address account) private view returns (bool) {
        if (block.timestamp >= _until || _isVerifier(account)) return false;
        for (uint256 i = 0; i < _members.length; ++i) {
            if (_members[i] == account) return true;
        }
        return false;
    }

    function _isVerifier(address account) private view returns (bool) {
        return _operators.slashable(VERIFIER, account) > 0
            || (_shown[account] && _operators.stakeAt(VERIFIER, account, block.timestamp) > 0);
    }
}
