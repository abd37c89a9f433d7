package org.groundwork.settlement.chain;

import java.util.List;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.Price;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.Total;

/** What happened on chain that anything off chain depends on. */
public sealed interface ChainEvent {
  record NetworkCreated(NetworkId network, String kind, Hash rulesHash, Bytes parameters)
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

  record Claimed(AccountId account, NetworkId network, TokenAmount amount, TokenAmount cumulative)
      implements ChainEvent {}
}
