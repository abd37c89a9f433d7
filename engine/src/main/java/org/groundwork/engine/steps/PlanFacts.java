package org.groundwork.engine.steps;

import java.util.Optional;
import org.groundwork.engine.EpochPlan;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.Seed;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.rules.EpochFacts;
import org.groundwork.rules.Reservation;
import org.groundwork.rules.SessionKey;

/** A plan as the rules of one network see it. */
record PlanFacts(EpochPlan plan, NetworkId network) implements EpochFacts {
  @Override
  public SigningDomain domain() {
    return plan.domain();
  }

  @Override
  public EpochNumber epoch() {
    return plan.epoch();
  }

  @Override
  public EpochSchedule schedule() {
    return plan.schedule();
  }

  @Override
  public Seed seed(SlotNumber slot) {
    return plan.seed(network, slot);
  }

  @Override
  public Optional<Reservation> reservation(ReservationId id) {
    return plan.reservation(id).filter(found -> found.network().equals(network));
  }

  @Override
  public Optional<SessionKey> sessionKey(AccountId account, AccountId key) {
    return plan.sessionKey(network, account, key);
  }
}
