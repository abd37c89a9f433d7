package org.groundwork.networks.storage.provider;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.groundwork.networks.storage.rules.DealLedger;
import org.groundwork.networks.storage.rules.HeldDeal;
import org.groundwork.networks.storage.rules.Holding;
import org.groundwork.networks.storage.rules.StorageCarry;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.SlotNumber;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the device must prove in a slot: the newest carry that results show, and on top of it what
 * gateways have promised since.
 */
final class HoldingForecast {
  private static final Logger LOG = LoggerFactory.getLogger(HoldingForecast.class);

  /** The device's carry at the close of an epoch, as results show it. */
  record Base(EpochNumber epoch, StorageCarry carry) {}

  private final DealBook book;
  private final CarryFeed results;
  private final EpochSchedule schedule;
  private final NetworkId network;
  private final DeviceId device;
  private volatile Optional<Base> base = Optional.empty();

  HoldingForecast(
      DealBook book,
      CarryFeed results,
      EpochSchedule schedule,
      NetworkId network,
      DeviceId device) {
    this.book = book;
    this.results = results;
    this.schedule = schedule;
    this.network = network;
    this.device = device;
  }

  /** Asks for a newer carry; answers whether there is one. */
  boolean refresh() {
    try {
      Optional<CarryFeed.Known> known = results.carry(device);
      Optional<EpochNumber> before = base.map(Base::epoch);
      if (known.isEmpty() || known.map(CarryFeed.Known::epoch).equals(before)) {
        return false;
      }
      CarryFeed.Known newest = known.get();
      base =
          Optional.of(
              new Base(newest.epoch(), StorageCarry.decode(network, device, newest.carry())));
      return true;
    } catch (IOException e) {
      LOG.info("The results cannot be followed now: {}", e.toString());
    } catch (Malformed e) {
      LOG.warn("The results show a carry that cannot be read: {}", e.getMessage());
    }
    return false;
  }

  Optional<Base> base() {
    return base;
  }

  Holding at(SlotNumber slot) {
    return Holding.at(slot, opening(schedule.epochOf(slot)).deals());
  }

  /** The carry with which an epoch opens. */
  private StorageCarry opening(EpochNumber epoch) {
    List<DealBook.Entry> entries = book.entries();
    Optional<Base> known = base.filter(there -> there.epoch().compareTo(epoch) < 0);
    StorageCarry carry = known.map(Base::carry).orElse(StorageCarry.NONE);
    long next =
        known.map(there -> there.epoch().value() + 1).orElseGet(() -> firstEpoch(entries, epoch));
    for (; next < epoch.value(); next++) {
      carry = close(carry, new EpochNumber(next), entries);
    }
    return carry;
  }

  private static long firstEpoch(List<DealBook.Entry> entries, EpochNumber epoch) {
    return entries.stream()
        .flatMap(entry -> entry.opened().stream())
        .mapToLong(EpochNumber::value)
        .min()
        .orElse(epoch.value());
  }

  private StorageCarry close(StorageCarry carry, EpochNumber epoch, List<DealBook.Entry> entries) {
    DealLedger ledger = new DealLedger(carry);
    for (DealBook.Entry entry : entries) {
      HeldDeal held = entry.held();
      if (entry.opened().equals(Optional.of(epoch)) && !ledger.knows(held.id())) {
        ledger.add(held);
      }
    }
    for (DealBook.Entry entry : entries) {
      if (entry.ended().equals(Optional.of(epoch)) && ledger.find(entry.held().id()).isPresent()) {
        ledger.end(entry.held().id());
      }
    }
    return ledger.close(0, 0, schedule.firstSlot(epoch.next()));
  }
}
