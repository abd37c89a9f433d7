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
      "ExceedsAuthorised(uint32 network, uint256 wanted, uint256 authorised)",
      "claims of network {network} would reach {wanted}, accepted results authorise {authorised}"
    },
    {"InvalidBatch()", "the lists of a batch differ in length, or there are too many entries"},
    {
      "InvalidProof()",
      "the proof does not lead to the latest money root; take a proof from the latest result"
    },
    {
      "NothingToClaim(address account, uint32 network)",
      "{account} has nothing left to claim in network {network}"
    },
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
    {"InvalidReservation()", "a reservation needs credits and a seller"},
    {"NotResults(address caller)", "only the Results contract settles, not {caller}"},
    {
      "NotSettledYet(uint64 lastEpoch)",
      "the result of epoch {lastEpoch} is not accepted yet; try again afterwards"
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
      "the stake can be withdrawn once the result of epoch {releaseEpoch} is accepted"
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
    {"WrongAttempt(uint32 attempt)", "attempt {attempt} is not the current one"},
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
