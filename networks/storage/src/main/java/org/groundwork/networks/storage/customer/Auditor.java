package org.groundwork.networks.storage.customer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.groundwork.networks.storage.s3.ObjectStoreException;
import org.groundwork.protocol.Hash;

/**
 * Fetches every piece of stripes drawn at random, and says of each holder what it had. A stripe is
 * drawn with a chance that grows with its bytes (A-Res, Efraimidis and Spirakis 2006), so that each
 * byte is as likely to be looked at as every other one.
 *
 * <p>Which piece is wrong needs no error-correcting code: each has a commitment of its own in the
 * manifest, and in the deal that its holder took.
 */
final class Auditor {
  private final Catalog catalog;
  private final Downloads downloads;
  private final Stripes turns;
  private final Reputation reputation;
  private final RandomGenerator random;

  private record Drawn(Hash object, StripeRecord stripe, double key) {}

  Auditor(
      Catalog catalog,
      Downloads downloads,
      Stripes turns,
      Reputation reputation,
      RandomGenerator random) {
    this.catalog = catalog;
    this.downloads = downloads;
    this.turns = turns;
    this.reputation = reputation;
    this.random = random;
  }

  /** Audits so many stripes, or all if there are fewer; what is found counts for reputations. */
  List<AuditReport> audit(int stripes) throws IOException, ObjectStoreException {
    List<AuditReport> reports = new ArrayList<>();
    for (Drawn drawn : draw(stripes)) {
      Map<Integer, AuditReport.Holder> holders = turns.inTurn(() -> look(drawn.stripe()));
      for (AuditReport.Holder holder : holders.values()) {
        reputation.note(holder.device(), holder.finding());
      }
      reports.add(
          new AuditReport(drawn.object(), drawn.stripe().index(), List.copyOf(holders.values())));
    }
    return reports;
  }

  private List<Drawn> draw(int wanted) throws IOException {
    PriorityQueue<Drawn> kept = new PriorityQueue<>((a, b) -> Double.compare(a.key(), b.key()));
    for (Hash id : catalog.ids()) {
      Optional<Manifest> manifest = catalog.get(id);
      for (StripeRecord stripe : manifest.map(Manifest::stripes).orElse(List.of())) {
        double key = Math.log(1 - random.nextDouble()) / Math.max(1, stripe.length());
        kept.add(new Drawn(id, stripe, key));
        if (kept.size() > wanted) {
          kept.remove();
        }
      }
    }
    return List.copyOf(kept);
  }

  private Map<Integer, AuditReport.Holder> look(StripeRecord stripe) throws IOException {
    Map<PieceRecord, Future<Downloads.Answer>> asked = new LinkedHashMap<>();
    Map<Integer, AuditReport.Holder> holders = new LinkedHashMap<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (PieceRecord piece : stripe.pieces()) {
        asked.put(piece, threads.submit(() -> downloads.fetch(piece)));
      }
      for (Map.Entry<PieceRecord, Future<Downloads.Answer>> entry : asked.entrySet()) {
        PieceRecord piece = entry.getKey();
        Optional<Finding> finding = Futures.await(entry.getValue()).finding();
        if (finding.isPresent()) {
          holders.put(
              piece.number(),
              new AuditReport.Holder(
                  piece.number(), piece.device(), piece.commitment(), finding.get()));
        }
      }
    }
    return holders;
  }
}
