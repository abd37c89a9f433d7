package org.groundwork.settlement.chain;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochStatement;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.settlement.SettlementException;
import org.groundwork.settlement.abi.Contract;
import org.groundwork.settlement.abi.ContractEvent;
import org.groundwork.settlement.abi.ContractEventDecoder;
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
    this.decoder =
        new ContractEventDecoder(
            Map.of(
                Contract.NETWORK_REGISTRY, contracts.networkRegistry(),
                Contract.DEVICE_REGISTRY, contracts.deviceRegistry(),
                Contract.CREDITS, contracts.credits(),
                Contract.OPERATORS, contracts.operators(),
                Contract.PRICE_ORACLE, contracts.priceOracle(),
                Contract.RESULTS, contracts.results(),
                Contract.CLAIMS, contracts.claims(),
                Contract.TOKEN, contracts.token()));
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
                  e.networkId(), text(e.kind()), e.rulesHash(), e.parameters()));
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
          List.of(
              new ChainEvent.StakeSet(
                  e.role().number(), e.operator(), e.signer(), TokenAmount.ZERO));
      case ContractEvent.PriceCheckpointed e ->
          List.of(new ChainEvent.PriceCheckpointed(e.slot(), e.low(), e.high()));
      case ContractEvent.IndexCommitted e ->
          List.of(new ChainEvent.IndexCommitted(e.epoch(), e.gateway(), e.index(), e.inputs()));
      case ContractEvent.ResultAccepted e -> List.of(accepted(e));
      case ContractEvent.Claimed e ->
          List.of(new ChainEvent.Claimed(e.account(), e.network(), e.amount(), e.cumulative()));
      case ContractEvent.DeviceApproval _,
          ContractEvent.DeviceApprovalForAll _,
          ContractEvent.OwnershipTransferStarted _,
          ContractEvent.OwnershipTransferred _,
          ContractEvent.StakeWithdrawn _,
          ContractEvent.PriceDoubted _,
          ContractEvent.NetworkSettled _,
          ContractEvent.TokensMoved _,
          ContractEvent.TokensApproved _,
          ContractEvent.DelegateChanged _,
          ContractEvent.DelegateVotesChanged _,
          ContractEvent.SigningDomainChanged _,
          ContractEvent.FeedAnswered _ ->
          List.of();
    };
  }

  /** Anybody may register a device for a network that cannot exist; nobody needs to hear of it. */
  private static List<ChainEvent> registered(ContractEvent.DeviceRegistered e) {
    if (e.network() < 1 || e.network() > Integer.MAX_VALUE) {
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

  /** A last epoch beyond what a sequence can name means: for ever. */
  private static ChainEvent reserved(ContractEvent.CreditsReserved e) {
    long lastEpoch =
        e.lastEpoch().bitLength() > Integer.SIZE ? LAST_EPOCH : e.lastEpoch().longValueExact();
    return new ChainEvent.CreditsReserved(
        e.id(),
        e.payer(),
        e.seller(),
        e.network(),
        e.credits(),
        e.basis(),
        new EpochNumber(lastEpoch));
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
