package org.groundwork.networks.storage.rules;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.SlotNumber;

/**
 * A device's deals while an epoch's reports are read: from the carry at its opening to the carry at
 * its close. The agent foresees its holding with the same code.
 */
public final class DealLedger {
  private final StorageCarry opening;

  /** By id: the order in which deals were reported cannot matter. */
  private final Map<Hash, HeldDeal> deals = new TreeMap<>();

  private final TreeMap<Hash, SlotNumber> ended;

  public DealLedger(StorageCarry opening) {
    this.opening = opening;
    opening.deals().forEach(held -> deals.put(held.id(), held));
    ended = new TreeMap<>(opening.ended());
  }

  /** Deals that are kept, ended ones included. */
  public int size() {
    return deals.size() + ended.size();
  }

  public boolean knows(Hash id) {
    return deals.containsKey(id) || ended.containsKey(id);
  }

  public boolean isEnded(Hash id) {
    return ended.containsKey(id);
  }

  /** A deal that has not ended early. */
  public Optional<HeldDeal> find(Hash id) {
    return Optional.ofNullable(deals.get(id));
  }

  public void add(HeldDeal held) {
    if (knows(held.id())) {
      throw new IllegalArgumentException("deal " + held.id() + " is there already");
    }
    deals.put(held.id(), held);
  }

  public void end(Hash id) {
    HeldDeal held = deals.remove(id);
    if (held == null) {
      throw new IllegalArgumentException("there is no deal " + id);
    }
    ended.put(id, held.deal().endSlot());
  }

  /**
   * The carry at the epoch's close: without what ends before the next epoch.
   *
   * @param proven slots newly proven
   * @param faulty slots newly owed and not proven
   * @param next first slot of the next epoch
   */
  public StorageCarry close(long proven, long faulty, SlotNumber next) {
    TreeMap<Hash, SlotNumber> remembered = new TreeMap<>(ended);
    remembered.values().removeIf(end -> end.compareTo(next) <= 0);
    return new StorageCarry(
        opening.provenSlots() + proven,
        opening.faultySlots() + faulty,
        deals.values().stream().filter(held -> held.deal().endSlot().compareTo(next) > 0).toList(),
        remembered);
  }
}
