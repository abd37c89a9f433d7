package org.groundwork.settlement.abi;

import java.util.List;
import org.groundwork.settlement.abi.ContractEvent.Answered;
import org.groundwork.settlement.abi.ContractEvent.AttestationRevoked;
import org.groundwork.settlement.abi.ContractEvent.Attested;
import org.groundwork.settlement.abi.ContractEvent.AuditorSlashed;
import org.groundwork.settlement.abi.ContractEvent.AuditorStaked;
import org.groundwork.settlement.abi.ContractEvent.AuditorWithdrawn;
import org.groundwork.settlement.abi.ContractEvent.Claimed;
import org.groundwork.settlement.abi.ContractEvent.Cleared;
import org.groundwork.settlement.abi.ContractEvent.CouncilElected;
import org.groundwork.settlement.abi.ContractEvent.CouncilVoted;
import org.groundwork.settlement.abi.ContractEvent.CreditsBought;
import org.groundwork.settlement.abi.ContractEvent.CreditsBoughtWithStable;
import org.groundwork.settlement.abi.ContractEvent.CreditsReserved;
import org.groundwork.settlement.abi.ContractEvent.DelegateChanged;
import org.groundwork.settlement.abi.ContractEvent.DelegateVotesChanged;
import org.groundwork.settlement.abi.ContractEvent.DeviceApproval;
import org.groundwork.settlement.abi.ContractEvent.DeviceApprovalForAll;
import org.groundwork.settlement.abi.ContractEvent.DeviceEndpointChanged;
import org.groundwork.settlement.abi.ContractEvent.DeviceKeyChanged;
import org.groundwork.settlement.abi.ContractEvent.DeviceMoved;
import org.groundwork.settlement.abi.ContractEvent.DeviceRegistered;
import org.groundwork.settlement.abi.ContractEvent.DeviceStakeLeaving;
import org.groundwork.settlement.abi.ContractEvent.DeviceStakeSlashed;
import org.groundwork.settlement.abi.ContractEvent.DeviceStakeWithdrawn;
import org.groundwork.settlement.abi.ContractEvent.DeviceStaked;
import org.groundwork.settlement.abi.ContractEvent.Dismissed;
import org.groundwork.settlement.abi.ContractEvent.DisputeBondSet;
import org.groundwork.settlement.abi.ContractEvent.DisputeClosed;
import org.groundwork.settlement.abi.ContractEvent.DisputeOpened;
import org.groundwork.settlement.abi.ContractEvent.Drawn;
import org.groundwork.settlement.abi.ContractEvent.DrawnAnew;
import org.groundwork.settlement.abi.ContractEvent.EpochSkipped;
import org.groundwork.settlement.abi.ContractEvent.EquivocationProved;
import org.groundwork.settlement.abi.ContractEvent.FaultShown;
import org.groundwork.settlement.abi.ContractEvent.FeedAnswered;
import org.groundwork.settlement.abi.ContractEvent.Funded;
import org.groundwork.settlement.abi.ContractEvent.IndexCommitted;
import org.groundwork.settlement.abi.ContractEvent.KeyNoted;
import org.groundwork.settlement.abi.ContractEvent.Lapsed;
import org.groundwork.settlement.abi.ContractEvent.NetworkCreated;
import org.groundwork.settlement.abi.ContractEvent.NetworkSettled;
import org.groundwork.settlement.abi.ContractEvent.NetworkUnsettled;
import org.groundwork.settlement.abi.ContractEvent.OperatorEndpointChanged;
import org.groundwork.settlement.abi.ContractEvent.OperatorJoined;
import org.groundwork.settlement.abi.ContractEvent.OperatorLeft;
import org.groundwork.settlement.abi.ContractEvent.OwnershipTransferStarted;
import org.groundwork.settlement.abi.ContractEvent.OwnershipTransferred;
import org.groundwork.settlement.abi.ContractEvent.PossessionProved;
import org.groundwork.settlement.abi.ContractEvent.PriceCheckpointed;
import org.groundwork.settlement.abi.ContractEvent.PriceDoubted;
import org.groundwork.settlement.abi.ContractEvent.PricePosted;
import org.groundwork.settlement.abi.ContractEvent.PromiseBroken;
import org.groundwork.settlement.abi.ContractEvent.ReservationReleased;
import org.groundwork.settlement.abi.ContractEvent.ResultAccepted;
import org.groundwork.settlement.abi.ContractEvent.ResultFinal;
import org.groundwork.settlement.abi.ContractEvent.ResultHeld;
import org.groundwork.settlement.abi.ContractEvent.ResultRolledBack;
import org.groundwork.settlement.abi.ContractEvent.ResultsVoided;
import org.groundwork.settlement.abi.ContractEvent.RulesActivated;
import org.groundwork.settlement.abi.ContractEvent.RulesProposed;
import org.groundwork.settlement.abi.ContractEvent.RulesReady;
import org.groundwork.settlement.abi.ContractEvent.SeizureClosed;
import org.groundwork.settlement.abi.ContractEvent.SessionAuthorised;
import org.groundwork.settlement.abi.ContractEvent.SessionRevoked;
import org.groundwork.settlement.abi.ContractEvent.SignerOfVoidSeized;
import org.groundwork.settlement.abi.ContractEvent.SignerShown;
import org.groundwork.settlement.abi.ContractEvent.SigningDomainChanged;
import org.groundwork.settlement.abi.ContractEvent.SlotRecorded;
import org.groundwork.settlement.abi.ContractEvent.StakeAdded;
import org.groundwork.settlement.abi.ContractEvent.StakeSlashed;
import org.groundwork.settlement.abi.ContractEvent.StakeWithdrawn;
import org.groundwork.settlement.abi.ContractEvent.Summoned;
import org.groundwork.settlement.abi.ContractEvent.TokensApproved;
import org.groundwork.settlement.abi.ContractEvent.TokensMoved;
import org.groundwork.settlement.abi.ContractEvent.VerifierPresent;
import org.groundwork.settlement.abi.ContractEvent.WeightChanged;

/** The contracts of a deployment, with the events of each. */
public enum Contract {
  EPOCH_CLOCK("EpochClock"),
  DEVICE_REGISTRY("DeviceRegistry"),
  TIMELOCK("GroundworkTimelock"),
  NETWORK_REGISTRY("NetworkRegistry"),
  PRICE_ORACLE("PriceOracle"),
  TOKEN("GroundworkToken"),
  CREDITS("Credits"),
  OPERATORS("Operators"),
  DEVICE_STAKES("DeviceStakes"),
  EMISSION("EmissionSchedule"),
  COUNCIL("Council"),
  SLASHING("Slashing"),
  RESULTS("Results"),
  CLAIMS("Claims"),
  GOVERNOR("GroundworkGovernor"),
  SESSIONS("Sessions"),
  ATTESTATIONS("Attestations"),
  /** Deployments of before have none. */
  POSSESSION_COURT("PossessionCourt"),
  /** Only where there is a router. */
  STABLE_PURCHASE("StablePurchase"),
  /** A price that its owner posts, instead of feeds. */
  POSTED_PRICE("PostedPrice"),
  /** A price feed of local chains. */
  TEST_FEED("TestFeed");

  private final String solidityName;

  Contract(String solidityName) {
    this.solidityName = solidityName;
  }

  public String solidityName() {
    return solidityName;
  }

  /** Whether there are deployments without it. */
  public boolean optional() {
    return switch (this) {
      case POSSESSION_COURT, STABLE_PURCHASE, POSTED_PRICE, TEST_FEED -> true;
      default -> false;
    };
  }

  public List<Class<? extends ContractEvent>> events() {
    return switch (this) {
      case EPOCH_CLOCK, EMISSION -> List.of();
      case DEVICE_REGISTRY ->
          List.of(
              DeviceRegistered.class,
              DeviceKeyChanged.class,
              DeviceEndpointChanged.class,
              PossessionProved.class,
              DeviceMoved.class,
              DeviceApproval.class,
              DeviceApprovalForAll.class,
              SigningDomainChanged.class);
      case NETWORK_REGISTRY ->
          List.of(
              NetworkCreated.class,
              RulesProposed.class,
              RulesReady.class,
              RulesActivated.class,
              OwnershipTransferStarted.class,
              OwnershipTransferred.class);
      case PRICE_ORACLE -> List.of(PriceCheckpointed.class, PriceDoubted.class);
      case TOKEN ->
          List.of(
              TokensMoved.class,
              TokensApproved.class,
              DelegateChanged.class,
              DelegateVotesChanged.class,
              SigningDomainChanged.class);
      case CREDITS ->
          List.of(
              CreditsBought.class,
              CreditsReserved.class,
              ReservationReleased.class,
              NetworkSettled.class,
              NetworkUnsettled.class);
      case OPERATORS ->
          List.of(
              OperatorJoined.class,
              StakeAdded.class,
              OperatorEndpointChanged.class,
              OperatorLeft.class,
              WeightChanged.class,
              StakeSlashed.class,
              StakeWithdrawn.class);
      case DEVICE_STAKES ->
          List.of(
              DeviceStaked.class,
              DeviceStakeLeaving.class,
              DeviceStakeWithdrawn.class,
              DeviceStakeSlashed.class);
      case COUNCIL ->
          List.of(
              CouncilElected.class,
              DisputeBondSet.class,
              DisputeOpened.class,
              CouncilVoted.class,
              SignerShown.class,
              DisputeClosed.class,
              OwnershipTransferred.class);
      case SLASHING ->
          List.of(
              EquivocationProved.class,
              SignerOfVoidSeized.class,
              SeizureClosed.class,
              PromiseBroken.class,
              OwnershipTransferred.class);
      case RESULTS ->
          List.of(
              IndexCommitted.class,
              ResultAccepted.class,
              VerifierPresent.class,
              EpochSkipped.class,
              ResultHeld.class,
              ResultsVoided.class,
              ResultRolledBack.class,
              ResultFinal.class);
      case CLAIMS -> List.of(Claimed.class, Funded.class);
      case GOVERNOR ->
          List.of(
              GovernanceEvent.ProposalCreated.class,
              GovernanceEvent.ProposalCanceled.class,
              GovernanceEvent.ProposalExecuted.class,
              GovernanceEvent.ProposalQueued.class,
              GovernanceEvent.ProposalExtended.class,
              GovernanceEvent.VoteCast.class,
              GovernanceEvent.VoteCastWithParams.class,
              GovernanceEvent.VotingDelaySet.class,
              GovernanceEvent.VotingPeriodSet.class,
              GovernanceEvent.ProposalThresholdSet.class,
              GovernanceEvent.QuorumNumeratorUpdated.class,
              GovernanceEvent.LateQuorumVoteExtensionSet.class,
              GovernanceEvent.TimelockChange.class,
              SigningDomainChanged.class);
      case TIMELOCK ->
          List.of(
              GovernanceEvent.CallScheduled.class,
              GovernanceEvent.CallExecuted.class,
              GovernanceEvent.CallSalt.class,
              GovernanceEvent.Cancelled.class,
              GovernanceEvent.MinDelayChange.class,
              GovernanceEvent.RoleAdminChanged.class,
              GovernanceEvent.RoleGranted.class,
              GovernanceEvent.RoleRevoked.class);
      case SESSIONS -> List.of(SessionAuthorised.class, SessionRevoked.class);
      case ATTESTATIONS ->
          List.of(
              AuditorStaked.class,
              Attested.class,
              AttestationRevoked.class,
              AuditorSlashed.class,
              AuditorWithdrawn.class,
              OwnershipTransferred.class);
      case POSSESSION_COURT ->
          List.of(
              SlotRecorded.class,
              Cleared.class,
              KeyNoted.class,
              Summoned.class,
              Drawn.class,
              DrawnAnew.class,
              Answered.class,
              FaultShown.class,
              Dismissed.class,
              Lapsed.class);
      case STABLE_PURCHASE -> List.of(CreditsBoughtWithStable.class);
      case POSTED_PRICE ->
          List.of(PricePosted.class, OwnershipTransferStarted.class, OwnershipTransferred.class);
      case TEST_FEED ->
          List.of(FeedAnswered.class, OwnershipTransferStarted.class, OwnershipTransferred.class);
    };
  }
}
