package org.groundwork.networks.storage.rules;

import java.util.Optional;
import java.util.function.Predicate;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.ReservationId;
import org.groundwork.rules.EpochFacts;
import org.groundwork.rules.Reservation;
import org.groundwork.rules.Verdict;

/** Compares evidence of demand with the reservation that it names. */
final class Reservations {
  private Reservations() {}

  /** What is wrong with a reservation; empty if it is good for this payer and seller now. */
  static Optional<Verdict> wrong(
      EpochFacts facts, ReservationId id, AccountId payer, AccountId seller) {
    Optional<Reservation> reservation = facts.reservation(id).filter(matches(facts, payer, seller));
    if (reservation.isEmpty()) {
      return Optional.of(
          Verdict.rejected(
              StorageReason.NO_RESERVATION,
              "reservation " + id + " of " + payer + " for " + seller));
    }
    return reservation
        .filter(there -> there.lastEpoch().compareTo(facts.epoch()) < 0)
        .map(over ->
            Verdict.rejected(
                StorageReason.RESERVATION_OVER,
                "reservation " + id + ", last epoch " + over.lastEpoch()));
  }

  /** Whether evidence asks for more than the reservation holds in all. */
  static Optional<Verdict> above(
      EpochFacts facts, ReservationId id, Credits asked, StorageReason reason) {
    return facts
        .reservation(id)
        .filter(there -> asked.compareTo(there.credits()) > 0)
        .map(there -> Verdict.rejected(reason, asked + " of " + there.credits() + " credits"));
  }

  private static Predicate<Reservation> matches(
      EpochFacts facts, AccountId payer, AccountId seller) {
    return there ->
        there.payer().equals(payer)
            && there.seller().equals(seller)
            && there.network().equals(facts.network());
  }
}
