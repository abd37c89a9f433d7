package org.groundwork.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The commands that documents show exist in the program, with the options that they are given. */
class DocumentsTest {
  private static final Pattern COMMAND = Pattern.compile("\\./groundwork ([^`#|>\\n]+)");

  /** What the launcher does itself. */
  private static final Set<String> OF_THE_LAUNCHER = Set.of("test");

  @Test
  void commandsInDocumentsExist() throws IOException, InterruptedException {
    Set<String> commands = new TreeSet<>();
    for (Path document : documents()) {
      Matcher matcher = COMMAND.matcher(Files.readString(document));
      while (matcher.find()) {
        commands.add(matcher.group(1).strip());
      }
    }
    assertThat(commands).isNotEmpty();
    List<String> unknown = new ArrayList<>();
    for (String command : commands) {
      List<String> words = new ArrayList<>(List.of(command.split("\\s+", -1)));
      if (!OF_THE_LAUNCHER.contains(words.getFirst()) && !isKnown(words)) {
        unknown.add(command);
      }
    }
    assertThat(unknown).isEmpty();
  }

  /** Whether the program takes these words; {@code --help} keeps it from doing anything. */
  private static boolean isKnown(List<String> words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("org.groundwork.cli.Main");
    command.addAll(words);
    if (!words.contains("--help")) {
      command.add("--help");
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 && output.contains("Usage: groundwork");
  }

  private static List<Path> documents() throws IOException {
    Path root = Repository.root();
    List<Path> documents = new ArrayList<>(List.of(root.resolve("README.md")));
    try (Stream<Path> docs = Files.walk(root.resolve("docs"))) {
      docs.filter(path -> path.toString().endsWith(".md")).forEach(documents::add);
    }
    return documents;
  }
}
