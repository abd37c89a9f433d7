package org.groundwork.settlement.abi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.groundwork.protocol.AccountId;
import org.groundwork.protocol.Bytes;
import org.groundwork.settlement.abi.AbiType.Field;
import org.groundwork.settlement.abi.AbiType.Tuple;
import org.junit.jupiter.api.Test;
import org.web3j.abi.FunctionEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Bool;
import org.web3j.abi.datatypes.DynamicArray;
import org.web3j.abi.datatypes.DynamicBytes;
import org.web3j.abi.datatypes.DynamicStruct;
import org.web3j.abi.datatypes.StaticStruct;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.Utf8String;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Int256;
import org.web3j.abi.datatypes.generated.Uint256;

class AbiCodecTest {
  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);

  /** Ours against web3j's, over types of every shape that the contracts could have. */
  @Test
  void encodesAsWeb3jDoesAndDecodesItsOwn() {
    for (int i = 0; i < 2_000; i++) {
      Tuple type = tuple(3);
      List<?> values = (List<?>) value(type);
      Bytes encoded = AbiCodec.encode(type, values);
      String reference = FunctionEncoder.encodeConstructor(members(type, values));
      assertThat(encoded.toHex())
          .as("seed %s, %s", seed, type.canonical())
          .isEqualTo("0x" + reference);
      assertThat(AbiCodec.decode(type, encoded)).as("seed %s", seed).isEqualTo(values);
    }
  }

  @Test
  void endsWithAnErrorOnAnyDamageOrGivesValuesBack() {
    for (int i = 0; i < 5_000; i++) {
      Tuple type = tuple(3);
      byte[] damaged = AbiCodec.encode(type, (List<?>) value(type)).toArray();
      int length = damaged.length == 0 ? 0 : random.nextInt(damaged.length + 1);
      for (int j = 0; j < random.nextInt(4) && length > 0; j++) {
        damaged[random.nextInt(length)] ^= (byte) (1 << random.nextInt(8));
      }
      try {
        assertThat(AbiCodec.decode(type, Bytes.of(damaged).slice(0, length)))
            .hasSize(type.fields().size());
      } catch (IllegalArgumentException refused) {
        assertThat(refused).as("seed %s", seed).hasMessageMatching(".+");
      }
    }
  }

  @Test
  void refusesWhatNoContractEncodes() {
    assertRefused("f(bool x)", "02");
    assertRefused("f(uint8 x)", "0100");
    assertRefused("f(address x)", "01" + "00".repeat(20));
    assertRefused("f(bytes4 x)", "01");
    // An array of 2^31 elements, an offset beyond the data, one that overflows.
    assertRefused("f(uint256[] x)", "20", "80000000");
    assertRefused("f(bytes x)", "60", "00");
    assertRefused("f(bytes x)", "ff".repeat(32), "00");
  }

  private static void assertRefused(String signature, String... words) {
    StringBuilder data = new StringBuilder();
    for (String word : words) {
      data.append("0".repeat(64 - word.length())).append(word);
    }
    assertThatThrownBy(() ->
            AbiCodec.decode(Signature.parse(signature).inputs(), Bytes.fromHex(data.toString())))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private Tuple tuple(int depth) {
    return new Tuple(
        IntStream.range(0, 1 + random.nextInt(4))
            .mapToObj(i -> new Field("m" + i, type(depth), false))
            .toList());
  }

  private AbiType type(int depth) {
    return switch (random.nextInt(depth > 0 ? 9 : 7)) {
      case 0 -> new AbiType.Uint(256);
      case 1 -> new AbiType.Int(256);
      case 2 -> new AbiType.Address();
      case 3 -> new AbiType.Bool();
      case 4 -> new AbiType.FixedBytes(32);
      case 5 -> new AbiType.DynamicBytes();
      case 6 -> new AbiType.Text();
      case 7 -> new AbiType.ArrayOf(type(0));
      default -> tuple(depth - 1);
    };
  }

  private Object value(AbiType type) {
    return switch (type) {
      case AbiType.Uint uint -> new BigInteger(random.nextInt(uint.bits() + 1), random);
      case AbiType.Int _ -> {
        BigInteger number = new BigInteger(random.nextInt(256), random);
        yield random.nextBoolean() ? number : number.negate();
      }
      case AbiType.Address _ -> new AccountId(bytes(20));
      case AbiType.Bool _ -> random.nextBoolean();
      case AbiType.FixedBytes fixed -> bytes(fixed.size());
      case AbiType.DynamicBytes _ -> bytes(random.nextInt(70));
      case AbiType.Text _ -> "äß".repeat(random.nextInt(20));
      case AbiType.ArrayOf array ->
          IntStream.range(0, 1 + random.nextInt(4)).mapToObj(_ -> value(array.element())).toList();
      case Tuple tuple -> tuple.fields().stream().map(field -> value(field.type())).toList();
    };
  }

  private Bytes bytes(int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return Bytes.wrap(bytes);
  }

  @SuppressWarnings("rawtypes") // as web3j has it
  private static List<Type> members(Tuple tuple, List<?> values) {
    List<Type> members = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      members.add(web3j(tuple.fields().get(i).type(), values.get(i)));
    }
    return members;
  }

  @SuppressWarnings({"rawtypes", "unchecked"}) // as web3j has it
  private static Type web3j(AbiType type, Object value) {
    return switch (type) {
      case AbiType.Uint _ -> new Uint256((BigInteger) value);
      case AbiType.Int _ -> new Int256((BigInteger) value);
      case AbiType.Address _ -> new Address(value.toString());
      case AbiType.Bool _ -> new Bool((Boolean) value);
      case AbiType.FixedBytes _ -> new Bytes32(((Bytes) value).toArray());
      case AbiType.DynamicBytes _ -> new DynamicBytes(((Bytes) value).toArray());
      case AbiType.Text _ -> new Utf8String((String) value);
      case AbiType.ArrayOf array -> {
        List<Type> elements =
            ((List<?>) value).stream().map(one -> web3j(array.element(), one)).toList();
        yield new DynamicArray(elements.get(0).getClass(), elements);
      }
      case Tuple tuple -> {
        List<Type> members = members(tuple, (List<?>) value);
        yield tuple.dynamic() ? new DynamicStruct(members) : new StaticStruct(members);
      }
    };
  }

  @Test
  void knowsTheVectorOfTheSpecification() {
    // f(uint256,uint32[],bytes10,bytes) with (0x123, [0x456, 0x789], "1234567890", "Hello, world!")
    Signature f = Signature.parse("f(uint256 a, uint32[] b, bytes10 c, bytes d)");
    assertThat(f.selector().toHex()).isEqualTo("0x8be65246");
    Bytes encoded =
        AbiCodec.encode(
            f.inputs(),
            List.of(
                BigInteger.valueOf(0x123),
                List.of(BigInteger.valueOf(0x456), BigInteger.valueOf(0x789)),
                Bytes.of("1234567890".getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
                Bytes.of("Hello, world!".getBytes(java.nio.charset.StandardCharsets.US_ASCII))));
    assertThat(encoded.toHex())
        .isEqualTo(
            "0x"
                + word("123")
                + word("80")
                + "3132333435363738393000000000000000000000000000000000000000000000"
                + word("e0")
                + word("2")
                + word("456")
                + word("789")
                + word("d")
                + "48656c6c6f2c20776f726c642100000000000000000000000000000000000000");
  }

  private static String word(String digits) {
    return "0".repeat(64 - digits.length()) + digits;
  }
}
