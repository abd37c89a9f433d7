package org.groundwork.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.cli.daemon.DataDaemon;
import org.groundwork.networks.sensing.customer.DataClient;
import org.groundwork.networks.sensing.customer.DataRefusal;
import org.groundwork.networks.sensing.customer.Offer;
import org.groundwork.networks.sensing.customer.Places;
import org.groundwork.networks.sensing.customer.ScopeOrder;
import org.groundwork.networks.sensing.wire.Product;
import org.groundwork.networks.sensing.wire.SensingDefinition;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.NetworkPool;
import org.groundwork.protocol.ProductDeal;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.SignedScopeDeal;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.settlement.abi.Calls;
import org.groundwork.settlement.time.Time;
import org.groundwork.settlement.wallet.Transactions;
import org.groundwork.settlement.wallet.Wallet;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Buys the data of cells for some epochs. */
@Command(
    name = "buy",
    mixinStandardHelpOptions = true,
    description = {
      "Buys the data of cells: sets credits aside on chain and signs one deal for all stations",
      "there. A cell costs its price in each epoch in which it has data, nothing otherwise."
    },
    footer = {
      "",
      "Examples:",
      "  groundwork data buy --network air-quality --cells 871f1d489ffffff --epochs 24 --account customer",
      "  groundwork data buy --network 2 --around 52.52,13.40 --rings 2 --epochs 24 --dollars 5"
          + " --account customer",
    })
final class DataBuyCommand extends ChainAction {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  @Mixin private AccountOptions account;

  @Option(
      names = "--network",
      required = true,
      description = "Number or name of the sensing network.")
  private String networkName;

  @ArgGroup(multiplicity = "1")
  private Where where = new Where();

  /** Which cells. */
  static final class Where {
    @Option(names = "--cells", split = ",", description = "H3 cells, with commas between them.")
    private List<String> cells = List.of();

    @Option(names = "--around", paramLabel = "LAT,LON", description = "A place, in degrees.")
    private Optional<String> around = Optional.empty();
  }

  @Option(
      names = "--rings",
      defaultValue = "1",
      description = "With --around: rings of cells around the place's own (default: 1).")
  private int rings;

  @Option(names = "--epochs", required = true, description = "How many, from this one on.")
  private long epochs;

  @Option(
      names = "--product",
      paramLabel = "WORD",
      defaultValue = "all",
      description =
          "all, or one alone if it is sold alone: latest, history, stream (default: all).")
  private String productWord;

  @Option(names = "--dollars", description = "The most to spend; buys nothing that can cost more.")
  private Optional<String> dollars;

  @Option(
      names = "--server",
      paramLabel = "URL",
      description =
          "Data server (default: any of the" + " network's devices that has an address on chain).")
  private Optional<URI> server;

  @Option(
      names = "--purchase",
      paramLabel = "FILE",
      description =
          "Where to note the purchase" + " (default: purchase.json in the network's folder).")
  private Optional<Path> purchase;

  @Option(
      names = "--reservation",
      description = "Uses a reservation for the network's pool that was made before.")
  private Optional<String> reserved;

  @Option(names = "--dry-run", description = "Says what it would cost; sends nothing.")
  private boolean dryRun;

  @Override
  Report run(ChainLink link) throws Exception {
    NetworkId network = NetworkNames.find(link.chain().stateNow(), networkName).id();
    SensingDefinition definition = DataDaemon.definition(link, network);
    Product product = product();
    List<Long> cells = cells(definition);
    try (DataClient client = new DataClient(serverOf(link, network))) {
      Offer offer = client.offer();
      requireSame(link, network, offer);
      Map<Long, Long> stations = client.devices(cells);
      EpochNumber now =
          link.deployment().schedule().epochAt(Time.system().instant().getEpochSecond());
      ScopeOrder order = order(network, price(definition, product), cells, now);
      requireWithin(order.cost());
      Report report =
          new Report()
              .put("cells", cells.size())
              .put("stations", stations.values().stream().mapToLong(Long::longValue).sum())
              .put("product", product.word())
              .put("price_per_cell_epoch", order.rate())
              .put("first_epoch", order.first().value())
              .put("last_epoch", order.last().value())
              .put("costs_at_most", order.cost());
      if (dryRun) {
        return report.put("dry_run", true);
      }
      return buy(link, client, offer, order, product, report);
    } catch (DataRefusal e) {
      throw new Failure("The data server refuses: " + e.getMessage() + " (" + e.code() + ")", e);
    }
  }

  private Report buy(
      ChainLink link,
      DataClient client,
      Offer offer,
      ScopeOrder order,
      Product product,
      Report report)
      throws IOException, InterruptedException {
    AccountKey payer = account.key(network().folder());
    ReservationId reservation =
        reserved.isPresent() ? Arguments.reservation(reserved.get()) : reserve(link, payer, order);
    byte[] nonce = new byte[Hash.SIZE];
    new SecureRandom().nextBytes(nonce);
    SigningDomain domain = link.deployment().domain();
    Hash id;
    String state;
    try {
      if (product == Product.ALL) {
        SignedScopeDeal deal = order.sign(domain, reservation, Hash.wrap(nonce), payer);
        id = deal.deal().id();
        state = handOver(() -> client.buy(deal));
      } else {
        ProductDeal deal = order.sign(domain, reservation, Hash.wrap(nonce), payer, product);
        id = deal.deal().id();
        state = handOver(() -> client.buy(deal));
      }
    } catch (DataRefusal e) {
      throw new Failure(
          "The data server refuses: %s (%s) The credits stay reserved: --reservation %s uses them."
              .formatted(e.getMessage(), e.code(), reservation),
          e);
    }
    PurchaseFile bought = new PurchaseFile(client.base(), offer.server(), id);
    Path file = purchase.orElseGet(() -> PurchaseFile.last(network().folder()));
    bought.write(file);
    return report
        .put("reservation", reservation.hash())
        .put("deal", id)
        .put("state", state)
        .put("server", client.base())
        .put("purchase", file);
  }

  private static ReservationId reserve(ChainLink link, AccountKey payer, ScopeOrder order)
      throws IOException {
    Transactions transactions = new Transactions(link.rpc(), Time.system());
    requireCredits(link, transactions, payer, order.cost());
    return new Wallet(transactions, link.deployment(), payer)
        .reserve(
            order.network(),
            NetworkPool.of(link.deployment().domain().deployment(), order.network()),
            order.cost(),
            order.last());
  }

  /** The server sees a reservation once the chain cannot take it back. */
  private static String handOver(Handing deal) throws IOException, InterruptedException {
    long end = Time.system().millis() + PATIENCE.toMillis();
    while (true) {
      try {
        return deal.buy();
      } catch (DataRefusal e) {
        if (!e.code().equals("reservation.unknown") || Time.system().millis() > end) {
          throw e;
        }
        Time.system().pause(PAUSE);
      }
    }
  }

  /** Hands a deal over and says where it stands. */
  private interface Handing {
    String buy() throws IOException;
  }

  private Product product() {
    try {
      return Product.of(productWord);
    } catch (Malformed e) {
      throw new Failure("Products are all, latest, history and stream.", e);
    }
  }

  private static Credits price(SensingDefinition definition, Product product) {
    return definition
        .price(product)
        .orElseThrow(() -> new Failure("This network does not sell " + product.word() + " alone."));
  }

  private List<Long> cells(SensingDefinition definition) throws IOException {
    try {
      if (where.around.isEmpty()) {
        List<Long> cells = new ArrayList<>();
        for (String cell : where.cells) {
          cells.add(Long.parseLong(cell, 16));
        }
        return cells;
      }
      String[] place = where.around.get().split(",", -1);
      if (place.length == 2) {
        return Places.around(
            Double.parseDouble(place[0]),
            Double.parseDouble(place[1]),
            definition.cellResolution(),
            rings);
      }
    } catch (NumberFormatException e) {
      // Said below.
    } catch (IllegalArgumentException e) {
      throw new Failure("That is " + e.getMessage() + ".", e);
    }
    throw new Failure(
        where.around.isPresent()
            ? "Write a place as latitude and longitude, like 52.52,13.40."
            : "Write cells as 15 hexadecimal digits each, like 871f1d489ffffff.");
  }

  private ScopeOrder order(NetworkId network, Credits price, List<Long> cells, EpochNumber now) {
    if (epochs < 1) {
      throw new Failure("Buy at least one epoch.");
    }
    try {
      EpochNumber last = new EpochNumber(Math.addExact(now.value(), epochs - 1));
      return new ScopeOrder(network, cells, price, now, last);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new Failure("That cannot be bought: " + e.getMessage() + ".", e);
    }
  }

  private void requireWithin(Credits cost) {
    if (dollars.isPresent() && cost.compareTo(Amounts.credits(dollars.get())) > 0) {
      throw new Failure(
          "It can cost $%s, more than $%s: buy fewer cells or epochs."
              .formatted(Amounts.show(cost), dollars.get()));
    }
  }

  private static void requireSame(ChainLink link, NetworkId network, Offer offer) {
    if (!offer.deployment().equals(link.deployment().domain().deployment().toString())
        || !offer.network().equals(network)) {
      throw new Failure("The data server sells another network, or one of another chain.");
    }
  }

  private static void requireCredits(
      ChainLink link, Transactions transactions, AccountKey payer, Credits cost)
      throws IOException {
    Credits free =
        transactions
            .read(
                link.deployment().contracts().credits(),
                new Calls.CreditsContract.Account(payer.account()))
            .credits();
    if (free.compareTo(cost) < 0) {
      throw new Failure(
          "The account has $%s of credits and needs $%s; \"groundwork credits buy\" gets more."
              .formatted(Amounts.show(free), Amounts.show(cost)));
    }
  }

  private URI serverOf(ChainLink link, NetworkId network) throws IOException {
    if (server.isPresent()) {
      return server.get();
    }
    return link.feed().devices(network).stream()
        .map(listed -> listed.endpoint())
        .filter(endpoint -> endpoint.startsWith("http://") || endpoint.startsWith("https://"))
        .map(URI::create)
        .findFirst()
        .orElseThrow(() ->
            new Failure("No device of the network has an address on chain; name a --server."));
  }
}
