package org.groundwork.node.gateway;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Promise;

/** The reports of the open epochs and where they stand, so that a second copy is only answered. */
final class PromiseBook {
  private record Place(CommittedBatch batch, int index) {}

  private final ConcurrentSkipListMap<EpochNumber, Map<Hash, Place>> epochs =
      new ConcurrentSkipListMap<>();

  void add(EpochNumber epoch, CommittedBatch batch) {
    Map<Hash, Place> places = epochs.computeIfAbsent(epoch, _ -> new ConcurrentHashMap<>());
    for (int i = 0; i < batch.reports().size(); i++) {
      places.putIfAbsent(batch.reports().get(i), new Place(batch, i));
    }
  }

  Optional<Promise> find(EpochNumber epoch, Hash report) {
    return Optional.ofNullable(epochs.getOrDefault(epoch, Map.of()).get(report))
        .map(place -> place.batch().promise(place.index()));
  }

  int size(EpochNumber epoch) {
    return epochs.getOrDefault(epoch, Map.of()).size();
  }

  void forgetBefore(EpochNumber epoch) {
    epochs.headMap(epoch).clear();
  }
}
