package org.groundwork.networks.storage.provider;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.groundwork.networks.storage.wire.PieceCommitment;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.Hash;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the court for possession proofs: draws, shows the leaves from the pieces as they are, and
 * has summonses dismissed whose deal was ended. What it cannot answer it says, and tries again
 * until the deadline: a disk may come back.
 */
final class Defence {
  private static final Logger LOG = LoggerFactory.getLogger(Defence.class);
  private static final int PAGE = 100;

  /** Of those that are over; each that is open holds a bond. */
  private static final int MAX_LINES = 100;

  /**
   * A summons to this device.
   *
   * @param why what stands in the way of an answer; empty if nothing does
   */
  record Line(CourtFeed.Summons summons, String why) {}

  private final DeviceId device;
  private final PieceStore store;
  private final Function<Hash, Optional<Bytes>> ends;
  private final InstantSource clock;
  private final NavigableMap<Long, Line> lines = new TreeMap<>();

  /** All before were looked at in two steps, so that a replaced block hides none. */
  private long next = 1;

  private long seen = 1;

  /**
   * @param ends the payer's signature under the end of a deal, if he ended it
   */
  Defence(
      DeviceId device,
      PieceStore store,
      Function<Hash, Optional<Bytes>> ends,
      InstantSource clock) {
    this.device = device;
    this.store = store;
    this.ends = ends;
    this.clock = clock;
  }

  /**
   * Looks at what is new in court and does what can be done now.
   *
   * @return whether something was done, so that there may be more to do
   */
  boolean step(CourtFeed court) throws IOException {
    boolean acted = false;
    for (CourtFeed.Summons summons : look(court)) {
      try {
        acted |= act(court, summons);
        note(new Line(summons, ""));
      } catch (IOException e) {
        note(new Line(summons, String.valueOf(e.getMessage())));
      }
    }
    return acted;
  }

  /** What is new about this device, and what was open. */
  private List<CourtFeed.Summons> look(CourtFeed court) throws IOException {
    List<CourtFeed.Summons> found = new ArrayList<>();
    for (long id : openBefore(next)) {
      found.addAll(court.summonses(id, id + 1));
    }
    long end = court.count() + 1;
    for (long from = next; from < end; from += PAGE) {
      court.summonses(from, Math.min(end, from + PAGE)).stream()
          .filter(summons -> summons.device().equals(device))
          .forEach(found::add);
    }
    next = Math.min(seen, end);
    seen = end;
    return found;
  }

  /** Returns whether a transaction was sent; throws what stands in the way of one. */
  private boolean act(CourtFeed court, CourtFeed.Summons summons) throws IOException {
    Optional<Bytes> end = ends.apply(summons.deal());
    if (end.isPresent() && summons.state().isOpen()) {
      requireAccount(court);
      court.dismiss(summons.id(), end.get());
      return true;
    }
    return switch (summons.state()) {
      case DRAWABLE -> {
        piece(summons);
        requireAccount(court);
        court.draw(summons.id());
        yield true;
      }
      case DRAWN -> {
        if (clock.instant().isAfter(summons.deadline())) {
          throw new IOException("the time for an answer is over");
        }
        List<Bytes> proofs = proofs(summons, court.challenges());
        requireAccount(court);
        court.answer(summons.id(), proofs);
        yield true;
      }
      case WAITING, ANSWERED, FAULT, DISMISSED, LAPSED -> false;
    };
  }

  private static void requireAccount(CourtFeed court) throws IOException {
    if (!court.canAct()) {
      throw new IOException("no account is set that pays for the transaction");
    }
  }

  private PieceCommitment piece(CourtFeed.Summons summons) throws IOException {
    return store.pieces().stream()
        .filter(piece -> piece.root().equals(summons.root()))
        .filter(piece -> piece.height() == summons.height())
        .findFirst()
        .orElseThrow(() -> new IOException("the piece is not here"));
  }

  private List<Bytes> proofs(CourtFeed.Summons summons, int challenges) throws IOException {
    PieceCommitment piece = piece(summons);
    try (OpenPiece open = store.open(piece)) {
      return SummonedPiece.proofs(open, piece, summons.seed(), summons.deal(), challenges);
    } catch (IOException e) {
      store.markDamaged(piece, String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private synchronized List<Long> openBefore(long limit) {
    return lines.headMap(limit).values().stream()
        .map(Line::summons)
        .filter(summons -> summons.state().isOpen())
        .map(CourtFeed.Summons::id)
        .toList();
  }

  private synchronized void note(Line line) {
    Line before = lines.put(line.summons().id(), line);
    if (lines.size() > MAX_LINES) {
      lines.values().stream()
          .map(Line::summons)
          .filter(summons -> !summons.state().isOpen())
          .findFirst()
          .ifPresent(oldest -> lines.remove(oldest.id()));
    }
    if (!line.equals(before)) {
      // Rare, and a matter of the provider's name: what is only informed of is not read.
      LOG.warn("Court: {}", text(line));
    }
  }

  private static String text(Line line) {
    CourtFeed.Summons summons = line.summons();
    return "summons "
        + summons.id()
        + " about deal "
        + summons.deal()
        + " is "
        + summons.state()
        + (line.why().isEmpty() ? "" : "; it cannot be answered: " + line.why());
  }

  /** The newest summonses to this device, by number. */
  synchronized List<Line> lines() {
    return List.copyOf(lines.values());
  }
}
