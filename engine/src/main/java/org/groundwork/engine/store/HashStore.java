package org.groundwork.engine.store;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.Malformed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Objects named by a hash, in folders of a store. Their names are read once, when it is opened. An
 * object that turns out to be damaged is deleted, so that it can be fetched from elsewhere.
 */
public final class HashStore {
  private static final Logger LOG = LoggerFactory.getLogger(HashStore.class);

  private static final Pattern NAME = Pattern.compile("(.+)/([0-9a-f]{64})(\\..*)");

  private final Store store;
  private final String suffix;
  private final Map<Hash, String> folders = new ConcurrentHashMap<>();

  /**
   * Opens a store; objects with other names are left alone.
   *
   * @param suffix the end of all names, from a dot on
   */
  public HashStore(Store store, String suffix) throws IOException {
    this.store = store;
    this.suffix = suffix;
    for (String key : store.list("")) {
      Matcher name = NAME.matcher(key);
      if (name.matches() && name.group(3).equals(suffix)) {
        folders.put(Hash.fromHex("0x" + name.group(2)), name.group(1));
      }
    }
  }

  /** How an object is read, which checks that it is the one with its name. */
  @FunctionalInterface
  public interface Reading<T> {
    T read(Bytes content) throws Malformed;
  }

  /** Puts an object into a folder by the first byte of its name. */
  public void put(Hash name, Bytes content) throws IOException {
    put(digits(name).substring(0, 2), name, content);
  }

  /** Puts an object into an epoch's folder, and takes it out of the one where it was. */
  public void put(EpochNumber epoch, Hash name, Bytes content) throws IOException {
    put(folder(epoch), name, content);
  }

  /** Whether an object lies in an epoch's folder, or in that of a later one. */
  public boolean hasSince(EpochNumber epoch, Hash name) {
    String folder = folders.getOrDefault(name, "");
    String wanted = folder(epoch);
    return folder.length() == wanted.length() && folder.compareTo(wanted) >= 0;
  }

  private static String folder(EpochNumber epoch) {
    return "%010d".formatted(epoch.value());
  }

  private void put(String folder, Hash name, Bytes content) throws IOException {
    store.put(key(folder, name), content);
    String before = folders.put(name, folder);
    if (before != null && !before.equals(folder)) {
      store.delete(key(before, name));
    }
  }

  /** The object as it is read; empty if it is not here, or was damaged. */
  public <T> Optional<T> get(Hash name, Reading<T> reading) throws IOException {
    Optional<Bytes> content = unchecked(name);
    if (content.isEmpty()) {
      folders.remove(name);
      return Optional.empty();
    }
    try {
      return Optional.of(reading.read(content.get()));
    } catch (Malformed e) {
      LOG.error("{}{} is damaged and deleted: {}", name, suffix, e.getMessage());
      delete(name);
      return Optional.empty();
    }
  }

  /** The object as it lies there, to be sent to somebody who checks it. */
  public Optional<Bytes> unchecked(Hash name) throws IOException {
    String folder = folders.get(name);
    return folder == null ? Optional.empty() : store.get(key(folder, name));
  }

  public boolean has(Hash name) {
    return folders.containsKey(name);
  }

  public void delete(Hash name) throws IOException {
    String folder = folders.get(name);
    if (folder != null) {
      store.delete(key(folder, name));
      folders.remove(name);
    }
  }

  /** All names, ascending. */
  public List<Hash> list() {
    return folders.keySet().stream().sorted().toList();
  }

  /** The names in an epoch's folder, ascending. */
  public List<Hash> list(EpochNumber epoch) {
    String folder = folder(epoch);
    return folders.entrySet().stream()
        .filter(entry -> entry.getValue().equals(folder))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /** The names in folders of epochs before this one, ascending. */
  public List<Hash> listBefore(EpochNumber epoch) {
    String first = folder(epoch);
    return folders.entrySet().stream()
        .filter(entry -> entry.getValue().length() == first.length())
        .filter(entry -> entry.getValue().compareTo(first) < 0)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  private String key(String folder, Hash name) {
    return folder + "/" + digits(name) + suffix;
  }

  private static String digits(Hash name) {
    return name.toHex().substring(2);
  }
}
