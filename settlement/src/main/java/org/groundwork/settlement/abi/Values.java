package org.groundwork.settlement.abi;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.DeploymentId;
import org.groundwork.protocol.DeviceId;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.MoneyKind;
import org.groundwork.protocol.NetworkId;
import org.groundwork.protocol.Price;
import org.groundwork.protocol.ReservationId;
import org.groundwork.protocol.SlotNumber;
import org.groundwork.protocol.TokenAmount;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.settlement.Role;

/** Between the values of {@link AbiCodec} and the types of the protocol. */
final class Values {
  /** What a Java type may stand for: any of these Solidity types, and the two ways between them. */
  private record Conversion(
      List<AbiType> types, Function<Object, Object> toAbi, Function<Object, Object> fromAbi) {}

  private static final Map<Class<?>, Conversion> CONVERSIONS = new HashMap<>();

  static {
    List<AbiType> small = uints(8, 16);
    List<AbiType> amounts = uints(96, 128, 256);
    number(BigInteger.class, integers(64, 80, 128, 256), v -> v, v -> v);
    number(int.class, uints(8, 16, 32), v -> BigInteger.valueOf(v), BigInteger::intValueExact);
    number(
        long.class, uints(32, 48, 64, 256), v -> BigInteger.valueOf(v), BigInteger::longValueExact);
    number(TokenAmount.class, amounts, TokenAmount::value, TokenAmount::new);
    number(Credits.class, amounts, Credits::value, Credits::new);
    number(Price.class, amounts, Price::value, Price::new);
    number(
        BasisPoints.class,
        small,
        share -> BigInteger.valueOf(share.value()),
        value -> new BasisPoints(value.intValueExact()));
    number(
        DeviceId.class,
        uints(64, 256),
        id -> BigInteger.valueOf(id.value()),
        value -> new DeviceId(value.longValueExact()));
    number(
        NetworkId.class,
        uints(32),
        id -> BigInteger.valueOf(id.value()),
        value -> new NetworkId(value.intValueExact()));
    number(
        EpochNumber.class,
        uints(64),
        epoch -> BigInteger.valueOf(epoch.value()),
        value -> new EpochNumber(value.longValueExact()));
    number(
        SlotNumber.class,
        uints(64),
        slot -> BigInteger.valueOf(slot.value()),
        value -> new SlotNumber(value.longValueExact()));
    choice(KeyType.values(), KeyType.class, KeyType::code);
    choice(MoneyKind.values(), MoneyKind.class, MoneyKind::number);
    choice(Role.values(), Role.class, Role::number);
    choice(PriceDoubt.values(), PriceDoubt.class, PriceDoubt::ordinal);
    choice(ProposalState.values(), ProposalState.class, ProposalState::ordinal);

    same(AccountId.class, new AbiType.Address());
    same(boolean.class, new AbiType.Bool());
    same(Bytes.class, new AbiType.DynamicBytes());
    same(String.class, new AbiType.Text());
    word(Hash.class, hash -> hash, hash -> hash);
    word(ReservationId.class, ReservationId::hash, ReservationId::new);
    word(DeploymentId.class, DeploymentId::hash, DeploymentId::new);
  }

  private Values() {}

  private static List<AbiType> uints(int... bits) {
    return Arrays.stream(bits).<AbiType>mapToObj(AbiType.Uint::new).toList();
  }

  private static List<AbiType> integers(int... bits) {
    return Stream.concat(uints(bits).stream(), Stream.of(new AbiType.Int(256))).toList();
  }

  @SuppressWarnings("unchecked") // the key is the type that the functions take and give
  private static <T> void number(
      Class<T> type,
      List<AbiType> types,
      Function<T, BigInteger> toAbi,
      Function<BigInteger, T> fromAbi) {
    CONVERSIONS.put(
        type,
        new Conversion(
            types, value -> toAbi.apply((T) value), value -> fromAbi.apply((BigInteger) value)));
  }

  private static <T> void choice(T[] all, Class<T> type, ToIntFunction<T> numberOf) {
    number(
        type,
        uints(8),
        value -> BigInteger.valueOf(numberOf.applyAsInt(value)),
        number -> {
          for (T value : all) {
            if (BigInteger.valueOf(numberOf.applyAsInt(value)).equals(number)) {
              return value;
            }
          }
          throw new IllegalArgumentException(number + " is no " + type.getSimpleName());
        });
  }

  private static void same(Class<?> type, AbiType abiType) {
    CONVERSIONS.put(type, new Conversion(List.of(abiType), value -> value, value -> value));
  }

  @SuppressWarnings("unchecked") // as above
  private static <T> void word(
      Class<T> type, Function<T, Hash> toHash, Function<Hash, T> fromHash) {
    CONVERSIONS.put(
        type,
        new Conversion(
            List.of(new AbiType.FixedBytes(Hash.SIZE)),
            value -> toHash.apply((T) value).bytes(),
            value -> fromHash.apply(new Hash((Bytes) value))));
  }

  /** Whether values of this Java type can stand for values of this Solidity type. */
  static boolean fits(Type javaType, AbiType type) {
    if (type instanceof AbiType.ArrayOf array) {
      return javaType instanceof ParameterizedType list
          && list.getRawType() == List.class
          && fits(list.getActualTypeArguments()[0], array.element());
    }
    if (!(javaType instanceof Class<?> plain)) {
      return false;
    }
    if (type instanceof AbiType.Tuple tuple) {
      return plain.isRecord() && RecordShape.of(plain).fits(tuple);
    }
    Conversion conversion = CONVERSIONS.get(plain);
    return conversion != null && conversion.types.contains(type);
  }

  static Object toAbi(Type javaType, AbiType type, Object value) {
    if (type instanceof AbiType.ArrayOf array) {
      Type element = elementOf(javaType);
      return ((List<?>) value).stream().map(one -> toAbi(element, array.element(), one)).toList();
    }
    if (type instanceof AbiType.Tuple tuple) {
      return RecordShape.of((Class<?>) javaType).toAbi(tuple, (Record) value);
    }
    return conversion(javaType).toAbi.apply(value);
  }

  static Object fromAbi(Type javaType, AbiType type, Object value) {
    if (type instanceof AbiType.ArrayOf array) {
      Type element = elementOf(javaType);
      return ((List<?>) value).stream().map(one -> fromAbi(element, array.element(), one)).toList();
    }
    if (type instanceof AbiType.Tuple tuple) {
      return RecordShape.of((Class<?>) javaType).fromAbi(tuple, (List<?>) value);
    }
    try {
      return conversion(javaType).fromAbi.apply(value);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("a number out of range: " + value, e);
    }
  }

  private static Type elementOf(Type list) {
    return ((ParameterizedType) list).getActualTypeArguments()[0];
  }

  private static Conversion conversion(Type javaType) {
    Conversion conversion = CONVERSIONS.get((Class<?>) javaType);
    if (conversion == null) {
      throw new IllegalArgumentException("no Solidity type for " + javaType);
    }
    return conversion;
  }
}
