package org.groundwork.networks.storage.s3;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes at the store what no object uses any more. The queue is durable, so what a crash
 * interrupts is done after it; deleting twice does no harm.
 */
final class Reaper {
  private static final Logger LOG = LoggerFactory.getLogger(Reaper.class);
  private static final int BATCH = 64;

  private final Buckets buckets;
  private final ObjectStore store;

  Reaper(Buckets buckets, ObjectStore store) {
    this.buckets = buckets;
    this.store = store;
  }

  /**
   * Deletes a batch.
   *
   * @return whether it makes sense to go on at once
   */
  boolean step() throws IOException {
    Map<Long, Stored> doomed = buckets.doomed(BATCH);
    var done = new ArrayList<Long>();
    for (var entry : doomed.entrySet()) {
      if (delete(entry.getValue())) {
        done.add(entry.getKey());
      }
    }
    if (!done.isEmpty()) {
      buckets.forget(done);
    }
    return doomed.size() == BATCH && !done.isEmpty();
  }

  private boolean delete(Stored stored) {
    try {
      store.delete(stored);
      return true;
    } catch (IOException | ObjectStoreException e) {
      LOG.info("bytes that nothing uses will be deleted later: {}", e.toString());
      return false;
    }
  }
}
