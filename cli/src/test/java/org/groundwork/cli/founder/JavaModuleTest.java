package org.groundwork.cli.founder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.groundwork.rules.Kind;
import org.groundwork.testkit.network.NetworkContract;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The module that {@code groundwork init --java} writes compiles, and its contract test passes. */
class JavaModuleTest {
  @TempDir private Path folder;

  private final JavaModule module = new JavaModule(new Kind("soil-moisture"), "1.2.3");

  @Test
  void itsContractTestPasses() throws Exception {
    write(module.files());
    compile("main");
    compile("test");
    String test = "org.groundwork.networks.soilmoisture.rules.SoilMoistureNetworkTest";
    List<String> passed = run(test).lines().filter(it -> it.startsWith("passed ")).toList();
    long tests =
        Stream.of(NetworkContract.class.getDeclaredMethods())
            .filter(it -> it.isAnnotationPresent(Test.class))
            .count();
    assertThat(passed).hasSize((int) tests);
  }

  @Test
  void nothingIsLeftToFillIn() {
    assertThat(module.files().values()).noneMatch(text -> text.matches("(?s).*@[A-Z]+@.*"));
    assertThat(module.files().get(Path.of("pom.xml"))).contains("<version>1.2.3</version>");
  }

  private void write(SortedMap<Path, String> files) throws IOException {
    for (Map.Entry<Path, String> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }

  /** With the compiler's own lint as errors. */
  private void compile(String part) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager manager =
            compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8);
        Stream<Path> sources = Files.walk(folder.resolve("src").resolve(part).resolve("java"))) {
      List<Path> java = sources.filter(path -> path.toString().endsWith(".java")).toList();
      boolean compiled =
          compiler
              .getTask(
                  said,
                  manager,
                  null,
                  List.of(
                      "-d",
                      folder.resolve("classes").toString(),
                      "-cp",
                      folder.resolve("classes")
                          + File.pathSeparator
                          + System.getProperty("java.class.path"),
                      "-proc:none",
                      "-Xlint:all,-processing,-path",
                      "-Werror"),
                  null,
                  manager.getJavaFileObjectsFromPaths(java))
              .call();
      assertThat(compiled).as(said.toString()).isTrue();
    }
  }

  private String run(String test) throws Exception {
    String classes =
        String.join(
            File.pathSeparator,
            folder.resolve("classes").toString(),
            folder.resolve("src/main/resources").toString(),
            System.getProperty("java.class.path"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                classes,
                ContractRunner.class.getName(),
                test)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
