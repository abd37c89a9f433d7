package org.groundwork.engine.files;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.groundwork.engine.PublishedResult;
import org.groundwork.engine.index.SegmentIndex;
import org.groundwork.engine.store.Store;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.crypto.Sha256;

/**
 * Published results, a folder each; its manifest is written last, so that a result with a manifest
 * is whole. Safe for use by many threads.
 */
public final class ResultStore {
  private static final String UNFINISHED = ".unfinished/";

  /** Epoch, attempt and the first epoch that is covered; that one was left out once. */
  private static final Pattern MANIFEST =
      Pattern.compile("(([0-9]{1,10})-([0-9]{1,9})(?:-([0-9]{1,10}))?)/manifest\\.json");

  private static final Pattern PATH = Pattern.compile("[a-z0-9]+(/[a-z0-9]+)?\\.[a-z]+");

  private record Attempt(EpochNumber epoch, int number) implements Comparable<Attempt> {
    @Override
    public int compareTo(Attempt other) {
      int order = epoch.compareTo(other.epoch);
      return order == 0 ? Integer.compare(number, other.number) : order;
    }
  }

  /** A result that is here. */
  private record Place(String folder, EpochNumber first) {}

  private final Store store;
  private final TreeMap<Attempt, Place> places = new TreeMap<>();

  /** Opens the store of all results, and removes what a crash left unfinished. */
  public ResultStore(Store store) throws IOException {
    this.store = store;
    List<String> keys = store.list("");
    TreeSet<String> whole = new TreeSet<>();
    for (String key : keys) {
      Matcher name = MANIFEST.matcher(key);
      if (name.matches()) {
        whole.add(name.group(1) + "/");
        remember(name);
      }
    }
    for (String key : keys) {
      String folder = key.substring(0, key.indexOf('/') + 1);
      boolean started = MANIFEST.matcher(folder + ResultFiles.MANIFEST).matches();
      if (folder.endsWith(UNFINISHED) || (started && !whole.contains(folder))) {
        store.delete(key);
      }
    }
  }

  private void remember(Matcher name) throws IOException {
    String folder = name.group(1) + "/";
    String first = name.group(4);
    Attempt attempt =
        new Attempt(
            new EpochNumber(Long.parseLong(name.group(2))), Integer.parseInt(name.group(3)));
    EpochNumber from = first == null ? readFirst(folder) : new EpochNumber(Long.parseLong(first));
    places.put(attempt, new Place(folder, from));
  }

  private EpochNumber readFirst(String folder) throws IOException {
    try {
      return StatementJson.decode(required(folder, ResultFiles.RESULT)).first();
    } catch (Malformed e) {
      throw new IOException("damaged result in " + folder, e);
    }
  }

  /** Writes a result, unless it is there already; another one of the epoch's attempt gives way. */
  public void write(PublishedResult result, List<SegmentIndex> indexes) throws IOException {
    EpochNumber epoch = result.statement().epoch();
    Attempt attempt = new Attempt(epoch, result.statement().attempt());
    Optional<Place> before = place(attempt);
    if (before.isPresent()) {
      if (isHere(before.get().folder(), result, indexes)) {
        return;
      }
      delete(before.get().folder());
    }
    String folder = "%s-%d-%s/".formatted(epoch, attempt.number(), result.first());
    // The manifest comes last.
    ResultFiles.write(
        result, indexes, (path, content) -> store.put(folder + path, content::writeTo));
    synchronized (places) {
      places.put(attempt, new Place(folder, result.first()));
    }
  }

  private boolean isHere(String folder, PublishedResult result, List<SegmentIndex> indexes)
      throws IOException {
    AtomicBoolean here = new AtomicBoolean(true);
    ResultFiles.write(
        result,
        indexes,
        (path, content) -> {
          Measured wanted = new Measured(OutputStream.nullOutputStream());
          content.writeTo(wanted);
          Optional<Hash> held =
              store.get(folder + path).map(file -> Sha256.hash(file.unsafeArray()));
          if (!held.equals(Optional.of(wanted.hash()))) {
            here.set(false);
          }
        });
    return here.get();
  }

  private void delete(String folder) throws IOException {
    store.delete(folder + ResultFiles.MANIFEST);
    for (String key : store.list(folder)) {
      store.delete(key);
    }
  }

  /**
   * The result of an epoch's attempt; empty if it is not here.
   *
   * @throws IOException if it cannot be read, or is damaged
   */
  public Optional<PublishedResult> read(EpochNumber epoch, int attempt) throws IOException {
    Optional<Place> place = place(new Attempt(epoch, attempt));
    if (place.isEmpty()) {
      return Optional.empty();
    }
    String folder = place.get().folder();
    try {
      SortedMap<String, Bytes> files = new TreeMap<>();
      files.put(ResultFiles.MANIFEST, required(folder, ResultFiles.MANIFEST));
      for (Manifest.Item item : Manifest.decode(files.firstEntry().getValue()).files()) {
        files.put(item.path(), required(folder, item.path()));
      }
      return Optional.of(ResultFiles.decode(files));
    } catch (Malformed e) {
      throw new IOException("damaged result in " + folder, e);
    }
  }

  private Bytes required(String folder, String path) throws IOException {
    return store
        .get(folder + path)
        .orElseThrow(() -> new IOException("damaged result: no " + folder + path));
  }

  /** One file of a result, for those who publish it; empty if there is none at this path. */
  public Optional<Bytes> file(EpochNumber epoch, int attempt, String path) throws IOException {
    Optional<Place> place = place(new Attempt(epoch, attempt));
    return place.isEmpty() || !PATH.matcher(path).matches()
        ? Optional.empty()
        : store.get(place.get().folder() + path);
  }

  private Optional<Place> place(Attempt attempt) {
    synchronized (places) {
      return Optional.ofNullable(places.get(attempt));
    }
  }

  /**
   * A result that is here.
   *
   * @param first the first epoch that it covers
   */
  public record Held(int attempt, EpochNumber first) {}

  /** The newest attempt of each epoch of which a result is here. */
  public SortedMap<EpochNumber, Held> newest() {
    SortedMap<EpochNumber, Held> newest = new TreeMap<>();
    synchronized (places) {
      places.forEach((attempt, place) ->
          newest.put(attempt.epoch(), new Held(attempt.number(), place.first())));
    }
    return newest;
  }
}
