package org.groundwork.testkit.network;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
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

/** What a sample's chain says. */
public record SampleFacts(
    SigningDomain domain,
    NetworkId network,
    EpochNumber epoch,
    EpochSchedule schedule,
    Function<SlotNumber, Seed> seeds,
    List<Reservation> reservations,
    List<SessionKey> sessionKeys)
    implements EpochFacts {
  public SampleFacts {
    reservations = List.copyOf(reservations);
    sessionKeys = List.copyOf(sessionKeys);
  }

  @Override
  public Seed seed(SlotNumber slot) {
    if (!schedule.epochOf(slot).equals(epoch)) {
      throw new IllegalArgumentException("slot " + slot + " is not of epoch " + epoch);
    }
    return seeds.apply(slot);
  }

  @Override
  public Optional<Reservation> reservation(ReservationId id) {
    return reservations.stream().filter(known -> known.id().equals(id)).findFirst();
  }

  @Override
  public Optional<SessionKey> sessionKey(AccountId account, AccountId key) {
    return sessionKeys.stream()
        .filter(known -> known.account().equals(account) && known.key().equals(key))
        .findFirst();
  }
}
