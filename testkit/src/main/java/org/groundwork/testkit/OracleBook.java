package org.groundwork.testkit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Two feeds and the checkpoints of what they said. Prices have 8 decimals. */
final class OracleBook {
  private static final BigInteger MAX_PRICE = BigInteger.ONE.shiftLeft(96).subtract(BigInteger.ONE);
  private static final BigInteger MAX_ANSWER =
      BigInteger.ONE.shiftLeft(191).subtract(BigInteger.ONE);
  private static final BigInteger BPS = BigInteger.valueOf(10_000);

  /** As {@code IPriceOracle.Doubt}, in its order. */
  private enum Doubt {
    NONE(0),
    UNREADABLE(1),
    NOT_POSITIVE(2),
    STALE(3),
    APART(4);

    final long number;

    Doubt(long number) {
      this.number = number;
    }
  }

  private record Feed(int decimals, BigInteger answer, long updatedAt) {}

  private record Checkpoint(long slot, BigInteger low, BigInteger high) {}

  private record Reading(Doubt doubt, BigInteger low, BigInteger high) {
    static Reading doubted(Doubt doubt) {
      return new Reading(doubt, BigInteger.ZERO, BigInteger.ZERO);
    }
  }

  private final Ledger ledger;
  private final Parameters.Prices parameters;
  private final Feed[] feeds;
  private List<Checkpoint> kept;
  private boolean attempted;
  private long attemptSlot;
  private Doubt doubt;

  OracleBook(Ledger ledger) {
    this.ledger = ledger;
    parameters = ledger.parameters.prices();
    feeds = new Feed[2];
    for (int i = 0; i < feeds.length; i++) {
      feeds[i] =
          new Feed(
              parameters.decimals().get(i),
              parameters.answers().get(i),
              parameters.updatedAt().get(i));
    }
    kept = List.of();
    doubt = Doubt.NONE;
  }

  OracleBook(Ledger ledger, OracleBook from) {
    this.ledger = ledger;
    parameters = from.parameters;
    feeds = from.feeds.clone();
    kept = from.kept;
    attempted = from.attempted;
    attemptSlot = from.attemptSlot;
    doubt = from.doubt;
  }

  void apply(Command.Feed command) {
    switch (command) {
      case Command.Feed.SetAt c -> {
        ledger.requireOwner();
        int feed = c.contract().equals("TestFeedA") ? 0 : 1;
        feeds[feed] = new Feed(feeds[feed].decimals(), c.answer(), c.updatedAt());
      }
    }
  }

  void apply(Command.Oracle command) {
    switch (command) {
      case Command.Oracle.Checkpoint _ -> checkpoint();
    }
  }

  /** The first call of a slot counts, later ones change nothing. */
  private void checkpoint() {
    long slot = ledger.clock.slotAt(ledger.now);
    if (attempted && attemptSlot == slot) {
      return;
    }
    Reading reading = read();
    attempted = true;
    attemptSlot = slot;
    doubt = reading.doubt();
    if (doubt != Doubt.NONE) {
      ledger.emit("PriceDoubted", slot, doubt.number);
      return;
    }
    List<Checkpoint> more = new ArrayList<>(kept);
    more.add(new Checkpoint(slot, reading.low(), reading.high()));
    kept = List.copyOf(more.subList(Math.max(0, more.size() - parameters.history()), more.size()));
    ledger.emit("PriceCheckpointed", slot, reading.low(), reading.high());
  }

  /** A doubt about one feed comes before any about the two together. */
  private Reading read() {
    for (Feed feed : feeds) {
      Doubt alone = doubtOf(feed);
      if (alone != Doubt.NONE) {
        return Reading.doubted(alone);
      }
    }
    BigInteger low = Collections.min(List.of(price(feeds[0], false), price(feeds[1], false)));
    BigInteger high = Collections.max(List.of(price(feeds[0], true), price(feeds[1], true)));
    if (low.signum() == 0) {
      return Reading.doubted(Doubt.NOT_POSITIVE);
    }
    if (high.compareTo(MAX_PRICE) > 0) {
      return Reading.doubted(Doubt.UNREADABLE);
    }
    BigInteger apart = high.subtract(low).multiply(BPS);
    BigInteger allowed = low.multiply(BigInteger.valueOf(parameters.maxDeviationBps()));
    return apart.compareTo(allowed) > 0
        ? Reading.doubted(Doubt.APART)
        : new Reading(Doubt.NONE, low, high);
  }

  private Doubt doubtOf(Feed feed) {
    if (feed.answer().compareTo(MAX_ANSWER) > 0) {
      return Doubt.UNREADABLE;
    }
    if (feed.answer().signum() <= 0) {
      return Doubt.NOT_POSITIVE;
    }
    boolean fresh =
        feed.updatedAt() <= ledger.now && ledger.now - feed.updatedAt() <= parameters.maxAge();
    return fresh ? Doubt.NONE : Doubt.STALE;
  }

  private static BigInteger price(Feed feed, boolean up) {
    BigInteger unit = BigInteger.TEN.pow(feed.decimals());
    BigInteger[] parts = feed.answer().multiply(BigInteger.TEN.pow(8)).divideAndRemainder(unit);
    return up && parts[1].signum() > 0 ? parts[0].add(BigInteger.ONE) : parts[0];
  }

  /** Whether there is no recent valid checkpoint, or the last attempt was doubtful. */
  boolean isDormant() {
    return kept.isEmpty()
        || doubt != Doubt.NONE
        || ledger.clock.slotAt(ledger.now) - attemptSlot > parameters.maxQuietSlots();
  }

  /** The lowest recent price, at which credits are sold. */
  BigInteger buyPrice() {
    Refusal.unless(!isDormant(), "PriceDormant");
    return kept.stream().map(Checkpoint::low).min(BigInteger::compareTo).orElseThrow();
  }

  void addViews(List<View> views) {
    views.add(
        View.of("PriceOracle", "lastAttempt", List.of(), attempted, attemptSlot, doubt.number));
    views.add(
        View.of(
            "PriceOracle",
            "checkpoints",
            List.of(),
            kept.stream().map(c -> List.<Object>of(c.slot(), c.low(), c.high())).toList()));
    try {
      views.add(View.of("PriceOracle", "buyPrice", List.of(), buyPrice()));
    } catch (Refusal refusal) {
      views.add(View.refused("PriceOracle", "buyPrice", List.of(), refusal.error()));
    }
    views.add(
        kept.isEmpty()
            ? View.refused("PriceOracle", "priceHigh", List.of(), "NoPrice")
            : View.of(
                "PriceOracle",
                "priceHigh",
                List.of(),
                kept.stream().map(Checkpoint::high).max(BigInteger::compareTo).orElseThrow()));
  }
}
