// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {SafeERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";
import {ECDSA} from "@openzeppelin/contracts/utils/cryptography/ECDSA.sol";
import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";
import {SignatureChecker} from "@openzeppelin/contracts/utils/cryptography/SignatureChecker.sol";
import {SafeCast} from "@openzeppelin/contracts/utils/math/SafeCast.sol";
import {ICredits} from "./interfaces/ICredits.sol";
import {IDeviceRegistry} from "./interfaces/IDeviceRegistry.sol";
import {IEpochClock} from "./interfaces/IEpochClock.sol";
import {IGroundworkToken} from "./interfaces/IGroundworkToken.sol";
import {IOperators} from "./interfaces/IOperators.sol";
import {IPossessionCourt} from "./interfaces/IPossessionCourt.sol";
import {ISlashing} from "./interfaces/ISlashing.sol";
import {BlockHeader} from "./libraries/BlockHeader.sol";
import {DeviceKeys} from "./libraries/DeviceKeys.sol";
import {DeviceSignature} from "./libraries/DeviceSignature.sol";
import {HashTree} from "./libraries/HashTree.sol";
import {PossessionProof} from "./libraries/PossessionProof.sol";
import {SignedTypes} from "./libraries/SignedTypes.sol";
import {StorageReports} from "./libraries/StorageReports.sol";

contract PossessionCourt is IPossessionCourt {
    using SafeCast for uint256;
    using SafeERC20 for IGroundworkToken;

    uint256 public constant MIN_BOND = 1e18;
    uint256 public constant MAX_BOND = 1e24;
    uint32 public constant MAX_ANSWER_SLOTS = 100_000;
    uint16 public constant MAX_CHALLENGES = 256;

    /// @dev Blocks from a summons to the one that draws; nobody knows its hash at the summons.
    uint256 public constant DRAW_BLOCKS = 4;

    /// @dev As in the protocol's `Promise` and the storage network's `HeldDeal`.
    uint32 public constant MAX_BATCH = 1 << 20;
    uint256 public constant MAX_PIECE_HEIGHT = 30;

    /// @dev Larger holdings are not cleared here: their deals would not fit into a block.
    uint256 public constant MAX_DEALS = 1_000;

    uint8 public constant WAITING = 1;
    uint8 public constant DRAWN = 2;
    uint8 public constant ANSWERED = 3;
    uint8 public constant FAULT = 4;
    uint8 public constant DISMISSED = 5;
    uint8 public constant LAPSED = 6;

    uint8 private constant GATEWAY = 2;
    bytes32 private constant DEAL_END_TYPEHASH = keccak256("DealEnd(bytes32 deployment,bytes32 deal)");

    /// @dev An answer to a slot that was found right.
    struct Shown {
        uint64 slot;
        bytes32 holding;
        bytes32 seed;
        uint256 entries;
    }

    IGroundworkToken private immutable _token;
    IDeviceRegistry private immutable _registry;
    IEpochClock private immutable _clock;
    IOperators private immutable _operators;
    ICredits private immutable _credits;
    DeviceKeys private immutable _keys;
    uint256 private immutable _bond;
    uint32 private immutable _answerSlots;
    uint16 private immutable _challenges;

    uint256 private _count;
    mapping(uint256 id => Summons) private _summons;
    mapping(bytes32 deal => uint256 id) private _newest;
    mapping(uint64 slot => bytes32) private _slotBlocks;
    mapping(uint64 device => mapping(uint64 slot => mapping(bytes32 holding => Clearing))) private _clearings;
    mapping(uint64 device => mapping(bytes32 keyHash => bool)) private _noted;
    mapping(uint64 device => uint64) private _answered;
    mapping(uint64 device => uint64) private _faults;

    constructor(
        IGroundworkToken token,
        IDeviceRegistry registry,
        IEpochClock clock,
        IOperators operators,
        ICredits credits,
        uint256 bond,
        uint32 answerSlots,
        uint16 challenges
    ) {
        require(bond >= MIN_BOND && bond <= MAX_BOND, InvalidCourtParameters());
        require(answerSlots > 0 && answerSlots <= MAX_ANSWER_SLOTS, InvalidCourtParameters());
        require(challenges > 0 && challenges <= MAX_CHALLENGES, InvalidCourtParameters());
        _token = token;
        _registry = registry;
        _clock = clock;
        _operators = operators;
        _credits = credits;
        _keys = new DeviceKeys();
        _bond = bond;
        _answerSlots = answerSlots;
        _challenges = challenges;
    }

    /// @inheritdoc IPossessionCourt
    function recordSlot(uint64 slot, bytes calldata parent, bytes calldata header) external {
        (bytes32 parentHash, uint256 number, uint256 timestamp) = BlockHeader.fields(header);
        bytes32 blockHash = keccak256(header);
        require(BlockHeader.hashOf(number) == blockHash && keccak256(parent) == parentHash, UnknownBlock(number));
        (,, uint256 before) = BlockHeader.fields(parent);
        uint256 start = _clock.genesis() + uint256(slot) * _clock.slotSeconds();
        require(before < start && timestamp >= start, NotFirstOfSlot(slot));
        if (_slotBlocks[slot] == blockHash) return;
        _slotBlocks[slot] = blockHash;
        emit SlotRecorded(slot, number, blockHash);
    }

    /// @inheritdoc IPossessionCourt
    function clear(
        address gateway,
        ISlashing.GatewayPromise calldata given,
        bytes calldata body,
        bytes[] calldata deals
    ) external {
        _checkPromise(gateway, given, body);
        (StorageReports.Body memory head, bytes calldata payload) = StorageReports.body(body);
        require(head.deployment == _registry.deployment(), Foreign());
        Shown memory shown = _checkAnswer(head, payload, deals);
        require(given.slot >= shown.slot, AnswerBeforeSlot(shown.slot, given.slot));
        _keep(head.device, shown, gateway, given.slot, given.report);
    }

    /// @inheritdoc IPossessionCourt
    function noteKey(uint64 device) external {
        bytes32 keyHash = _registeredKey(device);
        if (_noted[device][keyHash]) return;
        _noted[device][keyHash] = true;
        emit KeyNoted(device, keyHash);
    }

    /// @inheritdoc IPossessionCourt
    function summon(bytes calldata body, uint8 keyType, bytes calldata key, bytes calldata signature)
        external
        returns (uint256 id)
    {
        (StorageReports.Deal memory deal, PossessionProof.Piece memory piece) = _takenDeal(body);
        bytes32 dealId = StorageReports.id(deal);
        require(deal.payer == msg.sender, NotPayer(msg.sender));
        _checkRunning(deal, dealId);
        _checkReserved(deal);
        _checkKey(deal.device, body, keyType, key, signature);
        uint8 before = _summons[_newest[dealId]].state;
        require(before != WAITING && before != DRAWN && before != FAULT, AlreadySummoned(dealId));

        id = ++_count;
        _newest[dealId] = id;
        uint48 drawBlock = (block.number + DRAW_BLOCKS).toUint48();
        _summons[id] = Summons({
            deal: dealId,
            payer: msg.sender,
            device: deal.device,
            state: WAITING,
            height: uint8(piece.height),
            drawBlock: drawBlock,
            deadline: 0,
            endSlot: deal.endSlot,
            leaves: uint64(piece.leaves),
            root: piece.root,
            seed: 0
        });
        emit Summoned(id, deal.device, dealId, msg.sender, _bond, drawBlock);
        _token.safeTransferFrom(msg.sender, address(this), _bond);
    }

    /// @inheritdoc IPossessionCourt
    function draw(uint256 id) external {
        Summons storage item = _in(id, WAITING);
        if (_clock.slotAt(block.timestamp) + _answerSlots >= item.endSlot) {
            item.state = LAPSED;
            emit Lapsed(id, item.device, item.deal);
            _token.safeTransfer(item.payer, _bond);
            return;
        }
        require(block.number > item.drawBlock, NotDrawnYet(id, item.drawBlock));
        bytes32 blockHash = BlockHeader.hashOf(item.drawBlock);
        if (blockHash == 0) {
            item.drawBlock = (block.number + DRAW_BLOCKS).toUint48();
            emit DrawnAnew(id, item.drawBlock);
            return;
        }
        item.seed = keccak256(abi.encode(_registry.deployment(), address(this), id, blockHash));
        item.deadline = (block.timestamp + uint256(_answerSlots) * _clock.slotSeconds()).toUint48();
        item.state = DRAWN;
        emit Drawn(id, item.device, item.seed, item.deadline);
    }

    /// @inheritdoc IPossessionCourt
    function answer(uint256 id, bytes[] calldata proofs) external {
        Summons storage item = _in(id, DRAWN);
        require(block.timestamp <= item.deadline, TooLate(id, item.deadline));
        require(proofs.length == _challenges, WrongCount(proofs.length, _challenges));
        PossessionProof.Piece memory piece = PossessionProof.Piece(item.root, item.height, item.leaves, 0);
        (bytes32 seed, bytes32 deal) = (item.seed, item.deal);
        for (uint64 i = 0; i < proofs.length; ++i) {
            uint256 leaf = PossessionProof.challenge(seed, deal, i, piece.leaves);
            require(PossessionProof.verify(piece, leaf, proofs[i]), WrongProof(i, leaf));
        }
        item.state = ANSWERED;
        ++_answered[item.device];
        address owner = _registry.ownerOf(item.device);
        emit Answered(id, item.device, deal, owner, _bond);
        _token.safeTransfer(owner, _bond);
    }

    /// @inheritdoc IPossessionCourt
    function dismiss(uint256 id, bytes calldata signature) external {
        Summons storage item = _summons[id];
        require(item.state == WAITING || item.state == DRAWN, WrongState(id, item.state));
        bytes32 digest = _digest(keccak256(abi.encode(DEAL_END_TYPEHASH, _registry.deployment(), item.deal)));
        require(SignatureChecker.isValidSignatureNowCalldata(item.payer, digest, signature), InvalidSignature());
        item.state = DISMISSED;
        emit Dismissed(id, item.device, item.deal);
        _token.safeTransfer(_registry.ownerOf(item.device), _bond);
    }

    /// @inheritdoc IPossessionCourt
    function showFault(uint256 id) external {
        Summons storage item = _in(id, DRAWN);
        require(block.timestamp > item.deadline, StillTime(id, item.deadline));
        item.state = FAULT;
        ++_faults[item.device];
        emit FaultShown(id, item.device, item.deal);
        _token.safeTransfer(item.payer, _bond);
    }

    /// @inheritdoc IPossessionCourt
    function clearing(uint64 device, uint64 slot, bytes32 holding) external view returns (Clearing memory) {
        return _clearings[device][slot][holding];
    }

    /// @inheritdoc IPossessionCourt
    function summonsOf(uint256 id) external view returns (Summons memory) {
        return _summons[id];
    }

    /// @inheritdoc IPossessionCourt
    function summonsCount() external view returns (uint256) {
        return _count;
    }

    /// @inheritdoc IPossessionCourt
    function newestOf(bytes32 deal) external view returns (uint256) {
        return _newest[deal];
    }

    /// @inheritdoc IPossessionCourt
    function recordOf(uint64 device) external view returns (uint64, uint64) {
        return (_answered[device], _faults[device]);
    }

    /// @inheritdoc IPossessionCourt
    function slotBlock(uint64 slot) external view returns (bytes32) {
        return _slotBlocks[slot];
    }

    /// @inheritdoc IPossessionCourt
    function isNoted(uint64 device, bytes32 keyHash) external view returns (bool) {
        return _noted[device][keyHash];
    }

    /// @inheritdoc IPossessionCourt
    function leafOf(uint256 id, uint64 index) external view returns (uint256) {
        Summons storage item = _in(id, DRAWN);
        return PossessionProof.challenge(item.seed, item.deal, index, item.leaves);
    }

    /// @inheritdoc IPossessionCourt
    function terms() external view returns (uint256, uint32, uint16) {
        return (_bond, _answerSlots, _challenges);
    }

    function _in(uint256 id, uint8 state) private view returns (Summons storage item) {
        item = _summons[id];
        require(item.state == state, WrongState(id, item.state));
    }

    function _keep(uint64 device, Shown memory shown, address gateway, uint64 promised, bytes32 report) private {
        Clearing storage record = _clearings[device][shown.slot][shown.holding];
        require(record.entries == 0, AlreadyCleared(device, shown.slot, shown.holding));
        record.promised = promised;
        record.entries = uint8(shown.entries);
        emit Cleared(device, shown.slot, shown.holding, promised, uint8(shown.entries), gateway, report);
    }

    function _checkPromise(address gateway, ISlashing.GatewayPromise calldata given, bytes calldata body) private view {
        require(given.report == sha256(body), Foreign());
        (bool fits, bytes32 batch) = HashTree.rootFrom(HashTree.leaf(given.report), given.index, given.size, given.path);
        require(fits && given.size <= MAX_BATCH, InvalidPath());
        bytes32 digest = _digest(SignedTypes.hashPromise(_registry.deployment(), gateway, given.slot, batch));
        (address signer, ECDSA.RecoverError failure,) = ECDSA.tryRecoverCalldata(digest, given.signature);
        require(failure == ECDSA.RecoverError.NoError && signer == gateway, InvalidSignature());
        require(_operators.operatorOf(GATEWAY, signer) != address(0), NotGateway(signer));
    }

    /// @dev The leaves that the slot's seed draws from the whole holding, each shown by the entry in its place.
    function _checkAnswer(StorageReports.Body memory head, bytes calldata payload, bytes[] calldata deals)
        private
        view
        returns (Shown memory shown)
    {
        uint256 at;
        (shown.slot, shown.holding, shown.entries, at) = StorageReports.answer(payload);
        shown.seed = _seedOf(head.network, shown.slot);
        uint256[] memory ends = _holding(head, shown.slot, shown.holding, deals);
        uint256 all = ends[ends.length - 1];
        for (uint64 i = 0; i < shown.entries; ++i) {
            bytes calldata entry;
            (entry, at) = StorageReports.entry(payload, at);
            uint256 leaf = PossessionProof.challenge(shown.seed, bytes32(uint256(head.device)), i, all);
            _checkEntry(i, leaf, ends, deals, entry);
        }
        require(at == payload.length, StorageReports.MalformedReport());
    }

    function _checkEntry(
        uint256 index,
        uint256 leaf,
        uint256[] memory ends,
        bytes[] calldata deals,
        bytes calldata entry
    ) private view {
        uint256 low = 0;
        for (uint256 high = ends.length - 1; low < high;) {
            uint256 middle = (low + high) / 2;
            if (ends[middle] <= leaf) low = middle + 1;
            else high = middle;
        }
        (, bytes calldata cid) = StorageReports.deal(deals[low]);
        (, PossessionProof.Piece memory piece) = PossessionProof.parse(cid);
        if (low > 0) leaf -= ends[low - 1];
        require(PossessionProof.verify(piece, leaf, entry), WrongProof(index, leaf));
    }

    /// @dev The leaves of all deals up to and including each one, when they are the holding that was answered for.
    function _holding(StorageReports.Body memory head, uint64 slot, bytes32 answered, bytes[] calldata deals)
        private
        pure
        returns (uint256[] memory ends)
    {
        require(deals.length > 0 && deals.length <= MAX_DEALS, HoldingDiffers(answered, 0));
        ends = new uint256[](deals.length);
        bytes32[] memory ids = new bytes32[](deals.length);
        uint256 sum = 0;
        for (uint256 i = 0; i < deals.length; ++i) {
            (StorageReports.Deal memory deal, bytes calldata cid) = StorageReports.deal(deals[i]);
            bytes32 id = StorageReports.id(deal);
            _checkParties(head, deal);
            require(deal.startSlot <= slot && slot < deal.endSlot, NotRunning(id));
            sum += _piece(id, cid).leaves;
            (ids[i], ends[i]) = (id, sum);
        }
        bytes32 shown = sha256(abi.encodePacked("groundwork/holding/1\n", ids));
        require(shown == answered, HoldingDiffers(answered, shown));
    }

    /// @dev The deal that a report opens, for this deployment.
    function _takenDeal(bytes calldata body)
        private
        view
        returns (StorageReports.Deal memory deal, PossessionProof.Piece memory)
    {
        (StorageReports.Body memory head, bytes calldata payload) = StorageReports.body(body);
        bytes calldata cid;
        (deal, cid) = StorageReports.openedDeal(payload);
        _checkParties(head, deal);
        require(head.form == 1 && head.deployment == _registry.deployment(), Foreign());
        return (deal, _piece(StorageReports.id(deal), cid));
    }

    function _checkParties(StorageReports.Body memory head, StorageReports.Deal memory deal) private pure {
        require(
            deal.deployment == head.deployment && deal.network == head.network && deal.device == head.device, Foreign()
        );
    }

    function _checkRunning(StorageReports.Deal memory deal, bytes32 id) private view {
        uint64 now_ = _clock.slotAt(block.timestamp);
        require(deal.startSlot <= now_ && now_ + _answerSlots < deal.endSlot, NotRunning(id));
    }

    /// @dev A deal that nobody reserved for is refused by verifiers, and a device that took it holds nothing.
    function _checkReserved(StorageReports.Deal memory deal) private view {
        ICredits.Reservation memory there = _credits.reservation(deal.reservation);
        require(
            there.payer == deal.payer && there.seller == deal.seller && there.network == deal.network
                && there.credits >= deal.cap && !there.released && there.lastEpoch >= _clock.epochAt(block.timestamp),
            NotReserved(deal.reservation)
        );
    }

    function _checkKey(uint64 device, bytes calldata body, uint8 keyType, bytes calldata key, bytes calldata signature)
        private
        view
    {
        (StorageReports.Body memory head,) = StorageReports.body(body);
        bytes32 keyHash = DeviceSignature.keyHash(keyType, key);
        require(head.keyHash == keyHash, InvalidSignature());
        require(_noted[device][keyHash] || _registeredKey(device) == keyHash, UnknownKey(device, keyHash));
        bytes memory message = bytes.concat("groundwork/report/1\n", body);
        require(_keys.verify(keyType, key, message, signature), InvalidSignature());
    }

    function _registeredKey(uint64 device) private view returns (bytes32) {
        IDeviceRegistry.Device memory there = _registry.device(device);
        return DeviceSignature.keyHash(there.keyType, there.key);
    }

    function _seedOf(uint32 network, uint64 slot) private view returns (bytes32) {
        bytes32 blockHash = _slotBlocks[slot];
        require(blockHash != 0, SlotNotRecorded(slot));
        return keccak256(abi.encode(_registry.deployment(), network, slot, blockHash));
    }

    function _digest(bytes32 structHash) private view returns (bytes32) {
        return MessageHashUtils.toTypedDataHash(_registry.domainSeparator(), structHash);
    }

    /// @dev As `HeldDeal` reads terms: data in a tree of the least height, which is bounded.
    function _piece(bytes32 deal, bytes calldata cid) private pure returns (PossessionProof.Piece memory piece) {
        bool valid;
        (valid, piece) = PossessionProof.parse(cid);
        require(
            valid && piece.height <= MAX_PIECE_HEIGHT
                && (piece.height == PossessionProof.MIN_HEIGHT
                    || piece.rawSize > PossessionProof.capacity(piece.height - 1)),
            NotAPiece(deal)
        );
    }
}
