package org.groundwork.networks.storage.customer;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.groundwork.agent.Payer;
import org.groundwork.networks.storage.erasure.Shape;
import org.groundwork.networks.storage.s3.Stored;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.Sha256;

/** A real customer of a {@link MemoryNetwork}, which can be started again. */
final class MemoryCustomer implements AutoCloseable {
  static final AccountKey KEY =
      AccountKey.fromSecret(Sha256.hash("a payer".getBytes(StandardCharsets.UTF_8)).toArray());
  static final byte[] MASTER = new byte[32];

  private final MemoryNetwork network;
  private final Path folder;
  private final CustomerSettings settings;
  private final Budget.Limits limits;
  private final Payer payer;
  private StorageCustomer customer;

  MemoryCustomer(MemoryNetwork network, Path folder) throws IOException {
    this(network, folder, settings(new Shape(3, 6)), Budget.Limits.NONE);
  }

  MemoryCustomer(
      MemoryNetwork network, Path folder, CustomerSettings settings, Budget.Limits limits)
      throws IOException {
    this.network = network;
    this.folder = folder;
    this.settings = settings;
    this.limits = limits;
    payer = new Payer(folder.resolve("payer"), network.domain(), KEY, new SecureRandom());
    customer = open();
  }

  /** Stripes of 64 KiB. */
  static CustomerSettings settings(Shape shape) {
    return new CustomerSettings(
        shape, shape.data(), 1, 50_000, 4, Duration.ofSeconds(5), Duration.ofSeconds(2), 0);
  }

  private StorageCustomer open() throws IOException {
    return new StorageCustomer(
        folder.resolve("manifests"),
        settings,
        limits,
        MASTER,
        network,
        MemoryNetwork.NETWORK,
        payer,
        network,
        new SecureRandom(),
        Optional.of(network));
  }

  StorageCustomer get() {
    return customer;
  }

  /** The same with nothing but its folder: no cache, and no memory of who was away. */
  StorageCustomer restart() throws IOException {
    customer.close();
    customer = open();
    return customer;
  }

  Stored put(byte[] content) throws Exception {
    return customer.put(new ByteArrayInputStream(content), content.length);
  }

  byte[] read(Stored stored) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    customer.read(stored, 0, stored.length(), out);
    return out.toByteArray();
  }

  List<StripeRecord> stripes(Stored stored) throws IOException {
    return new Catalog(folder.resolve("manifests"))
        .get(new Hash(stored.manifest()))
        .orElseThrow()
        .stripes();
  }

  /** Where the pieces of a stripe are. */
  List<MemoryNetwork.Node> holders(StripeRecord stripe) {
    List<MemoryNetwork.Node> holders = new ArrayList<>();
    stripe.pieces().forEach(piece -> holders.add(network.node(piece.device())));
    return holders;
  }

  @Override
  public void close() throws IOException {
    customer.close();
    payer.close();
  }
}
