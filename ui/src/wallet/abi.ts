import { parseAbi } from "viem";

/** The parts of the contracts that this page calls; a test compares them with contracts/artifacts. */

export const TOKEN = parseAbi([
  "function balanceOf(address account) view returns (uint256)",
  "function allowance(address owner, address spender) view returns (uint256)",
  "function approve(address spender, uint256 value) returns (bool)",
  "function delegates(address account) view returns (address)",
  "function delegate(address delegatee)",
  "function getVotes(address account) view returns (uint256)",
  "error ERC20InsufficientBalance(address sender, uint256 balance, uint256 needed)",
  "error ERC20InsufficientAllowance(address spender, uint256 allowance, uint256 needed)",
]);

export const CREDITS = parseAbi([
  "function buy(uint256 tokens, uint256 minCredits) returns (uint256 credits)",
  "function reserve(uint32 network, address seller, uint256 credits, uint64 lastEpoch) returns (bytes32 id)",
  "function release(bytes32 id, uint256 charged, bytes32[] proof)",
  "function account(address owner) view returns (uint256 credits, uint256 basis)",
  "error NothingBought()",
  "error TooFewCredits(uint256 credits, uint256 minCredits)",
  "error InvalidReservation()",
  "error InsufficientCredits(uint256 free, uint256 wanted)",
  "error EpochOver(uint64 lastEpoch, uint64 current)",
  "error UnknownNetwork(uint32 network)",
  "error UnknownReservation(bytes32 id)",
  "error AlreadyReleased(bytes32 id)",
  "error NotSettledYet(uint64 lastEpoch)",
  "error InvalidProof()",
]);

export const ORACLE = parseAbi([
  "function buyPrice() view returns (uint256)",
  "error PriceDormant()",
  "error NoPrice()",
]);

export const REGISTRY = parseAbi([
  "function register(uint32 network, uint8 keyType, bytes key, uint64 cell, string endpoint) returns (uint256 deviceId)",
  "event DeviceRegistered(uint256 indexed deviceId, address indexed owner, uint32 indexed network, uint8 keyType, bytes key, uint64 cell, string endpoint)",
  "error UnknownKeyType(uint8 keyType)",
  "error InvalidKey(uint8 keyType, bytes key)",
  "error EndpointTooLong(uint256 length)",
]);

export const CLAIMS = parseAbi([
  "function claimMany(address account, uint8[] kinds, uint32[] networks, uint256[] cumulatives, bytes32[][] proofs) returns (uint256 amount)",
  "error NothingToClaim(address account, uint32 network)",
  "error NotFunded()",
  "error NotPayable(uint8 kind)",
  "error InvalidProof()",
  "error ExceedsAuthorised(uint8 kind, uint32 network, uint256 wanted, uint256 authorised)",
]);

export const RESULTS = parseAbi(["function finalised() view returns (uint64 epoch, bytes32 resultHash, bytes32 moneyRoot)"]);

export const GOVERNOR = parseAbi([
  "function castVoteWithReason(uint256 proposalId, uint8 support, string reason) returns (uint256)",
  "function proposalSnapshot(uint256 proposalId) view returns (uint256)",
  "function getVotes(address account, uint256 timepoint) view returns (uint256)",
  "function hasVoted(uint256 proposalId, address account) view returns (bool)",
  "function state(uint256 proposalId) view returns (uint8)",
  "error GovernorAlreadyCastVote(address voter)",
  "error GovernorNonexistentProposal(uint256 proposalId)",
  "error GovernorUnexpectedProposalState(uint256 proposalId, uint8 current, bytes32 expectedStates)",
]);

/** All errors that a call of this page may meet. */
export const ERRORS = [...TOKEN, ...CREDITS, ...ORACLE, ...REGISTRY, ...CLAIMS, ...GOVERNOR].filter((each) => each.type === "error");

/** What an error of the contracts means, and what to do. */
export const SENTENCES: Record<string, string> = {
  ERC20InsufficientBalance: "The account holds fewer tokens than this needs.",
  ERC20InsufficientAllowance: "The allowance is smaller than the amount. Try again: the first step sets it.",
  NothingBought: "The amount is too small to buy anything.",
  TooFewCredits: "The price fell while you were looking, so you would get fewer credits than shown. Look at the new price and try again.",
  InvalidReservation: "A reservation needs a seller and an amount above zero.",
  InsufficientCredits: "You have fewer free credits than that. Buy credits first, or reserve less.",
  EpochOver: "That last epoch is over already. Choose a later one.",
  UnknownNetwork: "The chain knows no network with this number.",
  UnknownReservation: "The chain knows no such reservation.",
  AlreadyReleased: "This reservation has returned its rest already.",
  NotSettledYet: "The last epoch of the reservation is not final yet. Try again after it is.",
  InvalidProof: "A newer result became final meanwhile, so the proof is out of date. Review it again.",
  PriceDormant: "No credits are sold at the moment: the price feeds are silent or disagree. It goes on by itself when they recover.",
  NoPrice: "There was never a valid price yet.",
  UnknownKeyType: "The chain knows no such kind of key.",
  InvalidKey: "The device's key has a wrong length or form.",
  EndpointTooLong: "The endpoint is too long.",
  NothingToClaim: "Everything final was claimed already.",
  NotFunded: "The rewards are yours, but this window's minting is used up. Try again later; nothing is lost.",
  NotPayable: "This kind of leaf pays no tokens.",
  ExceedsAuthorised: "The claim is larger than final results allow.",
  GovernorAlreadyCastVote: "This account has voted on this proposal already.",
  GovernorNonexistentProposal: "The chain knows no such proposal.",
  GovernorUnexpectedProposalState: "This proposal takes no votes now: its vote has not begun, or it is over.",
};
