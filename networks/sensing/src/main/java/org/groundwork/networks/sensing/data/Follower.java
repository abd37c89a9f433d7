package org.groundwork.networks.sensing.data;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.groundwork.agent.ChainFeed;
import org.groundwork.agent.ListedDevice;
import org.groundwork.networks.sensing.wire.Reading;
import org.groundwork.networks.sensing.wire.SensingDefinition;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.Report;
import org.groundwork.protocol.ReportBody;
import org.groundwork.protocol.crypto.SignatureVerifier;
import org.groundwork.rules.Device;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings into the store what becomes public: each sealed segment once, and each result in place of
 * the segments that it judged. For one thread.
 */
final class Follower {
  private static final Logger LOG = LoggerFactory.getLogger(Follower.class);

  /** Epochs before this one whose segments may still come. */
  private static final long BEHIND = 2;

  private final SensingDefinition definition;
  private final NetworkId network;
  private final ChainFeed chain;
  private final PublicRecords records;
  private final ReadingStore store;
  private final SignatureVerifier verifier;
  private final InstantSource clock;
  private final Consumer<List<SoldReading>> fresh;
  private final Results results;

  /** Hears of results before the store does; of one perhaps twice. */
  interface Results {
    void judged(EpochNumber result, List<Report> accepted) throws IOException;
  }

  /** Segments that no result has judged yet. */
  private final Set<Hash> taken = new HashSet<>();

  private final Map<DeviceId, Device> devices = new HashMap<>();

  /**
   * A follower.
   *
   * @param fresh hears of readings that are new
   * @param results hears of each result
   */
  Follower(
      SensingDefinition definition,
      NetworkId network,
      ChainFeed chain,
      PublicRecords records,
      ReadingStore store,
      SignatureVerifier verifier,
      InstantSource clock,
      Consumer<List<SoldReading>> fresh,
      Results results)
      throws IOException {
    this.definition = definition;
    this.network = network;
    this.chain = chain;
    this.records = records;
    this.store = store;
    this.verifier = verifier;
    this.clock = clock;
    this.fresh = fresh;
    this.results = results;
    taken.addAll(store.segments());
  }

  /** Takes what is new. */
  void step() throws IOException {
    Optional<EpochNumber> judged = results();
    long now = chain.schedule().epochAt(clock.instant().getEpochSecond()).value();
    long first = Math.max(0, now - BEHIND);
    if (judged.isPresent()) {
      first = Math.max(first, judged.get().value() + 1);
    }
    for (long epoch = first; epoch <= now; epoch++) {
      segments(new EpochNumber(epoch));
    }
  }

  private void segments(EpochNumber epoch) throws IOException {
    for (Hash segment : records.sealed(epoch)) {
      if (!taken.contains(segment)) {
        Optional<List<Report>> reports = records.reports(segment);
        if (reports.isPresent()) {
          List<SoldReading> readings = new ArrayList<>();
          for (Report report : reports.get()) {
            reading(report, true)
                .filter(reading -> reading.epoch().equals(epoch))
                .ifPresent(readings::add);
          }
          fresh.accept(store.addFresh(epoch, segment, readings));
          taken.add(segment);
        }
      }
    }
  }

  /** Takes new results; the epoch of the newest that was taken. */
  private Optional<EpochNumber> results() throws IOException {
    List<PublicRecords.Accepted> accepted = records.accepted();
    Map<EpochNumber, PublicRecords.Accepted> known = store.results();
    Optional<EpochNumber> newest = known.keySet().stream().max(EpochNumber::compareTo);
    EpochNumber last = accepted.isEmpty() ? EpochNumber.FIRST : accepted.getLast().epoch();
    if (newest.isPresent() && (accepted.isEmpty() || newest.get().compareTo(last) > 0)) {
      LOG.info("Results after epoch {} were rolled back", last);
      store.rollBack(accepted.isEmpty() ? EpochNumber.FIRST : last.next());
      known = store.results();
      newest = known.keySet().stream().max(EpochNumber::compareTo);
    }
    for (PublicRecords.Accepted result : accepted) {
      PublicRecords.Accepted before = known.get(result.epoch());
      if (before == null || !before.hash().equals(result.hash())) {
        Optional<PublicRecords.Judged> judged = records.judged(result);
        if (judged.isEmpty()) {
          return newest;
        }
        take(result, judged.get());
        // Another result of an epoch takes those after it along.
        known = store.results();
        newest = Optional.of(result.epoch());
      } else if (result.isFinal() && !before.isFinal()) {
        store.finalise(result.epoch());
      }
    }
    return newest;
  }

  private void take(PublicRecords.Accepted result, PublicRecords.Judged judged) throws IOException {
    List<SoldReading> readings = new ArrayList<>();
    for (Report report : judged.reports()) {
      reading(report, false).ifPresent(readings::add);
    }
    results.judged(result.epoch(), judged.reports());
    store.accept(result, readings, judged.unpaid());
    taken.clear();
    taken.addAll(store.segments());
    // Keys may have changed since.
    devices.clear();
  }

  /** A reading of a device of this network; empty for all else that is reported. */
  private Optional<SoldReading> reading(Report report, boolean checkSignature) throws IOException {
    try {
      ReportBody body = report.parse();
      boolean ours =
          body.network().equals(network)
              && body.deployment().equals(chain.domain().deployment())
              && (body.type() == Reading.TYPE || body.type() == Reading.TEXT_TYPE);
      if (!ours) {
        return Optional.empty();
      }
      Reading reading = Reading.decode(definition, body.payload());
      Optional<Device> device = device(body.device());
      if (device.isEmpty() || (checkSignature && !isSigned(report, body, device.get()))) {
        return Optional.empty();
      }
      return Optional.of(
          new SoldReading(body.device(), body.sequence(), device.get().cell(), reading));
    } catch (Malformed e) {
      return Optional.empty();
    }
  }

  private boolean isSigned(Report report, ReportBody body, Device device) {
    return body.keyHash().equals(device.key().hash())
        && verifier.verify(
            device.key(), ReportBody.signingMessage(report.body()), report.signature());
  }

  /** A device of this network. */
  private Optional<Device> device(DeviceId id) throws IOException {
    Device known = devices.get(id);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Device> found =
        chain
            .device(id)
            .map(ListedDevice::device)
            .filter(device -> device.network().equals(network));
    found.ifPresent(device -> devices.put(id, device));
    return found;
  }
}
