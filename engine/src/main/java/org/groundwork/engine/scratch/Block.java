package org.groundwork.engine.scratch;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.groundwork.engine.scratch.SortedRuns.Run;
import org.groundwork.protocol.Bytes;

/** Pairs in memory that are to become a run: key size, value size, key, value, one by one. */
final class Block {
  private static final int SIZES = 8;

  /** Bytes of a run between two of its marks. */
  private static final int MARK = 1 << 16;

  private byte[] content = new byte[1 << 10];
  private int[] places = new int[16];
  private int size;
  private int count;

  int size() {
    return size;
  }

  boolean isEmpty() {
    return count == 0;
  }

  void clear() {
    size = 0;
    count = 0;
  }

  void add(byte[] key, byte[] value) {
    int more = SIZES + key.length + value.length;
    if (size + more > content.length) {
      content = Arrays.copyOf(content, Math.max(size + more, 2 * content.length));
    }
    if (count == places.length) {
      places = Arrays.copyOf(places, 2 * count);
    }
    places[count++] = size;
    ByteBuffer.wrap(content, size, more)
        .putInt(key.length)
        .putInt(value.length)
        .put(key)
        .put(value);
    size += more;
  }

  /** Appends all pairs in their order. */
  Run write(ScratchFile file) {
    sort();
    List<Bytes> marks = new ArrayList<>();
    List<Long> marked = new ArrayList<>();
    long nextMark = 0;
    for (int i = 0; i < count; i++) {
      int at = places[i];
      if (file.size() >= nextMark) {
        marks.add(Bytes.wrap(Arrays.copyOfRange(content, key(at), key(at) + keySize(at))));
        marked.add(file.size());
        nextMark = file.size() + MARK;
      }
      file.append(content, at, SIZES + keySize(at) + valueSize(at));
    }
    return new Run(file, marks, marked);
  }

  /** A merge sort from below; what is in order already costs one comparison for each part. */
  private void sort() {
    int[] from = places;
    int[] to = new int[count];
    for (int width = 1; width < count; width *= 2) {
      for (int low = 0; low < count; low += 2 * width) {
        int middle = Math.min(low + width, count);
        merge(from, to, low, middle, Math.min(middle + width, count));
      }
      int[] swap = from;
      from = to;
      to = swap;
    }
    places = from;
  }

  private void merge(int[] from, int[] to, int low, int middle, int high) {
    if (middle >= high || compare(from[middle - 1], from[middle]) <= 0) {
      System.arraycopy(from, low, to, low, high - low);
      return;
    }
    int left = low;
    int right = middle;
    for (int i = low; i < high; i++) {
      boolean takeLeft = right >= high || (left < middle && compare(from[left], from[right]) <= 0);
      to[i] = takeLeft ? from[left++] : from[right++];
    }
  }

  private int compare(int a, int b) {
    int order =
        Arrays.compareUnsigned(
            content, key(a), key(a) + keySize(a), content, key(b), key(b) + keySize(b));
    if (order != 0) {
      return order;
    }
    int valueA = key(a) + keySize(a);
    int valueB = key(b) + keySize(b);
    return Arrays.compareUnsigned(
        content, valueA, valueA + valueSize(a), content, valueB, valueB + valueSize(b));
  }

  private static int key(int place) {
    return place + SIZES;
  }

  private int keySize(int place) {
    return number(place);
  }

  private int valueSize(int place) {
    return number(place + 4);
  }

  private int number(int at) {
    return (content[at] & 0xFF) << 24
        | (content[at + 1] & 0xFF) << 16
        | (content[at + 2] & 0xFF) << 8
        | (content[at + 3] & 0xFF);
  }
}
