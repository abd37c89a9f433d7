package org.groundwork.cli;

import java.io.IOException;
import java.math.BigInteger;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.engine.PostedIndex;
import org.groundwork.engine.audit.ReportWay;
import org.groundwork.node.chain.PlanReader;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.MoneyLeaf;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.settlement.chain.ChainEvent;
import org.groundwork.settlement.chain.ChainState;

/** What the real chain says of a report's way, at the newest final block when it was made. */
final class ChainView implements ReportWay.View {
  private final ChainLink link;
  private final ChainState state;

  ChainView(ChainLink link) throws IOException {
    this.link = link;
    state = link.chain().stateNow();
  }

  @Override
  public SigningDomain domain() {
    return link.deployment().domain();
  }

  @Override
  public EpochSchedule schedule() {
    return link.deployment().schedule();
  }

  @Override
  public long now() {
    return InstantSource.system().instant().getEpochSecond();
  }

  @Override
  public List<PostedIndex> posted(EpochNumber epoch) {
    return state.indexes(epoch).stream()
        .map(committed -> new PostedIndex(committed.gateway(), committed.index()))
        .toList();
  }

  @Override
  public SortedMap<AccountId, BigInteger> weights(EpochNumber epoch) throws IOException {
    SortedMap<AccountId, BigInteger> weights = new TreeMap<>();
    Optional<ChainState> opening = new PlanReader(link.chain()).opening(epoch);
    if (opening.isPresent()) {
      for (var verifier : opening.get().operators(ChainState.VERIFIER)) {
        if (!verifier.weight().isZero()) {
          weights.put(verifier.signer(), verifier.weight().value());
        }
      }
    }
    return weights;
  }

  @Override
  public Optional<ReportWay.Settled> settled(EpochNumber epoch) {
    return state
        .coveringResult(epoch)
        .map(result ->
            new ReportWay.Settled(
                result.epoch(),
                result.resultHash(),
                state
                    .finalisedResult()
                    .filter(last -> last.epoch().compareTo(result.epoch()) >= 0)
                    .isPresent()));
  }

  @Override
  public BigInteger claimed(MoneyLeaf leaf) {
    return state.claims().stream()
        .filter(claim -> claim.kind() == leaf.kind())
        .filter(claim -> claim.network().equals(leaf.network()))
        .filter(claim -> claim.account().toSubject().equals(leaf.subject()))
        .map(ChainEvent.Claimed::cumulative)
        .map(amount -> amount.value())
        .reduce(BigInteger.ZERO, BigInteger::max);
  }
}
