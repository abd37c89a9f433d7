package org.groundwork.agent;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.Seed;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.rules.Reservation;
import org.groundwork.rules.SessionKey;

/**
 * What agents read of the chain: the registry, reservations, and slot seeds. Final state only.
 *
 * <p>Each method may block for I/O and throws {@link IOException} when the chain does not answer.
 */
public interface ChainFeed {
  SigningDomain domain();

  EpochSchedule schedule();

  Optional<ListedDevice> device(DeviceId id) throws IOException;

  /** The devices of a network, by id. */
  List<ListedDevice> devices(NetworkId network) throws IOException;

  /** A reservation that has not been released. */
  Optional<Reservation> reservation(ReservationId id) throws IOException;

  /** The unreleased reservations of a payer, by id. */
  List<Reservation> reservationsOf(AccountId payer) throws IOException;

  /**
   * A key that may sign vouchers for an account in an epoch: one that the chain showed at the
   * epoch's opening or, before it, shows so far.
   */
  Optional<SessionKey> sessionKey(
      NetworkId network, AccountId account, AccountId key, EpochNumber epoch) throws IOException;

  /** The seed of a slot; empty while its block does not exist. */
  Optional<Seed> seed(NetworkId network, SlotNumber slot) throws IOException;
}
