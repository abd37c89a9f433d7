package org.groundwork.cli;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Price;
import org.groundwork.settlement.abi.Calls;
import org.groundwork.settlement.abi.Contract;
import org.groundwork.settlement.chain.ChainState;
import org.groundwork.settlement.time.Time;
import org.groundwork.settlement.wallet.Transactions;
import org.groundwork.settlement.wallet.Wallet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The price of the token. */
@Command(
    name = "price",
    mixinStandardHelpOptions = true,
    description = "Shows and records the price of the token, in US dollars.",
    subcommands = {PriceCommand.Show.class, PriceCommand.Checkpoint.class, PriceCommand.Post.class},
    footer = {
      "",
      "Examples:",
      "  groundwork price show",
      "  groundwork price checkpoint --account founder",
      "  groundwork price post 1.95 --account founder",
    })
final class PriceCommand {
  private PriceCommand() {}

  static String text(Price price) {
    return new BigDecimal(price.value(), Price.DECIMALS).stripTrailingZeros().toPlainString();
  }

  /** Shows the price. */
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows the low and the high price that count now, and the last attempt.",
      footer = {"", "Example:", "  groundwork price show --json"})
  static final class Show extends ChainAction {
    @Override
    Report run(ChainLink link) throws Exception {
      ChainState state = link.chain().stateNow();
      Calls.PriceAttempt last =
          new Transactions(link.rpc(), Time.system())
              .read(link.deployment().contracts().priceOracle(), new Calls.Oracle.LastAttempt());
      return new Report()
          .put("low", state.priceLow().map(PriceCommand::text).orElse("none yet"))
          .put("high", state.priceHigh().map(PriceCommand::text).orElse("none yet"))
          .put("last_slot", last.attempted() ? last.slot().toString() : "none yet")
          .put("last_doubt", last.doubt());
    }
  }

  /** Records the price. */
  @Command(
      name = "checkpoint",
      mixinStandardHelpOptions = true,
      description = "Records the price of the current slot; only the first call in a slot counts.",
      footer = {"", "Example:", "  groundwork price checkpoint --account founder"})
  static final class Checkpoint extends SpendAction {
    @Override
    Report run(ChainLink link, Wallet wallet) throws Exception {
      return new Report().put("recorded", wallet.checkpointPrice());
    }
  }

  /** Posts a price. */
  @Command(
      name = "post",
      mixinStandardHelpOptions = true,
      description = {
        "Sets the test feeds of a chain on this machine. A posted price belongs to the governor:",
        "\"gov propose post-price\" proposes one.",
      },
      footer = {"", "Example:", "  groundwork price post 1.95 --account founder"})
  static final class Post extends SpendAction {
    @Parameters(paramLabel = "DOLLARS", description = "US dollars a token.")
    private String dollars;

    @Override
    Report run(ChainLink link, Wallet wallet) throws Exception {
      Price price = Arguments.price(dollars);
      List<AccountId> feeds =
          link.deployment().addresses().entrySet().stream()
              .filter(entry -> entry.getKey().startsWith(Contract.TEST_FEED.solidityName()))
              .map(Map.Entry::getValue)
              .sorted()
              .toList();
      if (feeds.isEmpty()) {
        throw new Failure(
            "This deployment has no test feeds; propose it: groundwork gov propose post-price "
                + dollars);
      }
      for (AccountId feed : feeds) {
        wallet.setTestFeed(feed, price.value());
      }
      return new Report().put("price", text(price)).put("feeds", feeds.size());
    }
  }
}
