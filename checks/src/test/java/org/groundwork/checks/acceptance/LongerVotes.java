package org.groundwork.checks.acceptance;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.groundwork.cli.local.LocalNetwork;
import org.groundwork.node.run.Worker;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.Keccak256;
import org.groundwork.settlement.ContractRefusal;
import org.groundwork.settlement.abi.Proposal;
import org.groundwork.settlement.wallet.Ballot;
import org.groundwork.settlement.wallet.Wallet;

/**
 * A holder of many tokens who has votes last for an hour, by a vote: those of a local network last
 * for ten seconds, in which a person may miss them.
 */
final class LongerVotes {
  private static final long SECONDS = 3_600;
  private static final int MISSED = 40;
  private static final TokenAmount TOKENS =
      new TokenAmount(BigInteger.TEN.pow(18 + 8).multiply(BigInteger.valueOf(2)));

  private enum Next {
    PROPOSE,
    VOTE,
    QUEUE,
    EXECUTE,
    NOTHING
  }

  private final Wallet holder;
  private final Proposal.Action action;
  private Next next = Next.PROPOSE;
  private BigInteger number = BigInteger.ZERO;
  private int proposed;
  private int refusals;

  private LongerVotes(LocalNetwork network) throws IOException {
    AccountKey key = network.accounts().account("holder");
    network.fund(key.account(), TOKENS);
    holder = network.wallet(key);
    holder.delegate(key.account());
    byte[] signature = "setVotingPeriod(uint32)".getBytes(StandardCharsets.US_ASCII);
    String selector = Keccak256.hash(signature).toHex().substring(0, 10);
    action =
        new Proposal.Action(
            network.deployment().contracts().governor(),
            BigInteger.ZERO,
            Bytes.fromHex(selector + String.format(Locale.ROOT, "%064x", SECONDS)));
  }

  /** Works on it until it is so; to be started. */
  static Worker worker(LocalNetwork network) throws IOException {
    return new Worker("holder", Duration.ofMillis(500), new LongerVotes(network)::step);
  }

  private boolean step() throws IOException {
    try {
      next = advance();
      refusals = 0;
    } catch (ContractRefusal e) {
      // It is too early; or, on a busy machine, too late for the vote.
      refusals++;
      if (next == Next.VOTE && refusals > MISSED) {
        proposed++;
        next = Next.PROPOSE;
      }
    }
    return false;
  }

  private Proposal proposal() {
    return new Proposal(List.of(action), "Let votes last for an hour, try " + (proposed + 1));
  }

  private Next advance() throws IOException {
    return switch (next) {
      case PROPOSE -> {
        number = holder.propose(proposal());
        yield Next.VOTE;
      }
      case VOTE -> {
        holder.vote(number, Ballot.FOR, "Ten seconds are too short to read.");
        yield Next.QUEUE;
      }
      case QUEUE -> {
        holder.queue(proposal());
        yield Next.EXECUTE;
      }
      case EXECUTE -> {
        holder.execute(proposal());
        yield Next.NOTHING;
      }
      case NOTHING -> Next.NOTHING;
    };
  }
}
