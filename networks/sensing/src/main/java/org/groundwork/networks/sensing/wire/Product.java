package org.groundwork.networks.sensing.wire;

import java.util.Locale;
import org.groundwork.protocol.Malformed;

/** What a customer buys of a cell. Numbers are signed and on chain; products are only added. */
public enum Product {
  /** All readings: the newest, the history and the stream. What deals without a product are for. */
  ALL(0),
  /** The newest reading of each station. */
  LATEST(1),
  /** The readings that a result has judged. */
  HISTORY(2),
  /** Readings as they come. */
  STREAM(3);

  private final int number;

  Product(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  /** The word for it in files and requests. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether whoever bought this may have that. */
  public boolean opens(Product other) {
    return this == ALL || this == other;
  }

  public static Product of(int number) throws Malformed {
    for (Product product : values()) {
      if (product.number == number) {
        return product;
      }
    }
    throw new Malformed("product " + number);
  }

  public static Product of(String word) throws Malformed {
    for (Product product : values()) {
      if (product.word().equals(word)) {
        return product;
      }
    }
    throw new Malformed("no product " + word);
  }
}
