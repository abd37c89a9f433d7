package org.groundwork.networks.storage.provider;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.groundwork.networks.storage.wire.PieceCommitment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pieces that nobody needs, kept for a while: a deal that comes back, or a mistake, costs nothing
 * then. They give way to pieces that need the room.
 */
final class Trash {
  private static final Logger LOG = LoggerFactory.getLogger(Trash.class);

  private final PieceIndex index;
  private final Disks disks;
  private final Duration period;

  Trash(PieceIndex index, Disks disks, Duration period) {
    this.index = index;
    this.disks = disks;
    this.period = period;
  }

  /** Takes a piece from its disk. */
  synchronized void take(PieceCommitment piece, Disk disk, Instant now) throws IOException {
    if (period.isZero() && disk.condition() == Disk.Condition.ONLINE) {
      index.remove(piece);
      disk.release(PieceStore.size(piece));
      deleteFiles(piece, disk);
      return;
    }
    index.trash(piece, new PieceIndex.Place(disk.number(), now));
    disk.trash(PieceStore.size(piece));
    if (disk.condition() == Disk.Condition.ONLINE) {
      moveAway(piece, disk);
    }
  }

  /** What stays in its place, on a disk that is gone or read-only, is deleted from there. */
  private static void moveAway(PieceCommitment piece, Disk disk) {
    try {
      for (String suffix : List.of(Disk.DATA, Disk.TREE)) {
        if (Files.exists(disk.piece(piece, suffix))) {
          Disk.move(disk.piece(piece, suffix), disk.trashed(piece, suffix));
        }
      }
    } catch (IOException e) {
      LOG.warn("Piece {} stays in its place on {}: {}", piece, disk, e.toString());
      disk.probe();
    }
  }

  /** Puts a piece back; false if its data is not there any more. */
  synchronized boolean giveBack(PieceCommitment piece, Instant now) throws IOException {
    Optional<PieceIndex.Place> place = index.findTrashed(piece);
    if (place.isEmpty()) {
      return false;
    }
    Disk disk = disks.of(place.get());
    PieceIndex.Place back = new PieceIndex.Place(disk.number(), now);
    for (String suffix : List.of(Disk.TREE, Disk.DATA)) {
      if (Files.exists(disk.trashed(piece, suffix))) {
        Disk.move(disk.trashed(piece, suffix), disk.piece(piece, suffix));
      }
    }
    if (!Files.exists(disk.piece(piece, Disk.DATA))) {
      return false;
    }
    index.announce(piece, back);
    disk.force();
    index.force();
    disk.deleted(PieceStore.size(piece));
    disk.add(PieceStore.size(piece));
    index.show(piece, back);
    return true;
  }

  /** Deletes a piece that is about to be stored again; does nothing if it is not there. */
  synchronized void drop(PieceCommitment piece) throws IOException {
    Optional<PieceIndex.Place> place = index.findTrashed(piece);
    if (place.isPresent()) {
      delete(piece, disks.of(place.get()));
    }
  }

  /** Deletes what is there for longer than the period. */
  synchronized void purge(Instant now) throws IOException {
    for (Map.Entry<PieceCommitment, PieceIndex.Place> entry : index.trash().entrySet()) {
      if (!entry.getValue().time().plus(period).isAfter(now)) {
        delete(entry.getKey(), disks.of(entry.getValue()));
      }
    }
  }

  /** Deletes from a disk's trash, the oldest first, until so many bytes fit under its limit. */
  synchronized void makeRoom(Disk disk, long size) throws IOException {
    long missing = disk.used() + disk.trashed() + size - disk.capacity();
    if (missing <= 0 || disk.trashed() == 0) {
      return;
    }
    List<Map.Entry<PieceCommitment, PieceIndex.Place>> there =
        index.trash().entrySet().stream()
            .filter(entry -> entry.getValue().disk() == disk.number())
            .sorted(Comparator.comparing(entry -> entry.getValue().time()))
            .toList();
    for (Map.Entry<PieceCommitment, PieceIndex.Place> entry : there) {
      if (missing <= 0) {
        return;
      }
      delete(entry.getKey(), disk);
      missing -= PieceStore.size(entry.getKey());
    }
  }

  private void delete(PieceCommitment piece, Disk disk) throws IOException {
    if (disk.condition() != Disk.Condition.ONLINE) {
      return;
    }
    index.remove(piece);
    disk.deleted(PieceStore.size(piece));
    deleteFiles(piece, disk);
  }

  private static void deleteFiles(PieceCommitment piece, Disk disk) throws IOException {
    for (String suffix : List.of(Disk.DATA, Disk.TREE)) {
      Files.deleteIfExists(disk.trashed(piece, suffix));
      Files.deleteIfExists(disk.piece(piece, suffix));
    }
  }
}
