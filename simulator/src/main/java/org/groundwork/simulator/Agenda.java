package org.groundwork.simulator;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/** Simulated time: what is to happen, in order, and a trace of what did. */
final class Agenda implements InstantSource {
  private static final int TAIL = 60;

  /** Something that happens at a time; of several at once, the first that was entered. */
  private record Event(long at, long number, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int order = Long.compare(at, other.at);
      return order == 0 ? Long.compare(number, other.number) : order;
    }
  }

  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final Deque<String> tail = new ArrayDeque<>();
  private final long start;
  private final Consumer<String> listener;
  private long now;
  private long entered;
  private long happened;
  private long hash = 0xCBF29CE484222325L;

  /**
   * An agenda.
   *
   * @param start Unix time in milliseconds
   * @param listener is told each line of the trace
   */
  Agenda(long start, Consumer<String> listener) {
    this.listener = listener;
    this.start = start;
    now = start;
  }

  void after(long millis, Runnable action) {
    events.add(new Event(now + Math.max(0, millis), entered++, action));
  }

  /** Lets the next thing happen, unless it is later than this; whether it did. */
  boolean next(long until) {
    Event next = events.peek();
    if (next == null || next.at > until) {
      now = Math.max(now, until);
      return false;
    }
    events.remove();
    now = next.at;
    happened++;
    next.action.run();
    return true;
  }

  /** Events so far. */
  long happened() {
    return happened;
  }

  @Override
  public long millis() {
    return now;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(now);
  }

  /** Enters a line into the trace. */
  void note(String line) {
    String entry = "%,9d %8.3f  %s".formatted(happened, (now - start) / 1000.0, line);
    for (int i = 0; i < entry.length(); i++) {
      hash = (hash ^ entry.charAt(i)) * 0x100000001B3L;
    }
    listener.accept(entry);
    tail.addLast(entry);
    if (tail.size() > TAIL) {
      tail.removeFirst();
    }
  }

  /** A hash over the whole trace. */
  String traceHash() {
    return "%016x".formatted(hash);
  }

  /** The end of the trace. */
  List<String> tail() {
    return new ArrayList<>(tail);
  }
}
