package org.groundwork.node;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.groundwork.agent.ChainFeed;
import org.groundwork.agent.ListedDevice;
import org.groundwork.node.chain.FreshReader;
import org.groundwork.node.chain.PlanReader;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.Seed;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.rules.Device;
import org.groundwork.rules.Reservation;
import org.groundwork.rules.SessionKey;
import org.groundwork.settlement.chain.ChainBlock;
import org.groundwork.settlement.chain.ChainState;
import org.groundwork.settlement.chain.RegisteredDevice;

/** What agents read of the chain, from its final blocks. */
public final class ChainFeeds implements ChainFeed {
  private final FreshReader chain;
  private final PlanReader plans;
  private volatile OpeningKeys newest = new OpeningKeys(EpochNumber.FIRST, List.of());

  /** The session keys that the chain showed at an epoch's opening. */
  private record OpeningKeys(EpochNumber epoch, List<SessionKey> keys) {}

  public ChainFeeds(FreshReader chain) {
    this.chain = chain;
    plans = new PlanReader(chain);
  }

  @Override
  public SigningDomain domain() {
    return chain.deployment().domain();
  }

  @Override
  public EpochSchedule schedule() {
    return chain.deployment().schedule();
  }

  @Override
  public Optional<ListedDevice> device(DeviceId id) throws IOException {
    return chain.state().device(id).map(ChainFeeds::listed);
  }

  @Override
  public List<ListedDevice> devices(NetworkId network) throws IOException {
    return chain.state().devices().stream()
        .filter(device -> device.network().equals(network))
        .map(ChainFeeds::listed)
        .toList();
  }

  @Override
  public Optional<Reservation> reservation(ReservationId id) throws IOException {
    return chain.state().reservation(id).map(PlanReader::reservation);
  }

  @Override
  public List<Reservation> reservationsOf(AccountId payer) throws IOException {
    return chain.state().reservations().stream()
        .filter(reserved -> reserved.payer().equals(payer))
        .map(PlanReader::reservation)
        .toList();
  }

  @Override
  public Optional<SessionKey> sessionKey(
      NetworkId network, AccountId account, AccountId key, EpochNumber epoch) throws IOException {
    return sessionKeys(epoch).stream()
        .filter(session -> session.network().equals(network))
        .filter(session -> session.account().equals(account) && session.key().equals(key))
        .findFirst();
  }

  /** What an opening showed does not change any more; of the newest one it is kept. */
  private List<SessionKey> sessionKeys(EpochNumber epoch) throws IOException {
    OpeningKeys known = newest;
    if (known.epoch().equals(epoch)) {
      return known.keys();
    }
    Optional<ChainState> opening = plans.opening(epoch);
    if (opening.isEmpty()) {
      return PlanReader.sessionKeys(chain.state(), epoch);
    }
    List<SessionKey> keys = PlanReader.sessionKeys(opening.get(), epoch);
    if (epoch.compareTo(known.epoch()) > 0) {
      newest = new OpeningKeys(epoch, keys);
    }
    return keys;
  }

  @Override
  public Optional<Seed> seed(NetworkId network, SlotNumber slot) throws IOException {
    Optional<ChainBlock> block = chain.firstBlockAtOrAfter(schedule().slotStart(slot));
    return block.map(found -> Seed.of(domain().deployment(), network, slot, found.hash()));
  }

  /** The gateways that have stake now. */
  public List<HttpGateways.Known> gateways() throws IOException {
    return chain.state().operators(ChainState.GATEWAY).stream()
        .map(operator -> new HttpGateways.Known(operator.signer(), operator.endpoint()))
        .toList();
  }

  private static ListedDevice listed(RegisteredDevice registered) {
    Device device = PlanReader.device(registered);
    return new ListedDevice(device, registered.endpoint());
  }
}
