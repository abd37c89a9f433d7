package org.groundwork.networks.storage.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.groundwork.networks.storage.erasure.Shape;
import org.groundwork.networks.storage.s3.Coding;
import org.groundwork.networks.storage.s3.ObjectStoreException;
import org.groundwork.networks.storage.s3.Stored;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * With k of n, any n - k providers may go at once. Real stripes, codes and commitments; {@code
 * groundwork.shapes} says how many random shapes are tried besides the named ones.
 */
class LossTest {
  private static final List<Shape> SHAPES =
      List.of(
          new Shape(2, 3),
          new Shape(3, 6),
          new Shape(4, 6),
          new Shape(8, 12),
          new Shape(10, 14),
          new Shape(10, 16),
          new Shape(16, 20),
          new Shape(29, 65),
          new Shape(29, 80));
  private static final int RANDOM_SHAPES = Integer.getInteger("groundwork.shapes", 3);
  private static final int LOSSES = 2;
  private static final int MOST_BYTES = 100_000;

  @TempDir private Path folder;

  @Test
  void whateverNMinusKProvidersGoAtOnceNothingIsLost() throws Exception {
    long seed = Long.getLong("groundwork.seed", 20_261_122);
    Random random = new Random(seed);
    List<Shape> shapes = new ArrayList<>(SHAPES);
    for (int i = 0; i < RANDOM_SHAPES; i++) {
      int data = 1 + random.nextInt(20);
      shapes.add(new Shape(data, data + 1 + random.nextInt(20)));
    }
    for (int i = 0; i < shapes.size(); i++) {
      check(shapes.get(i), folder.resolve("shape-" + i), random);
    }
  }

  private static void check(Shape shape, Path folder, Random random) throws Exception {
    MemoryNetwork network = new MemoryNetwork().with(shape.total() + random.nextInt(4));
    try (MemoryCustomer customer =
        new MemoryCustomer(network, folder, MemoryCustomer.settings(shape), Budget.Limits.NONE)) {
      byte[] content = new byte[1 + random.nextInt(MOST_BYTES)];
      random.nextBytes(content);
      Stored stored = customer.put(content);
      for (StripeRecord stripe : customer.stripes(stored)) {
        assertThat(new HashSet<>(customer.holders(stripe))).as("%s", shape).hasSize(shape.total());
      }
      List<MemoryNetwork.Node> all = new ArrayList<>(network.nodes.values());
      for (int loss = 0; loss < LOSSES; loss++) {
        Collections.shuffle(all, random);
        all.forEach(node -> node.down = false);
        all.subList(0, shape.parity()).forEach(node -> node.down = true);
        customer.restart();
        assertThat(customer.read(stored)).as("%s", shape).isEqualTo(content);
      }
      all.forEach(node -> node.down = false);
      Collections.shuffle(all, random);
      customer.holders(customer.stripes(stored).getFirst()).stream()
          .limit(shape.parity() + 1L)
          .forEach(node -> node.down = true);
      customer.restart();
      assertThatThrownBy(() -> customer.read(stored))
          .as("%s", shape)
          .isInstanceOf(ObjectStoreException.NotEnoughProviders.class);
    }
  }

  @Test
  void noOperatorHoldsMoreThanCanBeLost() throws Exception {
    Random random = new Random(5);
    Shape shape = new Shape(4, 9);
    MemoryNetwork network = new MemoryNetwork();
    for (int node = 0; node < 12; node++) {
      // Owner 1 has half of all devices, and they are the cheapest.
      network.add(MemoryNetwork.account(node < 6 ? 1 : 2 + node % 3)).price = node < 6 ? 1 : 1000;
    }
    try (MemoryCustomer customer =
        new MemoryCustomer(network, folder, MemoryCustomer.settings(shape), Budget.Limits.NONE)) {
      byte[] content = new byte[100_000];
      random.nextBytes(content);
      Stored stored = customer.put(content);
      for (long owner = 1; owner <= 4; owner++) {
        for (MemoryNetwork.Node node : network.nodes.values()) {
          node.down = node.owner.equals(MemoryNetwork.account(owner));
        }
        customer.restart();
        assertThat(customer.read(stored)).isEqualTo(content);
      }
    }
  }

  @Test
  void anObjectMayHaveAShapeOfItsOwn() throws Exception {
    MemoryNetwork network = new MemoryNetwork().with(10);
    try (MemoryCustomer customer = new MemoryCustomer(network, folder)) {
      byte[] content = new byte[50_000];
      Stored stored =
          customer
              .get()
              .put(
                  new ByteArrayInputStream(content),
                  content.length,
                  new Coding(Optional.of(new Shape(2, 9)), Optional.empty()));
      Set<MemoryNetwork.Node> holders =
          new HashSet<>(customer.holders(customer.stripes(stored).getFirst()));
      assertThat(holders).hasSize(9);
      holders.stream().limit(7).forEach(node -> node.down = true);
      customer.restart();
      assertThat(customer.read(stored)).isEqualTo(content);
      network.nodes.values().forEach(node -> node.down = false);
      holders.stream().limit(5).forEach(node -> node.pieces.clear());
      customer.restart();
      assertThat(customer.get().repair(false).repaired()).isEqualTo(5);
      assertThat(customer.stripes(stored).getFirst().pieces()).hasSize(9);
    }
  }
}
