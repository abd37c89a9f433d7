package org.groundwork.cli.daemon;

import java.io.IOException;
import java.util.Optional;
import org.groundwork.engine.carry.CarryKey;
import org.groundwork.engine.carry.CarrySnapshot;
import org.groundwork.networks.storage.provider.CarryFeed;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.NetworkId;
import org.groundwork.rules.Carry;
import org.jspecify.annotations.Nullable;

/** What the newest result says that a device holds, from the verifiers' public files. */
final class ResultsCarry implements CarryFeed {
  private final ChainLink link;
  private final NetworkId network;
  private @Nullable EpochNumber known;
  private CarrySnapshot snapshot = CarrySnapshot.EMPTY;

  ResultsCarry(ChainLink link, NetworkId network) {
    this.link = link;
    this.network = network;
  }

  @Override
  public synchronized Optional<Known> carry(DeviceId device) throws IOException {
    Optional<EpochNumber> epoch = refresh();
    return epoch.map(
        known -> new Known(known, new Carry(snapshot.get(CarryKey.device(network, device)))));
  }

  /** Whether the newest result is of this epoch or a later one, and shows a device active. */
  synchronized boolean showsActive(DeviceId device, EpochNumber since) throws IOException {
    return refresh().filter(known -> known.compareTo(since) >= 0).isPresent()
        && !snapshot.get(CarryKey.activation(network, device)).isEmpty();
  }

  /** The epoch of the newest result; empty if there is none, or if its carry is not published. */
  private Optional<EpochNumber> refresh() throws IOException {
    var result = link.chain().state().latestResult();
    if (result.isEmpty()) {
      return Optional.empty();
    }
    EpochNumber epoch = result.get().epoch();
    if (!epoch.equals(known)) {
      Optional<CarrySnapshot> found = link.publicFiles().carry(result.get().carryRoot());
      if (found.isEmpty()) {
        return Optional.empty();
      }
      snapshot = found.get();
      known = epoch;
    }
    return Optional.of(epoch);
  }
}
