package org.groundwork.networks.sensing.data;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.groundwork.agent.DurableLog;
import org.groundwork.networks.sensing.wire.Product;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.SignedScopeDeal;

/**
 * What a server keeps of its purchases: {@code purchases.log} has the deals with their signatures,
 * {@code purchase-events.log} what became of each. Of deals that a version before took there are no
 * events: they were for all products, and reported. Reading does not wait for writing.
 */
final class PurchaseBook implements AutoCloseable {
  private static final int TAKEN = 1;
  private static final int REPORTED = 2;
  private static final int ACCEPTED = 3;
  private static final int QUEUED = 4;
  private static final int REJECTED = 5;

  private final DurableLog deals;
  private final DurableLog events;
  private final Map<Hash, Purchase> purchases = new ConcurrentSkipListMap<>();
  private final Map<Hash, SignedScopeDeal> signed = new ConcurrentSkipListMap<>();

  PurchaseBook(Path folder) throws IOException {
    DurableLog.Opened kept = DurableLog.open(folder.resolve("purchases.log"));
    DurableLog.Opened happened = DurableLog.open(folder.resolve("purchase-events.log"));
    deals = kept.log();
    events = happened.log();
    try {
      Map<Hash, Product> products = new TreeMap<>();
      for (Bytes event : happened.records()) {
        CanonicalReader in = new CanonicalReader(event);
        if (in.u8() == TAKEN) {
          products.put(in.hash(), Product.of(in.u8()));
        }
      }
      for (Bytes record : kept.records()) {
        SignedScopeDeal deal = Purchases.decode(record);
        Hash id = deal.deal().id();
        Product product = products.getOrDefault(id, Product.ALL);
        Purchase taken = Purchase.taken(purchases.size(), deal.deal(), product);
        boolean isOld = !products.containsKey(id);
        purchases.put(id, isOld ? taken.now(Purchase.State.ACCEPTED) : taken);
        signed.put(id, deal);
      }
      for (Bytes event : happened.records()) {
        replay(new CanonicalReader(event));
      }
    } catch (Malformed e) {
      throw new IOException("the log of purchases is damaged", e);
    }
  }

  private void replay(CanonicalReader in) throws Malformed {
    int event = in.u8();
    Hash id = in.hash();
    EpochNumber epoch = event == REPORTED ? new EpochNumber(in.count()) : EpochNumber.FIRST;
    purchases.computeIfPresent(
        id,
        (_, purchase) ->
            switch (event) {
              case REPORTED -> purchase.reported(epoch);
              case ACCEPTED -> purchase.now(Purchase.State.ACCEPTED);
              case QUEUED -> purchase.now(Purchase.State.QUEUED);
              case REJECTED -> purchase.now(Purchase.State.REJECTED);
              default -> purchase;
            });
  }

  Optional<Purchase> find(Hash deal) {
    return Optional.ofNullable(purchases.get(deal));
  }

  Collection<Purchase> all() {
    return Collections.unmodifiableCollection(purchases.values());
  }

  SignedScopeDeal signed(Purchase purchase) {
    SignedScopeDeal deal = signed.get(purchase.deal().id());
    if (deal == null) {
      throw new IllegalArgumentException("no purchase " + purchase.deal().id());
    }
    return deal;
  }

  /** Keeps a purchase; it is durable when this returns, and waits to be reported. */
  Purchase take(SignedScopeDeal deal, Product product) throws IOException {
    Hash id = deal.deal().id();
    events.append(event(TAKEN, id).u8(product.number()).toBytes());
    events.force();
    CanonicalWriter encoded = new CanonicalWriter();
    deal.write(encoded);
    deals.append(encoded.toBytes());
    deals.force();
    Purchase taken = Purchase.taken(purchases.size(), deal.deal(), product);
    signed.put(id, deal);
    purchases.put(id, taken);
    return taken;
  }

  Purchase reported(Purchase purchase, EpochNumber epoch) throws IOException {
    Hash id = purchase.deal().id();
    return note(event(REPORTED, id).u64(epoch.value()).toBytes(), id, purchase.reported(epoch));
  }

  Purchase now(Purchase purchase, Purchase.State state) throws IOException {
    int event =
        switch (state) {
          case QUEUED -> QUEUED;
          case REPORTED -> throw new IllegalArgumentException("reported in some epoch");
          case ACCEPTED -> ACCEPTED;
          case REJECTED -> REJECTED;
        };
    Hash id = purchase.deal().id();
    return note(event(event, id).toBytes(), id, purchase.now(state));
  }

  private Purchase note(Bytes event, Hash id, Purchase next) throws IOException {
    events.append(event);
    events.force();
    purchases.put(id, next);
    return next;
  }

  private static CanonicalWriter event(int event, Hash id) {
    return new CanonicalWriter().u8(event).hash(id);
  }

  @Override
  public void close() throws IOException {
    deals.close();
    events.close();
  }
}
