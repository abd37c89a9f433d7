package org.groundwork.simulator.disk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The content of a file, as programs see it and as it is on disk. Writes since the last force
 * survive a crash up to one of them; of the next one a part may be there, or zeros in its place.
 */
final class FileEntry implements Entry {
  private final List<Change> pending = new ArrayList<>();
  private Content now = new Content();
  private Content kept = new Content();

  /** A write; or a truncation, where there is a size to cut to. */
  private static final class Change {
    final int at;
    final byte[] bytes;
    final int truncatedTo;

    Change(int at, byte[] bytes, int truncatedTo) {
      this.at = at;
      this.bytes = bytes;
      this.truncatedTo = truncatedTo;
    }

    void apply(Content content) {
      if (truncatedTo >= 0) {
        content.truncate(truncatedTo);
      } else {
        content.write(at, bytes, bytes.length);
      }
    }
  }

  int size() {
    return now.size;
  }

  /** Bytes read, or -1 at the end. */
  int read(int at, byte[] into, int offset, int length) {
    if (at >= now.size) {
      return -1;
    }
    int count = Math.min(length, now.size - at);
    System.arraycopy(now.bytes, at, into, offset, count);
    return count;
  }

  void write(int at, byte[] bytes) {
    change(new Change(at, bytes, -1));
  }

  void truncate(int size) {
    if (size < now.size) {
      change(new Change(0, new byte[0], size));
    }
  }

  private void change(Change change) {
    change.apply(now);
    pending.add(change);
  }

  @Override
  public void force() {
    pending.forEach(change -> change.apply(kept));
    pending.clear();
  }

  @Override
  public void crash(Chance chance) {
    int survivors = chance.below(pending.size() + 1);
    for (int i = 0; i < survivors; i++) {
      pending.get(i).apply(kept);
    }
    if (survivors < pending.size()) {
      tear(pending.get(survivors), chance);
    }
    pending.clear();
    now = kept.copy();
  }

  private void tear(Change torn, Chance chance) {
    int length = torn.bytes.length;
    if (length == 0) {
      return;
    }
    int written = chance.below(length + 1);
    switch (chance.below(3)) {
      case 0 -> kept.write(torn.at, torn.bytes, written);
      case 1 -> kept.write(torn.at, new byte[written], torn.at < kept.size ? 0 : written);
      default -> {
        // Nothing of it.
      }
    }
  }

  private static final class Content {
    byte[] bytes = new byte[64];
    int size;

    void write(int at, byte[] from, int length) {
      if (length == 0) {
        return;
      }
      int end = at + length;
      if (end > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(end, 2 * bytes.length));
      }
      if (at > size) {
        Arrays.fill(bytes, size, at, (byte) 0);
      }
      System.arraycopy(from, 0, bytes, at, length);
      size = Math.max(size, end);
    }

    void truncate(int to) {
      size = Math.min(size, to);
    }

    Content copy() {
      Content copy = new Content();
      copy.bytes = Arrays.copyOf(bytes, Math.max(64, size));
      copy.size = size;
      return copy;
    }
  }
}
