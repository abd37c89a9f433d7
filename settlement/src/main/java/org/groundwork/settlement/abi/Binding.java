package org.groundwork.settlement.abi;

import java.io.ByteArrayOutputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Hash;
import org.groundwork.settlement.abi.AbiType.Field;
import org.groundwork.settlement.abi.AbiType.Tuple;

/** A record class and the function or event that it stands for. */
public final class Binding {
  private static final ClassValue<Binding> BINDINGS =
      new ClassValue<>() {
        @Override
        protected Binding computeValue(Class<?> type) {
          return new Binding(type);
        }
      };

  private final Signature signature;
  private final RecordShape shape;
  private final Type result;
  private final Tuple indexed;
  private final Tuple unindexed;
  private final Hash topic;

  private Binding(Class<?> type) {
    Solidity annotation = type.getAnnotation(Solidity.class);
    if (annotation == null) {
      throw new IllegalArgumentException(type + " has no @Solidity");
    }
    this.signature = Signature.parse(annotation.value());
    this.shape = RecordShape.of(type);
    this.result = resultOf(type);
    this.topic = signature.topic();
    this.indexed = filter(true);
    this.unindexed = filter(false);
    if (!shape.fits(signature.inputs())) {
      throw new IllegalArgumentException(type + " does not fit " + annotation.value());
    }
  }

  private Tuple filter(boolean wanted) {
    return new Tuple(
        signature.inputs().fields().stream().filter(f -> f.indexed() == wanted).toList());
  }

  private static Type resultOf(Class<?> type) {
    for (Type implemented : type.getGenericInterfaces()) {
      if (implemented instanceof ParameterizedType call
          && call.getRawType() == ContractCall.class) {
        return call.getActualTypeArguments()[0];
      }
    }
    return Void.class;
  }

  static Binding of(Class<?> type) {
    return BINDINGS.get(type);
  }

  Signature signature() {
    return signature;
  }

  Type result() {
    return result;
  }

  /** Selector and arguments of a call. */
  public static Bytes encode(ContractCall<?> call) {
    Binding binding = of(call.getClass());
    Tuple inputs = binding.signature.inputs();
    Bytes arguments = AbiCodec.encode(inputs, binding.shape.toAbi(inputs, (Record) call));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(binding.signature.selector().unsafeArray());
    out.writeBytes(arguments.unsafeArray());
    return Bytes.wrap(out.toByteArray());
  }

  /** What a contract would log to say that something has happened. */
  public record Log(List<Hash> topics, Bytes data) {
    public Log {
      topics = List.copyOf(topics);
    }
  }

  /** The log of an event whose indexed fields are single words. */
  public static Log encode(ContractEvent event) {
    Binding binding = of(event.getClass());
    List<Field> fields = binding.signature.inputs().fields();
    List<Object> values = binding.shape.toAbi(binding.signature.inputs(), (Record) event);
    List<Hash> topics = new ArrayList<>(List.of(binding.topic));
    List<Object> others = new ArrayList<>();
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).indexed()) {
        Tuple single = new Tuple(List.of(fields.get(i)));
        topics.add(new Hash(AbiCodec.encode(single, List.of(values.get(i)))));
      } else {
        others.add(values.get(i));
      }
    }
    return new Log(topics, AbiCodec.encode(binding.unindexed, others));
  }

  /** The call that data encode; empty if they are one of another function, or none. */
  public static <C extends Record & ContractCall<?>> Optional<C> decode(Class<C> type, Bytes data) {
    Binding binding = of(type);
    Bytes selector = binding.signature.selector();
    if (data.size() < selector.size() || !data.slice(0, selector.size()).equals(selector)) {
      return Optional.empty();
    }
    Tuple inputs = binding.signature.inputs();
    try {
      List<Object> values = AbiCodec.decode(inputs, data.slice(selector.size(), data.size()));
      return Optional.of(type.cast(binding.shape.fromAbi(inputs, values)));
    } catch (IllegalArgumentException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  /**
   * What a call returned.
   *
   * @throws IllegalArgumentException if the data are not what the function returns
   */
  @SuppressWarnings("unchecked") // the result type is the call's own
  public static <R> R decodeResult(ContractCall<R> call, Bytes data) {
    Binding binding = of(call.getClass());
    Tuple outputs = binding.signature.outputs();
    List<Object> values = AbiCodec.decode(outputs, data);
    if (values.size() == 1) {
      return (R)
          Values.fromAbi(boxless(binding.result), outputs.fields().get(0).type(), values.get(0));
    }
    return (R) RecordShape.of((Class<?>) binding.result).fromAbi(outputs, values);
  }

  /** Type arguments cannot be primitive; conversions are known by the primitive types. */
  static Type boxless(Type type) {
    if (type == Long.class) {
      return long.class;
    }
    if (type == Integer.class) {
      return int.class;
    }
    return type == Boolean.class ? boolean.class : type;
  }

  Hash topic() {
    return topic;
  }

  int topics() {
    return 1 + indexed.fields().size();
  }

  /**
   * The record of an event.
   *
   * @param topics all of them, the event's own first
   * @throws IllegalArgumentException if they are not of this event
   */
  Record decodeEvent(List<Hash> topics, Bytes data) {
    if (topics.size() != topics() || !topics.get(0).equals(topic)) {
      throw new IllegalArgumentException("not a log of " + signature.canonical());
    }
    List<Object> unindexedValues = AbiCodec.decode(unindexed, data);
    List<Object> values = new ArrayList<>();
    int topicsUsed = 1;
    int valuesUsed = 0;
    for (Field field : signature.inputs().fields()) {
      if (field.indexed()) {
        Tuple single = new Tuple(List.of(field));
        values.add(AbiCodec.decode(single, topics.get(topicsUsed++).bytes()).get(0));
      } else {
        values.add(unindexedValues.get(valuesUsed++));
      }
    }
    return shape.fromAbi(signature.inputs(), values);
  }
}
