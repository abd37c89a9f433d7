package org.groundwork.node.verifier;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListSet;
import org.groundwork.engine.EpochPlan;
import org.groundwork.engine.EpochResult;
import org.groundwork.engine.PostedIndex;
import org.groundwork.engine.ResultPlan;
import org.groundwork.engine.files.ResultFolder;
import org.groundwork.engine.index.IndexStore;
import org.groundwork.engine.index.SegmentIndex;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.jspecify.annotations.Nullable;

/** What this verifier found, as files for everybody. Safe for use by many threads. */
public final class Publication {
  /** Results are published under their first attempt; there is no other yet. */
  private static final int ATTEMPT = 0;

  private final ResultFolder folder;
  private final IndexStore indexes;
  private final ConcurrentSkipListSet<EpochNumber> epochs = new ConcurrentSkipListSet<>();
  private volatile @Nullable EpochResult latest;

  Publication(ResultFolder folder, IndexStore indexes) throws IOException {
    this.folder = folder;
    this.indexes = indexes;
    epochs.addAll(folder.epochs());
  }

  boolean has(EpochNumber epoch) {
    return epochs.contains(epoch);
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
    folder.write(result, posted);
    epochs.add(plan.epoch());
    latest = result;
  }

  /** The epochs that were judged here. */
  public List<EpochNumber> epochs() {
    return List.copyOf(epochs);
  }

  public Optional<EpochResult> result(EpochNumber epoch) throws IOException {
    EpochResult recent = latest;
    if (recent != null && recent.statement().epoch().equals(epoch)) {
      return Optional.of(recent);
    }
    return has(epoch) ? folder.read(epoch, ATTEMPT) : Optional.empty();
  }

  /** One published file. */
  public Optional<Bytes> file(EpochNumber epoch, String path) throws IOException {
    return has(epoch) ? folder.file(epoch, ATTEMPT, path) : Optional.empty();
  }
}
