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
          + " bytes parameters)")
  record NetworkCreated(NetworkId networkId, Hash kind, Hash rulesHash, Bytes parameters)
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

  @Solidity("StakeWithdrawn(uint8 indexed role, address indexed operator, uint256 amount)")
  record StakeWithdrawn(Role role, AccountId operator, TokenAmount amount)
      implements ContractEvent {}

  /** Price oracle. */
  @Solidity("PriceCheckpointed(uint64 indexed slot, uint256 low, uint256 high)")
  record PriceCheckpointed(SlotNumber slot, Price low, Price high) implements ContractEvent {}

  @Solidity("PriceDoubted(uint64 indexed slot, uint8 reason)")
  record PriceDoubted(SlotNumber slot, PriceDoubt reason) implements ContractEvent {}

  /** Credits. */
  @Solidity("CreditsBought(address indexed buyer, uint256 tokens, uint256 credits, uint256 price)")
  record CreditsBought(AccountId buyer, TokenAmount tokens, Credits credits, Price price)
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

  /** Claims. */
  @Solidity(
      "Claimed(address indexed account, uint32 indexed network, uint256 amount,"
          + " uint256 cumulative)")
  record Claimed(AccountId account, NetworkId network, TokenAmount amount, TokenAmount cumulative)
      implements ContractEvent {}

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
