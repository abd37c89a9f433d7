package org.groundwork.networks.storage.provider;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.groundwork.networks.storage.wire.CommP;
import org.groundwork.networks.storage.wire.PieceCommitment;
import org.groundwork.networks.storage.wire.PieceWithTree;

/**
 * Compares every piece with its commitment, its tree with its data, and the folders with the index.
 *
 * <p>{@link #look} changes nothing and may be run beside a provider that runs. {@link #repair} is
 * for a provider that does not: it makes trees again, takes pieces that the index does not know if
 * they are whole, deletes what is half written, and forgets pieces of which there is no file.
 */
public final class Fsck {
  /**
   * What was found.
   *
   * @param pieces that the index names
   * @param intact of them
   * @param findings what is wrong with a file or piece, by its name
   * @param repaired findings that are put right now
   */
  public record Report(long pieces, long intact, Map<String, String> findings, long repaired) {
    public Report {
      findings = Map.copyOf(findings);
    }

    public boolean isClean() {
      return findings.size() == repaired;
    }
  }

  private final Path folder;
  private final TreeMap<String, String> findings = new TreeMap<>();
  private Optional<PieceStore> store = Optional.empty();
  private long intact;
  private long repaired;

  private Fsck(Path folder) {
    this.folder = folder;
  }

  /**
   * Looks, and changes nothing.
   *
   * @param folder the provider's data folder
   */
  public static Report look(Path folder) throws IOException {
    return new Fsck(folder).run();
  }

  /** Looks, and puts right what can be; no provider may be running on the folder. */
  public static Report repair(Path folder, ProviderConfig config, InstantSource clock)
      throws IOException {
    StoreConfig kept = config.store().keepingTrash(Duration.ofDays(1));
    try (PieceStore opened =
        new PieceStore(
            folder, config.room().capacityBytes(), config.room().keepFreeBytes(), kept, clock)) {
      Fsck fsck = new Fsck(folder);
      fsck.store = Optional.of(opened);
      return fsck.run();
    }
  }

  private Report run() throws IOException {
    PieceIndex.State index = PieceIndex.State.read(folder.resolve(PieceStore.INDEX));
    for (Map.Entry<PieceCommitment, PieceIndex.Place> entry : index.pieces.entrySet()) {
      PieceIndex.Known disk = index.disks.get(entry.getValue().disk());
      if (disk == null) {
        findings.put(entry.getKey().pieceCidV2(), "the index does not say on which disk it is");
      } else {
        check(entry.getKey(), disk);
      }
    }
    for (PieceIndex.Known disk : index.disks.values()) {
      if (Disk.readId(disk.folder()).equals(Optional.of(disk.id()))) {
        orphans(index, disk);
      } else {
        findings.put(disk.folder().toString(), "the disk is gone");
      }
    }
    return new Report(index.pieces.size(), intact, findings, repaired);
  }

  private void check(PieceCommitment piece, PieceIndex.Known disk) throws IOException {
    Path pieces = disk.folder().resolve("pieces");
    Path data = pieces.resolve(piece.pieceCidV2() + Disk.DATA);
    if (!Files.exists(data)) {
      missing(piece, disk);
      return;
    }
    PieceWithTree made;
    try {
      made = read(data);
    } catch (IOException e) {
      findings.put(piece.pieceCidV2(), "damaged: it cannot be read: " + e);
      return;
    }
    if (!made.commitment().equals(piece)) {
      findings.put(piece.pieceCidV2(), "damaged: its bytes are those of " + made.commitment());
      return;
    }
    Path tree = pieces.resolve(piece.pieceCidV2() + Disk.TREE);
    if (!Files.exists(tree)
        || !Arrays.equals(Files.readAllBytes(tree), made.nodes().unsafeArray())) {
      findings.put(piece.pieceCidV2(), "its tree is damaged; it can be made again");
      if (store.isPresent()) {
        store.get().replaceTree(made);
        repaired++;
      }
    }
    intact++;
  }

  private void missing(PieceCommitment piece, PieceIndex.Known disk) throws IOException {
    if (!Disk.readId(disk.folder()).equals(Optional.of(disk.id()))) {
      findings.put(piece.pieceCidV2(), "its disk " + disk.folder() + " is gone");
      return;
    }
    if (store.isEmpty() && !stillThere(piece, disk)) {
      return;
    }
    findings.put(piece.pieceCidV2(), "missing: there is no file");
    if (store.isPresent()) {
      store.get().forget(piece);
      Path tree = disk.folder().resolve("pieces").resolve(piece.pieceCidV2() + Disk.TREE);
      Files.deleteIfExists(tree);
      repaired++;
    }
  }

  /** Whether a running provider has not moved or deleted the piece meanwhile. */
  private boolean stillThere(PieceCommitment piece, PieceIndex.Known disk) throws IOException {
    PieceIndex.Place now =
        PieceIndex.State.read(folder.resolve(PieceStore.INDEX)).pieces.get(piece);
    return now != null && now.disk() == disk.number();
  }

  /** Files of which the index does not know. */
  private void orphans(PieceIndex.State index, PieceIndex.Known disk) throws IOException {
    Set<String> known = new HashSet<>();
    index.pieces.forEach((piece, place) -> {
      if (place.disk() == disk.number()) {
        known.add(piece.pieceCidV2());
      }
    });
    try (DirectoryStream<Path> files = Files.newDirectoryStream(disk.folder().resolve("pieces"))) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        boolean isPiece = name.endsWith(Disk.DATA) || name.endsWith(Disk.TREE);
        if (isPiece && !known.contains(name.substring(0, name.length() - Disk.DATA.length()))) {
          orphan(file, disk);
        }
      }
    }
  }

  private void orphan(Path file, PieceIndex.Known disk) throws IOException {
    if (store.isEmpty()) {
      findings.put(file.toString(), "the index does not know it");
      return;
    }
    String name = String.valueOf(file.getFileName());
    if (name.endsWith(Disk.TREE)) {
      Path data = file.resolveSibling(name.replace(Disk.TREE, Disk.DATA));
      if (!Files.exists(data)) {
        delete(file, "a tree without its piece");
      }
      return;
    }
    Optional<PieceCommitment> piece = Disks.piece(file);
    if (piece.isEmpty()) {
      return;
    }
    PieceWithTree made = read(file);
    if (!made.commitment().equals(piece.get())) {
      delete(file, "half written, or of other bytes");
      return;
    }
    for (Disk there : store.get().disks()) {
      if (there.number() == disk.number() && store.get().adopt(piece.get(), there)) {
        store.get().replaceTree(made);
        findings.put(file.toString(), "the index did not know it");
        repaired++;
        return;
      }
    }
    delete(file, "a second copy");
  }

  private void delete(Path file, String why) throws IOException {
    Files.deleteIfExists(file);
    String name = String.valueOf(file.getFileName());
    if (name.endsWith(Disk.DATA)) {
      Files.deleteIfExists(file.resolveSibling(name.replace(Disk.DATA, Disk.TREE)));
    }
    findings.put(file.toString(), why + "; deleted");
    repaired++;
  }

  private static PieceWithTree read(Path data) throws IOException {
    CommP commP = new CommP(CommP.Keep.TREE);
    byte[] buffer = new byte[1 << 20];
    try (var in = Files.newInputStream(data)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        commP.update(ByteBuffer.wrap(buffer, 0, read));
      }
    }
    return commP.finishTree();
  }
}
