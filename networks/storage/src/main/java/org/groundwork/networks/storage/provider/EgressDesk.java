package org.groundwork.networks.storage.provider;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.groundwork.agent.Outbox;
import org.groundwork.agent.OutboxFull;
import org.groundwork.agent.Payee;
import org.groundwork.networks.storage.rules.StorageReport;
import org.groundwork.networks.storage.wire.Prices;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.SignedVoucher;
import org.groundwork.protocol.SlotNumber;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets read what vouchers pay for, and reports the vouchers. A payer may be a small amount behind,
 * over all of his sessions together.
 */
final class EgressDesk {
  private static final Logger LOG = LoggerFactory.getLogger(EgressDesk.class);
  private static final int REPORTS_PER_EPOCH = 4;

  /** What is missing for a request to be served. */
  static final class Unpaid extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Credits owed;

    Unpaid(Credits owed) {
      super("The session owes " + owed + " credits more.");
      this.owed = owed;
    }

    Credits owed() {
      return owed;
    }
  }

  private final Supplier<Credits> perGiB;
  private final Credits allowance;
  private final Payee payee;
  private final Outbox outbox;
  private final EpochSchedule schedule;

  /** Credits worth of bytes that a session was let read. */
  private final Map<Hash, Credits> served = new HashMap<>();

  /** What each payer is behind, all sessions together. */
  private final Map<AccountId, Credits> behind = new HashMap<>();

  private long bytes;

  EgressDesk(
      Supplier<Credits> perGiB,
      Credits allowance,
      Payee payee,
      Outbox outbox,
      EpochSchedule schedule) {
    this.perGiB = perGiB;
    this.allowance = allowance;
    this.payee = payee;
    this.outbox = outbox;
    this.schedule = schedule;
  }

  /** Takes a voucher and charges a request of so many bytes to its session. */
  synchronized void charge(SignedVoucher voucher, long size)
      throws IOException, Payee.Worthless, Unpaid {
    Hash session = voucher.voucher().session();
    AccountId payer = voucher.voucher().payer();
    // After a restart, what was paid for counts as served.
    Credits before = served.getOrDefault(session, payee.paid(session));
    Credits paidBefore = payee.paid(session);
    Credits paid = payee.accept(voucher);
    Credits after = before.plus(Prices.of(size, perGiB.get()));
    Credits others = minus(behind.getOrDefault(payer, Credits.ZERO), minus(before, paidBefore));
    Credits debt = minus(after, paid);
    if (others.plus(debt).compareTo(allowance) > 0) {
      behind.put(payer, others.plus(minus(before, paid)));
      served.put(session, before);
      throw new Unpaid(debt);
    }
    served.put(session, after);
    behind.put(payer, others.plus(debt));
    bytes += size;
  }

  /** Reports what payers owe, some times in an epoch, the last time in its last slot. */
  void onSlot(SlotNumber slot) throws IOException {
    long inEpoch = slot.value() - schedule.firstSlot(schedule.epochOf(slot)).value() + 1;
    long every = Math.max(1, schedule.slotsPerEpoch() / REPORTS_PER_EPOCH);
    if (inEpoch % every == 0 || inEpoch == schedule.slotsPerEpoch()) {
      report();
    }
  }

  /** Reports what payers owe and was not reported. */
  void report() throws IOException {
    for (SignedVoucher voucher : payee.unreported()) {
      try {
        var _ = outbox.submit(new StorageReport.Egress(voucher).encode(), Outbox.Lifetime.PROMISED);
        payee.markReported(voucher);
      } catch (OutboxFull e) {
        LOG.warn("Vouchers wait: {}", e.getMessage());
        return;
      }
    }
  }

  synchronized long servedBytes() {
    return bytes;
  }

  private static Credits minus(Credits a, Credits b) {
    return a.compareTo(b) <= 0 ? Credits.ZERO : a.minus(b);
  }
}
