package org.groundwork.networks.storage.customer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.groundwork.networks.storage.erasure.Shape;
import org.groundwork.protocol.DeviceId;
import org.junit.jupiter.api.Test;

/**
 * A month in a network that loses nodes for ever at twice the rate that Storj measured: the code
 * that places pieces and orders repairs decides, providers and time are simulated. An hour is a
 * step.
 */
class MonthOfLossTest {
  private static final double TWICE_STORJ = 2 * RepairQueue.NODE_LOSSES_A_DAY;
  private static final int HOURS = 30 * 24;
  private static final int NODES = 24_000;
  private static final int NODES_OF_AN_OWNER = 3;
  private static final List<Shape> SHAPES =
      List.of(new Shape(3, 6), new Shape(10, 16), new Shape(29, 80));

  /** How often all stripes are looked at. */
  private static final int HOURS_BETWEEN_LOOKS = 6;

  private enum Order {
    BY_TIME_TO_LOSS,
    /** Those first that have most pieces left. */
    BY_MOST_PIECES,
    NEVER
  }

  private static final class Stripe {
    final Shape shape;
    final int[] nodes;
    int healthy;

    Stripe(Shape shape) {
      this.shape = shape;
      nodes = new int[shape.total()];
      healthy = shape.total();
    }
  }

  /** One run of a month. */
  private static final class Month {
    private final Random random;
    private final int nodes;
    private final double lossesADay;
    private final int repairsAnHour;
    private final Order order;
    private final List<List<Stripe>> held = new ArrayList<>();
    private final List<Stripe> stripes = new ArrayList<>();
    private int lostNodes;
    private int repaired;

    Month(long seed, int nodes, double lossesADay, int repairsAnHour, Order order) {
      random = new Random(seed);
      this.nodes = nodes;
      this.lossesADay = lossesADay;
      this.repairsAnHour = repairsAnHour;
      this.order = order;
      for (int i = 0; i < nodes; i++) {
        held.add(new ArrayList<>());
      }
    }

    /** How many stripes cannot be read after a month. */
    long run(int count) {
      for (int i = 0; i < count; i++) {
        Stripe stripe = new Stripe(SHAPES.get(i % SHAPES.size()));
        place(stripe, List.of(), all(stripe));
        stripes.add(stripe);
      }
      RepairQueue<Stripe> queue = new RepairQueue<>();
      for (int hour = 0; hour < HOURS; hour++) {
        lose();
        if (hour % HOURS_BETWEEN_LOOKS == 0) {
          queue = look();
        }
        for (Stripe stripe : queue.take(repairsAnHour)) {
          repair(stripe);
        }
      }
      return stripes.stream().filter(stripe -> stripe.healthy < stripe.shape.data()).count();
    }

    private void lose() {
      for (int node = 0; node < nodes; node++) {
        if (random.nextDouble() < lossesADay / 24) {
          lostNodes++;
          // Somebody else comes in its place, with an empty disk and under the same number.
          for (Stripe stripe : held.get(node)) {
            for (int i = 0; i < stripe.nodes.length; i++) {
              if (stripe.nodes[i] == node) {
                stripe.nodes[i] = -1;
                stripe.healthy--;
              }
            }
          }
          held.get(node).clear();
        }
      }
    }

    private RepairQueue<Stripe> look() {
      RepairQueue<Stripe> queue = new RepairQueue<>();
      if (order == Order.NEVER) {
        return queue;
      }
      ToIntFunction<Stripe> healthy =
          order == Order.BY_TIME_TO_LOSS
              ? stripe -> stripe.healthy
              : stripe -> stripe.shape.total() - stripe.healthy + stripe.shape.data();
      for (Stripe stripe : stripes) {
        if (stripe.healthy >= stripe.shape.data()
            && RepairQueue.isDue(stripe.shape, stripe.healthy)) {
          queue.add(stripe, stripe.shape, nodes, healthy.applyAsInt(stripe));
        }
      }
      return queue;
    }

    private void repair(Stripe stripe) {
      if (stripe.healthy < stripe.shape.data()) {
        return;
      }
      List<Placement.Candidate> holders = new ArrayList<>();
      List<Integer> missing = new ArrayList<>();
      for (int i = 0; i < stripe.nodes.length; i++) {
        if (stripe.nodes[i] < 0) {
          missing.add(i);
        } else {
          holders.add(candidate(stripe.nodes[i]));
        }
      }
      place(stripe, holders, missing);
      repaired += missing.size();
    }

    private void place(Stripe stripe, List<Placement.Candidate> holders, List<Integer> missing) {
      Set<Integer> drawn = new HashSet<>();
      holders.forEach(holder -> drawn.add((int) holder.device().value() - 1));
      List<Placement.Candidate> offers = new ArrayList<>();
      while (offers.size() < 2 * missing.size() + 4) {
        int node = random.nextInt(nodes);
        if (drawn.add(node)) {
          offers.add(candidate(node));
        }
      }
      Placement placement = new Placement(stripe.shape, holders, List.of(offers));
      for (int number : missing) {
        int node = (int) placement.next().orElseThrow().device().value() - 1;
        stripe.nodes[number] = node;
        held.get(node).add(stripe);
      }
      stripe.healthy = stripe.shape.total();
    }

    private static Placement.Candidate candidate(int node) {
      return new Placement.Candidate(
          new DeviceId(node + 1L), Set.of("owner " + node / NODES_OF_AN_OWNER));
    }

    private static List<Integer> all(Stripe stripe) {
      List<Integer> numbers = new ArrayList<>();
      for (int i = 0; i < stripe.nodes.length; i++) {
        numbers.add(i);
      }
      return numbers;
    }
  }

  @Test
  void aMonthAtTwiceStorjsRateLosesNothing() {
    Month month = new Month(1, NODES, TWICE_STORJ, 1000, Order.BY_TIME_TO_LOSS);
    assertThat(month.run(30_000)).isZero();
    assertThat(month.lostNodes).isBetween(40, 130);
    assertThat(month.repaired).isGreaterThan(100);
    assertThat(month.stripes).noneMatch(stripe -> stripe.healthy < stripe.shape.total() - 14);
  }

  /** The harness can fail: at 300 times that rate, repair and its order are what keeps objects. */
  @Test
  void atThreeHundredTimesThatRateRepairAndItsOrderDecide() {
    double rate = 300 * TWICE_STORJ;
    assertThat(new Month(1, 1000, rate, 10, Order.BY_TIME_TO_LOSS).run(1500)).isZero();
    assertThat(new Month(1, 1000, rate, 10, Order.BY_MOST_PIECES).run(1500)).isGreaterThan(50);
    assertThat(new Month(1, 1000, rate, 10, Order.NEVER).run(1500)).isGreaterThan(500);
  }
}
