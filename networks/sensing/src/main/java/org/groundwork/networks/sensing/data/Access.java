package org.groundwork.networks.sensing.data;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.groundwork.networks.sensing.wire.Product;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.ScopeDeal;
import org.groundwork.protocol.SigningDomain;

/** Says what a token opens. */
final class Access {
  private static final String BEARER = "Bearer ";

  private final SigningDomain domain;
  private final DeviceId server;
  private final Purchases purchases;
  private final ReadingStore store;
  private final InstantSource clock;

  Access(
      SigningDomain domain,
      DeviceId server,
      Purchases purchases,
      ReadingStore store,
      InstantSource clock) {
    this.domain = domain;
    this.server = server;
    this.purchases = purchases;
    this.store = store;
    this.clock = clock;
  }

  /**
   * What a customer may read.
   *
   * @param expires Unix second
   */
  record Grant(Purchase purchase, long expires) {
    ScopeDeal deal() {
      return purchase.deal();
    }

    /** Refuses what was not bought. */
    Grant to(Product product) throws DataException {
      if (!purchase.product().opens(product)) {
        throw DataError.SCOPE_OTHER_PRODUCT.exception(
            "It is for " + purchase.product().word() + ".");
      }
      return this;
    }

    /**
     * The cells that a request names, or all that were bought.
     *
     * @param text H3 indexes in hexadecimal digits with commas between them; may be empty
     */
    List<Long> cells(String text) throws DataException {
      if (text.isEmpty()) {
        return deal().cells();
      }
      List<Long> cells = new ArrayList<>();
      for (long cell : parse(text)) {
        if (!deal().covers(cell)) {
          throw DataError.SCOPE_NOT_COVERED.exception("Not " + Long.toHexString(cell) + ".");
        }
        cells.add(cell);
      }
      return cells;
    }
  }

  static List<Long> parse(String text) throws DataException {
    String[] parts = text.split(",", -1);
    if (parts.length > ScopeDeal.MAX_CELLS) {
      throw DataError.TOO_LARGE.exception("At most " + ScopeDeal.MAX_CELLS + " cells.");
    }
    List<Long> cells = new ArrayList<>();
    for (String part : parts) {
      if (!part.matches("[0-9a-f]{15}")) {
        throw DataError.MALFORMED.exception("Cells are 15 hexadecimal digits each.");
      }
      cells.add(Long.parseLong(part, 16));
    }
    return cells;
  }

  /**
   * Checks a token.
   *
   * @param header the header {@code Authorization}
   * @param parameter the token itself, from where no header can be set
   */
  Grant grant(Optional<String> header, Optional<String> parameter) throws DataException {
    Optional<String> bearer =
        header.filter(text -> text.startsWith(BEARER)).map(text -> text.substring(BEARER.length()));
    DataToken token;
    try {
      token =
          DataToken.decode(
              bearer.or(() -> parameter).orElseThrow(DataError.TOKEN_MISSING::exception));
    } catch (Malformed e) {
      throw DataError.TOKEN_MALFORMED.exception(e.getMessage() + ".");
    }
    long now = clock.instant().getEpochSecond();
    if (token.expires() <= now) {
      throw DataError.TOKEN_EXPIRED.exception();
    }
    if (token.expires() > now + DataToken.MAX_SECONDS) {
      throw DataError.TOKEN_TOO_LONG.exception();
    }
    Purchase purchase =
        purchases.find(token.deal()).orElseThrow(DataError.SCOPE_UNKNOWN::exception);
    ScopeDeal deal = purchase.deal();
    if (!token.server().equals(server) || !token.isBy(deal.terms().payer(), domain)) {
      throw DataError.TOKEN_WRONG_KEY.exception();
    }
    if (store.unpaid().contains(deal.id())) {
      throw DataError.SCOPE_UNPAID.exception();
    }
    if (purchase.state() == Purchase.State.REJECTED) {
      throw DataError.SCOPE_REJECTED.exception();
    }
    if (purchase.state() == Purchase.State.QUEUED && purchase.first().isEmpty()) {
      throw DataError.SCOPE_QUEUED.exception();
    }
    return new Grant(purchase, token.expires());
  }
}
