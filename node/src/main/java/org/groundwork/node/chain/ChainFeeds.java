package org.groundwork.node.chain;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.groundwork.agent.ChainFeed;
import org.groundwork.agent.ListedDevice;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.Seed;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.rules.Reservation;
import org.groundwork.settlement.chain.ChainReader;
import org.groundwork.settlement.chain.ChainState;
import org.groundwork.settlement.chain.RegisteredDevice;

/** What agents read of the chain, from its final events; at most a moment old. */
public final class ChainFeeds implements ChainFeed {
  private static final Duration FRESH = Duration.ofMillis(200);

  private final ChainReader reader;
  private final InstantSource clock;
  private Instant read = Instant.MIN;

  public ChainFeeds(ChainReader reader, InstantSource clock) {
    this.reader = reader;
    this.clock = clock;
  }

  @Override
  public SigningDomain domain() {
    return reader.deployment().domain();
  }

  @Override
  public EpochSchedule schedule() {
    return reader.deployment().schedule();
  }

  @Override
  public Optional<ListedDevice> device(DeviceId id) throws IOException {
    return state().device(id).flatMap(ChainFeeds::listed);
  }

  @Override
  public List<ListedDevice> devices(NetworkId network) throws IOException {
    return state().devices().stream()
        .filter(device -> device.network().equals(network))
        .flatMap(device -> listed(device).stream())
        .toList();
  }

  @Override
  public Optional<Reservation> reservation(ReservationId id) throws IOException {
    return state().reservation(id).map(SettlementChain::reservation);
  }

  @Override
  public List<Reservation> reservationsOf(AccountId payer) throws IOException {
    return state().reservations().stream()
        .filter(reserved -> reserved.payer().equals(payer))
        .map(SettlementChain::reservation)
        .toList();
  }

  @Override
  public synchronized Optional<Seed> seed(NetworkId network, SlotNumber slot) throws IOException {
    refresh();
    return reader
        .knownBlockAtOrAfter(schedule().slotStart(slot))
        .map(block -> Seed.of(domain().deployment(), network, slot, block.hash()));
  }

  private synchronized ChainState state() throws IOException {
    refresh();
    return reader.state();
  }

  private void refresh() throws IOException {
    Instant now = clock.instant();
    if (now.isAfter(read.plus(FRESH))) {
      reader.sync();
      read = now;
    }
  }

  private static Optional<ListedDevice> listed(RegisteredDevice registered) {
    return RegisteredDevices.device(registered)
        .map(device -> new ListedDevice(device, registered.endpoint()));
  }
}
