package org.groundwork.networks.storage.provider;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.groundwork.agent.DeviceIdentity;
import org.groundwork.agent.DurableLog;
import org.groundwork.networks.storage.wire.PriceTag;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.SlotNumber;

/**
 * Signs the provider's price tags and remembers those that still hold: a higher price in the
 * configuration counts only when the last tag with the lower one is over, also after a restart.
 */
final class PriceDesk implements AutoCloseable {
  private static final int COMPACT_BYTES = 64 * 1024;

  private final ProviderConfig config;
  private final DeviceIdentity identity;
  private final DurableLog log;
  private final List<PriceTag.Signed> holding = new ArrayList<>();
  private Optional<PriceTag.Signed> current = Optional.empty();

  PriceDesk(ProviderConfig config, DeviceIdentity identity, Path file) throws IOException {
    this.config = config;
    this.identity = identity;
    DurableLog.Opened opened = DurableLog.open(file);
    log = opened.log();
    for (Bytes record : opened.records()) {
      try {
        holding.add(PriceTag.Signed.decode(record));
      } catch (Malformed e) {
        throw new IOException(file + " is damaged", e);
      }
    }
  }

  /** Signs a new tag if the current one does not say what is so, or is half over. */
  synchronized void onSlot(SlotNumber slot, boolean isLeaving) throws IOException {
    holding.removeIf(signed -> signed.tag().until().compareTo(slot) <= 0);
    if (log.size() > COMPACT_BYTES) {
      log.rewrite(holding.stream().map(PriceTag.Signed::encode).toList());
    }
    if (current.filter(signed -> stillSays(signed.tag(), slot, isLeaving)).isPresent()) {
      return;
    }
    PriceTag tag =
        new PriceTag(
            identity.deployment(),
            identity.network(),
            identity.device(),
            isLeaving,
            config.offer().ratePerGiBSlot(),
            config.offer().egressPerGiB(),
            config.offer().maxDealSlots(),
            slot,
            slot.plus(config.store().priceSlots()));
    PriceTag.Signed signed = tag.sign(identity.signer());
    log.append(signed.encode());
    log.force();
    holding.add(signed);
    current = Optional.of(signed);
  }

  private boolean stillSays(PriceTag tag, SlotNumber slot, boolean isLeaving) {
    long half = config.store().priceSlots() / 2;
    return tag.until().value() - slot.value() > half && tag.isLeaving() == isLeaving;
  }

  /** The newest tag; empty before the first slot. */
  synchronized Optional<PriceTag.Signed> current() {
    return current;
  }

  /** The least credits for storing a GiB for a slot: the lowest that any tag still promises. */
  Credits ratePerGiBSlot(SlotNumber slot) {
    return lowest(slot, PriceTag::ratePerGiBSlot, config.offer().ratePerGiBSlot());
  }

  /** The credits for reading a GiB: the lowest that any tag still promises. */
  Credits egressPerGiB(SlotNumber slot) {
    return lowest(slot, PriceTag::egressPerGiB, config.offer().egressPerGiB());
  }

  private synchronized Credits lowest(
      SlotNumber slot, Function<PriceTag, Credits> price, Credits configured) {
    Credits lowest = configured;
    for (PriceTag.Signed signed : holding) {
      Credits promised = price.apply(signed.tag());
      if (signed.tag().holdsAt(slot) && promised.compareTo(lowest) < 0) {
        lowest = promised;
      }
    }
    return lowest;
  }

  @Override
  public synchronized void close() throws IOException {
    log.close();
  }
}
