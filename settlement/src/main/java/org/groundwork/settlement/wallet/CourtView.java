package org.groundwork.settlement.wallet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.settlement.Failure;
import org.groundwork.settlement.SettlementException;
import org.groundwork.settlement.abi.Calls;
import org.groundwork.settlement.abi.Calls.CourtContract;
import org.groundwork.settlement.abi.Contract;
import org.groundwork.settlement.deploy.Deployment;

/** What anybody may read of the court for possession proofs (docs/decisions/court.md). */
public sealed class CourtView permits Court {
  /** The states of a summons. */
  public static final int WAITING = 1;

  public static final int DRAWN = 2;
  public static final int ANSWERED = 3;
  public static final int FAULT = 4;
  public static final int DISMISSED = 5;
  public static final int LAPSED = 6;

  private final Transactions transactions;
  private final AccountId court;

  /**
   * The court of a deployment.
   *
   * @throws SettlementException if it has none
   */
  public CourtView(Transactions transactions, Deployment deployment) throws SettlementException {
    this.transactions = transactions;
    court =
        deployment
            .contracts()
            .find(Contract.POSSESSION_COURT)
            .orElseThrow(() ->
                new SettlementException(
                    Failure.PARAMETERS_REFUSED,
                    "This deployment has no court for possession proofs."));
  }

  final AccountId address() {
    return court;
  }

  /** A summons; empty if there is none of this number. */
  public final Optional<Calls.Summons> summons(long id) throws SettlementException {
    Calls.Summons found = transactions.read(court, new CourtContract.SummonsOf(id));
    return found.state() == 0 ? Optional.empty() : Optional.of(found);
  }

  /**
   * The summonses of these numbers, in one request.
   *
   * @param from the first, at least 1
   * @param to the one after the last, at most one more than there are
   */
  public final List<Calls.Summons> summonses(long from, long to) throws SettlementException {
    List<CourtContract.SummonsOf> calls = new ArrayList<>();
    for (long id = from; id < to; id++) {
      calls.add(new CourtContract.SummonsOf(id));
    }
    return transactions.readAll(court, calls);
  }

  /** The newest summons about a deal; 0 if there is none. */
  public final long newest(Hash deal) throws SettlementException {
    return transactions.read(court, new CourtContract.NewestOf(deal));
  }

  /** How many summonses there are; they are numbered from 1. */
  public final long count() throws SettlementException {
    return transactions.read(court, new CourtContract.SummonsCount());
  }

  /** What the court recorded of a device. */
  public final Calls.CourtRecord record(DeviceId device) throws SettlementException {
    return transactions.read(court, new CourtContract.RecordOf(device));
  }

  /** What is recorded about a slot; zeros if nothing is. */
  public final Calls.SlotClearing clearing(DeviceId device, SlotNumber slot, Hash holding)
      throws SettlementException {
    return transactions.read(court, new CourtContract.Clearing(device, slot, holding));
  }

  /** The block of a slot; zero if nobody recorded it. */
  public final Hash slotBlock(SlotNumber slot) throws SettlementException {
    return transactions.read(court, new CourtContract.SlotBlock(slot));
  }

  public final Calls.CourtTerms terms() throws SettlementException {
    return transactions.read(court, new CourtContract.Terms());
  }
}
