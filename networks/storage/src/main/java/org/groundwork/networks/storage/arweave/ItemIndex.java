package org.groundwork.networks.storage.arweave;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.type.ByteArrayDataType;

/**
 * What items are found by, and the book of who paid what. A change that returned is on the disk.
 * Safe for many threads.
 */
final class ItemIndex implements AutoCloseable {
  private static final byte[] FUND = key("fund");
  private static final byte[] SPENT = key("spent");
  private static final byte[] PAID = key("paid");
  private static final byte[] BYTES = key("bytes");
  private static final byte[] ITEMS = key("items");

  private final MVStore store;
  private final MVMap<byte[], byte[]> items;
  private final MVMap<byte[], byte[]> order;
  private final MVMap<byte[], byte[]> tags;
  private final MVMap<byte[], byte[]> owners;
  private final MVMap<byte[], byte[]> targets;
  private final MVMap<byte[], byte[]> accounts;
  private final MVMap<byte[], byte[]> book;

  private ItemIndex(MVStore store) {
    this.store = store;
    items = map("items");
    order = map("order");
    tags = map("tags");
    owners = map("owners");
    targets = map("targets");
    accounts = map("accounts");
    book = map("book");
  }

  static ItemIndex open(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    return new ItemIndex(
        new MVStore.Builder()
            .fileName(file.toAbsolutePath().toString())
            .autoCommitDisabled()
            .open());
  }

  private MVMap<byte[], byte[]> map(String name) {
    return store.openMap(
        name,
        new MVMap.Builder<byte[], byte[]>()
            .keyType(ByteArrayDataType.INSTANCE)
            .valueType(ByteArrayDataType.INSTANCE));
  }

  private void commit() {
    store.commit();
    store.sync();
  }

  Optional<ItemRecord> find(Hash id) throws IOException {
    byte[] value = items.get(id.bytes().unsafeArray());
    if (value == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(ItemRecord.decode(value));
    } catch (Malformed e) {
      throw new IOException("The index of items is damaged", e);
    }
  }

  long nextSequence() {
    byte[] last = order.lastKey();
    return last == null ? 1 : ByteBuffer.wrap(last).getLong() + 1;
  }

  /** Makes a record of the sequence that it is given. */
  interface Numbered {
    ItemRecord at(long sequence);
  }

  /**
   * Adds an uploaded item with what lies in it, and moves its price from the owner's balance to the
   * fund, in one step. What is known already stays as it is.
   */
  synchronized void add(List<Numbered> added, Hash payer, Credits price) throws IOException {
    long size = 0;
    long count = 0;
    for (Numbered numbered : added) {
      ItemRecord item = numbered.at(nextSequence());
      byte[] id = item.id().bytes().unsafeArray();
      if (items.putIfAbsent(id, item.encode()) != null) {
        continue;
      }
      byte[] at = number(item.sequence());
      order.put(at, id);
      owners.put(join(item.header().address().toArray(), at), id);
      if (!item.header().target().isEmpty()) {
        targets.put(join(item.header().target().toArray(), at), id);
      }
      for (Tag tag : item.header().tags()) {
        tags.put(join(ItemRecord.tagKey(tag.name(), tag.value()), at), id);
      }
      if (!item.inBundle()) {
        size += item.size();
        count++;
      }
    }
    if (!price.isZero()) {
      put(accounts, payer.bytes().unsafeArray(), balance(payer).value().subtract(price.value()));
      put(book, FUND, get(book, FUND).add(price.value()));
    }
    put(book, BYTES, get(book, BYTES).add(BigInteger.valueOf(size)));
    put(book, ITEMS, get(book, ITEMS).add(BigInteger.valueOf(count)));
    commit();
  }

  Credits balance(Hash address) {
    return new Credits(get(accounts, address.bytes().unsafeArray()));
  }

  /** Adds to a balance what the operator received for it. */
  synchronized void credit(Hash address, Credits credits) {
    put(accounts, address.bytes().unsafeArray(), balance(address).value().add(credits.value()));
    commit();
  }

  /**
   * The endowment.
   *
   * @param fund what is left of all that was paid
   * @param spent what was released for paying providers
   * @param bytes of the items that were uploaded
   */
  record Book(Credits fund, Credits spent, long bytes, long items) {}

  Book book() {
    return new Book(
        new Credits(get(book, FUND)),
        new Credits(get(book, SPENT)),
        get(book, BYTES).longValueExact(),
        get(book, ITEMS).longValueExact());
  }

  /** Takes from the fund what is due, or what is left of it. */
  synchronized void release(Credits due) {
    Credits fund = new Credits(get(book, FUND));
    Credits released = due.min(fund);
    put(book, FUND, fund.minus(released).value());
    put(book, SPENT, get(book, SPENT).add(released.value()));
    commit();
  }

  /** What was released and not paid. */
  Credits unpaid() {
    return new Credits(get(book, SPENT).subtract(get(book, PAID)));
  }

  synchronized void pay(Credits credits) {
    put(book, PAID, get(book, PAID).add(credits.value()));
    commit();
  }

  long number(String name, long otherwise) {
    byte[] value = book.get(key(name));
    return value == null ? otherwise : new BigInteger(value).longValueExact();
  }

  synchronized void setNumber(String name, long value) {
    put(book, key(name), BigInteger.valueOf(value));
    commit();
  }

  /** Ids in the order of acceptance. */
  Iterator<Hash> all(long after, boolean descending) {
    return ids(order, new byte[0], after, descending);
  }

  Iterator<Hash> byTag(String name, String value, long after, boolean descending) {
    return ids(tags, ItemRecord.tagKey(name, value), after, descending);
  }

  Iterator<Hash> byOwner(Hash address, long after, boolean descending) {
    return ids(owners, address.toArray(), after, descending);
  }

  Iterator<Hash> byTarget(Hash target, long after, boolean descending) {
    return ids(targets, target.toArray(), after, descending);
  }

  /**
   * Ids under a prefix.
   *
   * @param after a sequence: only later ones, or earlier ones if descending; 0 for all
   */
  private static Iterator<Hash> ids(
      MVMap<byte[], byte[]> map, byte[] prefix, long after, boolean descending) {
    long first = descending ? (after == 0 ? Long.MAX_VALUE : after - 1) : after + 1;
    Cursor<byte[], byte[]> cursor =
        map.cursor(
            join(prefix, number(first)),
            join(prefix, number(descending ? 0 : Long.MAX_VALUE)),
            descending);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return cursor.hasNext();
      }

      @Override
      public Hash next() {
        if (!cursor.hasNext()) {
          throw new NoSuchElementException();
        }
        cursor.next();
        return Hash.wrap(cursor.getValue());
      }
    };
  }

  private static BigInteger get(MVMap<byte[], byte[]> map, byte[] key) {
    byte[] value = map.get(key);
    return value == null ? BigInteger.ZERO : new BigInteger(value);
  }

  private static void put(MVMap<byte[], byte[]> map, byte[] key, BigInteger value) {
    map.put(key, value.toByteArray());
  }

  private static byte[] key(String name) {
    return name.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] number(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }

  private static byte[] join(byte[] first, byte[] second) {
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }

  @Override
  public void close() {
    store.close();
  }
}
