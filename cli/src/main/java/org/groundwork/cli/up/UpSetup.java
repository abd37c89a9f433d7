package org.groundwork.cli.up;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.groundwork.node.explorer.ExplorerSettings;
import org.groundwork.node.http.TlsFiles;
import org.groundwork.protocol.Credits;

/** What one machine runs: the configuration file {@code groundwork.toml}, section by section. */
public record UpSetup(
    Network network,
    Parts parts,
    Addresses addresses,
    Explorer explorer,
    Limits limits,
    Alerts alerts) {
  public static final UpSetup STANDARD =
      new UpSetup(
          new Network(5, 12, 2, 4, 6, 64L << 30),
          new Parts(true, true, true, true),
          new Addresses("127.0.0.1", 0, 0, 0, 0, 0, 0, 0, ""),
          new Explorer("127.0.0.1", "", "", ExplorerSettings.PER_SECOND),
          new Limits(512, 512, 1024, 512, 168, 24, 60, 64),
          new Alerts("", 1, "1", 3, 1024, 5));

  /**
   * What a new folder is laid out with.
   *
   * @param slotSeconds length of a slot
   * @param slotsPerEpoch slots of an epoch
   * @param commitSlots slots after an epoch's close for posting indexes
   * @param verifiers how many
   * @param providers of storage, how many
   * @param providerBytes room of each provider
   */
  public record Network(
      long slotSeconds,
      long slotsPerEpoch,
      long commitSlots,
      int verifiers,
      int providers,
      long providerBytes) {
    public Network {
      within("slot_seconds", slotSeconds, 1, 3600);
      within("slots_per_epoch", slotsPerEpoch, 2, 10_000);
      within("commit_slots", commitSlots, 1, slotsPerEpoch);
      within("verifiers", verifiers, 1, 32);
      within("providers", providers, 0, 64);
      within("provider_bytes", providerBytes, 1 << 20, Long.MAX_VALUE);
    }

    /** Slots of a second and epochs of ten. */
    public Network quick() {
      return new Network(1, 10, 3, verifiers, providers, providerBytes);
    }
  }

  /**
   * Which parts run beside the node.
   *
   * @param storage providers and an S3 endpoint
   * @param data servers that sell readings
   * @param prices whether prices are recorded and results made final
   * @param explorer page and API for everybody
   */
  public record Parts(boolean storage, boolean data, boolean prices, boolean explorer) {}

  /**
   * Where parts listen; ports of 0 are found free once.
   *
   * @param host of gateway, verifiers and providers, as the chain names it
   * @param door the TLS address at which machines join; empty for none
   */
  public record Addresses(
      String host,
      int chain,
      int gateway,
      int mqtt,
      int s3,
      int content,
      int monitor,
      int explorer,
      String door) {
    public Addresses {
      ports(chain, gateway, mqtt, s3, content, monitor, explorer)
          .forEach((name, port) -> within(name, port, 0, 65_535));
      if (host.isBlank() || host.contains("/") || host.contains(":")) {
        throw new IllegalArgumentException("host is a name or an IPv4 address, without a port");
      }
      if (!door.isEmpty() && !door.matches("[0-9A-Za-z.-]+:[0-9]{1,5}")) {
        throw new IllegalArgumentException("door is an address with a port, as 10.0.0.1:8443");
      }
    }

    /** The ports that were chosen, by part. */
    public Map<String, Integer> fixed() {
      Map<String, Integer> fixed = ports(chain, gateway, mqtt, s3, content, monitor, explorer);
      fixed.values().removeIf(port -> port == 0);
      return fixed;
    }

    private static Map<String, Integer> ports(
        int chain, int gateway, int mqtt, int s3, int content, int monitor, int explorer) {
      Map<String, Integer> ports = new TreeMap<>();
      ports.put("chain", chain);
      ports.put("gateway", gateway);
      ports.put("mqtt", mqtt);
      ports.put("s3", s3);
      ports.put("content", content);
      ports.put("monitor", monitor);
      ports.put("explorer", explorer);
      return ports;
    }
  }

  /**
   * Page and API.
   *
   * @param host where they listen
   * @param certificateFile PEM; empty for no TLS
   * @param privateKeyFile PEM, PKCS #8; empty for no TLS
   * @param rate questions a second of one address
   */
  public record Explorer(String host, String certificateFile, String privateKeyFile, int rate) {
    public Explorer {
      within("rate", rate, 1, 1 << 20);
      if (!host.matches("[0-9A-Za-z.-]+")) {
        throw new IllegalArgumentException("host is a name or an IPv4 address, without a port");
      }
      if (certificateFile.isEmpty() != privateKeyFile.isEmpty()) {
        throw new IllegalArgumentException(
            "certificate_file and private_key_file are given together, or neither");
      }
    }

    /** The files, in a network's folder unless they say otherwise; empty for no TLS. */
    public Optional<TlsFiles> tls(Path folder) {
      return certificateFile.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new TlsFiles(folder.resolve(certificateFile), folder.resolve(privateKeyFile)));
    }

    /** Where this machine reaches them. */
    public String url(int port) {
      return (certificateFile.isEmpty() ? "http://" : "https://")
          + (host.equals("0.0.0.0") ? "127.0.0.1" : host)
          + ":"
          + port;
    }
  }

  /**
   * Bounds of the processes.
   *
   * @param nodeHeap most MiB of heap of gateway and verifiers
   * @param keepEpochs final epochs whose segments are kept
   * @param snapshotEpochs of so many epochs, one carry is kept for ever
   * @param restartWait most seconds before a part is started again
   * @param logSize most MiB of a log file
   */
  public record Limits(
      int nodeHeap,
      int providersHeap,
      int s3Heap,
      int explorerHeap,
      int keepEpochs,
      int snapshotEpochs,
      int restartWait,
      int logSize) {
    public Limits {
      within("node_heap", nodeHeap, 64, 1 << 20);
      within("providers_heap", providersHeap, 64, 1 << 20);
      within("s3_heap", s3Heap, 64, 1 << 20);
      within("explorer_heap", explorerHeap, 64, 1 << 20);
      within("keep_epochs", keepEpochs, 25, 1 << 30);
      within("snapshot_epochs", snapshotEpochs, 1, 1 << 30);
      within("restart_wait", restartWait, 1, 3600);
      within("log_size", logSize, 1, 1 << 20);
    }
  }

  /**
   * From which values on somebody is told.
   *
   * @param webhook URL that receives alerts; empty for none. It may hold a secret
   * @param missedProofs missed or wrong answers of a provider
   * @param lowCredits dollars that are left
   * @param behindEpochs closed epochs without a result
   * @param freeDisk MiB that are free
   * @param restarts of a part since the start
   */
  public record Alerts(
      String webhook,
      int missedProofs,
      String lowCredits,
      int behindEpochs,
      int freeDisk,
      int restarts) {
    public Alerts {
      within("missed_proofs", missedProofs, 1, 1440);
      within("behind_epochs", behindEpochs, 1, 1 << 20);
      within("free_disk", freeDisk, 0, Integer.MAX_VALUE);
      within("restarts", restarts, 1, 1 << 20);
      if (!webhook.isEmpty() && !webhook.matches("https?://[^\\s]+")) {
        throw new IllegalArgumentException("webhook is a URL that starts with https:// or http://");
      }
      dollars(lowCredits);
    }

    /** What is too little, in credits. */
    public Credits least() {
      return dollars(lowCredits);
    }

    /** Without the URL, which may hold a secret. */
    @Override
    public String toString() {
      return "Alerts[webhook=%s, missedProofs=%d, lowCredits=%s, behindEpochs=%d, freeDisk=%d, restarts=%d]"
          .formatted(
              webhook.isEmpty() ? "none" : "redacted",
              missedProofs,
              lowCredits,
              behindEpochs,
              freeDisk,
              restarts);
    }

    private static Credits dollars(String text) {
      if (!text.matches("[0-9]{1,15}(\\.[0-9]{1,18})?")) {
        throw new IllegalArgumentException("low_credits is an amount of dollars, as \"12.50\"");
      }
      BigInteger smallest =
          new BigDecimal(text).movePointRight(Credits.DECIMALS).toBigIntegerExact();
      return new Credits(smallest);
    }
  }

  /** The same for a folder of this layout and with or without the storage network. */
  public UpSetup with(Network laidOut, boolean storage) {
    return new UpSetup(
        laidOut,
        new Parts(storage, parts.data(), parts.prices(), parts.explorer()),
        addresses,
        explorer,
        limits,
        alerts);
  }

  /** The same at an address that other machines reach. */
  public UpSetup at(String host) {
    Addresses at =
        new Addresses(
            host,
            addresses.chain(),
            addresses.gateway(),
            addresses.mqtt(),
            addresses.s3(),
            addresses.content(),
            addresses.monitor(),
            addresses.explorer(),
            addresses.door());
    return new UpSetup(network, parts, at, explorer, limits, alerts);
  }

  private static void within(String key, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s is a number from %d to %d, not %d".formatted(key, least, most, value));
    }
  }
}
