package org.groundwork.flink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.function.Function;
import org.groundwork.protocol.Bytes;

/**
 * Part files of one stage as one sequence, ascending by key. A key is in one part alone; entries
 * with the same key keep their order.
 */
final class MergedParts<T> implements Iterable<T> {
  private final List<Path> parts;
  private final Function<Bytes, T> decode;

  MergedParts(List<Path> parts, Function<Bytes, T> decode) {
    this.parts = List.copyOf(parts);
    this.decode = decode;
  }

  @Override
  public Iterator<T> iterator() {
    PriorityQueue<PartFile.Reader> readers =
        new PriorityQueue<>(Comparator.comparing((PartFile.Reader reader) -> reader.peek().key()));
    try {
      for (Path part : parts) {
        PartFile.Reader reader = new PartFile.Reader(part);
        if (reader.hasNext()) {
          readers.add(reader);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return !readers.isEmpty();
      }

      @Override
      public T next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        PartFile.Reader reader = readers.remove();
        Bytes value = reader.next().value();
        if (reader.hasNext()) {
          readers.add(reader);
        }
        return decode.apply(value);
      }
    };
  }
}
