package org.groundwork.networks.storage.provider;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.groundwork.agent.DurableLog;
import org.groundwork.agent.SharedForce;
import org.groundwork.networks.storage.wire.MalformedPieceException;
import org.groundwork.networks.storage.wire.PieceCommitment;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.CanonicalWriter;
import org.groundwork.protocol.Malformed;

/**
 * Which piece lies on which disk: an append-only log and a map, so that no directory is ever read.
 * Kept in the provider's own folder: of a disk that is gone it still says what was on it. Safe for
 * many threads.
 */
final class PieceIndex implements AutoCloseable {
  /** The piece's disk, and since when it is there or, in the trash, when it came there. */
  record Place(int disk, Instant time) {}

  /**
   * A disk that has been used.
   *
   * @param number given in the order of first use
   * @param id as its own file says
   * @param folder where it was last
   */
  record Known(int number, Bytes id, Path folder) {}

  private static final int DISK = 1;
  private static final int ADDED = 2;
  private static final int REMOVED = 3;
  private static final int TRASHED = 4;
  private static final int MAX_PATH = 4096;
  private static final int MAX_CID = 128;
  static final int ID_BYTES = 16;

  /** More than uploads can be under way at once: their records may be ahead of their files. */
  private static final int RECENT = 256;

  private static final int COMPACT_RECORDS = 10_000;

  private final DurableLog log;
  private final SharedForce force;
  private final State state;

  PieceIndex(Path file) throws IOException {
    DurableLog.Opened opened = DurableLog.open(file);
    log = opened.log();
    force = new SharedForce(log::force);
    state = State.of(opened.records(), file);
    int live = state.disks.size() + state.pieces.size() + state.trash.size();
    if (opened.records().size() > 2 * live + COMPACT_RECORDS) {
      compact();
    }
  }

  /** What the records of an index come to. */
  static final class State {
    final Map<Integer, Known> disks = new TreeMap<>();
    final Map<PieceCommitment, Place> pieces = new ConcurrentHashMap<>();
    final Map<PieceCommitment, Place> trash = new ConcurrentHashMap<>();
    private final Deque<PieceCommitment> recent = new ArrayDeque<>();

    /** The state of an index that another process may be writing to. */
    static State read(Path file) throws IOException {
      return of(DurableLog.read(file), file);
    }

    private static State of(List<Bytes> records, Path file) throws IOException {
      State state = new State();
      for (Bytes record : records) {
        try {
          state.restore(record);
        } catch (Malformed e) {
          throw new IOException(file + " is damaged", e);
        }
      }
      return state;
    }

    /**
     * Takes one record.
     *
     * @throws Malformed if it is none
     */
    void restore(Bytes record) throws Malformed {
      CanonicalReader in = new CanonicalReader(record);
      int kind = in.u8();
      switch (kind) {
        case DISK -> {
          int number = in.u16();
          Bytes id = in.raw(ID_BYTES);
          String folder = new String(in.bytes(MAX_PATH).unsafeArray(), StandardCharsets.UTF_8);
          disks.put(number, new Known(number, id, path(folder)));
        }
        case ADDED -> {
          Place place = place(in);
          PieceCommitment piece = piece(in);
          pieces.put(piece, place);
          trash.remove(piece);
          note(piece);
        }
        case TRASHED -> {
          Place place = place(in);
          PieceCommitment piece = piece(in);
          pieces.remove(piece);
          trash.put(piece, place);
        }
        case REMOVED -> {
          PieceCommitment piece = piece(in);
          pieces.remove(piece);
          trash.remove(piece);
        }
        default -> throw new Malformed("no change of the index is of kind " + kind);
      }
      in.end();
    }

    private static Path path(String text) throws Malformed {
      try {
        return Path.of(text);
      } catch (InvalidPathException e) {
        throw new Malformed("not a path: " + e.getMessage());
      }
    }

    private static Place place(CanonicalReader in) throws Malformed {
      int disk = in.u16();
      return new Place(disk, Instant.ofEpochSecond(in.u32()));
    }

    private static PieceCommitment piece(CanonicalReader in) throws Malformed {
      try {
        return PieceCommitment.decode(in.bytes(MAX_CID));
      } catch (MalformedPieceException e) {
        throw new Malformed("not a piece: " + e.getMessage());
      }
    }

    private void note(PieceCommitment piece) {
      recent.addLast(piece);
      if (recent.size() > RECENT) {
        recent.removeFirst();
      }
    }
  }

  /** The pieces whose records came last before the opening. */
  List<PieceCommitment> recent() {
    return List.copyOf(state.recent);
  }

  Collection<Known> disks() {
    return Collections.unmodifiableCollection(state.disks.values());
  }

  synchronized void disk(Known disk) throws IOException {
    if (!disk.equals(state.disks.get(disk.number()))) {
      log.append(record(disk));
      log.force();
      state.disks.put(disk.number(), disk);
    }
  }

  /** Writes, not yet durably, that a piece is about to be on a disk. */
  synchronized void announce(PieceCommitment piece, Place place) throws IOException {
    log.append(record(ADDED, piece, place));
  }

  /** Shows a piece that was announced. */
  void show(PieceCommitment piece, Place place) {
    state.pieces.put(piece, place);
    state.trash.remove(piece);
  }

  /** Writes, not yet durably, that a piece is in its disk's state.trash. */
  synchronized void trash(PieceCommitment piece, Place place) throws IOException {
    log.append(record(TRASHED, piece, place));
    state.pieces.remove(piece);
    state.trash.put(piece, place);
  }

  synchronized void remove(PieceCommitment piece) throws IOException {
    log.append(new CanonicalWriter().u8(REMOVED).bytes(piece.encode()).toBytes());
    state.pieces.remove(piece);
    state.trash.remove(piece);
  }

  /** Returns when everything written before is durable. */
  void force() throws IOException {
    force.force();
  }

  Optional<Place> find(PieceCommitment piece) {
    return Optional.ofNullable(state.pieces.get(piece));
  }

  Optional<Place> findTrashed(PieceCommitment piece) {
    return Optional.ofNullable(state.trash.get(piece));
  }

  Map<PieceCommitment, Place> pieces() {
    return Collections.unmodifiableMap(state.pieces);
  }

  Map<PieceCommitment, Place> trash() {
    return Collections.unmodifiableMap(state.trash);
  }

  private void compact() throws IOException {
    List<Bytes> records = new ArrayList<>();
    state.disks.values().forEach(disk -> records.add(record(disk)));
    state.pieces.forEach((piece, place) -> records.add(record(ADDED, piece, place)));
    state.trash.forEach((piece, place) -> records.add(record(TRASHED, piece, place)));
    log.rewrite(records);
  }

  private static Bytes record(Known disk) {
    byte[] path = disk.folder().toString().getBytes(StandardCharsets.UTF_8);
    return new CanonicalWriter()
        .u8(DISK)
        .u16(disk.number())
        .raw(disk.id())
        .bytes(Bytes.wrap(path))
        .toBytes();
  }

  private static Bytes record(int kind, PieceCommitment piece, Place place) {
    return new CanonicalWriter(64)
        .u8(kind)
        .u16(place.disk())
        .u32(place.time().getEpochSecond())
        .bytes(piece.encode())
        .toBytes();
  }

  @Override
  public synchronized void close() throws IOException {
    log.close();
  }
}
