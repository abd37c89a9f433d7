package org.groundwork.cli;

import java.util.List;
import java.util.Optional;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.MoneyKind;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.settlement.abi.Calls;
import org.groundwork.settlement.chain.ChainEvent;
import org.groundwork.settlement.time.Time;
import org.groundwork.settlement.wallet.Transactions;
import org.groundwork.settlement.wallet.Wallet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Credits and reservations. */
@Command(
    name = "credits",
    mixinStandardHelpOptions = true,
    description = "Buys credits by burning tokens, and sets them aside for sellers.",
    subcommands = {
      CreditsCommand.Buy.class,
      CreditsCommand.Reserve.class,
      CreditsCommand.Release.class,
      CreditsCommand.Show.class
    },
    footer = {
      "",
      "Examples:",
      "  groundwork credits buy 100 --account customer",
      "  groundwork credits reserve 50 --seller 0x.. --last-epoch 700 --account customer",
      "  groundwork credits show --account customer --json",
    })
final class CreditsCommand {
  /** Buys credits. */
  @Command(
      name = "buy",
      mixinStandardHelpOptions = true,
      description = "Burns tokens for credits, for this or another account.",
      footer = {"", "Example:", "  groundwork credits buy 100 --min 190 --account customer"})
  static final class Buy extends SpendAction {
    private static final long STABLE_SECONDS = 600;

    @Parameters(paramLabel = "TOKENS", description = "What is burned; of the stablecoin, if any.")
    private String amount;

    @Option(names = "--min", paramLabel = "CREDITS", description = "Least credits, in dollars.")
    private String least = "0";

    @Option(names = "--for", paramLabel = "ADDRESS", description = "Who gets the credits.")
    private Optional<String> buyer;

    @Option(
        names = "--stable",
        paramLabel = "ADDRESS",
        description = "Pays with a stablecoin; AMOUNT is then in its smallest unit.")
    private Optional<String> stable;

    @Option(names = "--min-tokens", paramLabel = "TOKENS", description = "Least tokens bought.")
    private String leastTokens = "0";

    @Override
    Report run(ChainLink link, Wallet wallet) throws Exception {
      Credits min = Amounts.credits(least);
      AccountId owner = buyer.map(Arguments::account).orElse(wallet.account());
      if (stable.isPresent() && buyer.isPresent()) {
        throw new Failure("--stable buys for the account itself; leave --for away.");
      }
      Credits bought;
      if (stable.isPresent()) {
        bought =
            wallet.buyCreditsWithStable(
                Arguments.account(stable.get()),
                Arguments.number(amount),
                Amounts.tokens(leastTokens),
                min,
                Time.system().instant().getEpochSecond() + STABLE_SECONDS);
      } else {
        TokenAmount tokens = Amounts.tokens(amount);
        bought =
            buyer.isPresent()
                ? wallet.buyCreditsFor(owner, tokens, min)
                : wallet.buyCredits(tokens, min);
      }
      return new Report().put("buyer", owner).put("credits", bought);
    }
  }

  /** Sets credits aside. */
  @Command(
      name = "reserve",
      mixinStandardHelpOptions = true,
      description = "Sets credits aside for one seller up to and including an epoch.",
      footer = {
        "",
        "Example:",
        "  groundwork credits reserve 50 --seller 0x.. --last-epoch 700 --account customer"
      })
  static final class Reserve extends SpendAction {
    @Parameters(paramLabel = "CREDITS", description = "How much, in dollars.")
    private String amount;

    @Option(names = "--seller", required = true, description = "Who may be paid from it.")
    private String seller;

    @Option(names = "--network", defaultValue = "1", description = "Network (default: 1).")
    private int networkId;

    @Option(
        names = "--last-epoch",
        required = true,
        paramLabel = "EPOCH",
        description = "The last epoch whose evidence counts.")
    private long lastEpoch;

    @Override
    Report run(ChainLink link, Wallet wallet) throws Exception {
      ReservationId id =
          wallet.reserve(
              new NetworkId(networkId),
              Arguments.account(seller),
              Amounts.credits(amount),
              new EpochNumber(lastEpoch));
      return new Report().put("reservation", id.hash());
    }
  }

  /** Returns the rest. */
  @Command(
      name = "release",
      mixinStandardHelpOptions = true,
      description = {
        "Returns what is unspent of a reservation to its payer, once the result of its last epoch",
        "is final.",
      },
      footer = {"", "Example:", "  groundwork credits release 0x.. --account customer"})
  static final class Release extends SpendAction {
    @Parameters(paramLabel = "RESERVATION", description = "Its id.")
    private String id;

    @Override
    Report run(ChainLink link, Wallet wallet) throws Exception {
      ReservationId reservation = Arguments.reservation(id);
      ChainEvent.CreditsReserved reserved =
          link.chain()
              .stateNow()
              .reservation(reservation)
              .orElseThrow(
                  () -> new Failure("There is no reservation " + id + ", or it was released."));
      try (PublicLedger ledger = new PublicLedger(link)) {
        var leaf =
            ledger
                .leaf(MoneyKind.CHARGE, reserved.network(), reservation.hash())
                .orElseThrow(
                    () -> new Failure("The last final result does not know this reservation yet."));
        Credits charged = new Credits(leaf.leaf().cumulative());
        wallet.release(reservation, charged, leaf.proof());
        return new Report()
            .put("reservation", reservation.hash())
            .put("charged", charged)
            .put("returned", new Credits(reserved.credits().value().subtract(charged.value())));
      }
    }
  }

  /** Shows credits. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows an account's credits and reservations.",
      footer = {"", "Example:", "  groundwork credits show --account customer"})
  static final class Show extends ChainAction {
    @Mixin private AccountOptions account;

    @Parameters(paramLabel = "ADDRESS", arity = "0..1", description = "The payer.")
    private Optional<String> address;

    @Override
    Report run(ChainLink link) throws Exception {
      AccountId payer =
          address.isPresent()
              ? Arguments.account(address.get())
              : account.key(network().folder()).account();
      List<Report> reservations =
          link.chain().stateNow().reservations().stream()
              .filter(reserved -> reserved.payer().equals(payer))
              .map(reserved ->
                  new Report()
                      .put("id", reserved.id().hash())
                      .put("network", reserved.network().value())
                      .put("seller", reserved.seller())
                      .put("credits", reserved.credits())
                      .put("last_epoch", reserved.lastEpoch().value()))
              .toList();
      return new Report()
          .put("payer", payer)
          .put(
              "free_credits",
              new Transactions(link.rpc(), Time.system())
                  .read(
                      link.deployment().contracts().credits(),
                      new Calls.CreditsContract.Account(payer))
                  .credits())
          .rows("reservations", reservations);
    }
  }
}
