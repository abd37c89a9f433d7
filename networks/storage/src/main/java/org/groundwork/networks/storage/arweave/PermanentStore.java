package org.groundwork.networks.storage.arweave;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.groundwork.networks.storage.s3.NamedObjects;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes signed items, keeps each as one object of the network under its id, and finds them again.
 * Safe for many threads.
 */
public final class PermanentStore implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PermanentStore.class);
  private static final String TYPE = "application/octet-stream";
  private static final String RELEASED_TO = "released-to";

  private final NamedObjects objects;
  private final PermanentSettings settings;
  private final Surroundings surroundings;
  private final InstantSource clock;
  private final ItemIndex index;
  private final Path keyFile;
  private Optional<ReceiptKey> key = Optional.empty();
  private final Unbundling unbundling;

  /** What uploads in progress will cost their owners. */
  private final Map<Hash, Credits> held = new HashMap<>();

  /**
   * Opens the store.
   *
   * @param folder where the index and the receipts' key are
   */
  public PermanentStore(
      Path folder,
      NamedObjects objects,
      PermanentSettings settings,
      Surroundings surroundings,
      InstantSource clock)
      throws IOException {
    this.objects = objects;
    this.settings = settings;
    this.surroundings = surroundings;
    this.clock = clock;
    index = ItemIndex.open(folder.resolve("items.mv"));
    keyFile = folder.resolve("receipt-key.p8");
    unbundling = new Unbundling();
    objects.makeBucket(settings.bucket());
  }

  PermanentSettings settings() {
    return settings;
  }

  ItemIndex index() {
    return index;
  }

  /** Read, or made, when it is first asked for: making one takes seconds. */
  synchronized ReceiptKey key() throws IOException {
    if (key.isEmpty()) {
      key = Optional.of(ReceiptKey.open(keyFile));
    }
    return key.get();
  }

  Optional<ItemRecord> find(Hash id) throws IOException {
    return index.find(id);
  }

  Receipt receipt(ItemRecord item) throws IOException {
    return Receipt.sign(key(), item);
  }

  /** What an item of so many bytes costs at today's price. */
  Credits quote(long bytes) throws IOException {
    return bytes <= settings.freeBytes()
        ? Credits.ZERO
        : settings.endowment().price(bytes, surroundings.price());
  }

  /** What an owner may still spend. */
  synchronized Credits free(Hash address) {
    Credits balance = index.balance(address);
    return balance.minus(balance.min(held.getOrDefault(address, Credits.ZERO)));
  }

  /**
   * Takes an item. When this returns, it is durable at the providers, paid and found.
   *
   * @param size of the whole item
   * @throws ItemRejected if it is not taken; nothing is kept
   */
  ItemRecord accept(InputStream in, long size) throws IOException {
    if (size > settings.maxItemBytes()) {
      throw new ItemRejected(
          413, "The item has " + size + " bytes; " + settings.maxItemBytes() + " are the most.");
    }
    ItemHeader header = header(in, size);
    Optional<ItemRecord> known = index.find(header.id());
    if (known.isPresent()) {
      // The same upload again, after an answer that got lost: it is not paid twice.
      in.skipNBytes(size - header.size());
      return known.get();
    }
    Hash owner = header.address();
    Credits price = quote(size);
    hold(owner, price);
    try {
      store(header, in, size);
      List<ItemIndex.Numbered> added = new ArrayList<>();
      long slot = surroundings.slot();
      long now = clock.millis();
      added.add(sequence ->
          new ItemRecord(sequence, slot, now, header.id(), 0, size, Hash.ZERO, price, header));
      unbundle(header, size, slot, now, added);
      synchronized (this) {
        index.add(added, owner, price);
      }
    } finally {
      unhold(owner, price);
    }
    return index.find(header.id()).orElseThrow();
  }

  private static ItemHeader header(InputStream in, long size) throws IOException {
    try {
      ItemHeader header = ItemHeader.read(in, size);
      if (header.type() == SignatureType.MULTI_APTOS) {
        throw new ItemRejected(400, "Signatures of type 6 are not verified here.");
      }
      return header;
    } catch (Malformed e) {
      throw new ItemRejected(400, "This is no data item: " + e.getMessage());
    }
  }

  private synchronized void hold(Hash owner, Credits price) throws ItemRejected {
    Credits free = free(owner);
    if (free.compareTo(price) < 0) {
      throw new ItemRejected(
          402, "The item costs " + price + ", and the balance of its owner is " + free + ".");
    }
    held.merge(owner, price, Credits::plus);
  }

  private synchronized void unhold(Hash owner, Credits price) {
    held.computeIfPresent(owner, (_, all) -> all.equals(price) ? null : all.minus(price));
  }

  private void store(ItemHeader header, InputStream in, long size) throws IOException {
    String name = Base64Url.encode(header.id());
    try {
      objects.putNew(settings.bucket(), name, TYPE, new SignedStream(header, in, size), size);
    } catch (IOException e) {
      // Stored before, and not indexed: whoever stored it died in between.
      if (e instanceof ItemRejected || !isStored(name, size)) {
        throw e;
      }
      LOG.info("item {} was stored already", name);
    }
  }

  private boolean isStored(String name, long size) throws IOException {
    Optional<NamedObjects.Reading> open = objects.open(settings.bucket(), name);
    if (open.isEmpty()) {
      return false;
    }
    try (NamedObjects.Reading reading = open.get()) {
      return reading.entry().size() == size;
    }
  }

  private void unbundle(
      ItemHeader header, long size, long slot, long now, List<ItemIndex.Numbered> added)
      throws IOException {
    if (!BundleTable.isBundle(header)) {
      return;
    }
    try (NamedObjects.Reading reading = open(header.id())) {
      for (Unbundling.Found found : unbundling.run(reading, header, size)) {
        added.add(sequence ->
            new ItemRecord(
                sequence,
                slot,
                now,
                header.id(),
                found.offset(),
                found.size(),
                found.parent(),
                Credits.ZERO,
                found.header()));
      }
    }
  }

  private NamedObjects.Reading open(Hash object) throws IOException {
    return objects
        .open(settings.bucket(), Base64Url.encode(object))
        .orElseThrow(
            () -> new IOException("the object of item " + Base64Url.encode(object) + " is gone"));
  }

  /** Writes a part of an item's data. */
  void read(ItemRecord item, long from, long length, OutputStream out) throws IOException {
    try (NamedObjects.Reading reading = open(item.object())) {
      reading.read(item.dataOffset() + from, length, out);
    }
  }

  /** Writes the whole item as its owner signed it. */
  void readItem(ItemRecord item, OutputStream out) throws IOException {
    try (NamedObjects.Reading reading = open(item.object())) {
      reading.read(item.offset(), item.size(), out);
    }
  }

  /** Data in memory. */
  byte[] data(ItemRecord item, int most) throws IOException {
    if (item.dataSize() > most) {
      throw new IOException("item of " + item.dataSize() + " bytes");
    }
    try (NamedObjects.Reading reading = open(item.object())) {
      return reading.read(item.dataOffset(), (int) item.dataSize());
    }
  }

  /** Adds to an owner's balance what the operator was paid outside. */
  synchronized void credit(Hash address, Credits credits) {
    index.credit(address, credits);
  }

  /**
   * Takes from the fund what the slots since the last call cost.
   *
   * @return what was taken so far and not yet set aside for providers
   */
  public synchronized Credits release() throws IOException {
    long now = surroundings.slot();
    long last = index.number(RELEASED_TO, now);
    ItemIndex.Book book = index.book();
    if (now > last && book.items() > 0) {
      index.release(
          settings.endowment().cost(book.bytes(), book.items(), surroundings.price(), now - last));
    }
    index.setNumber(RELEASED_TO, Math.max(now, last));
    return index.unpaid();
  }

  /** Notes what was set aside for providers. */
  public void paid(Credits credits) {
    index.pay(credits);
  }

  /**
   * The endowment as it is.
   *
   * @param price of a GiB and slot today
   * @param yearly what a year costs at this price
   */
  record Statement(
      ItemIndex.Book book,
      Credits price,
      Credits yearly,
      Endowment.Span flat,
      Endowment.Span falling) {}

  Statement statement() throws IOException {
    ItemIndex.Book book = index.book();
    Credits price = surroundings.price();
    Endowment endowment = settings.endowment();
    return new Statement(
        book,
        price,
        endowment.cost(book.bytes(), book.items(), price, endowment.slotsPerYear()),
        endowment.lasts(book.fund(), book.bytes(), book.items(), price, 0),
        endowment.lasts(
            book.fund(), book.bytes(), book.items(), price, endowment.declineBasisPoints()));
  }

  @Override
  public void close() {
    index.close();
  }
}
