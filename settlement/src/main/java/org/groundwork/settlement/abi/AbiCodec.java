package org.groundwork.settlement.abi;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.settlement.abi.AbiType.Field;
import org.groundwork.settlement.abi.AbiType.Tuple;

/**
 * Solidity's ABI encoding. Values are {@link BigInteger} for numbers, {@link AccountId}, {@link
 * Boolean}, {@link Bytes} for {@code bytesN} and {@code bytes}, {@link String}, and {@link List}
 * for arrays and structs.
 *
 * <p>Decoding is strict (padding must be zero, numbers in range) and bounded: nothing is allocated
 * that the data could not hold.
 */
final class AbiCodec {
  private static final int WORD = AbiType.WORD;
  private static final int MAX_DEPTH = 8;

  private AbiCodec() {}

  static Bytes encode(Tuple type, List<?> values) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writeMembers(out, type.fields().stream().map(Field::type).toList(), values);
    return Bytes.wrap(out.toByteArray());
  }

  /** One word, for an indexed parameter or a static value alone. */
  static Bytes encodeWord(AbiType type, Object value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(out, type, value);
    return Bytes.wrap(out.toByteArray());
  }

  private static void writeMembers(ByteArrayOutputStream out, List<AbiType> types, List<?> values) {
    if (types.size() != values.size()) {
      throw new IllegalArgumentException(values.size() + " values for " + types.size() + " types");
    }
    int offset = types.stream().mapToInt(AbiType::headSize).sum();
    ByteArrayOutputStream tail = new ByteArrayOutputStream();
    for (int i = 0; i < types.size(); i++) {
      AbiType type = types.get(i);
      if (type.dynamic()) {
        writeNumber(out, BigInteger.valueOf((long) offset + tail.size()));
        write(tail, type, values.get(i));
      } else {
        write(out, type, values.get(i));
      }
    }
    out.writeBytes(tail.toByteArray());
  }

  private static void write(ByteArrayOutputStream out, AbiType type, Object value) {
    switch (type) {
      case AbiType.Uint uint -> {
        BigInteger number = (BigInteger) value;
        if (number.signum() < 0 || number.bitLength() > uint.bits()) {
          throw new IllegalArgumentException(number + " is no " + type.canonical());
        }
        writeNumber(out, number);
      }
      case AbiType.Int signed -> {
        BigInteger number = (BigInteger) value;
        if (number.bitLength() >= signed.bits()) {
          throw new IllegalArgumentException(number + " is no " + type.canonical());
        }
        writeNumber(out, number);
      }
      case AbiType.Address _ -> out.writeBytes(((AccountId) value).toSubject().toArray());
      case AbiType.Bool _ -> writeNumber(out, ((Boolean) value) ? BigInteger.ONE : BigInteger.ZERO);
      case AbiType.FixedBytes fixed -> {
        Bytes bytes = (Bytes) value;
        if (bytes.size() != fixed.size()) {
          throw new IllegalArgumentException(bytes.size() + " bytes for " + type.canonical());
        }
        writePadded(out, bytes.unsafeArray());
      }
      case AbiType.DynamicBytes _ -> writeSized(out, ((Bytes) value).unsafeArray());
      case AbiType.Text _ -> writeSized(out, ((String) value).getBytes(StandardCharsets.UTF_8));
      case AbiType.ArrayOf array -> {
        List<?> elements = (List<?>) value;
        writeNumber(out, BigInteger.valueOf(elements.size()));
        writeMembers(out, elements.stream().map(_ -> array.element()).toList(), elements);
      }
      case Tuple tuple -> out.writeBytes(encode(tuple, (List<?>) value).unsafeArray());
    }
  }

  private static void writeNumber(ByteArrayOutputStream out, BigInteger number) {
    byte[] digits = number.toByteArray();
    byte fill = (byte) (number.signum() < 0 ? 0xff : 0);
    for (int i = digits.length; i < WORD; i++) {
      out.write(fill);
    }
    int extra = Math.max(0, digits.length - WORD);
    out.write(digits, extra, digits.length - extra);
  }

  private static void writeSized(ByteArrayOutputStream out, byte[] bytes) {
    writeNumber(out, BigInteger.valueOf(bytes.length));
    writePadded(out, bytes);
  }

  private static void writePadded(ByteArrayOutputStream out, byte[] bytes) {
    out.writeBytes(bytes);
    for (int i = bytes.length; i % WORD != 0; i++) {
      out.write(0);
    }
  }

  /**
   * Reads the members of a tuple from the beginning of the data.
   *
   * @throws IllegalArgumentException if the data are not such a tuple
   */
  static List<Object> decode(Tuple type, Bytes data) {
    return new Reader(data, 0, 0).members(type.fields().stream().map(Field::type).toList());
  }

  /** A place in the data that offsets count from. */
  private record Reader(Bytes data, int base, int depth) {
    Reader {
      if (depth > MAX_DEPTH) {
        throw new IllegalArgumentException("nested too deep");
      }
    }

    List<Object> members(List<AbiType> types) {
      List<Object> values = new ArrayList<>(types.size());
      int head = base;
      for (AbiType type : types) {
        values.add(
            type.dynamic()
                ? new Reader(data, base + size(head), depth + 1).value(type)
                : new Reader(data, head, depth + 1).value(type));
        head = Math.addExact(head, type.headSize());
      }
      return values;
    }

    private Object value(AbiType type) {
      return switch (type) {
        case AbiType.Uint uint -> unsigned(uint.bits());
        case AbiType.Int signed -> signed(signed.bits());
        case AbiType.Address _ ->
            new AccountId(padded(WORD - AccountId.SIZE, AccountId.SIZE, true));
        case AbiType.Bool _ -> unsigned(1).signum() == 1;
        case AbiType.FixedBytes fixed -> padded(0, fixed.size(), false);
        case AbiType.DynamicBytes _ -> sized();
        case AbiType.Text _ -> new String(sized().unsafeArray(), StandardCharsets.UTF_8);
        case AbiType.ArrayOf array -> array(array.element());
        case Tuple tuple -> members(tuple.fields().stream().map(Field::type).toList());
      };
    }

    private BigInteger unsigned(int bits) {
      BigInteger number = new BigInteger(1, word(base).unsafeArray());
      if (number.bitLength() > bits) {
        throw new IllegalArgumentException("a number of more than " + bits + " bits");
      }
      return number;
    }

    private BigInteger signed(int bits) {
      BigInteger number = new BigInteger(word(base).unsafeArray());
      if (number.bitLength() >= bits) {
        throw new IllegalArgumentException("a number of more than " + bits + " bits");
      }
      return number;
    }

    /** A part of a word whose other bytes are zero, before or behind it. */
    private Bytes padded(int from, int size, boolean before) {
      Bytes word = word(base);
      Bytes padding = before ? word.slice(0, from) : word.slice(size, WORD);
      requireZero(padding);
      return word.slice(from, from + size);
    }

    private Bytes sized() {
      int length = size(base);
      int start = Math.addExact(base, WORD);
      int end = Math.addExact(start, length);
      int paddedEnd = Math.addExact(start, Math.multiplyExact(Math.ceilDiv(length, WORD), WORD));
      if (paddedEnd > data.size()) {
        throw new IllegalArgumentException("the data end too early");
      }
      requireZero(data.slice(end, paddedEnd));
      return data.slice(start, end);
    }

    private List<Object> array(AbiType element) {
      int count = size(base);
      int start = Math.addExact(base, WORD);
      if ((long) count * element.headSize() > data.size() - start) {
        throw new IllegalArgumentException("an array longer than the data");
      }
      List<AbiType> types = java.util.Collections.nCopies(count, element);
      return new Reader(data, start, depth + 1).members(types);
    }

    /** An offset or a length: never more than the data have. */
    private int size(int at) {
      BigInteger number = new BigInteger(1, word(at).unsafeArray());
      if (number.compareTo(BigInteger.valueOf(data.size())) > 0) {
        throw new IllegalArgumentException("an offset or length beyond the data");
      }
      return number.intValueExact();
    }

    private Bytes word(int at) {
      if (at < 0 || at > data.size() - WORD) {
        throw new IllegalArgumentException("the data end too early");
      }
      return data.slice(at, at + WORD);
    }

    private static void requireZero(Bytes padding) {
      for (int i = 0; i < padding.size(); i++) {
        if (padding.get(i) != 0) {
          throw new IllegalArgumentException("padding that is not zero");
        }
      }
    }
  }
}
