package org.groundwork.networks.storage.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.groundwork.protocol.Hash;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every row of vectors/commp. Rows of more than 64 MiB, up to 32 GiB, take minutes: they run with
 * {@code -Dgroundwork.commp.maxBytes=N}.
 */
class CommPVectorsTest {
  private static final long MAX_BYTES = Long.getLong("groundwork.commp.maxBytes", 64L << 20);
  private static final int SEED = 1337;
  private static final int THREADS = Runtime.getRuntime().availableProcessors();
  private static ExecutorService executor;

  record Row(
      long rawSize,
      long paddedSize,
      int height,
      long padding,
      String root,
      String pieceCidV1,
      String pieceCidV2) {
    @Override
    public String toString() {
      return rawSize + " bytes";
    }
  }

  /** Makes the payload in order. */
  interface Source {
    void fill(byte[] into);
  }

  @BeforeAll
  static void startThreads() {
    executor = Executors.newFixedThreadPool(THREADS);
  }

  @AfterAll
  static void stopThreads() {
    executor.close();
  }

  @ParameterizedTest
  @MethodSource("zeroRows")
  void commitmentOfZerosIsThePublishedOne(Row row) {
    check(row, into -> {});
  }

  @ParameterizedTest
  @MethodSource("ccRows")
  void commitmentOfRepeatedBytesIsThePublishedOne(Row row) {
    check(row, into -> Arrays.fill(into, (byte) 0xcc));
  }

  @ParameterizedTest
  @MethodSource("randomRows")
  void commitmentOfRandomBytesIsThePublishedOne(Row row) {
    check(row, new GoRandom(SEED)::fill);
  }

  @ParameterizedTest
  @MethodSource("largeRows")
  void commitmentOfManyRandomBytesIsThePublishedOne(LargeRow row) {
    PieceCommitment commitment = commitment(row.rawSize(), new GoRandom(SEED)::fill);
    assertThat(commitment.pieceCidV1()).isEqualTo(row.pieceCidV1());
    assertThat(commitment.paddedSize()).isEqualTo(row.paddedSize());
  }

  @ParameterizedTest
  @MethodSource("derivedRows")
  void commitmentOfCountedHashesIsTheDerivedOne(Row row) {
    byte[] payload = Payloads.ctr("gw-commp:" + row.rawSize(), (int) row.rawSize());
    checkFields(row, CommP.of(payload));
  }

  @Test
  void theRandomStreamIsThatOfGo() {
    byte[] prefix = new byte[4 << 20];
    new GoRandom(SEED).fill(prefix);
    assertThat(HexFormat.of().formatHex(NodeHash.sha256().digest(prefix)))
        .isEqualTo("2ff03148477e12f6356bb3038920b10b819dc0bb593fe6d1e70a02f506b06de8");
  }

  @Test
  void noRowIsLost() {
    assertThat(rows("published-zero")).hasSize(12);
    assertThat(rows("published-0xCC")).hasSize(12);
    assertThat(rows("published-go-random-1337")).hasSize(52);
    assertThat(lines("published-go-random-1337-large")).hasSize(44);
    assertThat(rows("derived-ctr-gw-commp")).hasSize(22);
  }

  record LargeRow(long rawSize, long paddedSize, String pieceCidV1) {
    static LargeRow parse(String line) {
      String[] cells = line.split(",", -1);
      return new LargeRow(Long.parseLong(cells[0]), Long.parseLong(cells[1]), cells[2]);
    }

    @Override
    public String toString() {
      return rawSize + " bytes";
    }
  }

  static Stream<Row> zeroRows() {
    return rows("published-zero").stream().filter(row -> row.rawSize <= MAX_BYTES);
  }

  static Stream<Row> ccRows() {
    return rows("published-0xCC").stream().filter(row -> row.rawSize <= MAX_BYTES);
  }

  static Stream<Row> randomRows() {
    return rows("published-go-random-1337").stream().filter(row -> row.rawSize <= MAX_BYTES);
  }

  static Stream<LargeRow> largeRows() {
    return lines("published-go-random-1337-large").stream()
        .map(LargeRow::parse)
        .filter(row -> row.rawSize <= MAX_BYTES);
  }

  static Stream<Row> derivedRows() {
    return rows("derived-ctr-gw-commp").stream();
  }

  private static void check(Row row, Source source) {
    checkFields(row, commitment(row.rawSize, source));
  }

  private static void checkFields(Row row, PieceCommitment commitment) {
    assertThat(commitment.rawSize()).isEqualTo(row.rawSize);
    assertThat(commitment.paddedSize()).isEqualTo(row.paddedSize);
    assertThat(commitment.height()).isEqualTo(row.height);
    assertThat(commitment.padding()).isEqualTo(row.padding);
    assertThat(commitment.root()).isEqualTo(Hash.fromHex(row.root));
    assertThat(commitment.pieceCidV1()).isEqualTo(row.pieceCidV1);
    assertThat(commitment.pieceCidV2()).isEqualTo(row.pieceCidV2);
    if (row.rawSize > 0) {
      assertThat(PieceCommitment.parse(row.pieceCidV2)).isEqualTo(commitment);
    }
  }

  private static PieceCommitment commitment(long rawSize, Source source) {
    CommP commP = new CommP(CommP.Keep.ROOT, executor, THREADS);
    byte[] buffer = new byte[1 << 16];
    for (long left = rawSize; left > 0; left -= buffer.length) {
      source.fill(buffer);
      commP.update(buffer, 0, (int) Math.min(left, buffer.length));
    }
    return commP.finish();
  }

  private static List<Row> rows(String name) {
    return lines(name).stream().map(CommPVectorsTest::parse).toList();
  }

  private static Row parse(String line) {
    String[] cells = line.split(",", -1);
    return new Row(
        Long.parseLong(cells[0]),
        Long.parseLong(cells[1]),
        Integer.parseInt(cells[2]),
        Long.parseLong(cells[3]),
        cells[4],
        cells[5],
        cells[6]);
  }

  private static List<String> lines(String name) {
    String path = "/vectors/commp/" + name + ".csv";
    try (InputStream in = Objects.requireNonNull(CommPVectorsTest.class.getResourceAsStream(path));
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader.lines().skip(1).filter(line -> !line.isBlank()).toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
