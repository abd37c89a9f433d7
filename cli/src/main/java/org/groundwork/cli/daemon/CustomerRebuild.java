package org.groundwork.cli.daemon;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.groundwork.agent.FolderFormat;
import org.groundwork.agent.Payer;
import org.groundwork.networks.storage.customer.BucketNames;
import org.groundwork.networks.storage.customer.CustomerSettings;
import org.groundwork.networks.storage.customer.StorageCustomer;
import org.groundwork.networks.storage.s3.ObjectStoreException;
import org.groundwork.protocol.NetworkId;
import org.groundwork.settlement.keys.Keystore;
import org.groundwork.settlement.keys.Password;

/** Makes a customer's data folder anew from its keys and what the network has. */
public final class CustomerRebuild {
  private CustomerRebuild() {}

  /**
   * Rebuilds the data of a folder that has the customer's configuration and keys.
   *
   * @return how many objects' manifests there are
   * @throws IOException if there is data already, or no snapshot of it in the network
   */
  public static int run(Path folder) throws IOException {
    CustomerSetup setup = ConfigFile.read(folder.resolve(CustomerSetup.FILE), CustomerSetup.class);
    Path data = folder.resolve("data");
    if (Files.exists(data)) {
      throw new IOException(data + " is there; move it away to rebuild it");
    }
    Path next = folder.resolve("data.rebuilding");
    if (Files.exists(next)) {
      throw new IOException(
          next + " is left of a rebuild that was interrupted; delete it and begin again");
    }
    try (ChainLink link = new ChainLink(Path.of(setup.deployment()), URI.create(setup.rpc()))) {
      FolderFormat.check(next);
      SecureRandom random = new SecureRandom();
      int objects;
      try (Payer payer =
              new Payer(
                  next,
                  link.feed().domain(),
                  Keystore.openAccount(
                      Path.of(setup.accountKey()),
                      Password.fromFile(Path.of(setup.passwordFile()))),
                  random);
          StorageCustomer customer =
              new StorageCustomer(
                  next.resolve("manifests"),
                  CustomerSettings.standard().withDealSlots(setup.dealSlots()),
                  Files.readAllBytes(Path.of(setup.masterKeyFile())),
                  link.feed(),
                  new NetworkId(setup.network()),
                  payer,
                  InstantSource.system(),
                  random)) {
        objects =
            BucketNames.restore(customer, next.resolve("buckets.mv"), next.resolve("packs.mv"));
      } catch (ObjectStoreException e) {
        throw new IOException(e.getMessage(), e);
      }
      Files.move(next, data, StandardCopyOption.ATOMIC_MOVE);
      return objects;
    }
  }
}
