package org.groundwork.networks.storage.arweave;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Function;
import org.groundwork.protocol.Hash;

/**
 * Which items are looked for. Lists that are empty ask for nothing; one of each that is not must
 * hold.
 *
 * @param after the sequence of the last item of the page before; 0 for the first page
 */
record ItemQuery(
    List<Hash> ids,
    List<Hash> owners,
    List<Hash> recipients,
    List<TagFilter> tags,
    List<Hash> bundledIn,
    long minSlot,
    long maxSlot,
    int first,
    long after,
    boolean descending) {
  /** A query that many items fit only in part ends after so many. */
  static final int MAX_SCANNED = 50_000;

  /**
   * A condition on tags.
   *
   * @param equal whether a tag must have one of these values, or no tag may have one
   */
  record TagFilter(String name, List<String> values, boolean equal) {
    boolean matches(ItemHeader header) {
      boolean found =
          header.tags().stream()
              .anyMatch(tag -> tag.name().equals(name) && values.contains(tag.value()));
      return found == equal;
    }
  }

  /** Some items, in order. */
  record Page(List<ItemRecord> items, boolean more) {}

  /** More items than may be looked at would have to be. */
  static final class TooBroad extends IOException {
    private static final long serialVersionUID = 1L;

    TooBroad() {
      super("The query looks at more than " + MAX_SCANNED + " items; add a tag or an owner.");
    }
  }

  Page run(ItemIndex index) throws IOException {
    List<ItemRecord> found = new ArrayList<>();
    Iterator<ItemRecord> candidates = candidates(index);
    int scanned = 0;
    while (candidates.hasNext()) {
      if (++scanned > MAX_SCANNED) {
        throw new TooBroad();
      }
      ItemRecord item = candidates.next();
      if (matches(item)) {
        if (found.size() == first) {
          return new Page(found, true);
        }
        found.add(item);
      }
    }
    return new Page(found, false);
  }

  private boolean matches(ItemRecord item) {
    return (ids.isEmpty() || ids.contains(item.id()))
        && (owners.isEmpty() || owners.contains(item.header().address()))
        && (recipients.isEmpty() || isFor(recipients, item))
        && (bundledIn.isEmpty() || bundledIn.contains(item.parent()))
        && tags.stream().allMatch(filter -> filter.matches(item.header()))
        && item.slot() >= minSlot
        && item.slot() <= maxSlot;
  }

  private static boolean isFor(List<Hash> recipients, ItemRecord item) {
    return !item.header().target().isEmpty()
        && recipients.contains(new Hash(item.header().target()));
  }

  /** The items of the narrowest index, in order. */
  private Iterator<ItemRecord> candidates(ItemIndex index) throws IOException {
    if (!ids.isEmpty()) {
      return named(index);
    }
    Optional<TagFilter> tag = tags.stream().filter(TagFilter::equal).findFirst();
    if (tag.isPresent()) {
      return merged(
          index,
          Set.copyOf(tag.get().values()),
          value -> index.byTag(tag.get().name(), value, after, descending));
    }
    if (!owners.isEmpty()) {
      return merged(index, Set.copyOf(owners), owner -> index.byOwner(owner, after, descending));
    }
    if (!recipients.isEmpty()) {
      return merged(
          index, Set.copyOf(recipients), target -> index.byTarget(target, after, descending));
    }
    return merged(index, Set.of(0), _ -> index.all(after, descending));
  }

  private Iterator<ItemRecord> named(ItemIndex index) throws IOException {
    List<ItemRecord> items = new ArrayList<>();
    for (Hash id : Set.copyOf(ids)) {
      index.find(id).filter(this::isAfter).ifPresent(items::add);
    }
    items.sort(order());
    return items.iterator();
  }

  private boolean isAfter(ItemRecord item) {
    return after == 0 || (descending ? item.sequence() < after : item.sequence() > after);
  }

  private Comparator<ItemRecord> order() {
    Comparator<ItemRecord> order = Comparator.comparingLong(ItemRecord::sequence);
    return descending ? order.reversed() : order;
  }

  /** Joins ordered runs to one. */
  private <T> Iterator<ItemRecord> merged(
      ItemIndex index, Set<T> keys, Function<T, Iterator<Hash>> run) {
    record Head(ItemRecord item, Iterator<Hash> rest) {}
    PriorityQueue<Head> heads = new PriorityQueue<>(Comparator.comparing(Head::item, order()));
    for (T key : keys) {
      Iterator<Hash> ids = run.apply(key);
      if (ids.hasNext()) {
        heads.add(new Head(item(index, ids.next()), ids));
      }
    }
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return !heads.isEmpty();
      }

      @Override
      public ItemRecord next() {
        Head head = heads.remove();
        if (head.rest().hasNext()) {
          heads.add(new Head(item(index, head.rest().next()), head.rest()));
        }
        return head.item();
      }
    };
  }

  private static ItemRecord item(ItemIndex index, Hash id) {
    try {
      return index.find(id).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
