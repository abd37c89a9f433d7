package org.groundwork.settlement.wallet;

import java.util.List;
import java.util.Optional;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Deal;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Promise;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.PublicKey;
import org.groundwork.settlement.Failure;
import org.groundwork.settlement.SettlementException;
import org.groundwork.settlement.abi.Calls;
import org.groundwork.settlement.abi.Calls.CourtContract;
import org.groundwork.settlement.abi.Contract;
import org.groundwork.settlement.abi.ContractCall;
import org.groundwork.settlement.abi.ContractEvent;
import org.groundwork.settlement.deploy.Deployment;
import org.groundwork.settlement.rpc.JsonRpc;
import org.groundwork.settlement.rpc.Receipt;

/**
 * The court for possession proofs (docs/decisions/court.md), for one account. Each method that
 * changes something returns when its transaction is in a block, and throws {@link
 * org.groundwork.settlement.ContractRefusal} where the contract says no.
 */
public final class Court {
  /** The states of a summons. */
  public static final int WAITING = 1;

  public static final int DRAWN = 2;
  public static final int ANSWERED = 3;
  public static final int FAULT = 4;
  public static final int DISMISSED = 5;
  public static final int LAPSED = 6;

  private final Transactions transactions;
  private final AccountKey key;
  private final Wallet wallet;
  private final AccountId token;
  private final AccountId court;

  Court(Transactions transactions, Deployment deployment, AccountKey key, Wallet wallet)
      throws SettlementException {
    this.transactions = transactions;
    this.key = key;
    this.wallet = wallet;
    token = deployment.contracts().token();
    court =
        deployment
            .contracts()
            .find(Contract.POSSESSION_COURT)
            .orElseThrow(() ->
                new SettlementException(
                    Failure.PARAMETERS_REFUSED,
                    "This deployment has no court for possession proofs."));
  }

  /**
   * Demands, as the payer of a deal, that the device which took it shows its piece; returns the
   * number of the summons. Takes the bond.
   *
   * @param accepted the device's report that opened the deal, in its binary form
   * @param device the key that signed it
   */
  public long summon(Report accepted, PublicKey device) throws SettlementException {
    ContractCall<TokenAmount> allowance = new Calls.Token.Allowance(key.account(), court);
    TokenAmount bond = terms().bond();
    if (transactions.read(token, allowance).compareTo(bond) < 0) {
      transactions.send(key, token, new Calls.Token.Approve(court, bond));
    }
    Receipt receipt =
        transactions.send(
            key,
            court,
            new CourtContract.Summon(
                accepted.body(), device.type(), device.bytes(), accepted.signature()));
    return wallet.event(receipt, ContractEvent.Summoned.class).id();
  }

  /** Draws the leaves of a summons when its block is there. */
  public void draw(long id) throws SettlementException {
    transactions.send(key, court, new CourtContract.Draw(id));
  }

  /** Shows the leaves of a summons, each as {@code PieceProof} encodes it. */
  public void answer(long id, List<Bytes> proofs) throws SettlementException {
    transactions.send(key, court, new CourtContract.Answer(id, proofs));
  }

  /** Ends a summons for a deal that its payer ended, by his signature. */
  public void dismiss(long id, Bytes signature) throws SettlementException {
    transactions.send(key, court, new CourtContract.Dismiss(id, signature));
  }

  /** Records that a summons was not answered in time. */
  public void showFault(long id) throws SettlementException {
    transactions.send(key, court, new CourtContract.ShowFault(id));
  }

  /** Keeps the device's present key, so that what it signed counts after the key was replaced. */
  public void noteKey(DeviceId device) throws SettlementException {
    transactions.send(key, court, new CourtContract.NoteKey(device));
  }

  /**
   * Keeps the block that makes a slot's seeds, while the chain knows its hash.
   *
   * @param first number of the first block at or after the slot's start
   */
  public void recordSlot(JsonRpc rpc, SlotNumber slot, long first) throws SettlementException {
    transactions.send(
        key,
        court,
        new CourtContract.RecordSlot(slot, rpc.rawHeader(first - 1), rpc.rawHeader(first)));
  }

  /**
   * Records that a device answered a slot.
   *
   * @param promise of a gateway for the report
   * @param body of the report
   * @param deals of the holding, in its order
   */
  public void clear(Promise promise, Bytes body, List<Deal> deals) throws SettlementException {
    Calls.GatewayPromise given =
        new Calls.GatewayPromise(
            promise.slot(),
            promise.report(),
            promise.index(),
            promise.size(),
            promise.path(),
            promise.signature());
    List<Bytes> encoded =
        deals.stream()
            .map(deal -> {
              CanonicalWriter out = new CanonicalWriter();
              deal.write(out);
              return out.toBytes();
            })
            .toList();
    transactions.send(key, court, new CourtContract.Clear(promise.gateway(), given, body, encoded));
  }

  /** A summons; empty if there is none of this number. */
  public Optional<Calls.Summons> summons(long id) throws SettlementException {
    Calls.Summons found = transactions.read(court, new CourtContract.SummonsOf(id));
    return found.state() == 0 ? Optional.empty() : Optional.of(found);
  }

  /** The newest summons about a deal; 0 if there is none. */
  public long newest(Hash deal) throws SettlementException {
    return transactions.read(court, new CourtContract.NewestOf(deal));
  }

  /** How many summonses there are; they are numbered from 1. */
  public long count() throws SettlementException {
    return transactions.read(court, new CourtContract.SummonsCount());
  }

  /** What the court recorded of a device. */
  public Calls.CourtRecord record(DeviceId device) throws SettlementException {
    return transactions.read(court, new CourtContract.RecordOf(device));
  }

  /** What is recorded about a slot; zeros if nothing is. */
  public Calls.SlotClearing clearing(DeviceId device, SlotNumber slot, Hash holding)
      throws SettlementException {
    return transactions.read(court, new CourtContract.Clearing(device, slot, holding));
  }

  /** The block of a slot; zero if nobody recorded it. */
  public Hash slotBlock(SlotNumber slot) throws SettlementException {
    return transactions.read(court, new CourtContract.SlotBlock(slot));
  }

  public Calls.CourtTerms terms() throws SettlementException {
    return transactions.read(court, new CourtContract.Terms());
  }
}
