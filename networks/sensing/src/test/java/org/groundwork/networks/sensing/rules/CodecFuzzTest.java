package org.groundwork.networks.sensing.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.groundwork.networks.sensing.wire.Reading;
import org.groundwork.networks.sensing.wire.ReferenceSeries;
import org.groundwork.networks.sensing.wire.SensingDefinition;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.CanonicalReader;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Malformed;
import org.groundwork.rules.Carry;
import org.groundwork.rules.Claim;
import org.junit.jupiter.api.Test;

/** What a decoder accepts, its encoder writes again; the rest it refuses with Malformed alone. */
class CodecFuzzTest {
  private static final long SEED = 20_261_121;
  private static final int ROUNDS = 500;
  private static final SensingDefinition DEFINITION = Fleet.DEFINITION;

  @FuzzTest
  void definitionsAreReadCanonically(byte[] input) {
    checkDefinition(input);
  }

  @FuzzTest
  void readingsAreReadOrRefused(byte[] input) {
    checkReading(input);
  }

  @FuzzTest
  void factsAndCarriesAreReadOrRefused(byte[] input) {
    checkFact(input);
    checkCarry(input);
  }

  @FuzzTest
  void referencesAreReadCanonically(byte[] input) {
    checkReference(input);
  }

  @Test
  void mutatedReferencesAreReadCanonically() {
    ReferenceSeries series = new ReferenceSeries("temperature", 7, 60, List.of(1L, -500L, 7L));
    assertThat(mutate(series.encode(), CodecFuzzTest::checkReference)).isPositive();
  }

  @Test
  void mutatedDefinitionsAreReadCanonically() {
    assertThat(mutate(DEFINITION.encode(), CodecFuzzTest::checkDefinition)).isPositive();
    assertThat(mutate(Fleet.WEIGHED.encode(), CodecFuzzTest::checkDefinition)).isPositive();
  }

  @Test
  void mutatedReadingsAreReadOrRefused() {
    Reading reading = new Reading(1_624_039_200, new TreeMap<>(Map.of(0, -215L, 2, 5L)));
    assertThat(mutate(reading.encode(), CodecFuzzTest::checkReading)).isPositive();
    assertThat(mutate(reading.encodeText(DEFINITION), CodecFuzzTest::checkReading)).isPositive();
  }

  @Test
  void mutatedFactsAndCarriesAreReadOrRefused() {
    Fleet fleet = Fleet.bought(Fleet.WEIGHED, 2);
    fleet.send(1, 1, Fleet.certificate(Fleet.MAKER, Fleet.KEY));
    Fleet.Outcome outcome = fleet.run();
    Claim fact = outcome.of(1).claims().getFirst();
    assertThat(mutate(fact.fact(), CodecFuzzTest::checkFact)).isPositive();
    assertThat(mutate(outcome.of(1).carry().content(), CodecFuzzTest::checkCarry)).isPositive();
  }

  @Test
  void aReadingIsTheSameInBothEncodings() throws Malformed {
    Reading reading = new Reading(1_624_039_200, new TreeMap<>(Map.of(0, -5L, 1, 100L, 3, 1L)));
    assertThat(reading.encodeText(DEFINITION))
        .isEqualTo(
            text("{\"t\":1624039200,\"temperature\":-0.5,\"humidity\":100,\"wind_speed\":0.01}"));
    assertThat(Reading.decode(DEFINITION, reading.encodeText(DEFINITION))).isEqualTo(reading);
    assertThat(Reading.decode(DEFINITION, reading.encode())).isEqualTo(reading);
    assertThat(
            Reading.decode(
                DEFINITION,
                text(
                    " {\"humidity\": 100,\n\"wind_speed\":0.01 ,\"t\":1624039200,".stripLeading()
                        + "\"temperature\":-0.5} ")))
        .isEqualTo(reading);
  }

  @Test
  void aReadingInTextIsExactAndStrict() {
    for (String wrong :
        List.of(
            "{}",
            "{\"t\":1}",
            "{\"temperature\":1}",
            "{\"t\":1,\"temperature\":1.55}",
            "{\"t\":1,\"temperature\":1e2}",
            "{\"t\":1,\"temperature\":01}",
            "{\"t\":1,\"temperature\":\"1\"}",
            "{\"t\":1,\"temperature\":null}",
            "{\"t\":1,\"temperature\":1,\"temperature\":1}",
            "{\"t\":1,\"t\":1,\"temperature\":1}",
            "{\"t\":1,\"weight\":1}",
            "{\"t\":-1,\"temperature\":1}",
            "{\"t\":1,\"temperature\":1,}",
            "{\"t\":1,\"temperature\":1}x",
            "{\"t\":1.5,\"temperature\":1}",
            "{\"t\":1,\"humidity\":9999999999999}",
            "{,\"t\":1,\"temperature\":1}")) {
      assertThatThrownBy(() -> Reading.decode(DEFINITION, text(wrong)))
          .as(wrong)
          .isInstanceOf(Malformed.class);
    }
  }

  private static Bytes text(String text) {
    return Bytes.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static boolean checkDefinition(byte[] input) {
    try {
      assertThat(SensingDefinition.decode(Bytes.of(input)).encode()).isEqualTo(Bytes.of(input));
      return true;
    } catch (Malformed refused) {
      return false;
    }
  }

  private static boolean checkReference(byte[] input) {
    try {
      assertThat(ReferenceSeries.decode(Bytes.of(input)).encode()).isEqualTo(Bytes.of(input));
      return true;
    } catch (Malformed refused) {
      return false;
    }
  }

  private static boolean checkReading(byte[] input) {
    try {
      Reading read = Reading.decode(DEFINITION, Bytes.of(input));
      assertThat(Reading.decode(DEFINITION, read.encodeText(DEFINITION))).isEqualTo(read);
      if (input[0] == Reading.TYPE) {
        assertThat(read.encode()).isEqualTo(Bytes.of(input));
      }
      return true;
    } catch (Malformed refused) {
      return false;
    }
  }

  private static boolean checkFact(byte[] input) {
    try {
      StationFact.decode(Bytes.of(input)).series(0);
      return true;
    } catch (Malformed refused) {
      return false;
    }
  }

  private static boolean checkCarry(byte[] input) {
    DeviceCarry read =
        DeviceCarry.decode(new Carry(Bytes.of(input)), DEFINITION, new EpochNumber(7));
    assertThat(read.encode()).isNotNull();
    try {
      SeriesState.read(new CanonicalReader(Bytes.of(input)), DEFINITION);
      return true;
    } catch (Malformed refused) {
      return false;
    }
  }

  private interface Check {
    boolean accepts(byte[] input);
  }

  private static int mutate(Bytes good, Check check) {
    Random random = new Random(SEED);
    int accepted = check.accepts(good.toArray()) ? 1 : 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] input = good.toArray();
      for (int changes = random.nextInt(3); changes >= 0; changes--) {
        input = change(input, random);
      }
      accepted += check.accepts(input) ? 1 : 0;
    }
    return accepted;
  }

  private static byte[] change(byte[] input, Random random) {
    if (input.length == 0) {
      return new byte[1];
    }
    int at = random.nextInt(input.length);
    byte[] changed = input.clone();
    switch (random.nextInt(4)) {
      case 0 -> {
        return Arrays.copyOf(input, at);
      }
      case 1 -> {
        return Arrays.copyOf(input, input.length + 1);
      }
      case 2 -> changed[at] = (byte) random.nextInt();
      default -> changed[at] ^= (byte) (1 << random.nextInt(8));
    }
    return changed;
  }
}
