package org.groundwork.flink;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.groundwork.engine.Networks;
import org.groundwork.engine.UnknownRules;
import org.groundwork.engine.steps.EpochSteps;
import org.groundwork.engine.steps.InputSegment;
import org.groundwork.protocol.crypto.SignatureVerifiers;

/** What tasks know of the epoch: once for all tasks of a job in one process. */
final class TaskEpoch {
  private static final Map<Path, WeakReference<TaskEpoch>> OPEN = new HashMap<>();

  private final JobFolder folder;
  private final EpochSteps steps;
  private final List<InputSegment> segments;

  private TaskEpoch(JobFolder folder) throws IOException, UnknownRules {
    this.folder = folder;
    steps = new EpochSteps(folder.plan(), Networks.installed(), SignatureVerifiers.best());
    segments = folder.segments();
  }

  static TaskEpoch of(String folder) throws IOException, UnknownRules {
    Path path = Path.of(folder);
    synchronized (OPEN) {
      OPEN.values().removeIf(reference -> reference.get() == null);
      WeakReference<TaskEpoch> reference = OPEN.get(path);
      TaskEpoch open = reference == null ? null : reference.get();
      if (open == null) {
        open = new TaskEpoch(new JobFolder(path));
        OPEN.put(path, new WeakReference<>(open));
      }
      return open;
    }
  }

  JobFolder folder() {
    return folder;
  }

  EpochSteps steps() {
    return steps;
  }

  /** By rank. */
  List<InputSegment> segments() {
    return segments;
  }
}
