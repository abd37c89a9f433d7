package org.groundwork.networks.storage.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.groundwork.networks.storage.erasure.Shape;
import org.groundwork.networks.storage.s3.Coding;
import org.groundwork.networks.storage.s3.ObjectStoreException;
import org.groundwork.networks.storage.s3.Stored;
import org.groundwork.networks.storage.wire.CommP;
import org.groundwork.networks.storage.wire.Packing;
import org.groundwork.networks.storage.wire.Passes;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.crypto.DeviceKey;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.protocol.crypto.PublicKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy for each device, and the same object out of any of them. */
class PackedPiecesTest {
  private static final Coding COPIES =
      new Coding(Optional.of(new Shape(1, 3)), Optional.of(new Passes(1)));
  private static final Coding CODED = new Coding(Optional.empty(), Optional.of(new Passes(2)));

  /** A stripe of so many frames has several chunks, and the last one is not full. */
  private static final CustomerSettings LARGE =
      new CustomerSettings(
          new Shape(3, 6), 3, 40, 50_000, 4, Duration.ofSeconds(5), Duration.ofSeconds(2), 0);

  private final Random random = new Random(17);
  private final MemoryNetwork network = new MemoryNetwork().with(6);
  @TempDir private Path folder;

  @Test
  void eachDeviceHoldsBytesOfItsOwnAndAnyOneOfThemGivesTheObjectBack() throws Exception {
    byte[] content = bytes(2_500_000);
    try (MemoryCustomer customer = new MemoryCustomer(network, folder, LARGE, Budget.Limits.NONE)) {
      Stored stored = put(customer, content, COPIES);
      StripeRecord stripe = customer.stripes(stored).getFirst();
      assertThat(stripe.pieces()).hasSize(3);
      assertThat(stripe.pieces()).extracting(PieceRecord::commitment).doesNotHaveDuplicates();
      assertThat(stripe.pieces().get(0).packed().orElseThrow().plain())
          .as("unpacked, these two are the same bytes")
          .isEqualTo(stripe.pieces().get(1).packed().orElseThrow().plain());
      stripe.pieces().forEach(piece -> packedFor(piece, key(piece.device())));
      for (MemoryNetwork.Node alone : customer.holders(stripe)) {
        network.nodes.values().forEach(node -> node.down = node != alone);
        customer.restart();
        assertThat(customer.read(stored)).isEqualTo(content);
      }
    }
  }

  @Test
  void codedPiecesArePackedAndReadAsWell() throws Exception {
    byte[] content = bytes(150_000);
    try (MemoryCustomer customer = new MemoryCustomer(network, folder)) {
      Stored stored = put(customer, content, CODED);
      customer
          .stripes(stored)
          .forEach(
              stripe -> stripe.pieces().forEach(piece -> packedFor(piece, key(piece.device()))));
      network.nodes.values().stream().limit(3).forEach(node -> node.down = true);
      customer.restart();
      assertThat(customer.read(stored)).isEqualTo(content);
    }
  }

  @Test
  void repairPacksForTheDevicesThatGetThePieces() throws Exception {
    byte[] content = bytes(50_000);
    try (MemoryCustomer customer = new MemoryCustomer(network, folder)) {
      Stored stored = put(customer, content, COPIES);
      List<MemoryNetwork.Node> first = customer.holders(customer.stripes(stored).getFirst());
      first.subList(0, 2).forEach(node -> node.down = true);
      customer.restart();
      assertThat(customer.get().repair(false).repaired()).isEqualTo(2);
      StripeRecord repaired = customer.stripes(stored).getFirst();
      repaired.pieces().forEach(piece -> packedFor(piece, key(piece.device())));
      assertThat(customer.holders(repaired))
          .hasSize(3)
          .doesNotContainAnyElementsOf(first.subList(0, 2));
      first.forEach(node -> node.down = true);
      customer.restart();
      assertThat(customer.read(stored)).as("of pieces that the repair made").isEqualTo(content);
    }
  }

  @Test
  void aDeviceWhoseKeyWasReplacedStillHoldsWhatWasPackedForTheOldOne() throws Exception {
    byte[] content = bytes(50_000);
    try (MemoryCustomer customer = new MemoryCustomer(network, folder)) {
      Stored stored = put(customer, content, COPIES);
      List<PieceRecord> before = customer.stripes(stored).getFirst().pieces();
      PublicKey old = key(before.getFirst().device());
      PublicKey key =
          DeviceKey.fromSecret(KeyType.ED25519, bytes(DeviceKey.SECRET_SIZE)).publicKey();
      network.nodes.values().forEach(node -> network.list(node, key));
      customer.restart();
      assertThat(customer.read(stored)).isEqualTo(content);
      packedFor(before.getFirst(), old);
      network.node(before.getLast().device()).pieces.clear();
      customer.restart();
      assertThat(customer.get().repair(false).repaired()).isEqualTo(1);
      List<PieceRecord> after = customer.stripes(stored).getFirst().pieces();
      packedFor(after.getFirst(), old);
      packedFor(after.getLast(), key);
    }
  }

  @Test
  void anAlteredPieceIsNamedByAuditsAndReadAround() throws Exception {
    byte[] content = bytes(50_000);
    try (MemoryCustomer customer = new MemoryCustomer(network, folder)) {
      Stored stored = put(customer, content, COPIES);
      List<MemoryNetwork.Node> holders = customer.holders(customer.stripes(stored).getFirst());
      holders.subList(0, 2).forEach(node -> node.altering = true);
      customer.restart();
      assertThat(customer.read(stored)).isEqualTo(content);
      assertThat(customer.get().audit(1).getFirst().failures())
          .extracting(AuditReport.Holder::device)
          .containsExactlyInAnyOrder(holders.get(0).id, holders.get(1).id);
      holders.get(2).altering = true;
      customer.restart();
      assertThatThrownBy(() -> customer.read(stored))
          .isInstanceOf(ObjectStoreException.Corrupted.class);
    }
  }

  @Test
  void whatCameWellBesideAnAlteredPieceIsNotFetchedAgain() throws Exception {
    byte[] content = bytes(50_000);
    try (MemoryCustomer customer = new MemoryCustomer(network, folder)) {
      Stored stored = put(customer, content, CODED);
      List<MemoryNetwork.Node> holders = customer.holders(customer.stripes(stored).getFirst());
      // The first three are asked; then the two good ones of them and the last one are enough.
      List.of(0, 3, 4).forEach(number -> holders.get(number).altering = true);
      StorageCustomer fresh = customer.restart();
      assertThat(customer.read(stored)).isEqualTo(content);
      assertThat(fresh.progress().damagedPieces()).isEqualTo(3);
      assertThat(fresh.progress().fetchedPieces()).isEqualTo(6);
    }
  }

  @Test
  void aRenewedDealIsForTheSamePackedBytes() throws Exception {
    byte[] content = bytes(50_000);
    try (MemoryCustomer customer = new MemoryCustomer(network, folder)) {
      Stored stored = put(customer, content, COPIES);
      StripeRecord before = customer.stripes(stored).getFirst();
      network.now = network.now.plusSeconds(60L * 45_000);
      customer.restart();
      assertThat(customer.get().repair(false).repaired()).isZero();
      StripeRecord after = customer.stripes(stored).getFirst();
      assertThat(after.pieces())
          .extracting(PieceRecord::deal)
          .doesNotContainAnyElementsOf(before.pieces().stream().map(PieceRecord::deal).toList());
      assertThat(after.pieces())
          .extracting(PieceRecord::packed)
          .isEqualTo(before.pieces().stream().map(PieceRecord::packed).toList());
      assertThat(customer.read(stored)).isEqualTo(content);
    }
  }

  /** Whether a device holds the plain piece, packed for itself with a key, and nothing else. */
  private void packedFor(PieceRecord piece, PublicKey key) {
    PieceRecord.Packed how = piece.packed().orElseThrow();
    byte[] held =
        Objects.requireNonNull(network.node(piece.device()).pieces.get(piece.commitment())).clone();
    assertThat(CommP.of(held)).isEqualTo(piece.commitment()).isNotEqualTo(how.plain());
    assertThat(how.key()).isEqualTo(key.hash());
    new Packing(
            network.domain().deployment(),
            MemoryNetwork.NETWORK,
            piece.device(),
            key.hash(),
            how.passes())
        .apply(how.plain(), 0, held);
    assertThat(CommP.of(held)).isEqualTo(how.plain());
  }

  private PublicKey key(DeviceId device) {
    return network.node(device).key.publicKey();
  }

  private static Stored put(MemoryCustomer customer, byte[] content, Coding coding)
      throws Exception {
    return customer.get().put(new ByteArrayInputStream(content), content.length, coding);
  }

  private byte[] bytes(int size) {
    byte[] content = new byte[size];
    random.nextBytes(content);
    return content;
  }
}
