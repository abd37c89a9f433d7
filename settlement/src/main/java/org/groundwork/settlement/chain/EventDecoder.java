package org.groundwork.settlement.chain;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.MoneyKind;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.Price;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.Total;
import org.groundwork.protocol.crypto.Keccak256;
import org.groundwork.settlement.deploy.Contracts;
import org.groundwork.settlement.rpc.LogEntry;

/**
 * Decodes the events of a deployment's contracts. A log that says something that no contract of
 * ours can say is a bug or a lying node, and ends the reading.
 */
final class EventDecoder implements LogDecoder {
  /** One event's decoder. */
  private interface Reading {
    List<ChainEvent> read(List<Hash> topics, Words data) throws Malformed;
  }

  private record Key(AccountId contract, Hash topic) {}

  private final Map<Key, Reading> readings = new HashMap<>();

  /** The signatures that are decoded, by contract name; a test holds them to the ABI files. */
  static final Map<String, List<String>> SIGNATURES =
      Map.of(
          "NetworkRegistry",
          List.of("NetworkCreated(uint32,bytes32,bytes32,bytes)"),
          "DeviceRegistry",
          List.of(
              "DeviceRegistered(uint256,address,uint32,uint8,bytes,uint64,string)",
              "DeviceKeyChanged(uint256,uint8,bytes)",
              "DeviceEndpointChanged(uint256,string)",
              "Transfer(address,address,uint256)"),
          "Credits",
          List.of(
              "CreditsBought(address,uint256,uint256,uint256)",
              "CreditsReserved(bytes32,address,address,uint32,uint256,uint256,uint64)",
              "ReservationReleased(bytes32,address,uint256,uint256,uint256)"),
          "Operators",
          List.of(
              "OperatorJoined(uint8,address,address,uint256,string)",
              "StakeAdded(uint8,address,address,uint256)",
              "OperatorEndpointChanged(uint8,address,string)",
              "OperatorLeft(uint8,address,address,uint64)"),
          "PriceOracle",
          List.of("PriceCheckpointed(uint64,uint256,uint256)"),
          "Results",
          List.of(
              "IndexCommitted(uint64,address,bytes32,bytes32,uint256)",
              "ResultAccepted(uint64,bytes32,uint32,bytes32,bytes32,bytes32,bytes32,bytes32,"
                  + "bytes32,(uint8,uint32,uint256)[],address[],uint256,uint256)"),
          "Claims",
          List.of("Claimed(address,uint32,uint256,uint256)"));

  EventDecoder(Contracts contracts) {
    Map<String, Reading> byName = new HashMap<>();
    byName.put("NetworkCreated", EventDecoder::networkCreated);
    byName.put("DeviceRegistered", EventDecoder::deviceRegistered);
    byName.put("DeviceKeyChanged", EventDecoder::deviceKeyChanged);
    byName.put("DeviceEndpointChanged", EventDecoder::deviceEndpointChanged);
    byName.put("Transfer", EventDecoder::transfer);
    byName.put("CreditsBought", EventDecoder::creditsBought);
    byName.put("CreditsReserved", EventDecoder::creditsReserved);
    byName.put("ReservationReleased", EventDecoder::reservationReleased);
    byName.put("OperatorJoined", EventDecoder::operatorJoined);
    byName.put("StakeAdded", EventDecoder::stakeAdded);
    byName.put("OperatorEndpointChanged", EventDecoder::operatorEndpointChanged);
    byName.put("OperatorLeft", EventDecoder::operatorLeft);
    byName.put("PriceCheckpointed", EventDecoder::priceCheckpointed);
    byName.put("IndexCommitted", EventDecoder::indexCommitted);
    byName.put("ResultAccepted", EventDecoder::resultAccepted);
    byName.put("Claimed", EventDecoder::claimed);
    Map<String, AccountId> addresses =
        Map.of(
            "NetworkRegistry", contracts.networkRegistry(),
            "DeviceRegistry", contracts.deviceRegistry(),
            "Credits", contracts.credits(),
            "Operators", contracts.operators(),
            "PriceOracle", contracts.priceOracle(),
            "Results", contracts.results(),
            "Claims", contracts.claims());
    SIGNATURES.forEach((contract, signatures) -> {
      for (String signature : signatures) {
        String name = signature.substring(0, signature.indexOf('('));
        Reading reading = byName.get(name);
        AccountId address = addresses.get(contract);
        if (reading == null || address == null) {
          throw new IllegalStateException("nothing reads " + signature);
        }
        Hash topic = Keccak256.hash(signature.getBytes(StandardCharsets.US_ASCII));
        readings.put(new Key(address, topic), reading);
      }
    });
  }

  @Override
  public List<ChainEvent> decode(LogEntry log) {
    if (log.topics().isEmpty()) {
      return List.of();
    }
    Reading reading = readings.get(new Key(log.address(), log.topics().getFirst()));
    if (reading == null) {
      return List.of();
    }
    try {
      return reading.read(log.topics(), new Words(log.data()));
    } catch (Malformed | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new IllegalStateException(
          "Log " + log.index() + " of block " + log.blockNumber() + " cannot be", e);
    }
  }

  private static long number(Hash topic) throws Malformed {
    return Words.small(new BigInteger(1, topic.toArray()));
  }

  private static NetworkId network(long number) throws Malformed {
    if (number > Integer.MAX_VALUE) {
      throw new Malformed("network " + number);
    }
    return new NetworkId((int) number);
  }

  private static List<ChainEvent> networkCreated(List<Hash> topics, Words data) throws Malformed {
    byte[] kind = topics.get(2).toArray();
    int length = 0;
    while (length < kind.length && kind[length] != 0) {
      length++;
    }
    return List.of(
        new ChainEvent.NetworkCreated(
            network(number(topics.get(1))),
            new String(kind, 0, length, StandardCharsets.UTF_8),
            data.hash(0),
            data.bytes(1)));
  }

  private static List<ChainEvent> deviceRegistered(List<Hash> topics, Words data) throws Malformed {
    return List.of(
        new ChainEvent.DeviceRegistered(
            new DeviceId(number(topics.get(1))),
            Words.account(topics.get(2)),
            network(number(topics.get(3))),
            (int) data.small(0),
            data.bytes(1),
            data.bits(2),
            data.text(3)));
  }

  private static List<ChainEvent> deviceKeyChanged(List<Hash> topics, Words data) throws Malformed {
    return List.of(
        new ChainEvent.DeviceKeyChanged(
            new DeviceId(number(topics.get(1))), (int) data.small(0), data.bytes(1)));
  }

  private static List<ChainEvent> deviceEndpointChanged(List<Hash> topics, Words data)
      throws Malformed {
    return List.of(
        new ChainEvent.DeviceEndpointChanged(new DeviceId(number(topics.get(1))), data.text(0)));
  }

  private static List<ChainEvent> transfer(List<Hash> topics, Words data) throws Malformed {
    // The first transfer mints the token; DeviceRegistered says the same and more.
    return Words.account(topics.get(1)).equals(AccountId.ZERO)
        ? List.of()
        : List.of(
            new ChainEvent.DeviceMoved(
                new DeviceId(number(topics.get(3))), Words.account(topics.get(2))));
  }

  private static List<ChainEvent> creditsBought(List<Hash> topics, Words data) throws Malformed {
    return List.of(
        new ChainEvent.CreditsBought(
            Words.account(topics.get(1)),
            new TokenAmount(data.number(0)),
            new Credits(data.number(1))));
  }

  private static List<ChainEvent> creditsReserved(List<Hash> topics, Words data) throws Malformed {
    return List.of(
        new ChainEvent.CreditsReserved(
            new ReservationId(topics.get(1)),
            Words.account(topics.get(2)),
            Words.account(topics.get(3)),
            network(data.small(0)),
            new Credits(data.number(1)),
            new TokenAmount(data.number(2)),
            // A last epoch beyond what a sequence can name means: for ever.
            new EpochNumber(Math.min(data.small(3), 0xFFFF_FFFFL))));
  }

  private static List<ChainEvent> reservationReleased(List<Hash> topics, Words data) {
    return List.of(new ChainEvent.ReservationReleased(new ReservationId(topics.get(1))));
  }

  private static List<ChainEvent> operatorJoined(List<Hash> topics, Words data) throws Malformed {
    int role = (int) number(topics.get(1));
    AccountId operator = Words.account(topics.get(2));
    return List.of(
        new ChainEvent.StakeSet(
            role, operator, Words.account(topics.get(3)), new TokenAmount(data.number(0))),
        new ChainEvent.OperatorEndpoint(role, operator, data.text(1)));
  }

  private static List<ChainEvent> stakeAdded(List<Hash> topics, Words data) throws Malformed {
    return List.of(
        new ChainEvent.StakeSet(
            (int) number(topics.get(1)),
            Words.account(topics.get(2)),
            Words.account(topics.get(3)),
            new TokenAmount(data.number(0))));
  }

  private static List<ChainEvent> operatorEndpointChanged(List<Hash> topics, Words data)
      throws Malformed {
    return List.of(
        new ChainEvent.OperatorEndpoint(
            (int) number(topics.get(1)), Words.account(topics.get(2)), data.text(0)));
  }

  private static List<ChainEvent> operatorLeft(List<Hash> topics, Words data) throws Malformed {
    return List.of(
        new ChainEvent.StakeSet(
            (int) number(topics.get(1)),
            Words.account(topics.get(2)),
            Words.account(topics.get(3)),
            TokenAmount.ZERO));
  }

  private static List<ChainEvent> priceCheckpointed(List<Hash> topics, Words data)
      throws Malformed {
    return List.of(
        new ChainEvent.PriceCheckpointed(
            new SlotNumber(number(topics.get(1))),
            new Price(data.number(0)),
            new Price(data.number(1))));
  }

  private static List<ChainEvent> indexCommitted(List<Hash> topics, Words data) throws Malformed {
    return List.of(
        new ChainEvent.IndexCommitted(
            new EpochNumber(number(topics.get(1))),
            Words.account(topics.get(2)),
            topics.get(3),
            data.hash(0)));
  }

  private static List<ChainEvent> resultAccepted(List<Hash> topics, Words data) throws Malformed {
    List<Total> totals = new ArrayList<>();
    int first = data.array(7);
    long count = data.small(first - 1);
    for (int i = 0; i < count; i++) {
      int word = first + 3 * i;
      totals.add(
          new Total(
              MoneyKind.of((int) data.small(word)),
              network(data.small(word + 1)),
              data.number(word + 2)));
    }
    List<AccountId> signers = new ArrayList<>();
    first = data.array(8);
    count = data.small(first - 1);
    for (int i = 0; i < count; i++) {
      signers.add(Words.account(data.hash(first + i)));
    }
    return List.of(
        new ChainEvent.ResultAccepted(
            new EpochNumber(number(topics.get(1))),
            topics.get(2),
            (int) data.small(0),
            data.hash(1),
            data.hash(2),
            data.hash(3),
            data.hash(4),
            data.hash(5),
            data.hash(6),
            totals,
            signers));
  }

  private static List<ChainEvent> claimed(List<Hash> topics, Words data) throws Malformed {
    return List.of(
        new ChainEvent.Claimed(
            Words.account(topics.get(1)),
            network(number(topics.get(2))),
            new TokenAmount(data.number(0)),
            new TokenAmount(data.number(1))));
  }
}
