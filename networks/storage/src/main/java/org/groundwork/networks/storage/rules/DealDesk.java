package org.groundwork.networks.storage.rules;

import java.util.Optional;
import org.groundwork.protocol.Deal;
import org.groundwork.protocol.DealEnd;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.SignedDeal;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.crypto.AccountSignatures;
import org.groundwork.rules.Device;
import org.groundwork.rules.EpochFacts;
import org.groundwork.rules.Verdict;

/** Judges the reports that open and end deals, and keeps the ledger. */
final class DealDesk {
  private final EpochFacts facts;
  private final Device device;
  private final StorageParameters parameters;
  private final DealLedger ledger;
  private final SlotNumber next;

  DealDesk(EpochFacts facts, Device device, StorageParameters parameters, DealLedger ledger) {
    this.facts = facts;
    this.device = device;
    this.parameters = parameters;
    this.ledger = ledger;
    this.next = facts.schedule().firstSlot(facts.epoch().next());
  }

  Verdict open(SignedDeal signed) {
    Deal deal = signed.deal();
    Optional<Verdict> wrong = wrongParties(deal).or(() -> wrongReservation(deal));
    if (wrong.isPresent()) {
      return wrong.get();
    }
    if (deal.endSlot().compareTo(next) <= 0) {
      return rejected(
          StorageReason.DEAL_OVER, "it ends with slot " + deal.endSlot() + ", counts from " + next);
    }
    HeldDeal held;
    try {
      held = HeldDeal.of(deal);
    } catch (Malformed e) {
      return rejected(StorageReason.DEAL_TERMS, "terms: " + e.getMessage());
    }
    return open(signed, held);
  }

  private Verdict open(SignedDeal signed, HeldDeal held) {
    if (ledger.knows(held.id())) {
      return rejected(StorageReason.DEAL_KNOWN, "deal " + held.id());
    }
    if (ledger.size() >= parameters.maxDealsPerDevice()) {
      return rejected(
          StorageReason.TOO_MANY_DEALS, parameters.maxDealsPerDevice() + " deals are allowed");
    }
    if (!signed.isGenuine(facts.domain())) {
      return rejected(
          StorageReason.DEAL_UNSIGNED, "payer " + held.deal().payer() + ", deal " + held.id());
    }
    ledger.add(held);
    return Verdict.ACCEPTED;
  }

  Verdict end(StorageReport.DealEnded end) {
    if (ledger.isEnded(end.deal())) {
      return rejected(StorageReason.DEAL_ENDED, "deal " + end.deal());
    }
    Optional<HeldDeal> held = ledger.find(end.deal());
    if (held.isEmpty()) {
      return rejected(StorageReason.DEAL_UNKNOWN, "deal " + end.deal());
    }
    if (!isSigned(end, held.get().deal())) {
      return rejected(
          StorageReason.DEAL_END_UNSIGNED,
          "payer " + held.get().deal().payer() + ", deal " + end.deal());
    }
    ledger.end(end.deal());
    return Verdict.ACCEPTED;
  }

  private boolean isSigned(StorageReport.DealEnded end, Deal deal) {
    DealEnd statement = new DealEnd(facts.domain().deployment(), end.deal());
    return AccountSignatures.isSignedBy(
        deal.payer(), facts.domain().digest(statement.structHash()), end.signature());
  }

  private Optional<Verdict> wrongParties(Deal deal) {
    if (!deal.deployment().equals(facts.domain().deployment())) {
      return differs(
          StorageReason.DEAL_OTHER_DEPLOYMENT, deal.deployment(), facts.domain().deployment());
    }
    if (!deal.network().equals(facts.network())) {
      return differs(StorageReason.DEAL_OTHER_NETWORK, deal.network(), facts.network());
    }
    if (!deal.device().equals(device.id())) {
      return differs(StorageReason.DEAL_OTHER_DEVICE, deal.device(), device.id());
    }
    if (!deal.seller().equals(device.owner())) {
      return differs(StorageReason.DEAL_OTHER_SELLER, deal.seller(), device.owner());
    }
    return Optional.empty();
  }

  private Optional<Verdict> wrongReservation(Deal deal) {
    return Reservations.wrong(facts, deal.reservation(), deal.payer(), deal.seller())
        .or(() ->
            Reservations.above(
                facts, deal.reservation(), deal.cap(), StorageReason.DEAL_ABOVE_RESERVATION));
  }

  private static Optional<Verdict> differs(StorageReason reason, Object there, Object expected) {
    return Optional.of(rejected(reason, "it names " + there + ", expected " + expected));
  }

  private static Verdict rejected(StorageReason reason, String evidence) {
    return Verdict.rejected(reason, evidence);
  }
}
