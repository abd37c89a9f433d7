package org.groundwork.cli.attacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.groundwork.cli.Json;
import org.junit.jupiter.api.Test;

class AttacksTest {
  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern SOLIDITY =
      Pattern.compile("function (?:test|testFuzz|invariant)_((?:A\\d+_)+)");

  @Test
  void theCatalogueHasEveryNumberOnce() throws IOException {
    List<String> ids = Catalogue.read(HOME).stream().map(Attack::id).toList();
    List<String> expected = new ArrayList<>();
    for (int number = 1; number <= 50; number++) {
      expected.add("A" + number);
    }
    assertThat(ids).containsExactlyElementsOf(expected);
  }

  @Test
  void eachAttackThatAppliesIsMountedByATest() throws IOException {
    Set<String> mounted = new TreeSet<>();
    JavaTests.find(HOME).forEach(test -> mounted.addAll(test.attacks()));
    try (Stream<Path> files = Files.list(HOME.resolve("contracts/test"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".sol")).toList()) {
        SOLIDITY
            .matcher(Files.readString(file))
            .results()
            .forEach(match -> mounted.addAll(List.of(match.group(1).split("_", -1))));
      }
    }
    List<String> missing =
        Catalogue.read(HOME).stream()
            .filter(Attack::applies)
            .map(Attack::id)
            .filter(id -> !mounted.contains(id))
            .toList();
    assertThat(missing).as("rows of docs/security.md without a test").isEmpty();
  }

  @Test
  void readsWhatForgeReports() throws IOException {
    String report =
        """
        {"test/Claims.t.sol:ClaimsTest":{"test_results":{
          "test_A37_aLeaf()":{"status":"Success"},
          "testFuzz_A23_A24_pays(uint256)":{"status":"Failure"},
          "test_other()":{"status":"Success"}}}}
        """;
    assertThat(SolidityTests.read(Json.MAPPER.readTree(report)))
        .containsExactlyInAnyOrder(
            new AttackTest("A37", "Claims.t.sol:test_A37_aLeaf", true),
            new AttackTest("A23", "Claims.t.sol:testFuzz_A23_A24_pays", false),
            new AttackTest("A24", "Claims.t.sol:testFuzz_A23_A24_pays", false));
  }

  @Test
  void findsTaggedMethods() {
    List<JavaTests.Tagged> found = new ArrayList<>();
    // With another letter, or these lines would be found as tests of their own.
    String source =
        """
          @Tag("#45")
          @Tag("#46")
          @Test
          void counts() {}

          @Test
          void other() {}

          @Tag("#2")
          @ParameterizedTest
          @ValueSource(longs = {0, 2})
          void refuses(long epoch) {}
        """
            .replace('#', 'A');
    JavaTests.read(Path.of("a/b/src/test/java/x/y/ZTest.java"), source, found);
    assertThat(found)
        .containsExactly(
            new JavaTests.Tagged("a/b", "x.y.ZTest", "counts", Set.of("A45", "A46")),
            new JavaTests.Tagged("a/b", "x.y.ZTest", "refuses", Set.of("A2")));
  }
}
