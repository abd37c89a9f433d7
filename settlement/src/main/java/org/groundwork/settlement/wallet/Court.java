package org.groundwork.settlement.wallet;

import java.util.List;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Deal;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Promise;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.PublicKey;
import org.groundwork.settlement.SettlementException;
import org.groundwork.settlement.abi.Calls;
import org.groundwork.settlement.abi.Calls.CourtContract;
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
public final class Court extends CourtView {
  private final Transactions transactions;
  private final AccountKey key;
  private final Wallet wallet;
  private final AccountId token;
  private final AccountId court;

  Court(Transactions transactions, Deployment deployment, AccountKey key, Wallet wallet)
      throws SettlementException {
    super(transactions, deployment);
    this.transactions = transactions;
    this.key = key;
    this.wallet = wallet;
    token = deployment.contracts().token();
    court = address();
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
}
