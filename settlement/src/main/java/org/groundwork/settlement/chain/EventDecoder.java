package org.groundwork.settlement.chain;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochStatement;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.settlement.SettlementException;
import org.groundwork.settlement.abi.ContractEvent;
import org.groundwork.settlement.abi.ContractEventDecoder;
import org.groundwork.settlement.abi.GovernanceEvent;
import org.groundwork.settlement.abi.Proposal;
import org.groundwork.settlement.deploy.Contracts;
import org.groundwork.settlement.rpc.LogEntry;

/**
 * Decodes the events of a deployment's contracts and keeps those that matter. A log that says
 * something that no contract of ours can say comes from a lying node, and ends the reading.
 */
final class EventDecoder implements LogDecoder {
  private static final long LAST_EPOCH = 0xFFFF_FFFFL;

  private final ContractEventDecoder decoder;

  EventDecoder(Contracts contracts) {
    this.decoder = new ContractEventDecoder(contracts.addresses());
  }

  @Override
  public List<ChainEvent> decode(LogEntry log) throws SettlementException {
    return decoder.knows(log.address()) ? matter(decoder.decode(log)) : List.of();
  }

  private static List<ChainEvent> matter(ContractEvent event) {
    return switch (event) {
      case ContractEvent.NetworkCreated e ->
          List.of(
              new ChainEvent.NetworkCreated(
                  e.networkId(),
                  text(e.kind()),
                  e.rulesHash(),
                  e.parameters(),
                  e.bootstrap().budget()));
      case ContractEvent.RulesProposed e ->
          List.of(new ChainEvent.RulesProposed(e.networkId(), e.rulesHash(), e.parameters()));
      case ContractEvent.RulesReady e ->
          List.of(new ChainEvent.RulesReady(e.networkId(), e.rulesHash(), e.signer()));
      case ContractEvent.RulesActivated e ->
          List.of(new ChainEvent.RulesActivated(e.networkId(), e.rulesHash(), e.epoch()));
      case ContractEvent.DeviceRegistered e -> registered(e);
      case ContractEvent.DeviceKeyChanged e ->
          List.of(new ChainEvent.DeviceKeyChanged(e.deviceId(), e.keyType().code(), e.key()));
      case ContractEvent.DeviceEndpointChanged e ->
          List.of(new ChainEvent.DeviceEndpointChanged(e.deviceId(), e.endpoint()));
      // The first transfer mints the token; DeviceRegistered says the same and more.
      case ContractEvent.DeviceMoved e ->
          e.from().equals(AccountId.ZERO)
              ? List.of()
              : List.of(new ChainEvent.DeviceMoved(e.tokenId(), e.to()));
      case ContractEvent.CreditsBought e ->
          List.of(new ChainEvent.CreditsBought(e.buyer(), e.tokens(), e.credits()));
      case ContractEvent.CreditsReserved e -> List.of(reserved(e));
      case ContractEvent.ReservationReleased e ->
          List.of(new ChainEvent.ReservationReleased(e.id()));
      case ContractEvent.OperatorJoined e -> {
        int role = e.role().number();
        yield List.of(
            new ChainEvent.StakeSet(role, e.operator(), e.signer(), e.stake()),
            new ChainEvent.OperatorEndpoint(role, e.operator(), e.endpoint()));
      }
      case ContractEvent.StakeAdded e ->
          List.of(new ChainEvent.StakeSet(e.role().number(), e.operator(), e.signer(), e.stake()));
      case ContractEvent.OperatorEndpointChanged e ->
          List.of(new ChainEvent.OperatorEndpoint(e.role().number(), e.operator(), e.endpoint()));
      case ContractEvent.OperatorLeft e ->
          List.of(new ChainEvent.OperatorLeft(e.role().number(), e.operator(), e.releaseEpoch()));
      case ContractEvent.WeightChanged e ->
          List.of(new ChainEvent.WeightSet(e.role().number(), e.operator(), e.weight()));
      case ContractEvent.StakeSlashed e ->
          List.of(new ChainEvent.StakeSlashed(e.role().number(), e.operator(), e.left()));
      case ContractEvent.StakeWithdrawn e ->
          List.of(new ChainEvent.StakeWithdrawn(e.role().number(), e.operator()));
      case ContractEvent.DeviceStaked e ->
          List.of(new ChainEvent.DeviceStakeSet(e.deviceId(), e.stake()));
      case ContractEvent.DeviceStakeSlashed e ->
          List.of(new ChainEvent.DeviceStakeSet(e.deviceId(), e.left()));
      case ContractEvent.DeviceStakeWithdrawn e ->
          List.of(new ChainEvent.DeviceStakeSet(e.deviceId(), TokenAmount.ZERO));
      case ContractEvent.DeviceStakeLeaving e ->
          List.of(new ChainEvent.DeviceStakeLeaving(e.deviceId(), e.releaseEpoch()));
      case ContractEvent.SessionAuthorised e -> authorised(e);
      case ContractEvent.SessionRevoked e -> revoked(e);
      case ContractEvent.PriceCheckpointed e ->
          List.of(new ChainEvent.PriceCheckpointed(e.slot(), e.low(), e.high()));
      case ContractEvent.IndexCommitted e ->
          List.of(new ChainEvent.IndexCommitted(e.epoch(), e.gateway(), e.index(), e.inputs()));
      case ContractEvent.ResultAccepted e -> List.of(accepted(e));
      case ContractEvent.VerifierPresent e ->
          List.of(new ChainEvent.VerifierPresent(e.epoch(), e.signer()));
      case ContractEvent.EpochSkipped e -> List.of(new ChainEvent.EpochSkipped(e.epoch()));
      case ContractEvent.ResultHeld e -> List.of(new ChainEvent.ResultHeld(e.epoch(), e.held()));
      case ContractEvent.ResultsVoided e ->
          List.of(new ChainEvent.ResultsVoided(e.fromEpoch(), e.resultHash(), e.attempt()));
      case ContractEvent.ResultRolledBack e -> List.of(new ChainEvent.ResultRolledBack(e.epoch()));
      case ContractEvent.ResultFinal e ->
          List.of(new ChainEvent.ResultFinal(e.epoch(), e.resultHash()));
      case ContractEvent.CouncilElected e ->
          List.of(new ChainEvent.CouncilElected(e.members(), e.until()));
      case ContractEvent.DisputeOpened e -> List.of(new ChainEvent.DisputeOpened(dispute(e)));
      case ContractEvent.CouncilVoted e ->
          List.of(
              new ChainEvent.CouncilVoted(
                  e.id(), new Dispute.Vote(e.member(), e.forVoid(), e.reason())));
      case ContractEvent.DisputeClosed e ->
          List.of(new ChainEvent.DisputeClosed(e.id(), e.upheld()));
      case ContractEvent.SignerOfVoidSeized e -> List.of(new ChainEvent.Seized(seizure(e)));
      case ContractEvent.SeizureClosed e ->
          List.of(new ChainEvent.SeizureClosed(e.id(), e.pardoned()));
      case ContractEvent.Funded e ->
          List.of(new ChainEvent.Funded(e.fundedTotal(), e.windowUsed()));
      case ContractEvent.Claimed e ->
          List.of(
              new ChainEvent.Claimed(e.kind(), e.account(), e.network(), e.amount(), e.claimed()));
      case GovernanceEvent.ProposalCreated e ->
          List.of(
              new ChainEvent.Proposed(
                  e.proposalId(), e.proposer(), Proposal.of(e), e.voteStart(), e.voteEnd()));
      case ContractEvent.Governance _ -> List.of();
      case ContractEvent.DeviceApproval _,
          ContractEvent.DeviceApprovalForAll _,
          ContractEvent.PossessionProved _,
          ContractEvent.OwnershipTransferStarted _,
          ContractEvent.OwnershipTransferred _,
          ContractEvent.PriceDoubted _,
          ContractEvent.PricePosted _,
          ContractEvent.NetworkSettled _,
          ContractEvent.NetworkUnsettled _,
          ContractEvent.CreditsBoughtWithStable _,
          ContractEvent.DisputeBondSet _,
          ContractEvent.EquivocationProved _,
          ContractEvent.PromiseBroken _,
          ContractEvent.AuditorStaked _,
          ContractEvent.Attested _,
          ContractEvent.AttestationRevoked _,
          ContractEvent.AuditorSlashed _,
          ContractEvent.AuditorWithdrawn _,
          ContractEvent.SlotRecorded _,
          ContractEvent.Cleared _,
          ContractEvent.KeyNoted _,
          ContractEvent.Summoned _,
          ContractEvent.Drawn _,
          ContractEvent.DrawnAnew _,
          ContractEvent.Answered _,
          ContractEvent.FaultShown _,
          ContractEvent.Dismissed _,
          ContractEvent.Lapsed _,
          ContractEvent.TokensMoved _,
          ContractEvent.TokensApproved _,
          ContractEvent.DelegateChanged _,
          ContractEvent.DelegateVotesChanged _,
          ContractEvent.SigningDomainChanged _,
          ContractEvent.SignerShown _,
          ContractEvent.FeedAnswered _ ->
          List.of();
    };
  }

  private static List<ChainEvent> authorised(ContractEvent.SessionAuthorised e) {
    return isNetwork(e.network())
        ? List.of(
            new ChainEvent.SessionAuthorised(
                new Session(
                    e.account(),
                    e.key(),
                    new NetworkId((int) e.network()),
                    e.limit(),
                    epoch(e.lastEpoch()),
                    Optional.empty())))
        : List.of();
  }

  private static List<ChainEvent> revoked(ContractEvent.SessionRevoked e) {
    return isNetwork(e.network())
        ? List.of(
            new ChainEvent.SessionRevoked(
                e.account(), e.key(), new NetworkId((int) e.network()), e.epoch()))
        : List.of();
  }

  private static Dispute dispute(ContractEvent.DisputeOpened e) {
    return new Dispute(
        e.id(),
        e.epoch(),
        e.resultHash(),
        e.disputer(),
        e.bond(),
        e.evidence(),
        e.reason(),
        List.of(),
        Dispute.State.OPEN);
  }

  private static Seizure seizure(ContractEvent.SignerOfVoidSeized e) {
    return new Seizure(
        e.id(),
        e.resultHash(),
        e.operator(),
        e.signer(),
        e.amount(),
        e.ripeAt(),
        Seizure.State.PENDING);
  }

  /** Whether a network may have this number, which anybody may write. */
  private static boolean isNetwork(long number) {
    return number >= 1 && number <= Integer.MAX_VALUE;
  }

  /** An epoch beyond what a sequence can name means: for ever. */
  private static EpochNumber epoch(BigInteger number) {
    return new EpochNumber(
        number.bitLength() > Integer.SIZE ? LAST_EPOCH : number.longValueExact());
  }

  /** Anybody may register a device for a network that cannot exist; nobody needs to hear of it. */
  private static List<ChainEvent> registered(ContractEvent.DeviceRegistered e) {
    if (!isNetwork(e.network())) {
      return List.of();
    }
    return List.of(
        new ChainEvent.DeviceRegistered(
            e.deviceId(),
            e.owner(),
            new NetworkId((int) e.network()),
            e.keyType().code(),
            e.key(),
            e.cell().longValue(),
            e.endpoint()));
  }

  private static ChainEvent reserved(ContractEvent.CreditsReserved e) {
    return new ChainEvent.CreditsReserved(
        e.id(), e.payer(), e.seller(), e.network(), e.credits(), e.basis(), epoch(e.lastEpoch()));
  }

  private static ChainEvent accepted(ContractEvent.ResultAccepted e) {
    EpochStatement result = e.result();
    return new ChainEvent.ResultAccepted(
        e.epoch(),
        e.resultHash(),
        result.attempt(),
        result.closeBlock(),
        result.parent(),
        result.inputs(),
        result.rules(),
        result.carryRoot(),
        result.moneyRoot(),
        result.totals(),
        e.signers());
  }

  /** ASCII behind which zeros follow. */
  private static String text(Hash padded) {
    byte[] bytes = padded.toArray();
    int length = 0;
    while (length < bytes.length && bytes[length] != 0) {
      length++;
    }
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }
}
