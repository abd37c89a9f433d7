package org.groundwork.networks.sensing.definition;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.networks.sensing.wire.Product;
import org.groundwork.protocol.Credits;

/** The section {@code [products]}: what customers pay for one cell and epoch. */
final class ProductsReading {
  static final List<String> KEYS = List.of("price_per_cell_epoch", "latest", "history", "stream");

  private static final int MAX_BITS = 128;

  private final Section section;

  ProductsReading(Section section) {
    this.section = section;
  }

  /**
   * What the section says.
   *
   * @param all products together
   * @param alone those that are sold alone
   */
  record Prices(Credits all, SortedMap<Product, Credits> alone) {}

  Optional<Prices> read() {
    section.only(KEYS);
    if (!section.has("price_per_cell_epoch")) {
      section.missing("price_per_cell_epoch", fix("price_per_cell_epoch"));
    }
    Optional<Credits> all = price("price_per_cell_epoch");
    TreeMap<Product, Credits> alone = new TreeMap<>();
    for (Product product : Product.values()) {
      Optional<Credits> price = product == Product.ALL ? Optional.empty() : price(product.word());
      if (price.isPresent() && all.isPresent() && price.get().compareTo(all.get()) > 0) {
        section.wrong(
            product.word(),
            "costs more than all products together",
            "Take at most the price_per_cell_epoch.");
      }
      price.ifPresent(credits -> alone.put(product, credits));
    }
    return section.isFaulty() ? Optional.empty() : all.map(price -> new Prices(price, alone));
  }

  private Optional<Credits> price(String key) {
    if (!section.has(key)) {
      return Optional.empty();
    }
    Optional<BigInteger> price =
        section
            .number(key, fix(key))
            .flatMap(dollars -> Texts.scaled(dollars, Credits.DECIMALS))
            .filter(credits -> credits.signum() >= 0 && credits.bitLength() <= MAX_BITS);
    if (price.isEmpty()) {
      section.wrong(key, "is no price in dollars", fix(key));
    }
    return price.map(Credits::new);
  }

  private static String fix(String key) {
    return "Write dollars in quotes: " + key + " = \"0.001\".";
  }
}
