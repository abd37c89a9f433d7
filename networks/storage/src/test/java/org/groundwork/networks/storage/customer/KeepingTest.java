package org.groundwork.networks.storage.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.groundwork.networks.storage.erasure.Shape;
import org.groundwork.networks.storage.s3.ObjectStoreException;
import org.groundwork.networks.storage.s3.Stored;
import org.groundwork.networks.storage.wire.PriceTag;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.SlotNumber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where pieces go, when they move, what is thrown away, and what it may cost. */
class KeepingTest {
  private static final Duration WEEK = Duration.ofDays(7);

  private final Random random = new Random(3);
  @TempDir private Path folder;

  @Test
  void theCheapestOfThoseWhoSignedTheirPricesAreTaken() throws Exception {
    MemoryNetwork network = new MemoryNetwork().with(10);
    int price = 10;
    for (MemoryNetwork.Node node : network.nodes.values()) {
      // Their unsigned word is that all are dear.
      node.price = 1 << 20;
      node.tag = Optional.of(tag(network, node, price++, node));
    }
    try (MemoryCustomer customer = new MemoryCustomer(network, folder)) {
      Stored stored = customer.put(new byte[50_000]);
      assertThat(customer.holders(customer.stripes(stored).getFirst()))
          .extracting(node -> node.id.value())
          .containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L);
    }
  }

  @Test
  void aTagThatAnotherSignedIsWorthNothing() throws Exception {
    MemoryNetwork network = new MemoryNetwork().with(7);
    MemoryNetwork.Node liar = network.nodes.values().iterator().next();
    MemoryNetwork.Node other = network.add(MemoryNetwork.account(99));
    liar.tag = Optional.of(tag(network, liar, 1, other));
    try (MemoryCustomer customer = new MemoryCustomer(network, folder)) {
      for (int i = 0; i < 6; i++) {
        Stored stored = customer.put(new byte[100]);
        assertThat(customer.holders(customer.stripes(stored).getFirst())).doesNotContain(liar);
      }
    }
  }

  private static PriceTag.Signed tag(
      MemoryNetwork network, MemoryNetwork.Node node, long price, MemoryNetwork.Node signer) {
    return new PriceTag(
            network.domain().deployment(),
            MemoryNetwork.NETWORK,
            node.id,
            false,
            Credits.of(price << 10),
            Credits.of(1 << 20),
            100_000,
            new SlotNumber(0),
            new SlotNumber(1000))
        .sign(signer.key);
  }

  @Test
  void aProviderThatLeavesIsEmptiedFirst() throws Exception {
    MemoryNetwork network = new MemoryNetwork().with(8);
    try (MemoryCustomer customer = new MemoryCustomer(network, folder)) {
      byte[] content = bytes(150_000);
      Stored stored = customer.put(content);
      MemoryNetwork.Node leaving = customer.holders(customer.stripes(stored).getFirst()).getFirst();
      assertThat(leaving.deals).isNotEmpty();
      leaving.isLeaving = true;
      customer.restart();
      RepairReport report = customer.get().repair(false);
      assertThat(report.unrecoverable()).isZero();
      assertThat(leaving.deals).isEmpty();
      for (StripeRecord stripe : customer.stripes(stored)) {
        assertThat(new HashSet<>(customer.holders(stripe))).hasSize(6).doesNotContain(leaving);
      }
      leaving.down = true;
      customer.restart();
      assertThat(customer.read(stored)).isEqualTo(content);
      assertThat(customer.get().repair(false).lost()).isZero();
    }
  }

  @Test
  void crowdedPiecesMoveWhenThereIsRoom() throws Exception {
    MemoryNetwork network = new MemoryNetwork().with(6);
    try (MemoryCustomer customer = new MemoryCustomer(network, folder)) {
      Stored stored = customer.put(new byte[1000]);
      List<MemoryNetwork.Node> nodes = List.copyOf(network.nodes.values());
      nodes.subList(0, 2).forEach(node -> node.down = true);
      customer.restart();
      assertThat(customer.get().repair(false).crowded()).isEqualTo(2);
      assertThat(customer.get().repair(false).repaired()).isZero();
      network.with(2);
      customer.restart();
      assertThat(customer.get().repair(false).repaired()).isEqualTo(2);
      assertThat(new HashSet<>(customer.holders(customer.stripes(stored).getFirst()))).hasSize(6);
    }
  }

  @Test
  void largeShapesAreRepairedOnlyWhenAQuarterOfTheSlackIsGone() throws Exception {
    MemoryNetwork network = new MemoryNetwork().with(25);
    Shape shape = new Shape(4, 20);
    try (MemoryCustomer customer =
        new MemoryCustomer(network, folder, MemoryCustomer.settings(shape), Budget.Limits.NONE)) {
      Stored stored = customer.put(new byte[10_000]);
      List<MemoryNetwork.Node> holders = customer.holders(customer.stripes(stored).getFirst());
      holders.subList(0, 4).forEach(node -> node.down = true);
      customer.restart();
      assertThat(customer.get().repair(false).repaired()).isZero();
      holders.get(4).down = true;
      customer.restart();
      assertThat(customer.get().repair(false).repaired()).isEqualTo(5);
    }
  }

  @Test
  void whatNothingUsesLiesInATrashBeforeItIsDeleted() throws Exception {
    MemoryNetwork network = new MemoryNetwork().with(6);
    try (MemoryCustomer customer = new MemoryCustomer(network, folder)) {
      byte[] content = bytes(1000);
      Stored used = customer.put(content);
      Stored orphan = customer.put(content);
      Set<Bytes> uses = new HashSet<>(Set.of(used.manifest()));
      assertThat(customer.get().collectGarbage(() -> uses, WEEK)).isEqualTo(1);
      assertThat(customer.read(orphan)).isEqualTo(content);
      network.now = network.now.plus(Duration.ofDays(6));
      uses.add(orphan.manifest());
      assertThat(customer.get().collectGarbage(() -> uses, WEEK)).isZero();
      uses.remove(orphan.manifest());
      assertThat(customer.get().collectGarbage(() -> uses, WEEK)).isEqualTo(1);
      network.now = network.now.plus(Duration.ofDays(8));
      assertThat(customer.get().collectGarbage(() -> uses, WEEK)).isZero();
      assertThatThrownBy(() -> customer.read(orphan)).isInstanceOf(ObjectStoreException.class);
      network.nodes.values().forEach(node -> assertThat(node.deals).hasSize(1));
      assertThat(customer.read(used)).isEqualTo(content);
    }
  }

  @Test
  void aBudgetWarnsAndThenRefusesWhatIsNewButKeepsWhatIsThere() throws Exception {
    MemoryNetwork network = new MemoryNetwork().with(8);
    // A piece of b bytes costs b credits a slot, and a month has 43,200 slots.
    long monthOfOne = 6L * pieceOf(30_000) * 43_200;
    Budget.Limits limits = new Budget.Limits(Credits.of(monthOfOne * 5 / 2), 50);
    CustomerSettings settings = MemoryCustomer.settings(new Shape(3, 6));
    Stored stored;
    try (MemoryCustomer customer = new MemoryCustomer(network, folder, settings, limits)) {
      stored = customer.put(new byte[30_000]);
      assertThat(customer.get().budget().storage()).isEqualTo(Credits.of(monthOfOne));
      assertThat(customer.get().budget().alarm()).isEqualTo(Budget.Alarm.NONE);
      customer.put(new byte[30_000]);
      assertThat(customer.get().budget().alarm()).isEqualTo(Budget.Alarm.WARNING);
      assertThatThrownBy(() -> customer.put(new byte[30_000]))
          .isInstanceOf(ObjectStoreException.ReservationExhausted.class)
          .hasMessageContaining("budget");
      customer.read(stored);
      assertThat(customer.get().budget().egress()).isGreaterThan(Credits.ZERO);
    }
    // Half of it is taken away: what is stored costs more than is allowed.
    Budget.Limits less = new Budget.Limits(Credits.of(monthOfOne), 50);
    try (MemoryCustomer customer = new MemoryCustomer(network, folder, settings, less)) {
      assertThat(customer.get().budget().alarm()).isEqualTo(Budget.Alarm.LIMIT);
      assertThat(customer.get().budget().egress()).isGreaterThan(Credits.ZERO);
      assertThatThrownBy(() -> customer.read(stored))
          .isInstanceOf(ObjectStoreException.ReservationExhausted.class);
      customer.holders(customer.stripes(stored).getFirst()).getFirst().pieces.clear();
      assertThat(customer.get().repair(false).repaired()).isPositive();
      customer.get().delete(stored);
      assertThat(customer.get().budget().storage()).isEqualTo(Credits.of(monthOfOne));
    }
  }

  private static long pieceOf(int bytes) {
    return (StripeCipher.encryptedSize(bytes) + 2L) / 3;
  }

  private byte[] bytes(int size) {
    byte[] content = new byte[size];
    random.nextBytes(content);
    return content;
  }
}
