package org.groundwork.engine.scratch;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.groundwork.protocol.Bytes;

/** Records of bytes in the order in which they were added. One thread adds; then many may read. */
public final class Spool implements Iterable<Bytes> {
  private static final int TAIL = 1 << 18;
  private static final int LENGTH = 4;

  private final ScratchFile file;
  private int count;

  public Spool(Scratch scratch) {
    file = new ScratchFile(scratch, TAIL);
  }

  public void add(Bytes record) {
    byte[] content = record.unsafeArray();
    file.append(ByteBuffer.allocate(LENGTH).putInt(content.length).array(), 0, LENGTH);
    file.append(content, 0, content.length);
    count++;
  }

  /** No more are added. */
  public Spool finish() {
    file.finish();
    return this;
  }

  /** How many there are. */
  public int count() {
    return count;
  }

  @Override
  public Iterator<Bytes> iterator() {
    return new Iterator<>() {
      private final Window window = new Window(file, 0, file.size());

      @Override
      public boolean hasNext() {
        return window.has();
      }

      @Override
      public Bytes next() {
        if (!hasNext()) {
          throw new NoSuchElementException("no more records");
        }
        int size = window.readInt();
        int at = window.take(size);
        return Bytes.wrap(Arrays.copyOfRange(window.content(), at, at + size));
      }
    };
  }
}
