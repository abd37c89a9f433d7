package org.groundwork.settlement.abi;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.groundwork.protocol.Bytes;
import org.groundwork.settlement.abi.AbiType.Field;

/** Every error that the contracts revert with, and what it means to a person. */
public final class ContractErrors {
  private static final int SELECTOR_BYTES = 4;

  /** A signature, then a sentence in which {@code {name}} stands for a parameter. */
  private static final String[][] TABLE = {
    // Solidity itself.
    {"Error(string reason)", "{reason}"},
    {"Panic(uint256 code)", "the contract failed an assertion (panic {code})"},
    // Claims.
    {
      "ExceedsAuthorised(uint8 kind, uint32 network, uint256 wanted, uint256 authorised)",
      "claims of kind {kind} in network {network} would reach {wanted}, accepted results authorise"
          + " {authorised}; do not claim from this result and have it disputed"
    },
    {"InvalidBatch()", "the lists of a batch differ in length, or have no or too many entries"},
    {"InvalidClaimParameters()", "the window of claims is out of bounds"},
    {
      "InvalidProof()",
      "the proof does not lead to the final money root; take a proof from the last final result"
    },
    {
      "NothingToClaim(address account, uint32 network)",
      "{account} has nothing left to claim in network {network}"
    },
    {
      "NotFunded()",
      "the window has no room for new tokens now; what is owed stays owed, try again later"
    },
    {"NotPayable(uint8 kind)", "kind {kind} pays no tokens; claim kinds 1, 4, 5, 6 or 7"},
    {"WrongWiring()", "a contract was deployed at another address than the others expect"},
    // Credits.
    {"AlreadyReleased(bytes32 id)", "reservation {id} was released before"},
    {
      "BasisWithoutCharge(uint32 network)",
      "the result consumes basis in network {network} without a charge"
    },
    {
      "EpochOver(uint64 lastEpoch, uint64 current)",
      "the reservation would end with epoch {lastEpoch}, but epoch {current} has begun"
    },
    {
      "ExceedsReserved(uint32 network, uint256 reserved, uint256 wanted)",
      "network {network} has {reserved} reserved, fewer than {wanted}"
    },
    {
      "InsufficientCredits(uint256 free, uint256 wanted)",
      "the account has {free} free credits, fewer than {wanted}; buy credits first"
    },
    {
      "InvalidCharge(uint256 credits, uint256 chargedOld, uint256 chargedNew)",
      "a reservation of {credits} cannot be charged from {chargedOld} to {chargedNew}"
    },
    {"InvalidBuyer()", "credits cannot be bought for the zero address; name the buyer"},
    {"InvalidReservation()", "a reservation needs credits and a seller"},
    {"NotResults(address caller)", "only the Results contract may do this, not {caller}"},
    {
      "NotSettledYet(uint64 lastEpoch)",
      "the result of epoch {lastEpoch} is not final yet; finalise results, or try again later"
    },
    {"NothingBought()", "the amount is zero, or so small that it buys nothing"},
    {
      "TooFewCredits(uint256 credits, uint256 minCredits)",
      "the tokens would buy {credits} credits, fewer than the {minCredits} wanted at least"
    },
    {"UnknownNetwork(uint32 network)", "there is no network {network}"},
    {"UnknownReservation(bytes32 id)", "there is no reservation {id}"},
    // Devices.
    {"EndpointTooLong(uint256 length)", "an endpoint of {length} bytes is too long"},
    {"InvalidKey(uint8 keyType, bytes key)", "{key} is no key of type {keyType}"},
    {
      "NotDeviceOwner(uint256 deviceId, address caller)",
      "device {deviceId} does not belong to {caller}"
    },
    {"UnknownKeyType(uint8 keyType)", "there is no key type {keyType}"},
    {
      "ERC721IncorrectOwner(address sender, uint256 tokenId, address owner)",
      "device {tokenId} belongs to {owner}, not to {sender}"
    },
    {
      "ERC721InsufficientApproval(address operator, uint256 tokenId)",
      "{operator} may not move device {tokenId}"
    },
    {"ERC721InvalidApprover(address approver)", "{approver} may not approve this"},
    {"ERC721InvalidOperator(address operator)", "{operator} cannot be an operator of devices"},
    {"ERC721InvalidOwner(address owner)", "{owner} cannot own devices"},
    {"ERC721InvalidReceiver(address receiver)", "{receiver} cannot receive devices"},
    {"ERC721InvalidSender(address sender)", "{sender} cannot send devices"},
    {"ERC721NonexistentToken(uint256 tokenId)", "there is no device {tokenId}"},
    {"InvalidShortString()", "a stored text is malformed"},
    {"StringTooLong(string str)", "the text {str} is too long to be stored"},
    // Clock.
    {"BeforeGenesis(uint256 timestamp)", "{timestamp} lies before the deployment's genesis"},
    {"InvalidSchedule()", "slot length, slots of an epoch or commit slots are out of bounds"},
    // Token.
    {"NotMinter(address caller)", "only the Claims contract mints, not {caller}"},
    {"InvalidMinter()", "the minter may not be the zero address"},
    {
      "ERC20InsufficientAllowance(address spender, uint256 allowance, uint256 needed)",
      "{spender} may spend {allowance} tokens of this account, fewer than {needed}"
    },
    {
      "ERC20InsufficientBalance(address sender, uint256 balance, uint256 needed)",
      "{sender} has {balance} tokens, fewer than {needed}"
    },
    {
      "ERC20ExceededSafeSupply(uint256 increasedSupply, uint256 cap)",
      "the supply would be {increasedSupply}, above {cap}"
    },
    {"ERC20InvalidApprover(address approver)", "{approver} may not approve this"},
    {"ERC20InvalidReceiver(address receiver)", "{receiver} cannot receive tokens"},
    {"ERC20InvalidSender(address sender)", "{sender} cannot send tokens"},
    {"ERC20InvalidSpender(address spender)", "{spender} cannot spend tokens"},
    {"ERC2612ExpiredSignature(uint256 deadline)", "the permit was valid until {deadline}"},
    {
      "ERC2612InvalidSigner(address signer, address owner)",
      "the permit is signed by {signer}, not by {owner}"
    },
    {
      "ERC5805FutureLookup(uint256 timepoint, uint48 clock)",
      "{timepoint} lies in the future, now is {clock}"
    },
    {
      "InvalidAccountNonce(address account, uint256 currentNonce)",
      "the next signed permission of {account} has the number {currentNonce}"
    },
    {"VotesExpiredSignature(uint256 expiry)", "the delegation was valid until {expiry}"},
    {"ECDSAInvalidSignature()", "the signature is of nobody"},
    {"ECDSAInvalidSignatureLength(uint256 length)", "a signature of {length} bytes"},
    {"ECDSAInvalidSignatureS(bytes32 s)", "a signature with a high s"},
    {"CheckpointUnorderedInsertion()", "a checkpoint lies before the one before it"},
    {
      "SafeCastOverflowedUintDowncast(uint8 bits, uint256 value)",
      "{value} does not fit in {bits} bits"
    },
    {"SafeCastOverflowedIntToUint(int256 value)", "{value} is negative"},
    {"SafeERC20FailedOperation(address token)", "the token {token} refuses the transfer"},
    // Networks.
    {"InvalidNetwork()", "a network needs a kind and a rules hash"},
    {"ParametersTooLong(uint256 length)", "parameters of {length} bytes are too long"},
    {"OwnableInvalidOwner(address owner)", "{owner} cannot be the owner"},
    {
      "OwnableUnauthorizedAccount(address account)",
      "only the contract's owner may do this, not {account}"
    },
    // Operators.
    {"AlreadyMember(uint8 role, address operator)", "{operator} is a member of set {role} already"},
    {
      "ExitNotReady(uint64 releaseEpoch)",
      "the stake can be withdrawn once the result of epoch {releaseEpoch} is final"
    },
    {
      "ExitPending(uint8 role, address operator)",
      "{operator} must withdraw its former stake in set {role} first"
    },
    {"InvalidOperatorParameters()", "stake minimum or exit epochs are out of bounds"},
    {"InvalidSigner()", "the signer may not be the zero address"},
    {
      "NoExit(uint8 role, address operator)", "{operator} has no stake on its way out of set {role}"
    },
    {"NotMember(uint8 role, address operator)", "{operator} is no member of set {role}"},
    {"NothingAdded()", "the amount is zero"},
    {"SetFull(uint8 role)", "set {role} is full"},
    {
      "SignerTaken(uint8 role, address signer)",
      "{signer} belongs to another operator of set {role}; use a new signer key"
    },
    {
      "StakeTooLow(uint256 stake, uint256 minimum)",
      "a stake of {stake} is below the minimum, {minimum}"
    },
    {"UnknownRole(uint8 role)", "there is no set {role}"},
    // Prices.
    {"InvalidOracleParameters()", "a parameter of the price oracle is out of bounds"},
    {"NoPrice()", "there was never a valid price; record a checkpoint first"},
    {"NotEnoughGas(uint256 left, uint256 needed)", "{left} gas is left where {needed} is needed"},
    {
      "PriceDormant()",
      "no credits are sold now: there is no recent valid price; record a checkpoint and try again"
    },
    // Results.
    {
      "CommitDeadlineNotPassed(uint64 epoch)",
      "indexes of epoch {epoch} can still be committed; its result comes afterwards"
    },
    {"CommitDeadlinePassed(uint64 epoch)", "it is too late to commit an index of epoch {epoch}"},
    {"EpochStillOpen(uint64 epoch)", "epoch {epoch} is still open"},
    {"GatewayNotStaked(address gateway)", "{gateway} was no gateway when the epoch opened"},
    {
      "IndexAlreadyCommitted(uint64 epoch, address gateway, bytes32 index)",
      "index {index} of {gateway} is an input of epoch {epoch} already"
    },
    {"InvalidIndex()", "an index of zero"},
    {"InvalidResultParameters()", "a parameter of the Results contract is out of bounds"},
    {"InvalidShare(uint256 mBps)", "a share of {mBps} ten-thousandths"},
    {"InvalidSignature(uint256 position)", "signature {position} is malformed or of nobody"},
    {
      "PaymentExceedsBasis(uint32 network, uint256 payment, uint256 limit)",
      "payments of {payment} in network {network} exceed their share of the basis, {limit}"
    },
    {
      "QuorumNotReached(uint256 signedStake, uint256 totalStake)",
      "the signers have {signedStake} of {totalStake} staked, which is not enough"
    },
    {"SignerNotStaked(address signer)", "{signer} was no verifier when the epoch opened"},
    {
      "SignersNotAscending(address previous, address next)",
      "signatures are not in the order of their signers: {next} follows {previous}"
    },
    {
      "TooManyIndexes(uint64 epoch, address gateway)",
      "{gateway} has committed as many indexes of epoch {epoch} as it may"
    },
    {"TooManyTotals(uint256 count)", "{count} totals are too many"},
    {"TotalsNotAscending(uint256 position)", "total {position} is not in its place"},
    {"UnknownKind(uint8 kind)", "there is no kind {kind} of total"},
    {
      "WrongAttempt(uint32 attempt, uint32 expected)",
      "attempt {attempt} is not the current one, {expected}; compute and sign the result again"
    },
    {
      "WrongNetwork(uint8 kind, uint32 network)", "kind {kind} does not belong to network {network}"
    },
    {
      "OperationsExceedShare(uint32 network, uint256 wanted, uint256 limit)",
      "operators of network {network} would have {wanted} in all, their share is {limit}"
    },
    {
      "BootstrapExceedsBudget(uint32 network, uint256 wanted, uint256 limit)",
      "bootstrap of network {network} would reach {wanted}, vested are {limit}"
    },
    {
      "EmissionExceedsSchedule(uint8 kind, uint256 amount, uint256 limit)",
      "kind {kind} would mint {amount}, the schedule allows {limit}"
    },
    {
      "RollbackPending(uint64 fromEpoch)",
      "the results from epoch {fromEpoch} on are void; roll them back first"
    },
    {"NothingToRollBack()", "no result is void"},
    {
      "NotHead(bytes32 resultHash)",
      "{resultHash} is not the last accepted result; roll back from the last one"
    },
    {"NotCouncil(address caller)", "only the council may do this, not {caller}"},
    {"NotPending(uint64 epoch)", "epoch {epoch} has no result that is still pending"},
    {
      "SkipNotAllowed(uint64 epoch)",
      "epoch {epoch} cannot be skipped: it is not the next one, or its verifiers still have time"
    },
    {
      "PresenceNotAsked(uint64 epoch)",
      "presence is asked only for the next epoch, after its commit deadline; not for {epoch}"
    },
    {"WrongDeployment(bytes32 deployment)", "the result is for another deployment, {deployment}"},
    {
      "WrongEpoch(uint64 epoch, uint64 expected)",
      "the result is for epoch {epoch}, the next is {expected}"
    },
    {
      "WrongInputs(bytes32 inputs, bytes32 expected)",
      "the result is over the inputs {inputs}, committed are {expected}"
    },
    {
      "WrongParent(bytes32 parent, bytes32 expected)",
      "the result follows {parent}, the last accepted one is {expected}"
    },
    // Networks.
    {
      "FoundingTooLong()",
      "the founder's right would last longer than 7 days after genesis; choose an earlier end"
    },
    {"InvalidBootstrap()", "the bootstrap budget is out of bounds; see INetworkRegistry.Bootstrap"},
    {
      "NotAllowed(address caller)",
      "{caller} may not create networks: only the governor may, and the founder at first"
    },
    {
      "NotProposed(uint32 networkId, bytes32 rulesHash)",
      "rules {rulesHash} are not those proposed for network {networkId}"
    },
    {
      "NotReady(uint256 ready, uint256 total)",
      "verifiers with {ready} of {total} run these rules;" + " more than 2/3 are needed"
    },
    {"NotVerifier(address caller)", "{caller} is no verifier's signer with weight"},
    // Stakes.
    {"NotSlashing(address caller)", "only the Slashing contract may do this, not {caller}"},
    {"NothingToRestore()", "the weight is the whole stake already"},
    {"NothingToSlash()", "the leaf asks for no more than was taken before"},
    {"InvalidStakeParameters()", "the exit epochs of devices' stakes are out of bounds"},
    {"Leaving(uint256 deviceId)", "the stake of device {deviceId} is leaving already"},
    {
      "NotLeaving(uint256 deviceId)",
      "the stake of device {deviceId} was not asked to leave, or there is none"
    },
    {
      "PossessionNotProved(uint256 deviceId)",
      "the signature is not of device {deviceId}'s P-256 key"
    },
    {"InvalidAuthorisation()", "the signature is not the account's, or is too old; sign again"},
    // Sessions.
    {
      "InvalidSession()",
      "a session needs another key, some credits, a network and a last epoch that is not over"
    },
    {
      "KeyUsed(address account, address key, uint32 network)",
      "{key} was authorised for {account} in network {network} before; use a new key"
    },
    {
      "NoSession(address account, address key, uint32 network)",
      "{key} is not authorised for {account} in network {network}, or was revoked"
    },
    // Council and slashing.
    {"InvalidCouncilParameters()", "members, term, bond or slots of the council are out of bounds"},
    {
      "InvalidMember(address member)",
      "{member} cannot be in the council: it stands there twice, is zero, or is a verifier"
    },
    {
      "NotMember(address caller)",
      "{caller} has no seat in the council, or its term is over, or it became a verifier"
    },
    {"InvalidReason()", "give a reason of 1 to 1,024 bytes"},
    {"AlreadyDisputed(bytes32 resultHash)", "result {resultHash} was disputed before"},
    {
      "NotDisputable(uint64 epoch)",
      "the result of epoch {epoch} cannot be disputed: there is none, or its time is over"
    },
    {"NotOpen(uint256 id)", "dispute {id} is not open"},
    {"AlreadyVoted(uint256 id, address member)", "{member} has voted on dispute {id} already"},
    {"StillOpen(uint256 id)", "dispute {id} can still be decided; try again after its deadline"},
    {"InvalidSlashingParameters()", "the time for appeals is out of bounds"},
    {"NoContradiction()", "the two results do not contradict each other"},
    {"InvalidSignature()", "a signature is malformed or of somebody else"},
    {
      "NothingToSlash(address signer)",
      "{signer} belongs to no operator, or nothing of its stake is left"
    },
    {
      "AlreadySlashed(bytes32 offence, address signer)",
      "{signer} was punished for offence {offence} before"
    },
    {"NotVoided(bytes32 resultHash)", "the council did not void result {resultHash}"},
    {
      "NotPendingSeizure(uint256 id)",
      "seizure {id} is closed, or the time for appeals is not over yet"
    },
    {"InvalidPath()", "the path does not lead from the report to the root of such a batch"},
    // The court for possession proofs.
    {"InvalidCourtParameters()", "bond, slots or challenges of the court are out of bounds"},
    {
      "UnknownBlock(uint256 number)",
      "block {number} is none of this chain, or too old for the chain to tell its hash"
    },
    {"NotFirstOfSlot(uint64 slot)", "the block is not the first one of slot {slot}"},
    {
      "SlotNotRecorded(uint64 slot)",
      "nobody recorded the block of slot {slot} while the chain knew it"
    },
    {"Foreign()", "the evidence is about another deployment, network, device or report"},
    {"NotGateway(address signer)", "{signer} was never the signer of a gateway"},
    {
      "AnswerBeforeSlot(uint64 slot, uint64 promised)",
      "the answer to slot {slot} was promised in slot {promised}, before it"
    },
    {
      "HoldingDiffers(bytes32 answered, bytes32 shown)",
      "the deals shown are the holding {shown}, the answer was made for {answered}"
    },
    {"NotRunning(bytes32 deal)", "deal {deal} does not cover the slot, or ends too soon"},
    {"NotAPiece(bytes32 deal)", "the terms of deal {deal} name no piece that may be stored"},
    {
      "WrongProof(uint256 index, uint256 leaf)",
      "proof {index} does not show leaf {leaf}, which was asked for"
    },
    {"WrongCount(uint256 shown, uint256 asked)", "{asked} proofs were asked for, {shown} shown"},
    {
      "AlreadyCleared(uint64 device, uint64 slot, bytes32 holding)",
      "device {device} is cleared of slot {slot} already"
    },
    {
      "UnknownKey(uint64 device, bytes32 keyHash)",
      "key {keyHash} is not registered for device {device}, and was never noted"
    },
    {"NotPayer(address caller)", "only the payer of the deal can summon, not {caller}"},
    {
      "NotReserved(bytes32 reservation)",
      "reservation {reservation} is of others, smaller than the deal's cap, or over"
    },
    {
      "AlreadySummoned(bytes32 deal)",
      "deal {deal} has an open summons, or a fault was shown already"
    },
    {
      "WrongState(uint256 id, uint8 state)",
      "summons {id} is in state {state}, which is too early or too late for this"
    },
    {
      "NotDrawnYet(uint256 id, uint256 drawBlock)",
      "summons {id} is drawn by block {drawBlock}, which is yet to come"
    },
    {
      "TooLate(uint256 id, uint256 deadline)",
      "the time for answers to summons {id} was over at {deadline}"
    },
    {
      "StillTime(uint256 id, uint256 deadline)",
      "summons {id} can be answered until {deadline}; try again afterwards"
    },
    {"MalformedReport()", "the bytes are no canonical report of the type that is needed"},
    {"MalformedHeader()", "the bytes are no header of a block"},
    // Attestations.
    {"InvalidAttestationParameters()", "least stake or liability of auditors is out of bounds"},
    {
      "InvalidAttestation()",
      "an attestation needs a subject, a schema and an end within the next year"
    },
    {"NotAuditor(bytes32 id, address caller)", "attestation {id} is not {caller}'s"},
    {"AlreadyRevoked(bytes32 id)", "attestation {id} is revoked already"},
    {"AlreadyAttested(bytes32 id)", "this was attested before, as {id}"},
    {"StillLiable(uint48 until)", "the stake is liable until {until}; withdraw it afterwards"},
    {"NothingStaked(address auditor)", "{auditor} has no stake"},
    // Purchases and posted prices.
    {"InvalidPurchase()", "a purchase needs an amount and a stablecoin other than the token"},
    {"Expired(uint256 deadline)", "the deadline {deadline} is over; try again with a later one"},
    {
      "TooFewTokens(uint256 received, uint256 wanted)",
      "the router gave {received} tokens, fewer than the {wanted} wanted at least"
    },
    {"ReentrancyGuardReentrantCall()", "a coin or router called back into the purchase"},
    {"InvalidPostedPrice()", "the price, or how far it may move in a day, is out of bounds"},
    {
      "ChangeTooLarge(uint256 price, uint256 lowest, uint256 highest)",
      "the price {price} moves too far for a day; post {lowest} to {highest} now"
    },
    {"SafeCastOverflowedUintToInt(uint256 value)", "{value} is too large"},
    // Governor and timelock.
    {"InvalidGovernorParameters()", "a parameter of the governor is out of bounds"},
    {"InvalidGovernor()", "the timelock's governor may not be the zero address"},
    {"InvalidDelay(uint256 delay)", "a delay of {delay} s is out of bounds: 1 s to 30 days"},
    {"FailedCall()", "a call of the proposal failed without saying why"},
    {"ERC6372InconsistentClock()", "the token counts time in another way than the governor"},
    {"GovernorAlreadyCastVote(address voter)", "{voter} has voted already"},
    {
      "GovernorAlreadyQueuedProposal(uint256 proposalId)",
      "proposal {proposalId} is queued already; execute it after its delay"
    },
    {"GovernorDisabledDeposit()", "send coin and tokens to the timelock, not to the governor"},
    {
      "GovernorInsufficientProposerVotes(address proposer, uint256 votes, uint256 threshold)",
      "{proposer} has {votes} votes, a proposal needs {threshold}; delegate tokens to it first"
    },
    {
      "GovernorInvalidProposalLength(uint256 targets, uint256 calldatas, uint256 values)",
      "a proposal with {targets} targets, {calldatas} calls and {values} values"
    },
    {
      "GovernorInvalidQuorumFraction(uint256 quorumNumerator, uint256 quorumDenominator)",
      "a quorum of {quorumNumerator} of {quorumDenominator} is out of bounds"
    },
    {"GovernorInvalidSignature(address voter)", "the vote is not signed by {voter}"},
    {"GovernorInvalidVoteParams()", "the vote has parameters, which this governor does not take"},
    {"GovernorInvalidVoteType()", "a vote is against, for, or abstain"},
    {
      "GovernorInvalidVotingPeriod(uint256 votingPeriod)",
      "a voting period of {votingPeriod} s is out of bounds"
    },
    {
      "GovernorNonexistentProposal(uint256 proposalId)",
      "there is no proposal {proposalId}; actions and description must be exactly those proposed"
    },
    {
      "GovernorOnlyExecutor(address account)",
      "only an executed proposal may do this, not {account}"
    },
    {
      "GovernorPreventLateQuorumVoteExtensionTooLarge(uint256 newVoteExtension,"
          + " uint256 maxVoteExtension)",
      "an extension of {newVoteExtension} s is above {maxVoteExtension} s"
    },
    {"GovernorProposalQueueingFailed(uint256 proposalId)", "proposal {proposalId} was not queued"},
    {
      "GovernorProposalQueueingNotRequired(uint256 proposalId)",
      "proposal {proposalId} needs no queue; execute it"
    },
    {
      "GovernorRestrictedProposer(address proposer)",
      "the description names another proposer than {proposer}"
    },
    {
      "GovernorUnableToCancel(uint256 proposalId, address account)",
      "{account} cannot cancel proposal {proposalId}; its proposer can, before votes begin"
    },
    {
      "GovernorUnexpectedProposalState(uint256 proposalId, uint8 current,"
          + " bytes32 expectedStates)",
      "proposal {proposalId} is not at this step (state {current}); look at it with \"gov show\""
    },
    {"AccessControlBadConfirmation()", "a role is given up by its own holder only"},
    {
      "AccessControlUnauthorizedAccount(address account, bytes32 neededRole)",
      "{account} has not the role {neededRole}; propose this to the governor"
    },
    {
      "TimelockInsufficientDelay(uint256 delay, uint256 minDelay)",
      "a delay of {delay} s is below the least one, {minDelay} s"
    },
    {
      "TimelockInvalidOperationLength(uint256 targets, uint256 payloads, uint256 values)",
      "an operation with {targets} targets, {payloads} calls and {values} values"
    },
    {"TimelockUnauthorizedCaller(address caller)", "only the timelock itself may do this"},
    {
      "TimelockUnexecutedPredecessor(bytes32 predecessorId)",
      "operation {predecessorId} must be executed before"
    },
    {
      "TimelockUnexpectedOperationState(bytes32 operationId, bytes32 expectedStates)",
      "operation {operationId} is not at this step; is its delay over?"
    },
  };

  private record Row(Signature signature, String sentence) {}

  private static final Map<Bytes, Row> ROWS = new HashMap<>();

  static {
    for (String[] row : TABLE) {
      Signature signature = Signature.parse(row[0]);
      if (ROWS.put(signature.selector(), new Row(signature, row[1])) != null) {
        throw new IllegalStateException("two errors with the selector of " + row[0]);
      }
    }
  }

  private ContractErrors() {}

  /** All errors that are known. */
  static List<Signature> signatures() {
    return ROWS.values().stream().map(Row::signature).toList();
  }

  /** What a contract reverted with; empty if it is no error that is known. */
  public static Optional<ContractError> decode(Bytes revertData) {
    if (revertData.size() < SELECTOR_BYTES) {
      return Optional.empty();
    }
    Row row = ROWS.get(revertData.slice(0, SELECTOR_BYTES));
    if (row == null) {
      return Optional.empty();
    }
    try {
      Bytes arguments = revertData.slice(SELECTOR_BYTES, revertData.size());
      return Optional.of(error(row, AbiCodec.decode(row.signature.inputs(), arguments)));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private static ContractError error(Row row, List<Object> values) {
    Map<String, String> arguments = new LinkedHashMap<>();
    String sentence = row.sentence;
    for (int i = 0; i < values.size(); i++) {
      Field field = row.signature.inputs().fields().get(i);
      arguments.put(field.name(), values.get(i).toString());
      sentence = sentence.replace("{" + field.name() + "}", values.get(i).toString());
    }
    return new ContractError(row.signature.name(), arguments, sentence);
  }
}
