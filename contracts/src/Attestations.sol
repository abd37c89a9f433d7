// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {Ownable} from "@openzeppelin/contracts/access/Ownable.sol";
import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {IAttestations} from "./interfaces/IAttestations.sol";
import {IGroundworkToken} from "./interfaces/IGroundworkToken.sol";
import {Reason} from "./libraries/Reason.sol";

contract Attestations is IAttestations, Ownable {
    using SafeCast for uint256;
    using SafeERC20 for IGroundworkToken;

    uint256 public constant MIN_STAKE_MINIMUM = 1e18;
    uint256 public constant MAX_STAKE_MINIMUM = 1e26;
    uint32 public constant MIN_LIABILITY_SECONDS = 1;
    uint32 public constant MAX_LIABILITY_SECONDS = 366 days;
    uint48 public constant MAX_TERM_SECONDS = 366 days;

    /// @dev `lastEnd` is the latest end of all that the auditor attested.
    struct Auditor {
        uint128 stake;
        uint48 lastEnd;
    }

    IGroundworkToken private immutable _token;
    uint256 private immutable _minimumStake;
    uint32 private immutable _liabilitySeconds;

    mapping(address account => Auditor) private _auditors;
    mapping(bytes32 id => Attestation) private _attestations;

    constructor(IGroundworkToken token, address owner, uint256 minimumStake_, uint32 liabilitySeconds_) Ownable(owner) {
        require(
            minimumStake_ >= MIN_STAKE_MINIMUM && minimumStake_ <= MAX_STAKE_MINIMUM
                && liabilitySeconds_ >= MIN_LIABILITY_SECONDS && liabilitySeconds_ <= MAX_LIABILITY_SECONDS,
            InvalidAttestationParameters()
        );
        _token = token;
        _minimumStake = minimumStake_;
        _liabilitySeconds = liabilitySeconds_;
    }

    /// @inheritdoc IAttestations
    function stake(uint256 amount) external {
        require(amount > 0, NothingAdded());
        Auditor storage auditor = _auditors[msg.sender];
        auditor.stake += amount.toUint128();
        _token.safeTransferFrom(msg.sender, address(this), amount);
        emit AuditorStaked(msg.sender, auditor.stake);
    }

    /// @inheritdoc IAttestations
    function attest(bytes32 subject, bytes32 schema, bytes32 content, uint48 expires) external returns (bytes32 id) {
        Auditor storage auditor = _auditors[msg.sender];
        require(auditor.stake >= _minimumStake, StakeTooLow(auditor.stake, _minimumStake));
        require(subject != 0 && schema != 0, InvalidAttestation());
        require(expires > block.timestamp && expires <= block.timestamp + MAX_TERM_SECONDS, InvalidAttestation());
        id = keccak256(abi.encode(block.chainid, address(this), msg.sender, subject, schema, content, expires));
        require(_attestations[id].auditor == address(0), AlreadyAttested(id));

        _attestations[id] = Attestation(msg.sender, subject, schema, content, expires, false);
        if (expires > auditor.lastEnd) auditor.lastEnd = expires;
        emit Attested(id, msg.sender, subject, schema, content, expires);
    }

    /// @inheritdoc IAttestations
    function revoke(bytes32 id, string calldata reason) external {
        Attestation storage item = _attestations[id];
        require(item.auditor == msg.sender, NotAuditor(id, msg.sender));
        require(!item.revoked, AlreadyRevoked(id));
        require(Reason.isGiven(reason), InvalidReason());
        item.revoked = true;
        emit AttestationRevoked(id, reason);
    }

    /// @inheritdoc IAttestations
    function withdraw() external {
        Auditor storage auditor = _auditors[msg.sender];
        uint256 amount = auditor.stake;
        require(amount > 0, NothingStaked(msg.sender));
        if (auditor.lastEnd > 0) {
            uint48 until = auditor.lastEnd + _liabilitySeconds;
            require(block.timestamp >= until, StillLiable(until));
        }
        auditor.stake = 0;
        _token.safeTransfer(msg.sender, amount);
        emit AuditorWithdrawn(msg.sender, amount);
    }

    /// @inheritdoc IAttestations
    function slash(address account, uint256 amount, string calldata reason) external onlyOwner {
        require(Reason.isGiven(reason), InvalidReason());
        Auditor storage auditor = _auditors[account];
        uint256 taken = Math.min(amount, auditor.stake);
        require(taken > 0, NothingStaked(account));
        auditor.stake -= taken.toUint128();
        _token.burn(taken);
        emit AuditorSlashed(account, taken, reason);
    }

    /// @inheritdoc IAttestations
    function attestation(bytes32 id) external view returns (Attestation memory) {
        return _attestations[id];
    }

    /// @inheritdoc IAttestations
    function isValid(bytes32 id) external view returns (bool) {
        Attestation storage item = _attestations[id];
        return block.timestamp < item.expires && !item.revoked && _auditors[item.auditor].stake >= _minimumStake;
    }

    /// @inheritdoc IAttestations
    function stakeOf(address auditor) external view returns (uint256) {
        return _auditors[auditor].stake;
    }

    /// @inheritdoc IAttestations
    function minimumStake() external view returns (uint256) {
        return _minimumStake;
    }

    /// @inheritdoc IAttestations
    function liabilitySeconds() external view returns (uint32) {
        return _liabilitySeconds;
    }
}
