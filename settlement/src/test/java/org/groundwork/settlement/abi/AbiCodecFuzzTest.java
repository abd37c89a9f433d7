package org.groundwork.settlement.abi;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.List;
import org.groundwork.protocol.Bytes;
import org.groundwork.settlement.abi.AbiType.Tuple;

/** What a node answers is decoded by its type, or refused with the one exception. */
class AbiCodecFuzzTest {
  private static final Class<Calls.ResultsContract.Submit> SUBMIT =
      Calls.ResultsContract.Submit.class;
  private static final Tuple INNER =
      tuple(new AbiType.Uint(256), new AbiType.Address(), new AbiType.Bool());
  private static final List<Tuple> TYPES =
      List.of(
          INNER,
          tuple(new AbiType.Int(64), new AbiType.FixedBytes(32), new AbiType.DynamicBytes()),
          tuple(new AbiType.Text(), new AbiType.ArrayOf(new AbiType.Uint(8))),
          tuple(INNER, new AbiType.ArrayOf(INNER)),
          tuple(new AbiType.ArrayOf(tuple(new AbiType.DynamicBytes(), new AbiType.Uint(64)))));

  @FuzzTest(maxDuration = "60s")
  void takesAnything(byte[] data) {
    for (Tuple type : TYPES) {
      List<Object> values;
      try {
        values = AbiCodec.decode(type, Bytes.of(data));
      } catch (IllegalArgumentException refused) {
        continue;
      }
      assertThat(AbiCodec.decode(type, AbiCodec.encode(type, values))).isEqualTo(values);
    }
    byte[] selector = Binding.of(SUBMIT).signature().selector().toArray();
    byte[] call = Arrays.copyOf(selector, selector.length + data.length);
    System.arraycopy(data, 0, call, selector.length, data.length);
    Binding.decode(SUBMIT, Bytes.wrap(call))
        .ifPresent(
            found -> assertThat(Binding.decode(SUBMIT, Binding.encode(found))).contains(found));
  }

  private static Tuple tuple(AbiType... types) {
    return new Tuple(
        List.of(types).stream().map(type -> new AbiType.Field("field", type, false)).toList());
  }
}
