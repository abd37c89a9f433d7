package org.groundwork.networks.storage.customer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.groundwork.networks.storage.erasure.Shape;

/**
 * Stripes that miss pieces, the one that would be lost first at the head.
 *
 * <p>The order is that of Storj's satellite/repair/priority.go: of N nodes K hold no healthy piece
 * of the stripe, and r losses of pieces would lose it; on average that takes {@code r K / (N - K +
 * 1) + r} losses of nodes, of which N p happen in a day.
 *
 * @param <T> what names a stripe
 */
final class RepairQueue<T> {
  /** Losses of a node in a day, as Storj measured them. */
  static final double NODE_LOSSES_A_DAY = 5.435e-5;

  private record Entry<T>(T stripe, double days, long arrival) {}

  private final PriorityQueue<Entry<T>> entries =
      new PriorityQueue<>(
          Comparator.comparingDouble((Entry<T> entry) -> entry.days())
              .thenComparingLong(Entry::arrival));
  private long arrivals;

  /**
   * Days until a stripe is expected to be lost if nobody repairs it.
   *
   * @param nodes of the network
   * @param healthy pieces that are there and in place
   * @return negative if it cannot be read any more
   */
  static double daysToLoss(int nodes, int healthy, int needed) {
    int all = Math.max(nodes, healthy);
    int others = all - healthy;
    int losses = healthy - needed + 1;
    double draws = (double) losses * others / (all - others + 1) + losses;
    return draws / (all * NODE_LOSSES_A_DAY);
  }

  /**
   * Whether a stripe is worth the traffic of a repair: when more than a quarter of the pieces that
   * it can lose are missing. A repair reads k pieces, however few it makes.
   */
  static boolean isDue(Shape shape, int healthy) {
    return shape.total() - healthy > shape.parity() / 4;
  }

  void add(T stripe, Shape shape, int nodes, int healthy) {
    entries.add(new Entry<>(stripe, daysToLoss(nodes, healthy, shape.data()), arrivals++));
  }

  int size() {
    return entries.size();
  }

  /** Takes the most urgent stripes. */
  List<T> take(int most) {
    List<T> taken = new ArrayList<>();
    while (taken.size() < most) {
      Entry<T> head = entries.poll();
      if (head == null) {
        break;
      }
      taken.add(head.stripe());
    }
    return taken;
  }
}
