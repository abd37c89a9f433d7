package org.groundwork.networks.sensing.data;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.groundwork.agent.ChainFeed;
import org.groundwork.agent.DurableLog;
import org.groundwork.agent.Outbox;
import org.groundwork.agent.OutboxFull;
import org.groundwork.networks.sensing.wire.SensingDefinition;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.ScopeDeal;
import org.groundwork.protocol.ScopeTerms;
import org.groundwork.protocol.SignedScopeDeal;
import org.groundwork.rules.Reservation;
import org.groundwork.rules.kit.H3;

/**
 * The scope deals that a server took and reported. A deal is taken when its reservation bears its
 * cap beside those of the other deals on it, and its cap bears all that it may charge: then no
 * epoch is sold that is not paid.
 */
final class Purchases implements AutoCloseable {
  /** The longest deal, in epochs, and how far ahead one may begin. */
  static final long MAX_EPOCHS = 10_000;

  private static final int MAX_DEALS = 100_000;

  /** The rules look at 32 purchases of one device in an epoch; some are sent a second time. */
  static final int MAX_IN_EPOCH = 30;

  /** The type of a report that carries a deal. */
  static final int REPORT_TYPE = 0x02;

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
  private final DurableLog log;
  private final Map<Hash, ScopeDeal> deals = new ConcurrentSkipListMap<>();
  private EpochNumber epoch = EpochNumber.FIRST;
  private int inEpoch;

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
    DurableLog.Opened opened = DurableLog.open(folder.resolve("purchases.log"));
    log = opened.log();
    for (Bytes record : opened.records()) {
      try {
        ScopeDeal deal = decode(record).deal();
        deals.put(deal.id(), deal);
      } catch (Malformed e) {
        throw new IOException("the log of purchases is damaged", e);
      }
    }
  }

  /** Does not wait for a deal that is being taken. */
  Optional<ScopeDeal> find(Hash deal) {
    return Optional.ofNullable(deals.get(deal));
  }

  static SignedScopeDeal decode(Bytes encoded) throws Malformed {
    CanonicalReader in = new CanonicalReader(encoded);
    SignedScopeDeal deal = SignedScopeDeal.read(in);
    in.end();
    return deal;
  }

  /** Takes a deal, unless it was taken before, and reports it. */
  synchronized ScopeDeal take(SignedScopeDeal signed) throws IOException, DataException {
    ScopeDeal deal = signed.deal();
    if (!signed.isGenuine(chain.domain())) {
      throw DataError.SCOPE_WRONG_KEY.exception();
    }
    if (deals.containsKey(deal.id())) {
      return deal;
    }
    check(deal);
    count();
    CanonicalWriter encoded = new CanonicalWriter();
    signed.write(encoded);
    try {
      // Reported first: a crash between the two makes the customer ask again, and costs nothing.
      reports.submit(new CanonicalWriter().u8(REPORT_TYPE).raw(encoded.toBytes()).toBytes());
    } catch (OutboxFull e) {
      throw DataError.BUSY.exception();
    }
    log.append(encoded.toBytes());
    log.force();
    deals.put(deal.id(), deal);
    return deal;
  }

  private void count() throws DataException {
    EpochNumber now = epochNow();
    inEpoch = now.equals(epoch) ? inEpoch + 1 : 1;
    epoch = now;
    if (inEpoch > MAX_IN_EPOCH || deals.size() >= MAX_DEALS) {
      throw DataError.BUSY.exception("It takes " + MAX_IN_EPOCH + " purchases an epoch.");
    }
  }

  private void check(ScopeDeal deal) throws IOException, DataException {
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
    if (terms.rate().compareTo(definition.pricePerCellEpoch()) < 0) {
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
    return deals.values().stream()
        .map(ScopeDeal::terms)
        .filter(terms -> terms.reservation().equals(reservation))
        .map(terms -> terms.cap().value())
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  private EpochNumber epochNow() {
    return chain.schedule().epochAt(clock.instant().getEpochSecond());
  }

  @Override
  public synchronized void close() throws IOException {
    log.close();
  }
}
