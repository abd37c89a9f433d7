package org.groundwork.flink;

import org.apache.flink.api.common.ExecutionConfig;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.AtomicType;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeComparator;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.api.java.tuple.Tuple1;
import org.apache.flink.api.java.typeutils.TupleTypeInfo;

/** The one type that moves between stages: bytes in unsigned order. */
final class SortedBytesType extends TypeInformation<byte[]> implements AtomicType<byte[]> {
  /** In a tuple, because Flink sorts fields only. */
  static final TupleTypeInfo<Tuple1<byte[]>> ITEM = new TupleTypeInfo<>(new SortedBytesType());

  private SortedBytesType() {}

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public Class<byte[]> getTypeClass() {
    return byte[].class;
  }

  @Override
  public boolean isKeyType() {
    return true;
  }

  @Override
  public TypeSerializer<byte[]> createSerializer(SerializerConfig config) {
    return BytePrimitiveArraySerializer.INSTANCE;
  }

  @Override
  public TypeComparator<byte[]> createComparator(boolean ascending, ExecutionConfig config) {
    return new SortedBytesComparator(ascending);
  }

  @Override
  public String toString() {
    return "sorted bytes";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SortedBytesType;
  }

  @Override
  public int hashCode() {
    return SortedBytesType.class.hashCode();
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof SortedBytesType;
  }
}
