package org.groundwork.cli.up;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.groundwork.cli.Json;

/** Alerts that hold now; says when one begins and when it ends, once each. */
final class Alarms {
  /** What waits for a webhook that does not answer; the oldest go first. */
  private static final int MAX_WAITING = 100;

  /**
   * Proofs are missed now and then on a machine with too much to do, and a provider that does not
   * answer says nothing of them: the alert is over when nothing was missed for so long.
   */
  private static final Duration CALM = Duration.ofMinutes(1);

  /** An alert, when it began, and when it was seen last. */
  record Raised(Alert alert, Instant since, Instant seen) {
    boolean mayComeBack(Instant now) {
      return alert.code().equals(Alert.MISSED_PROOFS) && now.isBefore(seen.plus(CALM));
    }
  }

  private final Consumer<String> say;
  private final SortedMap<String, Raised> raised = new TreeMap<>();
  private final Deque<ObjectNode> unsent = new ArrayDeque<>();

  Alarms(Consumer<String> say) {
    this.say = say;
  }

  synchronized void update(List<Alert> alerts, Instant now) {
    SortedMap<String, Raised> before = new TreeMap<>(raised);
    raised.clear();
    for (Alert alert : alerts) {
      Raised known = before.remove(alert.key());
      raised.put(alert.key(), new Raised(alert, known == null ? now : known.since(), now));
      if (known == null) {
        say.accept("ALERT " + alert.code() + ": " + alert.sentence() + " " + alert.remedy());
        queue("raised", alert, now);
      }
    }
    for (Raised gone : before.values()) {
      if (gone.mayComeBack(now)) {
        raised.put(gone.alert().key(), gone);
        continue;
      }
      say.accept("over: " + gone.alert().code() + " " + gone.alert().subject());
      queue("over", gone.alert(), now);
    }
  }

  private void queue(String state, Alert alert, Instant now) {
    if (unsent.size() == MAX_WAITING) {
      unsent.removeFirst();
    }
    unsent.add(
        Json.object()
            .put("state", state)
            .put("code", alert.code())
            .put("subject", alert.subject())
            .put("sentence", alert.sentence())
            .put("remedy", alert.remedy())
            .put("at", now.getEpochSecond()));
  }

  synchronized List<Raised> raised() {
    return new ArrayList<>(raised.values());
  }

  /** Where alerts go. */
  interface Receiver {
    void take(ObjectNode alert) throws IOException, InterruptedException;
  }

  /** Sends what waits, in order; what could not be sent is tried again at the next call. */
  void send(Receiver receiver) throws IOException, InterruptedException {
    for (ObjectNode next = peek(); next != null; next = peek()) {
      receiver.take(next);
      remove(next);
    }
  }

  private synchronized @org.jspecify.annotations.Nullable ObjectNode peek() {
    return unsent.peekFirst();
  }

  private synchronized void remove(ObjectNode sent) {
    unsent.remove(sent);
  }
}
