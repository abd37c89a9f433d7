package org.groundwork.settlement.abi;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.groundwork.settlement.abi.AbiType.Field;
import org.groundwork.settlement.abi.AbiType.Tuple;

/** The components of a record, seen as the members of a struct. */
record RecordShape(
    List<RecordComponent> components, List<MethodHandle> readers, MethodHandle maker) {
  private static final ClassValue<RecordShape> SHAPES =
      new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
          return inspect(type);
        }
      };

  static RecordShape of(Class<?> type) {
    return SHAPES.get(type);
  }

  private static RecordShape inspect(Class<?> type) {
    List<RecordComponent> components = List.of(type.getRecordComponents());
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    try {
      List<MethodHandle> readers = new ArrayList<>();
      for (RecordComponent component : components) {
        readers.add(lookup.unreflect(component.getAccessor()));
      }
      Class<?>[] types = components.stream().map(RecordComponent::getType).toArray(Class<?>[]::new);
      return new RecordShape(
          components, readers, lookup.unreflectConstructor(type.getDeclaredConstructor(types)));
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(type + " is not a public record", e);
    }
  }

  /** Whether names and types agree, one by one. */
  boolean fits(Tuple tuple) {
    if (components.size() != tuple.fields().size()) {
      return false;
    }
    for (int i = 0; i < components.size(); i++) {
      Field field = tuple.fields().get(i);
      RecordComponent component = components.get(i);
      boolean named = component.getName().equals(field.name());
      if (!named || !Values.fits(component.getGenericType(), field.type())) {
        return false;
      }
    }
    return true;
  }

  List<Object> toAbi(Tuple tuple, Record record) {
    List<Object> values = new ArrayList<>(components.size());
    for (int i = 0; i < components.size(); i++) {
      values.add(
          Values.toAbi(
              components.get(i).getGenericType(),
              tuple.fields().get(i).type(),
              invoke(readers.get(i), record)));
    }
    return values;
  }

  Record fromAbi(Tuple tuple, List<?> values) {
    Object[] arguments = new Object[components.size()];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] =
          Values.fromAbi(
              components.get(i).getGenericType(), tuple.fields().get(i).type(), values.get(i));
    }
    return (Record) invoke(maker, arguments);
  }

  private static Object invoke(MethodHandle handle, Object... arguments) {
    try {
      return handle.invokeWithArguments(Arrays.asList(arguments));
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
