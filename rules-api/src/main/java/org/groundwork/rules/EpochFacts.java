package org.groundwork.rules;

import java.util.Optional;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.Seed;
import org.groundwork.protocol.SignedVoucher;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.SlotNumber;

/** What the chain says about one network in the epoch that is judged. */
public interface EpochFacts {
  SigningDomain domain();

  NetworkId network();

  EpochNumber epoch();

  EpochSchedule schedule();

  /** The seed of a slot of this epoch. */
  Seed seed(SlotNumber slot);

  /** A reservation of this network that was not released at the epoch's close. */
  Optional<Reservation> reservation(ReservationId id);

  /**
   * A key that may sign vouchers for an account in this network and epoch. What its vouchers charge
   * beyond its limit is void; that is for the common step to see to.
   */
  Optional<SessionKey> sessionKey(AccountId account, AccountId key);

  /**
   * Who signed a voucher: its payer, or a session key of the payer's.
   *
   * @return empty if nobody who may
   */
  default Optional<AccountId> signer(SignedVoucher signed) {
    AccountId payer = signed.voucher().payer();
    return signed
        .signer(domain())
        .filter(key -> key.equals(payer) || sessionKey(payer, key).isPresent());
  }
}
