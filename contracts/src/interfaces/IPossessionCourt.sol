// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.27;

import {ISlashing} from "./ISlashing.sol";

/// @title The court for possession proofs of the storage network
/// @notice Two questions, decided by arithmetic and signatures alone. Did a device answer a slot rightly and in time? Then
/// `clear` records it, whatever verifiers said. Does a device hold the piece of a deal that runs? Its payer summons it with
/// a bond, a later block draws the leaves, and it proves them in time, or a fault is shown. What is recorded here takes
/// nobody's stake: it is evidence for the council, and for customers who choose providers.
interface IPossessionCourt {
    /// @notice That a device answered a slot.
    /// @param promised slot in which a gateway promised the answer
    /// @param entries leaves that were proven
    struct Clearing {
        uint64 promised;
        uint8 entries;
    }

    /// @notice A payer's demand that a device shows the piece of a deal.
    /// @param deal id of the deal
    /// @param payer who asked, and whose bond it is
    /// @param device the device that signed the deal
    /// @param state 1 waiting for its block, 2 drawn, 3 answered, 4 fault shown, 5 dismissed, 6 lapsed
    /// @param height of the piece's tree
    /// @param drawBlock number of the block whose hash draws the leaves
    /// @param deadline timestamp of the last moment for an answer, once drawn
    /// @param endSlot first slot that the deal does not cover
    /// @param leaves of the piece that hold data
    /// @param root of the piece
    /// @param seed of the challenges, once drawn
    struct Summons {
        bytes32 deal;
        address payer;
        uint64 device;
        uint8 state;
        uint8 height;
        uint48 drawBlock;
        uint48 deadline;
        uint64 endSlot;
        uint64 leaves;
        bytes32 root;
        bytes32 seed;
    }

    event SlotRecorded(uint64 indexed slot, uint256 number, bytes32 blockHash);
    event Cleared(
        uint64 indexed device,
        uint64 indexed slot,
        bytes32 indexed holding,
        uint64 promised,
        uint8 entries,
        address gateway,
        bytes32 report
    );
    event KeyNoted(uint64 indexed device, bytes32 indexed keyHash);
    event Summoned(
        uint256 indexed id, uint64 indexed device, bytes32 indexed deal, address payer, uint256 bond, uint256 drawBlock
    );
    event Drawn(uint256 indexed id, uint64 indexed device, bytes32 seed, uint256 deadline);
    event DrawnAnew(uint256 indexed id, uint256 drawBlock);
    event Answered(uint256 indexed id, uint64 indexed device, bytes32 indexed deal, address to, uint256 bond);
    event FaultShown(uint256 indexed id, uint64 indexed device, bytes32 indexed deal);
    event Dismissed(uint256 indexed id, uint64 indexed device, bytes32 indexed deal);
    event Lapsed(uint256 indexed id, uint64 indexed device, bytes32 indexed deal);

    /// @notice A constructor argument outside the bounds that the code allows.
    error InvalidCourtParameters();

    /// @notice The block is none of this chain, or too old for this chain to tell.
    error UnknownBlock(uint256 number);

    /// @notice The block is not the first one at or after the slot's start.
    error NotFirstOfSlot(uint64 slot);

    /// @notice Nobody recorded the slot's block in time.
    error SlotNotRecorded(uint64 slot);

    /// @notice The evidence is about another deployment, network or device than its other parts.
    error Foreign();

    /// @notice A signature is malformed or of somebody else.
    error InvalidSignature();

    /// @notice The path does not lead from the report to a root of such a batch.
    error InvalidPath();

    /// @notice The signer was never a gateway's.
    error NotGateway(address signer);

    /// @notice The answer was promised before the slot that it is about.
    error AnswerBeforeSlot(uint64 slot, uint64 promised);

    /// @notice The deals are none, too many, or others than the answer was made for.
    error HoldingDiffers(bytes32 answered, bytes32 shown);

    /// @notice The deal does not cover the slot, or not long enough.
    error NotRunning(bytes32 deal);

    /// @notice The terms are not the CID of a piece that may be stored.
    error NotAPiece(bytes32 deal);

    /// @notice The proof does not show the leaf that was asked for.
    error WrongProof(uint256 index, uint256 leaf);

    /// @notice So many proofs were asked for.
    error WrongCount(uint256 shown, uint256 asked);

    /// @notice The same device has answered this slot with this holding.
    error AlreadyCleared(uint64 device, uint64 slot, bytes32 holding);

    /// @notice The key is neither registered for the device nor noted.
    error UnknownKey(uint64 device, bytes32 keyHash);

    /// @notice Only the deal's payer summons.
    error NotPayer(address caller);

    /// @notice The deal's reservation is of other parties, smaller than the deal's cap, or released.
    error NotReserved(bytes32 reservation);

    /// @notice The deal has an open summons, or a fault was shown.
    error AlreadySummoned(bytes32 deal);

    /// @notice The summons is not in the state that this needs.
    error WrongState(uint256 id, uint8 state);

    /// @notice The block that draws is yet to come.
    error NotDrawnYet(uint256 id, uint256 drawBlock);

    /// @notice The time for answers is over.
    error TooLate(uint256 id, uint256 deadline);

    /// @notice The time for answers is not over.
    error StillTime(uint256 id, uint256 deadline);

    /// @notice Keeps the hash of the first block at or after a slot's start, which makes the slot's seeds. By anybody, while
    /// the chain knows the block: 256 blocks, or 8,191 where it has EIP-2935. Both are RLP, `parent` the block before.
    function recordSlot(uint64 slot, bytes calldata parent, bytes calldata header) external;

    /// @notice Records that a device answered a slot rightly: a gateway's promise for the report, the report's body, and the
    /// deals of the holding, each as `Deal` is encoded, in their order. By anybody. Readers compare `promised` and `entries`
    /// with the network's parameters `answerSlots` and `challengesPerSlot`, and `holding` with what verifiers expected.
    function clear(
        address gateway,
        ISlashing.GatewayPromise calldata given,
        bytes calldata body,
        bytes[] calldata deals
    ) external;

    /// @notice Keeps the hash of the device's present key, so that what it signed counts after the key was replaced.
    function noteKey(uint64 device) external;

    /// @notice Demands that a device shows the piece of a running deal, whose payer calls. Takes the bond.
    /// @param body of the report with which the device took the deal, in its binary form
    /// @param keyType type of the key that signed it
    /// @param key the key
    /// @param signature of the device
    function summon(bytes calldata body, uint8 keyType, bytes calldata key, bytes calldata signature)
        external
        returns (uint256 id);

    /// @notice Draws the leaves from the block that was announced, and opens the time for answers. By anybody. When the
    /// chain forgot the block, another one is announced. When the deal would end first, the summons lapses.
    function draw(uint256 id) external;

    /// @notice Shows what was asked for: for each challenge a proof as `PieceProof` encodes it. By anybody; the bond goes to
    /// the device's owner.
    function answer(uint256 id, bytes[] calldata proofs) external;

    /// @notice Ends a summons for a deal that its payer ended, by his signature over EIP-712 `DealEnd(bytes32
    /// deployment,bytes32 deal)`. The bond goes to the device's owner.
    function dismiss(uint256 id, bytes calldata signature) external;

    /// @notice Records that nobody answered in time. By anybody; the bond returns.
    function showFault(uint256 id) external;

    /// @notice What is recorded about a slot; zeros if nothing is.
    function clearing(uint64 device, uint64 slot, bytes32 holding) external view returns (Clearing memory);

    /// @notice A summons; zeros if there is none. Ids count from 1.
    function summonsOf(uint256 id) external view returns (Summons memory);

    /// @notice Summonses so far.
    function summonsCount() external view returns (uint256);

    /// @notice The newest summons about a deal; 0 if there is none.
    function newestOf(bytes32 deal) external view returns (uint256 id);

    /// @notice Summonses that a device answered, and faults that were shown.
    function recordOf(uint64 device) external view returns (uint64 answered, uint64 faults);

    /// @notice The block of a slot; 0 if it was not recorded.
    function slotBlock(uint64 slot) external view returns (bytes32);

    /// @notice Whether a key of a device was noted.
    function isNoted(uint64 device, bytes32 keyHash) external view returns (bool);

    /// @notice The leaf that a challenge of a drawn summons asks for.
    function leafOf(uint256 id, uint64 index) external view returns (uint256);

    /// @notice Tokens that a summons takes, slots in which it can be answered, and leaves that it asks for.
    function terms() external view returns (uint256 bond, uint32 answerSlots, uint16 challenges);
}
