package org.groundwork.cli.daemon;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.groundwork.networks.sensing.customer.DataClient;
import org.groundwork.networks.sensing.customer.Opened;
import org.groundwork.networks.sensing.data.DataToken;
import org.groundwork.networks.sensing.wire.Product;
import org.groundwork.networks.sensing.wire.Reading;
import org.groundwork.node.mqtt.Readers;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.ReportBody;
import org.groundwork.rules.Device;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets customers read at a gateway's broker what they bought at a data server: user name {@code
 * customer}, a token of {@code groundwork data token} as the password. Only servers that the
 * gateway's operator trusts are asked what a token opens.
 */
public final class PurchasedReadings implements Readers {
  static final String USER = "customer";
  private static final Logger LOG = LoggerFactory.getLogger(PurchasedReadings.class);

  private final Servers servers;
  private final InstantSource clock;

  /** The data servers that are trusted. */
  public interface Servers {
    /** Where a server answers; empty if it is not trusted. */
    Optional<URI> at(DeviceId server) throws IOException;

    /** Those whose folders are in a network's folder on this machine. */
    static Servers in(Path folder) {
      return server -> {
        try (DirectoryStream<Path> homes = Files.newDirectoryStream(folder, "data-*")) {
          for (Path home : homes) {
            Path file = home.resolve(DataSetup.FILE);
            if (Files.exists(file)) {
              DataSetup setup = ConfigFile.read(file, DataSetup.class);
              if (setup.device() == server.value()) {
                return Optional.of(URI.create("http://" + setup.host() + ":" + setup.port()));
              }
            }
          }
          return Optional.empty();
        }
      };
    }
  }

  public PurchasedReadings(Servers servers, InstantSource clock) {
    this.servers = servers;
    this.clock = clock;
  }

  @Override
  public Optional<Reader> login(String userName, Bytes password) {
    if (!userName.equals(USER)) {
      return Optional.empty();
    }
    try {
      DataToken token =
          DataToken.decode(new String(password.toArray(), StandardCharsets.ISO_8859_1));
      Optional<URI> server = servers.at(token.server());
      if (server.isEmpty()) {
        return Optional.empty();
      }
      try (DataClient client = new DataClient(server.get())) {
        return Optional.of(new Customer(client.access(token), clock));
      }
    } catch (Malformed e) {
      return Optional.empty();
    } catch (IOException e) {
      LOG.debug("A customer is not let in: {}", e.toString());
      return Optional.empty();
    }
  }

  private record Customer(Opened opened, InstantSource clock) implements Reader {
    @Override
    public String name() {
      return opened.deal().toHex();
    }

    @Override
    public Optional<Bytes> reading(Device device, ReportBody body) {
      boolean isReading = body.type() == Reading.TYPE || body.type() == Reading.TEXT_TYPE;
      return isReading
              && opened.product().opens(Product.STREAM)
              && clock.instant().getEpochSecond() < opened.expires()
              && opened.covers(device.network(), device.cell(), body.sequence().epoch())
          ? Optional.of(body.payload())
          : Optional.empty();
    }

    @Override
    public boolean seesStatus(NetworkId network, DeviceId device) {
      return false;
    }
  }
}
