package org.groundwork.checks.acceptance;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.groundwork.agent.DeviceIdentity;
import org.groundwork.agent.Outbox;
import org.groundwork.agent.OutboxFull;
import org.groundwork.cli.daemon.ChainLink;
import org.groundwork.cli.local.LocalNetwork;
import org.groundwork.networks.storage.rules.StorageReport;
import org.groundwork.node.run.Worker;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Hello;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.SignedVoucher;
import org.groundwork.protocol.SigningDomain;
import org.groundwork.protocol.Voucher;
import org.groundwork.protocol.crypto.AccountKey;
import org.groundwork.protocol.crypto.DeviceKey;
import org.groundwork.protocol.crypto.Sha256;
import org.groundwork.settlement.chain.ChainEvent;
import org.groundwork.settlement.chain.ChainState;
import org.groundwork.settlement.chain.RegisteredDevice;
import org.groundwork.settlement.time.Time;
import org.jspecify.annotations.Nullable;

/**
 * The device of the account "person". Once the chain shows it as registered, and credits that its
 * owner has reserved for itself, it reports a voucher of its owner's each second.
 */
final class OwnServedDevice implements AutoCloseable {
  private static final BigInteger CENT = BigInteger.TEN.pow(16);

  private final Time time = Time.system();
  private final LocalNetwork network;
  private final Path folder;
  private final AccountKey person;
  private final DeviceKey key;
  private final ChainLink link;
  private final Worker worker;
  private @Nullable Outbox outbox;
  private long cents;

  OwnServedDevice(LocalNetwork network, Path folder) throws IOException {
    this.network = network;
    this.folder = folder;
    person = network.accounts().account("person");
    key = network.accounts().device("person-device");
    link = new ChainLink(network.deploymentFile(), network.rpc());
    worker = new Worker("device", Duration.ofSeconds(1), this::step);
  }

  void start() {
    worker.start();
  }

  private boolean step() throws IOException {
    ChainState chain = link.chain().stateNow();
    Optional<DeviceId> device =
        chain.devices().stream()
            .filter(each -> each.key().equals(key.publicKey().bytes()))
            .map(RegisteredDevice::id)
            .findFirst();
    Optional<ReservationId> reservation =
        chain.reservations().stream()
            .filter(each -> each.payer().equals(person.account()))
            .filter(each -> each.seller().equals(person.account()))
            .map(ChainEvent.CreditsReserved::id)
            .findFirst();
    if (device.isPresent() && reservation.isPresent()) {
      serve(device.get(), reservation.get());
    }
    return false;
  }

  private void serve(DeviceId device, ReservationId reservation) throws IOException {
    SigningDomain domain = network.deployment().domain();
    Outbox open = outbox;
    if (open == null) {
      open =
          new Outbox(
              folder,
              new DeviceIdentity(domain.deployment(), network.network(), device, key),
              network.deployment().schedule(),
              link.gateways(),
              time);
      open.start();
      outbox = open;
    }
    cents++;
    Voucher voucher =
        new Voucher(
            domain.deployment(),
            network.network(),
            person.account(),
            person.account(),
            reservation,
            Sha256.hash(new byte[] {1}),
            new Credits(CENT.multiply(BigInteger.valueOf(cents))));
    SignedVoucher signed =
        new SignedVoucher(voucher, person.sign(domain.digest(voucher.structHash())));
    Hello hello = new Hello(person.account(), time.instant().toEpochMilli());
    try {
      Object _ = open.submit(hello.encode(), Outbox.Lifetime.EPOCH);
      Object _ = open.submit(new StorageReport.Egress(signed).encode(), Outbox.Lifetime.EPOCH);
    } catch (OutboxFull e) {
      throw new IOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    worker.close();
    Outbox open = outbox;
    if (open != null) {
      open.close();
    }
    link.close();
  }
}
