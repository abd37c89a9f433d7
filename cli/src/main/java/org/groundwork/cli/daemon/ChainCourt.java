package org.groundwork.cli.daemon;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.groundwork.networks.storage.provider.CourtFeed;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.settlement.SettlementException;
import org.groundwork.settlement.abi.Calls;
import org.groundwork.settlement.abi.Contract;
import org.groundwork.settlement.rpc.JsonRpc;
import org.groundwork.settlement.time.Time;
import org.groundwork.settlement.wallet.Court;
import org.groundwork.settlement.wallet.CourtView;
import org.groundwork.settlement.wallet.Transactions;
import org.groundwork.settlement.wallet.Wallet;

/** The court of a deployment, for an account that pays for transactions or for none. */
final class ChainCourt implements CourtFeed {
  private final JsonRpc rpc;
  private final CourtView view;
  private final Optional<Court> court;

  private ChainCourt(JsonRpc rpc, CourtView view, Optional<Court> court) {
    this.rpc = rpc;
    this.view = view;
    this.court = court;
  }

  /** The court; empty if the deployment has none. */
  static Optional<ChainCourt> of(ChainLink link, Optional<AccountKey> account)
      throws SettlementException {
    if (link.deployment().contracts().find(Contract.POSSESSION_COURT).isEmpty()) {
      return Optional.empty();
    }
    Transactions transactions = new Transactions(link.rpc(), Time.system());
    if (account.isEmpty()) {
      CourtView view = new CourtView(transactions, link.deployment());
      return Optional.of(new ChainCourt(link.rpc(), view, Optional.empty()));
    }
    Court court = new Wallet(transactions, link.deployment(), account.get()).court();
    return Optional.of(new ChainCourt(link.rpc(), court, Optional.of(court)));
  }

  @Override
  public long count() throws IOException {
    return view.count();
  }

  @Override
  public List<Summons> summonses(long from, long to) throws IOException {
    long head = rpc.blockNumber();
    List<Calls.Summons> found = view.summonses(from, to);
    List<Summons> shown = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      Calls.Summons summons = found.get(i);
      if (summons.state() != 0) {
        shown.add(shown(from + i, summons, head));
      }
    }
    return shown;
  }

  private static Summons shown(long id, Calls.Summons summons, long head) {
    State state =
        switch (summons.state()) {
          case CourtView.WAITING -> head > summons.drawBlock() ? State.DRAWABLE : State.WAITING;
          case CourtView.DRAWN -> State.DRAWN;
          case CourtView.ANSWERED -> State.ANSWERED;
          case CourtView.FAULT -> State.FAULT;
          case CourtView.DISMISSED -> State.DISMISSED;
          default -> State.LAPSED;
        };
    return new Summons(
        id,
        new DeviceId(summons.device()),
        summons.deal(),
        state,
        summons.root(),
        summons.height(),
        summons.seed(),
        Instant.ofEpochSecond(summons.deadline()));
  }

  @Override
  public int challenges() throws IOException {
    return view.terms().challenges();
  }

  @Override
  public boolean canAct() {
    return court.isPresent();
  }

  @Override
  public void draw(long id) throws IOException {
    acting().draw(id);
  }

  @Override
  public void answer(long id, List<Bytes> proofs) throws IOException {
    acting().answer(id, proofs);
  }

  @Override
  public void dismiss(long id, Bytes signature) throws IOException {
    acting().dismiss(id, signature);
  }

  private Court acting() throws IOException {
    return court.orElseThrow(() -> new IOException("no account pays for transactions"));
  }
}
