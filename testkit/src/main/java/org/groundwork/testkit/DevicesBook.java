package org.groundwork.testkit;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Hash;

/** Devices as far as their owner and network go, and their stakes. */
final class DevicesBook {
  private static final String NAME = "DeviceStakes";

  record Device(AccountId owner, long network) {}

  /** Leaves once its release epoch is final; 0 as long as it stays. */
  record Stake(BigInteger amount, long releaseEpoch) {
    static final Stake NONE = new Stake(BigInteger.ZERO, 0);
  }

  private final Ledger ledger;
  private final Map<BigInteger, Device> devices;
  private final Map<BigInteger, Stake> stakes;
  private final Map<BigInteger, BigInteger> slashed;

  DevicesBook(Ledger ledger) {
    this.ledger = ledger;
    devices = new TreeMap<>();
    stakes = new TreeMap<>();
    slashed = new TreeMap<>();
  }

  DevicesBook(Ledger ledger, DevicesBook from) {
    this.ledger = ledger;
    devices = new TreeMap<>(from.devices);
    stakes = new TreeMap<>(from.stakes);
    slashed = new TreeMap<>(from.slashed);
  }

  void apply(Command.Registry command) {
    switch (command) {
      case Command.Registry.Register c -> {
        requireKey(c.keyType(), c.key().toArray());
        BigInteger id = BigInteger.valueOf(devices.size() + 1L);
        devices.put(id, new Device(ledger.sender, c.network()));
        ledger.emit(
            "DeviceRegistered",
            id,
            ledger.sender,
            c.network(),
            c.keyType(),
            c.key(),
            c.cell(),
            c.endpoint());
      }
      case Command.Registry.TransferFrom c -> {
        Refusal.unless(!c.to().equals(AccountId.ZERO), "ERC721InvalidReceiver");
        Device device = device(c.tokenId());
        // Approvals are not modelled: only the owner moves a device.
        Refusal.unless(ledger.sender.equals(device.owner()), "ERC721InsufficientApproval");
        Refusal.unless(c.from().equals(device.owner()), "ERC721IncorrectOwner");
        devices.put(c.tokenId(), new Device(c.to(), device.network()));
      }
    }
  }

  private static void requireKey(int type, byte[] key) {
    Refusal.unless(type >= 1 && type <= 3, "UnknownKeyType");
    boolean valid = type == 1 ? key.length == 32 : key.length == 33 && (key[0] == 2 || key[0] == 3);
    Refusal.unless(valid, "InvalidKey");
  }

  void apply(Command.DeviceStakes command) {
    switch (command) {
      case Command.DeviceStakes.Stake c -> stake(c);
      case Command.DeviceStakes.Leave c -> leave(c.deviceId());
      case Command.DeviceStakes.Withdraw c -> withdraw(c);
      case Command.DeviceStakes.SlashByResult c -> {
        requireLeaf(c.deviceId(), c.cumulative(), c.proof());
        Refusal.unless(burnUpTo(c.deviceId(), c.cumulative()), "NothingToSlash");
      }
    }
  }

  private void stake(Command.DeviceStakes.Stake c) {
    Refusal.unless(c.amount().signum() > 0, "NothingAdded");
    device(c.deviceId());
    Stake before = stakeOf(c.deviceId());
    Refusal.unless(before.releaseEpoch() == 0, "Leaving");
    ledger.token.pull(ledger.address(NAME), c.amount());
    BigInteger amount = before.amount().add(c.amount());
    stakes.put(c.deviceId(), new Stake(amount, 0));
    ledger.emit("DeviceStaked", c.deviceId(), ledger.sender, c.amount(), amount);
  }

  private void leave(BigInteger id) {
    requireOwned(id);
    Stake stake = stakeOf(id);
    Refusal.unless(stake.releaseEpoch() == 0, "Leaving");
    Refusal.unless(stake.amount().signum() > 0, "NotLeaving");
    long release = ledger.clock.epochAt(ledger.now) + ledger.parameters.stakes().deviceExitEpochs();
    stakes.put(id, new Stake(stake.amount(), release));
    ledger.emit("DeviceStakeLeaving", id, release);
  }

  private void withdraw(Command.DeviceStakes.Withdraw c) {
    requireOwned(c.deviceId());
    long release = stakeOf(c.deviceId()).releaseEpoch();
    Refusal.unless(release > 0, "NotLeaving");
    Refusal.unless(ledger.results.isFinal(release), "ExitNotReady");
    requireLeaf(c.deviceId(), c.cumulative(), c.proof());
    burnUpTo(c.deviceId(), c.cumulative());
    BigInteger rest = stakeOf(c.deviceId()).amount();
    stakes.remove(c.deviceId());
    ledger.token.move(ledger.address(NAME), ledger.sender, rest);
    ledger.emit("DeviceStakeWithdrawn", c.deviceId(), ledger.sender, rest);
  }

  /** Burns what a leaf asks for beyond what leaves took before, as far as there is stake. */
  private boolean burnUpTo(BigInteger id, BigInteger cumulative) {
    Stake stake = stakeOf(id);
    BigInteger before = slashed.getOrDefault(id, BigInteger.ZERO);
    BigInteger taken = cumulative.subtract(before).min(stake.amount());
    if (taken.signum() <= 0) {
      return false;
    }
    slashed.put(id, before.add(taken));
    BigInteger left = stake.amount().subtract(taken);
    stakes.put(id, new Stake(left, stake.releaseEpoch()));
    ledger.token.burn(ledger.address(NAME), taken);
    ledger.emit("DeviceStakeSlashed", id, taken, left);
    return true;
  }

  private void requireLeaf(BigInteger id, BigInteger cumulative, List<Hash> proof) {
    ledger.results.requireLeaf(
        ResultsBook.SLASH, device(id).network(), subjectOf(id), cumulative, proof);
  }

  static Hash subjectOf(BigInteger id) {
    return new Hash(new org.groundwork.protocol.CanonicalWriter().u256(id).toBytes());
  }

  private Device device(BigInteger id) {
    Device device = devices.get(id);
    if (device == null) {
      throw new Refusal("ERC721NonexistentToken");
    }
    return device;
  }

  private void requireOwned(BigInteger id) {
    Refusal.unless(device(id).owner().equals(ledger.sender), "NotDeviceOwner");
  }

  Stake stakeOf(BigInteger id) {
    return stakes.getOrDefault(id, Stake.NONE);
  }

  BigInteger slashed(BigInteger id) {
    return slashed.getOrDefault(id, BigInteger.ZERO);
  }

  Map<BigInteger, Device> devices() {
    return devices;
  }

  void addViews(List<View> views) {
    devices.forEach((id, device) -> {
      views.add(View.of("DeviceRegistry", "ownerOf", List.of(id), device.owner()));
      Stake stake = stakeOf(id);
      views.add(
          View.of(NAME, "stakeOf", List.of(id), List.of(stake.amount(), stake.releaseEpoch())));
      views.add(
          View.of(
              NAME, "slashedByResults", List.of(id), slashed.getOrDefault(id, BigInteger.ZERO)));
    });
  }
}
