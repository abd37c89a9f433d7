package org.groundwork.networks.storage.customer;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.groundwork.agent.ChainFeed;
import org.groundwork.agent.ListedDevice;
import org.groundwork.agent.Payer;
import org.groundwork.networks.storage.wire.MetadataRoot;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.crypto.Sha256;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leaves the place of the newest metadata with providers, and finds it there again. */
final class RootKeeper {
  private static final Logger LOG = LoggerFactory.getLogger(RootKeeper.class);

  private final ChainFeed chain;
  private final NetworkId network;
  private final Payer payer;
  private final ProviderClient client;
  private final StripeCipher masterKey;
  private final SecureRandom random;

  /** More providers than may be lost at once. */
  private final int enough;

  RootKeeper(
      ChainFeed chain,
      NetworkId network,
      Payer payer,
      ProviderClient client,
      StripeCipher masterKey,
      SecureRandom random,
      int enough) {
    this.chain = chain;
    this.network = network;
    this.payer = payer;
    this.client = client;
    this.masterKey = masterKey;
    this.random = random;
    this.enough = enough;
  }

  /** A root that some provider had. */
  record Found(long number, Manifest directory) {}

  /** Leaves a root with all providers; fails if too few take it. */
  void leave(long number, Manifest directory) throws IOException {
    MetadataRoot root =
        new MetadataRoot(
            chain.domain().deployment(),
            network,
            payer.account(),
            number,
            masterKey.seal(directory.encode(), random));
    MetadataRoot.Signed signed =
        new MetadataRoot.Signed(
            root,
            payer.signMetadataRoot(network, number, Sha256.hash(root.content().unsafeArray())));
    int taken = 0;
    for (ListedDevice device : chain.devices(network)) {
      try {
        if (!device.endpoint().isEmpty()) {
          client.leave(device.endpoint(), signed);
          taken++;
        }
      } catch (IOException e) {
        LOG.debug("Device {} keeps no root: {}", device.device().id(), e.toString());
      }
    }
    if (taken < enough) {
      throw new IOException(
          "only " + taken + " of at least " + enough + " providers keep where the metadata is");
    }
  }

  /** What providers have, newest first; what is not genuine, or of another master key, is not. */
  List<Found> find() throws IOException {
    TreeMap<Long, Found> found = new TreeMap<>(Comparator.reverseOrder());
    for (ListedDevice device : chain.devices(network)) {
      try {
        if (!device.endpoint().isEmpty()) {
          read(client.root(device.endpoint(), payer.account()))
              .ifPresent(root -> found.put(root.number(), root));
        }
      } catch (IOException e) {
        LOG.info("Device {} has no root: {}", device.device().id(), e.toString());
      }
    }
    return new ArrayList<>(found.values());
  }

  private Optional<Found> read(Optional<MetadataRoot.Signed> signed) {
    if (signed.isEmpty()
        || !signed.get().isGenuine(chain.domain())
        || !signed.get().root().payer().equals(payer.account())
        || !signed.get().root().network().equals(network)) {
      return Optional.empty();
    }
    MetadataRoot root = signed.get().root();
    try {
      return Optional.of(new Found(root.number(), Manifest.decode(masterKey.open(root.content()))));
    } catch (GeneralSecurityException | Malformed e) {
      LOG.warn("Root {} was made with another master key", root.number());
      return Optional.empty();
    }
  }
}
