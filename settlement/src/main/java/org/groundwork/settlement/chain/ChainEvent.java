package org.groundwork.settlement.chain;

import java.math.BigInteger;
import java.util.List;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.BootstrapBudget;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.MoneyKind;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.Price;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.Total;
import org.groundwork.settlement.abi.Proposal;

/** What happened on chain that anything off chain depends on. */
public sealed interface ChainEvent {
  record NetworkCreated(
      NetworkId network, String kind, Hash rulesHash, Bytes parameters, BootstrapBudget bootstrap)
      implements ChainEvent {}

  record RulesProposed(NetworkId network, Hash rulesHash, Bytes parameters) implements ChainEvent {}

  record RulesReady(NetworkId network, Hash rulesHash, AccountId signer) implements ChainEvent {}

  /** From the opening of this epoch on. */
  record RulesActivated(NetworkId network, Hash rulesHash, EpochNumber epoch)
      implements ChainEvent {}

  record DeviceRegistered(
      DeviceId device,
      AccountId owner,
      NetworkId network,
      int keyType,
      Bytes key,
      long cell,
      String endpoint)
      implements ChainEvent {}

  record DeviceMoved(DeviceId device, AccountId owner) implements ChainEvent {}

  record DeviceKeyChanged(DeviceId device, int keyType, Bytes key) implements ChainEvent {}

  record DeviceEndpointChanged(DeviceId device, String endpoint) implements ChainEvent {}

  record CreditsBought(AccountId buyer, TokenAmount tokens, Credits credits)
      implements ChainEvent {}

  record CreditsReserved(
      ReservationId id,
      AccountId payer,
      AccountId seller,
      NetworkId network,
      Credits credits,
      TokenAmount basis,
      EpochNumber lastEpoch)
      implements ChainEvent {}

  record ReservationReleased(ReservationId id) implements ChainEvent {}

  /**
   * An operator's stake is this much from now on; zero after it left.
   *
   * @param role 1 verifier, 2 gateway
   */
  record StakeSet(int role, AccountId operator, AccountId signer, TokenAmount stake)
      implements ChainEvent {}

  /** What of an operator's stake counts in a quorum from now on. */
  record WeightSet(int role, AccountId operator, TokenAmount weight) implements ChainEvent {}

  /** An operator left and may withdraw once the result of this epoch is final. */
  record OperatorLeft(int role, AccountId operator, EpochNumber releaseEpoch)
      implements ChainEvent {}

  /** Stake was taken from a member or a former one; this much is left. */
  record StakeSlashed(int role, AccountId operator, TokenAmount left) implements ChainEvent {}

  record StakeWithdrawn(int role, AccountId operator) implements ChainEvent {}

  /** The stake of a device is this much from now on; zero after it was withdrawn. */
  record DeviceStakeSet(DeviceId device, TokenAmount stake) implements ChainEvent {}

  record DeviceStakeLeaving(DeviceId device, EpochNumber releaseEpoch) implements ChainEvent {}

  record SessionAuthorised(Session session) implements ChainEvent {}

  record SessionRevoked(AccountId account, AccountId key, NetworkId network, EpochNumber epoch)
      implements ChainEvent {}

  record OperatorEndpoint(int role, AccountId operator, String endpoint) implements ChainEvent {}

  record PriceCheckpointed(SlotNumber slot, Price low, Price high) implements ChainEvent {}

  record IndexCommitted(EpochNumber epoch, AccountId gateway, Hash index, Hash inputs)
      implements ChainEvent {}

  record ResultAccepted(
      EpochNumber epoch,
      Hash resultHash,
      int attempt,
      Hash closeBlock,
      Hash parent,
      Hash inputs,
      Hash rules,
      Hash carryRoot,
      Hash moneyRoot,
      List<Total> totals,
      List<AccountId> signers)
      implements ChainEvent {
    public ResultAccepted {
      totals = List.copyOf(totals);
      signers = List.copyOf(signers);
    }
  }

  record VerifierPresent(EpochNumber epoch, AccountId signer) implements ChainEvent {}

  record EpochSkipped(EpochNumber epoch) implements ChainEvent {}

  record ResultHeld(EpochNumber epoch, boolean held) implements ChainEvent {}

  /** The results from this epoch on are void; {@code attempt} is the deployment's new count. */
  record ResultsVoided(EpochNumber from, Hash resultHash, int attempt) implements ChainEvent {}

  record ResultRolledBack(EpochNumber epoch) implements ChainEvent {}

  /** This result is final, with all before it. */
  record ResultFinal(EpochNumber epoch, Hash resultHash) implements ChainEvent {}

  /** A council for a term; {@code until} in Unix seconds. */
  record CouncilElected(List<AccountId> members, long until) implements ChainEvent {
    public CouncilElected {
      members = List.copyOf(members);
    }
  }

  record DisputeOpened(Dispute dispute) implements ChainEvent {}

  record CouncilVoted(long dispute, Dispute.Vote vote) implements ChainEvent {}

  record DisputeClosed(long dispute, boolean upheld) implements ChainEvent {}

  /** A proposal to the governor; votes are taken between two Unix seconds. */
  record Proposed(
      BigInteger id, AccountId proposer, Proposal proposal, long voteStart, long voteEnd)
      implements ChainEvent {}

  record Seized(Seizure seizure) implements ChainEvent {}

  record SeizureClosed(long seizure, boolean pardoned) implements ChainEvent {}

  /** Tokens were minted for claims: this much so far. */
  record Funded(TokenAmount total, TokenAmount windowUsed) implements ChainEvent {}

  record Claimed(
      MoneyKind kind,
      AccountId account,
      NetworkId network,
      TokenAmount amount,
      TokenAmount cumulative)
      implements ChainEvent {}
}
