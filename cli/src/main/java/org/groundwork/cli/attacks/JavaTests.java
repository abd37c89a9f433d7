package org.groundwork.cli.attacks;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.groundwork.cli.Failure;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Tests in Java; an attack's number is a tag of the method: {@code @Tag("A45")}. */
final class JavaTests {
  private static final Pattern TAGGED =
      Pattern.compile("((?:@Tag\\(\"A\\d+\"\\)\\s*)+)(?:@[^\\n]+\\s+)*(?:void|static)\\s+(\\w+)");
  private static final Pattern NUMBER = Pattern.compile("A\\d+");

  /** A tagged method. */
  record Tagged(String module, String type, String method, Set<String> attacks) {
    String name() {
      return type.replaceFirst(".*\\.", "") + "." + method;
    }
  }

  private JavaTests() {}

  static List<AttackTest> run(Path home) throws IOException {
    List<Tagged> tagged = find(home);
    if (tagged.isEmpty()) {
      return List.of();
    }
    Set<String> modules = new TreeSet<>();
    Set<String> numbers = new TreeSet<>();
    tagged.forEach(test -> {
      modules.add(test.module());
      numbers.addAll(test.attacks());
    });
    Tool.Outcome outcome =
        Tool.run(
            home,
            Map.of(),
            Path.of("mvn"),
            "-B",
            "-q",
            "-pl",
            String.join(",", modules),
            "-am",
            "-Dgroups=" + String.join("|", numbers),
            "-Dsurefire.failIfNoSpecifiedTests=false",
            "-Dmaven.test.failure.ignore=true",
            "test");
    if (outcome.status() != 0) {
      throw new Failure("The Java tests could not be run:\n" + outcome.tail());
    }
    List<AttackTest> tests = new ArrayList<>();
    for (Tagged test : tagged) {
      boolean passed = passed(home, test);
      test.attacks().forEach(attack -> tests.add(new AttackTest(attack, test.name(), passed)));
    }
    return tests;
  }

  /** The tagged methods of all modules, from their sources. */
  static List<Tagged> find(Path home) throws IOException {
    List<Tagged> found = new ArrayList<>();
    Files.walkFileTree(
        home,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return switch (folder.getFileName().toString()) {
              case "target", "node_modules", ".git", "out", "cache" -> FileVisitResult.SKIP_SUBTREE;
              default -> FileVisitResult.CONTINUE;
            };
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (file.toString().endsWith("Test.java")) {
              read(home.relativize(file), Files.readString(file), found);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return found;
  }

  static void read(Path file, String source, List<Tagged> found) {
    String path = file.toString().replace('\\', '/');
    int root = path.indexOf("/src/test/java/");
    if (root < 0) {
      return;
    }
    String type =
        path.substring(root + "/src/test/java/".length(), path.length() - ".java".length())
            .replace('/', '.');
    Matcher methods = TAGGED.matcher(source);
    while (methods.find()) {
      Set<String> numbers = new TreeSet<>();
      NUMBER.matcher(methods.group(1)).results().forEach(number -> numbers.add(number.group()));
      found.add(new Tagged(path.substring(0, root), type, methods.group(2), numbers));
    }
  }

  /** Whether the report has at least one case of the method, and none that failed. */
  private static boolean passed(Path home, Tagged test) throws IOException {
    Path report =
        home.resolve(test.module()).resolve("target/surefire-reports/TEST-" + test.type() + ".xml");
    if (!Files.exists(report)) {
      return false;
    }
    Map<String, Boolean> cases = new HashMap<>();
    NodeList elements = parse(report).getElementsByTagName("testcase");
    for (int i = 0; i < elements.getLength(); i++) {
      if (elements.item(i) instanceof Element element) {
        boolean good =
            element.getElementsByTagName("failure").getLength() == 0
                && element.getElementsByTagName("error").getLength() == 0
                && element.getElementsByTagName("skipped").getLength() == 0;
        String method = element.getAttribute("name").replaceFirst("\\W.*", "");
        cases.merge(method, good, Boolean::logicalAnd);
      }
    }
    return cases.getOrDefault(test.method(), false);
  }

  private static Element parse(Path report) throws IOException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return factory.newDocumentBuilder().parse(report.toFile()).getDocumentElement();
    } catch (ParserConfigurationException | SAXException e) {
      throw new Failure(report + " is not a test report", e);
    }
  }
}
