package org.groundwork.networks.sensing.definition;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.groundwork.networks.sensing.wire.Consistency;
import org.groundwork.networks.sensing.wire.SensingDefinition;
import org.junit.jupiter.api.Test;

/** The schema for editors knows the same keys and the same bounds as the reader. */
class SchemaTest {
  private final JsonNode schema;

  SchemaTest() throws Exception {
    schema = new ObjectMapper().readTree(DefinitionFile.schema());
  }

  private static void assertKeys(JsonNode object, List<String> keys) {
    TreeSet<String> names = new TreeSet<>();
    object.path("properties").fieldNames().forEachRemaining(names::add);
    assertThat(names).containsExactlyInAnyOrderElementsOf(keys);
    assertThat(object.path("additionalProperties").asBoolean(true)).isFalse();
    object.path("required").forEach(key -> assertThat(keys).contains(key.asText()));
  }

  private JsonNode of(String section) {
    return schema.path("properties").path(section);
  }

  @Test
  void everySectionHasTheKeysThatAreRead() {
    assertKeys(schema, DefinitionFile.SECTIONS);
    assertKeys(of("network"), DefinitionFile.NETWORK);
    assertKeys(of("reports"), DefinitionFile.REPORTS);
    assertKeys(of("cells"), CellsReading.KEYS);
    assertKeys(of("consistency").path("items"), ConsistencyReading.KEYS);
    assertKeys(of("products"), ProductsReading.KEYS);
    assertKeys(of("trust"), TrustReading.KEYS);
    assertKeys(of("bootstrap"), BootstrapReading.KEYS);
    JsonNode field = of("fields").path("additionalProperties");
    TreeSet<String> keys = new TreeSet<>();
    field.path("properties").fieldNames().forEachRemaining(keys::add);
    assertThat(keys).containsExactlyInAnyOrderElementsOf(FieldReading.KEYS);
  }

  @Test
  void boundsAreThoseOfTheDefinitionOnChain() {
    assertThat(of("fields").path("maxProperties").asInt()).isEqualTo(SensingDefinition.MAX_FIELDS);
    JsonNode cells = of("cells").path("properties");
    assertThat(cells.path("resolution").path("maximum").asInt())
        .isEqualTo(SensingDefinition.MAX_RESOLUTION);
    assertThat(cells.path("devices").path("maximum").asInt())
        .isEqualTo(SensingDefinition.MAX_DEVICES_PER_CELL);
    assertThat(cells.path("regions").path("maxItems").asInt())
        .isEqualTo(SensingDefinition.MAX_REGIONS);
    assertThat(of("references").path("maxItems").asInt())
        .isEqualTo(SensingDefinition.MAX_REFERENCES);
    assertThat(of("consistency").path("maxItems").asInt()).isEqualTo(Consistency.MAX_CHECKS);
    JsonNode checks = of("consistency").path("items").path("properties").path("check").path("enum");
    assertThat(checks)
        .extracting(JsonNode::asText)
        .containsExactlyElementsOf(
            Arrays.stream(Consistency.Kind.values()).map(ConsistencyReading::name).toList());
  }

  @Test
  void theDocumentNamesEveryKeyAndCheck() throws Exception {
    String document = Files.readString(Path.of("..", "..", "docs", "networks", "definition.md"));
    Stream.of(
            DefinitionFile.SECTIONS,
            DefinitionFile.NETWORK,
            DefinitionFile.REPORTS,
            CellsReading.KEYS,
            FieldReading.KEYS,
            ConsistencyReading.KEYS,
            ProductsReading.KEYS,
            TrustReading.KEYS,
            BootstrapReading.KEYS,
            Arrays.stream(Consistency.Kind.values()).map(ConsistencyReading::name).toList())
        .flatMap(List::stream)
        .forEach(key -> assertThat(document).containsPattern("[`\\[]" + key + "[`\\].]"));
  }
}
