package org.groundwork.networks.sensing.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.groundwork.networks.sensing.wire.Consistency;
import org.groundwork.networks.sensing.wire.Field;
import org.groundwork.networks.sensing.wire.Product;
import org.groundwork.networks.sensing.wire.SensingDefinition;
import org.groundwork.networks.sensing.wire.Trust;
import org.groundwork.protocol.BasisPoints;
import org.groundwork.protocol.Bytes;
import org.groundwork.protocol.Credits;
import org.groundwork.protocol.EpochNumber;
import org.groundwork.protocol.Malformed;
import org.groundwork.protocol.crypto.KeyType;
import org.groundwork.protocol.crypto.PublicKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a definition file means, and how each mistake in one is explained. */
class DefinitionFileTest {
  private static final String GOOD = DefinitionFile.template("air-quality");

  private static FounderDefinition good(String text) {
    Checked checked = DefinitionFile.read(text);
    assertThat(checked.mistakes()).isEmpty();
    return checked.definition().orElseThrow();
  }

  /** The template with one text in the place of another. */
  private static List<Mistake> with(String old, String other) {
    assertThat(GOOD).contains(old);
    return DefinitionFile.read(GOOD.replace(old, other)).mistakes();
  }

  @Test
  void theTemplateIsADefinition() throws Exception {
    FounderDefinition air = good(GOOD);
    assertThat(air.name()).isEqualTo("air-quality");
    SensingDefinition rules = air.rules();
    assertThat(rules.cadenceSeconds()).isEqualTo(60);
    assertThat(rules.windowSteps()).isEqualTo(60);
    assertThat(rules.minimumScore()).isEqualTo(new BasisPoints(5_000));
    assertThat(rules.cellResolution()).isEqualTo(7);
    assertThat(rules.pricePerCellEpoch()).isEqualTo(new Credits(BigInteger.TEN.pow(16)));
    assertThat(rules.fields())
        .containsExactly(
            new Field("pm25", "ug/m3", 1, 0, 10_000, 3_000, 360, 800, Field.Type.LINEAR),
            new Field("temperature", "degC", 1, -400, 600, 50, 240, 80, Field.Type.LINEAR));
    assertThat(SensingDefinition.decode(rules.encode())).isEqualTo(rules);
    assertThat(air.bootstrap()).isEmpty();
  }

  @Test
  void fieldsKeepTheOrderOfTheFile() {
    String fields =
        """
        [fields.zeta]
        unit = "x"
        min = 0
        max = 1
        [fields.alpha]
        unit = "x"
        min = 0
        max = 1
        """;
    String text = GOOD.substring(0, GOOD.indexOf("# One section")) + fields + products();
    assertThat(good(text).rules().fields())
        .extracting(Field::name)
        .containsExactly("zeta", "alpha");
  }

  @Test
  void trustAndPricesOfProductsAreRead() throws Exception {
    String key = "11".repeat(32);
    SensingDefinition rules =
        good(GOOD.replace("# latest =", "latest =")
                + "[trust]\nmakers = [\"ed25519:0x%s\"]\nuncertified = \"40%%\"\n".formatted(key)
                + "bridged = \"25.5%\"\n")
            .rules();
    PublicKey maker = new PublicKey(KeyType.ED25519, Bytes.fromHex("0x" + key));
    assertThat(rules.trust())
        .isEqualTo(new Trust(List.of(maker), new BasisPoints(4_000), new BasisPoints(2_550)));
    assertThat(rules.price(Product.LATEST))
        .contains(new Credits(BigInteger.TWO.multiply(BigInteger.TEN.pow(15))));
    assertThat(rules.price(Product.STREAM)).isEmpty();
    assertThat(rules.price(Product.ALL)).contains(rules.pricePerCellEpoch());
    assertThat(rules.version()).isEqualTo(2);
    assertThat(SensingDefinition.decode(rules.encode())).isEqualTo(rules);
  }

  @Test
  void whatSaysNothingOfTrustAndProductsHasTheBytesThatItAlwaysHad() throws Exception {
    SensingDefinition rules = good(GOOD).rules();
    assertThat(rules.version()).isEqualTo(1);
    byte[] longer = Arrays.copyOf(rules.encode().toArray(), rules.encode().size() + 6);
    longer[0] = 2;
    longer[longer.length - 5] = 0x27;
    longer[longer.length - 4] = 0x10;
    longer[longer.length - 3] = 0x27;
    longer[longer.length - 2] = 0x10;
    assertThatThrownBy(() -> SensingDefinition.decode(Bytes.wrap(longer)))
        .isInstanceOf(Malformed.class)
        .hasMessageContaining("version 1 says the same");
  }

  @Test
  void mistakesOfTrustAndProductsAreSaid() {
    assertThat(with("# latest = \"0.002\"", "latest = 1").toString())
        .contains("products.latest", "costs more than all products together");
    assertThat(with("# [trust]", "[trust]\nuncertified = \"50%\"").toString())
        .contains("trust.uncertified", "there are no makers");
    assertThat(with("# [trust]", "[trust]\nmakers = [\"ed25519:12\"]").toString())
        .contains("trust.makers", "no public key");
    assertThat(with("# [trust]", "[trust]\nmakers = []").toString())
        .contains("names 0, allowed are 1 to 8");
  }

  private static String products() {
    return GOOD.substring(GOOD.indexOf("[products]"));
  }

  @Test
  void checksBetweenFieldsTakeTheirScaleAndTheirTimeFromTheFile() {
    String checks =
        """
        [[consistency]]
        check = "not_above"
        field = "pm25"
        other = "temperature"
        limit = 5.5
        [[consistency]]
        check = "both_fixed"
        field = "pm25"
        other = "temperature"
        lasting = "2h"
        [[consistency]]
        check = "saturated"
        field = "pm25"
        limit = 950
        [[consistency]]
        check = "wind_fixed_while_vane"
        field = "pm25"
        other = "temperature"
        limit = 180
        lasting = "10m"
        """;
    assertThat(good(GOOD + checks).rules().checks())
        .containsExactly(
            new Consistency(Consistency.Kind.NOT_ABOVE, 0, 1, 55, 0),
            new Consistency(Consistency.Kind.BOTH_FIXED, 0, 1, 0, 120),
            new Consistency(Consistency.Kind.SATURATED, 0, 0, 9_500, 0),
            new Consistency(Consistency.Kind.WIND_FIXED_WHILE_VANE, 0, 1, 1_800, 10));
  }

  @Test
  void aBootstrapBeginsWithTheNetworksFirstEpoch() {
    String bootstrap = "[bootstrap]\ntokens = 12.5\nepochs = 1440\nmax_cell = \"5%\"\n";
    var budget = good(GOOD + bootstrap).budget(new EpochNumber(7));
    assertThat(budget.initial().value()).isEqualTo(new BigInteger("12500000000000000000"));
    assertThat(budget.end()).isEqualTo(new EpochNumber(1447));
    assertThat(budget.maxCell()).isEqualTo(new BasisPoints(500));
    assertThat(budget.maxAdmissions()).isEqualTo(100);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          name = "air-quality"   | name = "Air Quality"   | network.name | cannot be a network's name | Take "air-quality"
          kind = "sensing"       | kind = "storage"       | network.kind | cannot be defined by a file | --java
          cadence = "1m"         | cadense = "1m"         | reports.cadense | no key that is known | Did you mean "cadence"?
          cadence = "1m"         | cadence = 60           | reports.cadence | is not a duration | cadence = "1m"
          cadence = "1m"         | cadence = "7m"         | reports.window | 1h is no whole number of readings | Take "56m" or "63m"
          minimum_score = "50%"  | minimum_score = "150%" | reports.minimum_score | from 0% to 100% | Half
          resolution = 7         | resolution = 9         | cells.resolution | whose home | Take 8
          devices = 3            | devices = 0            | cells.devices | from 1 to 1000 | neighbours
          decimals = 1           | decimals = 7           | fields.pm25.decimals | from 0 to 6 | whole numbers
          max = 1000             | max = -5               | fields.pm25.max | cannot be -5 ug/m3 | no negative amount
          max = 60               | max = -40              | fields.temperature.max | is not above min | Widen
          min = -40              | min = 80               | fields.temperature.max | is not above min | Swap
          min = -40              | min = -400             | fields.temperature.min | cannot be -400 degC | absolute zero
          max_step = 5           | max_step = 0.25        | fields.temperature.max_step | more than 1 decimals | decimals = 2
          max_step = 5           | max_step = 100         | fields.temperature.max_step | as large as the whole range | smaller
          max_step = 5           | max_step = -5          | fields.temperature.max_step | is not above zero | Leave
          stuck_after = "4h"     | stuck_after = "90s"    | fields.temperature.stuck_after | no whole number of readings | Take "2m" or "3m"
          stuck_after = "4h"     | stuck_after = "1m"     | fields.temperature.stuck_after | 1 readings, allowed are 2 | "2m"
          neighbours_within = 8  | neighbors_within = 8   | fields.temperature.neighbors_within | no key | "neighbours_within"
          unit = "degC"          | unit = "°C"            | fields.temperature.unit | plain letters | "degC"
          unit = "degC"          | units = "degC"         | fields.temperature.unit | is missing | unit = "degC"
          max = 1000             | max = 1e300            | fields.pm25.max | too large | fewer decimals
          = "0.01"               | = "1 cent"             | products.price_per_cell_epoch | no price | dollars
          """)
  void aMistakeIsNamedWithItsFieldAndALikelyFix(
      String old, String other, String field, String problem, String fix) {
    assertThat(with(old, other))
        .anySatisfy(mistake -> {
          assertThat(mistake.field()).isEqualTo(field);
          assertThat(mistake.problem()).contains(problem);
          assertThat(mistake.fix()).contains(fix);
        });
  }

  @Test
  void aMistakeSaysItsLineAndColumn() {
    Mistake mistake = with("max = 60", "  max = -50").getFirst();
    int line = GOOD.substring(0, GOOD.indexOf("max = 60")).split("\n", -1).length;
    assertThat(mistake.line()).isEqualTo(line);
    assertThat(mistake.column()).isEqualTo(3);
  }

  @Test
  void allMistakesAreSaidAtOnceInTheOrderOfTheFile() {
    String bad =
        GOOD.replace("cadence = \"1m\"", "cadence = \"soon\"")
            .replace("devices = 3", "")
            .replace("max = 60", "max = \"warm\"")
            .replace("[products]", "[product]");
    assertThat(DefinitionFile.read(bad).mistakes())
        .extracting(Mistake::field)
        .containsExactlyInAnyOrder(
            "reports.cadence", "cells.devices", "fields.temperature.max", "product", "products");
    assertThat(DefinitionFile.read(bad).mistakes()).isSorted();
  }

  @Test
  void aLineThatIsNoTomlHidesNothingElse() {
    String bad =
        GOOD.replace("kind = \"sensing\"", "kind = sensing").replace("max = 60", "max = -50");
    assertThat(DefinitionFile.read(bad).mistakes())
        .extracting(Mistake::problem)
        .anyMatch(problem -> problem.contains("no TOML"))
        .anyMatch(problem -> problem.contains("not above min"))
        .noneMatch(problem -> problem.contains("is missing"));
  }

  @Test
  void aCheckThatContradictsTheFieldsIsNamed() {
    String checks =
        """
        [[consistency]]
        check = "not_abov"
        field = "pm25"
        [[consistency]]
        check = "saturated"
        field = "pm10"
        limit = 5
        [[consistency]]
        check = "saturated"
        field = "pm25"
        limit = 5000
        [[consistency]]
        check = "both_fixed"
        field = "pm25"
        other = "pm25"
        limit = 3
        lasting = "2h"
        """;
    assertThat(DefinitionFile.read(GOOD + checks).mistakes())
        .extracting(Mistake::field, Mistake::fix)
        .satisfiesExactly(
            it ->
                assertThat(it.toList().toString())
                    .contains("consistency[1].check", "\"not_above\"?"),
            it -> assertThat(it.toList().toString()).contains("consistency[2].field", "\"pm25\"?"),
            it ->
                assertThat(it.toList().toString()).contains("consistency[3].limit", "min and max"),
            it -> assertThat(it.toList().toString()).contains("consistency[4].other", "two fields"),
            it ->
                assertThat(it.toList().toString())
                    .contains("consistency[4].limit", "Leave it out"));
  }

  @Test
  void regionsAreCellsNoFinerThanThoseThatAreSold() {
    String regions = "regions = [\"841fa67ffffffff\"]";
    assertThat(good(GOOD.replace("# " + regions, regions)).rules().regions())
        .containsExactly(0x841fa67ffffffffL);
    List<Mistake> mistakes =
        with(
            "# " + regions,
            "regions = [\"paris\", \"881fa67555fffff\", \"841fa67ffffffff\", \"841fa67ffffffff\"]");
    assertThat(mistakes)
        .extracting(Mistake::problem)
        .satisfiesExactly(
            problem -> assertThat(problem).contains("\"paris\" is no H3 cell"),
            problem -> assertThat(problem).contains("finer"),
            problem -> assertThat(problem).contains("twice"));
  }

  @Test
  void moreFieldsThanAllowedAreCounted() {
    StringBuilder text = new StringBuilder(GOOD);
    for (int i = 0; i < 17; i++) {
      text.append("[fields.more_").append(i).append("]\nunit = \"x\"\nmin = 0\nmax = 1\n");
    }
    assertThat(DefinitionFile.read(text.toString()).mistakes())
        .singleElement()
        .satisfies(it -> assertThat(it.problem()).contains("19 fields, allowed are 1 to 16"));
  }

  @Test
  void theLargestDefinitionFitsOnChain() {
    StringBuilder text = new StringBuilder(GOOD.substring(0, GOOD.indexOf("# One section")));
    text.append("regions = [");
    for (int i = 0; i < SensingDefinition.MAX_REGIONS; i++) {
      // Base cells 0 to 63 of resolution 0.
      text.append('"').append(Long.toHexString(0x8001fffffffffffL | (long) i << 45)).append("\",");
    }
    text.append("]\n");
    for (int i = 0; i < SensingDefinition.MAX_FIELDS; i++) {
      String name = "a_name_as_long_as_it_may_be_" + (1000 + i);
      text.append("[fields.").append(name).append("]\nunit = \"a unit so long. \"\n");
      text.append("min = 0\nmax = 1\n");
    }
    for (int i = 0; i < Consistency.MAX_CHECKS; i++) {
      text.append("[[consistency]]\ncheck = \"saturated\"\nlimit = 1\n");
      text.append("field = \"a_name_as_long_as_it_may_be_1001\"\n");
    }
    for (int i = 0; i < SensingDefinition.MAX_REFERENCES; i++) {
      text.append("[[references]]\nsha256 = \"").append("%064x".formatted(i)).append("\"\n");
    }
    SensingDefinition largest = good(text + products()).rules();
    assertThat(largest.regions()).hasSize(SensingDefinition.MAX_REGIONS);
    assertThat(largest.encode().size()).isBetween(2_500, SensingDefinition.MAX_SIZE);
  }

  @FuzzTest(maxDuration = "5s")
  void takeAnything(FuzzedDataProvider data) {
    Checked checked = DefinitionFile.read(data.consumeRemainingAsString());
    checked.definition().ifPresent(it -> assertThat(it.rules().encode().size()).isPositive());
  }
}
