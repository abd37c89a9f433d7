package org.groundwork.protocol;

/** The struct hashes of the short statements that gateways and verifiers sign (EIP-712). */
public final class Statements {
  private static final String SEGMENT_SLOT =
      "SegmentSlot(bytes32 deployment,uint64 epoch,address gateway,bytes32 segment,uint64 slot)";
  private static final String INDEX_CERTIFICATE =
      "IndexCertificate(bytes32 deployment,uint64 epoch,address gateway,bytes32 index)";
  private static final String PRESENCE = "Presence(bytes32 deployment,uint64 epoch)";
  private static final String BROKEN_PROMISE =
      "BrokenPromise(bytes32 deployment,uint64 epoch,address gateway,bytes32 report)";
  private static final String PROMISE =
      "Promise(bytes32 deployment,address gateway,uint64 slot,bytes32 batch)";
  private static final String REQUEST =
      "Request(bytes32 deployment,string method,string target,bytes32 content,uint64 time)";
  private static final String DATA_ACCESS =
      "DataAccess(bytes32 deployment,bytes32 deal,uint64 server,uint64 expires)";
  private static final String METADATA_ROOT =
      "MetadataRoot(bytes32 deployment,uint32 network,uint64 number,bytes32 content)";

  private Statements() {}

  /** A verifier: these segment bytes had arrived by this slot, and I keep them. */
  public static Hash segmentSlot(
      DeploymentId deployment,
      EpochNumber epoch,
      AccountId gateway,
      Hash segment,
      SlotNumber slot) {
    return new TypedData(SEGMENT_SLOT)
        .word(deployment.hash())
        .word(epoch.value())
        .word(gateway)
        .word(segment)
        .word(slot.value())
        .structHash();
  }

  /** A verifier: I hold every segment of this index. */
  public static Hash indexCertificate(
      DeploymentId deployment, EpochNumber epoch, AccountId gateway, Hash index) {
    return new TypedData(INDEX_CERTIFICATE)
        .word(deployment.hash())
        .word(epoch.value())
        .word(gateway)
        .word(index)
        .structHash();
  }

  /** A verifier: I am alive, although this epoch has no result. */
  public static Hash presence(DeploymentId deployment, EpochNumber epoch) {
    return new TypedData(PRESENCE).word(deployment.hash()).word(epoch.value()).structHash();
  }

  /** A verifier: this gateway promised a report that stands in no input of its epoch. */
  public static Hash brokenPromise(
      DeploymentId deployment, EpochNumber epoch, AccountId gateway, Hash report) {
    return new TypedData(BROKEN_PROMISE)
        .word(deployment.hash())
        .word(epoch.value())
        .word(gateway)
        .word(report)
        .structHash();
  }

  /** A gateway: the reports under this {@link HashTree} root are durable and will be sealed. */
  public static Hash promise(
      DeploymentId deployment, AccountId gateway, SlotNumber slot, Hash batch) {
    return new TypedData(PROMISE)
        .word(deployment.hash())
        .word(gateway)
        .word(slot.value())
        .word(batch)
        .structHash();
  }

  /** Anyone: one HTTP request between parties, with the SHA-256 of its content. */
  public static Hash request(
      DeploymentId deployment, String method, String target, Hash content, long unixSeconds) {
    return new TypedData(REQUEST)
        .word(deployment.hash())
        .bytes(Bytes.wrap(method.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        .bytes(Bytes.wrap(target.getBytes(java.nio.charset.StandardCharsets.UTF_8)))
        .word(content)
        .word(unixSeconds)
        .structHash();
  }

  /** A customer: who shows this at a server may read what my scope deal covers, until then. */
  public static Hash dataAccess(
      DeploymentId deployment, Hash deal, DeviceId server, long expiresUnixSecond) {
    return new TypedData(DATA_ACCESS)
        .word(deployment.hash())
        .word(deal)
        .word(server.value())
        .word(expiresUnixSecond)
        .structHash();
  }

  /** A payer: where my newest metadata in a network is, with the SHA-256 of what says so. */
  public static Hash metadataRoot(
      DeploymentId deployment, NetworkId network, long number, Hash content) {
    return new TypedData(METADATA_ROOT)
        .word(deployment.hash())
        .word(network.value())
        .word(number)
        .word(content)
        .structHash();
  }
}
