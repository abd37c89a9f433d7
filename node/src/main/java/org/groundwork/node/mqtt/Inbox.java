package org.groundwork.node.mqtt;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.groundwork.node.gateway.Admission;
import org.groundwork.node.gateway.Answer;
import org.groundwork.node.gateway.Refusal;
import org.groundwork.node.gateway.Sender;
import org.groundwork.protocol.Report;

/**
 * What one client published and has no answer to yet. One task at a time takes what waits to the
 * gateway, so that answers come in the order of the publications ([MQTT-4.6.0-2]).
 */
final class Inbox {
  /** Publications without an answer, from which on the client is not read. */
  static final int FULL = 64;

  /** How often a report is offered to a gateway that is busy before its client is told. */
  private static final int TRIES = 4;

  private static final Duration BUSY_PAUSE = Duration.ofMillis(250);

  /**
   * A publication.
   *
   * @param packet 0 at QoS 0
   * @param report empty if the answer is known already
   * @param answer empty for what needs none: a status
   * @param detail what more there is to say about a refusal; often nothing
   */
  record Item(int packet, Optional<Report> report, Optional<Answer> answer, String detail) {
    static Item of(int packet, Report report) {
      return new Item(packet, Optional.of(report), Optional.empty(), "");
    }

    static Item decided(int packet, Answer answer, String detail) {
      return new Item(packet, Optional.empty(), Optional.of(answer), detail);
    }

    static Item taken(int packet) {
      return new Item(packet, Optional.empty(), Optional.empty(), "");
    }

    private Item with(Answer given) {
      return new Item(packet, report, Optional.of(given), detail);
    }
  }

  private final Admission admission;
  private final Sender sender;
  private final Executor executor;
  private final Consumer<List<Item>> answered;

  // Guarded by this.
  private final Deque<Item> waiting = new ArrayDeque<>();
  private boolean running;

  /**
   * An empty inbox.
   *
   * @param executor its threads may wait
   * @param answered gets publications with their answers, in order, on one of those threads
   */
  Inbox(Admission admission, Sender sender, Executor executor, Consumer<List<Item>> answered) {
    this.admission = admission;
    this.sender = sender;
    this.executor = executor;
    this.answered = answered;
  }

  synchronized void add(Item item) {
    waiting.add(item);
    if (!running) {
      running = true;
      executor.execute(this::run);
    }
  }

  private synchronized List<Item> take() {
    List<Item> taken = List.copyOf(waiting);
    waiting.clear();
    running = !taken.isEmpty();
    return taken;
  }

  private void run() {
    try {
      for (List<Item> taken = take(); !taken.isEmpty(); taken = take()) {
        answered.accept(decide(taken));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the broker closes: nobody is answered any more
    }
  }

  private List<Item> decide(List<Item> items) throws InterruptedException {
    List<Item> decided = new ArrayList<>(items);
    for (int attempt = 0; attempt < TRIES; attempt++) {
      List<Integer> open = new ArrayList<>();
      List<Report> reports = new ArrayList<>();
      for (int i = 0; i < decided.size(); i++) {
        Item item = decided.get(i);
        if (item.report().isPresent() && (attempt == 0 || isBusy(item))) {
          open.add(i);
          reports.add(item.report().get());
        }
      }
      if (open.isEmpty()) {
        break;
      }
      if (attempt > 0) {
        TimeUnit.MILLISECONDS.sleep(BUSY_PAUSE.toMillis() << attempt);
      }
      List<Answer> answers = admission.admit(sender, reports);
      for (int i = 0; i < open.size(); i++) {
        decided.set(open.get(i), decided.get(open.get(i)).with(answers.get(i)));
      }
    }
    return decided;
  }

  private static boolean isBusy(Item item) {
    return item.answer()
        .filter(answer -> answer.equals(new Answer.Refused(Refusal.BUSY)))
        .isPresent();
  }
}
