package org.groundwork.networks.storage.customer;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.groundwork.agent.ChainFeed;
import org.groundwork.agent.ListedDevice;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.Seed;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.protocol.crypto.PublicKey;
import org.groundwork.rules.Device;
import org.groundwork.rules.Reservation;
import org.groundwork.rules.SessionKey;

/** What a chain shows at one moment, in a file that a process of its own reads. */
record WrittenChain(
    SigningDomain domain,
    EpochSchedule schedule,
    Instant now,
    List<ListedDevice> listed,
    List<Reservation> reservations)
    implements ChainFeed {
  static void write(Path file, ChainFeed chain, NetworkId network, AccountId payer, Instant now)
      throws IOException {
    List<String> lines = new ArrayList<>();
    EpochSchedule schedule = chain.schedule();
    lines.add(
        "schedule %d %d %d %d %d"
            .formatted(
                schedule.genesis(),
                schedule.slotSeconds(),
                schedule.slotsPerEpoch(),
                schedule.commitSlots(),
                now.getEpochSecond()));
    for (ListedDevice each : chain.devices(network)) {
      Device device = each.device();
      lines.add(
          "device %d %d %s %s %s %s"
              .formatted(
                  device.id().value(),
                  device.network().value(),
                  device.owner().toHex(),
                  device.key().type(),
                  device.key().bytes().toHex(),
                  each.endpoint()));
    }
    for (Reservation each : chain.reservationsOf(payer)) {
      lines.add(
          "reservation %s %s %d %s %s %s %d"
              .formatted(
                  each.id().hash().toHex(),
                  each.payer().toHex(),
                  each.network().value(),
                  each.seller().toHex(),
                  each.credits(),
                  each.basis(),
                  each.lastEpoch().value()));
    }
    Files.write(file, lines);
  }

  /** The chain of the simulated deployment. */
  static WrittenChain read(Path file) throws IOException {
    SigningDomain domain =
        SigningDomain.of(BigInteger.TEN, new AccountId(Bytes.wrap(new byte[AccountId.SIZE])));
    EpochSchedule schedule = new EpochSchedule(1, 60, 5, 2);
    Instant now = Instant.EPOCH;
    List<ListedDevice> devices = new ArrayList<>();
    List<Reservation> reservations = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      String[] word = line.split(" ", -1);
      switch (word[0]) {
        case "schedule" -> {
          schedule =
              new EpochSchedule(
                  Long.parseLong(word[1]),
                  Long.parseLong(word[2]),
                  Long.parseLong(word[3]),
                  Long.parseLong(word[4]));
          now = Instant.ofEpochSecond(Long.parseLong(word[5]));
        }
        case "device" -> devices.add(device(word));
        default -> reservations.add(reservation(word));
      }
    }
    return new WrittenChain(domain, schedule, now, devices, reservations);
  }

  private static ListedDevice device(String[] word) {
    return new ListedDevice(
        new Device(
            new DeviceId(Long.parseLong(word[1])),
            new NetworkId(Integer.parseInt(word[2])),
            new AccountId(Bytes.fromHex(word[3])),
            new PublicKey(KeyType.valueOf(word[4]), Bytes.fromHex(word[5])),
            0),
        word[6]);
  }

  private static Reservation reservation(String[] word) {
    return new Reservation(
        new ReservationId(Hash.fromHex(word[1])),
        new AccountId(Bytes.fromHex(word[2])),
        new NetworkId(Integer.parseInt(word[3])),
        new AccountId(Bytes.fromHex(word[4])),
        new Credits(new BigInteger(word[5])),
        new TokenAmount(new BigInteger(word[6])),
        new EpochNumber(Long.parseLong(word[7])));
  }

  @Override
  public Optional<ListedDevice> device(DeviceId id) {
    return listed.stream().filter(each -> each.device().id().equals(id)).findFirst();
  }

  @Override
  public List<ListedDevice> devices(NetworkId network) {
    return listed;
  }

  @Override
  public Optional<Reservation> reservation(ReservationId id) {
    return reservations.stream().filter(each -> each.id().equals(id)).findFirst();
  }

  @Override
  public List<Reservation> reservationsOf(AccountId payer) {
    return reservations;
  }

  @Override
  public Optional<SessionKey> sessionKey(
      NetworkId network, AccountId account, AccountId key, EpochNumber epoch) {
    return Optional.empty();
  }

  @Override
  public Optional<Seed> seed(NetworkId network, SlotNumber slot) {
    return Optional.empty();
  }
}
