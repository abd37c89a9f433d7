package org.groundwork.networks.storage.customer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.groundwork.networks.storage.erasure.Shape;
import org.groundwork.protocol.DeviceId;

/**
 * Which device gets the next piece of a stripe. Pieces are spread as evenly over failure domains as
 * candidates allow, and no domain gets more than {@code n - k}: whichever is lost whole, k pieces
 * are left.
 *
 * <p>Candidates come in ranks: one of a later rank is taken when all of the ranks before are used
 * up. Within a rank the order is that of preference, as long as domains are equally full. For one
 * thread.
 */
final class Placement {
  /**
   * A device that may hold a piece.
   *
   * @param domains what it shares with others
   */
  record Candidate(DeviceId device, Set<String> domains) {
    Candidate {
      domains = Set.copyOf(domains);
    }
  }

  private final int limit;
  private final List<List<Candidate>> ranks;

  /** Candidates of this rank may be taken again. */
  private final int crowding;

  private final Map<String, Integer> used = new TreeMap<>();
  private final Map<DeviceId, Integer> pieces = new TreeMap<>();

  /**
   * A placement of pieces of one stripe.
   *
   * @param holders devices that hold other pieces of it
   * @param ranks never with a holder
   */
  Placement(Shape shape, List<Candidate> holders, List<List<Candidate>> ranks) {
    this(shape, holders, ranks, List.of());
  }

  /**
   * The same, with a last resort: devices that may hold several pieces.
   *
   * @param crowded used when nothing else is left
   */
  Placement(
      Shape shape, List<Candidate> holders, List<List<Candidate>> ranks, List<Candidate> crowded) {
    limit = limit(shape);
    this.ranks = new ArrayList<>();
    ranks.forEach(rank -> this.ranks.add(new ArrayList<>(rank)));
    crowding = this.ranks.size();
    this.ranks.add(new ArrayList<>(crowded));
    holders.forEach(holder -> count(holder, 1));
  }

  /** Most pieces of a stripe in one failure domain. */
  static int limit(Shape shape) {
    return Math.max(1, shape.parity());
  }

  /**
   * How many pieces are out of place: those above the limit of some domain, and those that share
   * their device with another one.
   */
  static int misplaced(Shape shape, List<Candidate> holders) {
    Placement there = new Placement(shape, List.of(), List.of());
    int misplaced = 0;
    for (Candidate holder : holders) {
      if (there.pieces.containsKey(holder.device()) || there.fullest(holder) >= there.limit) {
        misplaced++;
      } else {
        there.count(holder, 1);
      }
    }
    return misplaced;
  }

  /** The device for the next piece, or none if no domain may hold another one. */
  Optional<Candidate> next() {
    for (int rank = 0; rank < ranks.size(); rank++) {
      Optional<Candidate> found = best(ranks.get(rank));
      if (found.isPresent()) {
        if (rank != crowding) {
          ranks.get(rank).remove(found.get());
        }
        count(found.get(), 1);
        return found;
      }
    }
    return Optional.empty();
  }

  /** Takes back that a device got a piece; it gets none any more. */
  void failed(Candidate candidate) {
    count(candidate, -1);
    ranks.get(crowding).remove(candidate);
  }

  /** The first of those whose fullest domain is least full. */
  private Optional<Candidate> best(List<Candidate> rank) {
    Optional<Candidate> best = Optional.empty();
    int least = limit;
    for (Candidate candidate : rank) {
      int full = fullest(candidate);
      if (full < least) {
        best = Optional.of(candidate);
        least = full;
        if (full == 0) {
          break;
        }
      }
    }
    return best;
  }

  private int fullest(Candidate candidate) {
    int fullest = pieces.getOrDefault(candidate.device(), 0);
    for (String domain : candidate.domains()) {
      fullest = Math.max(fullest, used.getOrDefault(domain, 0));
    }
    return fullest;
  }

  private void count(Candidate candidate, int change) {
    pieces.merge(candidate.device(), change, Integer::sum);
    candidate.domains().forEach(domain -> used.merge(domain, change, Integer::sum));
  }
}
