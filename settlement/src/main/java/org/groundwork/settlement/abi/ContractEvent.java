package org.groundwork.settlement.abi;

import java.math.BigInteger;
import java.util.List;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochStatement;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.MoneyKind;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.Price;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.settlement.Role;

/**
 * What the contracts say has happened. Where a contract lets anybody write any number, the
 * component is a plain {@link BigInteger} or {@code long}: no event may be unreadable.
 */
public sealed interface ContractEvent {
  /** Of the governor and its timelock: {@link GovernanceEvent}. */
  non-sealed interface Governance extends ContractEvent {}

  /** Device registry. */
  @Solidity(
      "DeviceRegistered(uint256 indexed deviceId, address indexed owner, uint32 indexed network,"
          + " uint8 keyType, bytes key, uint64 cell, string endpoint)")
  record DeviceRegistered(
      DeviceId deviceId,
      AccountId owner,
      long network,
      KeyType keyType,
      Bytes key,
      BigInteger cell,
      String endpoint)
      implements ContractEvent {}

  @Solidity("DeviceKeyChanged(uint256 indexed deviceId, uint8 keyType, bytes key)")
  record DeviceKeyChanged(DeviceId deviceId, KeyType keyType, Bytes key) implements ContractEvent {}

  @Solidity("PossessionProved(uint256 indexed deviceId, address indexed owner, bytes key)")
  record PossessionProved(DeviceId deviceId, AccountId owner, Bytes key) implements ContractEvent {}

  @Solidity("DeviceEndpointChanged(uint256 indexed deviceId, string endpoint)")
  record DeviceEndpointChanged(DeviceId deviceId, String endpoint) implements ContractEvent {}

  /** From the zero account when the device was registered. */
  @Solidity("Transfer(address indexed from, address indexed to, uint256 indexed tokenId)")
  record DeviceMoved(AccountId from, AccountId to, DeviceId tokenId) implements ContractEvent {}

  @Solidity("Approval(address indexed owner, address indexed approved, uint256 indexed tokenId)")
  record DeviceApproval(AccountId owner, AccountId approved, DeviceId tokenId)
      implements ContractEvent {}

  @Solidity("ApprovalForAll(address indexed owner, address indexed operator, bool approved)")
  record DeviceApprovalForAll(AccountId owner, AccountId operator, boolean approved)
      implements ContractEvent {}

  /** Network registry. {@code kind} is ASCII, padded with zeros. */
  @Solidity(
      "NetworkCreated(uint32 indexed networkId, bytes32 indexed kind, bytes32 rulesHash,"
          + " bytes parameters, (uint128 initial, uint64 start, uint64 end, uint16 maxCellBps,"
          + " uint32 maxAdmissions, uint128 deviceStake) bootstrap)")
  record NetworkCreated(
      NetworkId networkId, Hash kind, Hash rulesHash, Bytes parameters, BootstrapTerms bootstrap)
      implements ContractEvent {}

  @Solidity("RulesProposed(uint32 indexed networkId, bytes32 indexed rulesHash, bytes parameters)")
  record RulesProposed(NetworkId networkId, Hash rulesHash, Bytes parameters)
      implements ContractEvent {}

  @Solidity(
      "RulesReady(uint32 indexed networkId, bytes32 indexed rulesHash, address indexed signer)")
  record RulesReady(NetworkId networkId, Hash rulesHash, AccountId signer)
      implements ContractEvent {}

  @Solidity(
      "RulesActivated(uint32 indexed networkId, bytes32 indexed rulesHash, uint64 epoch,"
          + " bytes32 parametersHash)")
  record RulesActivated(NetworkId networkId, Hash rulesHash, EpochNumber epoch, Hash parametersHash)
      implements ContractEvent {}

  @Solidity("OwnershipTransferStarted(address indexed previousOwner, address indexed newOwner)")
  record OwnershipTransferStarted(AccountId previousOwner, AccountId newOwner)
      implements ContractEvent {}

  @Solidity("OwnershipTransferred(address indexed previousOwner, address indexed newOwner)")
  record OwnershipTransferred(AccountId previousOwner, AccountId newOwner)
      implements ContractEvent {}

  /** Operators. */
  @Solidity(
      "OperatorJoined(uint8 indexed role, address indexed operator, address indexed signer,"
          + " uint256 stake, string endpoint)")
  record OperatorJoined(
      Role role, AccountId operator, AccountId signer, TokenAmount stake, String endpoint)
      implements ContractEvent {}

  @Solidity(
      "StakeAdded(uint8 indexed role, address indexed operator, address indexed signer,"
          + " uint256 stake)")
  record StakeAdded(Role role, AccountId operator, AccountId signer, TokenAmount stake)
      implements ContractEvent {}

  @Solidity(
      "OperatorEndpointChanged(uint8 indexed role, address indexed operator, string endpoint)")
  record OperatorEndpointChanged(Role role, AccountId operator, String endpoint)
      implements ContractEvent {}

  @Solidity(
      "OperatorLeft(uint8 indexed role, address indexed operator, address indexed signer,"
          + " uint64 releaseEpoch)")
  record OperatorLeft(Role role, AccountId operator, AccountId signer, EpochNumber releaseEpoch)
      implements ContractEvent {}

  @Solidity(
      "WeightChanged(uint8 indexed role, address indexed operator, address indexed signer,"
          + " uint256 weight)")
  record WeightChanged(Role role, AccountId operator, AccountId signer, TokenAmount weight)
      implements ContractEvent {}

  @Solidity(
      "StakeSlashed(uint8 indexed role, address indexed operator, uint256 amount, uint256 left,"
          + " bool resultSlash)")
  record StakeSlashed(
      Role role, AccountId operator, TokenAmount amount, TokenAmount left, boolean resultSlash)
      implements ContractEvent {}

  @Solidity("StakeWithdrawn(uint8 indexed role, address indexed operator, uint256 amount)")
  record StakeWithdrawn(Role role, AccountId operator, TokenAmount amount)
      implements ContractEvent {}

  /** Stakes of devices. */
  @Solidity(
      "DeviceStaked(uint256 indexed deviceId, address indexed from, uint256 amount,"
          + " uint256 stake)")
  record DeviceStaked(DeviceId deviceId, AccountId from, TokenAmount amount, TokenAmount stake)
      implements ContractEvent {}

  @Solidity("DeviceStakeLeaving(uint256 indexed deviceId, uint64 releaseEpoch)")
  record DeviceStakeLeaving(DeviceId deviceId, EpochNumber releaseEpoch) implements ContractEvent {}

  @Solidity("DeviceStakeWithdrawn(uint256 indexed deviceId, address indexed owner, uint256 amount)")
  record DeviceStakeWithdrawn(DeviceId deviceId, AccountId owner, TokenAmount amount)
      implements ContractEvent {}

  @Solidity("DeviceStakeSlashed(uint256 indexed deviceId, uint256 amount, uint256 left)")
  record DeviceStakeSlashed(DeviceId deviceId, TokenAmount amount, TokenAmount left)
      implements ContractEvent {}

  /** Price oracle. */
  @Solidity("PriceCheckpointed(uint64 indexed slot, uint256 low, uint256 high)")
  record PriceCheckpointed(SlotNumber slot, Price low, Price high) implements ContractEvent {}

  @Solidity("PriceDoubted(uint64 indexed slot, uint8 reason)")
  record PriceDoubted(SlotNumber slot, PriceDoubt reason) implements ContractEvent {}

  /** A posted price. */
  @Solidity("PricePosted(uint256 price, uint256 anchor, uint256 anchoredAt)")
  record PricePosted(Price price, Price anchor, long anchoredAt) implements ContractEvent {}

  /** Credits. */
  @Solidity(
      "CreditsBought(address indexed buyer, uint256 tokens, uint256 credits, uint256 price,"
          + " address payer)")
  record CreditsBought(
      AccountId buyer, TokenAmount tokens, Credits credits, Price price, AccountId payer)
      implements ContractEvent {}

  @Solidity(
      "CreditsReserved(bytes32 indexed id, address indexed payer, address indexed seller,"
          + " uint32 network, uint256 credits, uint256 basis, uint64 lastEpoch)")
  record CreditsReserved(
      ReservationId id,
      AccountId payer,
      AccountId seller,
      NetworkId network,
      Credits credits,
      TokenAmount basis,
      BigInteger lastEpoch)
      implements ContractEvent {}

  @Solidity(
      "ReservationReleased(bytes32 indexed id, address indexed payer, uint256 charged,"
          + " uint256 creditsReturned, uint256 basisReturned)")
  record ReservationReleased(
      ReservationId id,
      AccountId payer,
      Credits charged,
      Credits creditsReturned,
      TokenAmount basisReturned)
      implements ContractEvent {}

  @Solidity("NetworkSettled(uint32 indexed network, uint256 credits, uint256 basis)")
  record NetworkSettled(NetworkId network, Credits credits, TokenAmount basis)
      implements ContractEvent {}

  @Solidity("NetworkUnsettled(uint32 indexed network, uint256 credits, uint256 basis)")
  record NetworkUnsettled(NetworkId network, Credits credits, TokenAmount basis)
      implements ContractEvent {}

  @Solidity(
      "CreditsBoughtWithStable(address indexed buyer, address indexed stable, uint256 stableSpent,"
          + " uint256 tokensBurned, uint256 credits)")
  record CreditsBoughtWithStable(
      AccountId buyer,
      AccountId stable,
      BigInteger stableSpent,
      TokenAmount tokensBurned,
      Credits credits)
      implements ContractEvent {}

  /** Sessions. Anybody may name any network and any last epoch. */
  @Solidity(
      "SessionAuthorised(address indexed account, address indexed key, uint32 indexed network,"
          + " uint256 limit, uint64 lastEpoch)")
  record SessionAuthorised(
      AccountId account, AccountId key, long network, Credits limit, BigInteger lastEpoch)
      implements ContractEvent {}

  @Solidity(
      "SessionRevoked(address indexed account, address indexed key, uint32 indexed network,"
          + " uint64 epoch)")
  record SessionRevoked(AccountId account, AccountId key, long network, EpochNumber epoch)
      implements ContractEvent {}

  /** Results. */
  @Solidity(
      "IndexCommitted(uint64 indexed epoch, address indexed gateway, bytes32 indexed index,"
          + " bytes32 inputs, uint256 signedStake)")
  record IndexCommitted(
      EpochNumber epoch, AccountId gateway, Hash index, Hash inputs, TokenAmount signedStake)
      implements ContractEvent {}

  @Solidity(
      "ResultAccepted(uint64 indexed epoch, bytes32 indexed resultHash, (bytes32 deployment,"
          + " uint64 epoch, uint32 attempt, bytes32 closeBlock, bytes32 parent, bytes32 inputs,"
          + " bytes32 rules, bytes32 carryRoot, bytes32 moneyRoot, (uint8 kind, uint32 network,"
          + " uint256 amount)[] totals) result, address[] signers, uint256 signedStake,"
          + " uint256 totalStake)")
  record ResultAccepted(
      EpochNumber epoch,
      Hash resultHash,
      EpochStatement result,
      List<AccountId> signers,
      TokenAmount signedStake,
      TokenAmount totalStake)
      implements ContractEvent {
    public ResultAccepted {
      signers = List.copyOf(signers);
    }
  }

  @Solidity("VerifierPresent(uint64 indexed epoch, address indexed signer)")
  record VerifierPresent(EpochNumber epoch, AccountId signer) implements ContractEvent {}

  @Solidity("EpochSkipped(uint64 indexed epoch)")
  record EpochSkipped(EpochNumber epoch) implements ContractEvent {}

  @Solidity("ResultHeld(uint64 indexed epoch, bytes32 indexed resultHash, bool held)")
  record ResultHeld(EpochNumber epoch, Hash resultHash, boolean held) implements ContractEvent {}

  @Solidity("ResultsVoided(uint64 indexed fromEpoch, bytes32 indexed resultHash, uint32 attempt)")
  record ResultsVoided(EpochNumber fromEpoch, Hash resultHash, int attempt)
      implements ContractEvent {}

  @Solidity("ResultRolledBack(uint64 indexed epoch, bytes32 indexed resultHash)")
  record ResultRolledBack(EpochNumber epoch, Hash resultHash) implements ContractEvent {}

  @Solidity("ResultFinal(uint64 indexed epoch, bytes32 indexed resultHash, bytes32 moneyRoot)")
  record ResultFinal(EpochNumber epoch, Hash resultHash, Hash moneyRoot) implements ContractEvent {}

  /** Council. {@code until} is a Unix second. */
  @Solidity("CouncilElected(address[] members, uint48 until)")
  record CouncilElected(List<AccountId> members, long until) implements ContractEvent {
    public CouncilElected {
      members = List.copyOf(members);
    }
  }

  @Solidity("DisputeBondSet(uint256 bond)")
  record DisputeBondSet(TokenAmount bond) implements ContractEvent {}

  @Solidity(
      "DisputeOpened(uint256 indexed id, uint64 indexed epoch, bytes32 indexed resultHash,"
          + " address disputer, uint256 bond, bytes32 evidence, string reason)")
  record DisputeOpened(
      long id,
      EpochNumber epoch,
      Hash resultHash,
      AccountId disputer,
      TokenAmount bond,
      Hash evidence,
      String reason)
      implements ContractEvent {}

  @Solidity("CouncilVoted(uint256 indexed id, address indexed member, bool forVoid, string reason)")
  record CouncilVoted(long id, AccountId member, boolean forVoid, String reason)
      implements ContractEvent {}

  /** An account is shown to have signed a result: it has no vote while it is a verifier's. */
  @Solidity("SignerShown(address indexed signer, bytes32 indexed resultHash)")
  record SignerShown(AccountId signer, Hash resultHash) implements ContractEvent {}

  @Solidity(
      "DisputeClosed(uint256 indexed id, uint64 indexed epoch, bytes32 indexed resultHash,"
          + " bool upheld)")
  record DisputeClosed(long id, EpochNumber epoch, Hash resultHash, boolean upheld)
      implements ContractEvent {}

  /** Slashing. {@code ripeAt} is a Unix second. */
  @Solidity(
      "EquivocationProved(uint64 indexed epoch, address indexed operator, address indexed signer,"
          + " uint256 slashed, address reporter, uint256 share)")
  record EquivocationProved(
      EpochNumber epoch,
      AccountId operator,
      AccountId signer,
      TokenAmount slashed,
      AccountId reporter,
      TokenAmount share)
      implements ContractEvent {}

  @Solidity(
      "SignerOfVoidSeized(uint256 indexed id, bytes32 indexed resultHash, address indexed operator,"
          + " address signer, uint256 amount, uint48 ripeAt)")
  record SignerOfVoidSeized(
      long id,
      Hash resultHash,
      AccountId operator,
      AccountId signer,
      TokenAmount amount,
      long ripeAt)
      implements ContractEvent {}

  @Solidity(
      "SeizureClosed(uint256 indexed id, address indexed operator, bool pardoned, string reason)")
  record SeizureClosed(long id, AccountId operator, boolean pardoned, String reason)
      implements ContractEvent {}

  @Solidity(
      "PromiseBroken(uint64 indexed epoch, address indexed operator, address indexed signer,"
          + " bytes32 report, uint256 slashed)")
  record PromiseBroken(
      EpochNumber epoch, AccountId operator, AccountId signer, Hash report, TokenAmount slashed)
      implements ContractEvent {}

  /** Claims. */
  @Solidity(
      "Claimed(uint8 kind, address indexed account, uint32 indexed network, uint256 amount,"
          + " uint256 claimed)")
  record Claimed(
      MoneyKind kind, AccountId account, NetworkId network, TokenAmount amount, TokenAmount claimed)
      implements ContractEvent {}

  @Solidity("Funded(uint256 amount, uint256 fundedTotal, uint256 windowUsed)")
  record Funded(TokenAmount amount, TokenAmount fundedTotal, TokenAmount windowUsed)
      implements ContractEvent {}

  /** Attestations. {@code expires} is a Unix second. */
  @Solidity("AuditorStaked(address indexed auditor, uint256 stake)")
  record AuditorStaked(AccountId auditor, TokenAmount stake) implements ContractEvent {}

  @Solidity(
      "Attested(bytes32 indexed id, address indexed auditor, bytes32 indexed subject,"
          + " bytes32 schema, bytes32 content, uint48 expires)")
  record Attested(Hash id, AccountId auditor, Hash subject, Hash schema, Hash content, long expires)
      implements ContractEvent {}

  @Solidity("AttestationRevoked(bytes32 indexed id, string reason)")
  record AttestationRevoked(Hash id, String reason) implements ContractEvent {}

  @Solidity("AuditorSlashed(address indexed auditor, uint256 amount, string reason)")
  record AuditorSlashed(AccountId auditor, TokenAmount amount, String reason)
      implements ContractEvent {}

  @Solidity("AuditorWithdrawn(address indexed auditor, uint256 amount)")
  record AuditorWithdrawn(AccountId auditor, TokenAmount amount) implements ContractEvent {}

  /**
   * The court for possession proofs. A device that is cleared is named by its gateway's word alone.
   */
  @Solidity("SlotRecorded(uint64 indexed slot, uint256 number, bytes32 blockHash)")
  record SlotRecorded(SlotNumber slot, long number, Hash blockHash) implements ContractEvent {}

  @Solidity(
      "Cleared(uint64 indexed device, uint64 indexed slot, bytes32 indexed holding,"
          + " uint64 promised, uint8 entries, address gateway, bytes32 report)")
  record Cleared(
      BigInteger device,
      SlotNumber slot,
      Hash holding,
      BigInteger promised,
      int entries,
      AccountId gateway,
      Hash report)
      implements ContractEvent {}

  @Solidity("KeyNoted(uint64 indexed device, bytes32 indexed keyHash)")
  record KeyNoted(DeviceId device, Hash keyHash) implements ContractEvent {}

  @Solidity(
      "Summoned(uint256 indexed id, uint64 indexed device, bytes32 indexed deal, address payer,"
          + " uint256 bond, uint256 drawBlock)")
  record Summoned(
      long id, DeviceId device, Hash deal, AccountId payer, TokenAmount bond, long drawBlock)
      implements ContractEvent {}

  @Solidity("Drawn(uint256 indexed id, uint64 indexed device, bytes32 seed, uint256 deadline)")
  record Drawn(long id, DeviceId device, Hash seed, long deadline) implements ContractEvent {}

  @Solidity("DrawnAnew(uint256 indexed id, uint256 drawBlock)")
  record DrawnAnew(long id, long drawBlock) implements ContractEvent {}

  @Solidity(
      "Answered(uint256 indexed id, uint64 indexed device, bytes32 indexed deal, address to,"
          + " uint256 bond)")
  record Answered(long id, DeviceId device, Hash deal, AccountId to, TokenAmount bond)
      implements ContractEvent {}

  @Solidity("FaultShown(uint256 indexed id, uint64 indexed device, bytes32 indexed deal)")
  record FaultShown(long id, DeviceId device, Hash deal) implements ContractEvent {}

  @Solidity("Dismissed(uint256 indexed id, uint64 indexed device, bytes32 indexed deal)")
  record Dismissed(long id, DeviceId device, Hash deal) implements ContractEvent {}

  @Solidity("Lapsed(uint256 indexed id, uint64 indexed device, bytes32 indexed deal)")
  record Lapsed(long id, DeviceId device, Hash deal) implements ContractEvent {}

  /** Token. From the zero account when minted, to it when burned. */
  @Solidity("Transfer(address indexed from, address indexed to, uint256 value)")
  record TokensMoved(AccountId from, AccountId to, TokenAmount value) implements ContractEvent {}

  @Solidity("Approval(address indexed owner, address indexed spender, uint256 value)")
  record TokensApproved(AccountId owner, AccountId spender, TokenAmount value)
      implements ContractEvent {}

  @Solidity(
      "DelegateChanged(address indexed delegator, address indexed fromDelegate,"
          + " address indexed toDelegate)")
  record DelegateChanged(AccountId delegator, AccountId fromDelegate, AccountId toDelegate)
      implements ContractEvent {}

  @Solidity(
      "DelegateVotesChanged(address indexed delegate, uint256 previousVotes, uint256 newVotes)")
  record DelegateVotesChanged(AccountId delegate, TokenAmount previousVotes, TokenAmount newVotes)
      implements ContractEvent {}

  /** Of every contract with a signing domain; never emitted here. */
  @Solidity("EIP712DomainChanged()")
  record SigningDomainChanged() implements ContractEvent {}

  /** Test feed of local chains. */
  @Solidity("AnswerChanged(uint80 indexed roundId, int256 answer, uint256 updatedAt)")
  record FeedAnswered(BigInteger roundId, BigInteger answer, long updatedAt)
      implements ContractEvent {}
}
