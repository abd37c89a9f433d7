package org.groundwork.flink;

import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.api.common.typeutils.TypeComparator;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.core.memory.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Compares byte arrays as unsigned, a prefix first. Flink's own compares them as signed, and gives
 * its sorter no prefix to sort by without decoding.
 */
final class SortedBytesComparator extends TypeComparator<byte[]> {
  private final boolean ascending;
  private transient byte @Nullable [] reference;

  SortedBytesComparator(boolean ascending) {
    this.ascending = ascending;
  }

  @Override
  public int hash(byte[] bytes) {
    return Arrays.hashCode(bytes);
  }

  @Override
  public void setReference(byte[] toCompare) {
    reference = toCompare;
  }

  @Override
  public boolean equalToReference(byte[] candidate) {
    return Arrays.equals(candidate, reference);
  }

  @Override
  public int compareToReference(TypeComparator<byte[]> other) {
    return compare(((SortedBytesComparator) other).reference(), reference());
  }

  private byte[] reference() {
    if (reference == null) {
      throw new IllegalStateException("no reference was set");
    }
    return reference;
  }

  @Override
  public int compare(byte[] first, byte[] second) {
    int order = Arrays.compareUnsigned(first, second);
    return ascending ? order : -order;
  }

  /** Two arrays as their serializer wrote them: length (i32), bytes. */
  @Override
  public int compareSerialized(DataInputView first, DataInputView second) throws IOException {
    int firstSize = first.readInt();
    int secondSize = second.readInt();
    for (int left = Math.min(firstSize, secondSize); left > 0; left--) {
      int order = first.readUnsignedByte() - second.readUnsignedByte();
      if (order != 0) {
        return ascending ? order : -order;
      }
    }
    int order = Integer.compare(firstSize, secondSize);
    return ascending ? order : -order;
  }

  @Override
  public boolean supportsNormalizedKey() {
    return true;
  }

  @Override
  public int getNormalizeKeyLen() {
    return Integer.MAX_VALUE;
  }

  @Override
  public boolean isNormalizedKeyPrefixOnly(int keyBytes) {
    return true;
  }

  @Override
  public void putNormalizedKey(byte[] bytes, MemorySegment target, int offset, int size) {
    int copied = Math.min(size, bytes.length);
    target.put(offset, bytes, 0, copied);
    for (int i = copied; i < size; i++) {
      target.put(offset + i, (byte) 0);
    }
  }

  @Override
  public boolean invertNormalizedKey() {
    return !ascending;
  }

  @Override
  public boolean supportsSerializationWithKeyNormalization() {
    return false;
  }

  @Override
  public void writeWithKeyNormalization(byte[] bytes, DataOutputView target) {
    throw new UnsupportedOperationException();
  }

  @Override
  public byte[] readWithKeyDenormalization(byte[] reuse, DataInputView source) {
    throw new UnsupportedOperationException();
  }

  @Override
  public TypeComparator<byte[]> duplicate() {
    return new SortedBytesComparator(ascending);
  }

  @Override
  public int extractKeys(Object bytes, Object[] target, int index) {
    target[index] = bytes;
    return 1;
  }

  @Override
  @SuppressWarnings("rawtypes")
  public TypeComparator[] getFlatComparators() {
    return new TypeComparator[] {this};
  }
}
