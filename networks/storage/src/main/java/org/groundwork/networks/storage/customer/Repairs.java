package org.groundwork.networks.storage.customer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.groundwork.networks.storage.s3.ObjectStoreException;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.Hash;

/**
 * Looks at all stripes, then repairs those that need it, the one that would be lost first before
 * the others.
 */
final class Repairs {
  /** What a queue holds in memory; what is beyond it is found again by the next look. */
  private static final int MAX_QUEUE = 100_000;

  private record Task(Catalog catalog, Hash object, int stripe, StripeRepair.Survey survey) {}

  private final List<Catalog> catalogs;
  private final StripeRepair stripes;
  private final Stripes turns;
  private final Uploads uploads;
  private final Providers providers;
  private final Budget budget;

  Repairs(
      List<Catalog> catalogs,
      StripeRepair stripes,
      Stripes turns,
      Uploads uploads,
      Providers providers,
      Budget budget) {
    this.catalogs = List.copyOf(catalogs);
    this.stripes = stripes;
    this.turns = turns;
    this.uploads = uploads;
    this.providers = providers;
    this.budget = budget;
  }

  /** One look at everything, and the repairs that it shows to be due. */
  RepairReport run(Predicate<PieceRecord> deep) throws IOException, ObjectStoreException {
    RepairQueue<Task> queue = new RepairQueue<>();
    RepairReport report = RepairReport.NONE;
    Credits rates = Credits.ZERO;
    for (Catalog catalog : catalogs) {
      for (Hash id : catalog.ids()) {
        Optional<Manifest> manifest = catalog.get(id);
        if (manifest.isPresent()) {
          report = report.plus(survey(catalog, manifest.get(), deep, queue));
          rates = rates.plus(manifest.get().rate());
        }
      }
    }
    budget.restart(rates);
    for (List<Task> next = queue.take(1); !next.isEmpty(); next = queue.take(1)) {
      Task task = next.getFirst();
      Optional<Manifest> manifest = task.catalog().get(task.object());
      if (manifest.isPresent()) {
        StripeRepair.Outcome outcome =
            turns.inTurn(() -> stripes.repair(manifest.get().shape(), task.survey()));
        report = report.plus(outcome.report());
        write(task.catalog(), manifest.get(), outcome.stripe(), outcome.replaced());
      }
    }
    return report;
  }

  private RepairReport survey(
      Catalog catalog, Manifest manifest, Predicate<PieceRecord> deep, RepairQueue<Task> queue)
      throws IOException, ObjectStoreException {
    RepairReport report = RepairReport.NONE;
    for (StripeRecord stripe : manifest.stripes()) {
      StripeRepair.Survey survey =
          turns.inTurn(() -> stripes.survey(manifest.shape(), stripe, deep));
      if (!survey.stripe().equals(stripe)) {
        write(catalog, manifest, survey.stripe(), survey.ended());
      }
      if (survey.isDue(manifest.shape()) && queue.size() < MAX_QUEUE) {
        queue.add(
            new Task(catalog, manifest.id(), stripe.index(), survey),
            manifest.shape(),
            providers.count(),
            survey.inPlace());
      } else {
        int missing = manifest.shape().total() - survey.inPlace();
        report = report.plus(StripeRepair.report(manifest.shape(), missing, 0, 0, 0));
      }
    }
    return report;
  }

  /** Writes a stripe down; if the object was deleted meanwhile, its new deals end as well. */
  private void write(
      Catalog catalog, Manifest manifest, StripeRecord stripe, List<PieceRecord> replaced)
      throws IOException {
    boolean there = catalog.update(manifest.id(), now -> now.with(stripe));
    uploads.release(there ? replaced : added(manifest, stripe));
  }

  /** The pieces of a stripe that its manifest did not have. */
  private static List<PieceRecord> added(Manifest manifest, StripeRecord stripe) {
    List<PieceRecord> added = new ArrayList<>(stripe.pieces());
    manifest.stripes().forEach(before -> added.removeAll(before.pieces()));
    return added;
  }
}
