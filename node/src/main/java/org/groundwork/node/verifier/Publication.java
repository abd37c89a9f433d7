package org.groundwork.node.verifier;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.groundwork.engine.EpochPlan;
import org.groundwork.engine.EpochResult;
import org.groundwork.engine.PostedIndex;
import org.groundwork.engine.PublishedResult;
import org.groundwork.engine.ResultPlan;
import org.groundwork.engine.files.ResultStore;
import org.groundwork.engine.files.ResultStore.Held;
import org.groundwork.engine.index.IndexStore;
import org.groundwork.engine.index.SegmentIndex;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.jspecify.annotations.Nullable;

/** What this verifier found, as files for everybody. Safe for use by many threads. */
public final class Publication {
  private final ResultStore store;
  private final IndexStore indexes;

  /** The newest attempt that was judged of each epoch with a result of its own. */
  private final ConcurrentSkipListMap<EpochNumber, Held> judged = new ConcurrentSkipListMap<>();

  private volatile @Nullable PublishedResult latest;

  Publication(ResultStore store, IndexStore indexes) {
    this.store = store;
    this.indexes = indexes;
    judged.putAll(store.newest());
  }

  /** Whether this attempt of an epoch was judged here, or a later one. */
  boolean has(EpochNumber epoch, int attempt) {
    Held held = judged.get(epoch);
    return held != null && held.attempt() >= attempt;
  }

  void publish(ResultPlan plan, EpochResult result) throws IOException {
    List<SegmentIndex> posted = new ArrayList<>();
    for (EpochPlan epoch : plan.epochs()) {
      for (PostedIndex each : epoch.posted()) {
        posted.add(
            indexes
                .get(each.index())
                .orElseThrow(() -> new IOException("index " + each.index() + " is gone")));
      }
    }
    PublishedResult published = result.published();
    store.write(published, posted);
    judged.put(plan.epoch(), new Held(plan.own().attempt(), plan.first()));
    latest = published;
  }

  /** The epochs that were judged here and have a result of their own. */
  public List<EpochNumber> epochs() {
    return List.copyOf(judged.keySet());
  }

  /**
   * Where an epoch is told about. Of several results over an epoch, the last one stands: those
   * before it found no quorum, and their own epochs were skipped too.
   */
  private Optional<Map.Entry<EpochNumber, Held>> covering(EpochNumber epoch) {
    Optional<Map.Entry<EpochNumber, Held>> found = Optional.empty();
    for (Map.Entry<EpochNumber, Held> next : judged.tailMap(epoch).entrySet()) {
      if (next.getValue().first().compareTo(epoch) > 0) {
        break;
      }
      found = Optional.of(next);
    }
    return found;
  }

  /** The newest result of an epoch, or the one that covers it because it was skipped. */
  public Optional<PublishedResult> result(EpochNumber epoch) throws IOException {
    Optional<Map.Entry<EpochNumber, Held>> found = covering(epoch);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    EpochNumber own = found.get().getKey();
    int attempt = found.get().getValue().attempt();
    PublishedResult recent = latest;
    return recent != null
            && recent.statement().epoch().equals(own)
            && recent.statement().attempt() == attempt
        ? Optional.of(recent)
        : store.read(own, attempt);
  }

  /** One published file of an epoch, or of the result that covers it. */
  public Optional<Bytes> file(EpochNumber epoch, String path) throws IOException {
    Optional<Map.Entry<EpochNumber, Held>> found = covering(epoch);
    return found.isEmpty()
        ? Optional.empty()
        : store.file(found.get().getKey(), found.get().getValue().attempt(), path);
  }
}
