package org.groundwork.simulator.disk;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Names and what they name, as programs see it and as it is on disk; changes survive in order. */
final class FolderEntry implements Entry {
  private final List<Consumer<SortedMap<String, Entry>>> pending = new ArrayList<>();
  private TreeMap<String, Entry> now = new TreeMap<>();
  private final TreeMap<String, Entry> kept = new TreeMap<>();

  SortedMap<String, Entry> entries() {
    return now;
  }

  @Nullable Entry get(String name) {
    return now.get(name);
  }

  void put(String name, Entry entry) {
    change(names -> names.put(name, entry));
  }

  void remove(String name) {
    change(names -> names.remove(name));
  }

  /** One step: after a crash the entry has one name or the other. */
  void rename(String from, String to, Entry entry) {
    change(names -> {
      names.remove(from);
      names.put(to, entry);
    });
  }

  private void change(Consumer<SortedMap<String, Entry>> change) {
    change.accept(now);
    pending.add(change);
  }

  @Override
  public void force() {
    pending.forEach(change -> change.accept(kept));
    pending.clear();
  }

  @Override
  public void crash(Chance chance) {
    int survivors = chance.below(pending.size() + 1);
    for (int i = 0; i < survivors; i++) {
      pending.get(i).accept(kept);
    }
    pending.clear();
    now = new TreeMap<>(kept);
  }
}
