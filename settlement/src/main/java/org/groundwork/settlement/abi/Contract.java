package org.groundwork.settlement.abi;

import java.util.List;
import org.groundwork.settlement.abi.ContractEvent.Claimed;
import org.groundwork.settlement.abi.ContractEvent.CreditsBought;
import org.groundwork.settlement.abi.ContractEvent.CreditsReserved;
import org.groundwork.settlement.abi.ContractEvent.DelegateChanged;
import org.groundwork.settlement.abi.ContractEvent.DelegateVotesChanged;
import org.groundwork.settlement.abi.ContractEvent.DeviceApproval;
import org.groundwork.settlement.abi.ContractEvent.DeviceApprovalForAll;
import org.groundwork.settlement.abi.ContractEvent.DeviceEndpointChanged;
import org.groundwork.settlement.abi.ContractEvent.DeviceKeyChanged;
import org.groundwork.settlement.abi.ContractEvent.DeviceMoved;
import org.groundwork.settlement.abi.ContractEvent.DeviceRegistered;
import org.groundwork.settlement.abi.ContractEvent.FeedAnswered;
import org.groundwork.settlement.abi.ContractEvent.IndexCommitted;
import org.groundwork.settlement.abi.ContractEvent.NetworkCreated;
import org.groundwork.settlement.abi.ContractEvent.NetworkSettled;
import org.groundwork.settlement.abi.ContractEvent.OperatorEndpointChanged;
import org.groundwork.settlement.abi.ContractEvent.OperatorJoined;
import org.groundwork.settlement.abi.ContractEvent.OperatorLeft;
import org.groundwork.settlement.abi.ContractEvent.OwnershipTransferStarted;
import org.groundwork.settlement.abi.ContractEvent.OwnershipTransferred;
import org.groundwork.settlement.abi.ContractEvent.PriceCheckpointed;
import org.groundwork.settlement.abi.ContractEvent.PriceDoubted;
import org.groundwork.settlement.abi.ContractEvent.ReservationReleased;
import org.groundwork.settlement.abi.ContractEvent.ResultAccepted;
import org.groundwork.settlement.abi.ContractEvent.SigningDomainChanged;
import org.groundwork.settlement.abi.ContractEvent.StakeAdded;
import org.groundwork.settlement.abi.ContractEvent.StakeWithdrawn;
import org.groundwork.settlement.abi.ContractEvent.TokensApproved;
import org.groundwork.settlement.abi.ContractEvent.TokensMoved;

/** The contracts of a deployment, with the events of each. */
public enum Contract {
  EPOCH_CLOCK("EpochClock"),
  DEVICE_REGISTRY("DeviceRegistry"),
  NETWORK_REGISTRY("NetworkRegistry"),
  PRICE_ORACLE("PriceOracle"),
  TOKEN("GroundworkToken"),
  CREDITS("Credits"),
  OPERATORS("Operators"),
  RESULTS("Results"),
  CLAIMS("Claims"),
  /** A price feed of local chains. */
  TEST_FEED("TestFeed");

  private final String solidityName;

  Contract(String solidityName) {
    this.solidityName = solidityName;
  }

  public String solidityName() {
    return solidityName;
  }

  public List<Class<? extends ContractEvent>> events() {
    return switch (this) {
      case EPOCH_CLOCK -> List.of();
      case DEVICE_REGISTRY ->
          List.of(
              DeviceRegistered.class,
              DeviceKeyChanged.class,
              DeviceEndpointChanged.class,
              DeviceMoved.class,
              DeviceApproval.class,
              DeviceApprovalForAll.class,
              SigningDomainChanged.class);
      case NETWORK_REGISTRY ->
          List.of(NetworkCreated.class, OwnershipTransferStarted.class, OwnershipTransferred.class);
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
              NetworkSettled.class);
      case OPERATORS ->
          List.of(
              OperatorJoined.class,
              StakeAdded.class,
              OperatorEndpointChanged.class,
              OperatorLeft.class,
              StakeWithdrawn.class);
      case RESULTS -> List.of(IndexCommitted.class, ResultAccepted.class);
      case CLAIMS -> List.of(Claimed.class);
      case TEST_FEED ->
          List.of(FeedAnswered.class, OwnershipTransferStarted.class, OwnershipTransferred.class);
    };
  }
}
