package org.groundwork.flink;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.flink.api.java.tuple.Tuple1;
import org.jspecify.annotations.Nullable;

/** Sorted items, one of them seen before it is taken. */
final class Items {
  private final Iterator<Tuple1<byte[]>> source;
  private byte @Nullable [] next;

  Items(Iterable<Tuple1<byte[]>> sorted) {
    source = sorted.iterator();
    advance();
  }

  boolean hasNext() {
    return next != null;
  }

  byte[] peek() {
    if (next == null) {
      throw new NoSuchElementException();
    }
    return next;
  }

  byte[] take() {
    byte[] taken = peek();
    advance();
    return taken;
  }

  /** Takes items as long as they fit. */
  <T> Iterator<T> takeWhile(Predicate<byte[]> fits, Function<byte[], T> read) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return Items.this.hasNext() && fits.test(peek());
      }

      @Override
      public T next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return read.apply(take());
      }
    };
  }

  private void advance() {
    next = source.hasNext() ? source.next().f0 : null;
  }
}
