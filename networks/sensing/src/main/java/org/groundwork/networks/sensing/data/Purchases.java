package org.groundwork.networks.sensing.data;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.groundwork.agent.ChainFeed;
import org.groundwork.agent.Outbox;
import org.groundwork.agent.OutboxFull;
import org.groundwork.networks.sensing.wire.Product;
import org.groundwork.networks.sensing.wire.SensingDefinition;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.ProductDeal;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.ReportBody;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.ScopeDeal;
import org.groundwork.protocol.ScopeTerms;
import org.groundwork.protocol.SignedScopeDeal;
import org.groundwork.rules.Reservation;
import org.groundwork.rules.kit.H3;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scope deals that a server took and reports. A deal is taken when its reservation bears its
 * cap beside those of the other deals on it, and its cap bears all that it may charge: then no
 * epoch is sold that is not paid. What is more than the rules look at in an epoch waits; what a
 * result rejects is reported again, and then given up.
 */
final class Purchases implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Purchases.class);

  /** The longest deal, in epochs, and how far ahead one may begin. */
  static final long MAX_EPOCHS = 10_000;

  private static final int MAX_DEALS = 100_000;

  /**
   * The rules look at 32 purchases of one device in an epoch; a report may come in the next one.
   */
  static final int MAX_IN_EPOCH = 30;

  /** Purchases that wait; four epochs' worth. */
  static final int MAX_WAITING = 4 * MAX_IN_EPOCH;

  /** So often a purchase is reported. */
  static final int MAX_ATTEMPTS = 3;

  /** The type of a report that carries a deal for all products. */
  static final int REPORT_TYPE = 0x02;

  /** The type of a report that carries a deal for one product. */
  static final int PRODUCT_TYPE = 0x05;

  /** Takes reports; durable when it returns. */
  interface Reports {
    void submit(Bytes payload) throws IOException, OutboxFull;

    static Reports to(Outbox outbox) {
      return payload -> {
        var _ = outbox.submit(payload, Outbox.Lifetime.PROMISED);
      };
    }
  }

  private final SensingDefinition definition;
  private final NetworkId network;
  private final ChainFeed chain;
  private final Reports reports;
  private final InstantSource clock;
  private final PurchaseBook book;

  Purchases(
      Path folder,
      SensingDefinition definition,
      NetworkId network,
      ChainFeed chain,
      Reports reports,
      InstantSource clock)
      throws IOException {
    this.definition = definition;
    this.network = network;
    this.chain = chain;
    this.reports = reports;
    this.clock = clock;
    book = new PurchaseBook(folder);
  }

  /** Does not wait for a deal that is being taken. */
  Optional<Purchase> find(Hash deal) {
    return book.find(deal);
  }

  static SignedScopeDeal decode(Bytes encoded) throws Malformed {
    CanonicalReader in = new CanonicalReader(encoded);
    SignedScopeDeal deal = SignedScopeDeal.read(in);
    in.end();
    return deal;
  }

  static ProductDeal decodeProduct(Bytes encoded) throws Malformed {
    CanonicalReader in = new CanonicalReader(encoded);
    ProductDeal deal = ProductDeal.read(in);
    in.end();
    return deal;
  }

  /** Takes a deal for all products, unless it was taken before. */
  Purchase take(SignedScopeDeal signed) throws IOException, DataException {
    if (!signed.isGenuine(chain.domain())) {
      throw DataError.SCOPE_WRONG_KEY.exception();
    }
    return take(signed, Product.ALL);
  }

  /** Takes a deal for one product, unless it was taken before. */
  Purchase take(ProductDeal signed) throws IOException, DataException {
    if (!signed.isGenuine(chain.domain())) {
      throw DataError.SCOPE_WRONG_KEY.exception();
    }
    try {
      return take(
          new SignedScopeDeal(signed.deal(), signed.signature()), Product.of(signed.product()));
    } catch (Malformed e) {
      throw DataError.SCOPE_OTHER_PRODUCT.exception("There is no such product.");
    }
  }

  private synchronized Purchase take(SignedScopeDeal signed, Product product)
      throws IOException, DataException {
    ScopeDeal deal = signed.deal();
    Optional<Purchase> known = book.find(deal.id());
    if (known.isPresent() && known.get().product() != product) {
      throw DataError.SCOPE_OTHER_PRODUCT.exception();
    }
    if (known.isPresent()) {
      return known.get();
    }
    check(deal, product);
    long waiting = waiting().count();
    if (waiting >= MAX_WAITING || book.all().size() >= MAX_DEALS) {
      throw DataError.BUSY.exception(
          "It reports %d purchases an epoch, and %d wait.".formatted(MAX_IN_EPOCH, waiting));
    }
    book.take(signed, product);
    report();
    return book.find(deal.id()).orElseThrow();
  }

  private Stream<Purchase> waiting() {
    return book.all().stream()
        .filter(each -> each.state() == Purchase.State.QUEUED)
        .sorted(Comparator.comparingLong(Purchase::number));
  }

  /** Reports what waits, as much as the rules look at in an epoch. */
  synchronized void report() throws IOException {
    EpochNumber now = epochNow();
    long room =
        MAX_IN_EPOCH
            - book.all().stream()
                .filter(each -> each.sent().filter(now::equals).isPresent())
                .count();
    List<Purchase> next = waiting().filter(each -> !isOver(each, now)).toList();
    for (Purchase purchase : next.subList(0, Math.clamp(room, 0, next.size()))) {
      try {
        // A crash behind it reports the purchase twice, which the rules take as once.
        reports.submit(payload(purchase));
      } catch (OutboxFull e) {
        return;
      }
      book.reported(purchase, now);
    }
  }

  private static boolean isOver(Purchase purchase, EpochNumber now) {
    return purchase.deal().terms().lastEpoch().compareTo(now) < 0;
  }

  private Bytes payload(Purchase purchase) {
    SignedScopeDeal signed = book.signed(purchase);
    CanonicalWriter out = new CanonicalWriter();
    if (purchase.product() == Product.ALL) {
      signed.write(out.u8(REPORT_TYPE));
    } else {
      int product = purchase.product().number();
      new ProductDeal(signed.deal(), product, signed.signature()).write(out.u8(PRODUCT_TYPE));
    }
    return out.toBytes();
  }

  /**
   * Hears which reports a result accepted. A purchase that is not among them an epoch after it was
   * reported was rejected, or lost.
   */
  synchronized void judged(EpochNumber result, List<Report> accepted) throws IOException {
    Set<Hash> deals = new HashSet<>();
    accepted.forEach(report -> dealOf(report).ifPresent(deals::add));
    for (Purchase purchase : List.copyOf(book.all())) {
      boolean isOpen = purchase.state() == Purchase.State.REPORTED;
      if (deals.contains(purchase.deal().id())) {
        if (purchase.state() != Purchase.State.ACCEPTED) {
          book.now(purchase, Purchase.State.ACCEPTED);
        }
      } else if (isOpen && purchase.sent().orElseThrow().compareTo(result) < 0) {
        boolean again = purchase.attempts() < MAX_ATTEMPTS;
        book.now(purchase, again ? Purchase.State.QUEUED : Purchase.State.REJECTED);
        LOG.warn(
            "A result does not have purchase {}: it is {}",
            purchase.deal().id(),
            again ? "reported again" : "given up");
      }
    }
  }

  private static Optional<Hash> dealOf(Report report) {
    try {
      ReportBody body = report.parse();
      Bytes content = body.payload().slice(1, body.payload().size());
      return switch (body.type()) {
        case REPORT_TYPE -> Optional.of(decode(content).deal().id());
        case PRODUCT_TYPE -> Optional.of(decodeProduct(content).deal().id());
        default -> Optional.empty();
      };
    } catch (Malformed e) {
      return Optional.empty();
    }
  }

  private void check(ScopeDeal deal, Product product) throws IOException, DataException {
    ScopeTerms terms = deal.terms();
    if (!terms.network().equals(network)) {
      throw DataError.SCOPE_WRONG_NETWORK.exception("Here it is " + network + ".");
    }
    for (long cell : deal.cells()) {
      if (!H3.isCell(cell) || H3.resolution(cell) != definition.cellResolution()) {
        throw DataError.SCOPE_WRONG_CELLS.exception(
            "Cell "
                + Long.toHexString(cell)
                + " is not of resolution "
                + definition.cellResolution()
                + ".");
      }
    }
    long now = epochNow().value();
    long epochs = terms.lastEpoch().value() - terms.firstEpoch().value() + 1;
    if (terms.lastEpoch().value() < now
        || terms.firstEpoch().value() > now + MAX_EPOCHS
        || epochs > MAX_EPOCHS) {
      throw DataError.SCOPE_WRONG_EPOCHS.exception("It is epoch " + now + ".");
    }
    Optional<Credits> price = definition.price(product);
    if (price.isEmpty()) {
      throw DataError.SCOPE_OTHER_PRODUCT.exception(product.word() + " is not sold alone here.");
    }
    if (terms.rate().compareTo(price.get()) < 0) {
      throw DataError.SCOPE_PRICE.exception();
    }
    BigInteger most =
        terms
            .rate()
            .value()
            .multiply(BigInteger.valueOf(deal.cells().size()))
            .multiply(BigInteger.valueOf(epochs));
    if (terms.cap().value().compareTo(most) < 0) {
      throw DataError.SCOPE_CAP.exception();
    }
    check(terms);
  }

  private void check(ScopeTerms terms) throws IOException, DataException {
    Reservation reservation =
        chain.reservation(terms.reservation()).orElseThrow(DataError.NO_RESERVATION::exception);
    if (!reservation.payer().equals(terms.payer())
        || !reservation.network().equals(network)
        || !reservation.seller().equals(terms.pool())) {
      throw DataError.RESERVATION_MISMATCH.exception();
    }
    if (reservation.lastEpoch().compareTo(terms.lastEpoch()) < 0) {
      throw DataError.RESERVATION_OVER.exception();
    }
    BigInteger caps = capsOn(terms.reservation()).add(terms.cap().value());
    if (reservation.credits().value().compareTo(caps) < 0) {
      throw DataError.RESERVATION_SMALL.exception();
    }
  }

  private BigInteger capsOn(ReservationId reservation) {
    return book.all().stream()
        .filter(each -> each.state() != Purchase.State.REJECTED)
        .map(each -> each.deal().terms())
        .filter(terms -> terms.reservation().equals(reservation))
        .map(terms -> terms.cap().value())
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  private EpochNumber epochNow() {
    return chain.schedule().epochAt(clock.instant().getEpochSecond());
  }

  @Override
  public synchronized void close() throws IOException {
    book.close();
  }
}
