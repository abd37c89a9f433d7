package org.groundwork.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.groundwork.protocol.Malformed;
import org.junit.jupiter.api.Test;

/** The list of decoders, {@code decoders.txt}, is complete, and what it names exists. */
class DecodersTest {
  private static final String PACKAGE = "org.groundwork.";

  /** What decoders are made of, each fuzzed through them, and what one run writes for itself. */
  private static final Set<String> PARTS =
      Set.of(
          "engine.files.CanonicalJson",
          "engine.steps.OutcomeFields",
          "engine.steps.RecordVerdict",
          "flink.PlanFile",
          "node.wire.Json",
          "protocol.CanonicalReader");

  private static final Set<String> INPUTS =
      Set.of(
          "org.groundwork.protocol.Bytes",
          "org.groundwork.protocol.CanonicalReader",
          "com.fasterxml.jackson.databind.JsonNode",
          "java.io.InputStream",
          "java.lang.foreign.MemorySegment",
          "byte[]");

  private final JavaClasses classes =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.groundwork");

  @Test
  void everyDecoderThatThrowsMalformedHasAFuzzTarget() throws IOException {
    NavigableSet<String> found = new TreeSet<>();
    for (JavaClass type : classes) {
      type.getMethods().stream()
          .filter(DecodersTest::isDecoder)
          .map(DecodersTest::name)
          .forEach(found::add);
    }
    found.removeIf(name -> PARTS.contains(name.substring(0, name.lastIndexOf('.'))));
    assertThat(found).hasSizeGreaterThan(20).isEqualTo(new TreeSet<>(table().get(0).keySet()));
  }

  @Test
  void theOtherDecodersExist() throws IOException {
    NavigableSet<String> methods = new TreeSet<>();
    classes.forEach(
        type -> type.getMethods().stream().map(DecodersTest::name).forEach(methods::add));
    assertThat(table().get(1)).isNotEmpty();
    assertThat(methods).containsAll(table().get(1).keySet());
  }

  @Test
  void everyTargetIsAFuzzTest() throws IOException {
    Path home = Repository.root();
    for (SortedMap<String, String> part : table()) {
      for (String target : new TreeSet<>(part.values())) {
        int dot = target.lastIndexOf('.');
        String file = (PACKAGE + target.substring(0, dot)).replace('.', '/') + ".java";
        assertThat(source(home, file))
            .as(target)
            .containsPattern(
                "@FuzzTest(\\([^)]*\\))?\\s+void " + target.substring(dot + 1) + "\\(");
      }
    }
  }

  private static boolean isDecoder(JavaMethod method) {
    return !method.getModifiers().contains(JavaModifier.PRIVATE)
        && !method.getModifiers().contains(JavaModifier.SYNTHETIC)
        && method.getModifiers().contains(JavaModifier.STATIC)
        && method.getThrowsClause().containsType(Malformed.class)
        && method.getRawParameterTypes().stream()
            .anyMatch(type -> INPUTS.contains(type.getName()) || type.isArray());
  }

  private static String name(JavaMethod method) {
    return method.getOwner().getName().substring(PACKAGE.length()) + "." + method.getName();
  }

  /** Decoder to target: those that throw Malformed, and the others. */
  private static List<SortedMap<String, String>> table() throws IOException {
    List<SortedMap<String, String>> table = List.of(new TreeMap<>(), new TreeMap<>());
    int part = 0;
    try (InputStream in =
        Objects.requireNonNull(DecodersTest.class.getResourceAsStream("decoders.txt"))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().filter(each -> !each.startsWith("#")).toList()) {
        if (line.startsWith("---")) {
          part = 1;
          continue;
        }
        String[] sides = line.split(" = ", -1);
        assertThat(sides).as(line).hasSize(2);
        table.get(part).put(sides[0], sides[1]);
      }
    }
    return table;
  }

  private static String source(Path home, String file) throws IOException {
    for (Path module : modules(home)) {
      Path source = module.resolve("src/test/java").resolve(file);
      if (Files.exists(source)) {
        return Files.readString(source);
      }
    }
    throw new AssertionError("no test " + file);
  }

  private static List<Path> modules(Path home) throws IOException {
    try (Stream<Path> first = Files.list(home);
        Stream<Path> networks = Files.list(home.resolve("networks"))) {
      return Stream.concat(first, networks).filter(Files::isDirectory).toList();
    }
  }
}
