package org.groundwork.node.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.groundwork.protocol.Report;
import org.jspecify.annotations.Nullable;

/**
 * Reports that came together, while they are decided in pieces by several threads. Each place is
 * written by one thread; whoever ends the last piece reads them all.
 */
final class Request {
  final Sender sender;
  final List<Report> reports;
  private final @Nullable Answer[] answers;
  private final @Nullable Candidate[] good;
  private final AtomicInteger pieces;
  private final Consumer<List<Answer>> done;

  Request(Sender sender, List<Report> reports, int pieces, Consumer<List<Answer>> done) {
    this.sender = sender;
    this.reports = List.copyOf(reports);
    this.pieces = new AtomicInteger(pieces);
    this.done = done;
    answers = new Answer[reports.size()];
    good = new Candidate[reports.size()];
  }

  void decide(int index, Answer answer) {
    answers[index] = answer;
  }

  /** This one is to be made durable. */
  void keep(int index, Candidate candidate) {
    good[index] = candidate;
  }

  /** Whether this was the last piece. */
  boolean endPiece() {
    return pieces.decrementAndGet() == 0;
  }

  /** What is to be made durable, in order. */
  List<Candidate> kept() {
    List<Candidate> kept = new ArrayList<>(good.length);
    for (Candidate candidate : good) {
      if (candidate != null) {
        kept.add(candidate);
      }
    }
    return kept;
  }

  /**
   * Answers.
   *
   * @param ofKept one answer for each that was kept, in order
   */
  void answer(List<Answer> ofKept) {
    List<Answer> all = new ArrayList<>(answers.length);
    int next = 0;
    for (int i = 0; i < answers.length; i++) {
      Answer decided = answers[i];
      if (good[i] != null) {
        all.add(ofKept.get(next++));
      } else {
        all.add(decided == null ? new Answer.Refused(Refusal.BUSY) : decided);
      }
    }
    done.accept(all);
  }
}
