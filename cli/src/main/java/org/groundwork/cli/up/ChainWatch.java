package org.groundwork.cli.up;

import java.io.IOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.engine.PublishedResult;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.MoneyKind;
import org.groundwork.protocol.MoneyLeaf;
import org.groundwork.settlement.SettlementException;
import org.groundwork.settlement.abi.Calls;
import org.groundwork.settlement.abi.PriceDoubt;
import org.groundwork.settlement.chain.ChainEvent;
import org.groundwork.settlement.chain.ChainState;
import org.groundwork.settlement.time.Time;
import org.groundwork.settlement.wallet.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the chain and the public files say of a machine's deployment and money. */
final class ChainWatch {
  private static final Logger LOG = LoggerFactory.getLogger(ChainWatch.class);

  /** How often the newest final result is read, for what was charged. */
  private static final Duration CHARGES = Duration.ofMinutes(1);

  private final ChainLink link;
  private final Transactions transactions;
  private final Optional<AccountId> customer;
  private final boolean ownProcess;
  private Optional<Vitals.CreditsLeft> credits = Optional.empty();
  private Map<Hash, BigInteger> charged = Map.of();
  private Instant chargesAt = Instant.MIN;

  /**
   * A watch.
   *
   * @param customer whose credits are watched, if anybody's
   * @param ownProcess whether the chain is a child of this process
   */
  ChainWatch(ChainLink link, Optional<AccountId> customer, boolean ownProcess) throws IOException {
    this.link = link;
    this.customer = customer;
    this.ownProcess = ownProcess;
    transactions = new Transactions(link.rpc(), Time.system());
  }

  /** What the chain says; empty if it does not answer. */
  Optional<Vitals.ChainHealth> look(Instant at) {
    try {
      ChainState state = link.chain().stateNow();
      EpochSchedule schedule = link.deployment().schedule();
      long now = schedule.epochAt(Math.max(at.getEpochSecond(), schedule.genesis())).value();
      long settled = epoch(state.latestResult());
      credits = customer.isEmpty() ? Optional.empty() : credits(state, customer.get(), at);
      return Optional.of(
          new Vitals.ChainHealth(
              link.rpc().blockNumber(),
              now,
              settled,
              epoch(state.finalisedResult()),
              Math.max(0, now - 1 - settled),
              doubt()));
    } catch (IOException e) {
      LOG.debug("the chain does not answer: {}", e.getMessage());
      return Optional.empty();
    }
  }

  /** What the customer has left, as of the last look. */
  Optional<Vitals.CreditsLeft> credits() {
    return credits;
  }

  /** The chain's process, if it is one of this program's. */
  Optional<ProcessHandle> process() {
    return ownProcess
        ? ProcessHandle.current()
            .descendants()
            .filter(process -> process.info().command().orElse("").endsWith("/anvil"))
            .findFirst()
            .or(() -> Optional.of(ProcessHandle.current()))
        : Optional.empty();
  }

  private static long epoch(Optional<ChainEvent.ResultAccepted> result) {
    return result.map(accepted -> accepted.epoch().value()).orElse(-1L);
  }

  /** Why credits are not sold; empty if they are. */
  private String doubt() throws IOException {
    Calls.PriceAttempt last =
        transactions.read(
            link.deployment().contracts().priceOracle(), new Calls.Oracle.LastAttempt());
    if (last.attempted() && last.doubt() != PriceDoubt.NONE) {
      return last.doubt().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
    try {
      transactions.read(link.deployment().contracts().priceOracle(), new Calls.Oracle.BuyPrice());
      return "";
    } catch (SettlementException e) {
      if (e.failure() == org.groundwork.settlement.Failure.CONTRACT_REVERTED) {
        return "too old";
      }
      throw e;
    }
  }

  private Optional<Vitals.CreditsLeft> credits(ChainState state, AccountId payer, Instant at)
      throws IOException {
    Credits free =
        transactions
            .read(link.deployment().contracts().credits(), new Calls.CreditsContract.Account(payer))
            .credits();
    if (chargesAt.isBefore(at.minus(CHARGES))) {
      charged = charges(state);
      chargesAt = at;
    }
    BigInteger reserved = BigInteger.ZERO;
    BigInteger spent = BigInteger.ZERO;
    for (ChainEvent.CreditsReserved each : state.reservations()) {
      if (each.payer().equals(payer)) {
        reserved = reserved.add(each.credits().value());
        spent = spent.add(charged.getOrDefault(each.id().hash(), BigInteger.ZERO));
      }
    }
    return Optional.of(new Vitals.CreditsLeft(free, new Credits(reserved), new Credits(spent)));
  }

  /**
   * What each reservation was charged by the newest final result; what was known if nobody says.
   */
  private Map<Hash, BigInteger> charges(ChainState state) {
    Optional<ChainEvent.ResultAccepted> newest = state.finalisedResult();
    if (newest.isEmpty()) {
      return charged;
    }
    try {
      Optional<PublishedResult> result =
          link.publicFiles().result(newest.get().epoch(), newest.get().resultHash());
      if (result.isEmpty()) {
        return charged;
      }
      Map<Hash, BigInteger> found = new TreeMap<>();
      for (MoneyLeaf leaf : result.get().leaves()) {
        if (leaf.kind() == MoneyKind.CHARGE) {
          found.put(leaf.subject(), leaf.cumulative());
        }
      }
      return found;
    } catch (IOException e) {
      LOG.debug("no verifier says what was charged: {}", e.getMessage());
      return charged;
    }
  }
}
