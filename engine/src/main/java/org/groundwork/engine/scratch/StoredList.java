package org.groundwork.engine.scratch;

import java.util.AbstractList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.groundwork.protocol.Bytes;

/**
 * An immutable list whose elements lie in a spool and are made anew each time that they are asked
 * for: to be iterated. To get one by its number reads all before it.
 */
public final class StoredList<T> extends AbstractList<T> {
  private final Spool spool;
  private final Function<Bytes, T> decoder;

  public StoredList(Spool spool, Function<Bytes, T> decoder) {
    this.spool = spool;
    this.decoder = decoder;
  }

  /** The list itself if it is stored, else a copy. */
  public static <T> List<T> keep(List<T> list) {
    return list instanceof StoredList<T> ? list : List.copyOf(list);
  }

  @Override
  public Iterator<T> iterator() {
    Iterator<Bytes> records = spool.iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return records.hasNext();
      }

      @Override
      public T next() {
        return decoder.apply(records.next());
      }
    };
  }

  @Override
  public T get(int index) {
    if (index < 0 || index >= size()) {
      throw new IndexOutOfBoundsException(index);
    }
    Iterator<T> elements = iterator();
    for (int i = 0; i < index; i++) {
      elements.next();
    }
    return elements.next();
  }

  @Override
  public int size() {
    return spool.count();
  }
}
