package org.groundwork.networks.sensing.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.groundwork.networks.sensing.rules.Finding;
import org.groundwork.networks.sensing.rules.SensingReason;
import org.groundwork.networks.sensing.wire.Reading;
import org.groundwork.networks.sensing.wire.WeatherStation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileJudgeTest {
  private static final int TEMPERATURE = 0;
  private static final int HUMIDITY = 1;
  private static final int PRESSURE = 2;

  /** Changes the values of a reading, which is the nth of its file. */
  private interface Change {
    void apply(int index, SortedMap<Integer, Long> values);
  }

  @TempDir Path folder;

  @Test
  void aStationAmongNeighboursIsGood() throws IOException {
    assertThat(judged((_, _) -> {}).findings()).isEmpty();
    assertThat(judged((_, _) -> {}).score().value()).isEqualTo(10_000);
  }

  @Test
  void aStationInTheSunIsOffItsNeighbours() throws IOException {
    Judgement judgement =
        judged((index, values) -> {
          if (index >= 200 && index < 300) {
            values.merge(
                TEMPERATURE, 9L * Math.min(20, Math.min(index - 199, 300 - index)), Long::sum);
          }
        });
    assertThat(judgement.findings())
        .extracting(Finding::reason)
        .containsExactly(SensingReason.NEIGHBOURS);
    assertThat(judgement.parameter(judgement.findings().getFirst())).isEqualTo("temperature");
    assertThat(judgement.score().value()).isBetween(9_700, 9_900);
  }

  @Test
  void aStationIndoorsAndOneThatWasCarriedUpAHillEarnNothing() throws IOException {
    Judgement indoors =
        judged((index, values) -> {
          values.put(TEMPERATURE, 300L + index % 3);
          values.put(HUMIDITY, 45L + index % 2);
        });
    assertThat(indoors.findings()).extracting(Finding::reason).contains(SensingReason.INDOOR);
    assertThat(indoors.score().value()).isZero();
    Judgement carried =
        judged((index, values) -> {
          if (index >= 300) {
            values.merge(PRESSURE, -3000L, Long::sum);
          }
        });
    assertThat(carried.findings()).extracting(Finding::reason).contains(SensingReason.RELOCATED);
    assertThat(carried.score().value()).isZero();
    // It was carried at nine; that hour is bad for the jump itself, and is not compared.
    Finding relocated =
        carried.findings().stream()
            .filter(finding -> finding.reason() == SensingReason.RELOCATED)
            .findFirst()
            .orElseThrow();
    assertThat(relocated.from()).isEqualTo(Days.second("2021-06-19 10:00:00"));
  }

  @Test
  void aCopyOfANeighbourIsFound() throws IOException {
    RecordedFile file = RecordedFile.read(Days.file("station_clean_2021-06-19.csv"));
    Judgement judgement = FileJudge.judge(file, List.of(file));
    assertThat(judgement.findings())
        .extracting(Finding::reason)
        .containsExactly(SensingReason.COPIED);
    assertThat(judgement.findings().getFirst().field()).isEqualTo(Finding.ALL);
    assertThat(judgement.score().value()).isZero();
  }

  @Test
  void twoRecordingsOfOneDayWithNoiseOfTheirOwnAreNoCopies() throws IOException {
    RecordedFile clean = RecordedFile.read(Days.file("station_clean_2021-06-19.csv"));
    RecordedFile gap = RecordedFile.read(Days.file("station_gap_2021-06-19.csv"));
    assertThat(FileJudge.judge(clean, List.of(gap)).findings()).isEmpty();
  }

  @Test
  void whatCannotBeReadIsLeftOutAndNothingThrows() throws IOException {
    Path file = folder.resolve("bad.csv");
    Files.writeString(
        file,
        """
        utc_datetime,temperature,humidity,other
        2021-06-01 00:00:00,1e999999999,50,x
        nonsense,21.0,50,x
        2021-06-01 00:03:00,,,
        2021-06-01 00:06:00,21.0
        2021-06-01 00:06:00,99.0,50,x
        2021-06-01T00:09:00Z,NaN,51,x,y,z
        2021-06-01 00:01:00,21.05,49.5

        9999-06-01 00:09:00,21.0,51,x
        """);
    RecordedFile read = RecordedFile.read(file);
    assertThat(read.unread()).isEqualTo(4);
    assertThat(read.readings()).hasSize(4);
    assertThat(FileJudge.judge(read, List.of(read)).score().value()).isPositive();
    Files.writeString(file, "utc_datetime\n");
    assertThat(FileJudge.judge(RecordedFile.read(file), List.of()).score().value()).isZero();
    Files.writeString(file, "");
    assertThatThrownBy(() -> RecordedFile.read(file)).isInstanceOf(IOException.class);
  }

  @Test
  void anotherCadenceIsTakenFromTheFile() throws IOException {
    List<Reading> slow = new ArrayList<>();
    List<Reading> all = RecordedFile.read(Days.file("station_clean_2021-06-19.csv")).readings();
    IntStream.range(0, all.size()).filter(i -> i % 3 == 0).mapToObj(all::get).forEach(slow::add);
    Judgement judgement =
        FileJudge.judge(new RecordedFile(WeatherStation.at(540), slow, 0), List.of());
    assertThat(judgement.findings()).isEmpty();
    assertThat(judgement.score().value()).isEqualTo(10_000);
  }

  /** A station that changes its values, among four that do not. */
  private static Judgement judged(Change change) throws IOException {
    List<RecordedFile> neighbours =
        IntStream.rangeClosed(1, 4).mapToObj(seed -> beside(seed, (_, _) -> {})).toList();
    return FileJudge.judge(beside(0, change), neighbours);
  }

  /** A station in the same street on a clean day. */
  private static RecordedFile beside(int seed, Change change) {
    Random random = new Random(seed);
    try {
      RecordedFile day = RecordedFile.read(Days.file("station_clean_2021-06-19.csv"));
      List<Reading> readings = new ArrayList<>();
      for (Reading reading : day.readings()) {
        TreeMap<Integer, Long> values = new TreeMap<>(reading.values());
        values.merge(TEMPERATURE, Math.round(3 * random.nextGaussian()), Long::sum);
        values.merge(HUMIDITY, Math.round(random.nextGaussian()), Long::sum);
        values.merge(PRESSURE, Math.round(20 * random.nextGaussian()), Long::sum);
        values.merge(3, Math.abs(Math.round(50 * random.nextGaussian())), Long::sum);
        values.merge(5, Math.abs(Math.round(20_000 * random.nextGaussian())), Long::sum);
        change.apply(readings.size(), values);
        readings.add(new Reading(reading.observedAt(), values));
      }
      return new RecordedFile(day.definition(), readings, 0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
