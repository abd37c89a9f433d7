package org.groundwork.node.verifier;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.groundwork.engine.index.IndexEntry;
import org.groundwork.engine.index.IndexStore;
import org.groundwork.engine.index.SegmentIndex;
import org.groundwork.engine.index.SlotSignature;
import org.groundwork.engine.segment.Segment;
import org.groundwork.engine.segment.SegmentHeader;
import org.groundwork.engine.segment.SegmentReader;
import org.groundwork.engine.segment.SegmentStore;
import org.groundwork.node.chain.EpochChain;
import org.groundwork.node.wire.ApiError;
import org.groundwork.node.wire.ApiException;
import org.groundwork.node.wire.IndexCertificate;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.EpochSchedule;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.crypto.AccountKey;

/**
 * Takes segments from staked gateways and signs the slot in which they came; certifies indexes of
 * which every segment is here. The first slot that was noted for a segment is signed ever after.
 */
public final class Reception {
  private final AccountKey key;
  private final EpochChain chain;
  private final InstantSource clock;
  private final SegmentStore segments;
  private final IndexStore indexes;
  private final ArrivalLogs logs;
  private final long maxBytesPerGateway;
  private final Arrivals listener;

  /** Who is told of each segment that came for the first time. */
  interface Arrivals {
    void arrived(Segment segment);
  }

  /**
   * A reception.
   *
   * @param maxBytesPerGateway most canonical bytes of one gateway and epoch
   */
  Reception(
      AccountKey key,
      EpochChain chain,
      InstantSource clock,
      SegmentStore segments,
      IndexStore indexes,
      ArrivalLogs logs,
      long maxBytesPerGateway,
      Arrivals listener) {
    this.key = key;
    this.chain = chain;
    this.clock = clock;
    this.segments = segments;
    this.indexes = indexes;
    this.logs = logs;
    this.maxBytesPerGateway = maxBytesPerGateway;
    this.listener = listener;
  }

  /** Takes a segment; it is durable, and so is its slot, when this returns. */
  public SlotSignature receive(AccountId gateway, Hash hash, Bytes compressed)
      throws IOException, ApiException {
    long now = clock.instant().getEpochSecond();
    Segment segment = read(hash, compressed);
    SegmentHeader header = segment.header();
    EpochNumber epoch = header.epoch();
    if (!header.deployment().equals(chain.domain().deployment())
        || !header.gateway().equals(gateway)) {
      throw new ApiException(ApiError.FORBIDDEN, "The segment names another gateway.");
    }
    requireOpen(epoch, now);
    requireStaked(epoch, gateway);
    ArrivalLog log = logs.of(epoch);
    boolean fresh = log.arrival(hash).isEmpty();
    int size = segment.canonical().size();
    if (fresh && log.bytes(gateway) + size > maxBytesPerGateway) {
      throw new ApiException(ApiError.BUSY, "The gateway has used up its share of this epoch.");
    }
    keep(hash, compressed);
    SlotNumber slot = chain.schedule().slotAt(now);
    ArrivalLog.Arrival arrival = log.arrived(hash, new ArrivalLog.Arrival(gateway, slot, size));
    if (fresh) {
      listener.arrived(segment);
    }
    return SlotSignature.sign(chain.domain(), epoch, gateway, hash, arrival.slot(), key);
  }

  private static Segment read(Hash hash, Bytes compressed) throws ApiException {
    try {
      return SegmentReader.read(hash, compressed);
    } catch (Malformed e) {
      throw new ApiException(ApiError.MALFORMED, String.valueOf(e.getMessage()));
    }
  }

  private void keep(Hash hash, Bytes compressed) throws IOException {
    try {
      segments.receive(hash, new ByteArrayInputStream(compressed.unsafeArray()));
    } catch (Malformed e) {
      throw new IllegalStateException("a segment that was just read", e);
    }
  }

  /** Certifies an index of which every segment is here. */
  public IndexCertificate certify(AccountId gateway, Bytes encoded)
      throws IOException, ApiException {
    SegmentIndex index = decode(encoded);
    EpochNumber epoch = index.epoch();
    if (!index.deployment().equals(chain.domain().deployment())
        || !index.gateway().equals(gateway)) {
      throw new ApiException(ApiError.FORBIDDEN, "The index names another gateway.");
    }
    requireOpen(epoch, clock.instant().getEpochSecond());
    requireStaked(epoch, gateway);
    ArrivalLog log = logs.of(epoch);
    requireSegments(index, log);
    Hash hash = indexes.put(index);
    log.certify(hash, gateway);
    return IndexCertificate.sign(chain.domain(), epoch, gateway, hash, key);
  }

  private static SegmentIndex decode(Bytes encoded) throws ApiException {
    try {
      return SegmentIndex.decode(encoded);
    } catch (Malformed e) {
      throw new ApiException(ApiError.MALFORMED, String.valueOf(e.getMessage()));
    }
  }

  private void requireSegments(SegmentIndex index, ArrivalLog log) throws ApiException {
    for (IndexEntry entry : index.entries()) {
      boolean here =
          log.arrival(entry.segment())
              .filter(arrival -> arrival.gateway().equals(index.gateway()))
              .filter(_ -> segments.has(entry.segment()))
              .isPresent();
      if (!here) {
        throw new ApiException(ApiError.MISSING_SEGMENTS, "The first is " + entry.segment() + ".");
      }
    }
  }

  /** The certificates given in an epoch, as long as indexes may be posted. */
  public List<IndexCertificate> certificates(EpochNumber epoch) throws IOException {
    List<IndexCertificate> certificates = new ArrayList<>();
    if (isOpen(epoch, clock.instant().getEpochSecond())) {
      for (Map.Entry<Hash, AccountId> index : logs.of(epoch).certified().entrySet()) {
        certificates.add(
            IndexCertificate.sign(chain.domain(), epoch, index.getValue(), index.getKey(), key));
      }
    }
    return certificates;
  }

  private boolean isOpen(EpochNumber epoch, long now) {
    EpochSchedule schedule = chain.schedule();
    return epoch.compareTo(schedule.epochAt(now)) <= 0 && schedule.commitDeadline(epoch) > now;
  }

  private void requireOpen(EpochNumber epoch, long now) throws ApiException {
    EpochSchedule schedule = chain.schedule();
    if (epoch.compareTo(schedule.epochAt(now)) > 0) {
      throw new ApiException(ApiError.NOT_YET, "Epoch " + epoch + " is not open.");
    }
    if (schedule.commitDeadline(epoch) <= now) {
      throw new ApiException(ApiError.TOO_LATE, "Epoch " + epoch + " takes no segments.");
    }
  }

  private void requireStaked(EpochNumber epoch, AccountId gateway)
      throws IOException, ApiException {
    if (!chain.gateways(epoch).contains(gateway)) {
      throw new ApiException(ApiError.FORBIDDEN, gateway + " is no gateway of this epoch.");
    }
  }
}
