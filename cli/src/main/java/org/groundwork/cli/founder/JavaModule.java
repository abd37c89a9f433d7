package org.groundwork.cli.founder;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.groundwork.protocol.Hash;
import org.groundwork.protocol.crypto.Sha256;
import org.groundwork.rules.Kind;

/**
 * A resource network in Java to start from: POM, plug-in, reasons, rules, and a contract test that
 * passes with its golden epoch.
 */
public final class JavaModule {
  private static final String SAMPLE = "first";

  private final Kind kind;
  private final String version;

  /**
   * A module.
   *
   * @param version of the parent POM
   */
  public JavaModule(Kind kind, String version) {
    this.kind = kind;
    this.version = version;
  }

  /** Its files with their texts. */
  public SortedMap<Path, String> files() {
    Path java = Path.of("org", "groundwork", "networks", packageName(), "rules");
    Path main = Path.of("src", "main", "java").resolve(java);
    Path test = Path.of("src", "test", "java").resolve(java);
    Path golden = Path.of("src", "test", "resources", "golden", kind.name());
    SortedMap<Path, String> files = new TreeMap<>();
    files.put(Path.of("pom.xml"), text("pom.xml.txt"));
    files.put(main.resolve("package-info.java"), text("package-info.java.txt"));
    files.put(main.resolve(className() + "Network.java"), text("Network.java.txt"));
    files.put(main.resolve(className() + "Reason.java"), text("Reason.java.txt"));
    files.put(main.resolve(className() + "Rules.java"), text("Rules.java.txt"));
    files.put(
        Path.of("src/main/resources/META-INF/services/org.groundwork.rules.ResourceNetwork"),
        text("service.txt"));
    files.put(test.resolve("package-info.java"), text("test-package-info.java.txt"));
    files.put(test.resolve(className() + "NetworkTest.java"), text("Test.java.txt"));
    files.put(golden.resolve("v1").resolve(SAMPLE + ".txt"), golden());
    files.put(golden.resolve("versions.txt"), "1 " + conformance() + "\n");
    return files;
  }

  /** {@code soil-moisture} as a package. */
  public String packageName() {
    return kind.name().replace("-", "");
  }

  /** {@code soil-moisture} as the beginning of a class's name. */
  public String className() {
    StringBuilder name = new StringBuilder();
    for (String word : kind.name().split("-", -1)) {
      if (!word.isEmpty()) {
        name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
      }
    }
    return name.toString();
  }

  private String golden() {
    return fill(resource("golden.txt"));
  }

  /** As the contract test computes it: over name and outcome of the version's samples. */
  private Hash conformance() {
    return Sha256.hash((SAMPLE + "\n" + golden()).getBytes(StandardCharsets.UTF_8));
  }

  private String text(String template) {
    return fill(resource(template)).replace("@CONFORMANCE@", conformance().toString().substring(2));
  }

  private String fill(String template) {
    return template
        .replace("@KIND@", kind.name())
        .replace("@PACKAGE@", packageName())
        .replace("@NAME@", className())
        .replace("@VERSION@", version);
  }

  private static String resource(String name) {
    try (InputStream in = JavaModule.class.getResourceAsStream("module/" + name)) {
      if (in == null) {
        throw new IllegalStateException("no resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
