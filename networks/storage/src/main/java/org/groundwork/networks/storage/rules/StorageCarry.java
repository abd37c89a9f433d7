package org.groundwork.networks.storage.rules;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Deal;
import org.groundwork.protocol.DeploymentId;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.rules.Carry;

/**
 * What is kept about a device from epoch to epoch.
 *
 * @param provenSlots slots that it has proven so far
 * @param faultySlots slots that it owed and did not prove
 * @param deals those that count, in the order of their reports
 * @param ended deals that ended early, with the slot up to which their signature would be good: so
 *     that none of them is reported again
 */
public record StorageCarry(
    long provenSlots, long faultySlots, List<HeldDeal> deals, SortedMap<Hash, SlotNumber> ended) {
  public static final StorageCarry NONE = new StorageCarry(0, 0, List.of(), new TreeMap<>());

  private static final int VERSION = 1;
  private static final int MAX_TERMS = 64;

  public StorageCarry {
    deals = List.copyOf(deals);
    ended = Collections.unmodifiableSortedMap(new TreeMap<>(ended));
  }

  public Carry encode() {
    if (equals(NONE)) {
      return Carry.NONE;
    }
    CanonicalWriter out = new CanonicalWriter().u8(VERSION).u64(provenSlots).u64(faultySlots);
    out.u16(deals.size());
    if (!deals.isEmpty()) {
      out.hash(deals.getFirst().deal().deployment().hash());
    }
    deals.forEach(held -> write(out, held.deal()));
    out.u16(ended.size());
    ended.forEach((id, end) -> out.hash(id).u64(end.value()));
    return new Carry(out.toBytes());
  }

  /**
   * Reads what {@link #encode} wrote about a device of a network.
   *
   * @throws Malformed if the bytes are no carry of this network
   */
  public static StorageCarry decode(NetworkId network, DeviceId device, Carry carry)
      throws Malformed {
    if (carry.isEmpty()) {
      return NONE;
    }
    CanonicalReader in = new CanonicalReader(carry.content());
    int version = in.u8();
    if (version != VERSION) {
      throw new Malformed("carry version " + version + " is unknown");
    }
    long proven = in.count();
    long faulty = in.count();
    List<HeldDeal> deals = new ArrayList<>();
    int count = in.u16();
    DeploymentId deployment = new DeploymentId(count > 0 ? in.hash() : Hash.ZERO);
    for (int left = count; left > 0; left--) {
      deals.add(HeldDeal.of(read(deployment, network, device, in)));
    }
    TreeMap<Hash, SlotNumber> ended = new TreeMap<>();
    for (int left = in.u16(); left > 0; left--) {
      Hash id = in.hash();
      if (!ended.isEmpty() && ended.lastKey().compareTo(id) >= 0) {
        throw new Malformed("ended deals are not in order");
      }
      ended.put(id, new SlotNumber(in.count()));
    }
    in.end();
    return new StorageCarry(proven, faulty, deals, ended);
  }

  private static void write(CanonicalWriter out, Deal deal) {
    out.account(deal.payer())
        .account(deal.seller())
        .hash(deal.reservation().hash())
        .u256(deal.rate().value())
        .u256(deal.cap().value())
        .u64(deal.startSlot().value())
        .u64(deal.endSlot().value())
        .u8(deal.terms().size())
        .raw(deal.terms());
  }

  private static Deal read(
      DeploymentId deployment, NetworkId network, DeviceId device, CanonicalReader in)
      throws Malformed {
    AccountId payer = in.account();
    AccountId seller = in.account();
    ReservationId reservation = new ReservationId(in.hash());
    Credits rate = new Credits(in.u256());
    Credits cap = new Credits(in.u256());
    SlotNumber start = new SlotNumber(in.count());
    SlotNumber end = new SlotNumber(in.count());
    int terms = in.u8();
    if (start.compareTo(end) >= 0 || terms > MAX_TERMS) {
      throw new Malformed("not a deal of a carry");
    }
    return new Deal(
        deployment,
        network,
        device,
        payer,
        seller,
        reservation,
        rate,
        cap,
        start,
        end,
        in.raw(terms));
  }
}
