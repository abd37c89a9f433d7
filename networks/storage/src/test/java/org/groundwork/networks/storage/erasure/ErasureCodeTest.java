package org.groundwork.networks.storage.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.groundwork.protocol.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ErasureCodeTest {
  private static final long SEED = 20_261_121;
  private static final int ROUNDS = 300;
  private static final List<Integer> EDGE_SIZES =
      List.of(0, 1, 2, 31, 32, 33, 63, 64, 65, 1023, 1024, 1025, 4096, 32_767, 32_769, 100_001);

  /** Every code that this machine has. */
  static Stream<ErasureCode> codes() {
    return Stream.concat(Stream.of(new JavaErasureCode()), ErasureCodes.isaL().stream());
  }

  @Test
  void isaLMakesTheSameShardsAsJava() {
    IsaLErasureCode isaL = requireIsaL();
    ErasureCode java = new JavaErasureCode();
    Random random = new Random(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      Stripe stripe = Stripe.random(random);
      List<byte[]> parity = java.encode(stripe.shape, stripe.data);
      assertShards(isaL.encode(stripe.shape, stripe.data), parity, stripe);
      NavigableMap<Integer, byte[]> left = stripe.lose(parity, random);
      List<Integer> all = IntStream.range(0, stripe.shape.total()).boxed().toList();
      assertShards(
          isaL.recover(stripe.shape, left, all), java.recover(stripe.shape, left, all), stripe);
    }
  }

  @Test
  void theMatrixIsThatOfIsaL() {
    IsaL library = requireIsaL().library();
    for (Shape shape :
        List.of(
            new Shape(1, 1),
            new Shape(10, 14),
            new Shape(29, 80),
            new Shape(128, 256),
            new Shape(255, 256),
            new Shape(1, 256))) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment matrix = arena.allocate((long) shape.total() * shape.data());
        library.cauchyMatrix(matrix, shape.total(), shape.data());
        assertThat(Matrix.cauchy(shape).toArray()).isEqualTo(matrix.toArray(ValueLayout.JAVA_BYTE));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("codes")
  void anyKShardsGiveAllShardsBack(ErasureCode code) {
    Random random = new Random(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      Stripe stripe = Stripe.random(random);
      List<byte[]> parity = code.encode(stripe.shape, stripe.data);
      NavigableMap<Integer, byte[]> left = stripe.lose(parity, random);
      assertShards(code.decode(stripe.shape, left), stripe.data, stripe);
      List<byte[]> all = new ArrayList<>(stripe.data);
      all.addAll(parity);
      List<Integer> wanted = IntStream.range(0, stripe.shape.total()).boxed().toList();
      assertShards(code.recover(stripe.shape, left, wanted), all, stripe);
    }
  }

  @ParameterizedTest
  @MethodSource("codes")
  void everyChoiceOfShardsGivesTheDataBack(ErasureCode code) {
    Shape shape = new Shape(4, 8);
    List<byte[]> data = randomShards(new Random(SEED), 4, 100);
    List<byte[]> all = new ArrayList<>(data);
    all.addAll(code.encode(shape, data));
    for (int choice = 0; choice < 1 << 8; choice++) {
      if (Integer.bitCount(choice) == 4) {
        NavigableMap<Integer, byte[]> left = new TreeMap<>();
        for (int shard = 0; shard < 8; shard++) {
          if ((choice >> shard & 1) == 1) {
            left.put(shard, all.get(shard));
          }
        }
        assertShards(code.decode(shape, left), data, shape);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("codes")
  void parityIsTheSumOfProducts(ErasureCode code) {
    // 10+4, one byte: row 10 of the matrix is 1 / (10 ^ column).
    List<byte[]> data = IntStream.range(0, 10).mapToObj(i -> new byte[] {(byte) (i + 1)}).toList();
    byte expected = 0;
    for (int i = 0; i < 10; i++) {
      expected ^= divide(i + 1, 10 ^ i);
    }
    assertThat(code.encode(new Shape(10, 14), data).getFirst()).containsExactly(expected);
  }

  @ParameterizedTest
  @MethodSource("codes")
  void segmentsOnAndOffTheHeapGiveTheSameShards(ErasureCode code) {
    Shape shape = new Shape(5, 8);
    Random random = new Random(SEED);
    for (int size : EDGE_SIZES) {
      List<byte[]> data = randomShards(random, 5, size);
      List<byte[]> expected = new JavaErasureCode().encode(shape, data);
      try (Arena arena = Arena.ofConfined()) {
        List<MemorySegment> inputs = offHeap(arena, data);
        inputs.set(2, MemorySegment.ofArray(data.get(2)));
        List<MemorySegment> mixed = outputs(arena, 3, size);
        code.encode(shape, inputs, mixed);
        assertShards(arrays(mixed), expected, size);
        List<MemorySegment> direct = outputs(arena, 3, size);
        code.encode(shape, offHeap(arena, data), direct);
        assertShards(arrays(direct), expected, size);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("codes")
  void segmentsAreRecoveredInPlace(ErasureCode code) {
    Shape shape = new Shape(3, 6);
    List<byte[]> data = randomShards(new Random(SEED), 3, 777);
    List<byte[]> parity = code.encode(shape, data);
    try (Arena arena = Arena.ofConfined()) {
      NavigableMap<Integer, MemorySegment> left = new TreeMap<>();
      left.put(1, offHeap(arena, data).get(1));
      left.put(3, offHeap(arena, parity).get(0));
      left.put(5, offHeap(arena, parity).get(2));
      List<MemorySegment> outputs = outputs(arena, 2, 777);
      code.recover(shape, left, List.of(4, 0), outputs);
      assertShards(arrays(outputs), List.of(parity.get(1), data.get(0)), shape);
    }
  }

  @ParameterizedTest
  @MethodSource("codes")
  void manyThreadsShareOneCode(ErasureCode code) {
    Shape shape = new Shape(10, 14);
    List<byte[]> data = randomShards(new Random(SEED), 10, 70_000);
    List<byte[]> parity = code.encode(shape, data);
    IntStream.range(0, 64)
        .parallel()
        .forEach(i -> assertShards(code.encode(shape, data), parity, i));
  }

  @ParameterizedTest
  @MethodSource("codes")
  void callsThatCannotBeRightAreRefused(ErasureCode code) {
    Shape shape = new Shape(2, 3);
    List<byte[]> data = List.of(new byte[8], new byte[8]);
    assertRefused(() -> code.encode(shape, List.of(new byte[8])));
    assertRefused(() -> code.encode(shape, List.of(new byte[8], new byte[7])));
    assertThatThrownBy(() -> code.decode(shape, new TreeMap<>(Map.of(0, new byte[8]))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("1 shards are there, 2 are needed");
    assertRefused(() -> code.recover(shape, stripe(data, 0, 3), List.of(1)));
    assertRefused(() -> code.recover(shape, stripe(data, 0, 1), List.of(3)));
    MemorySegment segment = MemorySegment.ofArray(new byte[16]);
    List<MemorySegment> inputs = List.of(segment.asSlice(0, 8), segment.asSlice(8, 8));
    assertRefused(() -> code.encode(shape, inputs, List.of(segment.asSlice(4, 8))));
    try (Arena arena = Arena.ofConfined()) {
      List<MemorySegment> offHeap = offHeap(arena, data);
      MemorySegment readOnly = arena.allocate(8).asReadOnly();
      assertRefused(() -> code.encode(shape, offHeap, List.of(readOnly)));
    }
    assertRefused(() -> code.encode(shape, inputs, List.of()));
  }

  @Test
  void recoveryNeedsAsManyDifferentShardsAsThereAreOfData() {
    Shape shape = new Shape(2, 4);
    assertRefused(() -> Coefficients.ofRecovery(shape, List.of(1, 1), List.of(0)));
    assertRefused(() -> Coefficients.ofRecovery(shape, List.of(1), List.of(0)));
    assertRefused(() -> Coefficients.ofRecovery(shape, List.of(1, 2, 3), List.of(0)));
    assertRefused(() -> Coefficients.ofRecovery(shape, List.of(-1, 2), List.of(0)));
  }

  @Test
  void shapesThatNoCodeHasAreRefused() {
    assertRefused(() -> new Shape(0, 1));
    assertRefused(() -> new Shape(2, 1));
    assertRefused(() -> new Shape(1, 257));
  }

  @Test
  void withoutTheLibraryJavaDoesIt() {
    assertThat(ErasureCodes.isaL("libgroundwork-not-there.so.2")).isEmpty();
    assertThat(ErasureCodes.isaL("libc.so.6")).isEmpty();
  }

  @Test
  void theBestCodeIsIsaLWhereItIsInstalled() {
    assertThat(ErasureCodes.best().name())
        .isEqualTo(ErasureCodes.isaL().map(ErasureCode::name).orElse("Java"));
  }

  /** In CI it must be there; elsewhere its absence is said. */
  private static IsaLErasureCode requireIsaL() {
    Optional<IsaLErasureCode> isaL = ErasureCodes.isaL();
    String missing = "ISA-L is not installed (Debian: apt-get install libisal2): not compared";
    if ("true".equals(System.getenv("CI"))) {
      assertThat(isaL).as(missing).isPresent();
    }
    if (isaL.isEmpty()) {
      System.err.println("ErasureCodeTest: " + missing);
    }
    assumeThat(isaL).as(missing).isPresent();
    return isaL.orElseThrow();
  }

  record Stripe(Shape shape, List<byte[]> data) {
    static Stripe random(Random random) {
      int k = 1 + random.nextInt(32);
      Shape shape = new Shape(k, k + random.nextInt(33));
      int edge = EDGE_SIZES.get(random.nextInt(EDGE_SIZES.size() - 3));
      int size = random.nextBoolean() ? edge : random.nextInt(3000);
      return new Stripe(shape, randomShards(random, k, size));
    }

    /** Any k of the shards. */
    NavigableMap<Integer, byte[]> lose(List<byte[]> parity, Random random) {
      List<Integer> order = new ArrayList<>(IntStream.range(0, shape.total()).boxed().toList());
      Collections.shuffle(order, random);
      NavigableMap<Integer, byte[]> left = new TreeMap<>();
      for (int shard : order.subList(0, shape.data())) {
        left.put(shard, shard < shape.data() ? data.get(shard) : parity.get(shard - shape.data()));
      }
      return left;
    }

    @Override
    public String toString() {
      return shape + " of " + data.getFirst().length + " bytes, seed " + SEED;
    }
  }

  /** Division by search, apart from the tables that are tested. */
  private static byte divide(int dividend, int divisor) {
    for (int quotient = 0; quotient < 256; quotient++) {
      if (multiply(quotient, divisor) == dividend) {
        return (byte) quotient;
      }
    }
    throw new ArithmeticException(dividend + " / " + divisor);
  }

  private static int multiply(int a, int b) {
    int product = 0;
    for (int bit = 7; bit >= 0; bit--) {
      product = (product << 1) ^ (product >= 128 ? 0x11d : 0);
      product ^= (b >> bit & 1) == 1 ? a : 0;
    }
    return product;
  }

  private static NavigableMap<Integer, byte[]> stripe(List<byte[]> shards, int first, int second) {
    NavigableMap<Integer, byte[]> present = new TreeMap<>();
    present.put(first, shards.get(0));
    present.put(second, shards.get(1));
    return present;
  }

  private static List<byte[]> randomShards(Random random, int count, int size) {
    return Stream.generate(
            () -> {
              byte[] shard = new byte[size];
              random.nextBytes(shard);
              return shard;
            })
        .limit(count)
        .toList();
  }

  private static List<MemorySegment> offHeap(Arena arena, List<byte[]> shards) {
    List<MemorySegment> segments = new ArrayList<>();
    for (byte[] shard : shards) {
      MemorySegment segment = arena.allocate(shard.length, ErasureCode.ALIGNMENT);
      segments.add(segment.copyFrom(MemorySegment.ofArray(shard)));
    }
    return segments;
  }

  private static List<MemorySegment> outputs(Arena arena, int count, int size) {
    return Stream.generate(() -> arena.allocate(size)).limit(count).toList();
  }

  private static List<byte[]> arrays(List<MemorySegment> segments) {
    return segments.stream().map(segment -> segment.toArray(ValueLayout.JAVA_BYTE)).toList();
  }

  private static void assertShards(List<byte[]> actual, List<byte[]> expected, Object what) {
    assertThat(actual.stream().map(Bytes::wrap))
        .as("%s", what)
        .isEqualTo(expected.stream().map(Bytes::wrap).toList());
  }

  private static void assertRefused(Runnable call) {
    assertThatThrownBy(call::run).isInstanceOf(IllegalArgumentException.class);
  }
}
